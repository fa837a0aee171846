"""The notation of relation files: what a rule becomes, and how typos are reported."""

from pathlib import Path

import pytest

from kg.errors import ConfigurationError
from kg.extract.rules import read_rules
from kg.extract.syntax import Step
from kg.settings import Settings

GOOD = """relation: audits
version: 3
irrealis: ignored
rules:
  - {id: audit, verb: [audit, inspect], subject: agent, object: [patient, "obl:of|in=book"], require: "patient=book",
     forbid: "obl:with", subject_types: [Agency], object_types: [Law], through: [policy], qualifiers: [date], confidence: 0.9,
     inherit_subject: true, event: true, status: Asserted}
  - {id: spoken, quotation: [fraud], subject: self, object: self}
examples:
  - {text: "The office audited Anytown.", facts: ["office → Anytown"]}
  - {text: "The office saw Anytown.", facts: []}
"""


def read(folder: Path, text: str, name: str = "audits.yaml"):
    (folder / name).write_text(text, encoding="utf-8")
    return read_rules(folder)


def test_rule_carries_all_that_its_file_says(tmp_path: Path) -> None:
    book = read(tmp_path, GOOD)
    rule, spoken = book.rules
    assert (rule.relation, rule.name, rule.version) == ("audits", "relations/audits#audit", "3")
    assert (rule.trigger, rule.lemmas) == ("verb", {"audit", "inspect"})
    assert rule.subject == ((Step("agent"),),)
    assert rule.object == (
        (Step("patient"),),
        (Step("obl", frozenset({"of", "in"}), frozenset({"book"})),),
    )
    assert rule.require == ((Step("patient", lemmas=frozenset({"book"})),),)
    assert rule.forbid == ((Step("obl", frozenset({"with"})),),)
    assert (rule.subject_types, rule.object_types, rule.through) == ({"Agency"}, {"Law"}, {"policy"})
    assert (rule.qualifiers, rule.confidence, rule.status) == ({"date"}, 0.9, "Asserted")
    assert (rule.irrealis, rule.inherit_subject, rule.event) == (False, True, True)
    assert (spoken.trigger, spoken.confidence, spoken.status) == ("quotation", 0.8, None)
    assert (spoken.inherit_subject, spoken.event) == (False, False)


def test_examples_know_their_lines(tmp_path: Path) -> None:
    examples = read(tmp_path, GOOD).examples
    assert [(example.text, example.facts) for example in examples] == [
        ("The office audited Anytown.", ("office → Anytown",)),
        ("The office saw Anytown.", ()),
    ]
    assert [example.place for example in examples] == [f"{tmp_path / 'audits.yaml'}:{line}" for line in (10, 11)]


def test_modal_makes_hypothetical_unless_the_file_says_otherwise(tmp_path: Path) -> None:
    (rule, _) = read(tmp_path, GOOD.replace("irrealis: ignored\n", "")).rules
    assert rule.irrealis


TYPOS = [
    # (what is replaced, by what, the line blamed, words that the message must have)
    ("version: 3", "versoin: 3", 1, ["unknown key", "versoin", "Allowed are", "version"]),
    ("subject: agent", "subjct: agent", 5, ["unknown key", "subjct", "Allowed are", "subject"]),
    ("facts: []", "fact: []", 11, ["unknown key", "'fact'", "Allowed are", "facts"]),
    ("subject: agent", "subject: agnt", 5, ["subject", "'agnt'", "steps are", "agent"]),
    ("object: [patient,", "object: [Patient,", 5, ["object", "'Patient'", "patient"]),
    ('require: "patient=book"', 'require: "patient>"', 5, ["require", "no step", "patient"]),
    ('forbid: "obl:with"', 'forbid: "obl:with:to"', 5, ["forbid", "'obl:with:to'", "steps are"]),
    ("qualifiers: [date]", "qualifiers: [dat]", 5, ["no such qualifier", "dat", "deadline"]),
    ("verb: [audit, inspect], ", "", 5, ["one trigger", "verb, noun, adj, quotation"]),
    ("verb: [audit, inspect]", "verb: [audit], noun: [audit]", 5, ["one trigger"]),
    ("{id: spoken, ", "{", 8, ["needs an id"]),
    ("relation: audits", "relation: audit", 1, ["name is not its relation", "audit.yaml"]),
    ("id: spoken", "id: audit", None, ["same id", "relations/audits#audit"]),
    ("version: 3", "version: [", 4, ["no YAML"]),
    (GOOD, "", 1, ["empty"]),
    (GOOD, "- a list", 1, ["no mapping"]),
]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"), TYPOS, ids=[f"{old[:12]}→{new[:18]}" for old, new, _, _ in TYPOS]
)
def test_typo_is_an_error_with_file_line_and_what_is_allowed(
    tmp_path: Path, old: str, new: str, line: int | None, words: list[str]
) -> None:
    assert old in GOOD
    with pytest.raises(ConfigurationError) as caught:
        read(tmp_path, GOOD.replace(old, new))
    if line is not None:
        assert caught.value.place == f"{tmp_path / 'audits.yaml'}:{line}"
    for word in words:
        assert word in str(caught.value)


def test_files_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("relation: b\nrules: [{id: x, verb: [do], subject: agent, object: patient}]\n")
    (tmp_path / "a.yaml").write_text("relation: a\nrules: [{id: x, verb: [do], subject: agent, object: patient}]\n")
    (tmp_path / "notes.txt").write_text("not a rule file")
    assert [rule.name for rule in read_rules(tmp_path).rules] == ["relations/a#x", "relations/b#x"]


def test_shipped_rules_are_readable() -> None:
    book = read_rules(Settings().ontology / "relations")
    assert len({rule.relation for rule in book.rules}) >= 15
    assert len({rule.name for rule in book.rules}) == len(book.rules)


def test_lists_of_words_are_named(tmp_path: Path) -> None:
    text = """relation: audits
words: {blame: [cruel, deny]}
rules:
  - {id: spoken, quotation: ["@blame", bad], subject: self, object: self}
  - {id: called, verb: [call], require: "patient=@blame", subject: agent, object: patient}
  - {id: worded, wording: ['{subject} calls {object} {blame}']}
examples: []
"""
    spoken, called, worded = read(tmp_path, text).rules
    assert spoken.lemmas == {"cruel", "deny", "bad"}
    assert called.require == ((Step("patient", frozenset(), frozenset({"cruel", "deny"})),),)
    assert worded.wordings[0].search("\ue000 calls \ue001 cruelly") and not worded.wordings[0].search(
        "\ue000 calls \ue001 kind"
    )
    with pytest.raises(ConfigurationError, match="no such list of words"):
        read(tmp_path, text.replace("@blame", "@praise"))
