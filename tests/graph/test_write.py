"""The files: each format loads elsewhere with the same triples, and the same input gives the same bytes."""

import random
import re
import shutil
import subprocess

import pyoxigraph
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from kg.graph.jsonld import write_jsonld
from kg.graph.terms import PREFIXES, RDF_TYPE, RDFS_LABEL, XSD_DECIMAL, resource, term
from kg.graph.write import GraphWriter, LineSorter, canonical_lines, shorten, turtle_object

NASTY = [
    "plain",
    "",
    " ",
    'a "quoted" word',
    "it's",
    "back\\slash \\n \\u0041",
    "line\nbreak",
    "carriage\rreturn",
    "both\r\n",
    "\ttab",
    "bell\x07 backspace\x08 form\x0c vertical\x0b",
    "escape\x1b delete\x7f",
    "next line\x85 separators\u2028\u2029",
    "é ü ß",
    "\u0301combining first",
    "emoji 😀 flag 🇺🇸",
    "\ufeffbyte order mark",
    "\ufffdreplacement",
    "right to left \u202eabc",
    '"""',
    "'''",
    'ends with "',
    "ends with \\",
    "<https://example.org/>",
    "# no comment",
    "a . b ; c , d",
    "@en",
    "^^xsd:date",
    "$ {} [] ()",
    "\U0010fffd",
    "no characters \ufdd0\U0010ffff",
]
S, P = NamedNode("https://w3id.org/policy-kg/id/person/x"), term("rdfs:comment")
OTHER = [
    Triple(S, RDF_TYPE, term("pol:Person")),
    Triple(S, RDFS_LABEL, Literal("colour", language="en-gb")),
    Triple(S, term("pol:start"), Literal("12", datatype=term("xsd:integer"))),
    Triple(S, term("pol:amount"), Literal("12", datatype=XSD_DECIMAL)),
    Triple(S, term("pol:confidence"), Literal("0.5", datatype=XSD_DECIMAL)),
    Triple(S, term("pol:former"), Literal("true", datatype=term("xsd:boolean"))),
    Triple(S, term("pol:date"), Literal("2017-01-01", datatype=term("xsd:date"))),
    Triple(S, term("pol:refersTo"), NamedNode("https://w3id.org/policy-kg/id/a%20b/c.d(e)'f")),
    Triple(NamedNode("http://example.org/ns#1a"), NamedNode("http://example.org/p.q/"), NamedNode("urn:x:y")),
    Triple(NamedNode("https://w3id.org/policy-kg/id/jurisdiction/é"), P, Literal("a")),
    Triple(term("pol:Person"), term("pol:mixed"), Literal("text")),
    Triple(term("pol:Person"), term("pol:mixed"), Literal("5", datatype=term("xsd:integer"))),
    Triple(term("pol:Person"), term("pol:mixed"), S),
]
TRIPLES = [Triple(S, P, Literal(text)) for text in NASTY] + OTHER
GRAPH = resource("document/a")


def write(folder, triples, name=GRAPH, run_lines=250_000):
    with GraphWriter(folder, run_lines) as writer:
        writer.add(name, canonical_lines(triples))
    write_jsonld(writer.union, folder / "graph.jsonld", "https://w3id.org/policy-kg/id/")
    writer.remove_runs()
    return writer


def loaded(path, kind):
    return {quad.triple for quad in pyoxigraph.parse(path=str(path), format=kind)}


def as_rdflib(graph):
    """Return the triples of an rdflib graph as lexical forms, so that 0.5 and 0.50 stay apart."""

    def key(node):
        if isinstance(node, rdflib.URIRef):
            return ("iri", str(node))
        datatype = None if node.language else str(node.datatype or rdflib.XSD.string)
        return ("literal", str(node), str(node.language).lower() if node.language else None, datatype)

    return {tuple(map(key, triple)) for triple in graph}


def as_keys(triples):
    def key(node):
        if isinstance(node, NamedNode):
            return ("iri", node.value)
        return ("literal", node.value, node.language, None if node.language else node.datatype.value)

    return {(key(t.subject), key(t.predicate), key(t.object)) for t in triples}


