"""The Oxigraph store below an output folder: made whole by a build, opened read-only by everybody else.

In goes an N-Quads file, out come a folder on disk and open stores. Nothing here writes into a store that somebody may
have open: reading beside a writer is undefined behaviour in RocksDB, so a build makes a new folder and swaps it in.
"""

from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store

from kg.errors import OutputError

STORE = "store"
"""The name of the store's folder below the output folder."""


def build_store(quads: Path, folder: Path, *, without: NamedNode | None = None) -> Store:
    """Load an N-Quads file into a new store on disk and return it, still open for reading.

    `without` names a graph that stays out of the store. Raises OutputError where the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True)
        store = Store(str(folder))
        store.bulk_load(path=str(quads), format=RdfFormat.N_QUADS)
        if without is not None and store.contains_named_graph(without):
            store.remove_graph(without)
        store.flush()
    except OSError as error:
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
    except OSError as error:
        raise OutputError(
            "the store cannot be opened", place=str(folder), hint=f"Build it anew: kg build -o {output} ({error})"
        ) from error
