"""Lookups: the answer of Oxigraph, byte for byte, or none, so that a worker answers."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, Store

from kg.graph.query import QUERY_PREFIXES
from kg.serve.lookup import MOST, Lookups

BASE = "https://example.org/id/"
PREFIXES = {**QUERY_PREFIXES, "id": BASE}
LABEL = NamedNode(PREFIXES["rdfs"] + "label")
DATA = r"""
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix id: <https://example.org/id/> .
<https://example.org/id/person/jo-roe> a id:Person, id:Official ; rdfs:label "Jo Roe", "Jo \"the\n\tTank\" Roe \\ \u0001 é 😀"@EN-us ;
  id:since "2018-01-01"^^xsd:date ; id:money 5, 2.50, true, "" ; id:knows id:self, [] .
id:self id:knows id:self ; rdfs:label "Self"@en .
"""
LOOKUPS = [
    "SELECT ?l { <https://example.org/id/person/jo-roe> <http://www.w3.org/2000/01/rdf-schema#label> ?l } # 7 } UNION",
    r"select * where{ id:person\/jo-roe rdfs:label ?l . }",
    "SELECT ?v { ?x id:money ?v }",
    "SELECT ?v ?nowhere ?x WHERE { ?x id:since ?v }",
    "SELECT ?x { ?x a id:Person }",
    'SELECT ?x ?p { ?x ?p "Jo Roe" }',
    'SELECT * { ?x rdfs:label "Self"@EN }',
    'SELECT $x { $x rdfs:label "Self" }',
    "SELECT * { ?who ?does ?what }",
    "SELECT * { id:self id:knows id:self }",
    "SELECT ?none { id:self id:knows id:self }",
    "SELECT * { id:self id:knows id:nobody }",
    "PREFIX id: <https://example.org/id/person/> PREFIX see: <http://www.w3.org/2000/01/rdf-schema#>\nSELECT ?l { id:jo-roe see:label ?l }",
    "SELECT ?k { ?s id:knows ?k }",
]
LEFT = [
    "SELECT ?x { ?x id:knows ?x }",
    "SELECT ?l ?l { id:self rdfs:label ?l }",
    "SELECT ?l { id:self rdfs:label ?l . ?l ?p ?o }",
    "SELECT ?l { id:self rdfs:label ?l } LIMIT 1",
    "SELECT ?l { id:self (rdfs:label|id:knows) ?l }",
    "SELECT ?l { id:self rdfs:label ?l FILTER(?l = 1) }",
    "SELECT ?l { id:self rdfs:label ?l # }\n . ?l ?p ?o }",
    "SELECT ?l { id:self rdfs:label ?l } # \\u000A VALUES ?l { 1 }",
    "SELECT ?l { id:self unheard:of ?l }",
    "SELECT ?l FROM <a:b> { id:self rdfs:label ?l }",
    "SELECT ?l { id:self A ?l }",
    "SELECT DISTINCT ?l { id:self rdfs:label ?l }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "ASK { id:self rdfs:label ?l }",
    'SELECT ?x { ?x id:money "5"^^<http://www.w3.org/2001/XMLSchema#integer> }',
    "SELECT ?l { id:self rdfs:label ?l",
]
"""Queries that are more, or other, than one pattern of plain terms, or that are wrong: a worker says how."""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of a few triples of every kind."""
    folder = tmp_path_factory.mktemp("lookup")
    store = Store(str(folder / "store"))
    store.load(DATA.encode(), "text/turtle")
    store.flush()
    return folder


@pytest.fixture(scope="module")
def lookups(output: Path) -> Lookups:
    found = Lookups(output, BASE)
    found.open()
    return found


@pytest.mark.parametrize("text", LOOKUPS)
def test_a_lookup_is_answered_as_oxigraph_answers_it(text: str, output: Path, lookups: Lookups) -> None:
    result = Store.read_only(str(output / "store")).query(text, prefixes=PREFIXES)
    assert lookups.answer(text) == result.serialize(format=QueryResultsFormat.JSON)


@pytest.mark.parametrize("text", LEFT)
def test_anything_else_is_left_to_the_workers(text: str, lookups: Lookups) -> None:
    assert lookups.answer(text) is None


@pytest.mark.parametrize(("triples", "answered"), [(MOST, True), (MOST + 1, False)])
def test_what_matches_too_much_is_left_to_the_workers(triples: int, answered: bool, tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    store.extend(Quad(NamedNode(f"a:{number}"), LABEL, Literal("x")) for number in range(triples))
    store.flush()
    lookups = Lookups(tmp_path, BASE)
    lookups.open()
    assert (lookups.answer('SELECT ?s { ?s rdfs:label "x" }') is not None) == answered
    assert lookups.answer("SELECT ?l { <a:1> rdfs:label ?l }") is not None


def test_without_a_store_nothing_is_answered_here(tmp_path: Path) -> None:
    lookups = Lookups(tmp_path, BASE)
    lookups.open()
    assert lookups.answer("SELECT ?l { <a:1> rdfs:label ?l }") is None


def test_repetition_without_end_is_refused_and_not_tried_in_every_way(lookups: Lookups) -> None:
    for text in (
        "SELECT " + "?a " * 600 + "x",
        "SELECT ?l { <a:b> <c:d> ?l }" + "\n#x" * 600,
        "PREFIX a: <b:c> " * 120,
    ):
        assert lookups.answer(text[:1_990] + "\n}") is None
