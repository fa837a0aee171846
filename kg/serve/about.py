"""What the page of one resource shows, read from the store: facts with their sentences, mentions, neighbours.

In go a `Querier` and a path, out come plain dictionaries. A resource with thousands of facts gives the first of them
and their number; the query page gives the rest. Nothing here makes HTML.
"""

from collections import defaultdict
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.errors import InputError
from kg.graph.query import Querier
from kg.graph.results import show
from kg.serve import names
from kg.serve.names import iri_of, local, path_of, text

SHOWN_FACTS = 300
SHOWN_PROOFS = 6
SHOWN_DOCUMENTS = 200
SHOWN_QUOTATIONS = 100
SHOWN_TRIPLES = 500
QUALIFIERS = (
    "title", "former", "amount", "bound", "fiscalYear", "date", "datePrecision", "deadline", "program", "court",
)  # fmt: skip
IDENTIFIERS = ("uscCitation", "executiveOrderNumber", "fips", "geonamesId", "assistanceListing")

Record = dict[str, Any]


def read_resource(querier: Querier, *, iri: str) -> Record:
    """Return what kind of page a resource has, and for one without a page of its own its triples both ways.

    Raises InputError where the graph says nothing of it.
    """
    try:
        node = NamedNode(iri)
    except ValueError as error:
        raise InputError("this is no IRI", value=iri) from error
    kinds = {local(row[0]) for row in querier.rows(f"SELECT ?class {{ {node} a ?class }}")}
    if "Document" in kinds:
        return {"page": "document", "iri": iri}
    if "Entity" in kinds:
        return {"page": "entity", "iri": iri}
    out = list(querier.rows(f"SELECT DISTINCT ?p ?o {{ {node} ?p ?o }} ORDER BY ?p ?o LIMIT {SHOWN_TRIPLES}"))
    into = list(querier.rows(f"SELECT DISTINCT ?s ?p {{ ?s ?p {node} }} ORDER BY ?p ?s LIMIT {SHOWN_TRIPLES}"))
    if not out and not into:
        raise InputError("the graph says nothing of this", value=iri)
    base = querier.prefixes["id"]
    return {
        "page": "resource",
        "iri": iri,
        "label": next((text(o) for p, o in out if text(p).endswith("#label")), "") or show(node, base),
        "out": [_statement(show(p, base), o, base) for p, o in out],
        "in": [_statement(show(p, base), s, base) for s, p in into],
    }


def _statement(predicate: str, node: Any, base: str) -> Record:
    return {
        "predicate": predicate,
        "text": show(node, base),
        "iri": node.value if isinstance(node, NamedNode) else "",
        "language": node.language or "" if isinstance(node, Literal) else "",
    }


def read_entity(querier: Querier, *, path: str) -> Record:
    """Return all that the page of an entity shows."""
    iri = iri_of(querier, path)
    facts, total = _facts(querier, iri)
    background = _background(querier, iri)
    mentions, mentioned_in = _mentions(querier, iri)
    quotations = _quotations(querier, iri)
    wanted = {iri.value} | {found["other"] for found in (*facts, *background)}
    wanted |= {value for fact in facts for _, value, is_iri in fact["qualifiers"] if is_iri}
    wanted |= {proof["attributed_to"] for fact in facts for proof in fact["evidence"] if proof["attributed_to"]}
    known = names.entities(querier, wanted)
    for found in (*facts, *background):
        found["other"] = known[found["other"]]
    for fact in facts:
        fact["qualifiers"] = [
            (name, known[value]["label"] if is_iri else value, known[value]["path"] if is_iri else "")
            for name, value, is_iri in fact["qualifiers"]
        ]
        for proof in fact["evidence"]:
            proof["attributed_to"] = known.get(proof["attributed_to"])
    record: Record = dict(known[iri.value])
    record |= _description(querier, iri, record["label"])
    record |= {"iri": iri.value, "facts": facts, "total": total, "background": background}
    record |= {"mentions": mentions, "mentioned_in": mentioned_in, "quotations": quotations}
    record["neighbours"] = _neighbours(facts, background)
    return record


