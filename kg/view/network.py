"""The graph that is drawn: content in, a networkx MultiDiGraph over small integers out.

Nodes are indices into a sorted list of entities; links gather the facts with the same ends, relation and status, so
that two sources make one thicker link and not two. Integers, because networkx's community detection walks
sets, and the order of a set of strings changes from run to run. Must not place anything.
"""

from collections import defaultdict
from dataclasses import dataclass

import networkx as nx

from kg.view.content import Content, SeenFact

BACKGROUND_RELATIONS = ("within", "partOf", "subOrganizationOf")
"""Relations that say where a thing belongs; they are drawn faintly, and no group of leaves is split for them."""

BACKGROUND_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class DrawnLink:
    """One arrow: ends as indices, relation, status, its facts as indices; no facts where only the reference says so.

    `support` counts the independent sources: documents, a reprint with its original.
    """

    source: int
    target: int
    relation: str
    status: str
    facts: tuple[int, ...]
    support: int

    @property
    def background(self) -> bool:
        """Tell whether the link only says where a thing belongs."""
        return self.relation in BACKGROUND_RELATIONS or not self.facts


@dataclass(frozen=True, slots=True)
class Drawing:
    """What can be drawn: entities' IRIs by index, links, and facts in the order that links refer to."""

    entities: tuple[str, ...]
    links: tuple[DrawnLink, ...]
    facts: tuple[SeenFact, ...]

    @property
    def network(self) -> "nx.MultiDiGraph[int]":
        """The links as a networkx graph; every edge carries its link's index, relation and weight."""
        network: nx.MultiDiGraph[int] = nx.MultiDiGraph()
        network.add_nodes_from(range(len(self.entities)))
        for index, link in enumerate(self.links):
            weight = BACKGROUND_WEIGHT if link.background else float(max(1, link.support))
            network.add_edge(link.source, link.target, link=index, relation=link.relation, weight=weight)
        return network


def draw(content: Content) -> Drawing:
    """Gather the facts of a graph into links between numbered entities."""
    entities = tuple(sorted(content.entities))
    index = {iri: number for number, iri in enumerate(entities)}
    gathered: dict[tuple[int, int, str, str], list[int]] = defaultdict(list)
    for number, fact in enumerate(content.facts):
        gathered[index[fact.subject], index[fact.object], fact.relation, fact.status].append(number)
    for subject, relation, thing in content.background:
        gathered.setdefault((index[subject], index[thing], relation, "Asserted"), [])
    links = tuple(DrawnLink(*key, tuple(facts), _support(content, facts)) for key, facts in sorted(gathered.items()))
    return Drawing(entities, links, content.facts)


def _support(content: Content, facts: list[int]) -> int:
    """Return how many independent sources state some facts together; one that the graph has no sentence for has one."""
    sources = {source for number in facts for source in content.sources(content.facts[number])}
    return max(len(sources), min(1, len(facts)))


def simple(links: tuple[DrawnLink, ...] | list[DrawnLink], nodes: list[int]) -> "nx.Graph[int]":
    """Return the undirected graph of some links, weights of parallel ones added: what layout and communities use."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(nodes)
    for link in links:
        if link.source == link.target:
            continue
        weight = BACKGROUND_WEIGHT if link.background else 1.0 + 0.25 * min(link.support, 8)
        if graph.has_edge(link.source, link.target):
            weight += graph.edges[link.source, link.target]["weight"]
        graph.add_edge(link.source, link.target, weight=weight)
    return graph


def centrality(graph: "nx.Graph[int]") -> dict[int, float]:
    """Return each node's PageRank over the undirected weighted graph, which favours what many facts touch."""
    if graph.number_of_edges() == 0:
        return dict.fromkeys(graph, 0.0)
    return dict(nx.pagerank(graph, weight="weight", max_iter=200, tol=1e-5))
