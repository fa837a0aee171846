"""axe-core finds nothing wrong, in every view, in light and in dark."""

from pathlib import Path
from typing import Any

import pytest

axe = pytest.importorskip(
    "axe_playwright_python", reason="axe-playwright-python, which ships axe.min.js, is not installed"
)

AXE = Path(axe.__file__).parent / "axe.min.js"

STATES = {
    "start": "",
    "entity": "#person/ada-marsh",
    "neighbourhood": "#person/ada-marsh?depth=1",
    "story": "#?view=letters",
    "table": "#?as=table",
    "map": "#?as=map",
    "timeline": "#?as=timeline",
}


DARK = ("start", "entity", "table")


@pytest.mark.parametrize(
    ("state", "scheme"), [*((state, "light") for state in STATES), *((state, "dark") for state in DARK)]
)
def test_no_violations(open_page: Any, state: str, scheme: str) -> None:
    visit = open_page(hash_=STATES[state], color_scheme=scheme)
    if state == "start":
        visit.page.fill("#search", "ma")
    if state == "entity":
        visit.page.click("#panel .list button >> nth=0")
    # Playwright puts this into the page from outside, where its policy for scripts does not reach.
    visit.run(AXE.read_text(encoding="utf-8") + ";0")
    found = visit.run("axe.run({resultTypes: ['violations']})")["violations"]
    assert [f"{v['id']}: {v['help']} {[n['html'][:160] for n in v['nodes'][:3]]}" for v in found] == []
