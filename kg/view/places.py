"""Where jurisdictions stand on the map of the United States: FIPS codes or coordinates in, pixels out.

The picture is 975 by 610 pixels in Albers' equal-area projection with Alaska and Hawaii inset, as in us-atlas, whose
outlines `us_places.json` holds. Places elsewhere in the world have no pixel: the page lists them beside the map.
"""

import json
import math
from dataclasses import dataclass
from importlib import resources
from typing import Any

SCALE = 1300.0
MIDDLE = (487.5, 305.0)

Pixel = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Conic:
    """An equal-area conic projection (Snyder 1987, p. 98): central meridian, centre, parallels, scale and shift."""

    meridian: float
    centre: tuple[float, float]
    parallels: tuple[float, float]
    scale: float
    shift: tuple[float, float]

    def raw(self, longitude: float, latitude: float) -> tuple[float, float]:
        one, other = (math.sin(math.radians(parallel)) for parallel in self.parallels)
        n = (one + other) / 2
        c = 1 + one * (2 * n - one)
        r = math.sqrt(max(0.0, c - 2 * n * math.sin(math.radians(latitude)))) / n
        angle = n * math.radians(longitude)
        return r * math.sin(angle), math.sqrt(c) / n - r * math.cos(angle)

    def pixel(self, latitude: float, longitude: float) -> Pixel:
        x, y = self.raw(longitude - self.meridian, latitude)
        x0, y0 = self.raw(*self.centre)
        size = SCALE * self.scale
        left, top = (MIDDLE[0] + SCALE * self.shift[0], MIDDLE[1] + SCALE * self.shift[1])
        return round(left + size * (x - x0)), round(top - size * (y - y0))


CONTIGUOUS = _Conic(-96, (-0.6, 38.7), (29.5, 45.5), 1.0, (0.0, 0.0))
ALASKA = _Conic(-154, (-2.0, 58.5), (55, 65), 0.35, (-0.307, 0.201))
HAWAII = _Conic(-157, (-3.0, 19.9), (8, 18), 1.0, (-0.205, 0.212))


def pixel_of(latitude: float, longitude: float) -> Pixel | None:
    """Return the pixel of a place in the United States, None for one elsewhere.

    >>> pixel_of(41.88, -87.63)
    (638, 226)
    >>> pixel_of(51.5, -0.1) is None
    True
    """
    if 24 < latitude < 49.6 and -125 < longitude < -66.5:
        return CONTIGUOUS.pixel(latitude, longitude)
    if 50 < latitude < 72 and longitude < -129.9:
        return ALASKA.pixel(latitude, longitude)
    if 18.5 < latitude < 22.6 and -161 < longitude < -154:
        return HAWAII.pixel(latitude, longitude)
    return None


@dataclass(frozen=True, slots=True)
class Atlas:
    """Outlines and middles of the states, middles of the counties, by FIPS code."""

    states: dict[str, tuple[str, int, int]]
    counties: dict[str, Pixel]

    def pixel(self, fips: str, point: tuple[float, float] | None) -> Pixel | None:
        """Return where a jurisdiction stands: by its coordinates, else by the middle of its state or county."""
        found = pixel_of(*point) if point else None
        if found is None and fips in self.counties:
            found = self.counties[fips]
        if found is None and fips in self.states:
            found = self.states[fips][1:]
        return found


def read_atlas() -> Atlas:
    """Read the outlines that come with the package."""
    text = (resources.files("kg.view") / "us_places.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    states = {fips: (outline, x, y) for fips, (outline, x, y) in loaded["states"].items()}
    counties = {fips: (x, y) for fips, (x, y) in loaded["counties"].items()}
    return Atlas(states, counties)
