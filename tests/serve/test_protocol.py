"""The SPARQL 1.1 Protocol over real HTTP: the query tests of the W3C's protocol test suite, and what they leave out.

Names in the tables are those of the suite (https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/), where a
test comes from there. Its update tests do not apply: that updates are refused stands below.
"""

import csv
import gzip
import io
import json
import xml.etree.ElementTree as ET
from urllib.parse import urlencode

import httpx
import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

ASK = "ASK {}"
SELECT = "SELECT ?label WHERE { id:person\\/ada-quill rdfs:label ?label }"
CONSTRUCT = "CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s rdfs:label ?o ; a pol:Person }"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
BASE = "https://w3id.org/policy-kg/id/"
ONE, TWO = BASE + "document/threat-2018", BASE + "document/letters-2018"
RESULTS = {JSON, XML, "text/csv; charset=utf-8", "text/tab-separated-values; charset=utf-8"}
RDF = {"text/turtle; charset=utf-8", "application/n-triples", "application/ld+json", "application/rdf+xml"}


def post(
    client: httpx.Client, body: str | bytes, kind: str | None, path: str = "/sparql", **headers: str
) -> httpx.Response:
    found = {"Content-Type": kind} if kind else {}
    return client.post(path, content=body, headers=found | headers)


@pytest.mark.parametrize(
    ("name", "method", "path", "body", "kind"),
    [
        ("query_get", "GET", "/sparql?" + urlencode({"query": ASK}), None, None),
        ("query_post_form", "POST", "/sparql", urlencode({"query": ASK}), FORM),
        ("query_post_direct", "POST", "/sparql", ASK, DIRECT),
        ("charset_named", "POST", "/sparql", ASK, DIRECT + "; charset=UTF-8"),
        ("form_charset_named", "POST", "/sparql", urlencode({"query": ASK}), FORM + "; charset=utf-8"),
    ],
)
def test_the_three_ways_to_ask(
    client: httpx.Client, name: str, method: str, path: str, body: str | None, kind: str | None
) -> None:
    answer = client.request(method, path, content=body, headers={"Content-Type": kind} if kind else {})
    assert answer.status_code == 200
    assert answer.headers["content-type"] in RESULTS
    assert answer.json()["boolean"] is True


@pytest.mark.parametrize(
    ("name", "query", "kinds"),
    [
        ("query_content_type_select", SELECT, RESULTS),
        ("query_content_type_ask", ASK, RESULTS),
        ("query_content_type_describe", f"DESCRIBE <{ONE}>", RDF),
        ("query_content_type_construct", CONSTRUCT, RDF),
    ],
)
def test_the_content_type_suits_the_form(client: httpx.Client, name: str, query: str, kinds: set[str]) -> None:
    answer = client.get("/sparql", params={"query": query})
    assert answer.status_code == 200 and answer.headers["content-type"] in kinds


HEADLINES = "SELECT DISTINCT ?title { ?d schema:headline ?title }"
IN_GRAPHS = "SELECT DISTINCT ?title { GRAPH ?g { ?d schema:headline ?title } }"
BOTH = "ASK { ?a schema:headline 'Rivers secretary warns Chicago' GRAPH ?g { ?b schema:headline 'Letters go out' } }"


