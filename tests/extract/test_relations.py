"""The relation files: their examples are tests, a new relation needs no Python, and no rule knows a person or an article."""

import io
import json
import os
import re
import tokenize
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from kg.extract.rules import Example, read_rules
from kg.ontology import read_ontology
from kg.records import Extraction, Status
from kg.settings import PACKAGE, Settings
from tests.extract.conftest import facts_of, printed

SETTINGS = Settings()
BOOK = read_rules(SETTINGS.ontology / "relations")
SHARED = Path(os.environ.get("KG_SHARED", "../shared"))
POSITIVES, NEAR_MISSES = 2, 1
"""The examples that a relation must have at least."""


def stated(extraction: Extraction, relation: str) -> list[str]:
    """Return the asserted facts of a relation as examples write them, each once."""
    document = extraction.document
    return sorted(
        {
            f"{printed(draft.subject, document)} → {printed(draft.object, document)}"
            for draft in facts_of(extraction, relation)
            if draft.status is Status.ASSERTED
        }
    )


def name_of(example: Example) -> str:
    return example.place.rsplit("/", 1)[-1]


@pytest.mark.parametrize("example", BOOK.examples, ids=name_of)
def test_example_states_what_its_file_says(example: Example, extract: Callable[[str], Extraction]) -> None:
    assert stated(extract(example.text), example.relation) == sorted(example.facts), example.place


@pytest.mark.parametrize("relation", sorted({rule.relation for rule in BOOK.rules}))
def test_relation_has_examples_of_what_it_is_and_is_not(relation: str) -> None:
    counts = Counter(bool(example.facts) for example in BOOK.examples if example.relation == relation)
    assert counts[True] >= POSITIVES and counts[False] >= NEAR_MISSES


def test_rules_speak_the_language_of_the_ontology() -> None:
    ontology = read_ontology(SETTINGS.ontology)
    for rule in BOOK.rules:
        assert rule.relation in ontology.relations, rule.name
        assert (rule.subject_types | rule.object_types) <= set(ontology.classes), rule.name
        assert rule.status in {None, *Status}, rule.name
        assert 0 < rule.confidence <= 1, rule.name
        subject = rule.subject or rule.subject_of or rule.inherit_subject
        target = rule.object or rule.object_elsewhere or rule.object_of
        assert rule.wordings or (rule.lemmas and subject and target), rule.name
        assert {*rule.subject_of, *rule.object_of} <= set(ontology.relations), rule.name


AUDITED = [
    ("The Justice Department audited Cook County on January 5, 2018.", ["Justice Department → Cook County"]),
    ("The Justice Department's audit of Chicago is over.", ["Justice Department → Chicago"]),
    ("Cook County was audited by the Justice Department.", ["Justice Department → Cook County"]),
    ("The Justice Department did not audit Cook County.", []),
    ("The Justice Department may audit Cook County.", []),
]


def test_new_relation_is_a_file_and_a_declaration(extract: Callable[[str], Extraction]) -> None:
    """The extractor reads an ontology with "audits" added (see conftest.py): facts, statuses, qualifiers, without a line of Python."""
    assert "audits" not in read_ontology(SETTINGS.ontology).relations
    for text, facts in AUDITED:
        assert stated(extract(text), "audits") == facts, text
    first, denied = facts_of(extract(AUDITED[0][0]), "audits"), facts_of(extract(AUDITED[3][0]), "audits")
    assert [draft.evidence.rule for draft in first] == ["relations/audits#audit"]
    assert [draft.qualifiers.date for draft in first] == [date(2018, 1, 5)]
    assert [draft.status for draft in denied] == [Status.NEGATED]


def spoken_code(path: Path) -> str:
    """Return what a module says to the machine: its names and strings, without comments and docstrings."""
    parts, at_start = [], True
    for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
        if token.type == tokenize.STRING and at_start:
            continue
        if token.type not in {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}:
            parts.append(token.string)
        at_start = token.type in {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.NL, tokenize.COMMENT}
    return " ".join(parts)


def rule_text(path: Path) -> str:
    """Return a rule file without comments and without its examples."""
    text = path.read_text(encoding="utf-8").split("\nexamples:")[0]
    return re.sub(r"(?m)(?:^|\s)#.*$", "", text)


def sources() -> Iterator[tuple[str, str]]:
    """Yield the code and the rules, and nothing that lists reference data or a model's weights."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield str(path.relative_to(PACKAGE)), spoken_code(path)
    for path in sorted([*PACKAGE.rglob("extract/*.yaml"), *(SETTINGS.ontology / "relations").glob("*.yaml")]):
        yield path.name, rule_text(path)


def found_in_sources(names: set[str]) -> list[tuple[str, str]]:
    """Return where one of some names occurs as whole words."""
    pattern = re.compile(r"(?<![\w])(?:" + "|".join(re.escape(name) for name in sorted(names)) + r")(?![\w])")
    return sorted({(place, match) for place, text in sources() for match in pattern.findall(text)})


def test_no_person_of_the_evaluation_is_named_in_code_or_rules() -> None:
    """The system must know nobody by name but from its reference tables, which a person can read and correct."""
    gold = SHARED / "eval" / "gold"
    if not gold.is_dir():
        pytest.skip(f"the gold annotations are not there: {gold} (KG_SHARED names the folder)")
    names: set[str] = set()
    for path in gold.glob("*.json"):
        for entity in json.loads(path.read_text(encoding="utf-8"))["entities"]:
            if entity["type"] == "Person":
                names.update(name for name in entity["names"] if len(name.split()) > 1)
    assert names
    assert found_in_sources(names) == []


def test_no_document_is_named_in_code_or_rules() -> None:
    stems = {path.stem for path in (SETTINGS.seeds / "documents").glob("*.md") if path.stem != "README"}
    stems |= {path.stem for path in (SHARED / "eval" / "gold").glob("*.json")}
    assert stems
    assert found_in_sources(stems) == []
