"""What initials stand for in an article that spells them out: "BLM" beside "Black Lives Matter" is no bureau.

In: the mentions by name. Out: the same, where initials that a table or the recogniser explained otherwise stand for the
one body of the article that has them. An article that names the table's body in full, or no other, is left alone.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.records import Document, Mention, MentionKind

BODIES = {"Agency", "LegislativeBody", "LawEnforcementAgency", "Organization", "FundingProgram"}
_INITIALS = re.compile(r"[A-Z]{3,6}\Z|(?:[A-Z]\.){3,6}\Z")
_WORD = re.compile(r"[^\W\d_][\w’']*")
_SMALL = {"of", "the", "and", "for", "on", "to", "in", "against", "with", "by", "a"}


def settle_acronyms(document: Document, names: Sequence[Mention]) -> list[Mention]:
    """Let every acronym stand for the body that the article spells out."""
    long = [m for m in names if m.type in BODIES and m.kind is MentionKind.NAME and " " in m.text]
    meant: dict[str, Mention | None] = {}
    settled = []
    for mention in names:
        short = mention.text.replace(".", "")
        if not _INITIALS.match(mention.text) or mention.type not in BODIES or mention.kind is not MentionKind.NAME:
            settled.append(mention)
            continue
        if mention.text not in meant:
            meant[mention.text] = _spelled_out(document, short, mention, long)
        whole = meant[mention.text]
        if whole is None or whole.span.covers(mention.span):
            settled.append(mention)
        else:
            settled.append(replace(mention, type=whole.type, key=None, hints=(), antecedent=whole.span))
    return settled


def _spelled_out(document: Document, short: str, mention: Mention, long: Sequence[Mention]) -> Mention | None:
    """Return the first mention of the only body that has these initials, unless it is the one that the tables mean."""
    if any(_is_listed(mention, other) for other in long):
        return None
    bracketed = re.compile(rf"\s*[(\[][“\"]?(?:{re.escape(mention.text)})[”\"]?[)\]]")
    defined = [m for m in long if bracketed.match(document.text, m.span.end) and m.text[0] == short[0]]
    found = defined or [m for m in long if short in initials_of(m.text)]
    return min(found, key=lambda m: m.span) if len({m.key or m.text.casefold() for m in found}) == 1 else None


def _is_listed(short: Mention, long: Mention) -> bool:
    """Tell whether a name in full is a body that the tables give the initials to."""
    listed = {short.key, *(short.hint("candidates") or "").split("|")} - {None, ""}
    return long.key in listed


def initials_of(name: str) -> set[str]:
    """Return the initials that a name may go by: of all its words, or of those with a capital.

    >>> sorted(initials_of("Center for Quibby Progress"))
    ['CFQP', 'CQP']
    """
    words = _WORD.findall(name)
    capital = [word for word in words if word[0].isupper()]
    if any(word not in _SMALL for word in words if word not in capital):
        return set()
    return {"".join(word[0] for word in some).upper() for some in (words, capital)}
