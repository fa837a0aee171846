"""Folding of identical leaf patterns: nodes of one kind whose links are the same become one group that opens.

Links in, groups out. Twenty-three cities that got the same letter and nothing else say one thing, not twenty-three.
Links that only say where a thing belongs do not count as a difference. Must not place anything.
"""

from collections import defaultdict
from dataclasses import dataclass

from kg.view.network import DrawnLink

SMALLEST_GROUP = 4
MOST_LINKS = 3
"""A node with more links than this is worth looking at by itself."""


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes that are drawn as one until opened; `kind` is their common root class."""

    kind: str
    members: tuple[int, ...]


CROWDED = 30
"""A view with no more nodes than this is readable without folding."""


def find_groups(links: list[DrawnLink], roots: dict[int, str]) -> list[Group]:
    """Return the groups of nodes with one root class and the same few links, in the order of their first member."""
    patterns: dict[int, set[tuple[str, bool, int, str]]] = defaultdict(set)
    for link in links:
        if not link.background:
            patterns[link.source].add((link.relation, True, link.target, link.status))
            patterns[link.target].add((link.relation, False, link.source, link.status))
    if len(patterns) <= CROWDED:
        return []
    alike: dict[tuple[str, tuple[tuple[str, bool, int, str], ...]], list[int]] = defaultdict(list)
    for node, pattern in patterns.items():
        if len(pattern) <= MOST_LINKS:
            alike[roots[node], tuple(sorted(pattern))].append(node)
    groups = [Group(kind, tuple(sorted(nodes))) for (kind, _), nodes in alike.items() if len(nodes) >= SMALLEST_GROUP]
    return sorted(groups, key=lambda group: group.members)
