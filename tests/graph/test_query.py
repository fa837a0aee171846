"""The store and its queries: what is refused, which errors people see, how answers are written."""

import json

import pytest
from pyoxigraph import Store

from kg.errors import OutputError, QueryError
from kg.graph.background import encode_ontology
from kg.graph.explain import Explainer
from kg.graph.query import Querier, check
from kg.graph.results import cells, write_answer
from kg.graph.stats import count
from kg.graph.store import build_store, open_store
from kg.graph.terms import GRAPH_ONTOLOGY, GRAPH_QUARANTINE, resource
from kg.graph.write import GraphWriter, canonical_lines
from kg.ids import RESOURCE_BASE
from kg.settings import Settings


@pytest.fixture(scope="module")
def output(tmp_path_factory, make_linked, encoder):
    folder = tmp_path_factory.mktemp("output")
    with GraphWriter(folder) as writer:
        for name in ("one", "two"):
            linked = make_linked(name)
            writer.add(encoder.document_graph(linked.document), canonical_lines(encoder.encode_document(linked)))
        ontology = encode_ontology(Settings().ontology / "core.ttl")
        writer.add(resource(GRAPH_ONTOLOGY), canonical_lines(ontology))
        rejected = encoder.encode_rejection(make_linked("one").claims[0], "It does not fit.")
        writer.add(resource(GRAPH_QUARANTINE), canonical_lines(rejected), in_union=False)
    writer.remove_runs()
    store = build_store(folder / "graph.ttl", folder / "graph.nq", folder / "store", without=resource(GRAPH_QUARANTINE))
    del store
    return folder


@pytest.fixture
def querier(output):
    return Querier(open_store(output))


def test_the_default_graph_holds_each_triple_once(querier):
    """Both documents say the same: joins over them must not multiply."""
    rows = list(querier.rows("SELECT ?s ?p ?o { ?c a pol:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"))
    assert len(rows) == 4


def test_each_document_is_a_named_graph(querier):
    answer = querier.run("SELECT DISTINCT ?g { GRAPH ?g { ?d a pol:Document } } ORDER BY ?g")
    assert [show[0] for show in cells(answer)[1]] == ["document/one", "document/two"]


def test_what_was_rejected_is_in_no_query(querier, output):
    assert "pol:RejectedClaim" in (output / "graph.trig").read_text()
    assert "RejectedClaim> ." not in (output / "graph.ttl").read_text()
    assert (
        len(querier.run("SELECT ?x { { ?x a pol:RejectedClaim } UNION { GRAPH ?g { ?x a pol:RejectedClaim } } }")) == 0
    )


def test_prefixes_are_known(querier):
    answer = querier.run("SELECT ?name { id:person\\/ann-lee rdfs:label ?name }")
    assert cells(answer) == (("name",), [("Ann Lee",)])


REFUSED = [
    ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE is refused", "1:12"),
    ("SELECT * { service silent ?x { ?s ?p ?o } }", "SERVICE is refused", "1:12"),
    ("SELECT *\nFROM <file:///etc/passwd> { ?s ?p ?o }", "FROM is refused", "2:1"),
    ("SELECT * FROM NAMED <http://example.org/> { ?s ?p ?o }", "FROM is refused", "1:10"),
    ("LOAD <file:///etc/passwd>", "updates are refused", "1:1"),
    ("PREFIX a: <b:c> INSERT DATA { a:x a:y a:z }", "updates are refused", "1:17"),
    ("# hello\nDELETE WHERE { ?s ?p ?o }", "updates are refused", "2:1"),
    ("BASE <x:y> DROP ALL", "updates are refused", "1:12"),
    ("CLEAR ALL", "updates are refused", "1:1"),
    ("ASK { FILTER(1<2) } #>\nFROM <x:y>", "FROM is refused", "2:1"),
    ("SELECT * { ?s ?p '''a''b'''. SERVICE <x:y> {} }", "SERVICE is refused", "1:30"),
]


@pytest.mark.parametrize(("query", "message", "place"), REFUSED)
def test_what_reaches_beyond_the_store_is_refused(query, message, place, querier):
    with pytest.raises(QueryError, match=message) as caught:
        querier.run(query)
    assert f"query:{place}" in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "SERVICE <x:y>" }',
        "SELECT * { ?s ?p 'FROM' } # FROM <x:y>",
        "SELECT ?service ?from { ?service ?p ?from }",
        "PREFIX service: <x:y> SELECT * { ?s service:load ?o }",
        "SELECT * { <x:SERVICE> ?p '''a 'SERVICE' ''' }",
        'SELECT * { ?s ?p "say \\"FROM\\" now" }',
        'SELECT * { ?s ?p "a"@from }',
        "ASK { ?s ?p ?o FILTER(?o < 5 && ?s > 3) }",
    ],
)
def test_words_that_are_no_keywords_are_not_refused(query):
    check(query)


ERRORS = [
    ("SELECT ?x { ?x a pl:Person }", "the prefix is not declared", "pol:?"),
    ("SELECT ?x { ?x a pol:Persn }", "no such name", "pol:Person?"),
    ("SELECT ?x { ?x pol:threatenFundingOf ?y }", "no such name", "pol:threatensFundingOf?"),
    ("SELECT ?x { ?x <https://w3id.org/policy-kg/ontology#cite> ?y }", "no such name", "pol:cites?"),
    ("PREFIX p: <https://w3id.org/policy-kg/ontology#> SELECT ?x { ?x p:sue ?y }", "no such name", "pol:sued?"),
    ("SELECT ?x { ?x a ", "no valid SPARQL", ""),
    ("SELECT ?x ?y", "no valid SPARQL", ""),
    ("", "no valid SPARQL", ""),
    ("hello", "no valid SPARQL", ""),
    ("SELECT (1/0 AS ?x) (SUM(?y) AS ?x) {}", "no valid SPARQL", ""),
]


