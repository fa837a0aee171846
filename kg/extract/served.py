"""Whom an office serves: the place or body beside the title, what the title alone settles, the tables, or the article.

What enters are a title, the body or place that the words give it, and the person; what leaves is a mention's span, a
path of the tables, or None where nobody can say. Which words hold the office is read by `kg.extract.offices`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.extract.codes import MODIFYING, Item
from kg.extract.holders import Holders
from kg.extract.passages import MentionIndex
from kg.extract.seats import Seats
from kg.extract.titles import TitleMatch
from kg.records import Argument, Mention, MentionKind
from kg.reference import Office, Reference

TIMES_MORE = 3
"""How many times more often than any other an article must name a place, for its officials to need no place of their own."""
PLACE_LEVELS = {"State", "County", "Municipality"}
TRADES = {"lawyer", "attorney", "executive", "historian", "lobbyist", "operative", "strategist", "consultant", "activist", "pollster", "columnist",
          "professor", "pastor", "analyst", "commentator", "economist", "host", "organizer", "researcher", "scholar", "founder",
          "scientist", "theorist", "sociologist", "criminologist", "epidemiologist", "expert", "specialist", "writer", "contributor", "blogger", "producer",
          "publisher", "owner", "partner", "litigator", "advocate"}  # fmt: skip
"""Words whose place says where somebody works: "an Ohio lawyer" does not work for Ohio, a "City Attorney" does."""
SPEAKING = {"Spokesman", "Press Secretary"}
OF_A_STATE = {"State Senator", "State Representative", "Assembly Member"}
PARTIES = {"organization/democratic-party", "organization/republican-party"}
PARTISANS = {"Adviser", "Official", "Policy Analyst", "Researcher", "Attorney", "Candidate", "Member"}
"""Trades of people of whom a party's name says only which side they are on: "a GOP strategist"."""
LEGISLATORS = {"Sen.", "Rep.", "Senator", "Representative", "Congressman", "Congresswoman"}
_OWN_COMMITTEE = {"committee", "panel"}
NEAR_COMMITTEE = 500
"""Within how many characters the committee stands of whose chairman the words say only "the chairman"."""
SUPREME = "court/us/supreme-court"
CITY_COUNTIES = {"San Francisco", "Denver", "Philadelphia", "New Orleans", "Honolulu", "Nashville", "Jacksonville", "Indianapolis", "Louisville",
                 "Baltimore", "St. Louis", "Carson City", "Lexington", "Virginia Beach", "Richmond", "Norfolk"}  # fmt: skip
"""Cities that are counties too, or stand in none: they have a sheriff or a district attorney of their own."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What stands around an office: the names of its passage, those of the whole article, and the day."""

    index: MentionIndex
    names: Sequence[Mention]
    published: date | None


