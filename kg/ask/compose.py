"""SPARQL for the families of questions, from what was understood; every value is written as a term, never as text.

In go linked names, classes and times, out comes a query that runs as it is, here and in `kg query -e`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.ask.linking import Named
from kg.ask.times import Period
from kg.graph.terms import resource

EVIDENCE = """  ?claim prov:wasDerivedFrom ?evidence .
  ?evidence oa:exact ?sentence ; pol:inDocument ?document .
  OPTIONAL { ?document schema:headline ?article }
  OPTIONAL { ?document schema:datePublished ?published }"""


ORDER = "} ORDER BY ?published ?subject ?object ?sentence"
NO_CLASS = "Entity"
"""The class that says nothing: everything is one."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Anybody whose post goes by a title, such as "mayor"."""

    title: str


Side = Named | Holder | str | None
"""One side of a fact: an entity, who holds a post, a class, or anybody."""


def facts(
    relation: str, subject: Side, thing: Side, period: Period | None, *, program: Named | None = None, title: str = ""
) -> str:
    """Return the query for the claims with a relation, and for what the reference data says beside them.

    `title` limits posts to those that go by it.
    """
    lines = [
        f"SELECT DISTINCT ?subject {'?title ' if title else ''}?object ?status ?date ?sentence ?article ?published WHERE {{",
        *_claims(relation, subject, thing, period, program, title),
    ]
    if program is None and not title and period is None:
        lines += [
            "  } UNION {",
            f"  ?s pol:{relation} ?o . FILTER NOT EXISTS {{ ?c rdf:subject ?s ; rdf:predicate pol:{relation} ; rdf:object ?o }}",
            "  ?s rdfs:label ?subject . ?o rdfs:label ?object . BIND('reference data' AS ?status)",
            *_side("?s", subject),
            *_side("?o", thing),
            "  }",
        ]
        lines.insert(1, "  {")
    return "\n".join([*lines, ORDER])


def number(
    what: str, relation: str, subject: Side, thing: Side, period: Period | None, *, program: Named | None = None
) -> str:
    """Return the query that counts the subjects ("?s"), objects ("?o") or claims ("?claim") of a relation."""
    inner = [
        line
        for line in _claims(relation, subject, thing, period, program, "")
        if "OPTIONAL { ?claim" not in line or period
    ]
    return "\n".join([f"SELECT (COUNT(DISTINCT {what}) AS ?number) WHERE {{", *inner, "}"])


def posts(title: str, body: Side, period: Period | None) -> str:
    """Return the query for who holds, or held, a post with a title; `body` is what the post is at, or anything."""
    return facts("holdsPost", None, body, period, title=title)


def deadlines(named: Sequence[Named], period: Period | None) -> str:
    """Return the query for deadlines in claims with the named, in order."""
    lines = [
        "SELECT DISTINCT ?deadline ?subject ?relation ?object ?sentence ?article ?published WHERE {",
        "  ?claim pol:deadline ?deadline ; rdf:subject ?s ; rdf:predicate ?r ; rdf:object ?o ; pol:status pol:Asserted .",
        "  ?s rdfs:label ?subject . ?o rdfs:label ?object . ?r rdfs:label ?relation .",
        *(f"  FILTER(?s = {_iri(one)} || ?o = {_iri(one)})" for one in named),
        EVIDENCE,
        *_within("?deadline", period),
    ]
    return "\n".join([*lines, "} ORDER BY ?deadline ?subject ?object ?sentence"])


def happened(named: Sequence[Named], period: Period | None) -> str:
    """Return the query for what the documents state of a time, in order."""
    lines = [
        "SELECT DISTINCT ?when ?subject ?relation ?object ?sentence ?article WHERE {",
        "  ?claim rdf:subject ?s ; rdf:predicate ?r ; rdf:object ?o ; pol:status pol:Asserted .",
        "  ?s rdfs:label ?subject . ?o rdfs:label ?object . ?r rdfs:label ?relation .",
        "  OPTIONAL { ?claim pol:date ?date }",
        *(f"  FILTER(?s = {_iri(one)} || ?o = {_iri(one)})" for one in named),
        EVIDENCE,
        "  BIND(STR(COALESCE(?date, ?published)) AS ?when)",
        *_within("?when", period),
    ]
    return "\n".join([*lines, "} ORDER BY ?when ?subject ?relation ?object ?sentence"])


