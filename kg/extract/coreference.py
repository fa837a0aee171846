"""Who a description or a pronoun stands for: "the department", "the mayor", "the order", "he", "it".

What enters are the passages, the mentions by name in the order of the text and the offices read; what leaves are
further mentions (NOMINAL, PRONOUN) with the span of their antecedent. What stays ambiguous gets no mention: an
unresolved reader is better than a wrong one. The descriptions are data (nominals.yaml).
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from kg.errors import ConfigurationError
from kg.extract.laws import BARE
from kg.extract.offices import Holding
from kg.extract.passages import Passage
from kg.extract.pronouns import PronounReader
from kg.records import Mention, MentionKind, Quotation, Span
from kg.reference import Reference

FOUND_BY = "coreference"
NEAREST_WEIGHT = 2
"""How many mentions more an entity must have, to be meant rather than the one named last."""
HOME = 3
"""How often an article names the state that it is about, at least."""
BESIDE, OWNING = 90, 40
"""Within how many characters a law is the one just spoken of, and behind its owner a law's noun stands."""
FEDERAL = re.compile(r"law/us/(?![a-z]{2}/)")
"""The keys of acts that Congress passed long ago, of which nobody says "the bill"."""
NOMINALS = Path(__file__).with_name("nominals.yaml")
SUBTYPES = {
    "Agency": {"Agency", "LegislativeBody", "LawEnforcementAgency"},
    "Statute": {"Statute", "Law", "Bill", "Ordinance"},
    "Bill": {"Bill", "Statute", "Ordinance"},
    "Plan": {"Bill", "Law"},
    "Rule": {"Law", "ExecutiveOrder", "Statute"},
    "Program": {"FundingProgram", "Law"},
}
UNNAMED_KINDS = {"Bill", "Plan"}
UNNAMED = re.compile(
    r"(?<!\bis )(?<!\bwas )(?<!\bas )(?<!\bit )(?<!\bbe )\b(?:an?|another|one|rival|competing|second|separate|narrower|broader) (?:[\w-]+ ){0,3}?"
    r"(?:bill|proposal|plan|measure|legislation|amendment|compromise|deal|framework|agreement)\b(?! (?:known|called|dubbed))"
)
"""Brings in a bill without a name, which "the proposal" behind it means rather than one named before."""
LAW_KINDS = {"Statute", "Bill", "Plan", "Rule", "Program", "ExecutiveOrder"}
NEAR_KINDS = {"Plan", "Rule", "Program"}
"""Descriptions that speak of much besides laws; they mean one that was named within RECENT characters."""
RECENT = 1500
SHORTHANDS = {
    "<new>": "(?:(?:new|proposed|bipartisan|sweeping|controversial|strict|tough|contentious|final|original|revised|contested|ambitious|long-awaited) )?",
    "<alone>": r"(?! (?:to|for|of|that would|by|from|against)\b)",
}
KEYS = {"words", "type", "label", "level", "title", "organization", "make", "stated", "administration", "or"}


@dataclass(frozen=True, slots=True)
class Nominal:
    """A description and where its antecedent is looked for (see nominals.yaml)."""

    words: re.Pattern[str]
    type: str
    label: re.Pattern[str] | None
    level: str | None
    title: str | None
    organization: str | None
    make: str | None
    stated: bool
    administration: bool
    other: str | None


def read_nominals(path: Path = NOMINALS) -> tuple[Nominal, ...]:
    """Read the table of descriptions.

    Raises ConfigurationError naming file, entry and what is allowed.
    """
    found = []
    for number, row in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1):
        unknown = set(row) - KEYS
        if unknown or "words" not in row or "type" not in row:
            raise ConfigurationError(
                "this entry is wrong",
                place=f"{path}, entry {number}",
                value=str(sorted(unknown) or row),
                hint=f"Allowed are {', '.join(sorted(KEYS))}",
            )
        words = row["words"]
        for shorthand, meant in SHORTHANDS.items():
            words = words.replace(shorthand, meant)
        found.append(
            Nominal(
                re.compile(rf"\b(?:{words})\b(?![-\w])", re.IGNORECASE), row["type"],
                re.compile(row["label"], re.IGNORECASE) if "label" in row else None,
                row.get("level"), row.get("title"), row.get("organization"), row.get("make"), bool(row.get("stated")), bool(row.get("administration")), row.get("or"),
            )
        )  # fmt: skip
    return tuple(found)


