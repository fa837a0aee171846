"""People and organisations whom only their words bring into a text: speakers that no finder of names has marked.

In: a document, its blocks and the names found in it. Out: mentions of speakers whose printed name tells what they are,
wherever the text has that name. It must not name what is only described ("a lawyer"), nor mark a government's body.
"""

import re
from collections.abc import Iterator, Sequence

from kg.extract.article import Block
from kg.extract.given_names import GIVEN_NAMES
from kg.extract.organizations import ORGANISATION_HEADS
from kg.extract.quotations import unnamed_acts
from kg.records import Document, Mention, Span

_PAPER = re.compile(
    r"[’']s?\s+(?:[a-z-]+\s+){0,2}(?:statement|website|report|letter|release|tweet|post|spokes\w+|page|feed|blog)\Z"
)
_WORD = r"(?:[A-Z0-9][\w.’'&-]*|&)"
_NAME = re.compile(rf"{_WORD}(?:\s+(?:(?:of|for|and|the|in|on|de|la|von|against)\s+)*{_WORD})*")
_GOVERNMENT = re.compile(
    r"\b(?:Department|Office|Police|Bureau|Agency|Sheriff|Court|Judge|Justice|City|County|State|States|Council|Commission|Board"
    r"|Senate|House|Congress|Administration|Secretary|Minister|President|Governor|Mayor|Sen|Rep|Gov|Attorney|Officials?)\b"
)
_PRIVATE = re.compile(
    r"\b(?:PAC|Coalition|Alliance|League|Association|Union|United|Action|Fund|Foundation|Project|Network)\b"
)
_HEADS = re.compile(
    rf"\b(?:{ORGANISATION_HEADS}|PAC|United|Action|News|Times|Post|Journal|Radio|TV|Television|Media|Press|Watch|Initiative|Workers"
    r"|Teachers|Nurses|Ministries|Inc|Corp|Partners|Advocates|Services)\b"
)
_MARKED = re.compile(r"\d|\.(?:com|org|net)\b|\b[A-Z]{3,}\b|&")
_TOGETHER = re.compile(r"\s(?:for|against)\s")


def find_strangers(document: Document, blocks: Sequence[Block], names: Sequence[Mention]) -> list[Mention]:
    """Find the speakers that have a name but no mention yet."""
    found: dict[str, str] = {}
    for act in unnamed_acts(document, blocks, names):
        if act.voice is not None and act.voice.where is not None:
            name = _PAPER.sub("", re.sub(r"\A[Tt]he\s+", "", act.voice.where.of(document.text).strip()))
            kind = _kind_of(name) or ("Organization" if act.post and _is_long_name(name) else None)
            if kind is not None:
                found.setdefault(name, kind)
    return [mention for name, kind in sorted(found.items()) for mention in _occurrences(document, name, kind, names)]


def _kind_of(name: str) -> str | None:
    """Tell a person's name from an organisation's; None where the words are no name, or could be either.

    >>> _kind_of("Open Doors PAC"), _kind_of("Susan Poe"), _kind_of("Channel7"), _kind_of("Critics"), _kind_of("Oak Pine")
    ('Organization', 'Person', 'Organization', None, None)
    """
    words = name.split()
    if not _NAME.fullmatch(name) or (_GOVERNMENT.search(name) and not _PRIVATE.search(name)):
        return None
    if 2 <= len(words) <= 3 and words[0] in GIVEN_NAMES and not _HEADS.search(name):
        return "Person"
    if _MARKED.search(name) or (len(words) > 1 and (_HEADS.search(name) or _TOGETHER.search(name))):
        return "Organization"
    return None


def _is_long_name(name: str) -> bool:
    """Tell whether a name with a handle is too long for a person's: three words or more, none of them a given name."""
    words = name.split()
    return len(words) >= 3 and bool(_NAME.fullmatch(name)) and not GIVEN_NAMES & set(words) and "." not in name


def _occurrences(document: Document, name: str, kind: str, names: Sequence[Mention]) -> Iterator[Mention]:
    """Yield a mention wherever the text has the name, but where that would cut another name in two."""
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", document.text):
        span = Span(*match.span())
        if all(span.covers(other.span) for other in names if other.span.overlaps(span)):
            yield Mention(span, name, kind, "speaker")
