"""Stock clients against the endpoint, none of them ours."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

from .conftest import Server

INTEROP = Path(os.environ.get("KG_INTEROP", Path(__file__).parents[2] / "build" / "interop"))
COMUNICA = INTEROP / "node_modules" / "@comunica" / "query-sparql" / "bin" / "query.js"
QUERY = "PREFIX pol: <https://w3id.org/policy-kg/ontology#> SELECT ?p { ?p a pol:Person } ORDER BY ?p"
QUILL = rdflib.URIRef("https://w3id.org/policy-kg/id/person/ada-quill")


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper(server: Server, method: str) -> None:
    wrapper = SPARQLWrapper(f"{server.url}/sparql")
    wrapper.setMethod(method)
    wrapper.setQuery(QUERY)
    wrapper.setReturnFormat(JSON)
    assert len(wrapper.query().convert()["results"]["bindings"]) == 2
    wrapper.setReturnFormat(XML)
    assert len(wrapper.query().convert().getElementsByTagName("result")) == 2
    wrapper.setReturnFormat(CSV)
    assert wrapper.query().convert().count(b"\r\n") == 3
    if method == POST:
        wrapper.setRequestMethod(POSTDIRECTLY)
        assert wrapper.query().convert().count(b"\r\n") == 3
    wrapper.setQuery("CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 5")
    wrapper.setReturnFormat(TURTLE)
    assert len(rdflib.Graph().parse(data=wrapper.query().convert(), format="turtle")) == 5


def test_rdflib_sparqlstore(server: Server) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{server.url}/sparql"))
    assert str(graph.value(QUILL, rdflib.RDFS.label)) == "Ada Quill"
    assert next(str(row[0]) for row in graph.query(QUERY)) == str(QUILL)
    assert len(graph) > 100


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl(server: Server) -> None:
    address = f"{server.url}/sparql"
    command = [
        "curl",
        "-sS",
        "--fail",
        address,
        "-H",
        "Accept: text/csv",
        "--compressed",
        "--data-urlencode",
        f"query={QUERY}",
    ]
    for options in ([], ["--get"], ["--http1.0"]):
        answer = subprocess.run([*command, *options], check=False, capture_output=True, text=True, timeout=20)
        assert answer.returncode == 0 and answer.stdout.splitlines()[1] == str(QUILL), answer.stderr


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_linked_data_with_curl(server: Server) -> None:
    command = ["curl", "-sS", "-H", "Accept: text/turtle", f"{server.url}/id/person/ada-quill"]
    answer = subprocess.run(command, check=False, capture_output=True, text=True, timeout=20)
    assert (QUILL, rdflib.RDFS.label, rdflib.Literal("Ada Quill")) in rdflib.Graph().parse(
        data=answer.stdout, format="turtle"
    )


@pytest.mark.skipif(not COMUNICA.is_file(), reason=f"Comunica (npm) is not installed as {COMUNICA}")
def test_comunica(server: Server) -> None:
    """Comunica asks the endpoint for its description first, then sends parts of the query."""
    query = QUERY.replace("ORDER BY ?p", "")
    command = ["node", str(COMUNICA), f"sparql@{server.url}/sparql", "-q", query, "-t", "text/csv"]
    answer = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert answer.returncode == 0 and str(QUILL) in answer.stdout, answer.stderr
