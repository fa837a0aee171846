"""Who holds which office where: claims `holdsPost` from titles beside names, and persons' offices for other readers.

What enters are coded sentences (see `kg.extract.codes`); what leaves are claim drafts with the title as printed and
`former` where the words say so. The reference tables say whom a title serves when the words around it do not.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc

from kg.extract.codes import Coded, Item
from kg.extract.held import Found, alike, located, marks, opens, says_so
from kg.extract.office_patterns import DESCRIBED, PATTERNS, PEOPLE
from kg.extract.passages import MentionIndex, Passage
from kg.extract.served import Scene, Served
from kg.extract.staff import LOOSE, STAFF, employer
from kg.extract.titles import TitleMatch
from kg.records import Argument, ClaimDraft, Evidence, Mention, MentionKind, Qualifiers, Span, Status
from kg.reference import Reference

VERSION = "5"
HEADING = {
    "head": "head",
    "lead": "leader",
    "run": "head",
    "direct": "director",
    "chair": "chair",
    "co-chair": "co-chair",
    "found": "founder",
    "work": "",
    "serve": "",
}
"""What somebody is who heads, leads or runs a body; of one who works for it or serves in an administration, the title is open."""
CHAIRING = {"head", "chair", "co-chair", "direct"}
"""What a body's head does, without "who" before it: "Jane Roe chairs the League"."""
NEGATING = {"n't", "not", "never"}
EVENT = re.compile(r"Conference|Summit|Convention|Forum|Festival|Rally|Debate")
EMPLOYERS = {"Organization", "Agency", "LawEnforcementAgency"}
PARTIES = r"(?i)-party\b|\bparty\b|republican|democrat|\bgop\b"
SEATS = {"agency/us/senate": "Senator", "agency/us/house-of-representatives": "Representative"}
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
        self._served = Served(reference)

    def read(
        self, coded: Coded, passage: Passage, index: MentionIndex, published: date | None,
        names: Sequence[Mention] = (), given_before: Sequence[Holding] = (),
    ) -> Iterator[Holding]:  # fmt: skip
        """Yield the offices of one sentence; of several readings for one person and title, the first.

        `names` are the mentions by name of the whole article, `given_before` the offices that its sentences have given.
        """
        scene = Scene(index, names, published)
        people = {mention.span: mention for mention in names if mention.type == "Person"}
        given = list(given_before)
        held: set[int] = set()
        told: set[int] = set()
        open_ones: dict[tuple[int, int], Holding] = {}
        for name, pattern, confidence in PATTERNS:
            for match in pattern.finditer(coded.text):
                person = _named(coded.item(match, "p"), people)
                if person is None:
                    continue
                found = Found(name, confidence, match, coded, person)
                title = found.item("t")
                if (title is None and person.start in told and name != "heading") or (
                    title is not None and title.start in held and title.code != "t"
                ):
                    continue  # somebody may hold several offices; each title is one person's
                holding = self._holding(found, passage, scene, given)
                if holding is None:
                    continue
                if holding.organization is None:
                    open_ones.setdefault((person.start, title.start if title else -1), holding)
                    continue  # another pattern may know whom it serves
                if name != "heading":  # "led by Reps. Roe and Vale": they have seats as well
                    told.add(person.start)
                held |= {title.start} if title else set()
                given.append(holding)
                yield holding
        yield from (one for (who, title_at), one in open_ones.items() if who not in told and title_at not in held)
        yield from self._shared(coded, passage, scene, told)
        yield from self._described(coded, passage, scene, held)

    def _holding(self, found: Found, passage: Passage, scene: Scene, given_before: Sequence[Holding]) -> Holding | None:
        person, title, given = found.person, found.item("t"), found.given()
        assert person.mention is not None
        if found.rule == "heading":
            return _heading(found, passage)
        if found.rule == "by-party":
            return self._of_party(found, passage, scene)
        if title is None or title.title is None:
            return _employed(found, passage)
        if found.rule == "before-name" and title.title.office.title in STAFF and _behind_chief(found):
            return None  # "Roe spokesman Tom Vale" is read with Roe
        last = found.last("t")
        if last is not title and last.title is not None and not alike(title, last, passage):
            title, given = last, None  # "… energy secretary and Rep. Jane Roe": two people's
        assert title.title is not None
        if given is not None and found.has("comma") and not located(given):
            known = self._served.holders.serves(title.title, person.mention, scene.published)
            if known or not opens(given, title.title, passage.doc):
                given = None  # "In Chicago, Attorney General Roe": the place says where, not whose
        pronoun = person.end - person.start == 1 and passage.doc[person.start].lower_ in {"he", "she"}
        named = given is not None and given.mention is not None and given.mention.kind is MentionKind.NAME
        if (pronoun and not named) or not says_so(found, title, given, passage):
            return None  # of a pronoun, only an office that the words tell in full
        former, acting = marks(found, passage, given)
        if found.rule == "staff":
            chief = found.item("chief")
            assert chief is not None and chief.mention is not None
            organisation = employer(title.title, chief.mention, given_before, self._served.holders, scene.published)
            surname = chief.mention.text.split()[-1]
            own = "senior" in passage.doc[title.start : last.end].text.lower() and not former
            if organisation is None or (title.title.office.title in LOOSE and not own):
                return None  # campaigns and friends have advisers too
            chiefs = [office.former for office in given_before if office.person.text.split()[-1] == surname]
            former = former or (bool(chiefs) and all(chiefs))
        elif found.rule == "staff-of-office":
            office = found.item("chief")
            staff = office is not None and office.title is not None and title.title.office.title in STAFF - LOOSE
            organisation = self._served.of_office(office.title, person.mention, scene) if staff and office else None
            if organisation is None:
                return None
        else:
            organisation = self._served.organisation(
                found.rule, title.title, given, found.behind(passage), person.mention, scene
            )
        place = given.mention if given is not None else None
        former = former or self._served.holders.ended(title.title, person.mention, organisation, place, scene.published)
        former = former or (place is not None and self._served.holders.past_administration(place, scene.published))
        former = former or self._of_past_president(passage.doc, title.start, scene.published)
        words = passage.doc[title.start : last.end].text
        return Holding(
            person.mention,
            _singular(f"acting {words}" if acting else words, title.title),
            organisation,
            former,
            found.rule,
            found.confidence,
            passage.start,
            found.coded.items[found.match.start()].start,
            found.coded.items[found.match.end() - 1].end,
            (title.start, last.end),
        )

    def _of_party(self, found: Found, passage: Passage, scene: Scene) -> Holding | None:
        """Return the seat of somebody whose party and state stand behind the name, where the tables have it: "Jane Roe (R-Ohio)"."""
        person = found.person.mention
        assert person is not None
        party = passage.doc[found.person.end + 1].text
        chamber = self._served.holders.seat(person, scene.published) if party in {"D", "R", "I"} else None
        if chamber is None:
            return None
        end = found.coded.items[found.match.end() - 1].end
        title = SEATS[chamber]
        return Holding(
            person, title, chamber, False, found.rule, found.confidence, passage.start, found.person.start, end
        )

    def _described(self, coded: Coded, passage: Passage, scene: Scene, held: Set[int]) -> Iterator[Holding]:
        """Yield the office that describes the only person of the article who has it by the tables: "the former Ohio governor"."""
        for match in DESCRIBED.finditer(coded.text):
            title = coded.item(match, "t")
            given = coded.item(match, "org2") or coded.item(match, "org")
            start = coded.items[match.start()].start
            named = given.mention if given is not None else None
            lone = match["f"] is None and named is None
            if title is None or title.title is None or title.start in held or lone:
                continue
            if passage.doc[start].lower_ != "the" or (named is not None and named.type != "Jurisdiction"):
                continue
            here = passage.span(passage.doc[start : title.end]).start
            known: dict[str, tuple[Mention, str, bool]] = {}
            for person in scene.names:
                if person.type == "Person" and person.kind is MentionKind.NAME and person.span.start < here:
                    term = self._served.holders.described(title.title, named, person, scene.published)
                    if term is not None and term[1] == (match["f"] is not None):
                        known[person.text.split()[-1]] = (person, *term)
            if len(known) == 1:
                ((person, served, over),) = known.values()
                words = passage.doc[title.start : title.end].text
                yield Holding(
                    person,
                    words,
                    served,
                    over,
                    "described",
                    0.8,
                    passage.start,
                    start,
                    coded.items[match.end() - 1].end,
                )

    def _of_past_president(self, doc: Doc, start: int, published: date | None) -> bool:
        """Tell whether a past president or his administration stands before a title: "the Obama attorney general"."""
        before = [
            token
            for token in doc[max(0, start - 3) : start]
            if token.text not in {"administration", "'s", "’s", "-", "era"}
        ]
        return bool(before) and self._served.holders.past_president(before[-1].text, published)

    def _shared(self, coded: Coded, passage: Passage, scene: Scene, seen: Set[int]) -> Iterator[Holding]:
        """Yield the offices of people who share one title in the plural."""
        for match in PEOPLE.finditer(coded.text):
            title, given = coded.item(match, "t"), coded.item(match, "org")
            if title is None or title.title is None:
                continue
            people = [item for item in coded.items[match.start("list") : match.end("list")] if item.code == "P"]
            such = passage.doc[title.end : people[0].start].text.strip(" ,") if match["such"] else ""
            alone = len(people) == 1 and not title.title.prenominal and not such
            if alone or such not in {"", "such as", "including", "like"}:
                continue  # "told reporters Roe will go", "senators sworn as Roe left"
            for person in people:
                if person.mention is None or person.start in seen:
                    continue
                served = self._served.organisation("before-name", title.title, given, None, person.mention, scene)
                former = match["f"] == "F" or self._served.holders.ended(
                    title.title, person.mention, served, given.mention if given else None, scene.published
                )
                yield Holding(
                    person.mention, title.title.office.title, served, former, "people", 0.9, passage.start,
                    title.start, person.end,
                )  # fmt: skip