@pytest.fixture
def raw_literals(monkeypatch):
    """Keep rdflib from normalising "12"^^xsd:decimal while it reads."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("graph.ttl", RdfFormat.TURTLE),
        ("graph.trig", RdfFormat.TRIG),
        ("graph.nq", RdfFormat.N_QUADS),
        ("graph.jsonld", RdfFormat.JSON_LD),
    ],
)
def test_oxigraph_reads_back_what_was_written(name, kind, tmp_path):
    write(tmp_path, TRIPLES)
    assert loaded(tmp_path / name, kind) == set(TRIPLES)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("graph.ttl", "turtle"), ("graph.trig", "trig"), ("graph.nq", "nquads"), ("graph.jsonld", "json-ld")],
)
def test_rdflib_reads_back_what_was_written(name, kind, tmp_path, raw_literals):
    write(tmp_path, TRIPLES)
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(tmp_path / name, format=kind)
    assert as_rdflib(dataset.triples((None, None, None))) == as_keys(TRIPLES)


@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper is not installed")
@pytest.mark.parametrize(("name", "kind"), [("graph.ttl", "turtle"), ("graph.nq", "nquads")])
def test_rapper_reads_back_what_was_written(name, kind, tmp_path):
    write(tmp_path, TRIPLES)
    run = subprocess.run(
        ["rapper", "-q", "-i", kind, "-o", "ntriples", str(tmp_path / name)], capture_output=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert {quad.triple for quad in pyoxigraph.parse(run.stdout, RdfFormat.N_TRIPLES)} == set(TRIPLES)


@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper is not installed")
def test_rapper_refuses_a_broken_file(tmp_path):
    write(tmp_path, TRIPLES)
    path = tmp_path / "graph.ttl"
    path.write_text(path.read_text() + "\nbroken", encoding="utf-8")
    run = subprocess.run(["rapper", "-q", "-i", "turtle", "-c", str(path)], capture_output=True, check=False)
    assert run.returncode != 0


def test_the_named_graph_is_in_trig_and_nquads(tmp_path):
    write(tmp_path, TRIPLES)
    for name, kind in (("graph.trig", RdfFormat.TRIG), ("graph.nq", RdfFormat.N_QUADS)):
        assert {q.graph_name for q in pyoxigraph.parse(path=str(tmp_path / name), format=kind)} == {GRAPH}


def test_what_is_kept_out_of_the_union_is_in_the_other_files(tmp_path):
    secret = Triple(S, P, Literal("rejected"))
    with GraphWriter(tmp_path) as writer:
        writer.add(GRAPH, canonical_lines(OTHER))
        writer.add(resource("graph/quarantine"), canonical_lines([secret]), in_union=False)
    assert secret not in loaded(tmp_path / "graph.ttl", RdfFormat.TURTLE)
    assert secret in loaded(tmp_path / "graph.trig", RdfFormat.TRIG)
    assert secret in loaded(tmp_path / "graph.nq", RdfFormat.N_QUADS)
    assert (writer.triples, writer.quads) == (len(OTHER), len(OTHER) + 1)


def test_a_triple_of_several_graphs_is_once_in_the_union(tmp_path):
    with GraphWriter(tmp_path) as writer:
        for name in ("a", "b"):
            writer.add(resource(f"document/{name}"), canonical_lines(OTHER))
    assert (writer.triples, writer.quads) == (len(OTHER), 2 * len(OTHER))
    assert len(list(pyoxigraph.parse(path=str(tmp_path / "graph.ttl"), format=RdfFormat.TURTLE))) == len(OTHER)


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_neither_order_nor_memory_changes_a_byte(tmp_path):
    want = None
    for number, run_lines in enumerate((250_000, 1, 7)):
        shuffled = TRIPLES * 2
        random.Random(number).shuffle(shuffled)
        folder = tmp_path / str(number)
        folder.mkdir()
        write(folder, shuffled, run_lines=run_lines)
        want = want or files(folder)
        assert files(folder) == want
    assert set(want) == {"graph.ttl", "graph.trig", "graph.nq", "graph.jsonld"}


def test_one_changed_value_is_one_changed_line(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    write(tmp_path / "a", OTHER)
    write(tmp_path / "b", [*OTHER[1:], Triple(S, RDF_TYPE, term("pol:Official"))])
    one, two = ((tmp_path / name / "graph.ttl").read_text().splitlines() for name in "ab")
    assert len([line for line in one if line not in two]) == 1


text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)


@given(texts=st.lists(text, max_size=8), order=st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_survives_in_any_order(texts, order, tmp_path_factory):
    triples = [Triple(S, P, Literal(value)) for value in texts] + OTHER
    first, second = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    write(first, triples)
    order.shuffle(triples)
    write(second, triples, run_lines=3)
    assert files(first) == files(second)
    assert loaded(first / "graph.ttl", RdfFormat.TURTLE) == set(triples)
    assert loaded(first / "graph.jsonld", RdfFormat.JSON_LD) == set(triples)


def test_blank_nodes_are_refused():
    with pytest.raises(ValueError, match="blank node"):
        canonical_lines([Triple(BlankNode("x"), P, Literal("a"))])


@pytest.mark.parametrize(
    ("token", "short"),
    [
        (f"<{PREFIXES['pol']}Claim>", "pol:Claim"),
        (f"<{PREFIXES['pol']}a-b_1>", "pol:a-b_1"),
        (f"<{PREFIXES['schema']}name>", "schema:name"),
        (f"<{PREFIXES['pol']}1a>", f"<{PREFIXES['pol']}1a>"),
        (f"<{PREFIXES['pol']}a.b>", f"<{PREFIXES['pol']}a.b>"),
        (f"<{PREFIXES['pol']}>", f"<{PREFIXES['pol']}>"),
        (f"<{PREFIXES['pol']}é>", f"<{PREFIXES['pol']}é>"),
        ("<https://w3id.org/policy-kg/id/law/us>", "<https://w3id.org/policy-kg/id/law/us>"),
        ("<urn:x>", "<urn:x>"),
    ],
)
def test_only_plain_names_are_shortened(token, short):
    assert shorten(token) == short


@pytest.mark.parametrize(
    ("value", "turtle"),
    [
        (Literal("5", datatype=term("xsd:integer")), "5"),
        (Literal("-5", datatype=term("xsd:integer")), "-5"),
        (Literal("0.5", datatype=XSD_DECIMAL), "0.5"),
        (Literal("5", datatype=XSD_DECIMAL), '"5"^^xsd:decimal'),
        (Literal("true", datatype=term("xsd:boolean")), "true"),
        (Literal("1", datatype=term("xsd:boolean")), '"1"^^xsd:boolean'),
        (Literal("2017-01-01", datatype=term("xsd:date")), '"2017-01-01"^^xsd:date'),
        (Literal("5"), '"5"'),
        (Literal("x", language="en"), '"x"@en'),
        (Literal('a"^^b'), r'"a\"^^b"'),
        (term("pol:Asserted"), "pol:Asserted"),
    ],
)
def test_turtle_objects(value, turtle):
    assert turtle_object(str(value)) == turtle


def test_a_sorter_gives_each_line_once_again_and_again(tmp_path):
    sorter = LineSorter(tmp_path, run_lines=3)
    for lines in (["b", "a"], ["c", "b", "d"], ["a"], ["é", "z"]):
        sorter.add(lines)
    assert list(sorter) == list(sorter) == ["a", "b", "c", "d", "z", "é"]
    assert list(tmp_path.iterdir())
    sorter.remove()
    assert not list(tmp_path.iterdir())


def test_jsonld_has_readable_names(tmp_path):
    import json

    write(tmp_path, OTHER)
    found = json.loads((tmp_path / "graph.jsonld").read_text(encoding="utf-8"))
    node = next(node for node in found["@graph"] if node["@id"] == "person/x")
    assert node["@type"] == "pol:Person"
    assert node["start"] == "12" and node["former"] == "true"
    assert found["@context"]["refersTo"] == {"@id": "pol:refersTo", "@type": "@id"}


def test_turtle_is_for_people(tmp_path):
    write(tmp_path, OTHER)
    turtle = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert turtle.startswith("@prefix dcterms:")
    assert re.search(r"^<https://w3id.org/policy-kg/id/person/x> a pol:Person ;$", turtle, re.MULTILINE)
    assert turtle.endswith(" .\n") and "\r" not in turtle
