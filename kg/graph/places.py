"""Jurisdictions on a map: GeoJSON, and a small page that draws it without a network.

In go a `Querier`, out come plain values and one HTML page. Places without coordinates are left out and counted. The map
has no tiles: a graticule in the Albers projection, each place a circle whose area grows with its facts.
"""

import json
import math
from html import escape
from typing import Any

from kg.graph.export.rows import read_claims, read_entities
from kg.graph.query import Querier

Json = dict[str, Any]
WIDTH, HEIGHT, MARGIN = 1000, 620, 30
FIRST, SECOND, ORIGIN, MERIDIAN = (math.radians(degrees) for degrees in (29.5, 45.5, 37.5, -96.0))
"""Albers' conic as the US Geological Survey uses it for the 48 states."""
MAINLAND = (24.0, 50.0, -125.0, -66.0)
"""South, north, west, east: what the map shows where every place lies within."""


def read_places(querier: Querier) -> tuple[Json, int]:
    """Return the jurisdictions as a GeoJSON FeatureCollection, and how many have no coordinates.

    `facts` counts the claims about a place, `documents` those that mention it. A country has no point worth drawing.
    """
    facts: dict[str, int] = {}
    for claim in read_claims(querier):
        for end in {claim.subject, claim.object}:
            facts[end] = facts.get(end, 0) + 1
    documents = {
        _path(entity, querier): int(getattr(count, "value", 0))
        for entity, count in querier.rows(
            "SELECT ?e (COUNT(DISTINCT ?d) AS ?n) { ?m pol:refersTo ?e ; pol:inDocument ?d } GROUP BY ?e"
        )
    }
    features, without = [], 0
    for row in read_entities(querier):
        if "Jurisdiction" not in row.kinds or row.kind == "Country":
            continue
        if row.latitude is None or row.longitude is None:
            without += 1
            continue
        about: dict[str, object] = {"label": row.label, "kind": row.kind, "iri": querier.prefixes["id"] + row.id}
        about |= {"facts": facts.get(row.id, 0), "documents": documents.get(row.id, 0), **dict(row.identifiers)}
        point = {"type": "Point", "coordinates": [row.longitude, row.latitude]}
        features.append({"type": "Feature", "id": row.id, "geometry": point, "properties": about})
    return {"type": "FeatureCollection", "features": features}, without


def write_geojson(places: Json) -> str:
    """Return the text of a GeoJSON file, one place a line."""
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in places["features"])
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'


def draw_map(places: Json, title: str) -> str:
    """Return an HTML page with the map as SVG and the same as a table."""
    found = sorted(places["features"], key=lambda f: (-f["properties"]["facts"], f["properties"]["label"], f["id"]))
    frame = _Frame([feature["geometry"]["coordinates"] for feature in found])
    circles = [_circle(frame, feature, number) for number, feature in enumerate(found)]
    rows = [
        f"<tr><td>{escape(p['label'])}</td><td>{escape(p['kind'])}</td><td>{p['facts']}</td><td>{p['documents']}</td></tr>"
        for p in (feature["properties"] for feature in found)
    ]
    return PAGE.format(
        title=escape(title),
        width=WIDTH,
        height=HEIGHT,
        lines="".join(frame.graticule()),
        circles="\n".join(reversed(circles)),
        rows="\n".join(rows),
    )


