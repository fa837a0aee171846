"""The pages, read as HTML without a browser: what they show, that all is escaped, that every link leads somewhere."""

import html
import re
from urllib.parse import quote, urlsplit

import httpx
import pytest
import rdflib

HTML = {"Accept": "text/html"}
QUILL = "/id/person/ada-quill"
LETTERS = "/id/document/letters-2018"
STRANGE = "/id/document/hostile%2F%E2%84%96%203"


def get(client: httpx.Client, path: str, **parameters: str) -> str:
    answer = client.get(path, params=parameters or None, headers=HTML)
    assert answer.status_code == 200, answer.text[:500]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return answer.text


def words(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", page)))


def test_start(client: httpx.Client) -> None:
    page = words(get(client, "/"))
    for expected in ("3 documents", "Who threatened whose money", "Ada Quill", "Rivers secretary warns Chicago"):
        assert expected in page


def test_an_entity_with_its_facts_and_sentences(client: httpx.Client) -> None:
    page = words(get(client, QUILL))
    for expected in (
        "Ada Quill", "also: A. Quill · Quill", "threatens the funding of", "Chicago", "program Bridge Grants",
        "warned Chicago that its Bridge Grants could end", "title Secretary", "according to Ada Quill",
        "“Every city must obey Section 1373”", "Rivers secretary warns Chicago, The Daily Gauge, 2018-01-24",
        "Mentioned in 2 documents", "https://w3id.org/policy-kg/id/person/ada-quill",
    ):  # fmt: skip
        assert expected in page, expected


def test_a_denial_is_marked_and_reads_from_the_other_side(client: httpx.Client) -> None:
    page = words(get(client, "/id/jurisdiction/us/il/chicago"))
    assert "got a letter from" in page and "denied" in page
    assert "received money from" in page and "amount $1,500,000" in page and "bound about" in page
    assert "has its funding threatened by" in page
    assert re.search(r"From the reference data lies within Illinois", page)


def test_a_document_with_its_text_word_for_word(client: httpx.Client) -> None:
    page = get(client, LETTERS)
    text = re.search(r'<div class="words">(.*?)</div>', page, re.DOTALL)
    assert text
    shown = html.unescape(re.sub(r"<[^>]+>", "", text[1]))
    assert shown.startswith("The Rivers Department sent Sacramento County a letter on January 31, 2018")
    assert shown.endswith("Chicago got about $1.5 million from the Bridge Grants in 2017.\n\n")
    assert re.search(
        r'<a class="m kind-Agency" href="/id/agency/us/department-of-rivers"[^>]*>Rivers Department</a>', page
    )
    assert "is not here" not in page
    assert len(re.findall(r'id="evidence-[0-9a-f]+"', page)) == 3


def test_anchors_of_sentences_exist(client: httpx.Client) -> None:
    page = get(client, QUILL)
    targets = set(re.findall(r'href="(/id/document/[^"#]+)#([^"]+)"', page))
    assert targets
    for path, anchor in targets:
        assert f'id="{anchor}"' in get(client, html.unescape(path)), (path, anchor)


@pytest.mark.parametrize(
    "path", ["/", QUILL, STRANGE, "/id/organization/hostile", "/documents", "/query?saved=documents-overview"]
)
def test_nothing_from_the_graph_becomes_markup(client: httpx.Client, path: str) -> None:
    page = get(client, path)
    assert "<script>window" not in page
    assert "window.hacked" not in page or html.escape("<script>window.hacked", quote=False) in page
    assert "{{ 7 * 7 }}" in html.unescape(page) or "7 * 7" not in page


@pytest.mark.parametrize(
    "value", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "' OR 1=1 --", '"* NEAR(a b)']
)
@pytest.mark.parametrize(
    ("path", "name"), [("/search", "q"), ("/query", "query"), ("/query", "saved"), ("/resource", "iri")]
)
def test_nothing_from_the_address_becomes_markup(client: httpx.Client, path: str, name: str, value: str) -> None:
    answer = client.get(path, params={name: value}, headers=HTML)
    assert answer.status_code in {200, 400, 404}
    assert "<script>alert" not in answer.text and "<img" not in answer.text and "49" not in words(answer.text)


def test_every_link_leads_somewhere(client: httpx.Client) -> None:
    seen, waiting = set(), ["/"]
    while waiting and len(seen) < 120:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path, headers=HTML, follow_redirects=True)
        assert answer.status_code == 200, path
        if "text/html" in answer.headers["content-type"] and not path.startswith("/explore/"):
            found = (html.unescape(link) for link in re.findall(r'(?:href|src)="([^"]*)"', answer.text))
            waiting += [urlsplit(link)._replace(fragment="").geturl() for link in found if link.startswith("/")]
    assert len(seen) >= 60


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("quill", "Ada Quill"),
        ("Rivers dep", "Department of Rivers"),
        ("obey city", "Every city must obey"),
        ("bridge grants could", "warned Chicago that its Bridge Grants could end"),
        ("warning", "warned Chicago"),
        ("zzz", "Nothing here has these words"),
        ("", "Type a name"),
        ("***", "Nothing here has these words"),
    ],
)
def test_search(client: httpx.Client, q: str, expected: str) -> None:
    assert expected in words(get(client, "/search", q=q))