@pytest.mark.parametrize("way", ["get", "form", "direct"])
@pytest.mark.parametrize(
    ("name", "query", "default", "named", "titles"),
    [
        ("query_dataset_default_graph", HEADLINES, [ONE], [], {"Rivers secretary warns Chicago"}),
        ("query_dataset_default_graphs", HEADLINES, [ONE, TWO], [], {"Rivers secretary warns Chicago", "Letters go out"}),
        ("query_dataset_named_graphs", IN_GRAPHS, [], [ONE], {"Rivers secretary warns Chicago"}),
        ("named_graphs_leave_default_empty", HEADLINES, [], [ONE], set()),
        ("query_multiple_dataset", f"SELECT ?title FROM <{TWO}> {{ ?d schema:headline ?title }}", [ONE], [],
         {"Rivers secretary warns Chicago"}),
        ("from_in_the_query", f"SELECT ?title FROM <{TWO}> {{ ?d schema:headline ?title }}", [], [], {"Letters go out"}),
        ("from_named_in_the_query",
         f"SELECT ?title FROM NAMED <{TWO}> {{ GRAPH ?g {{ ?d schema:headline ?title }} }}", [], [], {"Letters go out"}),
    ],
)  # fmt: skip
def test_datasets(
    client: httpx.Client, way: str, name: str, query: str, default: list[str], named: list[str], titles: set[str]
) -> None:
    pairs = [("default-graph-uri", iri) for iri in default] + [("named-graph-uri", iri) for iri in named]
    if way == "get":
        answer = client.get("/sparql?" + urlencode([("query", query), *pairs]))
    elif way == "form":
        answer = post(client, urlencode([("query", query), *pairs]), FORM)
    else:
        answer = post(client, query, DIRECT, "/sparql?" + urlencode(pairs) if pairs else "/sparql")
    assert answer.status_code == 200, answer.text
    assert {row["title"]["value"] for row in answer.json()["results"]["bindings"]} == titles


def test_query_dataset_full(client: httpx.Client) -> None:
    pairs = [("query", BOTH), ("default-graph-uri", ONE), ("named-graph-uri", TWO)]
    assert client.get("/sparql?" + urlencode(pairs)).json()["boolean"] is True
    pairs = [("query", BOTH), ("default-graph-uri", TWO), ("named-graph-uri", ONE)]
    assert client.get("/sparql?" + urlencode(pairs)).json()["boolean"] is False


def test_a_merge_holds_each_triple_once(client: httpx.Client) -> None:
    count = f"SELECT (COUNT(*) AS ?n) {{ <{BASE}person/ada-quill> rdfs:label ?l }}"
    pairs = [
        ("query", count),
        ("default-graph-uri", ONE),
        ("default-graph-uri", BASE + "document/hostile%2F%E2%84%96%203"),
    ]
    answer = client.get("/sparql?" + urlencode(pairs))
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == "1"


