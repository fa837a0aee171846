"""The file that is written: same bytes again, any encoding of the system, nothing that leaves it, limits of size."""

import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import generator
import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import OutputError
from kg.ontology import Ontology
from kg.view import write_explorer
from kg.view.explorer import make_network


def island(text: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_same_graph_gives_the_same_bytes_in_any_order(tmp_path: Path, ontology: Ontology) -> None:
    store = generator.wide_graph(60)
    backwards = ox.Store()
    for quad in sorted(store, key=str, reverse=True):
        backwards.add(quad)
    for name, graph in (("a.html", store), ("b.html", backwards)):
        write_explorer(graph, ontology, tmp_path / name, title="Same")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
import generator
from kg.ontology import read_ontology
from kg.settings import Settings
from kg.view import write_explorer
write_explorer(generator.news_graph(hostile=True), read_ontology(Settings().ontology), Path(sys.argv[2]), title="Ma\\u00f1ana \\u2192")
"""


def test_other_hash_seeds_and_a_cp1252_system_change_nothing(tmp_path: Path) -> None:
    written = []
    for seed, utf8 in (("1", "1"), ("2", "0")):
        path = tmp_path / f"{seed}.html"
        environment = {
            "PYTHONHASHSEED": seed,
            "PYTHONUTF8": utf8,
            "LC_ALL": "en_US.ISO-8859-1",
            "PATH": "/usr/bin:/bin",
        }
        command = [sys.executable, "-c", SCRIPT, str(Path(__file__).parent), str(path)]
        subprocess.run(command, check=True, env=environment, timeout=120)
        written.append(path.read_bytes())
    assert written[0] == written[1]
    written[0].decode("utf-8")


def test_data_in_the_page_are_ascii_and_cannot_end_their_script(pages: Path) -> None:
    text = (pages / "hostile.html").read_text(encoding="utf-8")
    data = re.search(r'id="data">(.*?)</script>', text, re.DOTALL)
    assert data and data[1].isascii() and "<" not in data[1] and "&" not in data[1]
    labels = [entity[1] for entity in island(text)["entities"]]
    assert any(label.startswith("<script>") for label in labels)


def test_the_page_names_no_other_server(pages: Path) -> None:
    html = (pages / "news.html").read_text(encoding="utf-8")
    outside = unescape(re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL))
    assert not re.search(r"(src|href)\s*=\s*[\"']?(https?:)?//", outside)
    assert "default-src 'none'" in outside and "unsafe" not in outside
    assert "sourceMappingURL" not in html


def test_a_title_is_escaped(ontology: Ontology) -> None:
    html = make_network(ox.Store(), ontology, title="<b>&\"'").generate_html()
    assert "<title>&lt;b&gt;&amp;&#34;&#39;</title>" in html


def test_pyvis_has_the_nodes_and_the_parallel_edges(ontology: Ontology) -> None:
    network = make_network(generator.news_graph(), ontology, title="x")
    assert network.num_nodes() == 59
    ends = [(edge["from"], edge["to"]) for edge in network.edges]
    assert len(ends) > len(set(ends))


def test_rdflib_and_pyoxigraph_give_the_same_page(ontology: Ontology) -> None:
    store = generator.wide_graph(60)
    text = ox.serialize((quad.triple for quad in store), format=ox.RdfFormat.N_TRIPLES).decode()
    plain = rdflib.Graph().parse(data=text, format="nt")
    dataset = rdflib.Dataset()
    dataset.parse(data=store.dump(format=ox.RdfFormat.N_QUADS).decode(), format="nquads")
    pages = {make_network(graph, ontology, title="x").generate_html() for graph in (store, plain, dataset)}
    assert len(pages) == 1


def test_an_empty_graph_gives_a_page(ontology: Ontology) -> None:
    found = island(make_network(ox.Store(), ontology, title="x").generate_html())
    assert found["entities"] == [] and found["about"]["facts"] == 0


def test_an_unwritable_place_is_an_error_of_ours(tmp_path: Path, ontology: Ontology) -> None:
    with pytest.raises(OutputError, match="explorer page"):
        write_explorer(ox.Store(), ontology, tmp_path / "missing" / "page.html", title="x")


def test_a_page_of_news_is_small(pages: Path) -> None:
    assert (pages / "news.html").stat().st_size < 1_000_000