class _Frame:
    """Fits places into the picture: the 48 states, or more where places lie beyond."""

    def __init__(self, points: list[list[float]]):
        longitudes, latitudes = [x for x, _ in points], [y for _, y in points]
        south, north, west, east = MAINLAND
        self.south, self.north = min([south, *latitudes]), max([north, *latitudes])
        self.west, self.east = min([west, *longitudes]), max([east, *longitudes])
        edge = [_albers(x, y) for x in _steps(self.west, self.east, 1) for y in (self.south, self.north)]
        edge += [_albers(x, y) for x in (self.west, self.east) for y in _steps(self.south, self.north, 1)]
        self.left, self.top = min(x for x, _ in edge), max(y for _, y in edge)
        across, down = max(x for x, _ in edge) - self.left, self.top - min(y for _, y in edge)
        self.scale = min((WIDTH - 2 * MARGIN) / across, (HEIGHT - 2 * MARGIN) / down)

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point stands in the picture."""
        x, y = _albers(longitude, latitude)
        return round(MARGIN + (x - self.left) * self.scale, 1), round(MARGIN + (self.top - y) * self.scale, 1)

    def graticule(self) -> list[str]:
        """Return the lines of every fifth degree."""
        lines = [
            [self.place(x, y) for y in _steps(self.south, self.north, 1)]
            for x in range(math.ceil(self.west / 5) * 5, math.floor(self.east) + 1, 5)
        ]
        lines += [
            [self.place(x, y) for x in _steps(self.west, self.east, 1)]
            for y in range(math.ceil(self.south / 5) * 5, math.floor(self.north) + 1, 5)
        ]
        return [f'<path d="M{" L".join(f"{x},{y}" for x, y in line)}"/>' for line in lines]


def _circle(frame: _Frame, feature: Json, number: int) -> str:
    about = feature["properties"]
    x, y = frame.place(*feature["geometry"]["coordinates"])
    radius = round(3 + 2.2 * math.sqrt(about["facts"]), 1)
    said = f"{about['label']}: {about['facts']} facts, {about['documents']} documents"
    name = f'<text x="{x + radius + 2}" y="{y + 4}">{escape(about["label"])}</text>' if number < 30 else ""
    return f'<g class="{about["kind"]}"><circle cx="{x}" cy="{y}" r="{radius}"><title>{escape(said)}</title></circle>{name}</g>'


def _albers(longitude: float, latitude: float) -> tuple[float, float]:
    """Return Albers' equal-area conic coordinates (Snyder, Map Projections, USGS 1987, page 100)."""
    n = (math.sin(FIRST) + math.sin(SECOND)) / 2
    c = math.cos(FIRST) ** 2 + 2 * n * math.sin(FIRST)
    rho, rho0 = (math.sqrt(max(0.0, c - 2 * n * math.sin(phi))) / n for phi in (math.radians(latitude), ORIGIN))
    theta = n * (math.radians(longitude) - MERIDIAN)
    return rho * math.sin(theta), rho0 - rho * math.cos(theta)


def _steps(start: float, end: float, step: float) -> list[float]:
    count = max(1, math.ceil((end - start) / step))
    return [start + (end - start) * i / count for i in range(count + 1)]


def _path(node: Any, querier: Querier) -> str:
    return str(getattr(node, "value", "")).removeprefix(querier.prefixes["id"])


PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>{title}</title><link rel="icon" href="data:,"><style>
body {{ font: 15px/1.45 system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; margin: 1rem auto; max-width: 70rem; padding: 0 1rem; color: #16202b; background: #fff; color-scheme: light; }}
svg {{ width: 100%; height: auto; background: #f6f7f9; border: 1px solid #d5dae0; border-radius: 6px; }}
path {{ fill: none; stroke: #d5dae0; }} circle {{ fill: #0072B2; fill-opacity: .55; stroke: #fff; }}
.County circle {{ fill: #009E73; }} .State circle {{ fill: #CC79A7; }}
text {{ font-size: 12px; paint-order: stroke; stroke: #f6f7f9; stroke-width: 3px; }}
table {{ border-collapse: collapse; }} th, td {{ text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #d5dae0; }}
.key i {{ display: inline-block; width: .8em; height: .8em; border-radius: 50%; margin: 0 .3em 0 1em; }}
</style></head><body>
<h1>{title}</h1>
<p class="key">The larger, the more facts:<i style="background:#0072B2"></i>municipality<i style="background:#009E73"></i>county<i style="background:#CC79A7"></i>state</p>
<svg viewBox="0 0 {width} {height}" role="img" aria-label="Map of the places; the table below says the same"><g>{lines}</g>
{circles}
</svg>
<h2>Places</h2>
<table><thead><tr><th>place</th><th>kind</th><th>facts</th><th>documents</th></tr></thead><tbody>
{rows}
</tbody></table>
</body></html>
"""
