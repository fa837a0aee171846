"""Roles, paths and clause status over parses built by hand: no trained model is needed, none can spoil a test."""

import pytest
from spacy.tokens import Doc

from kg.extract.syntax import Step, agents, follow, is_passive, parse_path, patients, preposition, status_of
from kg.records import Status
from tests.extract.conftest import make_doc

ACTIVE = """
Oregon     1 nsubj PROPN
sued       1 ROOT  VERB.VBD sue
the        3 det   DET
department 1 obj   NOUN
in         5 case  ADP
court      1 obl   NOUN
.          1 punct PUNCT
"""
PASSIVE = """
Oregon     2 nsubj:pass PROPN
was        2 aux:pass   AUX be
sued       2 ROOT       VERB.VBN sue
by         5 case       ADP
the        5 det        DET
department 2 obl:agent  NOUN
"""
PASSIVE_CLEAR = """
Oregon     2 nsubjpass PROPN
was        2 auxpass   AUX be
sued       2 ROOT      VERB.VBN sue
by         2 agent     ADP
Texas      3 pobj      PROPN
"""
COORDINATED = """
Oregon  1 nsubj PROPN
met     1 ROOT  VERB.VBD meet
and     3 cc    CCONJ
sued    1 conj  VERB.VBD sue
Texas   3 obj   PROPN
"""
CONTROLLED = """
Oregon  1 nsubj PROPN
urged   1 ROOT  VERB.VBD urge
Texas   1 obj   PROPN
to      4 mark  PART
sue     1 xcomp VERB.VB
Ohio    4 obj   PROPN
"""
WANTING = """
Oregon  1 nsubj PROPN
wants   1 ROOT  VERB.VBZ want
to      3 mark  PART
sue     1 xcomp VERB.VB
Ohio    3 obj   PROPN
"""
RELATIVE = """
Oregon  4 nsubj     PROPN
which   2 nsubj     PRON.WDT
sued    0 acl:relcl VERB.VBD sue
Texas   2 obj       PROPN
won     4 ROOT      VERB.VBD win
"""
OBJECT_RELATIVE = """
the     1 det       DET
states  4 nsubj     NOUN state
Oregon  3 nsubj     PROPN
sued    1 acl:relcl VERB.VBD sue
won     4 ROOT      VERB.VBD win
"""
PARTICIPLE = """
letters 1 nsubj    NOUN letter
came    1 ROOT     VERB.VBD come
sent    0 acl      VERB.VBN send
by      4 case     ADP
Texas   2 obl      PROPN
"""
NOUN = """
Oregon  2 nmod:poss PROPN
's      0 case      PART
lawsuit 6 nsubj     NOUN
against 5 case      ADP
the     5 det       DET
state   2 nmod      NOUN
ended   6 ROOT      VERB.VBD end
"""

ROLES = [
    # (parse, predicate, who does it, what it is done to)
    (ACTIVE, "sued", ["Oregon"], ["department"]),
    (PASSIVE, "sued", ["department"], ["Oregon"]),
    (PASSIVE_CLEAR, "sued", ["Texas"], ["Oregon"]),
    (COORDINATED, "sued", ["Oregon"], ["Texas"]),
    (CONTROLLED, "sue", ["Texas"], ["Ohio"]),
    (WANTING, "sue", ["Oregon"], ["Ohio"]),
    (RELATIVE, "sued", ["Oregon"], ["Texas"]),
    (OBJECT_RELATIVE, "sued", ["Oregon"], ["states"]),
    (PARTICIPLE, "sent", ["Texas"], ["letters"]),
    (NOUN, "lawsuit", ["Oregon"], []),
]


def word(doc: Doc, text: str):
    return next(token for token in doc if token.text == text)


@pytest.mark.parametrize(("rows", "predicate", "doing", "done"), ROLES)
def test_who_does_what_to_whom(rows: str, predicate: str, doing: list[str], done: list[str]) -> None:
    token = word(make_doc(rows), predicate)
    assert [found.text for found in agents(token)] == doing
    assert [found.text for found in patients(token)] == done


@pytest.mark.parametrize(
    ("rows", "predicate", "passive"),
    [(ACTIVE, "sued", False), (PASSIVE, "sued", True), (PARTICIPLE, "sent", True), (NOUN, "ended", False)],
)
def test_passive(rows: str, predicate: str, passive: bool) -> None:
    assert is_passive(word(make_doc(rows), predicate)) is passive


PATHS = [
    # (parse, from, path, the words it leads to)
    (ACTIVE, "sued", "agent", ["Oregon"]),
    (ACTIVE, "sued", "patient", ["department"]),
    (ACTIVE, "sued", "patient=department", ["department"]),
    (ACTIVE, "sued", "patient=court", []),
    (ACTIVE, "sued", "obl:in", ["court"]),
    (ACTIVE, "sued", "obl:in|at=court", ["court"]),
    (ACTIVE, "sued", "obl:at", []),
    (ACTIVE, "sued", "obl", ["court"]),
    (ACTIVE, "sued", "self", ["sued"]),
    (ACTIVE, "department", "head", ["sued"]),
    (ACTIVE, "department", "head=sue", ["sued"]),
    (ACTIVE, "department", "head=win", []),
    (ACTIVE, "department", "head>agent", ["Oregon"]),
    (ACTIVE, "sued", "subtree=court,judge", ["court"]),
    (ACTIVE, "sued", "deep:in", ["court"]),
    (PASSIVE, "sued", "agent", ["department"]),
    (PASSIVE_CLEAR, "sued", "obl:by", ["Texas"]),
    (NOUN, "lawsuit", "poss", ["Oregon"]),
    (NOUN, "lawsuit", "nmod:against", ["state"]),
    (NOUN, "lawsuit", "nmod:for", []),
    (NOUN, "ended", "agent=lawsuit>nmod:against", ["state"]),
    (WANTING, "wants", "xcomp=sue>patient", ["Ohio"]),
    (WANTING, "wants", "xcomp=win>patient", []),
    (PARTICIPLE, "letters", "acl=send>obl:by", ["Texas"]),
]


