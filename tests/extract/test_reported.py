"""Indirect speech, from the words alone and from parses built by hand."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.article import split_article
from kg.extract.passages import Passage
from kg.extract.reported import find_indirect_speech
from kg.records import Document, Mention, Span

TYPES = {
    "Ana Ruiz": "Person",
    "Ruiz": "Person",
    "Tom Vance": "Person",
    "Justice Department": "Agency",
    "Anytown": "Municipality",
}
BLANK = spacy.blank("en")
BLANK.add_pipe("sentencizer")


def mentions_in(text: str) -> list[Mention]:
    found: list[Mention] = []
    for name, kind in TYPES.items():
        start = text.find(name)
        while start >= 0:
            if not any(m.span.overlaps(Span(start, start + len(name))) for m in found):
                found.append(Mention(Span(start, start + len(name)), name, kind, "test"))
            start = text.find(name, start + 1)
    return found


def reported(text: str, doc: Doc | None = None) -> list[tuple[str | None, str]]:
    """Return who says what: a name, or "?" and a description."""
    passages = [Passage(b, doc or BLANK(b.span.of(text)), b.span.start, b.span.of(text)) for b in split_article(text)]
    found = find_indirect_speech(Document("d", text, "", ""), passages, mentions_in(text))
    return [
        (r.voice.speaker.of(text) if r.voice.speaker else f"? {r.voice.described}", r.clause.of(text)) for r in found
    ]


PLAIN = [
    ("Ruiz said that the doors would stay open.", [("Ruiz", "the doors would stay open")]),
    ("Ruiz said the doors would stay open.", [("Ruiz", "the doors would stay open")]),
    ("Ruiz told reporters that the doors would stay open.", [("Ruiz", "the doors would stay open")]),
    (
        "Ana Ruiz, the mayor of Anytown, warned on Monday that the doors would close.",
        [("Ana Ruiz", "the doors would close")],
    ),
    ("The doors would stay open, Ruiz said.", [("Ruiz", "The doors would stay open")]),
    (
        "Anytown got $2 million, according to the Justice Department.",
        [("Justice Department", "Anytown got $2 million")],
    ),
    ("According to Ruiz, the doors would stay open.", [("Ruiz", "the doors would stay open")]),
    ("Ruiz spoke. She also said that the doors would close.", [("Ruiz", "the doors would close")]),
    ("A senior official said that the doors would close.", [("? A senior official", "the doors would close")]),
    ("The claims that doors would close were false.", []),
    ("Ruiz opened the doors.", []),
    ("“The doors would stay open,” Ruiz said.", []),
]


@pytest.mark.parametrize(("text", "wanted"), PLAIN)
def test_without_a_parser(text: str, wanted: list[tuple[str | None, str]]) -> None:
    assert reported(text) == wanted


PARSED = [
    # (words, heads, relations, who says what)
    (["Ana", "Ruiz", ",", "the", "mayor", ",", "said", "that", "doors", "close", "."], [6, 0, 4, 4, 0, 6, 6, 9, 9, 6, 6],
     ["nsubj", "flat", "punct", "det", "appos", "punct", "ROOT", "mark", "nsubj", "ccomp", "punct"],
     [("Ana Ruiz", "doors close")]),
    (["Doors", "close", ",", "Ruiz", "said", ",", "and", "we", "wait", "."], [1, 1, 4, 4, 1, 8, 8, 8, 1, 1],
     ["nsubj", "ROOT", "punct", "nsubj", "parataxis", "punct", "cc", "nsubj", "conj", "punct"],
     [("Ruiz", "Doors close, Ruiz said, and we wait")]),
    (["Ruiz", ",", "who", "said", "doors", "close", ",", "left", "."], [7, 3, 3, 0, 5, 3, 3, 7, 7],
     ["nsubj", "punct", "nsubj", "acl:relcl", "nsubj", "ccomp", "punct", "ROOT", "punct"],
     [("Ruiz", "doors close")]),
    (["Ruiz", "closed", "doors", "."], [1, 1, 1, 1], ["nsubj", "ROOT", "obj", "punct"], []),
]  # fmt: skip


@pytest.mark.parametrize(("words", "heads", "deps", "wanted"), PARSED)
def test_with_a_parse(
    words: list[str], heads: list[int], deps: list[str], wanted: list[tuple[str | None, str]]
) -> None:
    spaces = [word not in ",." for word in [*words[1:], "x"]]
    lemmas = ["say" if word == "said" else word.lower() for word in words]
    pos = ["VERB" if word == "said" else "X" for word in words]
    doc = Doc(BLANK.vocab, words=words, spaces=[*spaces[:-1], False], heads=heads, deps=deps, lemmas=lemmas, pos=pos)
    assert reported(doc.text, doc) == wanted
