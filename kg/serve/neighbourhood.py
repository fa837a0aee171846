"""The explorer page of one entity's neighbourhood.

In go a `Querier` and a path, out comes the HTML page that `kg.view` makes of the claims next to the entity, with their
evidence. Nothing is drawn here.
"""

from pathlib import Path

from pyoxigraph import Quad, QueryTriples, Store

from kg.errors import InputError
from kg.graph.query import Querier
from kg.serve.names import entities, iri_of

NEIGHBOURS = 150
"""The most entities that one page draws: those with the most facts shared with the entity."""


def draw_neighbourhood(querier: Querier, *, path: str, ontology: str) -> str:
    """Return the explorer page of an entity and its neighbours, with the facts between all of them.

    `ontology` is the folder that `kg.ontology` reads. Raises InputError for what is no entity.
    """
    from kg.ontology import read_ontology  # noqa: PLC0415  the libraries behind the page are slow to load
    from kg.view.explorer import make_network  # noqa: PLC0415

    iri = iri_of(querier, path)
    rows = list(
        querier.rows(
            f"""SELECT ?other (COUNT(?claim) AS ?n) {{
          {{ ?claim rdf:subject {iri} ; rdf:object ?other }} UNION {{ ?claim rdf:object {iri} ; rdf:subject ?other }}
          ?claim a pol:Claim }} GROUP BY ?other ORDER BY DESC(?n) ?other LIMIT {NEIGHBOURS}"""
        )
    )
    if not any(True for _ in querier.rows(f"SELECT ?c {{ {iri} a pol:Entity ; a ?c }} LIMIT 1")):
        raise InputError("the graph says nothing of this", value=iri.value)
    around = " ".join(sorted({str(iri)} | {str(other) for other, _ in rows}))
    result = querier.store.query(_construct(around), prefixes=querier.prefixes)
    assert isinstance(result, QueryTriples)
    small = Store()
    small.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in result)
    label = entities(querier, [iri.value])[iri.value]["label"]
    page: str = make_network(small, read_ontology(Path(ontology)), title=label).generate_html()
    return page


def _construct(around: str) -> str:
    return f"""CONSTRUCT {{ ?s ?p ?o }} WHERE {{
      {{ VALUES ?s {{ {around} }} ?s ?p ?o }}
      UNION {{ VALUES ?a {{ {around} }} VALUES ?b {{ {around} }} ?s rdf:subject ?a ; rdf:object ?b ; ?p ?o }}
      UNION {{ VALUES ?a {{ {around} }} VALUES ?b {{ {around} }} ?c rdf:subject ?a ; rdf:object ?b ;
               prov:wasDerivedFrom ?s . ?s ?p ?o }}
      UNION {{ VALUES ?a {{ {around} }} VALUES ?b {{ {around} }} ?c rdf:subject ?a ; rdf:object ?b ;
               prov:wasDerivedFrom/pol:inDocument ?s . ?s ?p ?o }}
      UNION {{ VALUES ?a {{ {around} }} ?s pol:refersTo ?a ; ?p ?o }}
      UNION {{ VALUES ?a {{ {around} }} ?s pol:speaker ?a ; ?p ?o }}
    }}"""
