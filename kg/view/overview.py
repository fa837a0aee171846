"""The overview of a graph that is too large to draw: its communities as bubbles, and a subset that fits the page.

A drawing goes in, `Part`s and the links between them leave; `keep_central` cuts the content down to what a page can
hold. Both say how much they leave out. Must not read RDF or write text for people beyond names of entities.
"""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass

import networkx as nx

from kg.view.content import Content
from kg.view.layout import communities, lay_out
from kg.view.network import Drawing, simple

LARGEST_WHOLE = 2000
"""With more nodes the page opens on the overview; drawing them all stays possible."""

LARGEST_WHOLE_LINKS = 6000

LARGEST_COMPLETE = 5000
"""With more nodes the page holds a subset."""

SUBSET = 2000
SUBSET_LINKS = 6000
MOST_PARTS = 40
SMALLEST_PART = 4
LINKS_A_PART = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A community: its most central members first; `size` counts all, also those that the page does not hold."""

    members: tuple[str, ...]
    size: int
    names: tuple[str, ...]
    x: int
    y: int
    radius: float


@dataclass(frozen=True, slots=True)
class Overview:
    """Parts, links between them as (part, part, number of facts), and how many entities lie in no part shown."""

    parts: tuple[Part, ...]
    links: tuple[tuple[int, int, int], ...]
    scattered: int


def too_large(drawing: Drawing, limit: int, links: int) -> bool:
    """Tell whether a drawing has more nodes with links, or more links, than a limit."""
    ends = {end for link in drawing.links if not link.background for end in (link.source, link.target)}
    return len(ends) > limit or sum(not link.background for link in drawing.links) > links


def make_overview(content: Content, drawing: Drawing, scores: dict[int, float]) -> Overview:
    """Find the communities of a graph and place them as bubbles; only the strongest ties between them are kept."""
    stated = [link for link in drawing.links if not link.background]
    nodes = sorted({end for link in stated for end in (link.source, link.target)})
    found = communities(simple(stated, nodes))
    shown = [members for members in found if len(members) >= SMALLEST_PART][:MOST_PARTS]
    ranked = [sorted(members, key=lambda node: (-scores[node], node)) for members in shown]
    whose = {node: number for number, members in enumerate(ranked) for node in members}
    ties: Counter[tuple[int, int]] = Counter()
    for link in stated:
        ends = sorted((whose.get(link.source, -1), whose.get(link.target, -1)))
        if -1 not in ends and ends[0] != ends[1]:
            ties[ends[0], ends[1]] += len(link.facts)
    strong = _strongest(ties)
    radii = {number: _radius(len(members)) for number, members in enumerate(ranked)}
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(radii)
    graph.add_weighted_edges_from((a, b, float(count)) for a, b, count in strong)
    places = lay_out(graph, {number: radius + 30 for number, radius in radii.items()})
    parts = tuple(
        Part(
            tuple(drawing.entities[node] for node in members),
            len(members),
            tuple(content.entities[drawing.entities[node]].label for node in members[:2]),
            *places[number],
            radii[number],
        )
        for number, members in enumerate(ranked)
    )
    return Overview(parts, strong, len(nodes) - len(whose))


def _radius(members: int) -> float:
    return round(min(14.0 + 4.2 * math.sqrt(members), 96.0), 1)


def _strongest(ties: "Counter[tuple[int, int]]") -> tuple[tuple[int, int, int], ...]:
    """Keep the few strongest ties of each part: all of them would be a net without a pattern."""
    by_part: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for (a, b), count in ties.items():
        by_part[a].append((-count, a, b))
        by_part[b].append((-count, a, b))
    kept = {(a, b) for found in by_part.values() for _, a, b in sorted(found)[:LINKS_A_PART]}
    return tuple((a, b, ties[a, b]) for a, b in sorted(kept))


def keep_central(content: Content, drawing: Drawing, scores: dict[int, float], overview: Overview) -> Content:
    """Return the content of the most central entities of every part, as many as a page can hold, and their facts."""
    total = sum(part.size for part in overview.parts) or 1
    kept: set[str] = set()
    for part in overview.parts:
        kept.update(part.members[: max(SMALLEST_PART, SUBSET * part.size // total)])
    by_score = sorted(range(len(drawing.entities)), key=lambda node: (-scores[node], node))
    for node in by_score:
        if len(kept) >= SUBSET:
            break
        kept.add(drawing.entities[node])
    inside = [fact for fact in content.facts if fact.subject in kept and fact.object in kept]
    inside.sort(key=lambda fact: (-len(fact.evidence), fact.iri))
    facts = tuple(sorted(inside[:SUBSET_LINKS], key=lambda fact: fact.iri))
    return Content(
        {iri: entity for iri, entity in content.entities.items() if iri in kept},
        content.documents,
        facts,
        tuple(triple for triple in content.background if triple[0] in kept and triple[2] in kept),
        tuple(quotation for quotation in content.quotations if quotation.speaker in kept),
    )
