"""Dates as the text gives them, resolved against the day of publication, with what the words around make of them.

In: a text (or a spaCy `Doc`) and the day it was published. Out: `DateMention`s in the order of the text. It must not
read the clock, make a date more precise than the text ("last week" is no day, month or year and is left out), or
resolve "Friday" or "in September" when the day of publication is unknown. Names of months are read here rather than
by a general date parser, which would take the numbers of laws for years.
"""

import calendar
import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from spacy.tokens import Doc

from kg.records import Precision, Span


class DateRole(StrEnum):
    """What a date does in its sentence, where that is more than saying when."""

    DEADLINE = "deadline"
    FISCAL = "fiscal"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date. An imprecise one stands at the first day of its period; a range has its last day in `end`.

    A fiscal year is `date(year, 1, 1)` with the role FISCAL: `value.year` is its number, not when it began.
    """

    span: Span
    value: datetime.date
    precision: Precision
    role: DateRole | None = None
    end: datetime.date | None = None


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NUMBER = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10,
                 "nov": 11, "dec": 12}  # fmt: skip
_M = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|Jun(?:e|\.)|Jul(?:y|\.)|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![a-z])"
)
_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d,.]*\d)"
_Y = r"(?:1[789]|20)\d\d(?![\d%]|,\d)"
_WEEKDAY = rf"(?:{'|'.join(_DAYS)})(?!\w)"
_PART = r"(?:(?:early|late|mid)[- ](?:on )?)?"
_OF_DAY = r"(?: (?:morning|afternoon|evening|night))?"
_TIME_WORD = r"(?:in|since|until|till|by|before|after|during|through|throughout|from|to|of|for|late|early|mid|this|and|or|between)"
_COUNTED = r"(?:people|cases|times|percent|dollars|miles|jobs|feet|votes|detainees|immigrants|workers|arrests|pages|others|or so)"

_PATTERNS: tuple[tuple[str, str], ...] = (
    # name of the reader below, pattern; an earlier one wins where two overlap
    ("iso", r"(?<![\d/-])(?P<y>\d{4})-(?P<mn>\d\d)-(?P<d>\d\d)(?![\d-])"),
    ("slashed", r"(?<![\d/])(?P<mn>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4}|\d\d)(?![\d/])"),
    ("range", rf"(?:{_WEEKDAY},? )?\b(?P<m>{_M}) (?P<d>{_D})(?: ?[-–—] ?| (?:to|through|until|and) )(?:(?P<m2>{_M}) )?(?P<d2>{_D})"
              rf"(?:,? (?P<y>{_Y}))?"),
    ("day", rf"(?:(?:{_WEEKDAY}|[MTWFS][a-z]{{2,3}}\.),? )?\b(?P<m>{_M}) (?:the )?(?P<d>{_D})(?:,? (?P<y>{_Y}))?"),
    ("day", rf"(?:{_WEEKDAY},? )?(?<![\d$.,])\b(?P<d>{_D}) (?:of )?(?P<m>{_M})(?:,? (?P<y>{_Y}))?"),
    ("fiscal", rf"\b(?:[Ff]iscal [Yy]ears? |[Ff]iscal |FY ?['’]?)(?P<y>{_Y}|\d\d(?!\d))(?:(?:[-–/]| (?:and|through|to) )(?P<y2>{_Y}))?"),
    ("fiscal", rf"\b(?P<y>{_Y}) (?:[Ff]iscal year|(?:funding|grant|award|budget|appropriations) (?:cycles?|year|period))\b"),
    ("fiscal_near", r"\b(?P<which>this|last|next|the current|current|the previous|the coming|the upcoming|the new) fiscal year\b"),
    ("ending", rf"\b(?:the )?end of (?:(?P<m>{_M})(?:,? (?P<y>{_Y}))?|(?:the |this )?(?P<which>month|year)\b|(?P<y2>{_Y}))"),
    ("month", rf"\b{_PART}(?P<m>{_M})(?: of)?,? (?P<y>{_Y})"),
    ("month_near", rf"\b(?P<which>last|next|this|past) (?P<m>{_M})"),
    ("month_alone", rf"(?<=[a-z] )(?P<m>{_M})"),
    ("weekday", rf"\b(?P<which>last |next |this |this past |this coming |early |late )?(?P<w>{_WEEKDAY}){_OF_DAY}"),
    ("near", r"\b(?P<which>the day before yesterday|yesterday|today|tonight|tomorrow|last night|this (?:morning|afternoon|evening)"
             r"|(?:earlier |later )?(?:this|last|next) (?:month|year))\b"),
    ("ago", r"\b(?P<n>\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten) (?P<unit>days?|months?|years?) ago\b"),
    ("year", rf"(?<![\w$£€.,:/#§-])(?<!No\. )(?P<y>{_Y})(?!s\b|[/:-]\d|\.\d| {_COUNTED}\b| [UF]\.\w)"),
)  # fmt: skip

_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS)
_MONTH_BEFORE = re.compile(rf"\b{_TIME_WORD}\s+(?:early |late |mid-?)?\Z", re.IGNORECASE)
_DEADLINE = re.compile(
    r"\b(?:(?P<set>no later than|not later than|deadlines? (?:of|is|was|on)|deadline,|due(?: by| on)?|(?:have|has|had|having) until)"
    r"|by|until|till|before|prior to|through)"
    r"(?: (?:the|this|next|at|midnight|noon|\d+ [ap]\.?m\.?(?: on)?|on))*\s*\Z",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"\b(?:must|will|would|shall|should|could|can|may|might|needs?|requir\w+|deadline|ask\w*|order\w*|demand\w*|fail\w*|due|expect\w*|unless"
    r"|if|unlikely|likely|gave|gives?|given|set|plans?|hopes?|hoping|want\w*|urg\w+|vow\w*|promis\w+|pledg\w+|wait|scheduled|aims?|(?:has|have|had) (?:until|to))\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:will|scheduled|set to|slated|expected|upcoming|due to|plans? to|planned|takes? effect)\b")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|of|by|until|till|from|before|after|during|through|early|late|mid|for|and|to|or|than|around|between|as of|the"
    r"|a|an|its|his|her|their|this|that|year|January|February|March|April|May|June|July|August|September|October|November|December)"
    r"|['’]s|s['’]|[-–(])\s*\Z",
    re.IGNORECASE,
)
_NAMED_DAYS = re.compile(r"\b(?:Black|Good|Super|Bloody|Fat|Cyber|Giving|Casual|Holy|Palm|Easter|Ash)\s+\Z")
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
            "nine": 9, "ten": 10}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where a date stands: the day to reckon from, and whether the words look ahead."""

    published: datetime.date | None
    anchor: datetime.date | None
    deadline: bool
    ahead: bool


