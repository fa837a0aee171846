"""Whom pronouns in somebody's mouth mean, and whose act "the lawsuit" is."""

import pytest

from kg.extract.pointing import Pointer
from kg.records import ClaimDraft, Evidence, Quotation, Span
from tests.extract.conftest import find_span, make_doc, make_reading

NAMES = {"Ruiz": "Person", "Bill Doe": "Person", "Joe Roe": "Person", "Act": "Statute", "ICE": "Agency"}
CASES = [
    # what stands before the quotation, the quotation, its pronoun, whom it means
    ("Ruiz met Bill Doe .", "he is a bully", "he", "Bill Doe"),
    ("Ruiz met Bill Doe .", "she is a bully", "she", None),
    ("Ruiz met Bill Doe and Joe Roe .", "he is a bully", "he", None),
    ("Ruiz read the Act .", "it is cruel", "it", "Act"),
    ("Ruiz met ICE .", "it is cruel", "it", None),
    ("Ruiz came .", "ICE says they are cruel", "they", "ICE"),
    ("Ruiz came .", "ICE says the agents hope they rest", "they", None),
]


@pytest.mark.parametrize(("before", "said", "pronoun", "meant"), CASES)
def test_pronoun_in_a_quotation(before: str, said: str, pronoun: str, meant: str | None) -> None:
    words = f"{before} {said}".split()
    tags = {"agents": "NOUN.NNS", "he": "PRON", "she": "PRON", "it": "PRON", "they": "PRON"}
    rows = "\n".join(
        f"{word} {max(number - 1, 0)} {'nsubj' if word in tags else 'dep'} {tags.get(word, 'X')}"
        for number, word in enumerate(words)
    )
    doc = make_doc(rows.replace(" 0 dep", " 0 ROOT", 1))
    names = {name: kind for name, kind in NAMES.items() if name in doc.text}
    quotation = Quotation("t", find_span(doc.text, said), said, find_span(doc.text, "Ruiz"))
    reading = make_reading(doc, names, [quotation])
    speaker = reading.mention_by_span(find_span(doc.text, "Ruiz"))
    assert speaker is not None
    token = next(word for word in doc if word.text == pronoun)
    found = Pointer(reading, []).meant(token, reading.passages[0], speaker)
    assert (found.text if found else None) == meant


def test_suit_is_the_plaintiffs() -> None:
    doc = make_doc("Ruiz 1 nsubj PROPN\nsued 1 ROOT VERB sue\nICE 1 obj PROPN\nthe 4 det DET\nlawsuit 5 nsubj NOUN\nsays 1 conj VERB say\na 7 det DET\nthreat 5 obj NOUN")  # fmt: skip
    reading = make_reading(doc, {"Ruiz": "Person", "ICE": "Agency"})
    evidence = Evidence("t", Span(0, 10), "Ruiz sued ICE", "sued#sue", "1", 0.9)
    pointer = Pointer(reading, [ClaimDraft(find_span(doc.text, "Ruiz"), "sued", find_span(doc.text, "ICE"), evidence)])
    read = reading.passages[0]
    assert [mention.text for mention in pointer.doers(doc[4], read)] == ["Ruiz"]
    assert pointer.doers(doc[7], read) == []


def test_ruling_is_of_who_ruled_unless_it_says_what_to_do() -> None:
    doc = make_doc(
        "Ruiz 1 nsubj PROPN\nblocked 1 ROOT VERB block\nICE 1 obj PROPN\nToday 5 nmod:poss NOUN\n_’s 3 case PART\nruling 6 nsubj NOUN\nhurts 1 conj VERB hurt\n"
        "the 8 det DET\ndecision 6 obj NOUN\nto 10 mark PART\nclose 8 acl VERB"
    )  # fmt: skip
    reading = make_reading(doc, {"Ruiz": "Person", "ICE": "Agency"})
    evidence = Evidence("t", Span(0, 10), "Ruiz blocked ICE", "ruledAgainst#block", "1", 0.9)
    ruled = ClaimDraft(find_span(doc.text, "Ruiz"), "ruledAgainst", find_span(doc.text, "ICE"), evidence)
    pointer, read = Pointer(reading, [ruled]), reading.passages[0]
    assert [mention.text for mention in pointer.doers(doc[5], read)] == ["Ruiz"]
    assert pointer.doers(doc[8], read) == []


