"""Readers of `ontology/`: the classes and relations of `core.ttl`, the saved questions of `queries/*.rq`.

In go the files, out come frozen records of plain values that name everything by its local name ("Person",
"holdsPost"). A mistake in a file is a ConfigurationError that names the file and the value. Nothing is loaded at
import, and no graph is kept: RDF stays inside this module.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.errors import ConfigurationError
from kg.ids import ONTOLOGY_BASE
from kg.saved_queries import SavedQuery, read_queries

__all__ = [
    "CORE",
    "ROOT",
    "SHAPES",
    "Alignment",
    "Ontology",
    "OntologyClass",
    "Property",
    "Relation",
    "SavedQuery",
    "read_ontology",
    "read_queries",
]

CORE = "core.ttl"
SHAPES = "shapes.ttl"
ROOT = "Entity"
"""The class above all entity types."""

POL = rdflib.Namespace(ONTOLOGY_BASE)
SHAPE_NAMES = frozenset({"dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon", "database"})
"""The names that vis-network gives to the shapes that the explorer can draw; "database" is a cylinder."""
COLOUR = re.compile(r"#[0-9A-F]{6}")

Alignment = tuple[str, str]
"""How a term stands to one elsewhere: ("subClassOf" | "subPropertyOf" | "closeMatch", IRI)."""


@dataclass(frozen=True, slots=True)
class OntologyClass:
    """A class. `parent` is a class of ours or None; `colour` (#RRGGBB) and `shape` are inherited where not given.

    `external` are the IRIs of the superclasses elsewhere, its parents' not included, sorted. `spacy_labels` are
    the named-entity labels under which its members appear; inherited too.
    """

    name: str
    label: str
    plural: str
    comment: str
    parent: str | None
    colour: str | None
    shape: str | None
    external: tuple[str, ...] = ()
    spacy_labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """A property that is no relation: a qualifier, an identifier, or one of evidence. `range` is a local or XSD name."""

    name: str
    label: str
    comment: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    kind: str = ""
    alignment: tuple[Alignment, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between entities. `domain` and `range` are class names, in the file's order.

    `inverse` names the inverse property, `inverse_label` is how it reads; `qualifiers` are those that claims with it
    are expected to carry, sorted.
    """

    name: str
    label: str
    inverse: str
    inverse_label: str
    comment: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    qualifiers: tuple[str, ...] = ()
    alignment: tuple[Alignment, ...] = ()
    inverse_alignment: tuple[Alignment, ...] = ()


@dataclass(frozen=True, slots=True)
class Ontology:
    """All that `core.ttl` declares, by local name, each mapping sorted by name."""

    iri: str
    title: str
    description: str
    version: str
    licence: str
    classes: Mapping[str, OntologyClass]
    relations: Mapping[str, Relation]
    properties: Mapping[str, Property]

    def ancestors(self, name: str) -> tuple[str, ...]:
        """Return the classes above a class, nearest first, up to the root.

        Raises KeyError for a class that the ontology lacks.
        """
        found: list[str] = []
        parent = self.classes[name].parent
        while parent is not None:
            found.append(parent)
            parent = self.classes[parent].parent
        return tuple(found)

    def is_a(self, name: str, ancestor: str) -> bool:
        """Tell whether a class is the other or lies below it; False for a class that the ontology lacks."""
        return name in self.classes and (name == ancestor or ancestor in self.ancestors(name))

    def entity_types(self) -> tuple[str, ...]:
        """Return the names of the classes below the root, sorted: the types that an entity can have."""
        return tuple(name for name in self.classes if name != ROOT and self.is_a(name, ROOT))

    def allows(self, relation: str, subject_type: str, object_type: str) -> bool:
        """Tell whether a claim fits the relation's domain and range, subclasses included; False for what is unknown."""
        declared = self.relations.get(relation)
        return (
            declared is not None
            and any(self.is_a(subject_type, name) for name in declared.domain)
            and any(self.is_a(object_type, name) for name in declared.range)
        )

    def of_kind(self, kind: str) -> tuple[Property, ...]:
        """Return the properties of a kind, "Qualifier" or "Identifier"; "" gives the others."""
        return tuple(found for found in self.properties.values() if found.kind == kind)


def read_ontology(folder: Path) -> Ontology:
    """Read `core.ttl` in the folder `ontology/`.

    Raises ConfigurationError naming the file and the value for what does not parse, a term without label or
    comment, an unknown class in a domain or range, a relation without an inverse, a colour or shape that the
    explorer cannot draw.
    """
    return _Reader(folder / CORE).read()


class _Reader:
    """One reading of a file: the graph, and where it came from, for the messages."""

    def __init__(self, path: Path):
        self.place = str(path)
        self.graph = rdflib.Graph()
        try:
            self.graph.parse(data=path.read_text(encoding="utf-8"), format="turtle")
        except OSError as error:
            raise ConfigurationError("the ontology cannot be opened", place=self.place, hint=str(error)) from error
        except (SyntaxError, ValueError) as error:
            raise ConfigurationError("this is no valid Turtle", place=self.place, hint=str(error)) from error

    def read(self) -> Ontology:
        header = self.graph.value(predicate=RDF.type, object=OWL.Ontology)
        if header is None:
            raise ConfigurationError(
                "the ontology has no header", place=self.place, hint="Add <…> a owl:Ontology with dcterms:title"
            )
        parents = {name: self._parent(name) for name in self._declared(OWL.Class)}
        classes = {name: self._class(name, parents) for name in parents}
        inverses = {str(o)[len(POL) :]: s for s, o in self.graph.subject_objects(OWL.inverseOf)}
        relations = {name: self._relation(name, inverses, parents) for name in self._declared(POL.Relation)}
        used = set(relations) | {str(inverse)[len(POL) :] for inverse in inverses.values()}
        names = [*self._declared(OWL.ObjectProperty), *self._declared(OWL.DatatypeProperty)]
        properties = {name: self._property(name, classes) for name in sorted(set(names) - used)}
        for relation in relations.values():
            for qualifier in relation.qualifiers:
                if qualifier not in properties or properties[qualifier].kind != "Qualifier":
                    raise self._wrong(relation.name, "takes a qualifier that is not declared", qualifier)
        return Ontology(
            iri=str(header),
            title=self._text(header, rdflib.DCTERMS.title),
            description=self._text(header, rdflib.DCTERMS.description),
            version=self._text(header, OWL.versionInfo),
            licence=self._text(header, rdflib.DCTERMS.license),
            classes=classes,
            relations=relations,
            properties=properties,
        )

    def _class(self, name: str, parents: Mapping[str, str | None]) -> OntologyClass:
        lineage = self._lineage(name, parents)
        colour, shape = (self._inherited(lineage, wanted) for wanted in (POL.colour, POL.shape))
        if colour and not COLOUR.fullmatch(colour):
            raise self._wrong(name, "has no colour that can be drawn", colour, "Write it as #0072B2")
        if shape and shape not in SHAPE_NAMES:
            raise self._wrong(name, "has an unknown shape", shape, f"Take one of {', '.join(sorted(SHAPE_NAMES))}")
        if ROOT in lineage[1:] and not (colour and shape):
            raise self._wrong(name, "has no pol:colour or no pol:shape, and its parents have none", None)
        labels = next((found for above in lineage if (found := self._values(POL[above], POL.spacyLabel))), ())
        return OntologyClass(
            name=name,
            label=self._text(POL[name], RDFS.label),
            plural=self._text(POL[name], POL.plural),
            comment=self._text(POL[name], RDFS.comment),
            parent=parents[name],
            colour=colour,
            shape=shape,
            external=tuple(v for v in self._values(POL[name], RDFS.subClassOf) if not v.startswith(POL)),
            spacy_labels=labels,
        )

    def _relation(
        self, name: str, inverses: Mapping[str, rdflib.term.Node], parents: Mapping[str, str | None]
    ) -> Relation:
        inverse = inverses.get(name)
        if inverse is None:
            raise self._wrong(name, "has no inverse", None, "Declare one with owl:inverseOf and rdfs:label")
        sides: list[tuple[str, ...]] = []
        for side in (RDFS.domain, RDFS.range):
            sides.append(self._side(name, side))
            for found in sides[-1]:
                if found not in parents:
                    raise self._wrong(name, f"has an unknown class in its {_local(side)}", found)
                if ROOT not in self._lineage(found, parents):
                    raise self._wrong(name, f"has in its {_local(side)} a class that is no entity type", found)
        return Relation(
            name=name,
            label=self._text(POL[name], RDFS.label),
            inverse=str(inverse)[len(POL) :],
            inverse_label=self._text(inverse, RDFS.label),
            comment=self._text(POL[name], RDFS.comment),
            domain=sides[0],
            range=sides[1],
            qualifiers=tuple(v[len(POL) :] for v in self._values(POL[name], POL.takesQualifier)),
            alignment=self._alignment(POL[name]),
            inverse_alignment=self._alignment(inverse),
        )

    def _property(self, name: str, classes: Mapping[str, OntologyClass]) -> Property:
        domain, values = self._side(name, RDFS.domain), self._side(name, RDFS.range)
        for found in (*domain, *(v for v in values if not v.startswith(("xsd:", '"')))):
            if found not in classes:
                raise self._wrong(name, "has an unknown class in its domain or range", found)
        kinds = [_local(v) for v in self._values(POL[name], RDF.type) if v.startswith(POL)]
        return Property(
            name=name,
            label=self._text(POL[name], RDFS.label),
            comment=self._text(POL[name], RDFS.comment),
            domain=domain,
            range=values,
            kind=kinds[0] if kinds else "",
            alignment=self._alignment(POL[name]),
        )

    def _side(self, name: str, side: rdflib.URIRef) -> tuple[str, ...]:
        """Return the members of a domain or range: local names, xsd: names, or quoted literals."""
        node = self.graph.value(POL[name], side)
        if node is None:
            raise self._wrong(name, f"has no rdfs:{_local(side)}", None)
        nodes: Iterable[rdflib.term.Node] = [node]
        if isinstance(node, rdflib.BNode):
            members = self.graph.value(node, OWL.unionOf) or self.graph.value(node, OWL.oneOf)
            if members is None:
                raise self._wrong(name, f"has a rdfs:{_local(side)} that is neither a class nor a union", None)
            nodes = Collection(self.graph, members)
        return tuple(_printed(found) for found in nodes)

    def _declared(self, kind: rdflib.URIRef) -> list[str]:
        found = (str(s) for s in self.graph.subjects(RDF.type, kind) if isinstance(s, rdflib.URIRef))
        return sorted(iri[len(POL) :] for iri in set(found) if iri.startswith(POL))

    def _parent(self, name: str) -> str | None:
        parents = [v[len(POL) :] for v in self._values(POL[name], RDFS.subClassOf) if v.startswith(POL)]
        if len(parents) > 1:
            raise self._wrong(name, "has several parents", ", ".join(parents), "Keep one")
        if parents and (POL[parents[0]], RDF.type, OWL.Class) not in self.graph:
            raise self._wrong(name, "has an unknown parent", parents[0])
        return parents[0] if parents else None

    def _lineage(self, name: str, parents: Mapping[str, str | None]) -> list[str]:
        lineage = [name]
        while (parent := parents[lineage[-1]]) is not None:
            if parent in lineage:
                raise self._wrong(name, "lies below itself", parent)
            lineage.append(parent)
        return lineage

    def _inherited(self, lineage: list[str], wanted: rdflib.URIRef) -> str | None:
        return next((found[0] for name in lineage if (found := self._values(POL[name], wanted))), None)

    def _alignment(self, node: rdflib.term.Node) -> tuple[Alignment, ...]:
        kinds = (RDFS.subPropertyOf, SKOS.closeMatch)
        return tuple((_local(kind), value) for kind in kinds for value in self._values(node, kind))

    def _values(self, node: rdflib.term.Node, wanted: rdflib.URIRef) -> tuple[str, ...]:
        return tuple(sorted(str(o) for o in self.graph.objects(node, wanted)))

    def _text(self, node: rdflib.term.Node, wanted: rdflib.URIRef) -> str:
        found = self._values(node, wanted)
        if len(found) != 1 or not found[0].strip():
            raise self._wrong(
                _printed(node), f"needs exactly one {self.graph.qname(wanted)}", ", ".join(found), "Write one"
            )
        return found[0]

    def _wrong(self, name: str, message: str, value: str | None, hint: str | None = None) -> ConfigurationError:
        return ConfigurationError(f"pol:{name} {message}", place=self.place, value=value, hint=hint)


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]


def _printed(node: rdflib.term.Node) -> str:
    if isinstance(node, rdflib.Literal):
        return f'"{node}"'
    text = str(node)
    if text.startswith(str(rdflib.XSD)):
        return f"xsd:{_local(text)}"
    return text.removeprefix(POL)
