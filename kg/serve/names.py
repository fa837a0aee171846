"""Names for what the pages show: labels and classes of entities, labels of relations and qualifiers, lines of text.

In go a `Querier` and IRIs, out come plain dictionaries. Every page needs them; nothing here makes HTML.
"""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from kg.errors import InputError
from kg.graph.query import Querier
from kg.graph.terms import Node
from kg.ids import ONTOLOGY_BASE

Entity = dict[str, str]
"""An entity as the pages show it: path, label, kind (local name of its class), root (its topmost class)."""


def text(node: Node | None) -> str:
    """Return the words of a literal or an IRI, "" for what is missing."""
    return node.value if isinstance(node, NamedNode | Literal) else ""


def local(node: Node | None) -> str:
    """Return the local name of a term of the ontology."""
    return text(node).removeprefix(ONTOLOGY_BASE)


def path_of(querier: Querier, node: Node | None) -> str:
    """Return the path of a resource below the base."""
    return text(node).removeprefix(querier.prefixes["id"])


def iri_of(querier: Querier, path: str) -> NamedNode:
    """Return the IRI of a path. Raises InputError where it can be none."""
    try:
        return NamedNode(querier.prefixes["id"] + path)
    except ValueError as error:
        raise InputError("the graph says nothing of this", value=path) from error


def relations(querier: Querier) -> dict[str, tuple[str, str]]:
    """Return how each relation reads from its subject and from its object, by local name."""
    rows = querier.rows("""SELECT ?r ?label ?back { ?r a pol:Relation ; rdfs:label ?label
      OPTIONAL { ?i owl:inverseOf ?r ; rdfs:label ?back } }""")
    return {local(name): (text(label), text(back) or f"{text(label)} (of)") for name, label, back in rows}


def parents(querier: Querier) -> dict[str, str]:
    """Return the class above each class of ours."""
    rows = querier.rows("SELECT ?c ?p { ?c a owl:Class ; rdfs:subClassOf ?p FILTER(STRSTARTS(STR(?p), STR(pol:))) }")
    return {local(child): local(parent) for child, parent in rows}


def entities(querier: Querier, iris: Iterable[str]) -> dict[str, Entity]:
    """Return label, most special class and topmost class of entities, by IRI; what has no label goes by its path."""
    wanted = sorted(set(iris))
    if not wanted:
        return {}
    above = parents(querier)
    values = " ".join(f"<{iri}>" for iri in wanted)
    labels: dict[str, str] = {}
    kinds: dict[str, set[str]] = {}
    rows = querier.rows(f"""SELECT ?e ?label ?class {{ VALUES ?e {{ {values} }}
      OPTIONAL {{ ?e rdfs:label ?label }} OPTIONAL {{ ?e a ?class FILTER(STRSTARTS(STR(?class), STR(pol:))) }} }}""")
    for entity, label, kind in rows:
        iri = text(entity)
        labels[iri] = min(filter(None, (labels.get(iri), text(label))), default="")
        if kind is not None:
            kinds.setdefault(iri, set()).add(local(kind))
    found = {}
    for iri in wanted:
        path = path_of(querier, NamedNode(iri))
        lineage = most_special(kinds.get(iri, set()), above)
        found[iri] = {
            "path": path,
            "label": labels.get(iri) or path,
            "kind": lineage[0] if lineage else "",
            "root": lineage[-1] if lineage else "",
        }
    return found


def most_special(kinds: set[str], above: dict[str, str]) -> list[str]:
    """Return the class with the longest way up, and that way, without the root of all entities."""

    def lineage(name: str) -> list[str]:
        found = [name]
        while found[-1] in above and above[found[-1]] not in {"Entity", *found}:
            found.append(above[found[-1]])
        return found

    return max((lineage(name) for name in sorted(kinds - {"Entity"})), key=len, default=[])


def recognise(querier: Querier, *, labels: list[str]) -> dict[str, str]:
    """Return the paths of what goes by these canonical names or headlines, each where only one does."""
    values = " ".join(str(Literal(label)) for label in sorted(set(labels)))
    rows = querier.rows(
        f"""SELECT DISTINCT ?label ?thing {{ VALUES ?label {{ {values} }}
        {{ ?thing rdfs:label ?label ; a pol:Entity }} UNION {{ ?thing schema:headline ?label ; a pol:Document }} }}"""
    )
    found: dict[str, set[str]] = {}
    for label, thing in rows:
        found.setdefault(text(label), set()).add(path_of(querier, thing))
    return {label: next(iter(paths)) for label, paths in sorted(found.items()) if len(paths) == 1}