class Coreference:
    """Resolves descriptions and pronouns within one document."""

    def __init__(self, reference: Reference):
        self._reference = reference
        self._nominals = read_nominals()

    def find(
        self,
        passages: Sequence[Passage],
        mentions: Sequence[Mention],
        holdings: Sequence[Holding],
        quotations: Sequence[Quotation],
        published: date | None,
    ) -> Iterator[Mention]:
        """Yield the resolved descriptions and pronouns, in the order of the text."""
        context = _Context(self._reference, sorted(mentions, key=lambda m: m.span), holdings, _introduced(passages))
        pronouns = PronounReader(passages, mentions, quotations, self._reference)
        for passage in passages:
            described = list(self._nominals_in(passage, context, published))
            yield from sorted([*described, *pronouns.read(passage, described)], key=lambda m: m.span)

    def _nominals_in(self, passage: Passage, context: "_Context", published: date | None) -> Iterator[Mention]:
        text = passage.text
        taken: list[Span] = []
        for nominal in self._nominals:
            for match in nominal.words.finditer(text):
                span = Span(passage.start + match.start(), passage.start + match.end())
                if (
                    context.covered(span)
                    or any(span.overlaps(other) for other in taken)
                    or _followed_by_name(text, match.end())
                    or (nominal.type in LAW_KINDS and _begins_compound(passage, span))
                ):
                    continue
                mention = self._resolve(nominal, span, match[0], context, published)
                if mention is not None:
                    taken.append(span)
                    yield mention

    def _resolve(
        self, nominal: Nominal, span: Span, text: str, context: "_Context", published: date | None
    ) -> Mention | None:
        if nominal.make:
            alone = (("stated", "only"),) if nominal.stated and not context.names(nominal.make) else ()
            return Mention(span, text, nominal.type, FOUND_BY, MentionKind.NOMINAL, key=nominal.make, hints=alone)
        if nominal.administration:
            antecedent = self._administration(nominal, span, context, published)
        else:
            antecedent = context.titled(nominal.title, span) if nominal.title else context.last(nominal, span)
        if antecedent is None and nominal.other:
            antecedent = context.last_of_type(nominal.other, span)
        if antecedent is not None:
            return Mention(span, text, antecedent.type, FOUND_BY, MentionKind.NOMINAL, antecedent=antecedent.span)
        if nominal.administration:
            surname = self._president(published)
            if surname is None:
                return None
            return Mention(span, text, "Agency", FOUND_BY, MentionKind.NOMINAL, hints=(("administration", surname),))
        if nominal.title and nominal.organization and published:
            hints = (("organization", nominal.organization), ("title", nominal.title))
            return Mention(span, text, nominal.type, FOUND_BY, MentionKind.NOMINAL, hints=hints)
        return None

    def _administration(
        self, nominal: Nominal, span: Span, context: "_Context", published: date | None
    ) -> Mention | None:
        """Return the sitting president's administration as the article names it; an earlier one only where nobody sits."""
        president = self._president(published)
        return context.sitting_administration(president, span) if president else context.last(nominal, span)

    def _president(self, published: date | None) -> str | None:
        person = self._reference.holder_at("President", "jurisdiction/us", published) if published else None
        entry = self._reference.entries.get(person) if person else None
        return entry.label.split()[-1] if entry else None