def mentions(named: Sequence[Named], period: Period | None) -> str:
    """Return the query for the documents that mention all the named, those that do it most first."""
    lines = ["SELECT ?article ?published (COUNT(DISTINCT ?m0) AS ?mentions) ?document WHERE {"]
    lines += [f"  ?m{n} pol:refersTo {_iri(one)} ; pol:inDocument ?document ." for n, one in enumerate(named)]
    lines += [
        "  OPTIONAL { ?document schema:headline ?article }",
        "  OPTIONAL { ?document schema:datePublished ?published }",
        *_within("?published", period),
    ]
    return "\n".join([*lines, "} GROUP BY ?document ?article ?published ORDER BY DESC(?mentions) ?published ?document"])


def listing(kind: str) -> str:
    """Return the query for all entities of a class, those in the most documents first."""
    return "\n".join(
        [
            "SELECT ?name (COUNT(DISTINCT ?document) AS ?documents) WHERE {",
            f"  ?entity a pol:{kind} ; rdfs:label ?name .",
            "  ?mention pol:refersTo ?entity ; pol:inDocument ?document .",
            "} GROUP BY ?entity ?name ORDER BY DESC(?documents) ?name",
        ]
    )


def quotations(speaker: Side, about: Sequence[Named], words: Sequence[str], period: Period | None) -> str:
    """Return the query for what somebody, or anybody of a kind, said: quotations, and claims that are put in their mouth."""
    one_speaker = isinstance(speaker, Named)
    who = str(_iri(speaker)) if isinstance(speaker, Named) else "?s"
    lines = [
        f"SELECT DISTINCT {'' if one_speaker else '?speaker '}?words ?article ?published WHERE {{",
        f"  {{ ?said pol:speaker {who} ; pol:text ?words }}",
        f"  UNION {{ ?said pol:attributedTo {who} ; oa:exact ?words }}",
        *([] if one_speaker else ["  ?s rdfs:label ?speaker .", *_side("?s", speaker)]),
        "  ?said pol:inDocument ?document ; pol:start ?from ; pol:end ?to .",
        "  OPTIONAL { ?document schema:headline ?article }",
        "  OPTIONAL { ?document schema:datePublished ?published }",
    ]
    for count, one in enumerate(about):
        mention = f"?m{count}"
        lines += [
            f"  ?document ^pol:inDocument {mention} . {mention} pol:refersTo {_iri(one)} ; pol:start ?a{count} .",
            f"  FILTER(?a{count} >= ?from - 200 && ?a{count} <= ?to + 200)",
        ]
    lines += [f"  FILTER(CONTAINS(LCASE(?words), {Literal(word)}))" for word in words]
    lines += _within("?published", period)
    return "\n".join([*lines, "} ORDER BY ?published ?article ?words"])


def money(named: Sequence[Named], kind: str | None, period: Period | None) -> str:
    """Return the query for amounts in claims between, or with, the named, or with anything of a class."""
    lines = [
        "SELECT DISTINCT ?subject ?relation ?object ?amount ?bound ?fiscalYear ?sentence ?article ?published WHERE {"
    ]
    lines += [
        "  ?claim pol:amount ?amount ; rdf:subject ?s ; rdf:predicate ?r ; rdf:object ?o ; pol:status pol:Asserted .",
        "  ?s rdfs:label ?subject . ?o rdfs:label ?object . ?r rdfs:label ?relation .",
        "  OPTIONAL { ?claim pol:bound ?bound } OPTIONAL { ?claim pol:fiscalYear ?fiscalYear }",
    ]
    lines += [f"  FILTER(?s = {_iri(one)} || ?o = {_iri(one)})" for one in named]
    if kind and kind != NO_CLASS:
        lines.append(f"  FILTER(EXISTS {{ ?s a pol:{kind} }} || EXISTS {{ ?o a pol:{kind} }})")
    lines.append(EVIDENCE)
    if period and period.year:
        year = Literal(period.year)
        lines.append(f"  FILTER(STR(?fiscalYear) = {year} || STRSTARTS(STR(?published), {year}))")
    else:
        lines += _within("?published", period)
    return "\n".join([*lines, "} ORDER BY DESC(?amount) ?subject ?object ?sentence"])


