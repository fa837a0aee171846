"""Writer of what follows from `ontology/core.ttl`: the page docs/ontology.md, the relations' shapes in shapes.ttl.

In goes an `Ontology`, out come texts; `python -m kg.ontology_docs [ROOT]` writes both files below a checkout, and a
test fails when they are stale. Nothing here looks at a graph of facts.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from kg.ids import ONTOLOGY_BASE
from kg.ontology import ROOT, SHAPES, Alignment, Ontology, Property, Relation, read_ontology

BEGIN = "################################################################ BEGIN made from core.ttl"
END = "################################################################ END made from core.ttl"
PAGE = Path("docs") / "ontology.md"
PREFIXES = {
    "http://data.europa.eu/eli/ontology#": "eli",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://www.w3.org/ns/oa#": "oa",
    "http://www.w3.org/ns/org#": "org",
    "http://www.w3.org/ns/prov#": "prov",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "https://schema.org/": "schema",
}


def encode_relation_shapes(ontology: Ontology) -> str:
    """Return the generated part of `shapes.ttl`: superclasses stated, predicates known, domains and ranges kept.

    What has the same constraint shares a shape: each shape costs time on each document.
    """
    below: dict[str, list[str]] = {}
    for name in ontology.entity_types():
        below.setdefault(str(ontology.classes[name].parent), []).append(name)
    sides: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for relation in ontology.relations.values():
        sides.setdefault(("Subject", tuple(sorted(relation.domain))), []).append(relation.name)
        sides.setdefault(("Object", tuple(sorted(relation.range))), []).append(relation.name)
    return "\n".join(
        [
            _predicate_shape(ontology),
            *(_superclass_shape(parent, names) for parent, names in sorted(below.items())),
            *(_side_shape(side, classes, names) for (side, classes), names in sorted(sides.items())),
        ]
    )


def replace_relation_shapes(shapes: str, ontology: Ontology) -> str:
    """Return the text of `shapes.ttl` with its generated part made anew. Raises ValueError where the marks are missing."""
    head, begin, rest = shapes.partition(BEGIN)
    mark, _, rest = rest.partition("\n")
    _, end, tail = rest.rpartition(END)
    if not begin or not end:
        raise ValueError(f"shapes.ttl lacks its marks, {BEGIN!r} and {END!r}")
    return f"{head}{begin}{mark}\n\n{encode_relation_shapes(ontology)}\n{end}{tail}"


def _predicate_shape(ontology: Ontology) -> str:
    names = "\n            ".join(f"pol:{name}" for name in ontology.relations)
    return (
        ":Predicate a sh:NodeShape ; sh:targetClass pol:Claim ;\n"
        "    sh:property [ sh:path rdf:predicate ; sh:minCount 1 ; sh:maxCount 1 ; sh:in (\n"
        f"            {names} ) ;\n"
        '        sh:message "A claim has exactly one predicate, a relation of the ontology." ] .\n'
    )


def _superclass_shape(parent: str, names: Sequence[str]) -> str:
    targets = ", ".join(f"pol:{name}" for name in names)
    return (
        f":Below-{parent} a sh:NodeShape ;\n"
        f"    sh:targetClass {targets} ;\n"
        f'    sh:class pol:{parent} ; sh:message "{_words(names)} is stated to be pol:{parent}, too." .\n'
    )


def _side_shape(side: str, classes: Sequence[str], names: Sequence[str]) -> str:
    targets = ", ".join(f"pol:{name}" for name in names)
    return (
        f":{side}-{'-'.join(classes)} a sh:NodeShape ;\n"
        f"    sh:target{side}sOf {targets} ;\n"
        f"    {_one_of(classes)} ;\n"
        f'    sh:message "The {side.lower()} of {_words(names)} is {_words(classes)}." .\n'
    )


def _one_of(classes: Sequence[str]) -> str:
    if len(classes) == 1:
        return f"sh:class pol:{classes[0]}"
    return "sh:or ( " + " ".join(f"[ sh:class pol:{name} ]" for name in classes) + " )"


def _words(classes: Sequence[str]) -> str:
    names = [f"pol:{name}" for name in classes]
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]


def encode_page(ontology: Ontology) -> str:
    """Return `docs/ontology.md`: header, entity types, relations, qualifiers, the rest, and how to extend it."""
    records = [name for name in ontology.classes if name != ROOT and not ontology.is_a(name, ROOT)]
    parts = [
        f"# {ontology.title}",
        "<!-- Made from ontology/core.ttl by python -m kg.ontology_docs: change that file, not this one. -->",
        ontology.description,
        f"Version {ontology.version}, licence <{ontology.licence}>. Prefix `pol:` is <{ONTOLOGY_BASE}>. "
        "The same in OWL: [ontology/core.ttl](../ontology/core.ttl); as constraints in SHACL: "
        "[ontology/shapes.ttl](../ontology/shapes.ttl).",
        "## Entity types",
        "Every entity states its class and all classes above it, so no store needs inference.",
        _table(
            ("class", "below", "meaning", "drawn as", "elsewhere a subclass of"),
            [_class_row(ontology, name) for name in (ROOT, *_by_tree(ontology))],
        ),
        "## Relations",
        "Each asserted fact is a direct triple with one of these properties and a `pol:Claim` with its qualifiers and "
        "evidence; denied and hypothetical facts are claims alone. Inverses are named for readers and reasoners; the "
        "graph holds the forward direction.",
        _table(
            ("relation", "reads", "subject → object", "qualifiers", "meaning"),
            [_relation_row(relation) for relation in ontology.relations.values()],
        ),
        "### Inverses, and where the relations stand in other vocabularies",
        _table(
            ("relation", "elsewhere", "inverse", "reads", "elsewhere"),
            [_inverse_row(relation) for relation in ontology.relations.values()],
        ),
        "## Qualifiers of claims",
        "A claim may carry any of them, whatever its relation; the table above names those that belong to one.",
        _properties(ontology.of_kind("Qualifier")),
        "## Identifiers",
        _properties(ontology.of_kind("Identifier")),
        "## Claims, evidence, documents",
        _table(
            ("class", "meaning", "elsewhere a subclass of"),
            [(f"`pol:{n}`", ontology.classes[n].comment, _codes(ontology.classes[n].external)) for n in records],
        ),
        _properties(ontology.of_kind("")),
        EXTENDING,
    ]
    return "\n\n".join(parts) + "\n"


EXTENDING = """## Changing it

