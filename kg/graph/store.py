"""The Oxigraph store below an output folder: made whole by a build, opened read-only by everybody else.

In go the files of a graph, out come a folder on disk and open stores. The default graph of the store is the union of
the named graphs (`graph.ttl`), each triple once: Oxigraph's own union of named graphs repeats a triple for each graph
that holds it, so that a join over facts of several documents multiplies. Nothing here writes into a store that somebody
may have open: reading beside a writer is undefined behaviour, so a build makes a new folder and swaps it in.
"""

from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store

from kg.errors import OutputError

STORE = "store"
"""The name of the store's folder below the output folder."""


def build_store(union: Path, quads: Path, folder: Path, *, without: NamedNode) -> Store:
    """Load a Turtle file as the default graph and an N-Quads file as the named graphs of a new store on disk.

    `without` names a graph that stays out: what was rejected is kept in the files, and no query meets it by accident.
    The store is put in order at the end, which takes a quarter of the time of loading, and makes queries half as fast
    again, for a larger folder.
    Returns the store still open. Raises OutputError where the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True)
        store = Store(str(folder))
        store.bulk_load(path=str(union), format=RdfFormat.TURTLE)
        store.bulk_load(path=str(quads), format=RdfFormat.N_QUADS)
        if store.contains_named_graph(without):
            store.remove_graph(without)
        store.optimize()
        store.flush()
    except (OSError, RuntimeError) as error:
        raise OutputError("the store cannot be written", place=str(folder), hint=str(error)) from error
    return store


def open_store(output: Path) -> Store:
    """Open the store of a finished build for reading.

    Raises OutputError where there is none, or where it cannot be read.
    """
    folder = output / STORE
    if not folder.is_dir():
        raise OutputError(
            "there is no graph here yet", place=str(output), hint=f"Build one first: kg build -o {output}"
        )
    try:
        return Store.read_only(str(folder))
    except (OSError, RuntimeError) as error:
        raise OutputError(
            "the store cannot be opened", place=str(folder), hint=f"Build it anew: kg build -o {output} ({error})"
        ) from error
