"""Who holds which office where: claims `holdsPost` from titles beside names, and persons' offices for other readers.

What enters are coded sentences (see `kg.extract.codes`); what leaves are claim drafts with the title as printed and
`former` where the words say so. The reference tables say whom a title serves when the words around it do not.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from kg.extract.codes import Coded, Item
from kg.extract.office_patterns import PATTERNS, PEOPLE
from kg.extract.passages import MentionIndex, Passage
from kg.extract.served import Scene, Served
from kg.extract.staff import LOOSE, employer
from kg.extract.titles import TitleMatch
from kg.records import Argument, ClaimDraft, Evidence, Mention, MentionKind, Qualifiers, Status
from kg.reference import Reference

VERSION = "3"
PAST = {"was", "were"}
SERVING = {"serve", "act", "work", "continue", "retire", "resign", "take", "over", "down", "office", "stint", "tenure"}
"""What the words before "as" come down to, where somebody serves, takes over or steps down as the holder of an office."""
SEEKING = {"run", "ran", "running", "bid", "campaign", "race", "nominee", "nomination", "nominate", "candidate", "candidacy", "pick", "choice", "compete",
           "contender", "hopeful", "vie", "stand", "consider", "pull", "opponent", "election", "challenger", "aspirant", "replacement", "appoint", "tap"}  # fmt: skip
"""Before "for" or "as" and a title: the office is sought or offered, not held."""
AWAITED = {"would-be", "aspiring", "potential", "prospective", "presumptive", "future", "next", "possible", "hypothetical", "eventual"}  # fmt: skip
CLAUSAL = {"ROOT", "conj", "ccomp", "advcl", "parataxis", "acl:relcl", "relcl"}
HEADING = {
    "head": "head",
    "lead": "leader",
    "run": "head",
    "direct": "director",
    "chair": "chair",
    "co-chair": "co-chair",
    "found": "founder",
}
"""What somebody is who heads, leads or runs a body."""
UNITS = {"subcommittee", "subpanel", "chapter"}
NAME_FIRST = {"after-name", "after-name-second", "being", "serving"}
EVENT = re.compile(r"Conference|Summit|Convention|Forum|Festival|Rally|Debate")
EMPLOYERS = {"Organization", "Agency", "LawEnforcementAgency"}
PARTIES = r"(?i)-party\b|\bparty\b|republican|democrat|\bgop\b"
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
        self._served = Served(reference)

    def read(
        self, coded: Coded, passage: Passage, index: MentionIndex, published: date | None,
        names: Sequence[Mention] = (), given_before: Sequence[Holding] = (),
    ) -> Iterator[Holding]:  # fmt: skip
        """Yield the offices of one sentence; of several readings for one person and title, the first.

        `names` are the mentions by name of the whole article, `given_before` the offices that its sentences have given.
        """
        scene = Scene(index, names, published)
        seen: set[tuple[int, bool]] = set()
        open_ones: dict[tuple[int, bool], Holding] = {}
        for name, pattern, confidence in PATTERNS:
            for match in pattern.finditer(coded.text):
                person = coded.item(match, "p")
                if person is None or person.mention is None:
                    continue
                key = (person.start, name.endswith("second"))
                if key in seen:
                    continue
                found = _Found(name, confidence, match, coded, person)
                holding = self._holding(found, passage, scene, given_before)
                if holding is None:
                    continue
                if holding.organization is None:
                    open_ones.setdefault(key, holding)  # another pattern may know whom it serves
                    continue
                seen.add(key)
                yield holding
        yield from (holding for key, holding in open_ones.items() if key not in seen)
        yield from self._shared(coded, passage, scene, seen)

    def _holding(
        self, found: "_Found", passage: Passage, scene: Scene, given_before: Sequence[Holding] = ()
    ) -> Holding | None:
        person, title, given = found.person, found.item("t"), found.given()
        assert person.mention is not None
        if found.rule == "heading":
            return _heading(found, passage)
        if title is None or title.title is None:
            return _employed(found, passage)
        last = found.last("t")
        if last is not title and last.title is not None and not _alike(title, last, passage):
            title, given = last, None  # "… energy secretary and Rep. Jane Roe": two people's
        assert title.title is not None
        if given is not None and found.has("comma") and not _located(given):
            known = self._served.holders.serves(title.title, person.mention, scene.published)
            if known or not _opens(given, title.title, passage.doc):
                given = None  # "In Chicago, Attorney General Roe": the place says where, not whose
        if not _says_so(found, title, given, passage):
            return None
        former, acting = _marks(found, passage, given)
        if found.rule == "staff":
            chief = found.item("chief")
            assert chief is not None and chief.mention is not None
            organisation = employer(title.title, chief.mention, given_before, self._served.holders, scene.published)
            own = "senior" in passage.doc[title.start : last.end].text.lower() and not former
            if organisation is None or (title.title.office.title in LOOSE and not own):
                return None  # campaigns and friends have advisers too
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

    def _of_past_president(self, doc: Doc, start: int, published: date | None) -> bool:
        """Tell whether a past president or his administration stands before a title: "the Obama attorney general"."""
        before = [
            token
            for token in doc[max(0, start - 3) : start]
            if token.text not in {"administration", "'s", "’s", "-", "era"}
        ]
        return bool(before) and self._served.holders.past_president(before[-1].text, published)

    def _shared(self, coded: Coded, passage: Passage, scene: Scene, seen: Set[tuple[int, bool]]) -> Iterator[Holding]:
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
                if person.mention is None or (person.start, False) in seen:
                    continue
                served = self._served.organisation("before-name", title.title, given, None, person.mention, scene)
                former = match["f"] == "F" or self._served.holders.ended(
                    title.title, person.mention, served, given.mention if given else None, scene.published
                )
                yield Holding(
                    person.mention, title.title.office.title, served, former, "people", 0.9, passage.start,
                    title.start, person.end,
                )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    """A pattern that fits somewhere in a sentence."""

    rule: str
    confidence: float
    match: re.Match[str]
    coded: Coded
    person: Item

    def item(self, group: str) -> Item | None:
        return self.coded.item(self.match, group) if group in self.match.re.groupindex else None

    def last(self, group: str) -> Item:
        return self.coded.items[self.match.end(group) - 1]

    def given(self) -> Item | None:
        """Return the body or place that the words give an office; the last one named stands."""
        return next((item for group in ("org4", "org3", "org2", "org") if (item := self.item(group)) is not None), None)

    def behind(self, passage: Passage) -> Item | None:
        """Return the body or place behind the name ("Judge Jane Roe of Ohio"), not one that somebody is sent to."""
        item = self.item("at")
        words = passage.doc[self.person.end : item.start] if item is not None else ()
        return None if any(token.lower_ in {"to", "on", "with"} for token in words) else item

    def has(self, group: str) -> bool:
        return bool(group in self.match.re.groupindex and self.match[group])


def _says_so(found: _Found, title: Item, given: Item | None, passage: Passage) -> bool:
    """Tell whether the words that a pattern fits do say that the person holds the office."""
    doc, codes, end = passage.doc, found.coded.text, found.match.end()
    verb, have = found.item("be"), found.item("have")
    if have is not None and doc[have.start].lower_ not in {"has", "have", "had", "having"}:
        return False
    if have is not None and any(
        token.lower_ in {"if", "had"} for token in doc[max(0, found.person.start - 2) : found.person.start]
    ):
        return False  # "had Roe been mayor", "if Roe had been mayor"
    if verb is not None and not PREDICATE.isdisjoint(token.lower_ for token in doc[verb.start : title.start]):
        return False
    if found.rule == "serving" and not _serves(found, passage):
        return False
    if given is not None and given.start > title.start and _begins_name(given, found.coded, passage):
        return False
    if given is not None and given.code == "L" and given.start - title.end > 4:
        return False  # "head of the Lawyers for Oregon"
    if found.rule in NAME_FIRST and codes[end : end + 1] == "P" and found.item("org2") is None:
        return False  # "Tom Vale, Mayor Jane Roe and others": the title is the next one's
    if verb is not None and any(token.pos_ == "VERB" for token in doc[verb.end : title.start]):
        return False
    if found.rule == "then-name" and doc[title.start - 1 if not found.has("f") else title.start - 2].lower_ in {
        "a",
        "an",
    }:
        return False  # "they want an interim mayor, Roe said"
    if given is not None and any(token.lower_ in UNITS for token in doc[given.end : given.end + 5]):
        return False  # "chairman of the Energy Committee's power subcommittee" is not the committee's
    if found.rule == "after-name":
        between = doc[found.person.end : title.start]
        if any(token.pos_ == "VERB" and token.dep_ in CLAUSAL for token in between) or _new_subject(title, doc):
            return False
    return found.rule == "before-name" or not _not_held(doc, title, given)


def _marks(found: _Found, passage: Passage, given: Item | None) -> tuple[bool, bool]:
    """Tell whether the words say "former" and whether they say "acting"."""
    marks = [found.match[group] for group in ("f", "f2") if found.has(group)]
    verb = found.item("be")
    past = verb is not None and passage.doc[verb.start].lower_ in PAST and given is None
    served = found.rule == "serving" and not found.has("be")
    return "F" in marks or past or (served and _is_over(found, passage)), "C" in marks


def _serves(found: _Found, passage: Passage) -> bool:
    """Tell whether the words before "as" are a verb of holding an office."""
    item = found.last("verb")
    return passage.doc[item.start].lemma_.lower() in SERVING and passage.doc[item.end].lower_ == "as"


def _is_over(found: _Found, passage: Passage) -> bool:
    verb = passage.doc[found.last("verb").start]
    auxiliary = {child.lower_ for child in verb.children if child.dep_.startswith("aux")}
    return verb.tag_ in {"VBD", "VBN"} and not auxiliary & {"has", "have", "is", "'s", "’s"} and verb.lemma_ != "take"


def _not_held(doc: Doc, title: Item, given: Item | None) -> bool:
    """Tell whether an office is only sought, offered or awaited: "ran for mayor", "the pick for secretary", "to be judge"."""
    i = min(title.start, given.start if given is not None else title.start) - 1
    while i >= 0 and (doc[i].pos_ in {"DET", "ADJ", "PART"} and doc[i].lower_ != "to") and doc[i].lower_ not in AWAITED:
        i -= 1
    if i < 0:
        return False
    if doc[i].lower_ in AWAITED:
        return True
    before = doc[max(0, i - 3) : i]
    if doc[i].lower_ in {"for", "as"}:
        return any({token.lemma_.lower(), token.lower_} & SEEKING for token in before)
    return (
        doc[i].lower_ in {"be", "become"} and i > 0 and doc[i - 1].lower_ in {"to", "would", "will", "could", "might"}
    )


def _new_subject(title: Item, doc: Doc) -> bool:
    """Tell whether a title behind a name begins a clause of its own: "According to Roe, the former mayor has left"."""
    head = doc[title.start : title.end].root
    closed = any(token.text in {",", ")", "—", "–"} for token in doc[title.end : head.head.i])
    return head.dep_ in {"nsubj", "nsubj:pass", "nsubjpass"} and not closed


def _alike(first: Item, last: Item, passage: Passage) -> bool:
    """Tell whether two titles joined by "and" may be one person's: "president and CEO", not "secretary and Rep."."""
    one, other = passage.doc[first.start].text, passage.doc[last.start].text
    public = last.title is not None and last.title.office.level in {"LegislativeBody", "State", "Municipality"}
    return not other.endswith(".") and (one[:1].isupper() == other[:1].isupper() or other.isupper()) and not public