@pytest.mark.parametrize(("query", "message", "hint"), ERRORS)
def test_errors_name_the_place_and_the_way_out(query, message, hint, querier):
    with pytest.raises(QueryError, match=message) as caught:
        querier.run(query, place="mine.rq")
    assert "mine.rq:1:" in str(caught.value)
    assert hint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_name_that_the_ontology_knows_is_no_error(querier):
    assert len(querier.run("SELECT ?x { ?x pol:proposes ?y }")) == 0


def test_answers_in_each_format(querier):
    select = querier.run('SELECT ?a ?b ?c { VALUES (?a ?b ?c) { ("x,\\"y\\"\\n" 5 UNDEF) (pol:Claim "z"@en "w") } }')
    assert write_answer(select, "csv").startswith('a,b,c\r\n"x,""y""\n",5,\r\n')
    assert write_answer(select, "tsv").splitlines()[:2] == [
        "?a\t?b\t?c",
        '"x,\\"y\\"\\n"\t"5"^^<http://www.w3.org/2001/XMLSchema#integer>\t',
    ]
    found = json.loads(write_answer(select, "json"))
    assert found["head"]["vars"] == ["a", "b", "c"]
    assert found["results"]["bindings"][1] == {
        "a": {"type": "uri", "value": "https://w3id.org/policy-kg/ontology#Claim"},
        "b": {"type": "literal", "value": "z", "xml:lang": "en"},
        "c": {"type": "literal", "value": "w"},
    }
    assert cells(select)[1][1] == ("pol:Claim", "z", "w")
    assert write_answer(querier.run("ASK { ?s a pol:Claim }"), "csv") == "true\r\n"
    assert json.loads(write_answer(querier.run("ASK { ?s a pol:Court }"), "json"))["boolean"] is False
    turtle = write_answer(querier.run("CONSTRUCT { ?s a pol:Person } WHERE { ?s a pol:Person }"), "turtle")
    assert "<https://w3id.org/policy-kg/id/person/ann-lee> a pol:Person" in turtle


@pytest.mark.parametrize(
    ("query", "kind"), [("SELECT ?s { ?s a pol:Claim }", "turtle"), ("CONSTRUCT WHERE { ?s a pol:Claim }", "csv")]
)
def test_a_format_that_does_not_suit_is_an_error(query, kind, querier):
    with pytest.raises(QueryError, match="format does not suit"):
        write_answer(querier.run(query), kind)


def test_a_missing_or_broken_store_is_an_error(tmp_path):
    with pytest.raises(OutputError, match="kg build"):
        open_store(tmp_path)
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "CURRENT").write_text("nonsense")
    with pytest.raises(OutputError, match="cannot be opened"):
        open_store(tmp_path)


def test_counts(querier):
    figures = count(querier)
    assert figures["documents"] == 2
    assert figures["claims"] == 4
    assert figures["evidence"] == 8
    assert figures["mentions"] == 6
    assert figures["claims_in_several_documents"] == 4
    assert figures["entities_by_class"]["Official"] == figures["entities_by_class"]["Person"] == 1
    assert figures["claims_by_relation"]["sued"] == {"Negated": 1}


@pytest.fixture
def explainer(querier):
    return Explainer(querier, RESOURCE_BASE)


@pytest.mark.parametrize(
    "name", ["Ann Lee", "ann lee", "Lee", "person/ann-lee", "https://w3id.org/policy-kg/id/person/ann-lee"]
)
def test_people_are_found_by_any_name(name, explainer):
    assert explainer.find(name) == "person/ann-lee"


def test_facts_come_with_their_sentences(explainer):
    facts = {fact.relation: fact for fact in explainer.facts("person/ann-lee")}
    assert set(facts) == {"holdsPost", "sued"}
    assert facts["sued"].status == "Negated"
    assert facts["holdsPost"].qualifiers == (("title", "mayor"),)
    assert [proof.document for proof in facts["holdsPost"].evidence] == ["one", "two"]
    assert facts["holdsPost"].evidence[0].sentence.startswith("Ann Lee, the mayor of Springfield")
    assert facts["holdsPost"].evidence[0].published == "2017-03-28"


def test_what_links_two(explainer):
    assert [f.relation for f in explainer.between("jurisdiction/us/zz/springfield", "person/ann-lee")] == ["holdsPost"]
    assert explainer.chain("person/ann-lee", "law/us/usc/8/1373") == [
        "person/ann-lee",
        "jurisdiction/us/zz/springfield",
        "program/acme",
        "law/us/usc/8/1373",
    ]
    assert explainer.chain("person/ann-lee", "jurisdiction/us/zz/springfield-county") == [], (
        "a denied fact links nobody"
    )


def test_an_unknown_name_lists_who_is_near(explainer):
    from kg.errors import InputError

    with pytest.raises(InputError, match=r"Near are Ann Lee \(person/ann-lee\)"):
        explainer.find("Anne Lee")
    with pytest.raises(InputError, match="Look for it"):
        explainer.find("qqqq")


def test_reading_beside_a_new_build_is_safe(output):
    """A store that is open keeps answering while another is opened on the same folder."""
    first, second = open_store(output), open_store(output)
    assert len(first) == len(second)
    assert isinstance(first, Store)