Edit `ontology/core.ttl`, then run `python -m kg.ontology_docs`, which makes this page and the relations' shapes in
`ontology/shapes.ttl` anew; a test fails while they are stale.

- A relation is a `pol:Relation` with label, comment, domain, range, and an inverse that has a label.
- An entity type is a class below `pol:Entity` with label, `pol:plural` and comment; colour (Okabe-Ito palette), shape
  and spaCy labels are inherited where they are not given.
- A qualifier is a property declared as `pol:Qualifier`; `pol:takesQualifier` on a relation says where it belongs."""


def _by_tree(ontology: Ontology, parent: str = ROOT) -> list[str]:
    found: list[str] = []
    for name, declared in ontology.classes.items():
        if declared.parent == parent:
            found += [name, *_by_tree(ontology, name)]
    return found


def _class_row(ontology: Ontology, name: str) -> tuple[str, ...]:
    declared = ontology.classes[name]
    drawn = f"{declared.shape}, {declared.colour}" if declared.shape else ""
    below = f"`pol:{declared.parent}`" if declared.parent else ""
    return (f"`pol:{name}`", below, declared.comment, drawn, _codes(declared.external))


def _relation_row(relation: Relation) -> tuple[str, ...]:
    sides = f"{', '.join(relation.domain)} → {', '.join(relation.range)}"
    qualifiers = ", ".join(f"`{name}`" for name in relation.qualifiers)
    return (f"`pol:{relation.name}`", relation.label, sides, qualifiers, relation.comment)


def _inverse_row(relation: Relation) -> tuple[str, ...]:
    return (
        f"`pol:{relation.name}`",
        _alignment(relation.alignment),
        f"`pol:{relation.inverse}`",
        relation.inverse_label,
        _alignment(relation.inverse_alignment),
    )


def _properties(properties: Sequence[Property]) -> str:
    return _table(
        ("property", "on", "value", "meaning", "elsewhere"),
        [
            (f"`pol:{p.name}`", ", ".join(p.domain), ", ".join(p.range), p.comment, _alignment(p.alignment))
            for p in properties
        ],
    )


def _alignment(alignment: Sequence[Alignment]) -> str:
    words = {"subPropertyOf": "below", "closeMatch": "close to"}
    return "; ".join(f"{words[kind]} `{_short(iri)}`" for kind, iri in alignment)


def _codes(iris: Sequence[str]) -> str:
    return ", ".join(f"`{_short(iri)}`" for iri in iris)


def _short(iri: str) -> str:
    for base, prefix in PREFIXES.items():
        if iri.startswith(base):
            return f"{prefix}:{iri[len(base) :]}"
    return iri.replace(ONTOLOGY_BASE, "pol:")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    return "\n".join([line(head), "|" + " --- |" * len(head), *(line(row) for row in rows)])


def main(root: Path) -> None:
    """Write both files below a checkout. Raises ConfigurationError for an ontology that is wrong."""
    ontology = read_ontology(root / "ontology")
    shapes = root / "ontology" / SHAPES
    shapes.write_text(replace_relation_shapes(shapes.read_text(encoding="utf-8"), ontology), encoding="utf-8")
    (root / PAGE).write_text(encode_page(ontology), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
