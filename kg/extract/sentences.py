"""Where no sentence may begin: a pipeline component that keeps the parser from splitting names and titles.

What enters is a tokenised `Doc`; what leaves is the same with `is_sent_start` set to False wherever news text cannot
begin a sentence: anywhere but after closing punctuation, and not after a title, an initial or "v.". The rest is left open.
"""

import re

from spacy.language import Language
from spacy.tokens import Doc, Token

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
    for token in doc:
        if token.i and not _may_start(token):
            token.is_sent_start = False
    return doc


def _may_start(token: Token) -> bool:
    doc, i = token.doc, token.i - 1
    if doc[i].is_space:
        return True
    if ABBREVIATION.match(doc[i].text) and not _initials_end(doc, i):
        return False
    if doc[i].text == "." and i and not doc[i - 1].whitespace_ and SPLIT.match(doc[i - 1].text):
        return False
    while i > 0 and doc[i].text in AFTER_CLOSING:
        i -= 1
    return doc[i].text in CLOSING or doc[i].text[-1:] in {".", "!", "?", "…"}


def _initials_end(doc: Doc, i: int) -> bool:
    """Tell whether a single letter with a full stop ends "U.S." rather than being someone's initial."""
    return len(doc[i].text) == 2 and i > 0 and doc[i - 1].text[-1:] == "." and not doc[i - 1].whitespace_