def _named(item: Item | None, people: Mapping[Span, Mention]) -> Item | None:
    """Return whom an item of a sentence names, a pronoun with the name that it stands for."""
    if item is None or item.mention is None:
        return None
    if item.mention.kind is not MentionKind.PRONOUN:
        return item
    named = people.get(item.mention.antecedent) if item.mention.antecedent is not None else None
    return replace(item, mention=named) if named is not None else None


def _behind_chief(found: Found) -> bool:
    """Tell whether a person's name stands right before a title."""
    before = found.coded.text[: found.match.start()]
    return before.endswith(("P", "Ps"))


def _employed(found: Found, passage: Passage) -> Holding | None:
    """Return the job that a body's name gives: "Fox News' Jane Roe" works for it, so does "Roe of the League"; the title is open."""
    given = found.given()
    mention, person = given.mention if given is not None else None, found.person.mention
    if given is None or mention is None or person is None or len(person.text.split()) < 2:
        return None
    if re.search(PARTIES, f"{mention.key or ''} {mention.text}"):
        return None
    if found.rule == "of-body":
        head = passage.doc[given.start : given.end].root
        words = {token.lower_ for token in passage.doc[found.person.end : given.start]}
        if (
            not words & {"of", "at", "with", "in", "from"}
            or mention.type not in EMPLOYERS
            or mention.kind is not MentionKind.NAME
        ):
            return None
        if not found.person.start <= head.head.i < found.person.end or not head.dep_.startswith("nmod"):
            return None
        if words & {"in", "at", "from"} and (
            EVENT.search(mention.text) or ("in" in words and mention.type == "Organization")
        ):
            return None
    elif mention.type != "Organization":
        return None
    start, end = found.coded.items[found.match.start()].start, found.coded.items[found.match.end() - 1].end
    return Holding(person, "", mention.span, False, found.rule, found.confidence, passage.start, start, end)


