"""The command that lists the rules: what each reads, how often it fired, how often it was right; see `register`."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.console import Console
from rich.table import Table

from kg.settings import Settings

out = Console(soft_wrap=True, highlight=False)

FIRED = """
SELECT ?rule ?claim ?name WHERE {
  ?claim prov:wasDerivedFrom ?proof .
  ?proof prov:wasGeneratedBy/rdfs:label ?rule ; pol:inDocument/dcterms:identifier ?name .
}"""
SHOWN_WORDS = 8


class Row(NamedTuple):
    """A rule, its words, how often it fired, how many of its facts were judged, and how many of these were right."""

    rule: str
    words: str
    fired: int
    judged: int
    right: int


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("rules")(rules)


def rules(
    gold: Annotated[
        Path | None, typer.Option("--gold", help="A folder of annotations: say how often each was right.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")] = False,
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder of the graph.")] = Path("output"),
) -> None:
    """List the rules that read facts, how often each fired in the graph, and how often it was right."""
    from kg.evaluate import evaluate
    from kg.graph.query import Querier
    from kg.graph.store import open_store

    settings = Settings()
    store = open_store(output)
    fired: Counter[str] = Counter()
    made: dict[tuple[str, str], set[str]] = {}
    for row in Querier(store, settings.base).rows(FIRED):
        rule, claim, document = (str(getattr(node, "value", node)) for node in row)
        fired[rule] += 1
        made.setdefault((document, claim), set()).add(rule)
    right: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    for document, claim, is_right in evaluate(store, gold).verdicts if gold else ():
        for rule in made.get((document, claim), ()):
            judged[rule] += 1
            right[rule] += is_right
    words = trigger_words(settings)
    rows = [Row(name, words.get(name, ""), fired[name], judged[name], right[name]) for name in sorted({*words, *fired})]
    if as_json:
        sys.stdout.write(json.dumps([row._asdict() for row in rows], ensure_ascii=False, indent=1) + "\n")
        return
    table = Table("rule", "words", "fired", *(("right", "of") if gold else ()), box=None)
    for listed in rows:
        judgement = (str(listed.right), str(listed.judged)) if gold else ()
        table.add_row(listed.rule, listed.words, str(listed.fired), *judgement)
    out.print(table)


def trigger_words(settings: Settings) -> dict[str, str]:
    """Return the kind of trigger and the first words of each rule of the ontology, by the name that evidence cites."""
    from kg.extract.rules import read_rules

    found = {}
    for rule in read_rules(settings.ontology / "relations").rules:
        lemmas = sorted(rule.lemmas)
        more = ", …" if len(lemmas) > SHOWN_WORDS else ""
        found[rule.name] = f"{rule.trigger}: {', '.join(lemmas[:SHOWN_WORDS])}{more}"
    return found
