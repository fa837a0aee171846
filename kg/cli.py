"""The commands: thin, each one reads its arguments, calls one part, and prints.

Exit status: 0 all is well, 1 something wrong was found (a document failed, the graph does not conform), 2 the input is
unusable. What people read goes through rich; what scripts read is plain. Errors are one line, on the error stream.
"""

import json
import sys
import webbrowser
from collections.abc import Mapping
from dataclasses import asdict
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table
from rich.text import Text
from typer.core import TyperGroup

from kg import __version__, cli_link, cli_rules, cli_serve
from kg.errors import InputError, KgError, OutputError, QueryError
from kg.settings import Settings

PROBLEM, UNUSABLE = 1, 2
SHOWN = 20
"""How many problems are printed before the rest is only counted."""

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)


class Commands(TyperGroup):
    """The group of commands; an error of ours ends it with one line and status 2."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            err.print(f"[red]kg:[/red] {escape(error.shown())}")
            raise typer.Exit(UNUSABLE) from error


app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, rich_markup_mode="rich")

Output = Annotated[Path, typer.Option("-o", "--output", help="The folder of the graph.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
OUTPUT = Path("output")


class Format(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TSV = "tsv"
    TURTLE = "turtle"


def _version(asked: bool) -> None:
    if asked:
        out.print(f"policy-kg {__version__}")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Build a knowledge graph of public policy from news, and ask it questions."""


@app.command()
def build(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders to read; seeds/documents where none is given.")
    ] = None,
    output: Output = OUTPUT,
    model: Annotated[str | None, typer.Option(help="A spaCy pipeline: a package, a folder, or 'blank'.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Processes that read documents; the result is the same.")] = 1,
) -> None:
    """Read documents and write the graph, the store, the explorer page and the report."""
    from kg.build import build as run

    settings = Settings(model=model)
    with Progress(console=err, transient=True, disable=not err.is_terminal) as bar:
        tasks: dict[str, Any] = {}

        def progress(stage: str, done: int, total: int) -> None:
            task = tasks.setdefault(stage, None)
            if task is None:
                tasks[stage] = task = bar.add_task(stage, total=total)
            bar.update(task, completed=done, total=total)

        report = run(paths or [settings.seeds / "documents"], output, settings, jobs=jobs, progress=progress)
    for failure in report.failures[:SHOWN]:
        err.print(f"[yellow]left out:[/yellow] {escape(failure.place)}: {escape(failure.reason)}")
    if len(report.failures) > SHOWN:
        err.print(f"… and {len(report.failures) - SHOWN} more, see {escape(str(output / 'report.json'))}")
    found = report.as_json()
    claims = sum(count for by_status in found["counts"]["claims"].values() for count in by_status.values())
    entities = sum(found["counts"]["entities"].values())
    out.print(
        f"{found['documents']['built']} documents, {entities} entities, {claims} claims "
        f"({len(report.rejections)} rejected), {report.triples} triples: {escape(str(output / 'graph.ttl'))}"
    )
    out.print(f"Open {escape(str(output / 'explorer.html'))} in a browser, or run: kg view{_option(output)}")
    if report.failures:
        raise typer.Exit(PROBLEM)


@app.command()
def query(
    name: Annotated[str | None, typer.Argument(help="A saved question (see --list), or a file with SPARQL.")] = None,
    text: Annotated[str | None, typer.Option("-e", "--execute", help="SPARQL to run.")] = None,
    kind: Annotated[Format | None, typer.Option("--format", help="How the answer is printed.")] = None,
    values: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A parameter of a saved question.")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="List the saved questions.")] = False,
    output: Output = OUTPUT,
) -> None:
    """Ask the graph a question: a saved one, a file's, or SPARQL on the command line."""
    from kg.graph.query import Querier
    from kg.graph.results import cells, write_answer
    from kg.graph.store import open_store
    from kg.ontology import read_queries

    settings = Settings()
    saved = read_queries(settings.ontology)
    if listing:
        table = Table("question", "what it answers", "--set", box=None, header_style="bold")
        for question in saved.values():
            parameters = "\n".join(f"{p.name}={p.default}" for p in question.parameters)
            table.add_row(question.name, Text(f"{question.title}. {question.description}"), Text(parameters))
        out.print(table)
        return
    if (name is None) == (text is None):
        raise QueryError("give one question", hint="A saved one (kg query --list), a file, or -e 'SELECT …'")
    given = dict(_pair(value) for value in values or [])
    place = None
    if name in saved:
        text = saved[name].with_parameters(given)
    elif given:
        raise QueryError("only saved questions take --set", value=name or text)
    elif name is not None:
        text, place = _query_file(name, list(saved)), name
    assert text is not None
    answer = Querier(open_store(output), settings.base).run(text, place=place)
    if kind is None:
        kind = Format.TURTLE if answer.triples is not None else Format.TABLE
    if kind is not Format.TABLE:
        sys.stdout.write(write_answer(answer, kind))
        return
    columns, rows = cells(answer, settings.base)
    table = Table(*columns, box=None, header_style="bold")
    for row in rows:
        table.add_row(*map(Text, row))
    out.print(table)
    err.print(f"{len(rows)} row{'' if len(rows) == 1 else 's'}", style="dim")


