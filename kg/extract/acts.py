"""Speech acts: the pieces that somebody says in one go, and those that the page sets apart from its prose.

In: a text, a block of it and the mentions. Out: `Act`s: posts that are signed with a handle, words in headlines with the
name of who says them. It must not look into paragraphs: `kg.extract.quotations` reads those.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.antecedents import PEOPLE, Voice
from kg.extract.article import Block, BlockKind
from kg.extract.marks import Piece, find_words
from kg.records import Mention, Span

_POST = re.compile(r"\s*[—–-]+\s*(?P<name>[^@\n—–]{2,60}?)\s*\(@\w+\)")
_SINGLE = re.compile(r"(?:(?<=[\s:(])|\A)[‘'](?=\w)(.+)(?<=[\w.,!?])[’'](?=[\s.,;:!?)]|\Z)")
_SAYS = re.compile(
    r"\s+(?:(?i:says?|said|calls?|called|warns?|vows?|declares?|claims?|insists?|argues?)|[Tt]ells? \S+)\b[^:;.!?]*\Z"
)
_NAME = re.compile(r"(?:\A|[:.]\s+)(?P<name>[A-Z][a-z’'-]+ (?:[A-Z]\. )?[A-Z][\w’'-]+)\Z")
_TO_OTHER = re.compile(r"(?:\s+(?:to|on)\s+[^:]{2,60})?:\s*\Z")
_HEADED = re.compile(r":\s+[^:‘]{2,80},?\s(?:but|and|or|as|because|if|so|that)\s+\Z")
"""Between a name and the quoted end of what a headline has the named one say."""


@dataclass(slots=True)
class Act:
    """One speech act: its pieces, and who speaks.

    `whole` says that it began as a sentence of its own, `clause` that a clause reports it, `post` that a name signs it.
    """

    pieces: list[Piece]
    voice: Voice | None
    whole: bool
    clause: bool = False
    post: bool = False


def is_title(text: str) -> bool:
    """Tell whether the words are capitalised like a title: "The Long Way Home"."""
    longer = re.findall(r"\b(?!(?:with|from|into|over|than|that)\b)[^\W\d_]{4,}", text)
    if re.search(r"[.!?]\s*\Z", text) or len(longer) < (3 if text.rstrip().endswith(",") else 1):
        return False
    return all(word[0].isupper() for word in longer)


def without_repeats(acts: Sequence[Act], text: str) -> Iterator[Act]:
    """Leave out what only shows a quotation again: an embedded post that the article quotes, a pulled quotation."""
    printed = [" ".join(find_words(" ".join(p.inner.of(text) for p in act.pieces))).lower() for act in acts]
    for number, act in enumerate(acts):
        words = printed[number]
        shown_again = act.post or not act.clause
        if len(words) > 30 and any(
            words == printed[n] and (not act.clause or _before(act, text) == _before(acts[n], text))
            for n in range(number)
        ):
            continue  # printed twice, as pages do that pull a quotation out
        others = [other for n, other in enumerate(printed) if n != number and acts[n].clause]
        if not (shown_again and len(words) > 30 and any(_alike(words, other) for other in others)):
            yield act


def _before(act: Act, text: str) -> str:
    """Return the words that lead up to a speech act; where they are the same, the page has printed it twice."""
    start = act.pieces[0].outer.start
    return text[max(start - 30, 0) : start].strip()


def _alike(words: str, other: str) -> bool:
    """Tell whether one text stands in another, but for what a post or a link adds at its end."""
    return words in other or (len(other) > 30 and words.startswith(other[:-3])) or other[:60] == words[:60] != ""


def posted(text: str, block: Block, mentions: Sequence[Mention]) -> Act | None:
    """Read an embedded post: the words, then "— Name (@handle) date"; the name may be written as one word."""
    signature = _POST.search(text, block.span.start, block.span.end)
    if signature is None or signature.start() - block.span.start < 10:
        return None
    inner = Span(block.span.start, signature.start())
    name = Span(*signature.span("name"))
    glued = name.of(text).replace(" ", "").lower()
    found = [m for m in mentions if " " in m.text and m.text.replace(" ", "").lower() == glued]
    found += [m for m in mentions if m.span.covers(name) or (m.type in PEOPLE and m.span.overlaps(name))]
    voice = Voice(found[0].span) if found else Voice(None, name.of(text), name)
    return Act([Piece(inner, inner, -1)], voice, whole=True, post=True)


def labelled(text: str, block: Block, mentions: Sequence[Mention]) -> Iterator[Act]:
    """Read "Mayor to governor: ‘We will sue’", "Mayor: We are open, but ‘not to all’" and "Mayor says city is a ‘home to all of us’" in headlines and links."""
    if block.kind is BlockKind.CAPTION:
        return
    people = [m for m in mentions if m.type in PEOPLE]
    for match in _SINGLE.finditer(text, block.span.start, block.span.end):
        lead = text[block.span.start : match.start()]
        colon = _TO_OTHER.search(lead) or _HEADED.search(lead)
        who = lead[: colon.start()] if colon else _SAYS.sub("", lead)
        if who == lead:
            continue
        named = next((m for m in people if re.search(rf"\b{re.escape(m.text)}\Z", who)), None)
        stranger = _NAME.search(who)
        if named is not None or stranger:
            voice = Voice(named.span) if named else _stranger(stranger, block.span.start)
            yield Act([Piece(Span(*match.span()), Span(*match.span(1)), -1)], voice, whole=True)


def _stranger(name: re.Match[str] | None, start: int) -> Voice:
    return Voice(None, name["name"], Span(start + name.start("name"), start + name.end("name"))) if name else Voice()
