"""What a build did: counts, failures, rejections, versions, timings; `report.json` is made of it.

In go linked documents and failures, out comes plain JSON. All of it but `timings` is the same for the same input.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from kg import __version__
from kg.records import LinkedDocument, ReadFailure

PACKAGES = ("spacy", "pyoxigraph", "pyshacl", "rdflib", "networkx")


@dataclass(frozen=True, slots=True)
class RejectionNote:
    """What validation took out of a document: the kind of thing, the thing in words, and why."""

    document: str
    kind: str
    what: str
    reason: str


@dataclass(slots=True)
class Counts:
    """Sums over documents; entities and claims count once, however many documents name them."""

    documents: int = 0
    words: int = 0
    characters: int = 0
    mentions: int = 0
    unresolved: int = 0
    evidence: int = 0
    quotations: int = 0
    entities: dict[str, str] = field(default_factory=dict)
    claims: dict[str, tuple[str, str]] = field(default_factory=dict)
    rules: set[tuple[str, str]] = field(default_factory=set)

    def add(self, linked: LinkedDocument, claims: Mapping[str, tuple[str, str]]) -> None:
        """Count a document. `claims` gives relation and status of its claims by their path."""
        self.documents += 1
        self.words += len(linked.document.text.split())
        self.characters += len(linked.document.text)
        self.mentions += len(linked.links)
        self.unresolved += sum(link.entity is None for link in linked.links)
        self.evidence += len(linked.claims)
        self.quotations += len(linked.quotations)
        self.entities.update((entity.id, entity.type) for entity in linked.entities)
        self.claims.update(claims)
        self.rules.update((claim.evidence.rule, claim.evidence.version) for claim in linked.claims)

    def as_json(self) -> dict[str, Any]:
        """Return the sums, entities by class, claims by relation and status, sorted."""
        claims: dict[str, dict[str, int]] = {}
        for relation, status in sorted(self.claims.values()):
            by_status = claims.setdefault(relation, {})
            by_status[status] = by_status.get(status, 0) + 1
        return {
            "documents": self.documents,
            "words": self.words,
            "characters": self.characters,
            "mentions": self.mentions,
            "mentions_unresolved": self.unresolved,
            "entities": dict(sorted(Counter(self.entities.values()).items())),
            "claims": claims,
            "evidence": self.evidence,
            "quotations": self.quotations,
        }


@dataclass(slots=True)
class BuildReport:
    """The report of a build. `read` counts all documents that were found, those that failed too."""

    read: int = 0
    failures: list[ReadFailure] = field(default_factory=list)
    rejections: list[RejectionNote] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    triples: int = 0
    quads: int = 0
    model: str = ""
    timings: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return what `report.json` holds."""
        failures = sorted(self.failures, key=lambda failure: (failure.place, failure.reason))
        rejections = sorted(self.rejections, key=lambda note: (note.document, note.kind, note.what, note.reason))
        return {
            "documents": {"read": self.read, "built": self.counts.documents, "failed": len(failures)},
            "failures": [{"place": f.place, "kind": f.kind, "reason": f.reason} for f in failures],
            "rejections": [
                {"document": n.document, "kind": n.kind, "what": n.what, "reason": n.reason} for n in rejections
            ],
            "counts": self.counts.as_json() | {"triples": self.triples, "quads": self.quads},
            "versions": self._versions(),
            "timings": {stage: round(seconds, 3) for stage, seconds in self.timings.items()},
        }

    def _versions(self) -> dict[str, Any]:
        packages = {name: _version(name) for name in PACKAGES}
        rules = dict(sorted(self.counts.rules))
        return {"policy-kg": __version__, "model": self.model, **packages, "rules": rules}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
