"""Words of blame in somebody's mouth, and whom they are said of."""

from pathlib import Path

import pytest
import spacy

from kg.extract.article import Block, BlockKind
from kg.extract.demonyms import DemonymFinder
from kg.extract.facts import FactReader
from kg.extract.passages import Passage
from kg.extract.rules import read_rules
from kg.ontology import read_ontology
from kg.records import Quotation, Span
from kg.settings import Settings
from tests.extract.conftest import find_span, make_doc, make_reading

RULES = """relation: criticizes
rules:
  - {id: quoted, quotation: [bully, reckless, fight, play politics], subject: self, object: self, object_types: [Agency, Law, Person, Jurisdiction], confidence: 0.6}
"""
NAMES = {"Ruiz": "Person", "ICE": "LawEnforcementAgency", "Act": "Statute"}

CASES = [
    # (quoted clause, whom it blames)
    ("ICE 3 nsubj PROPN\nis 3 cop AUX be\na 3 det DET\nbully 3 ROOT NOUN", ["ICE"]),
    ("ICE 4 nsubj PROPN\nis 4 cop AUX be\nnot 4 advmod PART\na 4 det DET\nbully 4 ROOT NOUN", []),
    ("ICE 3 nsubj PROPN\nnot 3 advmod PART\nonly 1 advmod ADV\nfight 3 ROOT VERB\nus 3 obj PRON", ["ICE"]),
    ("if 3 mark SCONJ\nICE 3 nsubj PROPN\nis 3 cop AUX be\nreckless 3 ROOT ADJ", []),
    ("the 1 det DET\nAct 3 nsubj PROPN\nis 3 cop AUX be\nreckless 3 ROOT ADJ", ["Act"]),
    ("claim 6 nsubj NOUN\nthat 4 mark SCONJ\nICE 4 nsubj PROPN\nis 4 cop AUX be\nreckless 0 acl ADJ\nis 6 cop AUX be\nfalse 6 ROOT ADJ", []),
    ("ICE 1 nsubj PROPN\nplays 1 ROOT VERB play\ncheap 3 amod ADJ\npolitics 1 obj NOUN", ["ICE"]),
    ("ICE 1 nsubj PROPN\nplays 1 ROOT VERB play\nmusic 1 obj NOUN", []),
    ("We 2 nsubj PRON\nwill 2 aux AUX\nfight 2 ROOT VERB\nICE 2 obj PROPN", ["ICE"]),
    ("We 1 nsubj PRON\nsupport 1 ROOT VERB\nICE 1 obj PROPN", []),
    ("ICE 1 nsubj PROPN\nmet 1 ROOT VERB meet\nthe 4 det DET\nreckless 4 amod ADJ\nAct 1 obj PROPN", ["Act"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> FactReader:
    folder: Path = tmp_path_factory.mktemp("relations")
    (folder / "criticizes.yaml").write_text(RULES, encoding="utf-8")
    return FactReader(read_rules(folder), read_ontology(Settings().ontology))


def said(rows: str) -> str:
    """Return the rows of a clause with "Ruiz said" behind it."""
    count = len(rows.splitlines())
    root = next(i for i, line in enumerate(rows.splitlines()) if " ROOT " in line)
    return f"{rows}\nRuiz {count + 1} nsubj PROPN\nsaid {root} parataxis VERB say"


@pytest.mark.parametrize(("clause", "blamed"), CASES)
def test_blame_in_a_quotation(clause: str, blamed: list[str], reader: FactReader) -> None:
    doc = make_doc(said(clause))
    names = {name: kind for name, kind in NAMES.items() if name in doc.text}
    end = doc.text.index(" Ruiz said")
    quotation = Quotation("t", Span(0, end), doc.text[:end], find_span(doc.text, "Ruiz"))
    drafts = list(reader.read(make_reading(doc, names, [quotation])))
    assert [draft.object.of(doc.text) for draft in drafts if isinstance(draft.object, Span)] == blamed
    assert all(draft.subject == find_span(doc.text, "Ruiz") for draft in drafts)
    unnamed = Quotation("t", Span(0, end), doc.text[:end], None, "a spokesman")
    assert list(reader.read(make_reading(doc, names, [unnamed]))) == [], "whoever is not named blames nobody"


def test_blame_in_a_reported_clause(reader: FactReader) -> None:
    doc = make_doc(
        "Ruiz 1 nsubj PROPN\nsaid 1 ROOT VERB say\nICE 5 nsubj PROPN\nis 5 cop AUX be\na 5 det DET\nbully 1 ccomp NOUN"
    )
    (draft,) = reader.read(make_reading(doc, {"Ruiz": "Person", "ICE": "LawEnforcementAgency"}))
    assert (draft.subject, draft.object) == (find_span(doc.text, "Ruiz"), find_span(doc.text, "ICE"))
    assert (draft.evidence.rule, draft.evidence.confidence) == ("relations/criticizes#quoted", 0.6)


def test_what_somebody_no_longer_says_blames_nobody(reader: FactReader) -> None:
    doc = make_doc(
        "Ruiz 3 nsubj PROPN\nno 2 advmod ADV\nlonger 3 advmod ADV\nsays 3 ROOT VERB say\n"
        "ICE 7 nsubj PROPN\nis 7 cop AUX be\na 7 det DET\nbully 3 ccomp NOUN"
    )
    assert list(reader.read(make_reading(doc, {"Ruiz": "Person", "ICE": "LawEnforcementAgency"}))) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Republican leaders met.", ["Republican leaders"]),
        ("House Democratic lawmakers met.", ["Democratic lawmakers"]),
        ("Two moderate Republican senators met.", []),
        ("A Democratic lawmaker met.", []),
        ("Democratic leaders Ana Ruiz and Tom Vale met.", []),
        ("Republican leaders in Ohio met.", []),
    ],
)
def test_party_is_meant_by_its_people_as_a_body(text: str, named: list[str]) -> None:
    doc = spacy.blank("en")(text)
    block = Block(BlockKind.PARAGRAPH, Span(0, len(text)))
    found = DemonymFinder().find(Passage(block, doc, 0, text))
    assert [mention.text for mention in found] == named
