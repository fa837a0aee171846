"""The frozen records that travel between the stages; they hold plain values and import nothing of ours.

Offsets are half-open character offsets into `Document.text`: `text[span.start:span.end]` is the
printed words, always. An entity is named by its *path* below the resource base
("person/jeff-sessions", see `kg.ids`).
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character offsets into a document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the printed words."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Tell whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read. `id` is the file's stem (or the line's id in JSON Lines), `place` where it came from.

    `text` is what was read, unchanged but for line ends; `sha256` is of that text in UTF-8.
    `reprint_of` is the id of another document that printed the text first; only the whole corpus shows it.
    """

    id: str
    text: str
    sha256: str
    place: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: datetime.date | None = None
    url: str | None = None
    reprint_of: str | None = None


class MentionKind(StrEnum):
    """How a mention refers: by name, by description ("the department") or by pronoun."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that refer to an entity.

    `type` is the local name of an ontology class. `found_by` names the component. `key` is the path of
    a reference entity where the finder already knows it (a citation, an unambiguous alias). `hints` are
    what the context says, as sorted pairs: ("level", "County"), ("within", "California"), ("title", "Mayor").
    `antecedent` is the span of the earlier mention that a description or a pronoun stands for.
    """

    span: Span
    text: str
    type: str
    found_by: str
    kind: MentionKind = MentionKind.NAME
    key: str | None = None
    hints: tuple[tuple[str, str], ...] = ()
    antecedent: Span | None = None

    def hint(self, name: str) -> str | None:
        """Return the value of a hint, or None."""
        return next((value for key, value in self.hints if key == name), None)


Argument = Span | str
"""What a claim draft speaks of: the span of a mention, or the path of a reference entity."""


class Status(StrEnum):
    """What the text does with a fact; the values are local names in the ontology."""

    ASSERTED = "Asserted"
    NEGATED = "Negated"
    HYPOTHETICAL = "Hypothetical"


class Precision(StrEnum):
    """How much of a date the text gives; an imprecise date stands at the first day of its period."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """What narrows a claim down. Amounts are US dollars; `bound` is "atLeast", "atMost" or "about".

    In a draft, `program` and `court` are arguments; in a claim, paths.
    """

    title: str | None = None
    former: bool | None = None
    amount: Decimal | None = None
    fiscal_year: int | None = None
    bound: str | None = None
    date: datetime.date | None = None
    date_precision: Precision | None = None
    deadline: datetime.date | None = None
    program: Argument | None = None
    court: Argument | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The place that states a fact: the sentence (printed words and offsets), who says it, and how it was read.

    `rule` is the extraction rule or model ("relations/threatensFundingOf#warn"), `version` its version;
    `confidence` lies between 0 and 1. In a draft, `attributed_to` is an argument; in a claim, a path.
    """

    document: str
    span: Span
    sentence: str
    rule: str
    version: str
    confidence: float
    attributed_to: Argument | None = None


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """A fact between mentions, before anyone decided who is meant."""

    subject: Argument
    relation: str
    object: Argument
    evidence: Evidence
    qualifiers: Qualifiers = Qualifiers()
    status: Status = Status.ASSERTED


@dataclass(frozen=True, slots=True)
class Claim:
    """A fact between entities: paths in place of mentions."""

    subject: str
    relation: str
    object: str
    evidence: Evidence
    qualifiers: Qualifiers = Qualifiers()
    status: Status = Status.ASSERTED


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words quoted directly. `text` has the pieces of one speech act joined by " … "; `span` covers them all.

    `speaker` is None where the text does not name the speaker; `described` then says as whom it describes them.
    In a draft, `speaker` is an argument; after linking, a path.
    """

    document: str
    span: Span
    text: str
    speaker: Argument | None = None
    described: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """What extraction found in one document, before linking."""

    document: Document
    mentions: tuple[Mention, ...]
    claims: tuple[ClaimDraft, ...]
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something: path, class (local name), canonical name, other names, identifiers.

    `identifiers` are pairs of an ontology property's local name and its value: ("fips", "06067").
    `facts` are what the reference data says: ("within", "jurisdiction/us/ca").
    `local` marks an entity that stays in its document because nothing settled its identity.
    """

    id: str
    type: str
    label: str
    alt_labels: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    local: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a mention might mean, with its score between 0 and 1 and the reasons, in words."""

    entity: str
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """The decision who a mention means: an entity's path, or None when it stays unresolved."""

    mention: Mention
    entity: str | None
    score: float
    reasons: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()

    @property
    def decision(self) -> str | None:
        """Return the reason that a person gave who decided this, with name and day, or None."""
        return next((reason for reason in self.reasons if reason.startswith("decided by ")), None)


@dataclass(frozen=True, slots=True)
class LinkedDocument:
    """One document after linking: all that `kg.graph` writes for it. `entities` are those that the rest names."""

    document: Document
    links: tuple[Link, ...]
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """A document that could not be used: where, why (a full sentence), and the kind of error."""

    place: str
    reason: str
    kind: str = field(default="DocumentError")
