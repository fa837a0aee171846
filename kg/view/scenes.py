"""The scenes of the page: the whole graph and each ready-made view, folded and placed.

A drawing goes in, `Scene`s leave: which links, which groups, where everything stands. Must not read RDF or write text.
"""

import math
from dataclasses import dataclass

from kg.view.folding import Group, find_groups
from kg.view.layout import lay_out
from kg.view.network import Drawing, DrawnLink, simple
from kg.view.stories import Story

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scene:
    """A set of links as it is drawn: nodes and groups with their places; members stand where their group stands."""

    key: str
    title: str
    text: str
    links: tuple[int, ...]
    places: dict[int, Point]
    groups: tuple[tuple[Group, Point], ...]
    focus: int | None = None


def radius(degree: int) -> float:
    """Return a node's radius by the number of its links: area grows with links, within what the eye can compare."""
    return round(min(8.0 + 2.6 * math.sqrt(degree), 30.0), 1)


def make_scene(drawing: Drawing, story: Story, roots: dict[int, str]) -> Scene:
    """Fold and place the links of a story."""
    links = [drawing.links[number] for number in story.links]
    groups = find_groups(links, roots)
    stand_in = {member: -1 - number for number, group in enumerate(groups) for member in group.members}
    ends = sorted({stand_in.get(end, end) for link in links for end in (link.source, link.target)})
    folded = [_folded(link, stand_in) for link in links if not (link.background and _inside(link, stand_in))]
    places = lay_out(simple(folded, ends), _radii(folded, ends, groups))
    placed = tuple((group, places[-1 - number]) for number, group in enumerate(groups))
    shown = {node: point for node, point in places.items() if node >= 0}
    shown |= {member: places[number] for member, number in sorted(stand_in.items())}
    return Scene(story.key, story.title, story.text, story.links, shown, placed, story.focus)


def _inside(link: DrawnLink, stand_in: dict[int, int]) -> bool:
    """Tell whether a folded node has a part in the link: where its members belong would pull the group everywhere."""
    return link.source in stand_in or link.target in stand_in


def _folded(link: DrawnLink, stand_in: dict[int, int]) -> DrawnLink:
    source, target = stand_in.get(link.source, link.source), stand_in.get(link.target, link.target)
    return DrawnLink(source, target, link.relation, link.status, link.facts, link.support)


def _radii(links: list[DrawnLink], ends: list[int], groups: list[Group]) -> dict[int, float]:
    degree = dict.fromkeys(ends, 0)
    for link in links:
        degree[link.source] += 1
        degree[link.target] += 1
    return {
        node: radius(count) + 10 if node >= 0 else group_radius(len(groups[-1 - node].members)) + 10
        for node, count in degree.items()
    }


def group_radius(members: int) -> float:
    """Return the radius of a folded group."""
    return round(min(14.0 + 2.4 * math.sqrt(members), 44.0), 1)
