"""The commands around identity: what linking doubts, and names from elsewhere; `kg.cli` takes them in with `register`."""

import json
import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.text import Text

from kg.errors import OutputError
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.link.ledger import Form

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)

Output = Annotated[Path, typer.Option("-o", "--output", help="The folder of the graph.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
OUTPUT = Path("output")


class DataSet(StrEnum):
    """The public data sets that can be imported."""

    CONGRESS = "congress"
    OPENSTATES = "openstates"


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("review")(review)
    reference = typer.Typer(no_args_is_help=True, help="Fill the reference tables.")
    reference.command("import")(import_names)
    reference.callback()(_reference)
    app.add_typer(reference, name="reference")


def _reference() -> None:
    """Fill the reference tables."""


def review(
    to: Annotated[Path | None, typer.Option("--to", help="The file; printed where none is given.")] = None,
    output: Output = OUTPUT,
) -> None:
    """Write doubtful merges and splits as CSV, the most influential first, for a person to decide."""
    from kg.link.decisions import read_decisions
    from kg.link.ledger import read_links
    from kg.link.review import review as ask
    from kg.link.review import write_review
    from kg.reference import read_reference

    settings = Settings()
    fixed = read_reference(settings.reference).entries
    doubts = ask(read_links(output), read_decisions(settings.reference), fixed)
    if to is None:
        write_review(doubts, sys.stdout)
        return
    try:
        with to.open("w", encoding="utf-8", newline="") as file:
            write_review(doubts, file)
    except OSError as error:
        raise OutputError("the review cannot be written", place=str(to), hint=str(error)) from error
    decisions = escape(str(settings.reference / "decisions.csv"))
    out.print(f"{len(doubts)} questions: {escape(str(to))}. Answered rows (their first columns) go into {decisions}")


def print_links(output: Path, entity: str, *, as_json: bool) -> None:
    """Print how the mentions of an entity were decided, the least sure first."""
    from kg.link.ledger import read_links

    found = [one for one in read_links(output) if one.entity == entity]
    if as_json:
        sys.stdout.write(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1) + "\n")
        return
    label = found[0].label if found else entity
    out.print(f"[bold]{escape(label)}[/bold] [dim]{escape(entity)}[/dim]")
    if not found:
        out.print("No document mentions it.")
    alike: dict[Form, list[str]] = {}
    for one in found:
        for form in one.forms:
            documents = alike.setdefault(replace(form, mentions=0, sentence=""), [])
            documents += [one.document] * form.mentions
    for form, documents in sorted(alike.items(), key=lambda pair: (pair[0].score, -len(pair[1]), pair[0].text)):
        _print_form(form, documents, doubtful=form.doubtful(entity))


def _print_form(form: "Form", documents: list[str], *, doubtful: bool) -> None:
    from kg.link.review import in_words

    places = sorted(set(documents))
    where = places[0] if len(places) == 1 else f"{len(places)} documents, {places[0]} one of them"
    times = f" ×{len(documents)}" if len(documents) > 1 else ""
    line = Text.assemble(f"{form.score:.2f} ", (form.text, "yellow" if doubtful else "cyan"), times)
    out.print(line.append(f" ({where})", "dim"))
    out.print(Text(f"    because {'; '.join(form.reasons)}"))
    for other in form.candidates:
        out.print(Text(f"    rather than {in_words(other)}", style="dim"))


def import_names(
    data_set: Annotated[DataSet, typer.Argument(help="Which data set PATH holds.")],
    path: Annotated[Path, typer.Argument(help="The downloaded file or folder of YAML.")],
    to: Annotated[Path | None, typer.Option("--to", help="The folder of the tables; those in use by default.")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Leave out whoever left office before that day.")
    ] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Terms that end later are still open; today.")
    ] = None,
) -> None:
    """Turn a public data set of people and offices into rows of people.csv and officeholders.csv."""
    from kg.reference_import import import_data_set

    settings = Settings()
    folder = to or settings.reference
    day = as_of.date() if as_of is not None else datetime.now(UTC).date()
    added = import_data_set(
        data_set.value, path, folder, settings.reference, day=day, since=since.date() if since is not None else None
    )
    out.print(
        f"{added.people} people and {added.offices} offices added, {added.known} offices known already: "
        f"{escape(str(folder))}"
    )
    for reason, count in added.left_out.items():
        err.print(f"[yellow]left out:[/yellow] {count} {escape(reason)}")
