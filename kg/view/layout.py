"""Places nodes on a plane: an undirected graph and radii in, whole-numbered positions out.

Components are laid out one by one and packed, so that stray pairs do not shrink the rest; a large component is laid
out community by community (Louvain), each by springs, and the communities among each other by springs again. The
same graph gives the same positions: seeds are fixed, nodes are integers, nothing runs until it converges.
Must not know what the nodes mean.
"""

import math

import networkx as nx
import numpy as np
from scipy.spatial import cKDTree

SEED = 1373
SPACING = 74.0
"""Length of a link at rest, in the page's units; a node of middling size has radius 12."""

STRESS = 110
"""Components up to this size start from Kamada and Kawai's layout, which untangles best and takes a tenth of a second."""

STRESS_IN_ALL = 300
"""Above this many nodes in the picture no component does: many tenths are seconds."""

WHOLE = 320
"""Components up to this size are laid out in one piece."""

GAP = 26.0
"""Least distance between the rims of two nodes."""

ASPECT = 1.25
"""Width over height of the packed picture, as of a laptop's window beside two panels."""

Positions = dict[int, tuple[int, int]]
_Points = dict[int, "np.ndarray[tuple[int], np.dtype[np.float64]]"]


def lay_out(graph: "nx.Graph[int]", radii: dict[int, float]) -> Positions:
    """Return a position for each node; `radii` has each node's radius, labels not counted."""
    stress = len(graph) <= STRESS_IN_ALL
    boxes = [
        _component(graph.subgraph(nodes).copy(), radii, stress=stress)
        for nodes in sorted((sorted(nodes) for nodes in nx.connected_components(graph)), key=lambda n: (-len(n), n))
    ]
    packed = _pack(boxes, radii)
    if not packed:
        return {}
    middle = (np.min(list(packed.values()), axis=0) + np.max(list(packed.values()), axis=0)) / 2
    return {node: (round(float(x)), round(float(y))) for node, (x, y) in ((n, p - middle) for n, p in packed.items())}


def communities(graph: "nx.Graph[int]") -> list[list[int]]:
    """Return Louvain communities, the largest first, members sorted."""
    if graph.number_of_edges() == 0:
        return [[node] for node in sorted(graph)]
    found = nx.community.louvain_communities(graph, weight="weight", seed=SEED, max_level=8)
    return sorted((sorted(nodes) for nodes in found), key=lambda nodes: (-len(nodes), nodes))


def _component(graph: "nx.Graph[int]", radii: dict[int, float], *, stress: bool) -> _Points:
    if len(graph) == 1:
        return {next(iter(graph)): np.zeros(2)}
    if len(graph) <= WHOLE:
        return _separate(_gathered(_springs(graph, stress=stress)), radii, GAP)
    return _by_community(graph, radii)


