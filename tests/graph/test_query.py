"""The store and its queries: what is refused, which errors people see, how answers are written."""

import json
import re

import pytest
from pyoxigraph import Store

from kg.errors import OutputError, QueryError
from kg.graph.background import encode_ontology
from kg.graph.explain import Explainer
from kg.graph.guard import read_request
from kg.graph.query import QUERY_PREFIXES, Querier
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
    ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE is refused", ":1:12"),
    ("SELECT * { service silent ?x { ?s ?p ?o } }", "SERVICE is refused", ":1:12"),
    ("SELECT * { \\u0053ERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE is refused", ":1:12"),
    ("SELECT * { ?\\u0061 ?b ?c . serv\\U00000049ce <x:y> {} }", "SERVICE is refused", ":1:28"),
    ('SELECT * { ?s ?p "\\u0022 SERVICE <x:y> {} #" }', "SERVICE is refused", ":1:26"),
    ("\\u004cOAD <file:///etc/passwd>", "updates are refused", ":1:1"),
    ("SELECT * \\u0046ROM <file:///etc/passwd> { ?s ?p ?o }", "nothing is loaded from elsewhere", ""),
    ("SELECT *\nFROM <file:///etc/passwd> { ?s ?p ?o }", "nothing is loaded from elsewhere", ""),
    ("SELECT * FROM NAMED <http://example.org/> { ?s ?p ?o }", "nothing is loaded from elsewhere", ""),
    ("SELECT *\n FROM <relative> { ?s ?p ?o }", "whole IRI", ":2:7"),
    ("LOAD <file:///etc/passwd>", "updates are refused", ":1:1"),
    ("PREFIX a: <b:c> INSERT DATA { a:x a:y a:z }", "updates are refused", ":1:17"),
    ("# hello\nDELETE WHERE { ?s ?p ?o }", "updates are refused", ":2:1"),
    ("BASE <x:y> DROP ALL", "updates are refused", ":1:12"),
    ("WITH <x:y> DELETE { ?s ?p ?o } WHERE {}", "updates are refused", ":1:1"),
    ("CLEAR ALL", "updates are refused", ":1:1"),
    ("ASK { FILTER(1<2) } #>\nFROM <x:y>", "nothing is loaded from elsewhere", ""),
    ("SELECT * { ?s ?p '''a''b'''. SERVICE <x:y> {} }", "SERVICE is refused", ":1:30"),
]


@pytest.mark.parametrize(("query", "message", "place"), REFUSED)
def test_what_reaches_beyond_the_store_is_refused(query, message, place, querier):
    with pytest.raises(QueryError, match=message) as caught:
        querier.run(query)
    assert str(caught.value).startswith(f"query{place}")


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "SERVICE <x:y>" }',
        'SELECT * { ?s ?p "\\u0053ERVICE <x:y>" }',
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
    read_request(query, QUERY_PREFIXES)


def test_graphs_of_the_store_may_be_chosen(querier):
    document = "<https://w3id.org/policy-kg/id/document/one>"
    assert len(querier.run(f"SELECT * FROM {document} {{ ?d a pol:Document }}")) == 1
    assert len(querier.run(f"SELECT * FROM id:document\\/two FROM {document} {{ ?d a pol:Document }}")) == 2
    assert len(querier.run(f"SELECT * FROM NAMED {document} {{ GRAPH ?g {{ ?d a pol:Document }} }}")) == 1


