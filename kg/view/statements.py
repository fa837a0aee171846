"""One way to read triples from rdflib and from pyoxigraph: all (subject, object) pairs of a predicate, each once.

A graph goes in, plain tuples of text leave. Named graphs are read as their union. Must not interpret anything.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pyoxigraph
import rdflib


class Term(NamedTuple):
    """An object of a triple: its text, and whether it is an IRI (a literal must never become a link)."""

    text: str
    is_iri: bool


Graph = rdflib.Graph | pyoxigraph.Store
Pairs = Callable[[str], Iterator[tuple[str, Term]]]
"""Takes a predicate's IRI; yields sorted pairs of subject IRI and object, blank nodes left out."""


def read_pairs(graph: Graph) -> Pairs:
    """Return the reader of a graph's triples by predicate."""
    pairs = _pyoxigraph_pairs(graph) if isinstance(graph, pyoxigraph.Store) else _rdflib_pairs(graph)
    seen: dict[str, list[tuple[str, Term]]] = {}

    def sorted_pairs(predicate: str) -> Iterator[tuple[str, Term]]:
        if predicate not in seen:
            seen[predicate] = sorted(set(pairs(predicate)))
        return iter(seen[predicate])

    return sorted_pairs


def _pyoxigraph_pairs(store: pyoxigraph.Store) -> Pairs:
    def pairs(predicate: str) -> Iterator[tuple[str, Term]]:
        for quad in store.quads_for_pattern(None, pyoxigraph.NamedNode(predicate), None, None):
            if not isinstance(quad.subject, pyoxigraph.NamedNode):
                continue
            if isinstance(quad.object, pyoxigraph.NamedNode):
                yield quad.subject.value, Term(quad.object.value, True)
            elif isinstance(quad.object, pyoxigraph.Literal):
                yield quad.subject.value, Term(quad.object.value, False)

    return pairs


def _rdflib_pairs(graph: rdflib.Graph) -> Pairs:
    def triples(predicate: str) -> Iterator[tuple[object, object]]:
        if isinstance(graph, rdflib.Dataset | rdflib.ConjunctiveGraph):
            for subject, _, thing, _ in graph.quads((None, rdflib.URIRef(predicate), None, None)):
                yield subject, thing
        else:
            yield from graph.subject_objects(rdflib.URIRef(predicate))

    def pairs(predicate: str) -> Iterator[tuple[str, Term]]:
        for subject, thing in triples(predicate):
            if not isinstance(subject, rdflib.URIRef):
                continue
            if isinstance(thing, rdflib.URIRef):
                yield str(subject), Term(str(thing), True)
            elif isinstance(thing, rdflib.Literal):
                yield str(subject), Term(str(thing), False)

    return pairs