def test_search_as_json(client: httpx.Client) -> None:
    found = client.get("/search", params={"q": "chicago", "format": "json"}).json()
    assert found["entities"][0]["path"] == "jurisdiction/us/il/chicago"


def test_a_saved_question_with_a_parameter(client: httpx.Client) -> None:
    page = get(client, "/query", saved="said-by-person", **{"p-person": "Ada Quill"})
    assert "Every city must obey" in words(page) and 'value="Ada Quill"' in page
    assert f'<a href="{QUILL}">Ada Quill</a>' in page
    assert "Nothing in the graph fits" in get(client, "/query", saved="said-by-person", **{"p-person": 'No" Body'})


def test_a_query_with_entities_links_and_downloads(client: httpx.Client) -> None:
    query = "SELECT ?who ?n { ?who a pol:Person BIND(STRLEN(STR(?who)) AS ?n) } ORDER BY ?who"
    page = get(client, "/query", query=query)
    assert f'<a href="{QUILL}">person/ada-quill</a>' in page and "2 rows" in words(page)
    download = re.search(r'href="(/sparql\?[^"]*format=csv)"', page)
    assert download
    answer = client.get(html.unescape(download[1]), headers=HTML)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8" and answer.text.count("\r\n") == 3
    assert "Yes" in words(get(client, "/query", query="ASK {}"))
    assert "Ada Quill" in get(client, "/query", query="CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s rdfs:label ?o }")


@pytest.mark.parametrize(
    ("query", "status", "expected"),
    [
        ("SELECT * {", 400, "this is not closed"),
        ("SELECT * { ?s poll:sued ?o }", 400, "pol:"),
        ("SELECT * { SERVICE <a:b> {} }", 400, "SERVICE"),
        ("SELECT * { ?s pol:threatenFunding ?o }", 200, "Did you mean pol:threatensFundingOf?"),
    ],
)
def test_what_is_wrong_is_said(client: httpx.Client, query: str, status: int, expected: str) -> None:
    answer = client.get("/query", params={"query": query}, headers=HTML)
    assert answer.status_code == status and expected in words(answer.text)


@pytest.mark.parametrize("path", [QUILL, LETTERS, STRANGE, "/id/law/us/usc/8/1373"])
def test_a_resource_as_rdf_by_negotiation(client: httpx.Client, path: str) -> None:
    for accept, name in (("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/rdf+xml", "xml")):
        answer = client.get(path, headers={"Accept": accept})
        assert answer.headers["content-type"].startswith(accept)
        graph = rdflib.Graph().parse(data=answer.content, format=name)
        assert (rdflib.URIRef("https://w3id.org/policy-kg" + path), None, None) in graph
    assert client.get(f"{path}?format=jsonld", headers=HTML).headers["content-type"] == "application/ld+json"
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406


def test_the_rdf_of_an_entity_brings_its_claims_and_their_sentences(client: httpx.Client) -> None:
    graph = rdflib.Graph().parse(data=client.get(QUILL, headers={"Accept": "text/turtle"}).text, format="turtle")
    assert any("could end" in str(o) for o in graph.objects(None, rdflib.URIRef("http://www.w3.org/ns/oa#exact")))


@pytest.mark.parametrize(
    "path", ["/id/person/nobody", "/id/", "/id/claim/0", "/nothing", "/explore/person/nobody", "/static/x.js"]
)
def test_what_is_not_there_is_404(client: httpx.Client, path: str) -> None:
    assert client.get(path, headers=HTML).status_code == 404
    assert client.get(path, headers={"Accept": "text/turtle"}).status_code == 404


def test_other_resources_and_terms_have_a_page(client: httpx.Client) -> None:
    claims = re.findall(r'href="(/id/claim/[0-9a-f]+)"', get(client, QUILL))
    assert "rdf:subject" in get(client, claims[0])
    assert "sent a letter to" in get(client, "/resource", iri="https://w3id.org/policy-kg/ontology#sentLetterTo")
    moved = client.get("/resource", params={"iri": "https://w3id.org/policy-kg" + QUILL}, headers=HTML)
    assert moved.status_code == 303 and moved.headers["location"] == QUILL


def test_the_explorer_of_a_neighbourhood(client: httpx.Client) -> None:
    page = get(client, "/explore/person/ada-quill")
    assert "Ada Quill" in page and "Chicago" in page and "Bo Winter" not in page
    assert "content-security-policy" not in client.get("/explore/person/ada-quill").headers


def test_the_texts_are_used_only_where_they_fit(server, graph) -> None:
    from .conftest import serving

    (graph.parent / "wrong.jsonl").write_text('{"id": "letters-2018", "text": "An altogether different text."}\n')
    with serving(graph, "--documents", str(graph.parent / "wrong.jsonl")) as other:
        page = httpx.get(other.url + LETTERS, headers=HTML).text
    assert "is not here" in page and "altogether different" not in page
    assert "sent Sacramento County a letter" in words(page)


def test_pages_are_kept_by_their_tag(client: httpx.Client) -> None:
    first = client.get(QUILL, headers=HTML)
    assert client.get(QUILL, headers=HTML | {"If-None-Match": first.headers["etag"]}).status_code == 304


def test_names_are_quoted_in_addresses() -> None:
    from kg.serve.pages import link

    assert link("document/report%207%2Fa") == "/id/document/report%207%2Fa"
    assert link('x"><y') == "/id/x%22%3E%3Cy" and quote("é") in link("é")