class _Context:
    """The mentions by name of a document, to look back in."""

    def __init__(
        self, reference: Reference, mentions: Sequence[Mention], holdings: Sequence[Holding], unnamed: Sequence[Span]
    ):
        self._reference = reference
        self._states = {state.postal.lower(): state.label for state in reference.states}
        self._mentions = mentions
        self._starts = [mention.span.start for mention in mentions]
        self._unnamed = [span for span in unnamed if not self.covered(span)]
        self._home = self._state_spoken_of(reference)
        self._titles: list[tuple[str, Mention]] = [(holding.title.lower(), holding.person) for holding in holdings]

    def names(self, path: str) -> bool:
        """Tell whether the article names an entity of the tables."""
        return any(mention.key == path for mention in self._mentions)

    def covered(self, span: Span) -> bool:
        i = bisect_left(self._starts, span.start)
        return any(mention.span.overlaps(span) for mention in self._mentions[max(0, i - 1) : i + 2])

    def before(self, span: Span, reach: int = 4000) -> Iterator[Mention]:
        """Yield the mentions before a span, nearest first, as far back as `reach` characters."""
        for i in range(bisect_left(self._starts, span.start) - 1, -1, -1):
            if span.start - self._mentions[i].span.start > reach:
                return
            yield self._mentions[i]

    def last_of_type(self, kind: str, span: Span) -> Mention | None:
        allowed = SUBTYPES.get(kind, {kind})
        return next((mention for mention in self.before(span) if mention.type in allowed), None)

    def sitting_administration(self, president: str | None, span: Span) -> Mention | None:
        """Return the mention of the sitting president's administration nearest before a span, else the first after it."""
        found = [
            m for m in self._mentions if president and (m.hint("administration") or "").split()[-1:] == [president]
        ]
        before = [mention for mention in found if mention.span.start < span.start]
        return before[-1] if before else next(iter(found), None)

    def judges(self) -> list[Mention]:
        """Return the people of the article whom a title calls judge, each once."""
        return list({person.text.split()[-1]: person for words, person in self._titles if "judge" in words}.values())

    def last(self, nominal: Nominal, span: Span) -> Mention | None:
        """Return the mention before a span that a description means: the nearest, unless another is named far more often."""
        reach = RECENT if nominal.type in NEAR_KINDS else 4000
        fitting = self._told_in_full([mention for mention in self.before(span, reach) if self._fits(mention, nominal)])
        if not fitting:
            return self._only_bill_behind(span) if nominal.type == "Bill" else None
        if nominal.type in UNNAMED_KINDS and any(
            fitting[0].span.end < unnamed.start < span.start for unnamed in self._unnamed
        ):
            return None
        if nominal.type in {"Statute", "Bill"}:
            fitting = self._at_home(fitting, span)
        names = [mention.key or _told_as(mention) or mention.text for mention in fitting]
        weight = Counter(names)
        weight[names[0]] += NEAREST_WEIGHT
        best = max(dict.fromkeys(names), key=lambda name: weight[name])
        return fitting[names.index(best)]

    def _only_bill_behind(self, span: Span) -> Mention | None:
        """Return the only bill of an article that speaks of "the bill" first and names it soon after."""
        bills = [m for m in self._mentions if m.type == "Bill"]
        one = len({m.key or m.hint("bill") or m.hint("sponsor") or m.text for m in bills}) == 1
        return bills[0] if one and 0 < bills[0].span.start - span.end < RECENT else None

    def _told_in_full(self, found: list[Mention]) -> list[Mention]:
        """Put the law that the article tells in full for one of which it says only whose it is: "the Texas law"."""
        full = {place: m for m in reversed(found) if m.hint("law") not in BARE and (place := self._place_of_law(m))}
        told = [full.get(self._place_of_law(m) or "") if m.hint("law") in BARE else m for m in found]
        return [mention for mention in told if mention is not None]

    def _at_home(self, laws: list[Mention], span: Span) -> list[Mention]:
        """Leave out the laws of other states, to which an article only compares the one of the state that it is about."""
        strange = {place for law in laws if (place := self._place_of_law(law))} - {self._home}
        beside = self._place_of_law(laws[0]) in strange and span.start - laws[0].span.end < BESIDE
        if self._home is None or beside:
            return laws
        return [law for law in laws if self._place_of_law(law) == self._home] or laws

    def _place_of_law(self, law: Mention) -> str | None:
        postal = re.match(r"law/us/([a-z]{2})/", law.key or "")
        numbered = self._home if law.hint("bill") and not law.key else None
        return law.hint("place") or (self._states.get(postal[1]) if postal else numbered)

    def _state_spoken_of(self, reference: Reference) -> str | None:
        """Return the state that the article names far more often than any other, but as the owner of a law."""
        laws = [mention.span.start for mention in self._mentions if mention.hint("law")]
        labels = {state.label for state in reference.states}
        named = Counter(
            mention.text
            for mention in self._mentions
            if mention.text in labels and not any(0 < start - mention.span.end < OWNING for start in laws)
        ).most_common(2)
        if not named or named[0][1] < HOME or (len(named) > 1 and named[0][1] < 2 * named[1][1]):
            return None
        return named[0][0]

    def _fits(self, mention: Mention, nominal: Nominal) -> bool:
        if mention.type not in SUBTYPES.get(nominal.type, {nominal.type}):
            return False
        if nominal.level and mention.hint("level") not in {nominal.level, None}:
            return False
        if nominal.level == "State" and mention.hint("level") is None:
            return False
        if nominal.type == "Bill" and mention.type == "Statute" and FEDERAL.match(mention.key or ""):
            return False
        if nominal.label is None or (nominal.type == "Program" and mention.type == "FundingProgram"):
            return True
        if nominal.type == "Plan" and mention.type == "Bill":
            return mention.hint("bill") is None
        entry = self._reference.entries.get(mention.key) if mention.key else None
        names = [mention.text, entry.label if entry else ""]
        if entry and nominal.type in NEAR_KINDS:
            names += entry.aliases
        return any(nominal.label.search(name) for name in names)

    def titled(self, title: str | None, span: Span) -> Mention | None:
        """Return the person last named before a span who holds an office of that title anywhere in the article."""
        wanted = (title or "").lower()
        holders = {
            person.text.split()[-1]: person for words, person in self._titles if wanted in words or words in wanted
        }
        if not holders:
            return None
        for mention in self.before(span, reach=10**6):
            if mention.type == "Person" and mention.text.split()[-1] in holders:
                return mention
        people = {person.text.split()[-1] for person in holders.values()}
        return next(iter(holders.values())) if len(people) == 1 else None


def _told_as(law: Mention) -> str | None:
    """Return by whose it is and what about a law is told, which "law" alone does not say."""
    return f"{law.hint('place')} {law.hint('law')}" if law.hint("law") else None


def _introduced(passages: Sequence[Passage]) -> list[Span]:
    """Return where a document brings in bills and plans that have no name: "a bipartisan bill", "another proposal"."""
    return [
        Span(passage.start + match.start(), passage.start + match.end())
        for passage in passages
        for match in UNNAMED.finditer(passage.text)
    ]


def _begins_compound(passage: Passage, span: Span) -> bool:
    """Tell whether a description only begins a longer noun: "the bill sponsors", "the program manager"."""
    tokens = passage.tokens(span) if passage.parsed else None
    return tokens is not None and len(tokens) > 0 and tokens[-1].dep_ == "compound"


def _followed_by_name(text: str, end: int) -> bool:
    """Tell whether a capitalised word follows at once: "the president Donald…", "the city Council" are no descriptions."""
    return bool(re.match(r" (?!I\b)[A-Z][a-z]", text[end:]))
