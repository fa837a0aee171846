"""What the start page, the list of documents, the editor's completion and the service description show.

In go a `Querier`, out come plain dictionaries; nothing here makes HTML or RDF.
"""

import re
from typing import Any

from kg.graph.query import Querier
from kg.graph.stats import count
from kg.serve import names
from kg.serve.names import local, path_of, text

Record = dict[str, Any]
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
SHOWN_GRAPHS = 1_000
SHOWN_ENTITIES = 24


def read_overview(querier: Querier) -> Record:
    """Return the figures of the graph and the entities that appear in the most facts."""
    rows = list(
        querier.rows(
            f"""SELECT ?e (COUNT(?claim) AS ?n) {{ {{ ?claim rdf:subject ?e }} UNION {{ ?claim rdf:object ?e }}
        ?claim a pol:Claim }} GROUP BY ?e ORDER BY DESC(?n) ?e LIMIT {SHOWN_ENTITIES}"""
        )
    )
    known = names.entities(querier, (text(entity) for entity, _ in rows))
    busiest = [{**known[text(entity)], "count": int(text(n))} for entity, n in rows]
    plurals = {local(c): text(p) for c, p in querier.rows("SELECT ?c ?p { ?c pol:plural ?p }")}
    return {"figures": count(querier), "busiest": busiest, "plurals": plurals}


def list_documents(querier: Querier, *, skip: int, limit: int) -> Record:
    """Return a page of the documents, the latest first, with how many facts each states."""
    total = next(querier.rows("SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a pol:Document }"))[0]
    rows = querier.rows(
        f"""SELECT ?d ?id (SAMPLE(?t) AS ?title) (SAMPLE(?p) AS ?published) (SAMPLE(?by) AS ?publisher) {{
        ?d a pol:Document ; dcterms:identifier ?id OPTIONAL {{ ?d schema:headline ?t }}
        OPTIONAL {{ ?d schema:datePublished ?p }} OPTIONAL {{ ?d schema:publisher ?by }}
        }} GROUP BY ?d ?id ORDER BY DESC(?published) ?id OFFSET {int(skip)} LIMIT {int(limit)}"""
    )
    found = [
        {
            "path": path_of(querier, document),
            "title": text(title) or text(identifier),
            "published": text(published),
            "publisher": text(publisher),
        }
        for document, identifier, title, published, publisher in rows
    ]
    return {"total": int(text(total) or 0), "documents": found}


def read_vocabulary(querier: Querier) -> Record:
    """Return what the editor completes: prefixes, and the terms of the ontology with their labels and comments."""
    rows = querier.rows(
        """SELECT ?term (MIN(?l) AS ?label) (MIN(?c) AS ?comment) (MIN(?k) AS ?kind) {
        ?term rdfs:label ?l ; a ?k . FILTER(STRSTARTS(STR(?term), STR(pol:))) OPTIONAL { ?term rdfs:comment ?c }
        } GROUP BY ?term ORDER BY ?term"""
    )
    terms = [
        {
            "name": f"pol:{local(term)}",
            "label": text(label),
            "comment": text(comment),
            "class": text(kind).endswith("#Class"),
        }
        for term, label, comment, kind in rows
    ]
    other = querier.rows("SELECT DISTINCT ?p { GRAPH ?g { ?d a pol:Document . ?s ?p ?o } } LIMIT 200")
    used = sorted(_short(text(row[0]), querier.prefixes) for row in other)
    outside = [
        {"name": name, "label": "", "comment": "", "class": False} for name in used if not name.startswith("pol:")
    ]
    return {"prefixes": querier.prefixes, "terms": terms + outside}


def _short(iri: str, prefixes: dict[str, str]) -> str:
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


def read_dataset(querier: Querier) -> Record:
    """Return how many triples and graphs there are, and the names of the first graphs."""
    graphs = sorted(graph.value for graph in querier.store.named_graphs())
    triples = next(querier.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))[0]
    return {"triples": int(text(triples)), "graphs": len(graphs), "names": graphs[:SHOWN_GRAPHS]}


def read_colours(querier: Querier) -> str:
    """Return a style sheet with the colour of each class, as the ontology gives them."""
    rows = querier.rows("SELECT ?c ?colour { ?c pol:colour ?colour } ORDER BY ?c ?colour")
    found = [(local(kind), text(colour)) for kind, colour in rows]
    return "".join(f".kind-{kind} {{ --kind: {colour}; }}\n" for kind, colour in found if COLOUR.fullmatch(colour))