@pytest.mark.parametrize(
    ("name", "method", "path", "body", "kind", "statuses"),
    [
        ("bad_query_method", "PUT", "/sparql?" + urlencode({"query": ASK}), None, None, {405}),
        ("bad_query_method_delete", "DELETE", "/sparql?" + urlencode({"query": ASK}), None, None, {405}),
        ("bad_multiple_queries", "GET", "/sparql?" + urlencode([("query", ASK), ("query", SELECT)]), None, None, {400}),
        ("bad_multiple_queries_form", "POST", "/sparql", urlencode([("query", ASK), ("query", ASK)]), FORM, {400}),
        ("bad_query_wrong_media_type", "POST", "/sparql", ASK, "text/plain", {415}),
        ("bad_query_missing_form_type", "POST", "/sparql", urlencode({"query": ASK}), None, {415}),
        ("bad_query_missing_direct_type", "POST", "/sparql", ASK, None, {415}),
        ("bad_query_non_utf8", "POST", "/sparql", ASK.encode("utf-16"), DIRECT + "; charset=UTF-16", {415}),
        ("bytes_that_are_no_utf8", "POST", "/sparql", b"ASK { ?s ?p '\xff' }", DIRECT, {400}),
        ("bad_query_syntax", "GET", "/sparql?" + urlencode({"query": "ASK {"}), None, None, {400}),
        ("bad_query_syntax_direct", "POST", "/sparql", "SELEKT *", DIRECT, {400}),
        ("empty_query", "GET", "/sparql?query=", None, None, {400}),
        ("empty_form", "POST", "/sparql", "", FORM, {400}),
        ("half_an_escape", "GET", "/sparql?query=%FF%FE", None, None, {400}),
        ("update_by_form", "POST", "/sparql", urlencode({"update": "CLEAR ALL"}), FORM, {403}),
        ("update_direct", "POST", "/sparql", "CLEAR ALL", "application/sparql-update", {403}),
        ("update_by_get", "GET", "/sparql?" + urlencode({"update": "CLEAR ALL"}), None, None, {403}),
        ("update_as_query", "GET", "/sparql?" + urlencode({"query": "INSERT DATA { <a:a> <a:b> 1 }"}), None, None, {400}),
        ("load_as_query", "GET", "/sparql?" + urlencode({"query": "LOAD <file:///etc/passwd>"}), None, None, {400}),
        ("graph_elsewhere", "GET", "/sparql?" + urlencode(
            {"query": ASK, "default-graph-uri": "file:///etc/passwd"}), None, None, {400}),
        ("relative_graph", "GET", "/sparql?" + urlencode(
            {"query": ASK, "default-graph-uri": "passwd"}), None, None, {400}),
        ("from_elsewhere", "GET", "/sparql?" + urlencode(
            {"query": "SELECT * FROM <http://127.0.0.1:1/x> {?s ?p ?o}"}), None, None, {400}),
        ("service", "GET", "/sparql?" + urlencode(
            {"query": "SELECT * { SERVICE <http://127.0.0.1:1/x> {?s ?p ?o} }"}), None, None, {400}),
        ("service_silent", "GET", "/sparql?" + urlencode(
            {"query": "SELECT * { serViCe SILENT <http://127.0.0.1:1/x> {?s ?p ?o} }"}), None, None, {400}),
    ],
)  # fmt: skip
def test_what_must_not_be_answered(
    client: httpx.Client,
    name: str,
    method: str,
    path: str,
    body: str | bytes | None,
    kind: str | None,
    statuses: set[int],
) -> None:
    answer = client.request(method, path, content=body, headers={"Content-Type": kind} if kind else {})
    assert answer.status_code in statuses, answer.text
    assert answer.text.strip()
    assert client.get("/sparql", params={"query": ASK}).json()["boolean"] is True


def test_an_error_names_the_place_and_the_nearest_name(ask) -> None:
    assert "query:1:10" in ask("SELECT * {\n").text or "query:2:1" in ask("SELECT * {\n").text
    answer = ask("SELECT * { ?s plo:sued ?o }")
    assert answer.status_code == 400 and "pol:" in answer.text and "query:1:15" in answer.text


FORMATS = [
    ("application/sparql-results+json", "SELECT", "json"),
    ("application/json", "SELECT", "json"),
    ("application/sparql-results+xml", "SELECT", "xml"),
    ("text/csv", "SELECT", "csv"),
    ("text/tab-separated-values", "SELECT", "tsv"),
    ("*/*", "SELECT", "json"),
    ("text/*", "SELECT", "csv"),
    ("text/csv;q=0.1, application/sparql-results+xml;q=0.9", "SELECT", "xml"),
    ("text/turtle, text/csv;q=0.3", "SELECT", "csv"),
    ("application/sparql-results+json;q=0, */*;q=0.1", "SELECT", "xml"),
]
MEDIA = {"json": JSON, "xml": XML, "csv": "text/csv; charset=utf-8", "tsv": "text/tab-separated-values; charset=utf-8"}