@app.command()
def view(
    output: Output = OUTPUT, no_open: Annotated[bool, typer.Option("--no-open", help="Print the path only.")] = False
) -> None:
    """Open the explorer page."""
    page = output / "explorer.html"
    if not page.is_file():
        raise OutputError(
            "there is no explorer page here yet", place=str(output), hint=f"Build one first: kg build{_option(output)}"
        )
    out.print(str(page.resolve()), markup=False)
    if not no_open:
        webbrowser.open(page.resolve().as_uri())


@app.command()
def explain(
    entity: Annotated[str, typer.Argument(help="A name, a path (person/jeff-sessions) or an IRI.")],
    other: Annotated[str | None, typer.Argument(help="A second one: then only what links the two.")] = None,
    links: Annotated[bool, typer.Option("--links", help="Show how its mentions were decided instead.")] = False,
    rule: Annotated[bool, typer.Option("--rule", help="Show which rule read each sentence, and its words.")] = False,
    as_json: AsJson = False,
    output: Output = OUTPUT,
) -> None:
    """Show the facts about somebody or something, or between two, with the sentences that say so."""
    from kg.graph.explain import Explainer
    from kg.graph.query import Querier
    from kg.graph.store import open_store

    settings = Settings()
    explainer = Explainer(Querier(open_store(output), settings.base), settings.base)
    first = explainer.find(entity)
    if links:
        cli_link.print_links(output, first, as_json=as_json)
        return
    second = explainer.find(other) if other is not None else None
    facts = explainer.facts(first) if second is None else explainer.between(first, second)
    chain: list[str] = []
    if second is not None and not facts:
        chain = explainer.chain(first, second)
        facts = [fact for one, two in pairwise(chain) for fact in explainer.between(one, two)]
    if as_json:
        found = {"entity": first, "other": second, "chain": chain, "facts": [asdict(fact) for fact in facts]}
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        return
    out.print(f"[bold]{escape(explainer.label(first))}[/bold] [dim]{escape(first)}[/dim]")
    if second is not None and not facts and not chain:
        out.print(f"Nothing links them to {escape(explainer.label(second))}.")
    if chain:
        out.print("Linked through: " + escape(" – ".join(map(explainer.label, chain))))
    words = cli_rules.trigger_words(settings) if rule else None
    for fact in facts:
        _print_fact(fact, words)


