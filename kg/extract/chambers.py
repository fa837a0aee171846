"""Public bodies that the words name only by what they are: "the Legislature", "the city council", "the mayor's office".

What enters are the passages and the mentions by name of an article; what leaves are further mentions of bodies, with
the place that they belong to as hints for linking: the only place of the right level in the sentence, else the one
that the article is about. Where neither is plain, there is no mention. Nothing here knows a particular place.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Span as TokenSpan

from kg.extract.passages import MentionIndex, Passage
from kg.extract.titles import TitleMatch
from kg.records import Mention, Span

FOUND_BY = "pattern"
TIMES_MORE = 3
"""How many times more often than any other an article must name a place, for its bodies to need no place of their own."""
OPENING = r"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Oo]ur|[Aa]nd|by|in) (?:[A-Z]\w+-(?:controlled|led|dominated) )?"
CLOSING = r"\b(?!['’]?s?[ -][A-Z](?!\w+ed\b))(?![-\w])(?! (?:of|in) (?!the\b)[A-Z])"
"""What follows is no longer name ("the City Council President"), and no place of its own."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of body: the words for it, the levels of the places that have it, and its class."""

    words: re.Pattern[str]
    levels: tuple[str, ...]
    type: str
    owned: bool = False
    """Whether the words say whose it is, so that the tables' body of that name, a federal one, is not meant."""


DEPARTMENT = re.compile(
    r"(?:(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?,)? )(?P<body>(?:corrections|prisons?|health|education|police|fire|transportation|labor|insurance|justice|parks|revenue|public safety) department"
    r"|(?:Sheriff['’]s (?:Office|Department)|Police Department|City Council|Board of Supervisors|District Attorney['’]s Office))\b(?![-\w])"
)
"""Behind a place: what it has a department for, in small letters, or a body behind the place's state."""
OFFICE = (
    r"(?P<body>(?:Department|Bureau|Division|Office) of (?!the\b)[A-Z][a-z]+(?:,? (?:and |& )?[A-Z][a-z]+){0,3}"
    r"|(?:[Cc]orrections?|[Hh]ealth|[Ee]ducation|[Jj]ustice|[Tt]ransportation|[Ll]abor|[Ii]nsurance|[Rr]evenue|[Aa]griculture|[Ff]inance|[Ff]ire|[Hh]ousing|[Pp]robation"
    r"|[Pp]ublic (?:[Ss]afety|[Ww]orks|[Hh]ealth)|[Hh]uman [Ss]ervices|[Ss]ocial [Ss]ervices) [Dd]epartment)\b(?![-\w])"
)
"""What a state, a city or a county has a department for."""
KINDS = (
    Kind(re.compile(rf"{OPENING}(?P<body>(?:[Ss]tate |GOP )?Legislature|state legislature){CLOSING}"), ("State",), "LegislativeBody"),
    Kind(re.compile(rf"{OPENING}(?:full )?(?P<body>[Ss]tate (?:Senate|Assembly|House(?: of Representatives)?)){CLOSING}"), ("State",), "LegislativeBody"),
    Kind(re.compile(rf"{OPENING}(?P<body>[Cc]ity [Cc]ouncil){CLOSING}"), ("Municipality",), "LegislativeBody"),
    Kind(re.compile(rf"{OPENING}(?P<body>(?:[Mm]ayor|[Cc]ity [Aa]ttorney)['’]s [Oo]ffice){CLOSING}"), ("Municipality",), "Agency"),
    Kind(re.compile(rf"{OPENING}(?:city['’]s )?(?P<body>[Pp]olice [Dd]epartment){CLOSING}"), ("Municipality",), "LawEnforcementAgency"),
    Kind(re.compile(rf"{OPENING}(?:county['’]s )?(?P<body>[Ss]heriff['’]s (?:[Oo]ffice|[Dd]epartment)){CLOSING}"), ("County",), "LawEnforcementAgency"),
    Kind(re.compile(rf"{OPENING}(?:[Cc]ounty )?(?P<body>Board of Supervisors){CLOSING}"), ("County", "Municipality"), "LegislativeBody"),
    Kind(re.compile(rf"{OPENING}(?P<body>[Dd]istrict [Aa]ttorney['’]s [Oo]ffice){CLOSING}"), ("County",), "Agency"),
    Kind(re.compile(rf"{OPENING}(?P<body>[Gg]overnor['’]s [Oo]ffice){CLOSING}"), ("State",), "Agency"),
    Kind(re.compile(rf"\b[Ss]tate(?:['’]s)? {OFFICE}"), ("State",), "Agency", owned=True),
    Kind(re.compile(rf"\b[Cc]ity(?:['’]s)? {OFFICE}"), ("Municipality",), "Agency", owned=True),
    Kind(re.compile(rf"\b[Cc]ounty(?:['’]s)? {OFFICE}"), ("County",), "Agency", owned=True),
)  # fmt: skip


