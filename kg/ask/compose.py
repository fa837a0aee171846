"""SPARQL for the families of questions, from what was understood; every value is written as a term, never as text.

In go linked names and classes, out comes a query that runs as it is, here and in `kg query -e`.
"""

from pyoxigraph import Literal, NamedNode

from kg.ask.linking import Named
from kg.graph.terms import resource

EVIDENCE = """  ?claim prov:wasDerivedFrom ?evidence .
  ?evidence oa:exact ?sentence ; pol:inDocument ?document .
  OPTIONAL { ?document schema:headline ?article }
  OPTIONAL { ?document schema:datePublished ?published }"""


def facts(
    relation: str,
    subject: Named | str | None,
    thing: Named | str | None,
    year: str | None,
    program: Named | None = None,
) -> str:
    """Return the query for the claims with a relation; a side is an entity, a class, or anybody."""
    lines = [
        "SELECT DISTINCT ?subject ?object ?status ?date ?sentence ?article ?published WHERE {",
        f"  ?claim rdf:predicate pol:{relation} ; rdf:subject ?s ; rdf:object ?o ; pol:status ?how .",
        "  ?s rdfs:label ?subject . ?o rdfs:label ?object .",
        "  FILTER(?how != pol:Hypothetical) BIND(STRAFTER(STR(?how), '#') AS ?status)",
        "  OPTIONAL { ?claim pol:date ?date }",
        *_side("?s", subject),
        *_side("?o", thing),
    ]
    if program is not None:
        lines.append(f"  ?claim pol:program {_iri(program)} .")
    lines += [EVIDENCE, *_year(year), "} ORDER BY ?published ?subject ?object ?sentence"]
    return "\n".join(lines)


def quotations(speaker: Named, about: list[Named], words: list[str], year: str | None) -> str:
    """Return the query for what somebody said: direct quotations, and claims that are put in their mouth."""
    lines = [
        "SELECT DISTINCT ?words ?article ?published WHERE {",
        f"  {{ ?said pol:speaker {_iri(speaker)} ; pol:text ?words }}",
        f"  UNION {{ ?said pol:attributedTo {_iri(speaker)} ; oa:exact ?words }}",
        "  ?said pol:inDocument ?document ; pol:start ?from ; pol:end ?to .",
        "  OPTIONAL { ?document schema:headline ?article }",
        "  OPTIONAL { ?document schema:datePublished ?published }",
    ]
    for number, one in enumerate(about):
        mention = f"?m{number}"
        lines += [
            f"  ?document ^pol:inDocument {mention} . {mention} pol:refersTo {_iri(one)} ; pol:start ?a{number} .",
            f"  FILTER(?a{number} >= ?from - 200 && ?a{number} <= ?to + 200)",
        ]
    lines += [f"  FILTER(CONTAINS(LCASE(?words), {Literal(word)}))" for word in words]
    if year:
        lines.append(f"  FILTER(STRSTARTS(STR(?published), {Literal(year)}))")
    lines.append("} ORDER BY ?published ?article ?words")
    return "\n".join(lines)


def money(named: list[Named], year: str | None) -> str:
    """Return the query for amounts in claims between, or with, the named."""
    lines = [
        "SELECT DISTINCT ?subject ?relation ?object ?amount ?bound ?fiscalYear ?sentence ?article ?published WHERE {"
    ]
    lines += [
        "  ?claim pol:amount ?amount ; rdf:subject ?s ; rdf:predicate ?r ; rdf:object ?o ; pol:status pol:Asserted .",
        "  ?s rdfs:label ?subject . ?o rdfs:label ?object . ?r rdfs:label ?relation .",
        "  OPTIONAL { ?claim pol:bound ?bound } OPTIONAL { ?claim pol:fiscalYear ?fiscalYear }",
    ]
    lines += [f"  FILTER(?s = {_iri(one)} || ?o = {_iri(one)})" for one in named]
    lines.append(EVIDENCE)
    if year:
        lines.append(f"  FILTER(STR(?fiscalYear) = {Literal(year)} || STRSTARTS(STR(?published), {Literal(year)}))")
    lines.append("} ORDER BY DESC(?amount) ?subject ?object ?sentence")
    return "\n".join(lines)


def about_person(person: Named) -> str:
    """Return the query for all asserted facts about an entity, posts first."""
    return "\n".join(
        [
            "SELECT DISTINCT ?subject ?relation ?object ?title ?sentence ?article ?published WHERE {",
            f"  {{ ?claim rdf:subject {_iri(person)} }} UNION {{ ?claim rdf:object {_iri(person)} }}",
            "  ?claim rdf:subject ?s ; rdf:predicate ?r ; rdf:object ?o ; pol:status pol:Asserted .",
            "  ?s rdfs:label ?subject . ?o rdfs:label ?object . ?r rdfs:label ?relation .",
            "  OPTIONAL { ?claim pol:title ?title }",
            EVIDENCE,
            "} ORDER BY DESC(?r = pol:holdsPost) ?relation ?subject ?object ?published",
        ]
    )


def _side(variable: str, side: Named | str | None) -> list[str]:
    if isinstance(side, Named):
        return [f"  FILTER({variable} = {_iri(side)})"]
    return [f"  {variable} a pol:{side} ."] if side and side != "Entity" else []


def _year(year: str | None) -> list[str]:
    if not year:
        return []
    value = Literal(year)
    return [f"  FILTER(STRSTARTS(STR(COALESCE(?date, ?published)), {value}))"]


def _iri(one: Named) -> NamedNode:
    return resource(one.path)