def find_dates(source: str | Doc, published: datetime.date | None = None) -> list[DateMention]:
    """Find the dates of a text. Spans are characters of the text; those that need `published` are skipped without it.

    A deadline counts from the date told before it in the sentence ("In November … they had until December"), and
    otherwise from the day of publication; a plain date is the latest such day on or before the day of publication.

    >>> [(m.value.isoformat(), m.precision.value) for m in find_dates("on Wednesday", datetime.date(2018, 1, 25))]
    [('2018-01-24', 'day')]
    """
    text = source if isinstance(source, str) else source.text
    taken: list[tuple[int, int, str, re.Match[str]]] = []
    for name, pattern in _COMPILED:
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(start < e and s < end for s, e, _, _ in taken) and _stands_well(text, name, match):
                taken.append((start, end, name, match))
    found: list[DateMention] = []
    for start, end, name, match in sorted(taken, key=lambda item: item[:2]):
        setting = _setting(text, start, end, published, found)
        mention = _READERS[name](match, setting)
        if mention is not None:
            due = setting.deadline and not _is_over(mention, setting.anchor)
            role = mention.role or (DateRole.DEADLINE if due else None)
            found.append(replace(mention, span=Span(start, end), role=role))
    return found


def _stands_well(text: str, name: str, match: re.Match[str]) -> bool:
    before = text[max(match.start() - 24, 0) : match.start()]
    if name == "weekday":
        return not _NAMED_DAYS.search(before)
    if name == "month_alone":
        return bool(_MONTH_BEFORE.search(before)) and not re.match(r" (?:[A-Z]|said\b)", text[match.end() :])
    if name == "year":
        return bool(_YEAR_BEFORE.search(before)) or text[match.end() : match.end() + 2] in ("'s", "’s")
    return True


