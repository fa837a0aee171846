"""The ontology as a named graph: `core.ttl` with a name of its own for each blank node.

In goes the file, out comes a set of triples without blank nodes. A node's name is a hash of what it says, so that it
stays the same wherever the node stands in the file (RDF 1.1 Concepts, section 3.5: replacing blank nodes with IRIs).
"""

from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import ConfigurationError
from kg.ids import ONTOLOGY_BASE, content_hash

GENERATED = f"{ONTOLOGY_BASE.rstrip('#')}/genid/"


def encode_ontology(path: Path) -> set[Triple]:
    """Return the triples of an ontology file, blank nodes named by their content.

    Raises ConfigurationError for a file that cannot be read, or in which blank nodes refer to each other in a circle.
    """
    try:
        quads = list(parse(path=str(path), format=RdfFormat.TURTLE))
    except (OSError, SyntaxError) as error:
        raise ConfigurationError("the ontology cannot be read", place=str(path), hint=str(error)) from error
    names = _Names(quads, str(path))
    return {Triple(names.of_subject(quad), quad.predicate, names.of(quad.object)) for quad in quads}


class _Names:
    """Gives each blank node the hash of its statements, which name the nodes below it in the same way."""

    def __init__(self, quads: list[Quad], place: str):
        self._place = place
        self._statements: dict[BlankNode, list[Quad]] = {}
        for quad in quads:
            if isinstance(quad.subject, BlankNode):
                self._statements.setdefault(quad.subject, []).append(quad)
        self._names: dict[BlankNode, NamedNode] = {}
        self._open: set[BlankNode] = set()

    def of_subject(self, quad: Quad) -> NamedNode:
        """Return the name of a statement's subject, which is no literal."""
        name = self.of(quad.subject)
        assert isinstance(name, NamedNode)
        return name

    def of(self, node: object) -> NamedNode | Literal:
        if isinstance(node, NamedNode | Literal):
            return node
        if not isinstance(node, BlankNode):
            raise ConfigurationError("the ontology must be plain RDF 1.1", place=self._place, value=str(node))
        if node not in self._names:
            if node in self._open:
                raise ConfigurationError("a blank node refers to itself", place=self._place, hint="Give it an IRI")
            self._open.add(node)
            content = sorted(f"{q.predicate} {self.of(q.object)}" for q in self._statements.get(node, ()))
            self._names[node] = NamedNode(GENERATED + content_hash(*content))
        return self._names[node]
