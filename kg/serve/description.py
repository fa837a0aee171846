"""The SPARQL 1.1 Service Description: what the endpoint is, which graphs it holds, what it can and cannot do.

In go the endpoint's address and the figures of the store, out comes RDF in one of the formats of `kg.serve.media`.
"""

from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple, serialize

from kg.graph.terms import PREFIXES, RDF_TYPE, XSD_INTEGER
from kg.serve.answer import GRAPH_FORMATS, TABLE_FORMATS

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
RESULTS = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "jsonld": "JSON-LD",
    "rdf": "RDF_XML",
}


def describe_service(address: str, dataset: dict[str, Any], kind: str) -> bytes:
    """Return the description of the service at an address. `dataset` is what the task "dataset" returns."""
    service, data, default = BlankNode("service"), BlankNode("dataset"), BlankNode("default")
    triples = [
        Triple(service, RDF_TYPE, _sd("Service")),
        Triple(service, _sd("endpoint"), NamedNode(address)),
        Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        Triple(service, _sd("feature"), _sd("UnionDefaultGraph")),
        Triple(service, _sd("defaultDataset"), data),
        Triple(data, RDF_TYPE, _sd("Dataset")),
        Triple(data, _sd("defaultGraph"), default),
        Triple(default, RDF_TYPE, _sd("Graph")),
        Triple(default, NamedNode(VOID + "triples"), Literal(str(dataset["triples"]), datatype=XSD_INTEGER)),
    ]
    for name in (*TABLE_FORMATS, *GRAPH_FORMATS):
        triples.append(Triple(service, _sd("resultFormat"), NamedNode(FORMATS + RESULTS[name])))
    for number, name in enumerate(dataset["names"]):
        graph = BlankNode(f"g{number}")
        triples.append(Triple(data, _sd("namedGraph"), graph))
        triples.append(Triple(graph, RDF_TYPE, _sd("NamedGraph")))
        triples.append(Triple(graph, _sd("name"), NamedNode(name)))
    prefixes = None if kind in {"nt", "rdf"} else {**PREFIXES, "sd": SD, "void": VOID}
    return serialize(triples, format=GRAPH_FORMATS[kind], prefixes=prefixes) or b""


def _sd(name: str) -> NamedNode:
    return NamedNode(SD + name)
