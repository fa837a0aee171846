"""The commands around serving and asking: thin, like those of `kg.cli`, which takes them in with `register`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from kg.settings import Settings

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)

Output = Annotated[Path, typer.Option("-o", "--output", help="The folder of the graph.")]
OUTPUT = Path("output")
TOKEN = "KG_TOKEN"
"""The environment variable that may hold the token."""


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (serve,):
        app.command()(command)


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
    from kg.serve.limits import MEGABYTE, Limits  # noqa: PLC0415
    from kg.serve.server import serve as run  # noqa: PLC0415

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


def _texts(paths: list[Path], settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield the ids and texts of the documents that can be read; those that cannot have no text on their page."""
    from kg.read import read_documents  # noqa: PLC0415
    from kg.records import Document  # noqa: PLC0415

    for read in read_documents(paths, max_characters=settings.max_characters):
        if isinstance(read, Document):
            yield read.id, read.text
