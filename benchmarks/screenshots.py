"""Takes pictures of the explorer in the states that people meet, for looking at after a change of its look.

    python -m benchmarks.screenshots output/explorer.html build/screenshots

The page is one that `kg build` wrote; what is selected is found in it (the most connected entity, the link with the
most sentences), so that any graph will do. One more picture shows a generated graph of 2,000 nodes.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.view import ARGUMENTS, CHROMIUM
from kg.ontology import read_ontology
from kg.settings import Settings
from kg.view import write_explorer

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "view"))

import generator

ENTITY = """island => {
  const counts = new Map();
  island.links.filter((l) => !l[5]).forEach((l) => [l[0], l[1]].forEach((n) => counts.set(n, (counts.get(n) || 0) + 1)));
  return island.entities[[...counts].sort((a, b) => b[1] - a[1])[0][0]][0];
}"""
CLAIM = """island => {
  const liked = new Set(island.relations.flatMap(([name], i) => (name === 'threatensFundingOf' ? [i] : [])));
  const weight = (l) => (liked.has(l[2]) ? 100 : 0);
  const said = island.links.flatMap((l) => l[4].map((f) => [weight(l) + island.facts[f][2].length, island.facts[f][0]]));
  return said.sort((a, b) => b[0] - a[0])[0][1];
}"""

LAPTOP, PHONE = (1366, 768), (390, 844)


def main() -> None:
    """Write one PNG a state."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("page", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    large = options.out / "2000-nodes.html"
    write_explorer(generator.wide_graph(2000), read_ontology(Settings().ontology), large, title="2,000 nodes")
    with sync_playwright() as session:
        browser = session.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        first = options.page.resolve()
        entity, claim = (ask(browser, first, question) for question in (ENTITY, CLAIM))
        for name, page, where, size, scheme in (
            ("start", first, "", LAPTOP, "light"),
            ("evidence", first, f"#{claim}", LAPTOP, "light"),
            ("neighbourhood", first, f"#{entity}?depth=1", LAPTOP, "light"),
            ("unfolded", first, "#?fold=no", LAPTOP, "light"),
            ("letters", first, "#?view=letters", LAPTOP, "light"),
            ("map", first, "#?as=map", LAPTOP, "light"),
            ("timeline", first, "#?as=timeline", LAPTOP, "light"),
            ("table", first, "#?as=table", LAPTOP, "light"),
            ("dark", first, f"#{claim}", LAPTOP, "dark"),
            ("phone", first, f"#{claim}", PHONE, "light"),
            ("2000-nodes", large, "", LAPTOP, "light"),
        ):
            take(browser, page, where, size, scheme)(options.out / f"{name}.png")
            print(options.out / f"{name}.png")
        browser.close()
    large.unlink()


def ask(browser: Any, page_file: Path, question: str) -> str:
    """Return what a page's data answer."""
    page = browser.new_page()
    page.goto(page_file.as_uri())
    answer = page.evaluate(f"({question})(JSON.parse(document.getElementById('data').textContent))")
    page.close()
    return str(answer)


def take(browser: Any, page_file: Path, where: str, size: tuple[int, int], scheme: str) -> Callable[[Path], None]:
    """Return a function that writes the picture of a state."""

    def write(path: Path) -> None:
        page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
        page.goto(page_file.as_uri() + where)
        page.wait_for_selector("html[data-ready=yes]", state="attached")
        page.wait_for_timeout(500)
        page.screenshot(path=path, full_page=size == PHONE)
        page.close()

    return write


if __name__ == "__main__":
    main()