class Served:
    """Decides whom an office serves."""

    def __init__(self, reference: Reference):
        self.holders = Holders(reference)
        self._seats = Seats(reference)
        self._by_title: dict[str, tuple[Office, ...]] = {}
        for office in reference.offices:
            for form in (office.title, *office.aliases):
                if form.lower().startswith("u.s. ") and office.organization:
                    self._by_title.setdefault(form.lower(), (office,))

    def organisation(
        self, rule: str, title: TitleMatch, given: Item | None, at: Item | None, person: Mention, scene: Scene
    ) -> Argument | None:
        """Return whom an office serves; `given` is the body or place beside the title, `at` that behind the name."""
        if given is not None and given.start < title.start and _only_modifies(given.mention, title):
            given = None
        if given is None and at is not None and rule == "before-name" and self._owns(title, at, person, scene):
            given = at
        if given is not None and _only_located(given, title, scene.index):
            return self._court(title, at, person, scene)
        federal = self._federal(title, given, scene.index)
        if federal is not None:
            title, given = federal, None
        office = _fitting(title, given)
        if given is not None and given.mention is not None:
            return self._given(office, title, given.mention, person, scene)
        chamber = self._chamber(title, person, scene)
        if chamber:
            return chamber
        known = self.holders.serves(title, person, scene.published)
        if known:
            return known
        if not office.organization and office.level == "LegislativeBody":
            return self._seat(office, title, person, scene)
        federal_office = next((other for other in title.offices if other.organization), None)
        if federal_office is not None and _under_president(title, scene.index):
            return federal_office.organization
        if office.level == "State" and not _elsewhere(rule, title, scene.index):
            known = self.holders.ever_served(title, person)
            if known:
                return known
        if office.organization and (rule == "before-name" or len(title.offices) == 1):
            if _foreign(title, scene.index) or _elsewhere(rule, title, scene.index):
                return None
            if not self.holders.stranger(title, office, person):
                return office.organization
            if office.level == "Country":
                own = self.holders.known(person)  # "President Roe", of a candidate who sits in the Senate
                return None if own else _foreign_country(scene.index)
            office = next((other for other in title.offices if not other.organization), office)
            if office.organization:
                return None
            known = self.holders.ever_served(title, person)
            if known:
                return known
        if office.level == "Court":
            return self._court(title, at, person, scene)
        if office.title == "Chairman" and not _elsewhere(rule, title, scene.index):
            return self._committee(title, person, scene)
        if _elsewhere(rule, title, scene.index):
            return None
        if rule == "before-name" and office.title in SPEAKING:
            return _only_agency(title, scene.index)
        return _nearest_place(office, person, scene.index) or _main_place(office, person, scene.names)

    def of_office(self, title: TitleMatch | None, person: Mention, scene: Scene) -> Argument | None:
        """Return whom an office serves that stands without a name: "the governor's spokesman", "the president's lawyer"."""
        if title is None:
            return None
        fixed = next((office for office in title.offices if office.organization and office.level == "Country"), None)
        if fixed is not None:
            return None if _foreign(title, scene.index) else fixed.organization
        office = title.office
        return _nearest_place(office, person, scene.index) or _main_place(office, person, scene.names)

    def _owns(self, title: TitleMatch, at: Item, person: Mention, scene: Scene) -> bool:
        """Tell whether what stands behind a name is whom the office serves: "Gov. Jane Roe of Ohio", not of a federal officer."""
        doc = scene.index.passage.doc
        says_of = any(token.lower_ == "of" for token in doc[max(0, at.start - 2) : at.start])
        if not says_of or at.mention is None or any(office.level == "Court" for office in title.offices):
            return False
        if at.mention.type != "Jurisdiction":
            return all(office.level != "LegislativeBody" for office in title.offices)
        return self.holders.serves(title, person, scene.published) is None

    def _seat(self, office: Office, title: TitleMatch, person: Mention, scene: Scene) -> Argument | None:
        """Return the chamber of a legislator: the one that the tables know, or the state's that the article is about."""
        seat = self.holders.seat(person, scene.published)  # "Majority Leader Jane Roe" leads the chamber she sits in
        if seat:
            return seat
        if office.title == "Speaker":
            return self.holders.leads(person, scene.published)
        state = _only_state(scene) if office.title in OF_A_STATE else None
        return self._seats.chamber(title, state) if state else None

    def _federal(self, title: TitleMatch, given: Item | None, index: MentionIndex) -> TitleMatch | None:
        """Return the office that "U.S." before a title makes of it, where the tables have it: "U.S. attorney"."""
        if given is None or given.mention is None or given.mention.hint("country") != "US" or given.end != title.start:
            return None
        words = index.passage.doc[title.start : title.end].text.lower()
        offices = self._by_title.get(f"u.s. {words}")
        return None if offices is None else replace(title, offices=offices)

    def _given(
        self, office: Office, title: TitleMatch, body: Mention, person: Mention, scene: Scene
    ) -> Argument | None:
        if body.text == "Senate" and _word_before(body, scene.index) == "state":
            state = _only_state(scene)
            return self._seats.upper(state) if state else None
        if body.hint("country") not in {None, "US"}:
            return None if office.title == "Ambassador" else body.span  # whom an ambassador is sent to is not served
        if body.type == "Jurisdiction" and office.level == "Court":
            return self._seats.court(title, body) or body.span
        if body.type == "Jurisdiction" and body.hint("level") == "State":
            chamber = (
                self._chamber(title, person, scene) if _of_state(title) is None else self._seats.chamber(title, body)
            )
            if chamber:
                return chamber
        return office.organization if office.organization and body.type == "Jurisdiction" else body.span

    def _chamber(self, title: TitleMatch, person: Mention, scene: Scene) -> str | None:
        """Return the state's chamber of a legislator whose party stands with a town: "Sen. Jane Roe, D-Oakland"."""
        town = _party_town(person, scene.index)
        if town is None or all(office.level != "LegislativeBody" for office in title.offices):
            return None
        state = town.hint("within") or self._seats.state_of(town.hint("name") or town.text) or _only_state(scene)
        return self._seats.chamber(title, state) if state else None

    def _committee(self, title: TitleMatch, person: Mention, scene: Scene) -> Argument | None:
        """Return the only committee named shortly before: of a legislator who chairs, where the words say not what."""
        doc = scene.index.passage.doc
        owner = doc[max(0, title.start - 3) : title.start]
        if any(token.text in {"'s", "’s"} for token in owner) and _OWN_COMMITTEE.isdisjoint(t.lower_ for t in owner):
            return None
        start, _ = scene.index.range_of(person)
        sits = scene.index.passage.extent.covers(person.span) and doc[start - 1].text in LEGISLATORS
        if not sits and self.holders.seat(person, scene.published) is None:
            return None
        here = scene.index.passage.span(doc[title.start : title.end]).start
        near = {
            m.key or m.text: m
            for m in scene.names
            if m.type == "LegislativeBody" and "ommittee" in m.text and 0 <= here - m.span.end < NEAR_COMMITTEE
        }
        return next(iter(near.values())).span if len(near) == 1 else None

    def _court(self, title: TitleMatch, at: Item | None, person: Mention, scene: Scene) -> Argument | None:
        """Return a judge's court: the one behind the name, the tables', the one that sits at a place, or the only one named."""
        if at is not None and at.mention is not None:
            if at.mention.type == "Court":
                return at.mention.span
            seat = self._seats.court(title, at.mention)
            if seat:
                return seat
        bench = self.holders.bench(person, scene.published)
        if bench:
            return bench
        words = title.office.title
        courts = {
            court.key or court.text: court
            for court in scene.names
            if court.type == "Court" and court.key != SUPREME and _fits_bench(words, court)
        }
        known = [court for court in courts.values() if court.key]
        return known[0].span if len(courts) == 1 and known and words != "Immigration Judge" else None


