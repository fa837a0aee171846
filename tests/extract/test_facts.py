"""Rules over parses built by hand: arguments, status, qualifiers, attribution."""

from pathlib import Path

import pytest
from spacy.tokens import Doc

from kg.extract.facts import FactReader
from kg.extract.rules import RuleBook, read_rules
from kg.ontology import Ontology, read_ontology
from kg.records import ClaimDraft, Quotation, Span, Status
from kg.settings import Settings
from tests.extract.conftest import find_span, make_doc, make_reading

RULES = """relation: sued
version: 7
rules:
  - {id: sue, verb: [sue], subject: agent, object: patient, through: [policy], forbid: "obl:for=fun", qualifiers: [date], confidence: 0.9}
  - {id: file, verb: [file], require: "patient=suit", subject: agent, object: "patient>nmod:against", confidence: 0.8}
"""
NAMES = {"Oregon": "Jurisdiction", "Texas": "Jurisdiction", "Ohio": "Jurisdiction", "ICE": "LawEnforcementAgency", "Ruiz": "Person",
         "Act": "Statute"}  # fmt: skip


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return read_ontology(Settings().ontology)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> RuleBook:
    folder: Path = tmp_path_factory.mktemp("relations")
    (folder / "sued.yaml").write_text(RULES, encoding="utf-8")
    return read_rules(folder)


def read(book: RuleBook, ontology: Ontology, doc: Doc, quotations: tuple[Quotation, ...] = ()) -> list[ClaimDraft]:
    names = {name: kind for name, kind in NAMES.items() if name in doc.text}
    return list(FactReader(book, ontology).read(make_reading(doc, names, quotations)))


def row(draft: ClaimDraft, text: str) -> tuple[str, str, str]:
    assert isinstance(draft.subject, Span) and isinstance(draft.object, Span)
    return draft.subject.of(text), draft.object.of(text), draft.status.value


PLAIN = "Oregon 1 nsubj PROPN\nsued 1 ROOT VERB sue\nTexas 1 obj PROPN"
CASES = [
    (PLAIN, [("Oregon", "Texas", "Asserted")]),
    ("Oregon 1 nsubj PROPN\nsued 1 ROOT VERB sue\nTexas 1 obj PROPN\nand 4 cc CCONJ\nICE 2 conj PROPN",
     [("Oregon", "Texas", "Asserted"), ("Oregon", "ICE", "Asserted")]),
    ("Texas 2 nsubj:pass PROPN\nwas 2 aux:pass AUX be\nsued 2 ROOT VERB.VBN sue\nby 4 case ADP\nOregon 2 obl PROPN", [("Oregon", "Texas", "Asserted")]),
    ("Oregon 3 nsubj PROPN\ndid 3 aux AUX do\nnot 3 advmod PART\nsue 3 ROOT VERB\nTexas 3 obj PROPN", [("Oregon", "Texas", "Negated")]),
    ("Oregon 2 nsubj PROPN\nmay 2 aux AUX\nsue 2 ROOT VERB\nTexas 2 obj PROPN", [("Oregon", "Texas", "Hypothetical")]),
    # the owner of what is named
    ("Oregon 1 nsubj PROPN\nsued 1 ROOT VERB sue\nTexas 4 nmod:poss PROPN\n_'s 2 case PART\npolicy 1 obj NOUN", [("Oregon", "Texas", "Asserted")]),
    ("Oregon 1 nsubj PROPN\nsued 1 ROOT VERB sue\nTexas 4 nmod:poss PROPN\n_'s 2 case PART\nneighbor 1 obj NOUN", []),
    # those who act for a place
    ("Oregon 1 compound PROPN\nofficials 2 nsubj NOUN official\nsued 2 ROOT VERB sue\nTexas 2 obj PROPN", [("Oregon", "Texas", "Asserted")]),
    # the noun that the verb must have, and the one that it may not
    ("Oregon 1 nsubj PROPN\nfiled 1 ROOT VERB file\na 3 det DET\nsuit 1 obj NOUN\nagainst 5 case ADP\nTexas 3 nmod PROPN", [("Oregon", "Texas", "Asserted")]),
    ("Oregon 1 nsubj PROPN\nfiled 1 ROOT VERB file\na 3 det DET\nreport 1 obj NOUN\nagainst 5 case ADP\nTexas 3 nmod PROPN", []),
    (PLAIN + "\nfor 4 case ADP\nfun 1 obl NOUN", []),
    # another part of speech, another verb, a type that the relation does not take, nobody
    ("Oregon 1 nsubj PROPN\nsued 1 ROOT NOUN sue\nTexas 1 obj PROPN", []),
    ("Oregon 1 nsubj PROPN\nmet 1 ROOT VERB meet\nTexas 1 obj PROPN", []),
    ("Oregon 1 nsubj PROPN\nsued 1 ROOT VERB sue\nAct 1 obj PROPN", []),
    ("They 1 nsubj PRON\nsued 1 ROOT VERB sue\nTexas 1 obj PROPN", []),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "facts"), CASES)
def test_facts(rows: str, facts: list[tuple[str, str, str]], book: RuleBook, ontology: Ontology) -> None:
    doc = make_doc(rows)
    assert [row(draft, doc.text) for draft in read(book, ontology, doc)] == facts


def test_evidence_cites_the_rule_and_its_sentence(book: RuleBook, ontology: Ontology) -> None:
    (draft,) = read(book, ontology, make_doc(PLAIN))
    evidence = draft.evidence
    assert (evidence.rule, evidence.version, evidence.confidence) == ("relations/sued#sue", "7", 0.9)
    assert (evidence.sentence, evidence.span) == ("Oregon sued Texas", Span(0, 17))
    assert evidence.attributed_to is None


def test_date_of_the_sentence(book: RuleBook, ontology: Ontology) -> None:
    doc = make_doc(
        PLAIN + "\non 5 case ADP\nJanuary 5 compound PROPN\n5 1 obl NUM\n_, 5 punct PUNCT\n2018 5 nummod NUM"
    )
    (draft,) = read(book, ontology, doc)
    assert draft.qualifiers.date is not None and draft.qualifiers.date.isoformat() == "2018-01-05"


SAID = "Ruiz 1 nsubj PROPN\nsaid 1 ROOT VERB say\nOregon 3 nsubj PROPN\nsued 1 ccomp VERB sue\nTexas 3 obj PROPN"


def test_fact_in_a_reported_clause_is_the_speakers(book: RuleBook, ontology: Ontology) -> None:
    doc = make_doc(SAID)
    (draft,) = read(book, ontology, doc)
    assert draft.status is Status.ASSERTED
    assert draft.evidence.attributed_to == find_span(doc.text, "Ruiz")


def test_fact_in_a_quotation_is_its_speakers(book: RuleBook, ontology: Ontology) -> None:
    doc = make_doc(PLAIN + "\nRuiz 4 nsubj PROPN\nsaid 1 parataxis VERB say")
    speaker = find_span(doc.text, "Ruiz")
    (draft,) = read(book, ontology, doc, (Quotation("t", Span(0, 17), "Oregon sued Texas", speaker),))
    assert draft.evidence.attributed_to == speaker
    (unnamed,) = read(book, ontology, make_doc(PLAIN), (Quotation("t", Span(0, 17), "Oregon sued Texas", None),))
    assert unnamed.evidence.attributed_to is None


def test_without_a_parse_there_are_no_facts_of_verbs(book: RuleBook, ontology: Ontology) -> None:
    doc = make_doc(PLAIN)
    plain = Doc(doc.vocab, words=[token.text for token in doc])
    assert read(book, ontology, plain) == []