def _heading(found: Found, passage: Passage) -> Holding | None:
    """Return the office of somebody who heads a body or works for it: "Jane Roe, who leads the League", "the League, led by Roe"."""
    given, verb, person = found.given(), passage.doc[found.last("verb").start], found.person.mention
    title, by = HEADING.get(verb.lemma_.lower()), found.item("by")
    if title is None or verb.pos_ != "VERB" or given is None or given.mention is None or person is None:
        return None
    before, after = passage.doc[verb.i - 1].lower_, passage.doc[verb.i + 1].lower_
    who = before in {"who", "now", "also", "has", "currently", "that"}
    plainly = verb.tag_ == "VBZ" and verb.lemma_.lower() in CHAIRING and before not in NEGATING
    said = passage.doc[by.start].lower_ == "by" and title != "" if by is not None else who or plainly
    if given.mention.type not in EMPLOYERS | {"LegislativeBody"} or not said:
        return None
    if by is None and title == "":
        inside = after == "in" and given.mention.text.endswith("dministration")
        if not inside and (verb.lemma_.lower() == "serve" or after not in {"for", "at"}):
            return None  # "who works for the League", "who served in the Roe administration"
    elif by is None and after in {"for", "at"}:
        return None  # "who heads for the League"
    over = by is None and verb.tag_ == "VBD" and before != "has"
    start, end = found.coded.items[found.match.start()].start, found.coded.items[found.match.end() - 1].end
    return Holding(person, title, given.mention.span, over, found.rule, found.confidence, passage.start, start, end)


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
    qualifiers = Qualifiers(title=holding.title or None, former=True if holding.former else None)
    status = Status.HYPOTHETICAL if NOT_YET.search(holding.title) else Status.ASSERTED
    return ClaimDraft(holding.person.span, "holdsPost", holding.organization, evidence, qualifiers, status)