def _fits_bench(title: str, court: Mention) -> bool:
    appeals = "-cir" in (court.key or "") or court.hint("court") == "appeals"
    if "Circuit" in title:
        return appeals
    return not appeals if "District" in title or "Magistrate" in title else True


def _fitting(title: TitleMatch, given: Item | None) -> Office:
    """Choose among the offices of one title: a state's attorney general is not the federal one, its senator is."""
    place = given.mention if given is not None else None
    fixed = next((office for office in title.offices if office.organization), title.office)
    if place is None or place.hint("level") == "Country":
        return fixed
    if place.type == "Jurisdiction" and fixed.organization and fixed.level == "LegislativeBody":
        return fixed
    return next((office for office in title.offices if not office.organization), title.office)


def _only_agency(title: TitleMatch, index: MentionIndex) -> Argument | None:
    """Return the only agency that the sentence names before a title: "the FBI is ready, spokeswoman Jane Roe said"."""
    sentence = index.passage.doc[title.start].sent
    found = [
        m
        for m in index.within(sentence)
        if m.type in {"Agency", "LawEnforcementAgency"} and not m.hint("administration")
    ]
    if len({m.key or m.text for m in found}) != 1:
        return None
    starts = [index.range_of(m)[0] for m in found]
    spoken = [m for m, at in zip(found, starts, strict=True) if at < title.start or _said_of(m, title.end, at, index)]
    return spoken[0].span if spoken else None


def _said_of(body: Mention, since: int, at: int, index: MentionIndex) -> bool:
    """Tell whether a spokeswoman speaks of her body: "spokeswoman Jane Roe said the agency had no plans"."""
    words = [token.lower_ for token in index.passage.doc[since:at]]
    told = body.kind is MentionKind.NOMINAL and len(words) <= 6
    return told and (words[-1:] in (["said"], ["says"]) or words[-2:] in (["said", "that"], ["says", "that"]))


def _foreign_country(index: MentionIndex) -> Argument | None:
    """Return the only foreign country of the passage: whose president it is that is none of ours."""
    found = {m.hint("country"): m for m in index.mentions if m.hint("country") not in {None, "US"}}
    return next(iter(found.values())).span if len(found) == 1 else None


def _word_before(body: Mention, index: MentionIndex) -> str:
    start, _ = index.range_of(body)
    return index.passage.doc[start - 1].lower_ if start else ""


def _of_state(title: TitleMatch) -> Office | None:
    """Return the office where only a state can have it ("State Representative", "Assemblyman")."""
    if any(office.organization for office in title.offices):
        return None
    return next((office for office in title.offices if office.level == "LegislativeBody"), None)


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
    if body is None or body.type != "Organization":
        return False
    trade = body.key in PARTIES and any(office.title in PARTISANS for office in title.offices)
    return trade or any(office.level in public for office in title.offices)


