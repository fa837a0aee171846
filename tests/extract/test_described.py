"""Pools of grants and reports that are told by whose they are, over parses built by hand."""

import pytest

from kg.extract.described import find_described
from kg.extract.passages import MentionIndex
from kg.records import Mention, MentionKind
from tests.extract.conftest import find_span, make_doc, make_mention, make_passage

KEY = "agency/us/ox"
CASES = [
    (
        "Ox 1 nsubj PROPN\nreleased 1 ROOT VERB release\na 3 det DET\nreport 1 obj NOUN",
        [("report", "Publication", {"publisher": KEY, "noun": "report"})],
    ),
    (
        "Ox 1 nsubj PROPN\nmade 1 ROOT VERB make\nmany 3 amod ADJ\ngrants 1 obj NOUN grant",
        [("grants", "FundingProgram", {"pool": KEY})],
    ),
    ("Ox 1 nsubj PROPN\nread 1 ROOT VERB\na 3 det DET\nreport 1 obj NOUN", []),
    ("Ox 1 nsubj PROPN\nreleased 1 ROOT VERB release\na 3 det DET\nprisoner 1 obj NOUN", []),
    ("They 1 nsubj PRON\nreleased 1 ROOT VERB release\na 3 det DET\nreport 1 obj NOUN", []),
]


@pytest.mark.parametrize(("rows", "found"), CASES)
def test_described(rows: str, found: list[tuple[str, str, dict[str, str]]]) -> None:
    passage = make_passage(make_doc(rows))
    text = passage.doc.text
    mentions = [make_mention(text, "Ox", "Agency", key=KEY)] if "Ox" in text else []
    described = list(find_described(passage, MentionIndex(passage, mentions), {m.span: m for m in mentions}))
    assert [(mention.text, mention.type, dict(mention.hints)) for mention in described] == found
    assert all(mention.kind is MentionKind.NOMINAL for mention in described)


def test_description_stands_for_its_antecedent() -> None:
    """ "It released a report": the agency is the one that "it" stands for."""
    passage = make_passage(make_doc("Ox 1 nsubj PROPN\nmet 1 ROOT VERB meet\nand 4 cc CCONJ\nit 4 nsubj PRON\nreleased 1 conj VERB release\na 6 det DET\nreport 4 obj NOUN"))  # fmt: skip
    text = passage.doc.text
    agency = make_mention(text, "Ox", "Agency", key=KEY)
    pronoun = Mention(find_span(text, "it"), "it", "Agency", "coreference", MentionKind.PRONOUN, antecedent=agency.span)
    (found,) = find_described(
        passage, MentionIndex(passage, [agency, pronoun]), {agency.span: agency, pronoun.span: pronoun}
    )
    assert found.hint("publisher") == KEY


def test_what_is_a_mention_already_is_not_described_again() -> None:
    passage = make_passage(make_doc(CASES[0][0]))
    text = passage.doc.text
    mentions = [make_mention(text, "Ox", "Agency", key=KEY), make_mention(text, "report", "Publication")]
    assert list(find_described(passage, MentionIndex(passage, mentions), {m.span: m for m in mentions})) == []
