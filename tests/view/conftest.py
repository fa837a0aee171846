"""What the tests of the page share: pages written once, and Debian's Chromium, headless, without a network."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.ontology import Ontology, read_ontology
from kg.settings import Settings
from kg.view import explorer, overview, write_explorer

sys.path.insert(0, str(Path(__file__).parent))

import generator

TITLE = "Cities, grants and letters"


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return read_ontology(Settings().ontology)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory, ontology: Ontology) -> Path:
    """The folder of the pages: news.html, hostile.html (texts that try to break out), many.html (an overview)."""
    folder = tmp_path_factory.mktemp("pages")
    write_explorer(generator.news_graph(), ontology, folder / "news.html", title=TITLE)
    write_explorer(generator.news_graph(hostile=True), ontology, folder / "hostile.html", title=generator.HOSTILE[2])
    limits = {"LARGEST_WHOLE": 100, "LARGEST_COMPLETE": 150}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in limits.items():
            patch.setattr(explorer, name, value)
        patch.setattr(overview, "SUBSET", 120)
        write_explorer(generator.wide_graph(200), ontology, folder / "many.html", title=TITLE)
    return folder


SETTLED = """() => new Promise((done) => {
  let last = "", calm = 0;
  const look = () => {
    const box = document.querySelector("canvas")?.getBoundingClientRect();
    const now = JSON.stringify(box ?? 0);
    calm = now === last ? calm + 1 : 0;
    last = now;
    calm < 12 ? requestAnimationFrame(look) : done();
  };
  requestAnimationFrame(look);
})"""
"""Waits until the picture's frame has kept its size for a dozen frames: a browser may report a resize late."""


class Visit:
    """An open page, what it asked other places for, and what it complained about."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def run(self, script: str) -> Any:
        return self.page.evaluate(script)

    def settle(self) -> None:
        self.run(SETTLED)

    def heading(self) -> str:
        return str(self.page.inner_text("#panel h2"))

    def spot(self, kind: str, where: str) -> tuple[float, float]:
        """Return the window's coordinates of a node (its label) or of a link ("source|relation|target")."""
        found = self.run(f"window.explorerTest.{kind}({json.dumps(where)})")
        assert found, f"{where} is not on the picture"
        return found[0], found[1]


Open = Callable[..., Visit]


@pytest.fixture
def open_page(browser: Any, pages: Path) -> Iterator[Open]:
    """Opens a page by its file name and permalink; options go to the browser's context."""
    contexts = []

    def open_(
        name: str = "news.html", hash_: str = "", *, width: int = 1366, height: int = 768, init_script: str = "",
        settle: bool = True, **options: Any,
    ) -> Visit:  # fmt: skip
        context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True, **options)
        contexts.append(context)
        context.add_init_script(init_script)
        visit = Visit(context.new_page())
        visit.page.set_default_timeout(10_000)
        visit.page.goto(f"file://{pages / name}{hash_}")
        visit.page.wait_for_selector("html[data-ready=yes]", state="attached")
        if settle:
            visit.settle()
        return visit

    yield open_
    for context in contexts:
        context.close()
