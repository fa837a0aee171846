"""The network and its GraphML file."""

from dataclasses import replace

import networkx as nx
import pytest
from pyoxigraph import Literal, Quad, RdfFormat, Store, Triple

from kg.graph.background import encode_ontology
from kg.graph.network import read_network, write_graphml
from kg.graph.query import Querier
from kg.graph.stats import count
from kg.graph.terms import GRAPH_REFERENCE, RDFS_LABEL, resource
from kg.graph.write import canonical_lines
from kg.settings import Settings


def store_of(encoder, documents, reference=None):
    store = Store()
    for linked in documents:
        lines = "\n".join(canonical_lines(encoder.encode_document(linked))).encode()
        store.bulk_load(lines, RdfFormat.N_TRIPLES)
        store.bulk_load(lines, RdfFormat.N_TRIPLES, to_graph=encoder.document_graph(linked.document))
    ontology = "\n".join(canonical_lines(encode_ontology(Settings().ontology / "core.ttl"))).encode()
    store.bulk_load(ontology, RdfFormat.N_TRIPLES)
    if reference:
        triples = encoder.encode_reference(documents[0].entities, reference.get)
        store.extend(Quad(t.subject, t.predicate, t.object, resource(GRAPH_REFERENCE)) for t in triples)
    return store


@pytest.fixture
def network(make_linked, encoder):
    return read_network(store_of(encoder, [make_linked("one"), make_linked("two")]))


def test_each_claim_is_an_edge_with_its_support(network):
    edges = {data["relation"]: (s, t, data) for s, t, data in network.edges(data=True)}
    assert set(edges) == {"holdsPost", "conditionedOn", "sued", "receivedFunding"}
    subject, target, data = edges["receivedFunding"]
    assert (subject, target) == ("jurisdiction/us/zz/springfield", "program/acme")
    assert data["support"] == 2 and data["documents"] == data["sentences"] == 2
    assert data["confidence"] == 0.5
    assert data["amount"] == "2500000" and data["bound"] == "atLeast"
    assert edges["sued"][2]["status"] == "Negated"
    assert edges["holdsPost"][2]["status"] == "Asserted"


def test_a_reprint_is_no_further_support(make_linked, encoder):
    original, copy = make_linked("one"), make_linked("two")
    copy = replace(copy, document=replace(copy.document, reprint_of="one"))
    store = store_of(encoder, [original, copy])
    edges = {data["relation"]: data for _, _, data in read_network(store).edges(data=True)}
    assert (edges["sued"]["support"], edges["sued"]["documents"]) == (1, 2)
    assert count(Querier(store))["claims_with_several_sources"] == 0


def test_nodes_have_a_label_and_their_most_special_class(network):
    assert network.nodes["jurisdiction/us/zz/springfield"] == {"label": "Springfield", "kind": "Municipality"}
    assert network.nodes["law/us/usc/8/1373"]["kind"] == "Statute"
    assert network.nodes["person/ann-lee"]["kind"] == "Official"


def test_reference_facts_are_marked(make_linked, encoder):
    linked = make_linked()
    city = linked.entities[1]
    state = replace(city, id="jurisdiction/us/zz", type="State", label="Zeta", facts=(), identifiers=(), alt_labels=())
    store = store_of(encoder, [linked], {city.id: city, state.id: state})
    network = read_network(store)
    assert network.edges[city.id, state.id, "reference/within"] == {"relation": "within", "status": "Reference"}
    assert not read_network(store, reference=False).has_node(state.id)


def test_graphml_reads_back_and_has_the_same_bytes(network, tmp_path):
    write_graphml(network, tmp_path / "a.graphml")
    other = nx.MultiDiGraph()
    other.add_nodes_from(reversed(list(network.nodes(data=True))))
    other.add_edges_from(reversed(list(network.edges(keys=True, data=True))))
    write_graphml(other, tmp_path / "b.graphml")
    assert (tmp_path / "a.graphml").read_bytes() == (tmp_path / "b.graphml").read_bytes()
    found = nx.read_graphml(tmp_path / "a.graphml", force_multigraph=True)
    assert set(found.nodes) == set(network.nodes)
    assert sorted(d["relation"] for _, _, d in found.edges(data=True)) == sorted(
        d["relation"] for _, _, d in network.edges(data=True)
    )


def test_characters_that_xml_cannot_hold_are_replaced(tmp_path):
    network = nx.MultiDiGraph()
    network.add_node("a", label='bell\x07 & <b> "q" \ufffe😀')
    write_graphml(network, tmp_path / "a.graphml")
    assert nx.read_graphml(tmp_path / "a.graphml").nodes["a"]["label"] == 'bell\ufffd & <b> "q" \ufffd😀'


def test_an_empty_store_is_an_empty_network(tmp_path):
    network = read_network(Store())
    assert len(network) == 0
    write_graphml(network, tmp_path / "a.graphml")
    assert len(nx.read_graphml(tmp_path / "a.graphml")) == 0


def test_several_labels_give_one_node(make_linked, encoder):
    store = store_of(encoder, [make_linked()])
    triple = Triple(resource("person/ann-lee"), RDFS_LABEL, Literal("Zoe"))
    store.add(Quad(triple.subject, triple.predicate, triple.object))
    assert read_network(store).nodes["person/ann-lee"]["label"] == "Ann Lee"