def _springs(graph: "nx.Graph[int]", *, stress: bool) -> _Points:
    """Lay a small connected graph out by springs, from a start by stress so that the springs do not cross."""
    count = len(graph)
    if count == 2:
        one, other = sorted(graph)
        return {one: np.array([0.0, 0.0]), other: np.array([SPACING * 1.6, 0.0])}
    ordered: nx.Graph[int] = nx.Graph()
    ordered.add_nodes_from(sorted(graph))
    edges: list[tuple[int, int, float]] = list(graph.edges(data="weight"))
    ordered.add_weighted_edges_from(sorted((min(a, b), max(a, b), weight) for a, b, weight in edges))
    start = nx.kamada_kawai_layout(ordered, weight=None) if stress and count <= STRESS else None
    iterations = 60 if start is not None else max(30, min(75, 10_000 // count))
    placed = _relax(ordered, start, 1.35 / math.sqrt(count), iterations)
    lengths = sorted(math.dist(placed[a], placed[b]) for a, b in ordered.edges)
    unit = lengths[len(lengths) // 2] or 1.0
    return {node: np.asarray(point, dtype=float) * (SPACING * 1.5 / unit) for node, point in placed.items()}


def _relax(graph: "nx.Graph[int]", start: _Points | None, rest: float, iterations: int) -> _Points:
    """Let springs of length `rest` pull linked nodes together while all nodes push each other away.

    The method of Fruchterman and Reingold (1991) as in networkx.spring_layout, whose every round goes through checks
    and norms that cost more than its sums: written out for whole matrices it takes a third of the time.
    """
    nodes = list(graph)
    drawn = np.asarray(nx.to_numpy_array(graph, nodelist=nodes)) / rest
    at = np.random.RandomState(SEED).rand(len(nodes), 2) if start is None else np.array([start[n] for n in nodes])
    step = float(np.ptp(at, axis=0).max()) * 0.1
    cooling = step / (iterations + 1)
    for _ in range(iterations):
        dx, dy = (at[:, axis, None] - at[None, :, axis] for axis in (0, 1))
        square = np.maximum(dx * dx + dy * dy, 1e-4)
        force = rest * rest / square - drawn * np.sqrt(square)
        move = np.column_stack((np.einsum("ij,ij->i", dx, force), np.einsum("ij,ij->i", dy, force)))
        move *= (step / np.maximum(np.hypot(move[:, 0], move[:, 1]), 0.01))[:, None]
        at += move
        step -= cooling
        if float(np.hypot(move[:, 0], move[:, 1]).sum()) < 1e-4 * len(nodes):
            break
    return dict(zip(nodes, at, strict=True))


def _gathered(points: _Points) -> _Points:
    """Draw in what strayed: beyond the median distance from the middle, distances grow with the power of 0.7 only."""
    centred = _centred(points)
    distances = {node: float(np.linalg.norm(point)) for node, point in centred.items()}
    usual = sorted(distances.values())[len(distances) // 2] or 1.0
    return {
        node: point * (usual / distances[node]) ** 0.3 if distances[node] > usual else point
        for node, point in centred.items()
    }


def _by_community(graph: "nx.Graph[int]", radii: dict[int, float]) -> _Points:
    """Lay each community out by itself, then the communities as discs."""
    parts = communities(graph)
    inner = [_centred(_component_of(graph, part, radii)) for part in parts]
    sizes = {number: _extent(points, radii) for number, points in enumerate(inner)}
    whose = {node: number for number, part in enumerate(parts) for node in part}
    between: nx.Graph[int] = nx.Graph()
    between.add_nodes_from(range(len(parts)))
    between.add_edges_from((whose[a], whose[b]) for a, b in graph.edges if whose[a] != whose[b])
    total = math.sqrt(sum(size * size for size in sizes.values()))
    placed = _relax(between, None, 2.2 / math.sqrt(len(parts)), 120)
    # Drawn close together and then pushed apart, discs of different sizes fill the plane better than spread out.
    reach = max(float(np.abs(point).max()) for point in _centred(placed).values()) or 1.0
    centres = {number: point * (total * 0.5 / reach) for number, point in _centred(placed).items()}
    centres = _separate(centres, sizes, GAP)
    return {node: centres[number] + point for number, points in enumerate(inner) for node, point in points.items()}


def _component_of(graph: "nx.Graph[int]", part: list[int], radii: dict[int, float]) -> _Points:
    """Lay a community out; Louvain's communities are connected, but may still be large."""
    sub = graph.subgraph(part)
    if len(part) == 1:
        return {part[0]: np.zeros(2)}
    return _separate(_springs(sub, stress=False), radii, GAP)


def _centred(points: _Points) -> _Points:
    middle = np.mean(list(points.values()), axis=0)
    return {node: point - middle for node, point in points.items()}


def _extent(points: _Points, radii: dict[int, float]) -> float:
    return max(float(np.linalg.norm(point)) + radii[node] for node, point in points.items()) + GAP


def _separate(points: _Points, radii: dict[int, float], gap: float) -> _Points:
    """Push overlapping discs apart, each pair by half its overlap, until few are left or the rounds are over."""
    nodes = sorted(points)
    if len(nodes) < 2:
        return points
    at = np.array([points[node] for node in nodes])
    size = np.array([radii[node] for node in nodes]) + gap / 2
    # Two nodes on one spot have no direction to part in: a spiral of a unit's width gives them one.
    turn = np.arange(len(nodes)) * 2.399963
    at = at + np.column_stack((np.cos(turn), np.sin(turn)))
    for _ in range(60):
        pairs = cKDTree(at).query_pairs(2 * float(size.max()), output_type="ndarray")
        if len(pairs) == 0:
            break
        one, other = pairs[:, 0], pairs[:, 1]
        way = at[other] - at[one]
        distance = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-6)
        overlap = size[one] + size[other] - distance
        close = overlap > 0.5
        if not close.any():
            break
        push = (way[close] / distance[close, None]) * (overlap[close, None] * 0.5)
        np.add.at(at, one[close], -push)
        np.add.at(at, other[close], push)
    return {node: at[number] for number, node in enumerate(nodes)}


def _pack(boxes: list[_Points], radii: dict[int, float]) -> _Points:
    """Set the components' boxes in rows, largest first; of several widths the one that fills the window best."""
    margin = SPACING * 0.9
    sized = []
    for points in boxes:
        low = np.min([point - radii[node] for node, point in points.items()], axis=0) - margin / 2
        high = np.max([point + radii[node] for node, point in points.items()], axis=0) + margin / 2
        sized.append((points, low, high - low))
    if not sized:
        return {}
    area = sum(float(size[0] * size[1]) for _, _, size in sized)
    widest = float(sized[0][2][0])
    beside = widest + (float(sized[1][2][0]) if len(sized) > 1 else 0.0)
    widths = [max(widest, width) for width in (widest, beside, *(math.sqrt(area * ASPECT) * f for f in (1, 1.15, 1.3)))]
    return min((_shelved(sized, width) for width in widths), key=_scale_needed)


def _scale_needed(points: _Points) -> float:
    """Return how far one has to zoom out to see everything."""
    width, height = np.ptp(list(points.values()), axis=0)
    return max(float(width) / ASPECT, float(height))


_Box = tuple[_Points, "np.ndarray[tuple[int], np.dtype[np.float64]]", "np.ndarray[tuple[int], np.dtype[np.float64]]"]


def _shelved(boxes: list[_Box], width: float) -> _Points:
    packed: _Points = {}
    shelves = _Shelves(width)
    for points, low, size in boxes:
        corner = shelves.place(float(size[0]), float(size[1]))
        packed.update({node: point - low + corner for node, point in points.items()})
    return packed


class _Shelves:
    """Rows of boxes; a row is as high as its first box, and boxes stack in the height that is left."""

    def __init__(self, width: float):
        self.width = width
        self.top = self.height = self.left = 0.0
        self.column = self.column_width = 0.0

    def place(self, width: float, height: float) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        if self.column + height <= self.height and width <= self.column_width:
            corner = np.array([self.left - self.column_width, self.top + self.column])
            self.column += height
            return corner
        if self.left + width > self.width and self.left > 0:
            self.top += self.height
            self.left = self.height = 0.0
        corner = np.array([self.left, self.top])
        self.left += width
        self.height = max(self.height, height)
        self.column, self.column_width = height, width
        return corner
