"""Who holds which office where: claims `holdsPost` from titles beside names, and persons' offices for other readers.

What enters are coded sentences (see `kg.extract.codes`); what leaves are claim drafts with the title as printed and
`former` where the words say so. The reference tables say whom a title serves when the words around it do not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.extract.codes import MODIFYING, Coded, Item
from kg.extract.passages import MentionIndex, Passage
from kg.extract.titles import TitleMatch
from kg.ids import slug
from kg.records import Argument, ClaimDraft, Evidence, Mention, Qualifiers, Status
from kg.reference import Office, Reference

VERSION = "1"
ORGANISATION = r"(?P<org>[LG])s?"
PATTERNS: tuple[tuple[str, re.Pattern[str], float], ...] = tuple(
    (name, re.compile(pattern), confidence)
    for name, pattern, confidence in (
        # Cook County Mayor Ana Ruiz · former chief strategist Tom Vale · Secretary of Homeland Security Jane Roe
        ("before-name", rf"(?P<f>[FC])?m{{0,2}}(?:{ORGANISATION}(?P<comma>c)?)?(?P<f2>[FC])?m{{0,2}}(?P<t>T(?:nC?T)?)(?:o(?P<org2>[LG]))?(?P<p>P)", 0.95),
        # Ana Ruiz, president of the Open Doors League · Tom Vale, a spokesman for Boston Mayor Jane Roe
        ("after-name", rf"(?P<p>P)[cb](?:[xm]{{0,3}}c)?d?(?P<f>[FC])?[mx]{{0,2}}(?:{ORGANISATION})?(?P<f2>[FC])?m{{0,2}}(?P<t>T(?:n?C?T)?)"
         r"(?:[ox]d?[xm]{0,2}(?P<org2>[LG])(?:s?[mx]?(?P<org3>G))?)?", 0.9),
        # Boston's Jane Roe, in a list of mayors
        ("in-list", r"(?P<t>t)c?[uox]{1,2}(?P<org>L)s(?P<p>P)", 0.85),
        ("in-list-more", r"(?P<t>t)c?[uox]{1,2}LsP(?:[cn]{1,2}LsP)*[cn]{1,2}(?P<org>L)s(?P<p>P)", 0.85),
        # Obama was president · X is the mayor of Y · X, who was director of Z · since X became Y's governor
        ("being", rf"(?P<p>P)c?w?(?P<be>i)x?d?(?P<f>[FC])?m{{0,2}}(?:{ORGANISATION})?m{{0,1}}(?P<t>T)(?:od?[xm]{{0,1}}(?P<org2>[LG]))?", 0.85),
        # White House officials, including former chief strategist Tom Vale
        ("among-officials", r"(?P<org>[LG])s?[tx]c?u(?P<f>[FC])?m{0,2}(?P<t>T)(?P<p>P)", 0.85),
        # the mayor of Boston, Tom Vale · the group's president, Jane Roe
        ("then-name", rf"(?:{ORGANISATION})?(?P<f>[FC])?m{{0,2}}(?P<t>T)(?:od?(?P<org2>[LG]))?c(?P<p>P)(?=c|$|[x.])", 0.8),
    )
)  # fmt: skip
PAST = {"was", "were"}
PREDICATE = {"because", "if", "when", "why", "how", "what", "where", "not", "like", "that"}
"""Words between a form of "be" and a title that begin another clause: "is because President Roe said so"."""
NOT_YET = re.compile(r"(?i)\b(?:nominee|candidate|contender|hopeful|elect|designate)\b")
"""Words of a title that say its bearer does not hold the office, or not yet."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A person's office as one sentence gives it: whom it serves may be open (None)."""

    person: Mention
    title: str
    organization: Argument | None
    former: bool
    rule: str
    confidence: float
    passage: int
    start: int
    end: int
    titled: tuple[int, int] | None = None


