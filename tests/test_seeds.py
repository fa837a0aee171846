"""The seeds build, as `make graph` makes it: it loads elsewhere, answers every saved question, and is what it was.

The golden file is a picture of that build. When a change of extraction is meant, look at the difference that the
failing test prints, and write the file again with `make golden`.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import RdfFormat

from kg.build import Workshop, build
from kg.evaluate import evaluate
from kg.graph.query import Querier
from kg.graph.store import open_store
from kg.ontology import read_queries
from kg.settings import Settings

SETTINGS = Settings()
DOCUMENTS = SETTINGS.seeds / "documents"
GOLDEN = Path(__file__).parent / "golden" / "seeds.ttl"
SHARED = Path(os.environ.get("KG_SHARED", "../shared"))
QUERIES = read_queries(SETTINGS.ontology)


@pytest.fixture(scope="module")
def workshop():
    return Workshop(SETTINGS)


@pytest.fixture(scope="module")
def seeds(workshop, tmp_path_factory):
    output = tmp_path_factory.mktemp("seeds") / "output"
    report = build([DOCUMENTS], output, settings=SETTINGS, workshop=workshop)
    assert not report.failures
    return output


@pytest.fixture(scope="module")
def querier(seeds):
    return Querier(open_store(seeds))


def lines(path: Path) -> set[str]:
    """Return the triples of a file as N-Triples lines; there are no blank nodes, so lines compare as graphs do."""
    return {str(triple) for triple in pyoxigraph.parse(path=path)}


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_every_saved_question_has_an_answer(querier, name):
    assert len(querier.run(QUERIES[name].with_parameters({})).rows) > 0


def test_the_answers_name_who_a_reader_expects(querier):
    threats = querier.run(QUERIES["threats-to-funding"].with_parameters({})).rows
    assert any("Jeff Sessions" in str(row) and "Sacramento" in str(row) for row in threats)
    letters = querier.run(QUERIES["letters-and-deadlines"].with_parameters({})).rows
    dated = [row for row in letters if "2018-02-23" in str(row)]
    assert len(dated) >= 20  # of the 23 jurisdictions that got the letters of January 2018
    money = querier.run(QUERIES["money-received"].with_parameters({})).rows
    assert any("Sacramento County" in str(row) and "315000000" in str(row) for row in money)


def test_a_denied_fact_is_kept_but_is_no_triple(querier):
    denied = querier.run(
        "ASK { ?c a pol:Claim ; pol:status pol:Negated ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"
    )
    spoken = querier.run(
        "ASK { ?c pol:status pol:Negated ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o . ?s ?p ?o "
        "FILTER NOT EXISTS { ?d pol:status pol:Asserted ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o } }"
    )
    assert denied.boolean is True
    assert spoken.boolean is False


def test_the_turtle_is_the_golden_file(seeds):
    built, golden = lines(seeds / "graph.ttl"), lines(GOLDEN)
    gone, new = sorted(golden - built), sorted(built - golden)
    assert not gone and not new, "\n".join([*(f"- {line}" for line in gone[:40]), *(f"+ {line}" for line in new[:40])])
    assert (seeds / "graph.ttl").read_bytes() == GOLDEN.read_bytes()


def test_rdflib_reads_the_same_triples(seeds):
    graph = rdflib.Graph().parse(seeds / "graph.ttl")
    assert len(graph) == len(lines(seeds / "graph.ttl"))


@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper is not installed (raptor2-utils)")
def test_rapper_reads_the_same_triples(seeds):
    done = subprocess.run(
        ["rapper", "-q", "-i", "turtle", "-o", "ntriples", str(seeds / "graph.ttl")], capture_output=True, check=True
    )
    rapper = {str(triple) for triple in pyoxigraph.parse(done.stdout, format=RdfFormat.N_TRIPLES)}
    assert rapper == lines(seeds / "graph.ttl")


def test_any_order_of_documents_gives_the_same_bytes(seeds, workshop, tmp_path):
    files = sorted(DOCUMENTS.glob("2*.md"), reverse=True)
    build(files, tmp_path / "output", settings=SETTINGS, workshop=workshop)
    assert (tmp_path / "output" / "graph.ttl").read_bytes() == (seeds / "graph.ttl").read_bytes()


def test_the_gold_articles_are_read_as_well_as_we_say(workshop, tmp_path):
    documents, gold = SHARED / "eval" / "documents", SHARED / "eval" / "gold"
    if not gold.is_dir():
        pytest.skip(f"the gold annotations are not there: {gold} (KG_SHARED names the folder)")
    build([documents], tmp_path / "output", settings=SETTINGS, workshop=workshop)
    scores = evaluate(open_store(tmp_path / "output"), gold).scores
    assert scores["entities"].f1 >= 0.92
    assert scores["facts"].f1 >= 0.76
    assert scores["quotes"].f1 >= 0.92


def test_the_page_shows_the_sentence_behind_a_link(seeds, browser):
    page = browser.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto((seeds / "explorer.html").as_uri())
    page.get_by_role("button", name="Who threatens whom").click()
    page.get_by_text("Jeff Sessions threatens the funding of Sacramento").click()
    page.wait_for_selector("#panel .sentence")
    sentence = page.inner_text("#panel .sentence >> nth=0")
    page.close()
    assert "Sacramento" in sentence and "Justice Department money" in sentence
    assert [url for url in asked if not url.startswith("file:")] == []
    assert complaints == []
