"""Makes `kg/view/us_places.json` from us-atlas (npm, ISC licence; shapes of the US Census Bureau, public domain).

    npm install us-atlas
    python -m benchmarks.view_outlines node_modules/us-atlas kg/view/us_places.json

In go `states-albers-10m.json` and `counties-albers-10m.json`, whose coordinates are pixels of a picture of 975 by 610
(Albers' equal-area projection, Alaska and Hawaii inset). Out come the states' outlines as SVG path data, simplified,
and a point in the middle of every state and county, by FIPS code.
"""

import argparse
import json
from pathlib import Path
from typing import Any

Ring = list[tuple[float, float]]

TOLERANCE = 0.7
"""Largest distance, in pixels, by which a simplified border may miss the real one."""

SMALLEST = 6.0
"""Islands under this area, in square pixels, are left out, unless a state has nothing larger."""


def arcs_of(topology: dict[str, Any]) -> list[Ring]:
    """Decode a topology's arcs: quantized, each point relative to the one before."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        ring = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            ring.append((x * sx + tx, y * sy + ty))
        arcs.append(ring)
    return arcs


def simplified(points: Ring) -> Ring:
    """Drop points by Douglas and Peucker's method; ends stay, so that neighbours keep their common border."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
    distances = [
        abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length if length else ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
        for x, y in points[1:-1]
    ]
    farthest = max(range(len(distances)), key=distances.__getitem__)
    if distances[farthest] <= TOLERANCE:
        return [points[0], points[-1]]
    return simplified(points[: farthest + 2])[:-1] + simplified(points[farthest + 1 :])


def rings_of(geometry: dict[str, Any], arcs: list[Ring]) -> list[Ring]:
    """Return the outer rings of a geometry."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", [])
    rings = []
    for polygon in polygons:
        ring: Ring = []
        for number in polygon[0]:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            ring.extend(arc[1:] if ring else arc)
        rings.append(ring)
    return rings


def area_and_middle(ring: Ring) -> tuple[float, float, float]:
    """Return a ring's area and the centre of it."""
    area = x = y = 0.0
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = ax * by - bx * ay
        area, x, y = area + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    if not area:
        return 0.0, *ring[0]
    return abs(area) / 2, x / (3 * area), y / (3 * area)


def middle(rings: list[Ring]) -> list[int]:
    """Return the centre of the largest ring."""
    _, x, y = max(area_and_middle(ring) for ring in rings)
    return [round(x), round(y)]


def path(rings: list[Ring]) -> str:
    """Return SVG path data in whole pixels."""
    kept = [ring for ring in rings if area_and_middle(ring)[0] >= SMALLEST] or [max(rings, key=area_and_middle)]
    text = ""
    for ring in kept:
        x, y = (round(v) for v in ring[0])
        text += f"M{x} {y}l"
        steps = []
        for px, py in ring[1:]:
            nx, ny = round(px), round(py)
            if (nx, ny) != (x, y):
                steps.append(f"{nx - x} {ny - y}")
                x, y = nx, ny
        text += " ".join(steps).replace(" -", "-") + "z"
    return text


def main() -> None:
    """Read the two files and write ours."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("atlas", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    states = json.loads((options.atlas / "states-albers-10m.json").read_text(encoding="utf-8"))
    counties = json.loads((options.atlas / "counties-albers-10m.json").read_text(encoding="utf-8"))
    arcs, rough = arcs_of(states), [simplified(arc) for arc in arcs_of(states)]
    shapes = {
        geometry["id"]: [path(rings_of(geometry, rough)), *middle(rings_of(geometry, arcs))]
        for geometry in states["objects"]["states"]["geometries"]
        if rings_of(geometry, arcs)
    }
    county_arcs = arcs_of(counties)
    points = {
        geometry["id"]: middle(rings_of(geometry, county_arcs))
        for geometry in counties["objects"]["counties"]["geometries"]
        if rings_of(geometry, county_arcs)
    }
    made = {
        "source": "Made by benchmarks/view_outlines.py from us-atlas 3 (ISC licence, Copyright 2013-2019 Michael "
        "Bostock); shapes of the US Census Bureau, public domain",
        "states": dict(sorted(shapes.items())),
        "counties": dict(sorted(points.items())),
    }
    options.out.write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
