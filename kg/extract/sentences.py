"""Where no sentence may begin: a pipeline component that keeps the parser from splitting names and titles.

What enters is a tokenised `Doc`; what leaves is the same with `is_sent_start` set to False wherever news text cannot
begin a sentence: anywhere but after closing punctuation, and not after a title, an initial or "v.". The rest is left open.
"""

import re
from typing import cast

import numpy as np
from spacy.attrs import IS_ALPHA, SENT_START
from spacy.language import Language
from spacy.tokens import Doc
from thinc.types import Ints2d

NAME = "sentence_guard"
CLOSING = {".", "!", "?", "…", "...", ":", ";", "—", "–", "-", "--", "|", "•", "·"}
AFTER_CLOSING = {'"', "”", "'", "’", "''", ")", "]", "»"}
ABBREVIATION = re.compile(
    r"(?:[A-Z]\.|Gov\.|Sen\.|Rep\.|Reps\.|Sens\.|Mr\.|Mrs\.|Ms\.|Dr\.|Lt\.|Atty\.|Gen\.|St\.|Jr\.|Sgt\.|Capt\.|Col\.|Del\.|Prof\.|Rev\.|Hon\.|v\.|vs\.|No\.|Dept\.|Asst\.|Pres\.)\Z"
)

FORBIDDEN = -1
"""What spaCy notes of a word that begins no sentence."""

SPLIT = re.compile(r"(?:Sens|Reps|Govs|Dels|Gens|Profs|Drs|Messrs|Attys?|Asst|Del|Hon|Supt|Cmdr|Sec)\Z")
"""Abbreviations whose full stop the tokenizer splits off."""


def add_sentence_guard(nlp: Language) -> None:
    """Add the component before the parser, or do nothing where sentences are not the parser's."""
    if "parser" not in nlp.pipe_names or NAME in nlp.pipe_names:
        return
    if not Language.has_factory(NAME):
        Language.component(NAME, func=guard_sentences)
    nlp.add_pipe(NAME, before="parser")


def guard_sentences(doc: Doc) -> Doc:
    """Forbid sentence starts inside names, titles and clauses."""
    inside = doc.to_array(IS_ALPHA).astype(bool)
    starts = doc.to_array(SENT_START).view(np.int64)
    starts[1:][inside[:-1]] = FORBIDDEN
    for i in np.flatnonzero(~inside[:-1]).tolist():
        if not _may_start(doc, i):
            starts[i + 1] = FORBIDDEN
    doc.from_array([SENT_START], cast(Ints2d, starts.view(np.uint64)))
    return doc


def _may_start(doc: Doc, i: int) -> bool:
    """Tell whether a sentence may start behind the word `i`."""
    word = doc[i].text
    if doc[i].is_space:
        return True
    if ABBREVIATION.match(word) and not _initials_end(doc, i):
        return False
    if word == "." and i and not doc[i - 1].whitespace_ and SPLIT.match(doc[i - 1].text):
        return False
    while i > 0 and doc[i].text in AFTER_CLOSING:
        i -= 1
    return doc[i].text in CLOSING or doc[i].text[-1:] in {".", "!", "?", "…"}


def _initials_end(doc: Doc, i: int) -> bool:
    """Tell whether a single letter with a full stop ends "U.S." rather than being someone's initial."""
    return len(doc[i].text) == 2 and i > 0 and doc[i - 1].text[-1:] == "." and not doc[i - 1].whitespace_