def _only_located(given: Item, title: TitleMatch, index: MentionIndex) -> bool:
    """Tell whether a place is not whom an office serves: "a strategist in Houston"; "U.S. District Judge" leaves the court open."""
    place = given.mention
    if place is None or place.type != "Jurisdiction":
        return False
    if place.hint("level") == "Country" and all(office.level == "Court" for office in title.offices):
        return True
    private = all(office.level in {"Organization", "Any"} for office in title.offices)
    doc = index.passage.doc
    if given.start < title.start:
        return private and doc[title.end - 1].lower_ in TRADES and doc[title.start].is_lower
    return private and doc[given.start - 1].lower_ in {"in", "to"}


def _elsewhere(rule: str, title: TitleMatch, index: MentionIndex) -> bool:
    """Tell whether words that we could not read say where an office is: "vice president of marketing", "president at a bank"."""
    doc = index.passage.doc
    return rule != "before-name" and title.end < len(doc) and doc[title.end].lower_ in {"of", "for", "at", "with"}


def _under_president(title: TitleMatch, index: MentionIndex) -> bool:
    """Tell whether a title is held under a president: "served as attorney general under former President Roe"."""
    words = [token.lower_ for token in index.passage.doc[title.end : title.end + 4]]
    return words[:1] in (["under"], ["for"], ["to"]) and ("president" in words or "pres." in words)


def _party_town(person: Mention, index: MentionIndex) -> Mention | None:
    """Return the town that stands with a party behind a name, "(D-Dallas)": a legislator of a state is from there."""
    if not index.passage.extent.covers(person.span):
        return None  # the sentence has a pronoun only
    doc = index.passage.doc
    _, end = index.range_of(person)
    near = doc[end : end + 6]
    if len(near) < 3 or near[0].text not in {"(", ","} or not near[1].text.startswith(("D", "R")):
        return None
    mention = next((found for token in near[1:5] if (found := index.at(token)) is not None), None)
    if mention is None or mention.type != "Jurisdiction" or mention.hint("level") in {"State", "Country"}:
        return None
    text = index.passage.text[near[1].idx : mention.span.start - index.passage.start]
    return mention if text in {"D-", "R-", "D – ", "R – "} else None


def _only_state(scene: Scene) -> str | None:
    """Return the name of the state that the article speaks of most, by far."""
    found = _main([m for m in scene.names if m.type == "Jurisdiction" and m.hint("level") == "State"])
    return None if found is None else (found.hint("name") or found.text)


def _nearest_place(office: Office, person: Mention, index: MentionIndex) -> Argument | None:
    """Return the place that a local office belongs to: the only one of its level in the same passage, else none."""
    exact = _of_level(office, index.mentions)
    if len({mention.hint("name") or mention.text for mention in exact}) != 1:
        return None
    return min(exact, key=lambda mention: abs(mention.span.start - person.span.start)).span


def _main_place(office: Office, person: Mention, names: Sequence[Mention]) -> Argument | None:
    """Return the place that the article is about, where it names one of the office's level far more often than any other."""
    main = _main(_of_level(office, names))
    if main is None:
        return None
    same = [m for m in _of_level(office, names) if (m.hint("name") or m.text) == (main.hint("name") or main.text)]
    return min(same, key=lambda mention: abs(mention.span.start - person.span.start)).span


def _main(places: Sequence[Mention]) -> Mention | None:
    counts = Counter(mention.hint("name") or mention.text for mention in places).most_common(2)
    if not counts or counts[0][1] < TIMES_MORE or (len(counts) > 1 and counts[0][1] < TIMES_MORE * counts[1][1]):
        return None
    return next(mention for mention in places if (mention.hint("name") or mention.text) == counts[0][0])


def _of_level(office: Office, mentions: Sequence[Mention]) -> list[Mention]:
    if office.level not in PLACE_LEVELS:
        return []
    places = [
        mention for mention in mentions
        if mention.type == "Jurisdiction" and mention.hint("level") in {office.level, None} and mention.hint("level") != "Country"
    ]  # fmt: skip
    exact = [mention for mention in places if mention.hint("level") == office.level]
    if office.level == "County" and not exact:
        return [m for m in mentions if m.type == "Jurisdiction" and (m.hint("name") or m.text) in CITY_COUNTIES]
    return places if not exact and office.level == "Municipality" else exact