def _setting(text: str, start: int, end: int, published: datetime.date | None, found: list[DateMention]) -> _Setting:
    sentence = max(text.rfind(stop, 0, start) for stop in (".  ", "? ", "! ", "\n", "” ", '" '))
    sentence = max(sentence, _last_full_stop(text, start))
    told = [m.value for m in found if m.span.start > sentence and m.role is None and m.precision is not Precision.YEAR]
    stop = re.compile(r"[.!?](?:\s|\Z)|\n").search(text, end)
    around = (
        text[max(sentence, start - 120, 0) : start]
        + " … "
        + text[end : min(stop.start() if stop else len(text), end + 60)]
    )
    anchor = told[-1] if told and (published is None or told[-1] <= published) else published
    governed = _DEADLINE.search(text[max(start - 40, 0) : start])
    due = governed and (governed["set"] or _DUE.search(around)) and not re.match(r"['’]s\b", text[end:])
    return _Setting(published, anchor, bool(due), bool(_AHEAD.search(around)))


def _is_over(mention: DateMention, anchor: datetime.date | None) -> bool:
    """Tell whether the whole period lies before the day to reckon from, so that it cannot be a deadline."""
    last = mention.value
    if mention.precision is not Precision.DAY:
        month = 12 if mention.precision is Precision.YEAR else last.month
        last = last.replace(month=month, day=calendar.monthrange(last.year, month)[1])
    return anchor is not None and last < anchor


def _last_full_stop(text: str, start: int) -> int:
    """Find where the sentence begins; the stop of an abbreviated month or title does not end one."""
    stops = re.finditer(
        r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})(?<!Sept)\.[”\"’)]*\s+(?=[A-Z“\"])",
        text[max(start - 400, 0) : start],
    )
    return max((max(start - 400, 0) + m.start() for m in stops), default=-1)


def _make(
    year: int, month: int = 1, day: int = 1, *, precision: Precision = Precision.DAY, role: DateRole | None = None
) -> DateMention | None:
    if not 1 <= month <= 12 or not 1 <= year <= 9999 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return DateMention(Span(0, 0), datetime.date(year, month, day), precision, role)


def _month(printed: str) -> int:
    return _MONTH_NUMBER[printed[:3].lower()]


def _number(printed: str) -> int:
    return int(re.sub(r"\D", "", printed))


def _year_of(month: int, day: int, setting: _Setting) -> int | None:
    """Choose the year of a day that is printed without one."""
    if setting.published is None or setting.anchor is None:
        return None
    if setting.deadline:
        return setting.anchor.year + ((month, day) < (setting.anchor.month, setting.anchor.day))
    today = setting.published
    past = today.year - ((month, day) > (today.month, today.day))
    if setting.ahead and (month, day) != (today.month, today.day):
        coming = datetime.date(past + 1, month, min(day, 28)) - today
        return past + 1 if coming.days <= 180 else past
    return past


def _read_iso(match: re.Match[str], _: _Setting) -> DateMention | None:
    year = int(match["y"])
    if len(match["y"]) == 2:
        year += 2000 if year < 70 else 1900
    return _make(year, int(match["mn"]), int(match["d"]))


def _read_day(match: re.Match[str], setting: _Setting) -> DateMention | None:
    month, day = _month(match["m"]), _number(match["d"])
    year = int(match["y"]) if match["y"] else _year_of(month, day, setting)
    return None if year is None else _make(year, month, day)


def _read_range(match: re.Match[str], setting: _Setting) -> DateMention | None:
    first = _read_day(match, setting)
    if first is None:
        return None
    month = _month(match["m2"]) if match["m2"] else first.value.month
    last = _make(first.value.year, month, _number(match["d2"]))
    if last is not None and last.value < first.value:
        if match["y"]:
            first = _make(first.value.year - 1, first.value.month, first.value.day) or first
        else:
            last = _make(first.value.year + 1, month, _number(match["d2"]))
    return first if last is None else replace(first, end=last.value)


def _read_fiscal(match: re.Match[str], _: _Setting) -> DateMention | None:
    year = int(match["y"])
    mention = _make(year + 2000 if year < 100 else year, precision=Precision.YEAR, role=DateRole.FISCAL)
    last = match.groupdict().get("y2")
    return replace(mention, end=datetime.date(int(last), 1, 1)) if mention and last else mention


def _read_fiscal_near(match: re.Match[str], setting: _Setting) -> DateMention | None:
    """The federal fiscal year runs from 1 October to 30 September and is named for the year in which it ends."""
    if setting.published is None:
        return None
    current = setting.published.year + (setting.published.month >= 10)
    shift = {"last": -1, "previous": -1, "next": 1, "coming": 1, "upcoming": 1}.get(match["which"].split()[-1], 0)
    return _make(current + shift, precision=Precision.YEAR, role=DateRole.FISCAL)


