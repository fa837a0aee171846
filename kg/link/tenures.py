"""Who is said to hold which office where and when, and which two offices nobody holds: linked documents in, verdicts out.

An office counts where the text gives it for the day of publication and prints the title beside the name; the tables add
the terms that they list. Two offices contradict each other when they lie in different states, or one is the nation's and
the other a state's, at one time. Someone who changes his office inside one state, or between terms, does not.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.link.names import fold
from kg.link.offices import Offices
from kg.link.personnames import parse_name
from kg.records import Claim, LinkedDocument, Status

NATION = "us"
ELECTED_MARGIN = timedelta(days=730)
"""Elected to serve where they live, people hold an office for years: this long before and after a report of it."""
HIRED_MARGIN = timedelta(days=60)
"""A chief or a director may move to another state from one month to the next."""
BESIDE = 40
"""Characters between a name and the title behind it."""
_PUBLIC = ("agency/", "jurisdiction/", "court/")
_HIRED = re.compile(r"\b(?:police|deputy|assistant|spokes\w*|press|chief|director|manager|superintendent|advis[eo]r)\b")
_ELECTED = re.compile(
    r"\b(?:sheriff|mayor|gov(?:ernor)?|alder\w+|council\w*|supervisor|select\w+|assembly\w*|sen(?:ator)?|"
    r"rep(?:resentative)?|delegate|legislator|lawmaker|attorney|prosecutor|executive|clerk|treasurer|auditor|"
    r"comptroller|controller|commissioner|judge|justice|speaker)\b"
)
_PAST = re.compile(
    r"\b(?:then|former|formerly|ex|once|previously|late|served|retired|elect|candidate|running|nominee)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office of a person: the titles it may be, the body, the state (or the nation), and the days it is vouched for.

    `listed` says that the tables vouch for it. Without days it may have been held at any time.
    """

    titles: frozenset[str]
    body: str
    place: str
    printed: str
    first: date | None
    last: date | None
    listed: bool = False

    @property
    def margin(self) -> timedelta:
        """Return how long before and after its days it was likely held; the tables know their days."""
        if self.listed or self.place == NATION:
            return timedelta(0)
        return HIRED_MARGIN if _HIRED.search(fold(self.printed)) else ELECTED_MARGIN

    def same(self, other: "Tenure") -> bool:
        """Tell whether this is the same office."""
        return self.body == other.body and bool(self.titles & other.titles)

    def __str__(self) -> str:
        return f"{self.printed} at {self.body}"


def contradict(one: Tenure, other: Tenure) -> str | None:
    """Return in words why nobody holds both offices, or None."""
    if one.place == other.place or one.same(other):
        return None
    if one.titles & other.titles and (one.listed or other.listed):
        return None  # the title that the tables give him, with another body: more likely a slip of reading
    margin = one.margin + other.margin if NATION not in {one.place, other.place} else timedelta(0)
    if not _overlap(one, other, margin):
        return None
    return f"{' and '.join(sorted((str(one), str(other))))} at one time"


def first_contradiction(ones: Iterable[Tenure], others: Iterable[Tenure]) -> str | None:
    """Return why two people are two, or None: one office that they share speaks for one person."""
    ones, others = list(ones), list(others)
    if any(one.same(other) for one in ones for other in others):
        return None
    found = (contradict(one, other) for one in ones for other in others)
    return min((why for why in found if why), default=None)


def tenures_in(document: LinkedDocument, offices: Offices | None) -> dict[str, tuple[Tenure, ...]]:
    """Return the public offices that a document says people hold on its day, by the person's path."""
    labels = {entity.id: entity.label for entity in document.entities}
    found: dict[str, dict[Tenure, None]] = defaultdict(dict)
    for claim in document.claims:
        if _current(claim) and _beside(claim, labels.get(claim.subject, "")):
            day = document.document.published
            title = claim.qualifiers.title or ""
            tenure = Tenure(title_keys(title, offices), claim.object, place_of(claim.object), title, day, day)
            found[claim.subject][tenure] = None
    return {path: tuple(sorted(kept, key=str)) for path, kept in sorted(found.items())}


def listed_tenures(person: str, offices: Offices | None) -> tuple[Tenure, ...]:
    """Return the terms that the tables list for a person."""
    if offices is None:
        return ()
    return tuple(
        Tenure(
            title_keys(holder.title, offices),
            holder.organization,
            place_of(holder.organization),
            holder.title,
            holder.start,
            holder.end,
            listed=True,
        )
        for holder in offices.held_by(person)
        if holder.organization.startswith(_PUBLIC)
    )


def title_keys(title: str, offices: Offices | None) -> frozenset[str]:
    """Return what two printed forms of one title share: the titles of the tables, and its last word.

    >>> sorted(title_keys("Chief Deputy Mayor", None))
    ['mayor']
    """
    words = fold(title).replace(".", "").split()
    known = offices.titles(title) if offices is not None else set()
    return frozenset((*words[-1:], *known))


def place_of(body: str) -> str:
    """Return the state, the country or the nation that a body belongs to.

    >>> place_of("agency/us/ks/sedgwick-county/sheriff"), place_of("court/us/n-d-ill"), place_of("jurisdiction/gb/london")
    ('us/ks', 'us', 'gb')
    """
    parts = body.split("/")
    country, below = parts[1] if len(parts) > 1 else "", parts[2] if len(parts) > 2 else ""
    return f"{country}/{below}" if country == NATION and len(below) == 2 else country


def _current(claim: Claim) -> bool:
    """Tell whether a claim says that somebody holds an office of the kind that binds him to a place."""
    title = fold(claim.qualifiers.title or "")
    return (
        claim.relation == "holdsPost"
        and claim.status is Status.ASSERTED
        and not claim.qualifiers.former
        and claim.object.startswith(_PUBLIC)
        and bool(_ELECTED.search(title) or _HIRED.search(title))
        and not _PAST.search(claim.evidence.sentence)
    )


def _beside(claim: Claim, label: str) -> bool:
    """Tell whether the sentence prints the title right before the name, or shortly behind it."""
    name = parse_name(label)
    words = [word for word in name.printed.split() if not name.suffix or fold(word) != name.suffix]
    surname = re.escape(words[-1]) if words else ""
    title = re.escape(claim.qualifiers.title or "")
    before = rf"\b{title}(?:[.,]? [A-Z][\w.’'-]*){{0,3}}? {surname}\b"
    behind = rf"\b{surname}\b.{{0,{BESIDE}}}?\b{title}\b"
    return bool(surname) and re.search(rf"{before}|{behind}", claim.evidence.sentence, re.I) is not None


def _overlap(one: Tenure, other: Tenure, margin: timedelta) -> bool:
    """Tell whether two tenures were held at one time; an end that the tables leave open is today or later."""
    for early, late in ((one, other), (other, one)):
        if early.first is None or late.first is None:
            return not early.listed and not late.listed and margin > HIRED_MARGIN
        if early.last is not None and early.last + margin < late.first:
            return False
    return True


def states_named(document: LinkedDocument) -> Iterator[str]:
    """Yield the states and countries in which the places and bodies lie that a document mentions."""
    for link in document.links:
        if link.entity is not None and link.entity.startswith(_PUBLIC):
            yield place_of(link.entity)
