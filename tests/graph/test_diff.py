"""The difference between two builds: what it says, and that its patch leads from the one to the other."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg.errors import OutputError
from kg.graph.diff import compare, write_patch, write_text
from kg.records import Qualifiers

from ..serve.corpus import articles, write_corpus

LETTERS = 1


@pytest.fixture
def before(tmp_path: Path) -> Path:
    write_corpus(tmp_path / "before", articles())
    return tmp_path / "before"


def test_the_same_graph_differs_in_nothing(before: Path, tmp_path: Path) -> None:
    write_corpus(tmp_path / "after", list(reversed(articles())))
    difference = compare(before, tmp_path / "after")
    assert not difference and difference.facts == () and difference.entities == () and difference.documents == ()
    assert list(write_text(difference)) == ["0 quads added, 0 dropped"]


def test_a_dropped_document_takes_its_facts_along(before: Path, tmp_path: Path) -> None:
    write_corpus(tmp_path / "after", articles()[1:])
    difference = compare(before, tmp_path / "after")
    assert difference.documents == (("dropped", "document/threat-2018"),)
    facts = {(fact.how, fact.subject, fact.relation, fact.object) for fact in difference.facts}
    assert ("dropped", "Ada Quill", "threatens the funding of", "Chicago") in facts
    assert not any(how != "dropped" for how, *_ in facts)
    assert ("dropped", "law/us/usc/8/1373") in {(entity.how, entity.path) for entity in difference.entities}
    assert not difference.added


def test_a_changed_qualifier_is_one_change(before: Path, tmp_path: Path) -> None:
    changed = articles()
    claim = next(c for c in changed[LETTERS].claims if c.qualifiers.deadline)
    later = replace(claim, qualifiers=Qualifiers(date=date(2018, 1, 31), deadline=date(2018, 4, 1)))
    changed[LETTERS].claims[changed[LETTERS].claims.index(claim)] = later
    write_corpus(tmp_path / "after", changed)
    difference = compare(before, tmp_path / "after")
    (fact,) = difference.facts
    assert (fact.how, fact.subject, fact.relation) == ("changed", "Department of Rivers", "sent a letter to")
    assert fact.values == (("deadline", ("2018-03-01",), ("2018-04-01",)),)
    assert any("deadline: 2018-03-01 → 2018-04-01" in line for line in write_text(difference))


def test_new_evidence_for_an_old_fact_is_a_change(before: Path, tmp_path: Path) -> None:
    more = articles()
    span = more[2].sentence("Once more, Quill threatened Chicago.", {"Quill": "person/ada-quill"})
    old = next(c for c in more[0].claims if c.relation == "threatensFundingOf")
    more[2].fact(span, old.subject, old.relation, old.object, qualifiers=old.qualifiers)
    write_corpus(tmp_path / "after", more)
    (fact,) = compare(before, tmp_path / "after").facts
    assert fact.how == "changed" and fact.sentences == (("+", "Once more, Quill threatened Chicago."),)


def test_the_patch_leads_from_the_one_to_the_other(before: Path, tmp_path: Path) -> None:
    write_corpus(tmp_path / "after", articles()[:2])
    lines = set((before / "graph.nq").read_text(encoding="utf-8").split("\n")[:-1])
    for line in write_patch(compare(before, tmp_path / "after")):
        sign, _, quad = line.partition(" ")
        if sign == "A":
            assert quad not in lines
            lines.add(quad)
        elif sign == "D":
            lines.remove(quad)
    assert lines == set((tmp_path / "after" / "graph.nq").read_text(encoding="utf-8").split("\n")[:-1])


def test_no_graph_is_an_error(before: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="kg build"):
        compare(before, tmp_path / "nothing")


def test_the_command_tells_by_its_status(before: Path, tmp_path: Path) -> None:
    write_corpus(tmp_path / "after", articles()[1:])

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from kg.cli import main; main()", "diff", *arguments]
        return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)

    same, other = run(str(before), str(before)), run(str(before), str(tmp_path / "after"), "--format", "json")
    assert (same.returncode, other.returncode) == (0, 1)
    assert '"how": "dropped"' in other.stdout
