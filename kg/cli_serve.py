"""The commands around serving and asking: thin, like those of `kg.cli`, which takes them in with `register`."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from kg.errors import OutputError
from kg.settings import Settings

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)

Output = Annotated[Path, typer.Option("-o", "--output", help="The folder of the graph.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
OUTPUT = Path("output")
PROBLEM = 1
TOKEN = "KG_TOKEN"
"""The environment variable that may hold the token."""


class DiffFormat(StrEnum):
    """How a difference is printed."""

    TEXT = "text"
    JSON = "json"
    PATCH = "patch"


class ExportFormat(StrEnum):
    """The forms that `kg.graph.export` writes."""

    FOLLOWTHEMONEY = "followthemoney"
    GEXF = "gexf"
    GRAPHML = "graphml"
    JSONLD = "jsonld"
    NEO4J = "neo4j"
    NQUADS = "nquads"
    PARQUET = "parquet"
    RDF12 = "rdf12"
    RDFXML = "rdfxml"
    TRIG = "trig"
    TURTLE = "turtle"


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for name, command in (
        ("serve", serve),
        ("ask", ask),
        ("diff", diff),
        ("export", export),
        ("map", draw),
        ("timeline", timeline),
    ):
        app.command(name)(command)


def serve(
    output: Output = OUTPUT,
    port: Annotated[int, typer.Option(min=1, max=65_535, help="The port to listen on.")] = 8000,
    host: Annotated[
        str, typer.Option(help="The address to listen on. Any but this machine's own asks for a token.")
    ] = "127.0.0.1",
    token: Annotated[str | None, typer.Option(envvar=TOKEN, help="The token; made up where none is given.")] = None,
    public: Annotated[bool, typer.Option("--public", help="Ask nobody for a token.")] = False,
    cors: Annotated[
        list[str] | None, typer.Option(metavar="ORIGIN", help="A site whose scripts may ask; '*' for all.")
    ] = None,
    documents: Annotated[
        list[Path] | None, typer.Option(help="What was built, so that document pages show whole texts.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, max=3_600, help="Seconds that a query may run.")] = 10.0,
    rows: Annotated[int, typer.Option(min=1, help="Rows or triples that an answer may have.")] = 100_000,
    memory: Annotated[int, typer.Option(min=128, help="Megabytes that a query may allocate.")] = 1_024,
    workers: Annotated[int | None, typer.Option(min=1, help="Queries that run at a time.")] = None,
) -> None:
    """Serve the graph: a SPARQL endpoint at /sparql, and pages to ask, search and read. Ends with Ctrl+C."""
    from kg.serve.limits import MEGABYTE, Limits
    from kg.serve.server import serve as run

    settings = Settings()
    given: dict[str, float] = {"timeout": timeout, "rows": rows, "memory": memory * MEGABYTE}
    if workers is not None:
        given["quick"] = workers
    run(
        output,
        settings,
        Limits.for_machine(**given),
        host=host,
        port=port,
        token=token,
        public=public,
        origins=cors or (),
        texts=_texts(documents or [settings.seeds / "documents"], settings),
        announce=lambda address: out.print(f"Serving {escape(str(output))} at [bold]{escape(address)}[/bold]"),
    )


def ask(
    question: Annotated[str, typer.Argument(help="A question in plain English.")],
    as_json: AsJson = False,
    output: Output = OUTPUT,
) -> None:
    """Ask a question in plain English, of the kinds that the saved questions answer; shows the SPARQL that it ran."""
    from kg.ask import Asker
    from kg.graph.query import Querier
    from kg.graph.results import cells, write_answer
    from kg.graph.store import open_store
    from kg.ontology import read_ontology

    settings = Settings()
    asked = Asker(Querier(open_store(output), settings.base), read_ontology(settings.ontology)).ask(question)
    if as_json:
        sys.stdout.write(write_answer(asked.answer, "json"))
        err.print(asked.sparql, markup=False)
        return
    out.print(f"Understood as: [bold]{escape(asked.understood)}[/bold]")
    out.print(asked.sparql, markup=False, style="dim")
    columns, rows = cells(asked.answer, settings.base)
    if not rows:
        out.print("Nothing in the graph answers this.")
        return
    table = Table(*columns, box=None, header_style="bold")
    for row in rows:
        table.add_row(*map(Text, row))
    out.print(table)


def diff(
    before: Annotated[Path, typer.Argument(help="The folder of the older graph.")],
    after: Annotated[Path, typer.Argument(help="The folder of the newer graph.")],
    kind: Annotated[DiffFormat, typer.Option("--format", help="How the difference is printed.")] = DiffFormat.TEXT,
) -> None:
    """Show what a new build adds, drops and changes: 0 nothing, 1 something, 2 a graph cannot be read."""
    from kg.graph.diff import compare, write_patch, write_text

    difference = compare(before, after, Settings().base)
    if kind is DiffFormat.JSON:
        found = asdict(difference) | {"added": len(difference.added), "dropped": len(difference.dropped)}
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    else:
        lines = write_patch(difference) if kind is DiffFormat.PATCH else write_text(difference)
        sys.stdout.writelines(f"{line}\n" for line in lines)
    if difference:
        raise typer.Exit(PROBLEM)


def export(
    kind: Annotated[ExportFormat, typer.Argument(help="The form.")],
    target: Annotated[Path, typer.Option("--to", help="The folder to write into.")] = Path("export"),
    output: Output = OUTPUT,
) -> None:
    """Write the graph in another form: for Gephi, Neo4j, data frames, FollowTheMoney, other stores."""
    from kg.graph.export import export as run

    out.print(str(run(output, kind, target, Settings().base)), markup=False)


def draw(
    output: Output = OUTPUT,
    target: Annotated[Path, typer.Option("--to", help="The folder to write into.")] = Path("export"),
) -> None:
    """Write the places as GeoJSON and as a map page that needs no network."""
    from kg.graph.places import draw_map, read_places, write_geojson
    from kg.graph.query import Querier
    from kg.graph.store import open_store

    places, without = read_places(Querier(open_store(output), Settings().base))
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, text in (
            ("places.geojson", write_geojson(places)),
            ("map.html", draw_map(places, "Places in the graph")),
        ):
            (target / name).write_text(text, encoding="utf-8", newline="\n")
            out.print(str(target / name), markup=False)
    except OSError as error:
        raise OutputError("the map cannot be written", place=str(target), hint=str(error)) from error
    err.print(f"{len(places['features'])} places, {without} more without coordinates", style="dim")


def timeline(
    name: Annotated[str, typer.Argument(help="A name, a path (person/jeff-sessions) or an IRI.")],
    as_json: AsJson = False,
    output: Output = OUTPUT,
) -> None:
    """Show what happened to or around somebody or something, in order of time."""
    from kg.graph.explain import Explainer
    from kg.graph.query import Querier
    from kg.graph.store import open_store
    from kg.graph.timeline import tell

    settings = Settings()
    explainer = Explainer(Querier(open_store(output), settings.base), settings.base)
    moments = tell(explainer, explainer.find(name))
    if as_json:
        sys.stdout.write(json.dumps([asdict(moment) for moment in moments], ensure_ascii=False, indent=1) + "\n")
        return
    for moment in moments:
        fact = moment.fact
        line = Text.assemble(
            (moment.day or "no date", "bold"), ("  " if moment.what == "date" else f" ({moment.what})  ", "dim")
        )
        line.append(f"{fact.subject_label} {fact.relation_label} {fact.object_label}")
        if fact.status != "Asserted":
            line.append(f" [{fact.status.lower()}]", "yellow")
        out.print(line)
        if fact.evidence:
            out.print(Text(f"            “{fact.evidence[0].sentence}”", style="italic dim"))


def _texts(paths: list[Path], settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield the ids and texts of the documents that can be read; those that cannot have no text on their page."""
    from kg.read import read_documents
    from kg.records import Document

    for read in read_documents(paths, max_characters=settings.max_characters):
        if isinstance(read, Document):
            yield read.id, read.text
