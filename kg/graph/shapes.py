"""SHACL: the shapes of `ontology/shapes.ttl` on one named graph at a time.

In go triples, out come findings in words. The shapes are read once and used for every document; a graph is turned into
an rdflib graph only while it is checked, so nothing here grows with the corpus.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import rdflib
from pyoxigraph import Literal, NamedNode, Triple
from pyshacl.graph_abstraction import DataGraph
from pyshacl.shapes_graph import ShapesGraph
from pyshacl.validator import Validator
from rdflib.namespace import RDF, SH

from kg.errors import ConfigurationError

TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
OPTIONS = {"inference": "none", "advanced": False, "inplace": True, "allow_warnings": True}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A violated shape: the node (IRI), the property (IRI or ""), the message, the value as printed or "".

    `warning` marks what is odd and not wrong.
    """

    node: str
    path: str
    message: str
    value: str
    warning: bool = False


class Shapes:
    """The shapes of a file, ready for use."""

    def __init__(self, path: Path):
        graph = rdflib.Graph(store="SimpleMemory")
        try:
            graph.parse(data=path.read_text(encoding="utf-8"), format="turtle")
        except OSError as error:
            raise ConfigurationError("the shapes cannot be opened", place=str(path), hint=str(error)) from error
        except (SyntaxError, ValueError) as error:
            raise ConfigurationError("this is no valid Turtle", place=str(path), hint=str(error)) from error
        _give_targets_to_property_shapes(graph)
        self._empty = rdflib.Graph()
        self._shapes = ShapesGraph(graph)

    def check(self, triples: Iterable[Triple]) -> list[Finding]:
        """Return what violates the shapes in a graph, sorted; empty where it conforms."""
        validator = Validator(DataGraph.from_rdflib(_rdflib(triples)), shacl_graph=self._empty, options=dict(OPTIONS))
        validator.shacl_graph = self._shapes
        _, report, _ = validator.run()
        return sorted({_finding(report, result) for result in report.objects(None, SH.result)})


def _give_targets_to_property_shapes(graph: rdflib.Graph) -> None:
    """Let the property shapes of a node shape have its targets themselves, which means the same.

    pySHACL evaluates a property shape that hangs on a node shape anew for each node, and one that has targets once for
    all of them: with our shapes, that is the difference between 100 and 20 ms a document.
    """
    for shape, _, part in list(graph.triples((None, SH.property, None))):
        targets = [(kind, target) for kind in TARGETS for target in graph.objects(shape, kind)]
        if targets and not any(True for _ in graph.subjects(None, shape)):
            graph.remove((shape, SH.property, part))
            graph.add((part, RDF.type, SH.PropertyShape))
            for kind, target in targets:
                graph.add((part, kind, target))


def _finding(report: rdflib.Graph, result: rdflib.term.Node) -> Finding:
    def text(predicate: rdflib.URIRef) -> str:
        return str(report.value(result, predicate) or "")

    messages = sorted(str(message) for message in report.objects(result, SH.resultMessage))
    return Finding(
        node=text(SH.focusNode),
        path=text(SH.resultPath),
        message=" ".join(messages),
        value=text(SH.value),
        warning=text(SH.resultSeverity) != str(SH.Violation),
    )


def _rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    graph = rdflib.Graph(bind_namespaces="none")
    terms: dict[object, rdflib.term.Identifier] = {}
    for triple in triples:
        nodes = []
        for node in (triple.subject, triple.predicate, triple.object):
            if node not in terms:
                terms[node] = _term(node)
            nodes.append(terms[node])
        graph.add((nodes[0], nodes[1], nodes[2]))
    return graph


def _term(node: object) -> rdflib.term.Identifier:
    if isinstance(node, NamedNode):
        return rdflib.URIRef(node.value)
    if isinstance(node, Literal):
        if node.language:
            return rdflib.Literal(node.value, lang=node.language)
        datatype = rdflib.URIRef(node.datatype.value)
        return rdflib.Literal(node.value, datatype=datatype, normalize=False)
    raise TypeError(f"neither an IRI nor a literal: {node}")