def about(entity: Named) -> str:
    """Return the query for what the graph knows of an entity: facts, posts first, then the reference data."""
    iri = _iri(entity)
    return "\n".join(
        [
            "SELECT DISTINCT ?subject ?relation ?object ?title ?sentence ?article ?published WHERE {",
            "  {",
            f"  {{ ?claim rdf:subject {iri} }} UNION {{ ?claim rdf:object {iri} }}",
            "  ?claim rdf:subject ?s ; rdf:predicate ?r ; rdf:object ?o ; pol:status pol:Asserted .",
            "  ?s rdfs:label ?subject . ?o rdfs:label ?object . ?r rdfs:label ?relation .",
            "  OPTIONAL { ?claim pol:title ?title }",
            EVIDENCE,
            "  } UNION {",
            f"  {iri} a ?class ; rdfs:label ?subject . ?class rdfs:label ?object ; a owl:Class . BIND('is a' AS ?relation)",
            "  FILTER(?class != pol:Entity)",
            "  } UNION {",
            f"  {iri} ?r ?o ; rdfs:label ?subject . ?r a pol:Relation ; rdfs:label ?relation . ?o rdfs:label ?object",
            f"  FILTER NOT EXISTS {{ ?c rdf:subject {iri} ; rdf:predicate ?r ; rdf:object ?o }}",
            "  } UNION {",
            f"  {iri} rdfs:label ?subject . BIND('is also called' AS ?relation)",
            "  { SELECT (GROUP_CONCAT(?name; SEPARATOR='; ') AS ?object)",
            f"    {{ SELECT DISTINCT ?name {{ {iri} skos:altLabel ?name }} ORDER BY ?name }} }}",
            "  FILTER(?object != '')",
            "  }",
            "} ORDER BY DESC(BOUND(?sentence)) DESC(?r = pol:holdsPost) ?relation ?subject ?object ?published",
        ]
    )


def _claims(
    relation: str, subject: Side, thing: Side, period: Period | None, program: Named | None, title: str
) -> list[str]:
    lines = [
        f"  ?claim rdf:predicate pol:{relation} ; rdf:subject ?s ; rdf:object ?o ; pol:status ?how .",
        "  ?s rdfs:label ?subject . ?o rdfs:label ?object .",
        "  FILTER(?how != pol:Hypothetical) BIND(STRAFTER(STR(?how), '#') AS ?status)",
        "  OPTIONAL { ?claim pol:date ?date }",
        *_side("?s", subject),
        *_side("?o", thing),
    ]
    if title:
        lines += ["  ?claim pol:title ?title .", _titled("?title", title)]
    if program is not None:
        lines.append(f"  ?claim pol:program {_iri(program)} .")
    return [*lines, EVIDENCE, *_within("STR(COALESCE(?date, ?published))", period)]


def _side(variable: str, side: Side) -> list[str]:
    if isinstance(side, Named):
        return [f"  FILTER({variable} = {_iri(side)})"]
    if isinstance(side, Holder):
        held, title = f"{variable}Post", f"{variable}Title"
        return [
            f"  FILTER EXISTS {{ {held} rdf:subject {variable} ; rdf:predicate pol:holdsPost ; pol:title {title}",
            f"  {_titled(title, side.title)} }}",
        ]
    return [f"  {variable} a pol:{side} ."] if side and side != NO_CLASS else []


def _titled(variable: str, title: str) -> str:
    """Return the filter for titles that name a post; who stands in for it, or below it, holds another."""
    deputy = Literal(f"(vice|deputy|assistant|under)[ -]?{title}")
    return f"  FILTER(CONTAINS(LCASE({variable}), {Literal(title)}) && !REGEX({variable}, {deputy}, 'i'))"


def _within(value: str, period: Period | None) -> list[str]:
    if period is None:
        return []
    text = value if value.startswith("STR(") else f"STR({value})"
    return [f"  FILTER({text} >= {Literal(period.start)} && {text} < {Literal(period.end)})"]


def _iri(one: Named) -> NamedNode:
    return resource(one.path)