ERRORS = [
    ("SELECT ?x { ?x a pl:Person }", "the prefix is not declared", "pol:?", "pl:"),
    ("SELECT ?x { ?x a pol:Persn }", "no such name", "pol:Person?", "pol:Persn"),
    ("SELECT ?x { ?x pol:threatenFundingOf ?y }", "no such name", "pol:threatensFundingOf?", "pol:threatenFundingOf"),
    ("SELECT ?x { ?x <https://w3id.org/policy-kg/ontology#cite> ?y }", "no such name", "pol:cites?", None),
    (
        "PREFIX p: <https://w3id.org/policy-kg/ontology#> SELECT ?x { ?x p:sue ?y }",
        "no such name",
        "pol:sued?",
        "p:sue",
    ),
    ("SELECT ?x { ?x rdf:lable ?y }", "the graph has no such name", "rdfs:label?", "rdf:lable"),
    ("SELECT ?x { ?x dcterms:identifer ?y }", "the graph has no such name", "dcterms:identifier?", "dcterms:identifer"),
    ("SELECT ?x { ?x a ", "this is not closed", "Write }", "{"),
    ("SELECT ?x { ?x rdfs:label ?y FILTER(?y = 5 }", "this is not closed", "another kind", "("),
    ("SELECT ?x { ?x a ?y } }", "nothing is open", "Delete it", "}"),
    ('SELECT ?x { ?x ?y "Ann Lee }', "mark is not closed", "ends as it begins", '"'),
    ("SELECT ?x { ?x ?y “Ann” }", "no quotation mark", "straight", "“"),
    ("SELECT ?x ?y", "no valid SPARQL", "", None),
    ("", "the query is empty", "--list", None),
    ("# nothing", "the query is empty", "--list", None),
    ("hello", "no such word", "?hello", "hello"),
    ("SELET ?x { ?x ?y ?z }", "no such word", "SELECT?", "SELET"),
    ("SELECT x { ?x ?y ?z }", "no such word", "?x", "x"),
    ("SELECT ?x { ?x a person }", "needs its prefix", "pol:Person", "person"),
    ("SELECT ?x, ?y { ?x a ?y }", "without commas", "?a ?b", ","),
    ("SELECT COUNT(?x) { ?x a ?y }", "needs brackets and a name", "(COUNT(…) AS ?name)", "COUNT"),
    ("SELECT (COUNT(?x)) { ?x a ?y }", "needs a name", "(… AS ?name)", "(COUNT(?x))"),
    ("SELECT ?x (COUNT(?y) AS ?n) { ?x a ?y } GROUP BY ?y", "neither grouped nor calculated", "GROUP BY", "?x"),
    ("SELECT ?x { ?x a ?y } LIMIT ?ten", "LIMIT needs a number", "LIMIT 10", "?ten"),
    ("SELECT ?x { ?x a ?y } ORDER ?x", "ORDER needs BY", "ORDER BY ?variable", "ORDER"),
    ("SELECT ?x { ?x a ?y FILTER ?y = 5 }", "FILTER needs brackets", "FILTER(", "?y"),
    ("SELECT ?x { ?x a ?y FILTER(?y == 5) }", "no such sign", "written =", "=="),
    ("SELECT ?x { ?x a ?y OPTIONAL ?x ?p ?z }", "needs a group in braces", "OPTIONAL {", "OPTIONAL"),
    ("SELECT ?x { id:person/ann-lee ?p ?x }", "needs a backslash", "id:person\\/ann-lee", "id:person/ann-lee"),
    ("SELECT ?x { ?x a pol:Claim ?y a pol:Person }", "full stop is missing", "Triples end with .", "?y"),
    ("SELECT ?x { ?x a pol:Claim . ?y rdfs:label }", "fewer than three parts", "?subject", "}"),
    ("SELECT (1/0 AS ?x) (SUM(?y) AS ?x) {}", "no valid SPARQL", "", None),
]


@pytest.mark.parametrize(("query", "message", "hint", "marked"), ERRORS)
def test_errors_name_the_place_and_the_way_out(query, message, hint, marked, querier):
    with pytest.raises(QueryError, match=message) as caught:
        querier.run(query, place="mine.rq")
    error = caught.value
    assert hint in str(error)
    assert "\n" not in str(error)
    place = re.match(r"mine\.rq:1:(\d+): ", str(error))
    if marked is not None:
        assert query[int(place[1]) - 1 :].startswith(marked)
        line, carets = error.shown().split("\n")[-2:]
        assert line[carets.index("^") : carets.rindex("^") + 1] == marked


def test_the_caret_stands_below_the_right_line(querier):
    with pytest.raises(QueryError) as caught:
        querier.run("SELECT ?x {\n\t?x a pol:Persn ;\n  rdfs:label ?l\n}")
    assert caught.value.shown().split("\n")[1:] == ["     ?x a pol:Persn ;", "          ^^^^^^^^^"]
    with pytest.raises(QueryError) as caught:
        querier.run("SELECT ?x { " + "?x a pol:Claim . " * 40 + "?x a pol:Persn }")
    line, carets = caught.value.shown().split("\n")[-2:]
    assert len(line) < 120 and line[carets.index("^") :].startswith("pol:Persn")


@pytest.mark.parametrize(
    "query",
    ["SELECT ?x { ?x foaf:name ?y }", "SELECT ?x { ?x a <http://example.org/A> }", "SELECT ?x { id:nobody ?p ?x }",
     "SELECT ?x { ?x rdf:value ?y FILTER(DATATYPE(?y) = xsd:short) }"],
)  # fmt: skip
def test_names_of_other_vocabularies_may_be_missing(query, querier):
    assert len(querier.run(query)) == 0


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
    assert figures["claims_with_several_sources"] == 4
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