def _read_ending(match: re.Match[str], setting: _Setting) -> DateMention | None:
    """Read "the end of June": its last day, where it is a deadline; otherwise the period itself."""
    month, today = 12, setting.published
    if match["m"]:
        month = _month(match["m"])
        year = int(match["y"]) if match["y"] else _year_of(month, 28, setting)
    elif match["y2"]:
        year = int(match["y2"])
    else:
        year = today.year if today else None
        month = today.month if today and match["which"] == "month" else 12
    if year is None:
        return None
    if setting.deadline:
        return _make(year, month, calendar.monthrange(year, month)[1])
    whole_year = not match["m"] and match["which"] != "month"
    return _make(year, 1 if whole_year else month, precision=Precision.YEAR if whole_year else Precision.MONTH)


def _read_month(match: re.Match[str], _: _Setting) -> DateMention | None:
    return _make(int(match["y"]), _month(match["m"]), precision=Precision.MONTH)


def _read_month_near(match: re.Match[str], setting: _Setting) -> DateMention | None:
    if setting.published is None:
        return None
    month, today, which = _month(match["m"]), setting.published, match["which"]
    if which == "next":
        year = today.year + (month <= today.month)
    elif which == "this":
        year = today.year
    else:
        year = today.year - (month >= today.month)
    return _make(year, month, precision=Precision.MONTH)


def _read_month_alone(match: re.Match[str], setting: _Setting) -> DateMention | None:
    month = _month(match["m"])
    reference = setting.anchor if setting.deadline else setting.published
    year = _year_of(month, reference.day, setting) if reference else None
    return None if year is None else _make(year, month, precision=Precision.MONTH)


def _read_weekday(match: re.Match[str], setting: _Setting) -> DateMention | None:
    today, which = setting.published, (match["which"] or "").strip()
    if today is None:
        return None
    back = (today.weekday() - _DAYS.index(match["w"])) % 7
    if which in ("next", "this coming") or setting.deadline:
        return _day(today + datetime.timedelta(days=(7 - back) if which == "next" or back else 0))
    if which == "last" and back == 0:
        back = 7
    return _day(today - datetime.timedelta(days=back))


def _day(value: datetime.date) -> DateMention:
    return DateMention(Span(0, 0), value, Precision.DAY)


def _read_near(match: re.Match[str], setting: _Setting) -> DateMention | None:
    today, which = setting.published, match["which"].lower()
    if today is None:
        return None
    shift = {"the day before yesterday": -2, "yesterday": -1, "last night": -1, "tomorrow": 1}.get(which, 0)
    step = -1 if "last" in which else 1 if "next" in which else 0
    if which.endswith("year"):
        return _make(today.year + step, precision=Precision.YEAR)
    if which.endswith("month"):
        return _months_away(today, step)
    return _day(today + datetime.timedelta(days=shift))


def _months_away(today: datetime.date, months: int) -> DateMention | None:
    index = today.year * 12 + today.month - 1 + months
    return _make(index // 12, index % 12 + 1, precision=Precision.MONTH)


def _read_ago(match: re.Match[str], setting: _Setting) -> DateMention | None:
    if setting.published is None:
        return None
    count = int(_NUMBERS.get(match["n"].lower(), 0) or match["n"])
    if match["unit"].startswith("day"):
        return _day(setting.published - datetime.timedelta(days=count))
    if match["unit"].startswith("month"):
        return _months_away(setting.published, -count)
    return _make(setting.published.year - count, precision=Precision.YEAR)


def _read_year(match: re.Match[str], _: _Setting) -> DateMention | None:
    return _make(int(match["y"]), precision=Precision.YEAR)


_READERS: dict[str, Callable[[re.Match[str], _Setting], DateMention | None]] = {
    "iso": _read_iso, "slashed": _read_iso, "range": _read_range, "day": _read_day, "fiscal": _read_fiscal,
    "fiscal_near": _read_fiscal_near, "ending": _read_ending, "month": _read_month, "month_near": _read_month_near,
    "month_alone": _read_month_alone, "weekday": _read_weekday, "near": _read_near, "ago": _read_ago, "year": _read_year,
}  # fmt: skip