def _description(querier: Querier, iri: NamedNode, label: str) -> Record:
    others, same, identifiers, point = set(), set(), [], {}
    for predicate, node in querier.rows(f"SELECT DISTINCT ?p ?o {{ {iri} ?p ?o }}"):
        name, value = text(predicate), text(node)
        if name.endswith("#altLabel") and value != label:
            others.add(value)
        elif name.endswith("#sameAs"):
            same.add(value)
        elif local(predicate) in IDENTIFIERS:
            identifiers.append((local(predicate), value))
        elif name.endswith(("wgs84_pos#lat", "wgs84_pos#long")):
            point[name.rpartition("#")[2]] = value
    return {"others": sorted(others), "same": sorted(same), "identifiers": sorted(identifiers), "point": point}


def _facts(querier: Querier, iri: NamedNode) -> tuple[list[Record], int]:
    """Return the claims about an entity, those it is the subject of first, and how many there are."""
    around = f"{{ ?claim rdf:subject {iri} }} UNION {{ ?claim rdf:object {iri} }}"
    count = next(querier.rows(f"SELECT (COUNT(DISTINCT ?claim) AS ?n) {{ {around} ?claim a pol:Claim }}"))[0]
    reads = names.relations(querier)
    facts: dict[str, Record] = {}
    for claim, relation, subject, thing, status, confidence in querier.rows(
        f"""SELECT DISTINCT ?claim ?r ?s ?o ?status ?c {{ {around} ?claim a pol:Claim ; rdf:predicate ?r ;
        rdf:subject ?s ; rdf:object ?o ; pol:status ?status ; pol:confidence ?c }}
        ORDER BY ?r DESC(?c) ?claim LIMIT {SHOWN_FACTS}"""
    ):
        outward = subject == iri
        name = local(relation)
        facts[text(claim)] = {
            "path": path_of(querier, claim),
            "relation": name,
            "reads": reads.get(name, (name, name))[0 if outward else 1],
            "outward": outward,
            "other": text(thing if outward else subject),
            "status": local(status),
            "confidence": text(confidence),
            "qualifiers": [],
            "evidence": [],
        }
    _qualify(querier, facts)
    _prove(querier, facts)
    ordered = sorted(facts.values(), key=lambda fact: (not fact["outward"], fact["reads"], -len(fact["evidence"])))
    return ordered, int(text(count) or 0)


def _qualify(querier: Querier, facts: dict[str, Record]) -> None:
    if not facts:
        return
    values = " ".join(f"<{claim}>" for claim in facts)
    properties = " ".join(f"pol:{name}" for name in QUALIFIERS)
    rows = querier.rows(
        f"SELECT DISTINCT ?c ?p ?o {{ VALUES ?c {{ {values} }} VALUES ?p {{ {properties} }} ?c ?p ?o }} ORDER BY ?c ?p ?o"
    )
    for claim, predicate, node in rows:
        facts[text(claim)]["qualifiers"].append((local(predicate), text(node), isinstance(node, NamedNode)))


def _prove(querier: Querier, facts: dict[str, Record]) -> None:
    if not facts:
        return
    values = " ".join(f"<{claim}>" for claim in facts)
    for claim, proof, document, sentence, start, speaker, title, name, published, publisher in querier.rows(
        f"""SELECT DISTINCT ?c ?e ?d ?sentence ?start ?speaker ?title ?name ?published ?publisher {{
          VALUES ?c {{ {values} }} ?c prov:wasDerivedFrom ?e . ?e pol:inDocument ?d ; oa:exact ?sentence ; pol:start ?start .
          OPTIONAL {{ ?e pol:attributedTo ?speaker }} OPTIONAL {{ ?d schema:headline ?title }}
          OPTIONAL {{ ?d dcterms:identifier ?name }} OPTIONAL {{ ?d schema:datePublished ?published }}
          OPTIONAL {{ ?d schema:publisher ?publisher }} }} ORDER BY ?c ?published ?d ?start"""
    ):
        facts[text(claim)]["evidence"].append(
            {
                "path": path_of(querier, proof),
                "document": path_of(querier, document),
                "title": text(title) or text(name),
                "published": text(published),
                "publisher": text(publisher),
                "sentence": text(sentence),
                "start": int(text(start)),
                "attributed_to": text(speaker),
            }
        )


