"""What the page needs of the ontology: how each class looks and is called, how each relation reads.

The ontology goes in, a `Vocabulary` leaves. Must not know a single class or relation by name.
"""

from dataclasses import dataclass

from kg.ontology import ROOT, Ontology


@dataclass(frozen=True, slots=True)
class KindStyle:
    """An entity type: local name, label, plural, colour (#RRGGBB), shape (vis-network's names), parent or None."""

    name: str
    label: str
    plural: str
    colour: str
    shape: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class RelationStyle:
    """A relation: local name, label ("sued"), inverse label ("was sued by")."""

    name: str
    label: str
    inverse: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Entity types and relations by local name."""

    kinds: dict[str, KindStyle]
    relations: dict[str, RelationStyle]

    def depth(self, name: str) -> int:
        """Return how many superclasses a class has below the ontology's root."""
        parent = self.kinds[name].parent
        return 0 if parent is None else 1 + self.depth(parent)

    def root(self, name: str) -> str:
        """Return the topmost class above one: what the legend shows."""
        parent = self.kinds[name].parent
        return name if parent is None else self.root(parent)


def vocabulary_of(ontology: Ontology) -> Vocabulary:
    """Take the entity types and the relations out of the ontology."""
    kinds = {}
    for name in ontology.entity_types():
        found = ontology.classes[name]
        parent = None if found.parent == ROOT else found.parent
        kinds[name] = KindStyle(name, found.label, found.plural, found.colour or "", found.shape or "", parent)
    relations = {
        name: RelationStyle(name, relation.label, relation.inverse_label)
        for name, relation in ontology.relations.items()
    }
    return Vocabulary(kinds, relations)