class OfficeReader:
    """Reads offices from coded sentences."""

    def __init__(self, reference: Reference):
        self._reference = reference
        self._surnames: dict[tuple[str, str], list[tuple[str, date, date | None]]] = {}
        for holder in reference.holders:
            for name in {holder.person.rsplit("/", 1)[-1], holder.person.rsplit("-", 1)[-1]}:
                self._surnames.setdefault((holder.title, name), []).append(
                    (holder.organization, holder.start, holder.end)
                )

    def read(self, coded: Coded, passage: Passage, index: MentionIndex, published: date | None) -> Iterator[Holding]:
        """Yield the offices of one sentence; of several readings for one person and title, the first."""
        seen: set[tuple[int, int]] = set()
        for name, pattern, confidence in PATTERNS:
            for match in pattern.finditer(coded.text):
                person, title = coded.item(match, "p"), coded.item(match, "t")
                if person is None or title is None or person.mention is None or title.title is None:
                    continue
                key = (person.start, 0)
                if key in seen:
                    continue
                holding = self._holding(name, confidence, match, coded, passage, index, published)
                if holding is not None:
                    seen.add(key)
                    yield holding

    def _holding(
        self,
        rule: str,
        confidence: float,
        match: re.Match[str],
        coded: Coded,
        passage: Passage,
        index: MentionIndex,
        published: date | None,
    ) -> Holding | None:
        groups = match.re.groupindex
        person, title = coded.item(match, "p"), coded.item(match, "t")
        assert person is not None and person.mention is not None and title is not None and title.title is not None
        last_title = coded.items[match.end("t") - 1]
        organisations = [coded.item(match, group) for group in ("org3", "org2", "org") if group in groups]
        given = next((item for item in organisations if item is not None), None)
        if "be" in groups and not PREDICATE.isdisjoint(
            token.lower_ for token in passage.doc[coded.items[match.start("be")].start : title.start]
        ):
            return None
        if "comma" in groups and match["comma"] and given is not None and not _located(given):
            return None
        if given is not None and given.start > title.start and _begins_name(given, coded, passage):
            return None
        marks = [match[group] for group in ("f", "f2") if group in groups and match[group]]
        former = "F" in marks
        if "be" in groups:
            verb = coded.item(match, "be")
            former = former or (verb is not None and passage.doc[verb.start].lower_ in PAST and given is None)
        organisation = self._organisation(rule, title.title, given, person.mention, index, published)
        words = passage.doc[title.start : last_title.end].text
        if "C" in marks:
            words = f"acting {words}"
        return Holding(
            person.mention,
            _singular(words, title.title),
            organisation,
            former,
            rule,
            confidence,
            passage.start,
            coded.items[match.start()].start,
            coded.items[match.end() - 1].end,
            (title.start, last_title.end),
        )

    def _organisation(
        self,
        rule: str,
        title: TitleMatch,
        given: Item | None,
        person: Mention,
        index: MentionIndex,
        published: date | None,
    ) -> Argument | None:
        """Say whom an office serves: the place or body beside the title, what the title alone settles, or the tables."""
        if given is not None and given.start < title.start and _only_modifies(given.mention, title):
            given = None
        if given is not None and _only_located(given, title, index):
            return None
        office = _fitting(title, given)
        if given is not None and given.mention is not None:
            if office.organization and given.mention.type == "Jurisdiction":
                return office.organization
            return given.mention.span
        known = self._from_tables(title, person, published)
        if known:
            return known
        if office.organization and (rule == "before-name" or len(title.offices) == 1):
            if _foreign(title, index) or _elsewhere(rule, title, index) or self._stranger(title, office, person):
                return None
            return office.organization
        return _nearest_place(office, person, index)

    def _stranger(self, title: TitleMatch, office: Office, person: Mention) -> bool:
        """Tell whether an office whose holders the tables list is given to nobody of them: another country's, or a state's."""
        shared = any(not other.organization for other in title.offices)  # "Secretary of State" may be Georgia's
        if not (office.level == "Country" or shared) or not any(known == office.title for known, _ in self._surnames):
            return False
        held = (self._surnames.get((office.title, slug(name)), []) for name in (person.text, person.text.split()[-1]))
        return not any(organisation == office.organization for holders in held for organisation, _, _ in holders)

    def _from_tables(self, title: TitleMatch, person: Mention, published: date | None) -> str | None:
        if published is None:
            return None
        words = person.text.split()
        for name in (slug(person.text), slug(words[-1])) if len(words) == 1 else (slug(person.text),):
            found = {
                organisation
                for office in title.offices
                for organisation, start, end in self._surnames.get((office.title, name), [])
                if start <= published and (end is None or published <= end)
            }
            if len(found) == 1:
                return found.pop()
        return None