@pytest.mark.parametrize(("rows", "start", "path", "reached"), PATHS)
def test_path_leads_to(rows: str, start: str, path: str, reached: list[str]) -> None:
    assert [token.text for token in follow(word(make_doc(rows), start), parse_path(path))] == reached


def test_path_is_parsed_into_steps() -> None:
    assert parse_path("patient=lawsuit,suit > nmod:against|to") == (
        Step("patient", lemmas=frozenset({"lawsuit", "suit"})),
        Step("nmod", frozenset({"against", "to"})),
    )
    assert parse_path("nmod:such_as") == (Step("nmod", frozenset({"such as"})),)


@pytest.mark.parametrize(
    "wrong", ["", "subj", "agent>", "agent>>patient", "obl:with:to", "Agent", "patient = book", "agent<patient"]
)
def test_path_that_is_none_says_what_a_step_is(wrong: str) -> None:
    with pytest.raises(ValueError, match="steps are acl, advcl, advmod, agent"):
        parse_path(wrong)


def test_preposition_of_several_words() -> None:
    doc = make_doc("""
cities 0 ROOT  NOUN city
such   3 case  ADJ
as     1 fixed ADP
Boston 0 nmod  PROPN
""")
    assert preposition(word(doc, "Boston")) == "such as"
    assert preposition(word(doc, "cities")) == ""


def clause(verb: str, *before: str, after: str = "") -> str:
    """Return the rows of "Oregon BEFORE verb Texas AFTER": what stands before the verb hangs on it."""
    at = len(before) + 1
    rows = [f"Oregon {at} nsubj PROPN", *(row.replace("@", str(at)) for row in before), f"{verb} {at} ROOT VERB"]
    return "\n".join([*rows, f"Texas {at} obj PROPN", *([after.replace("@", str(at))] if after else [])])


STATUS = [
    # (parse, predicate, what the clause does with it, and what it does where possibility is the meaning)
    (clause("sues"), "sues", "Asserted", "Asserted"),
    (clause("sue", "did @ aux AUX do", "not @ advmod PART"), "sue", "Negated", "Negated"),
    (clause("sued", "never @ advmod ADV"), "sued", "Negated", "Negated"),
    (clause("sue", "may @ aux AUX"), "sue", "Hypothetical", "Asserted"),
    (clause("sue", "would @ aux AUX"), "sue", "Hypothetical", "Asserted"),
    (clause("sue", "will @ aux AUX"), "sue", "Hypothetical", "Asserted"),
    (clause("sued", "has @ aux AUX have"), "sued", "Asserted", "Asserted"),
    (clause("sue", "will @ aux AUX", "not @ advmod PART"), "sue", "Negated", "Negated"),
    (WANTING, "sue", "Hypothetical", "Asserted"),
    (CONTROLLED, "sue", "Hypothetical", "Asserted"),
    (COORDINATED, "sued", "Asserted", "Asserted"),
    ("no 1 det DET\nstate 2 nsubj NOUN\nsued 2 ROOT VERB sue\nTexas 2 obj PROPN", "sued", "Negated", "Negated"),
    ("Oregon 1 nsubj PROPN\nfiled 1 ROOT VERB file\nno 3 det DET\nsuit 1 obj NOUN", "filed", "Negated", "Negated"),
    ("Oregon 1 nsubj PROPN\nrefused 1 ROOT VERB refuse\nto 3 mark PART\nsue 1 xcomp VERB\nTexas 3 obj PROPN", "sue", "Negated", "Negated"),
    ("Oregon 3 nsubj PROPN\ndid 3 aux AUX do\nnot 3 advmod PART\nrefuse 3 ROOT VERB\nto 5 mark PART\nsue 3 xcomp VERB", "sue", "Hypothetical",
     "Asserted"),
    ("if 2 mark SCONJ\nOregon 2 nsubj PROPN\nsues 5 advcl VERB sue\n, 5 punct PUNCT\nTexas 5 nsubj PROPN\nwins 5 ROOT VERB win", "sues",
     "Hypothetical", "Hypothetical"),
    ("if 2 mark SCONJ\nOregon 2 nsubj PROPN\nsues 5 advcl VERB sue\n, 5 punct PUNCT\nTexas 5 nsubj PROPN\nwins 5 ROOT VERB win", "wins",
     "Asserted", "Asserted"),
    (clause("sue", "did @ aux AUX do", after="? @ punct PUNCT"), "sue", "Hypothetical", "Hypothetical"),
    ("Oregon 1 nsubj PROPN\nthreatens 1 ROOT VERB threaten\nto 3 mark PART\nsue 1 xcomp VERB\nTexas 3 obj PROPN", "sue", "Hypothetical",
     "Asserted"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "predicate", "counted", "ignored"), STATUS)
def test_what_the_clause_does_with_a_predicate(rows: str, predicate: str, counted: str, ignored: str) -> None:
    token = word(make_doc(rows), predicate)
    assert status_of(token) is Status(counted)
    assert status_of(token, irrealis_counts=False) is Status(ignored)
