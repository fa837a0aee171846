"""SPARQL on a store, read-only, with the usual prefixes known. The store's default graph is the union of its graphs.

In go a store and the text of a query, out come plain tables of terms. What `kg.graph.guard` refuses never runs, and a
graph that the store does not hold is refused, never fetched. What cannot be answered at all, an unknown prefix or a
misspelt name, is an error that names the nearest one that exists.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
)
from rapidfuzz import fuzz, process

from kg.errors import QueryError
from kg.graph.guard import LIST_GRAPHS, at, declared_prefixes, excerpt, read_request, tokens
from kg.graph.mistakes import explain, nearest
from kg.graph.terms import PREFIXES, Node
from kg.ids import ONTOLOGY_BASE, RESOURCE_BASE

QUERY_PREFIXES = {**PREFIXES, "id": RESOURCE_BASE}
MISSPELT = 80
"""How alike (of 100) a name of another vocabulary must be to one that the graph uses, to count as misspelt."""
UNCHECKED = frozenset({"id", "xsd"})
"""Prefixes of names that need not be in the graph."""

Result = QuerySolutions | QueryBoolean | QueryTriples


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query: a table (SELECT), a set of triples (CONSTRUCT, DESCRIBE) or a yes or no (ASK)."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Node | None, ...], ...] = ()
    triples: frozenset[Triple] | None = None
    boolean: bool | None = None

    def __len__(self) -> int:
        return len(self.rows) if self.triples is None else len(self.triples)


class Querier:
    """Runs queries on one store; `base` is what the prefix `id:` stands for."""

    def __init__(self, store: Store, base: str = RESOURCE_BASE):
        self.store = store
        self.prefixes = {**QUERY_PREFIXES, "id": base}

    def run(self, text: str, *, place: str | None = None) -> Answer:
        """Answer a query. `place` (a file) is named in the errors.

        Raises QueryError, with line and column where they are known, for what does not parse, what is refused, and
        names that do not exist.
        """
        result = self.start(text, place=place)
        self.check_names(text, place)
        try:
            return _answer(result)
        except (OSError, RuntimeError) as error:
            raise QueryError("the query failed while running", place=place, hint=str(error)) from error

    def start(
        self, text: str, default: Sequence[str] = (), named: Sequence[str] = (), *, place: str | None = None
    ) -> Result:
        """Start a query on the default graph or on the graphs that it names; `default` and `named` go before those.

        Raises QueryError for what does not parse, what is refused, and a graph that the store does not hold.
        """
        request = read_request(text, self.prefixes, place)
        if not default and not named:
            default, named = request.default, request.named
        graphs: list[NamedNode | BlankNode] = [self._graph(iri, place) for iri in named]
        merged = [self._graph(iri, place) for iri in default]
        prefixes = self._prefixes_in(text)
        try:
            if not merged and not graphs:
                return self.store.query(text, prefixes=prefixes)
            if len(merged) < 2:
                one: list[NamedNode | BlankNode | DefaultGraph] = [*merged]
                return self.store.query(text, prefixes=prefixes, default_graph=one, named_graphs=graphs)
            store = merge(self.store, merged, graphs)
            return store.query(text, prefixes=prefixes, default_graph=DefaultGraph(), named_graphs=graphs)
        except SyntaxError as error:
            raise self._explained(text, str(error), place) from error
        except ValueError as error:
            raise QueryError("the query cannot be run", place=place, hint=str(error)) from error

    def rows(self, text: str) -> Iterator[tuple[Node | None, ...]]:
        """Yield the rows of one of our own queries, which is trusted and not checked."""
        result = self.store.query(text, prefixes=self.prefixes)
        assert isinstance(result, QuerySolutions)
        for solution in result:
            yield tuple(solution)

    def check_names(self, text: str, place: str | None = None) -> None:
        """Raise QueryError for a name of the ontology that does not exist, or a misspelt one of another vocabulary.

        Each name is looked up; the lists of names that there are, which take long, are made only for a wrong one.
        """
        declared = declared_prefixes(text, self.prefixes)
        namespaces = {self.prefixes[prefix]: prefix for prefix in PREFIXES if prefix not in UNCHECKED}
        for token in tokens(text):
            if token.lastgroup == "iri":
                iri = token.group()[1:-1]
            elif token.lastgroup == "name" and (token["prefix"] or "") in declared:
                iri = declared[token["prefix"] or ""] + token["local"]
            else:
                continue
            namespace = next((known for known in namespaces if iri.startswith(known)), None)
            if namespace is None or iri == namespace or self._exists(iri):
                continue
            hint = self._meant(namespaces[namespace], iri.removeprefix(namespace))
            if hint:
                ours = namespace == ONTOLOGY_BASE
                raise QueryError(
                    "the ontology has no such name" if ours else "the graph has no such name",
                    place=at(text, token.start(), place),
                    value=token.group(),
                    hint=hint,
                    excerpt=excerpt(text, token.start(), token.end()),
                )

    @cached_property
    def names(self) -> frozenset[str]:
        """The local names that the ontology graph declares and those that the graph uses as relations."""
        query = "SELECT DISTINCT ?term WHERE { { ?term rdfs:label [] } UNION { [] rdf:predicate ?term } }"
        found = (node.value for (node,) in self.rows(query) if isinstance(node, NamedNode))
        return frozenset(iri.removeprefix(ONTOLOGY_BASE) for iri in found if iri.startswith(ONTOLOGY_BASE))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The properties and classes that the graph uses, as prefixed names."""
        query = "SELECT DISTINCT ?term WHERE { { [] ?term [] } UNION { [] a ?term } }"
        found = (node.value for (node,) in self.rows(query) if isinstance(node, NamedNode))
        return frozenset(
            f"{prefix}:{iri.removeprefix(namespace)}"
            for iri in found
            for prefix, namespace in PREFIXES.items()
            if iri.startswith(namespace)
        )

    def _prefixes_in(self, text: str) -> dict[str, str]:
        """Return the prefixes that a query may use: Oxigraph reads all that it is given anew for each query."""
        if "\\u" in text or "\\U" in text:
            return self.prefixes
        return {name: iri for name, iri in self.prefixes.items() if f"{name}:" in text}

    def _exists(self, iri: str) -> bool:
        try:
            node = NamedNode(iri)
        except ValueError:
            return False
        look, here = self.store.quads_for_pattern, DefaultGraph()
        found = (look(None, node, None, here), look(None, None, node, here), look(node, None, None, here))
        return any(next(quads, None) for quads in found)

    def _meant(self, prefix: str, local: str) -> str:
        """Return a hint at the name that was meant, "" where the name may be right."""
        if prefix == "pol":
            return nearest(local, self.names, "pol:") if self.names else ""
        found = process.extractOne(
            f"{prefix}:{local}", sorted(self.vocabulary), scorer=fuzz.ratio, score_cutoff=MISSPELT, processor=str.lower
        )
        return f"Did you mean {found[0]}?" if found else ""

    def _graph(self, iri: str, place: str | None) -> NamedNode:
        try:
            node = NamedNode(iri)
        except ValueError as error:
            raise QueryError("this is no IRI", place=place or "query", value=iri) from error
        if not self.store.contains_named_graph(node):
            message = "this graph is not in the store, and nothing is loaded from elsewhere"
            raise QueryError(message, place=place or "query", value=iri, hint=LIST_GRAPHS)
        return node

    def _explained(self, text: str, said: str, place: str | None) -> QueryError:
        wrong = explain(text, said, self.prefixes, self.names)
        return QueryError(
            wrong.message,
            place=at(text, wrong.start, place),
            value=text[wrong.start : wrong.end].partition("\n")[0].strip() or None,
            hint=wrong.hint,
            excerpt=excerpt(text, wrong.start, wrong.end) if text.strip() else None,
        )


def merge(store: Store, default: Sequence[NamedNode], named: Sequence[NamedNode | BlankNode]) -> Store:
    """Return a store in memory whose default graph is the merge of some graphs, each triple once.

    Oxigraph's own union of several graphs repeats a triple for each graph that holds it, which SPARQL does not.
    """
    merged = Store()
    for graph in default:
        merged.bulk_extend(
            Quad(q.subject, q.predicate, q.object) for q in store.quads_for_pattern(None, None, None, graph)
        )
    for name in named:
        merged.bulk_extend(store.quads_for_pattern(None, None, None, name))
    return merged


def _answer(result: Result) -> Answer:
    if isinstance(result, QueryBoolean):
        return Answer(boolean=bool(result))
    if isinstance(result, QueryTriples):
        return Answer(triples=frozenset(result))
    columns = tuple(variable.value for variable in result.variables)
    return Answer(columns, tuple(tuple(solution) for solution in result))