def find_bodies(
    passages: Sequence[Passage], names: Sequence[Mention], titles: Mapping[int, Sequence[TitleMatch]]
) -> list[Mention]:
    """Return the mentions by name with such bodies among them, in place of what the recogniser saw of the same words.

    `titles` are the titles of offices by the start of their passage.
    """
    mains = {level: _main(names, level) for level in ("State", "County", "Municipality")}
    owners = {level: main or _only(names, level) for level, main in mains.items()}
    found: list[Mention] = []
    unplaced: list[Span] = []
    for passage in passages:
        index = MentionIndex(passage, [m for m in names if passage.extent.covers(m.span)])
        offices = titles.get(passage.start, ())
        for kind in KINDS:
            for match in kind.words.finditer(passage.text):
                tokens = _free_tokens(passage, match, index, offices, owned=kind.owned)
                if tokens is None:
                    continue
                place = _place(kind, index, tokens.root.i, owners if kind.owned else mains)
                if place is not None:
                    found.append(_mention(passage, match, kind.type, place))
                elif kind.owned:
                    unplaced.append(passage.span(tokens))  # somebody's own, not the federal body of that name
        found += _behind_places(passage, index, offices)
    seen: list[Mention] = []
    for mention in sorted(found, key=lambda m: m.span):
        if not seen or not seen[-1].span.overlaps(mention.span):
            seen.append(mention)
    gone = [*unplaced, *(body.span for body in seen)]
    return [*(m for m in names if not any(m.span.overlaps(span) for span in gone)), *seen]


def _behind_places(passage: Passage, index: MentionIndex, offices: Sequence[TitleMatch]) -> Iterator[Mention]:
    """Yield the bodies whose place stands before them: "the Oregon corrections department", "Lane County, Ore., Sheriff's Office"."""
    for place in index.mentions:
        if place.type != "Jurisdiction" or place.hint("level") == "Country":
            continue
        match = DEPARTMENT.match(passage.text, place.span.end - passage.start)
        if match and _free_tokens(passage, match, index, offices) is not None:
            kind = "LawEnforcementAgency" if re.search(r"(?i)police|sheriff", match["body"]) else "Agency"
            yield _mention(passage, match, kind, place)


def _free_tokens(
    passage: Passage, match: re.Match[str], index: MentionIndex, offices: Sequence[TitleMatch], *, owned: bool = False
) -> TokenSpan | None:
    """Return the words of a body where no table or pattern has a name for them and no title reaches beyond them."""
    span = Span(passage.start + match.start("body"), passage.start + match.end("body"))
    tokens = passage.tokens(span)
    if tokens is None or not len(tokens):
        return None
    inside = [mention for token in tokens if (mention := index.at(token)) is not None]
    weak = {"ner", "gazetteer", "pattern"} if owned else {"ner"}
    if any(m.found_by not in weak or not span.covers(m.span) for m in inside):
        return None
    beyond = any(
        title.start < tokens.end and tokens.start < title.end
        and not (tokens.start <= title.start and title.end <= tokens.end)
        for title in offices
    )  # fmt: skip
    return None if beyond else tokens


def _mention(passage: Passage, match: re.Match[str], kind: str, place: Mention) -> Mention:
    span = Span(passage.start + match.start("body"), passage.start + match.end("body"))
    return Mention(span, match["body"], kind, FOUND_BY, hints=_hints(place, match["body"]))


def _place(kind: Kind, index: MentionIndex, at: int, mains: Mapping[str, Mention | None]) -> Mention | None:
    """Return the only place of a level that the sentence names, else the main place of that level."""
    sentence = index.passage.doc[at].sent
    for level in kind.levels:
        here = {_name(m): m for m in index.within(sentence) if _is(m, level)}
        if len(here) == 1:
            return next(iter(here.values()))
        if here:
            return None
    return next((main for level in kind.levels if (main := mains[level]) is not None), None)


def _only(names: Sequence[Mention], level: str) -> Mention | None:
    """Return the only place of a level that an article names."""
    places = {_name(m): m for m in names if _is(m, level)}
    return next(iter(places.values())) if len(places) == 1 else None


def _main(names: Sequence[Mention], level: str) -> Mention | None:
    counts: dict[str, list[Mention]] = {}
    for mention in names:
        if _is(mention, level):
            counts.setdefault(_name(mention), []).append(mention)
    ranked = sorted(counts.values(), key=len, reverse=True)
    if not ranked or len(ranked[0]) < TIMES_MORE or (len(ranked) > 1 and len(ranked[0]) < TIMES_MORE * len(ranked[1])):
        return None
    return ranked[0][0]


def _is(mention: Mention, level: str) -> bool:
    if mention.type != "Jurisdiction" or mention.hint("body"):
        return False
    said = mention.hint("level")
    return said == level or (said is None and level == "Municipality" and mention.hint("country") is None)


def _name(mention: Mention) -> str:
    return mention.hint("name") or mention.text


def _hints(place: Mention, body: str) -> tuple[tuple[str, str], ...]:
    words = " ".join(word if word == "of" else word[0].upper() + word[1:] for word in body.replace("GOP ", "").split())
    hints = {"body": words, "place": _name(place)}
    for name, value in (("state", place.hint("within")), ("place_level", place.hint("level"))):
        if value:
            hints[name] = value
    return tuple(sorted(hints.items()))
