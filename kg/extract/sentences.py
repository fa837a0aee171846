"""Where no sentence may begin: a pipeline component that keeps the parser from splitting names and titles.

What enters is a tokenised `Doc`; what leaves is the same with `is_sent_start` set to False wherever news text cannot
begin a sentence: anywhere but after closing punctuation, and not after a title, an initial or "v.". The rest is left open.
"""

import re

from spacy.language import Language
from spacy.tokens import Doc

NAME = "sentence_guard"
CLOSING = {".", "!", "?", "…", "...", ":", ";", "—", "–", "-", "--", "|", "•", "·"}
AFTER_CLOSING = {'"', "”", "'", "’", "''", ")", "]", "»"}
ABBREVIATION = re.compile(
    r"(?:[A-Z]\.|Gov\.|Sen\.|Rep\.|Reps\.|Sens\.|Mr\.|Mrs\.|Ms\.|Dr\.|Lt\.|Atty\.|Gen\.|St\.|Jr\.|Sgt\.|Capt\.|Col\.|Del\.|Prof\.|Rev\.|Hon\.|v\.|vs\.|No\.|Dept\.|Asst\.|Pres\.)\Z"
)

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
    words = [token.text for token in doc]
    for i in range(1, len(words)):
        if words[i - 1].isalpha() or not _may_start(doc, words, i - 1):
            doc[i].is_sent_start = False
    return doc


def _may_start(doc: Doc, words: list[str], i: int) -> bool:
    """Tell whether a sentence may start behind the word `i`."""
    if doc[i].is_space:
        return True
    if ABBREVIATION.match(words[i]) and not _initials_end(doc, i):
        return False
    if words[i] == "." and i and not doc[i - 1].whitespace_ and SPLIT.match(words[i - 1]):
        return False
    while i > 0 and words[i] in AFTER_CLOSING:
        i -= 1
    return words[i] in CLOSING or words[i][-1:] in {".", "!", "?", "…"}


def _initials_end(doc: Doc, i: int) -> bool:
    """Tell whether a single letter with a full stop ends "U.S." rather than being someone's initial."""
    return len(doc[i].text) == 2 and i > 0 and doc[i - 1].text[-1:] == "." and not doc[i - 1].whitespace_