def _fitting(title: TitleMatch, given: Item | None) -> Office:
    """Choose among the offices of one title: a state's attorney general is not the federal one, its senator is."""
    place = given.mention if given is not None else None
    fixed = next((office for office in title.offices if office.organization), title.office)
    if place is None or place.hint("level") == "Country":
        return fixed
    if place.type == "Jurisdiction" and fixed.organization and fixed.level == "LegislativeBody":
        return fixed
    return next((office for office in title.offices if not office.organization), title.office)


def _located(item: Item) -> bool:
    """Tell whether a place carries its state, so that a comma may follow it: "Washington, D.C., Mayor"."""
    return item.mention is not None and item.mention.hint("within") is not None


def _foreign(title: TitleMatch, index: MentionIndex) -> bool:
    """Tell whether an unknown capitalised word stands before a title: "Mexican President", "Manhattan U.S. Attorney"."""
    doc = index.passage.doc
    before = doc[title.start - 1] if title.start else None
    if (
        before is None
        or doc[title.start].is_sent_start
        or not before.text[:1].isupper()
        or index.at(before) is not None
    ):
        return False
    return before.lower_ not in MODIFYING and before.pos_ in {"ADJ", "PROPN"} and not before.is_sent_start


def _only_modifies(body: Mention | None, title: TitleMatch) -> bool:
    """Tell whether a party or a picture's source stands before a public office: "GOP Sen.", "AP Republican Gov."."""
    public = {"State", "County", "Municipality", "LegislativeBody"}
    return body is not None and body.type == "Organization" and any(office.level in public for office in title.offices)


def _begins_name(place: Item, coded: Coded, passage: Passage) -> bool:
    """Tell whether a place only begins a name that we do not know: "chief executive of the San Francisco Giants"."""
    number = coded.items.index(place) + 1
    if place.code != "L" or number >= len(coded.items):
        return False
    following = coded.items[number]
    word = passage.doc[following.start]
    return following.code == "m" and word.text[:1].isupper() and word.pos_ == "PROPN"


def _only_located(given: Item, title: TitleMatch, index: MentionIndex) -> bool:
    """Tell whether a place is not whom an office serves: "a strategist in Houston"; "U.S. District Judge" leaves the court open."""
    place = given.mention
    if place is None or place.type != "Jurisdiction":
        return False
    if place.hint("level") == "Country" and all(office.level == "Court" for office in title.offices):
        return True
    private = all(office.level in {"Organization", "Any"} for office in title.offices)
    return private and given.start > title.start and index.passage.doc[given.start - 1].lower_ == "in"


def _elsewhere(rule: str, title: TitleMatch, index: MentionIndex) -> bool:
    """Tell whether words that we could not read say where an office is: "vice president of marketing", "president at a bank"."""
    doc = index.passage.doc
    return rule != "before-name" and title.end < len(doc) and doc[title.end].lower_ in {"of", "for", "at", "with"}


def _nearest_place(office: Office, person: Mention, index: MentionIndex) -> Argument | None:
    """Return the place that a local office belongs to: the only one of its level in the same passage, else none."""
    if office.level not in {"State", "County", "Municipality"}:
        return None
    places = [
        mention for mention in index.mentions
        if mention.type == "Jurisdiction" and mention.hint("level") in {office.level, None} and mention.hint("level") != "Country"
    ]  # fmt: skip
    exact = [mention for mention in places if mention.hint("level") == office.level]
    if not exact and office.level == "Municipality":
        exact = places
    if len({mention.hint("name") or mention.text for mention in exact}) != 1:
        return None
    return min(exact, key=lambda mention: abs(mention.span.start - person.span.start)).span


def _singular(words: str, title: TitleMatch) -> str:
    return (
        title.office.title
        if title.plural or words.rstrip().endswith(".") or words in {"AG", "Gov", "Sen", "Rep"}
        else words
    )


def draft_holding(holding: Holding, passage: Passage, document: str, sentence: tuple[int, int]) -> ClaimDraft | None:
    """Turn a holding into a claim draft, or None where nobody says whom the office serves."""
    if holding.organization is None or holding.organization == holding.person.span:
        return None
    tokens = passage.doc[sentence[0] : sentence[1]]
    evidence = Evidence(
        document, passage.span(tokens), passage.printed(tokens), f"offices#{holding.rule}", VERSION, holding.confidence
    )
    qualifiers = Qualifiers(title=holding.title, former=True if holding.former else None)
    status = Status.HYPOTHETICAL if NOT_YET.search(holding.title) else Status.ASSERTED
    return ClaimDraft(holding.person.span, "holdsPost", holding.organization, evidence, qualifiers, status)
