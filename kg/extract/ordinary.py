"""Ordinary words that a recogniser takes for names because a sentence begins with them: "Heartbroken to hear …", "Laws matter".

In: the passages, the mentions by name, the words of the language and the surnames of the tables. Out: the mentions
without those of a single ordinary word that the text never has with a capital elsewhere. It drops nothing that a table,
a pattern or a title has found.
"""

from collections.abc import Iterator, Sequence, Set

from spacy.language import Language

from kg.extract.given_names import GIVEN_NAMES
from kg.extract.lemmas import COMPONENT
from kg.extract.passages import Passage
from kg.records import Mention

CLOSED = frozenset(
    ["anyway", "click", "everybody", "everyone", "everything", "festivalgoers", "granted", "mine", "minus", "nobody", "ours", "somebody", "someone",
     "something", "theirs", "whoever", "whose", "yours"]
)  # fmt: skip
"""Words that a list of nouns, verbs and adjectives leaves out."""
ENDINGS = (("", ""), ("s", ""), ("es", ""), ("ies", "y"), ("d", ""), ("ed", ""), ("ing", ""), ("ing", "e"), ("ly", ""))
MADE_OF = {"Person", "Organization"}


def words_of(nlp: Language) -> frozenset[str]:
    """Return the nouns, verbs, adjectives and adverbs of the language, in lower case; none where the pipeline has no list."""
    component = nlp.get_pipe(COMPONENT) if COMPONENT in nlp.pipe_names else None
    return frozenset(getattr(component, "words", ()))


def is_ordinary(word: str, words: Set[str]) -> bool:
    """Tell whether a capitalised word is a form of an ordinary one.

    >>> is_ordinary("Laws", {"law"}), is_ordinary("Deported", {"deport"}), is_ordinary("Quibby", {"law"})
    (True, True, False)
    """
    lower = word.lower()
    return lower in CLOSED or any(
        lower.endswith(ending) and lower[: len(lower) - len(ending)] + stem in words for ending, stem in ENDINGS
    )


def drop_ordinary(
    passages: Sequence[Passage], mentions: Sequence[Mention], words: Set[str], surnames: Set[str]
) -> list[Mention]:
    """Leave out single ordinary words at the beginning of a sentence, and words printed in capitals for emphasis."""
    borne = {word for m in mentions if m.type == "Person" and " " in m.text for word in m.text.split()}
    guesses = [
        m
        for m in mentions
        if m.found_by == "ner" and m.type in MADE_OF and m.text.isalpha() and not m.hint("honorific")
        and m.text not in borne and m.text not in surnames and m.text not in GIVEN_NAMES and is_ordinary(m.text, words)
    ]  # fmt: skip
    shouted = {m for m in guesses if m.type == "Organization" and m.text.isupper() and len(m.text) > 3}
    opening = set(_opening(passages, guesses)) - shouted
    elsewhere = {m.text for m in guesses if m not in opening | shouted}
    dropped = {m for m in shouted if m.text.lower() in words} | {m for m in opening if m.text not in elsewhere}
    return [m for m in mentions if m not in dropped]


def _opening(passages: Sequence[Passage], guesses: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the mentions before which their sentence, or the words quoted in it, have no word."""
    for passage in passages:
        for mention in guesses:
            tokens = passage.tokens(mention.span) if passage.extent.covers(mention.span) else None
            if tokens is None or not len(tokens):
                continue
            before = passage.doc[tokens[0].sent.start : tokens.start]
            quoted = len(before) > 0 and before[-1].text in {"“", '"', "‘", ":"}
            if quoted or not any(token.is_alpha for token in before):
                yield mention
