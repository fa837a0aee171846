"""Makes `seeds/reference/points.csv` from us-atlas (npm, ISC licence; shapes of the US Census Bureau, public domain).

    npm install us-atlas
    python -m benchmarks.reference_points node_modules/us-atlas seeds/reference/points.csv

In go `states-10m.json` and `counties-10m.json`, whose coordinates are degrees. Out comes, by FIPS code, the middle of
the largest piece of every state and county, to a hundredth of a degree (about a kilometre).
"""

import argparse
import csv
import json
import math
from pathlib import Path

from benchmarks.view_outlines import Ring, arcs_of, area_and_middle, rings_of


def middle(rings: list[Ring]) -> tuple[float, float]:
    """Return latitude and longitude of the middle of the largest ring; degrees of longitude count as they shrink."""
    largest = (0.0, 0.0, 0.0)
    for ring in rings:
        width = math.cos(math.radians(sum(y for _, y in ring) / len(ring)))
        area, x, y = area_and_middle([(x * width, y) for x, y in ring])
        largest = max(largest, (area, y, x / width))
    return largest[1], largest[2]


def main() -> None:
    """Read the two files and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("atlas", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    points = {}
    for name in ("states", "counties"):
        topology = json.loads((options.atlas / f"{name}-10m.json").read_text(encoding="utf-8"))
        arcs = arcs_of(topology)
        for geometry in topology["objects"][name]["geometries"]:
            rings = rings_of(geometry, arcs)
            if rings:
                points[str(geometry["id"])] = middle(rings)
    with options.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("fips", "latitude", "longitude"))
        for fips, (latitude, longitude) in sorted(points.items()):
            writer.writerow((fips, f"{latitude:.2f}", f"{longitude:.2f}"))


if __name__ == "__main__":
    main()