def _background(querier: Querier, iri: NamedNode) -> list[Record]:
    """Return what the reference data says of an entity, as far as no claim does."""
    reads = names.relations(querier)
    found = []
    for outward, pattern in ((True, f"{iri} ?r ?x"), (False, f"?x ?r {iri}")):
        s, o = (f"{iri}", "?x") if outward else ("?x", f"{iri}")
        for relation, other in querier.rows(
            f"""SELECT DISTINCT ?r ?x {{ ?r a pol:Relation . {pattern} . ?x a pol:Entity
            FILTER NOT EXISTS {{ ?c rdf:subject {s} ; rdf:predicate ?r ; rdf:object {o} }} }} ORDER BY ?r ?x LIMIT 200"""
        ):
            name = local(relation)
            words = reads.get(name, (name, name))[0 if outward else 1]
            found.append({"relation": name, "reads": words, "outward": outward, "other": text(other)})
    return found


def _mentions(querier: Querier, iri: NamedNode) -> tuple[list[Record], int]:
    total = next(querier.rows(f"SELECT (COUNT(DISTINCT ?d) AS ?n) {{ ?m pol:refersTo {iri} ; pol:inDocument ?d }}"))[0]
    rows = querier.rows(
        f"""SELECT ?d (COUNT(DISTINCT ?m) AS ?n) (SAMPLE(?w) AS ?form) (SAMPLE(?t) AS ?title) (SAMPLE(?i) AS ?name)
          (SAMPLE(?p) AS ?published) (SAMPLE(?by) AS ?publisher) {{
          ?m pol:refersTo {iri} ; pol:inDocument ?d ; oa:exact ?w .
          OPTIONAL {{ ?d schema:headline ?t }} OPTIONAL {{ ?d dcterms:identifier ?i }}
          OPTIONAL {{ ?d schema:datePublished ?p }} OPTIONAL {{ ?d schema:publisher ?by }}
        }} GROUP BY ?d ORDER BY DESC(?n) ?d LIMIT {SHOWN_DOCUMENTS}"""
    )
    found = [
        {
            "document": path_of(querier, document),
            "count": int(text(n)),
            "title": text(title) or text(name),
            "published": text(published),
            "publisher": text(publisher),
        }
        for document, n, _, title, name, published, publisher in rows
    ]
    return found, int(text(total) or 0)


def _quotations(querier: Querier, iri: NamedNode) -> list[Record]:
    rows = querier.rows(
        f"""SELECT DISTINCT ?q ?words ?d ?title ?name ?published {{
          ?q a pol:Quotation ; pol:speaker {iri} ; pol:text ?words ; pol:inDocument ?d .
          OPTIONAL {{ ?d schema:headline ?title }} OPTIONAL {{ ?d dcterms:identifier ?name }}
          OPTIONAL {{ ?d schema:datePublished ?published }} }} ORDER BY ?published ?d ?q LIMIT {SHOWN_QUOTATIONS}"""
    )
    return [
        {
            "path": path_of(querier, quotation),
            "words": text(words),
            "document": path_of(querier, document),
            "title": text(title) or text(name),
            "published": text(published),
        }
        for quotation, words, document, title, name, published in rows
    ]


def _neighbours(facts: list[Record], background: list[Record]) -> list[Record]:
    """Return who stands next to an entity, by the number of asserted facts that link the two."""
    counts: dict[str, int] = defaultdict(int)
    seen = {}
    for found in (*facts, *background):
        if found.get("status", "Asserted") == "Asserted":
            counts[found["other"]["path"]] += 1
            seen[found["other"]["path"]] = found["other"]
    ordered = sorted(seen.values(), key=lambda other: (-counts[other["path"]], other["label"]))
    return [{**other, "count": counts[other["path"]]} for other in ordered]