def _employed(found: _Found, passage: Passage) -> Holding | None:
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
            not words & {"of", "at", "with", "in"}
            or mention.type not in EMPLOYERS
            or mention.kind is not MentionKind.NAME
        ):
            return None
        if not found.person.start <= head.head.i < found.person.end or not head.dep_.startswith("nmod"):
            return None
        if words & {"in", "at"} and (EVENT.search(mention.text) or ("in" in words and mention.type == "Organization")):
            return None
    elif mention.type != "Organization":
        return None
    start, end = found.coded.items[found.match.start()].start, found.coded.items[found.match.end() - 1].end
    return Holding(person, "", mention.span, False, found.rule, found.confidence, passage.start, start, end)


def _heading(found: _Found, passage: Passage) -> Holding | None:
    """Return the office of somebody who heads a body: "Jane Roe, who leads the League"."""
    given, verb, person = found.given(), passage.doc[found.last("verb").start], found.person.mention
    title = HEADING.get(verb.lemma_.lower())
    if title is None or verb.pos_ != "VERB" or given is None or given.mention is None or person is None:
        return None
    before = passage.doc[verb.i - 1].lower_
    if given.mention.type not in EMPLOYERS or before not in {"who", "now", "also", "has", "currently", "that"}:
        return None
    over = verb.tag_ == "VBD" and before != "has"
    start, end = found.coded.items[found.match.start()].start, found.coded.items[found.match.end() - 1].end
    return Holding(person, title, given.mention.span, over, found.rule, found.confidence, passage.start, start, end)


def _located(item: Item) -> bool:
    """Tell whether a place carries its state, so that a comma may follow it: "Washington, D.C., Mayor"."""
    return item.mention is not None and item.mention.hint("within") is not None


def _opens(place: Item, title: TitleMatch, doc: Doc) -> bool:
    """Tell whether a state opens the sentence of its own official: "In Ohio, Gov. Jane Roe"."""
    behind = place.start > 0 and doc[place.start - 1].lower_ == "in"
    stately = place.mention is not None and place.mention.hint("level") in {"State", None}
    return behind and stately and any(office.level == "State" for office in title.offices)


def _begins_name(place: Item, coded: Coded, passage: Passage) -> bool:
    """Tell whether a place only begins a name that we do not know: "chief executive of the San Francisco Giants"."""
    number = coded.items.index(place) + 1
    if place.code != "L" or number >= len(coded.items):
        return False
    following = coded.items[number]
    if following.code == "s" and number + 1 < len(coded.items):
        following = coded.items[number + 1]
    word = passage.doc[following.start]
    return following.code == "m" and word.text[:1].isupper() and word.pos_ == "PROPN"


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
