"""Makes the counted part of `kg/extract/given_names.yaml` from congress-legislators (CC0, public domain).

    python -m benchmarks.reference_given_names legislators-current.yaml kg/extract/given_names.yaml

In go the members of Congress with their first names, nicknames and genders. Out comes, for every given name of two
letters or more, how many women and how many men bear it. What stands in the table under `kept` is left as it is.
"""

import argparse
import re
from collections import Counter
from pathlib import Path

import yaml

BEARERS = "bearers:\n"
"""The line of the table behind which the counted names stand."""


def count_names(people: list[dict[str, dict[str, str]]]) -> dict[str, tuple[int, int]]:
    """Return how many women and men bear each first name or nickname; who bears one twice counts once."""
    women, men = Counter[str](), Counter[str]()
    for person in people:
        name = person["name"]
        given = {word for key in ("first", "nickname") for word in re.findall(r"[^\W\d_]{2,}", name.get(key, ""))}
        (women if person["bio"]["gender"] == "F" else men).update(given)
    return {name: (women[name], men[name]) for name in sorted({*women, *men})}


def main() -> None:
    """Read the members and write their names into the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("legislators", type=Path)
    parser.add_argument("table", type=Path)
    options = parser.parse_args()
    counted = count_names(yaml.safe_load(options.legislators.read_text(encoding="utf-8")))
    kept = options.table.read_text(encoding="utf-8").partition(BEARERS)[0]
    lines = [f"  {name}: [{women}, {men}]\n" for name, (women, men) in counted.items()]
    options.table.write_text(kept + BEARERS + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