DEEDS = [
    # what is told before, what is quoted, the word asked about, whose deed it is
    ("Doe 1 nsubj PROPN\nended 1 ROOT VERB end\nit 1 obj PRON\n. 1 punct PUNCT", "This 5 nsubj PRON\nhurts 5 ROOT VERB hurt", "This", "Doe"),
    ("Doe 1 nsubj PROPN\nsaw 1 ROOT VERB see\nit 1 obj PRON\n. 1 punct PUNCT", "This 5 nsubj PRON\nhurts 5 ROOT VERB hurt", "This", None),
    ("Ruiz 1 nsubj PROPN\nended 1 ROOT VERB end\nit 1 obj PRON\n. 1 punct PUNCT", "This 5 nsubj PRON\nhurts 5 ROOT VERB hurt", "This", None),
    ("Doe 1 nsubj PROPN\nended 1 ROOT VERB end\nit 1 obj PRON\n. 1 punct PUNCT", "It 6 nsubj PRON\nis 6 cop AUX\nwrong 6 ROOT ADJ\nto 8 mark PART\nend 6 csubj VERB", "It", None),
    ("Doe 1 nsubj PROPN\nended 1 ROOT VERB end\nit 1 obj PRON\n. 1 punct PUNCT", "this 5 det DET\nmove 6 nsubj NOUN\nhurts 6 ROOT VERB hurt", "move", "Doe"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "said", "asked", "meant"), DEEDS)
def test_this_is_what_was_just_told(before: str, said: str, asked: str, meant: str | None) -> None:
    doc = make_doc(f"{before}\n{said}\nRuiz 4 dep PROPN")
    words = [row.split()[0] for row in said.splitlines()]
    quoted = find_span(doc.text, " ".join(words))
    speaker_at = Span(len(doc.text) - len("Ruiz"), len(doc.text))
    names = {name: "Person" for name in ("Doe", "Ruiz") if name in doc.text}
    reading = make_reading(doc, names, [Quotation("t", quoted, " ".join(words), speaker_at)])
    speaker = next(mention for mention in reading.mentions if mention.text == "Ruiz")
    token = next(word for word in doc if word.text == asked)
    found = Pointer(reading, []).meant(token, reading.passages[0], speaker)
    assert (found.text if found else None) == meant


def test_the_plan_is_whose_it_was_told_to_be() -> None:
    doc = make_doc(
        "Ruiz 1 nsubj PROPN\nunveiled 1 ROOT VERB unveil\na 3 det DET\nplan 1 obj NOUN\nthe 5 det DET\nplan 7 nsubj NOUN\nthe 7 det DET\nmove 1 conj NOUN"
    )
    reading = make_reading(doc, {"Ruiz": "Person"})
    pointer, read = Pointer(reading, []), reading.passages[0]
    assert [mention.text for mention in pointer.doers(doc[5], read)] == ["Ruiz"]
    assert pointer.doers(doc[7], read) == []


@pytest.mark.parametrize(("between", "whose"), [("", ["Doe"]), ("Roe 9 obj PROPN\n", [])])
def test_the_plan_behind_somebody_else_is_not_of_one_told_before(between: str, whose: list[str]) -> None:
    verb = 6 + bool(between)
    doc = make_doc(
        "Doe 1 nsubj PROPN\nunveiled 1 ROOT VERB unveil\na 3 det DET\nplan 1 obj NOUN\n_. 1 punct PUNCT\n"
        f"Ruiz {verb} nsubj PROPN\n{between.replace('9', str(verb))}criticized {verb} ROOT VERB criticize\n"
        f"the {verb + 2} det DET\nplan {verb} obl NOUN"
    )
    reading = make_reading(doc, {name: "Person" for name in ("Doe", "Ruiz", "Roe") if name in doc.text})
    assert [m.text for m in Pointer(reading, []).doers(doc[len(doc) - 1], reading.passages[0])] == whose
