"""Amounts of money in US dollars, with the bound and the period that the words around them state.

In: text. Out: `MoneyMention`s in the order of the text, their spans around the printed amount alone ("$4.1 billion").
It must not read other currencies, guess an amount from "millions of dollars", or decide whose money it is.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from kg.records import Span


@dataclass(frozen=True, slots=True)
class MoneyMention:
    """An amount in US dollars. `bound` is "atLeast", "atMost", "about" or None; `per_year` says that it recurs."""

    span: Span
    amount: Decimal
    bound: str | None = None
    per_year: bool = False


_SCALES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "mln": 6, "million": 6, "b": 9, "bn": 9, "bln": 9, "billion": 9,
           "tn": 12, "trillion": 12}  # fmt: skip
_WORDS = {"half a": "0.5", "a": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
          "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12"}  # fmt: skip
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALE = r"(?:[Tt]housand|[MmBb]illion|[Tt]rillion|mln|bln|mn|bn|tn|[kKmMbB])(?![A-Za-z])"
_AMOUNT = re.compile(
    rf"(?<![\w£€])(?:US|USD ?)?\$ ?(?P<number>{_NUMBER})(?:[ \u00a0-]?(?P<scale>{_SCALE}))?"
    rf"|(?<![\w$£€.,])(?P<counted>{_NUMBER}|(?:half a|{'|'.join(w for w in _WORDS if ' ' not in w and w != 'a')}|a)(?= (?:[MmBbTt])))"
    r"(?:[ \u00a0-](?P<scale_word>[Tt]housand|[MmBb]illion|[Tt]rillion))?[ \u00a0-](?:U\.?S\.? )?dollars\b"
)
_BOUNDS = (
    ("atMost", r"no more than|not more than|less than|fewer than|up to|as much as|as high as|at most|under|below|a maximum of"
               r"|capped at|not to exceed|a cap of|limited to"),
    ("atLeast", r"no less than|not less than|more than|at least|upwards? of|in excess of|north of|well over|over|above"
                r"|a minimum of|exceeding|topping"),
    ("about", r"just over|just under|slightly (?:more|less) than|nearly|almost|close to|about|around|roughly|approximately"
              r"|approx\.|some|an estimated|estimated at|in the (?:neighborhood|region) of|circa"),
)  # fmt: skip
_BEFORE = re.compile(
    "|".join(rf"(?P<{name}{n}>\b(?:{words}))" for n, (name, words) in enumerate(_BOUNDS)), re.IGNORECASE
)
_DISPUTED = re.compile(
    r"\b(?:fights?|disputes?|battles?|lawsuits?|su(?:ed|es|ing)|concerns?|argu\w+|debates?|clash\w*|standoff|row|feud\w*"
    r"|control|power|authority|took|taken|takes|hand(?:ed|s|ing)?|turn(?:ed|s|ing)?)\Z",
    re.IGNORECASE,
)
_AFTER_BOUNDS = (
    ("atLeast", re.compile(r"(?:\+|-plus\b| or more\b| and up\b)")),
    ("atMost", re.compile(r" or (?:less|under)\b")),
    ("about", re.compile(r"(?: or so\b|-ish\b)")),
)
_YEARLY = re.compile(
    r"(?:[ -](?:annual(?:ly)?|yearly|a-year|per-year)\b|/ ?y(?:ea)?r\b|,? (?:in|of) (?:annual|yearly)\b"
    r"|(?: (?:in|of|for)(?: [\w’'-]+){1,5}?| [\w’'-]+)?,? (?:a|per|each|every) (?:fiscal )?year\b"
    r"|(?: (?:in|of|for)(?: [\w’'-]+){1,4}?)? annually\b)"
)
_YEARLY_BEFORE = re.compile(r"\b(?:annual(?:ly)?|yearly|each year|every year)(?: [\w’'-]+){0,3} ?\Z", re.IGNORECASE)
_RANGE = re.compile(r"(?P<join> ?[-–—] ?| to | and )\Z")
_CHANGE = re.compile(
    r"\b(?:r[io]se|risen|fell|fallen|falls?|rises?|grew|grown|grows?|increas\w+|decreas\w+|dropp?\w*|went|go(?:es|ne)?|cut|rais\w+"
    r"|lower\w+|reduc\w+|jump\w+|climb\w+)\b[^.;]{0,40}\bfrom\W*\Z",
    re.IGNORECASE,
)


def find_money(text: str) -> list[MoneyMention]:
    """Find the dollar amounts of a text. A range gives two mentions, `atLeast` its lower end and `atMost` its upper.

    >>> [(str(m.amount), m.bound) for m in find_money("nearly $6 million, of $1.2bn (£711m)")]
    [('6000000', 'about'), ('1200000000', None)]
    """
    matches = list(_AMOUNT.finditer(text))
    found: list[MoneyMention] = []
    skip = -1
    for number, match in enumerate(matches):
        if number <= skip:
            continue
        after = matches[number + 1] if number + 1 < len(matches) else None
        if after is not None and (pair := _read_range(text, match, after)):
            found.extend(pair)
            skip = number + 1
        else:
            found.append(_read_one(text, match))
    return found


def _value(match: re.Match[str], scale: str | None = None) -> Decimal:
    printed = match["number"] or match["counted"]
    number = Decimal(_WORDS.get(printed.lower(), printed).replace(",", ""))
    scale = match["scale"] or match["scale_word"] or scale
    scaled = number.scaleb(_SCALES[scale.lower()]) if scale else number
    return Decimal(f"{scaled.normalize():f}")


def _read_one(text: str, match: re.Match[str]) -> MoneyMention:
    return MoneyMention(
        Span(*match.span()), _value(match), _bound(text, match.start(), match.end()), _yearly(text, match)
    )


def _read_range(text: str, low: re.Match[str], high: re.Match[str]) -> list[MoneyMention] | None:
    """Read "$3 million to $5 million", "between $3m and $5m", "$3-$5 million"; None when the two are no range."""
    join = _RANGE.fullmatch(text[low.end() : high.start()])
    before = text[max(low.start() - 60, 0) : low.start()]
    if not join or (join["join"] == " and " and not re.search(r"\bbetween\W*\Z", before)) or _CHANGE.search(before):
        return None
    shared = None if low["scale"] or low["scale_word"] else high["scale"] or high["scale_word"]
    least, most = _value(low, shared), _value(high)
    if least >= most:
        return None
    yearly = _yearly(text, high)
    return [
        MoneyMention(Span(*low.span()), least, "atLeast", yearly),
        MoneyMention(Span(*high.span()), most, "atMost", yearly),
    ]


def _bound(text: str, start: int, end: int) -> str | None:
    for name, pattern in _AFTER_BOUNDS:
        if pattern.match(text, end):
            return name
    left = text[max(start - 40, 0) : start].rstrip(" @~$\u00a0")
    if text[max(start - 2, 0) : start].rstrip().endswith("~"):
        return "about"
    best = max(
        (m for m in _BEFORE.finditer(left) if m.end() == len(left)), key=lambda m: m.end() - m.start(), default=None
    )
    if best is None:
        return None
    if best[0].lower() == "over" and _DISPUTED.search(left[: best.start()].rstrip()):
        return None
    return best.lastgroup.rstrip("0123456789") if best.lastgroup else None


def _yearly(text: str, match: re.Match[str]) -> bool:
    return bool(
        _YEARLY.match(text, match.end()) or _YEARLY_BEFORE.search(text[max(match.start() - 45, 0) : match.start()])
    )