@pytest.mark.parametrize(("accept", "form", "kind"), FORMATS)
def test_negotiation(ask, accept: str, form: str, kind: str) -> None:
    answer = ask(SELECT, accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == MEDIA[kind]
    assert "Accept" in answer.headers["vary"]
    assert labels(answer, kind) == ["Ada Quill"]


def labels(answer: httpx.Response, kind: str) -> list[str]:
    """Read the one column of an answer with a reader that is not ours."""
    if kind == "json":
        return [row["label"]["value"] for row in answer.json()["results"]["bindings"]]
    if kind == "xml":
        return [node.text or "" for node in ET.fromstring(answer.content).iter() if node.tag.endswith("}literal")]
    if kind == "csv":
        return [row[0] for row in csv.reader(io.StringIO(answer.text))][1:]
    return [line.strip('"') for line in answer.text.splitlines()[1:]]


@pytest.mark.parametrize(
    ("accept", "query"),
    [
        ("image/png", SELECT),
        ("text/turtle", SELECT),
        ("application/sparql-results+json", CONSTRUCT),
        ("text/html;q=0", ASK),
    ],
)
def test_406_for_what_cannot_be_given(ask, accept: str, query: str) -> None:
    answer = ask(query, accept)
    assert answer.status_code == 406 and "comes as" in answer.text


@pytest.mark.parametrize(
    ("accept", "reader"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml", RdfFormat.RDF_XML),
    ],
)
def test_graphs_are_the_same_in_every_format(ask, accept: str, reader: RdfFormat) -> None:
    answer = ask(CONSTRUCT, accept)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith(accept)
    triples = {str(quad.triple) for quad in parse(answer.content, format=reader)}
    expected = {str(quad.triple) for quad in parse(ask(CONSTRUCT, "text/turtle").content, format=RdfFormat.TURTLE)}
    assert triples == expected and len(triples) == 2


def test_service_description(client: httpx.Client) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = graph.value(predicate=rdflib.RDF.type, object=sd.Service)
    assert graph.value(service, sd.endpoint) == rdflib.URIRef(str(client.base_url).rstrip("/") + "/sparql")
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in graph
    assert (service, sd.supportedLanguage, sd.SPARQL11Update) not in graph
    named = {str(graph.value(node, sd.name)) for node in graph.objects(None, sd.namedGraph)}
    assert {ONE, TWO, BASE + "graph/ontology"} <= named
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_etag_and_gzip(client: httpx.Client) -> None:
    query = {"query": "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 200"}
    first = client.get("/sparql", params=query, headers={"Accept-Encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip" and len(first.json()["results"]["bindings"]) == 200
    plain = client.get("/sparql", params=query, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers and plain.json() == first.json()
    refused = client.get("/sparql", params=query, headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in refused.headers
    again = client.get("/sparql", params=query, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content
    other = client.get("/sparql", params=query, headers={"If-None-Match": first.headers["etag"], "Accept": "text/csv"})
    assert other.status_code == 200 and other.headers["etag"] != first.headers["etag"]
    with client.stream("GET", "/sparql", params=query, headers={"Accept-Encoding": "gzip"}) as raw:
        assert gzip.decompress(b"".join(raw.iter_raw())) == plain.content


def test_head_has_no_body(client: httpx.Client) -> None:
    answer = client.head("/sparql", params={"query": SELECT})
    assert answer.status_code == 200 and not answer.content and answer.headers["content-type"] == JSON


def test_a_browser_is_sent_to_the_query_page(client: httpx.Client) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = client.get("/sparql", params={"query": SELECT}, headers={"Accept": accept})
    assert answer.status_code == 303 and answer.headers["location"].startswith("query?query=SELECT")
    assert client.get("/sparql", headers={"Accept": accept}).headers["location"] == "query"


def test_nasty_literals_survive_every_format(ask) -> None:
    query = 'SELECT ?label { BIND("a\\tb\\nc \\"d\\" \\\\ <&> é 😀 ,;" AS ?label) }'
    expected = 'a\tb\nc "d" \\ <&> é 😀 ,;'
    assert labels(ask(query), "json") == [expected]
    assert labels(ask(query, XML), "xml") == [expected]
    assert labels(ask(query, "text/csv"), "csv") == [expected]
    tsv = ask(query, "text/tab-separated-values").text.splitlines()[1]
    assert [q.object.value for q in parse(f"<a:a> <a:a> {tsv} .", format=RdfFormat.N_TRIPLES)] == [expected]


def test_rows_without_columns_and_unbound_values(ask) -> None:
    answer = ask("SELECT ?x { VALUES ?x { 1 UNDEF } }").json()
    assert answer["results"]["bindings"] == [
        {"x": {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}}, {}
    ]  # fmt: skip
    assert json.loads(ask("SELECT * {}").text)["head"]["vars"] == []
