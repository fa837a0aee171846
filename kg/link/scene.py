"""The state of linking one document: its mentions, what was decided, the entities met. Every linker writes here alone."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.ids import slug
from kg.link.catalog import Catalog
from kg.link.decisions import Decisions
from kg.link.families import family
from kg.link.names import clean
from kg.records import Candidate, Document, Entity, Extraction, Link, Mention, MentionKind, Span


@dataclass(slots=True)
class Scene:
    """A document on the way to being linked. `links` is keyed by the position of the mention in `mentions`."""

    extraction: Extraction
    catalog: Catalog
    threshold: float
    decisions: Decisions = field(default_factory=Decisions)
    links: dict[int, Link] = field(default_factory=dict)
    made: dict[str, Entity] = field(default_factory=dict)
    forms: dict[str, Counter[str]] = field(default_factory=dict)
    met: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    by_span: dict[Span, list[int]] = field(default_factory=dict)

    @property
    def document(self) -> Document:
        """The document being linked."""
        return self.extraction.document

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Its mentions, in the order that extraction gave."""
        return self.extraction.mentions

    @property
    def local_name(self) -> str:
        """The part of a path that says which document an entity stays in."""
        return slug(self.document.id)

    def of_family(self, kind: str) -> Iterator[tuple[int, Mention]]:
        """Yield the undecided mentions of a family that stand for themselves, with their positions, as printed."""
        found = [
            (i, mention)
            for i, mention in enumerate(self.mentions)
            if family(mention.type) == kind
            and i not in self.links
            and mention.kind is not MentionKind.PRONOUN
            and mention.antecedent is None
        ]
        yield from sorted(found, key=lambda pair: (pair[1].span, pair[0]))

    def decided(self, kind: str) -> Iterator[tuple[Mention, str]]:
        """Yield the mentions of a family whose entity is known."""
        for i in sorted(self.links, key=lambda i: (self.mentions[i].span, i)):
            link = self.links[i]
            if link.entity is not None and family(link.mention.type) == kind:
                yield link.mention, link.entity

    def inside(self, span: Span, kind: str) -> list[tuple[int, str]]:
        """Return the positions and entities of the decided mentions of a family within a span."""
        found = []
        for other, positions in self._positions().items():
            if span.covers(other):
                for i in positions:
                    path = self.links[i].entity if i in self.links else None
                    if path is not None and family(self.mentions[i].type) == kind:
                        found.append((i, path))
        return found

    def paths(self, kind: str) -> set[str]:
        """Return the entities of a family that mentions mean so far."""
        return set(self.met.get(kind, {}))

    def printed(self, kind: str) -> Iterator[tuple[str, str]]:
        """Yield the different forms in which the entities of a family are printed so far, each with its path."""
        for path in sorted(self.met.get(kind, {})):
            yield from ((form, path) for form in sorted(self.met[kind][path]))

    def at(self, span: Span) -> str | None:
        """Return what the mention at exactly this span means."""
        for i in self._positions().get(span, ()):
            if i in self.links and self.links[i].entity is not None:
                return self.links[i].entity
        return None

    def settled(self, span: Span) -> bool:
        """Tell whether the mentions at exactly this span were decided, be it that nobody known is meant."""
        return any(i in self.links for i in self._positions().get(span, ()))

    def mentions_at(self, span: Span) -> list[Mention]:
        """Return the mentions that cover exactly this span."""
        return [self.mentions[i] for i in self._positions().get(span, ())]

    def _positions(self) -> dict[Span, list[int]]:
        if not self.by_span:
            for i, mention in enumerate(self.mentions):
                self.by_span.setdefault(mention.span, []).append(i)
        return self.by_span

    def entity(self, path: str) -> Entity | None:
        """Return the record of a path that the catalog knows or that this document made."""
        return self.catalog.entity(path) or self.made.get(path)

    def make(self, entity: Entity) -> str:
        """Keep a record that this document made; a record that the catalog has goes before it."""
        path = self.catalog.canonical(entity.id)
        if self.catalog.entity(path) is None:
            self.made.setdefault(path, entity)
        return path

    def settle(
        self,
        i: int,
        path: str | None,
        score: float,
        reasons: Iterable[str],
        candidates: tuple[Candidate, ...] = (),
        form: str | None = None,
    ) -> None:
        """Record a decision; below the threshold nobody is meant. `form` is the name where the mention has it wrong."""
        mention = self.mentions[i]
        why = tuple(reasons)
        if path is not None and score < self.threshold:
            why = (*why, f"below the threshold {self.threshold:g}")
            candidates = candidates or (Candidate(path, round(score, 4), why),)
            path = None
        self.links[i] = Link(mention, path, round(score, 4), why, candidates)
        if path is not None:
            printed = form or mention.text
            self.met.setdefault(family(mention.type), {}).setdefault(path, set()).add(clean(printed))
        if path is not None and mention.kind is MentionKind.NAME and mention.antecedent is None:
            self.saw(path, form or mention.text)

    def saw(self, path: str, form: str) -> None:
        """Count a printed form of an entity."""
        self.forms.setdefault(path, Counter())[clean(form)] += 1
