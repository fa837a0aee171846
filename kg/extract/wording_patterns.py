"""The notation of wordings: regular expressions with slots for mentions, as relation files write them.

What enters is the template of a rule; what leaves is a pattern over text in which each mention is one private character.
"""

import re
from collections.abc import Iterable

FIRST = 0xE000
"""The private character that stands for a sentence's first mention; the next ones follow."""
_MENTION = "[\ue000-\uf8ff]"
_TITLE = r"(?:(?:(?-i:[A-Z])[\w.’'-]*|the|state|both|city|county|then)[ \u00a0]){0,4}?"
_PARTY = (
    rf"(?:\s?\([^()]{{1,25}}\)|,\s[RDI]-(?:{_MENTION}|\w+)\.?,?"
    rf"|,\s(?:an? )?(?:(?:{_MENTION}|[A-Z]\w+) ){{0,2}}(?:Democrat|Republican|independent),?|\.)?"
)
_BODY = rf"(?:(?:the )?{_MENTION}(?:[’']s?)? (?:(?:(?-i:[A-Z])[\w.’'-]*|chair(?:man|woman)?|leader|president|director) )?(?=(?:(?-i:[A-Z])[\w.’'-]* ){{0,3}}{_MENTION}))?"
"""Whom somebody serves, before their title and name ("Lane County Sheriff Jane Roe"), and whose something is ("the DHS list")."""
_ONE = rf"{_BODY}{_TITLE}{_MENTION}"
_WHERE = rf"(?: counties| cities)?(?: (?:in|of) {_MENTION})?"
_MANY = rf"{_ONE}{_PARTY}{_WHERE}(?:(?:[,;]? (?:and|or|&)|[,;]) {_ONE}{_PARTY}{_WHERE})*"
_GAP = r"(?:[^.;:\n\ue000-\uf8ff]|\.(?=\d)){0,60}?"
SLOTS = {"subject", "subjects", "object", "objects", "gap"}
"""What may stand in braces in a wording."""
_SLOT = re.compile(r"\{(?P<role>subject|object)(?P<many>s?)\}")


def any_form(lemmas: Iterable[str]) -> str:
    """Return a regular expression for the forms of some lemmas: "cruel", "harms", "undermined", "denying".

    >>> bool(re.fullmatch(any_form(["undermine", "deny"]), "undermining")), bool(re.fullmatch(any_form(["deny"]), "denies"))
    (True, True)
    """
    stems = sorted({re.escape(lemma[:-1] if lemma[-1] in "ey" else lemma) for lemma in lemmas}, reverse=True)
    return rf"(?:{'|'.join(stems)})(?:e|y|s|es|ies|d|ed|ied|ing|ying|ly)?"


def compile_wording(template: str) -> re.Pattern[str]:
    """Turn a wording into a regular expression over text in which each mention is one private character.

    `{subject}` and `{object}` are one mention, `{subjects}` and `{objects}` several ("A, B and C"); titles before a name
    and a party behind it may stand in between. `{gap}` is up to sixty characters that name nobody. Raises ValueError for
    a slot that does not exist or that stands twice.
    """
    unknown = set(re.findall(r"\{([a-z]\w*)\}", template)) - SLOTS
    if unknown:
        allowed = ", ".join(f"{{{slot}}}" for slot in sorted(SLOTS))
        raise ValueError(f"{sorted(unknown)} are no slots; slots are {allowed}")
    try:
        pattern = _SLOT.sub(
            lambda slot: f"(?P<{slot['role']}>{_MANY if slot['many'] else _ONE})", template.replace("{gap}", _GAP)
        )
        return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"{template!r} is no regular expression: {error}") from error