@app.command()
def validate(output: Output = OUTPUT, as_json: AsJson = False) -> None:
    """Check the graph against the shapes and the ontology: 0 it conforms, 1 it does not, 2 it cannot be read."""
    from kg.graph.audit import audit
    from kg.graph.shapes import Shapes
    from kg.graph.store import open_store
    from kg.ontology import SHAPES, read_ontology

    settings = Settings()
    ontology, shapes = read_ontology(settings.ontology), Shapes(settings.ontology / SHAPES)
    store = open_store(output)
    with Progress(console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("validate", total=None)
        found = list(
            audit(
                store,
                ontology,
                shapes,
                settings.base,
                lambda done, total: bar.update(task, completed=done, total=total),
            )
        )
    wrong = [problem for problem in found if not problem.warning]
    if as_json:
        report = {"conforms": not wrong, "problems": [asdict(problem) for problem in found]}
        sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    else:
        for problem in found[:SHOWN]:
            mark = "[yellow]odd[/yellow]" if problem.warning else "[red]wrong[/red]"
            out.print(f"{mark} {escape(problem.graph)}: {escape(problem.node)}: {escape(problem.message)}")
        if len(found) > SHOWN:
            out.print(f"… and {len(found) - SHOWN} more: kg validate --json{_option(output)}")
        out.print("The graph conforms." if not wrong else f"The graph does not conform: {len(wrong)} problems.")
    if wrong:
        raise typer.Exit(PROBLEM)


@app.command()
def stats(output: Output = OUTPUT, as_json: AsJson = False) -> None:
    """Count what the graph holds."""
    from kg.graph.query import Querier
    from kg.graph.stats import count
    from kg.graph.store import open_store

    figures = count(Querier(open_store(output), Settings().base))
    if as_json:
        sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
        return
    table = Table("what", "how many", box=None, header_style="bold")
    table.columns[1].justify = "right"
    for name, value in figures.items():
        if isinstance(value, int):
            table.add_row(name.replace("_", " "), f"{value:,}")
            continue
        table.add_section()
        for key, number in value.items():
            counts = number if isinstance(number, dict) else {"": number}
            table.add_row(key, ", ".join(f"{n:,} {status.lower()}".strip() for status, n in counts.items()))
    out.print(table)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="A folder of gold annotations, one JSON file a document.")],
    errors: Annotated[bool, typer.Option("--errors", help="List every miss and every wrong prediction.")] = False,
    as_json: AsJson = False,
    output: Output = OUTPUT,
) -> None:
    """Score the graph against gold annotations."""
    from kg.evaluate import evaluate as run
    from kg.graph.store import open_store

    result = run(open_store(output), gold)
    if errors:
        for line in result.errors:
            (err if as_json else out).print(line, markup=False)
    if as_json:
        sys.stdout.write(json.dumps(result.as_json(), ensure_ascii=False) + "\n")
        return
    table = Table("", "precision", "recall", "F1", "found", "gold", "predicted", box=None, header_style="bold")
    for kind, score in result.scores.items():
        figures = (score.precision, score.recall, score.f1)
        table.add_row(kind, *(f"{f:.3f}" for f in figures), str(score.hit), str(score.gold), str(score.predicted))
    out.print(table)
    out.print(f"traps: {result.traps} fallen into, of {result.traps_gold}")


def _print_fact(fact: Any, words: Mapping[str, str] | None = None) -> None:
    line = Text.assemble((fact.subject_label, "cyan"), f" {fact.relation_label} ", (fact.object_label, "cyan"))
    if fact.status != "Asserted":
        line.append(f" [{fact.status.lower()}]", "yellow")
    if fact.qualifiers:
        line.append(" (" + ", ".join(f"{name} {value}" for name, value in fact.qualifiers) + ")")
    out.print(line)
    for proof in fact.evidence:
        said = f"{proof.attributed_to}: " if proof.attributed_to else ""
        where = ", ".join(part for part in (proof.document, proof.publisher, proof.published) if part)
        out.print(Text.assemble("    ", (f"{said}“{proof.sentence}”", "italic"), (f" ({where})", "dim")))
        if words is not None:
            out.print(Text.assemble("      read by ", (proof.rule, "green"), f" {words.get(proof.rule, '')}"))


def _pair(value: str) -> tuple[str, str]:
    name, sign, given = value.partition("=")
    if not sign or not name.strip():
        raise QueryError("a parameter is given as NAME=VALUE", value=value)
    return name.strip(), given


def _query_file(name: str, saved: list[str]) -> str:
    from rapidfuzz import process

    path = Path(name)
    if not path.is_file():
        near = process.extractOne(name, saved, score_cutoff=50)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise QueryError("no saved question and no file has this name", value=name, hint=hint + "See kg query --list")
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("the query cannot be read", place=name, hint=str(error)) from error


def _option(output: Path) -> str:
    return "" if output == OUTPUT else f" -o {output}"


cli_serve.register(app)
cli_link.register(app)
cli_rules.register(app)


def main() -> None:
    """Run the command line."""
    app(prog_name="kg")
