"""The page in Firefox ESR: it opens, is ready, asks for nothing, and leads from a name to the sentence."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("websockets", reason="websockets, over which Firefox is driven, is not installed")

PROGRAM = shutil.which("firefox-esr") or shutil.which("firefox")


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if PROGRAM is None:
        pytest.skip("there is no Firefox (apt-get install firefox-esr)")
    from firefox import Firefox

    started = Firefox(PROGRAM, tmp_path_factory.mktemp("firefox"))
    yield started
    started.stop()


@pytest.fixture
def page(firefox: Any, pages: Path) -> Any:
    """The page of news, freshly opened."""
    firefox.open("about:blank")
    firefox.complaints.clear()
    firefox.requests.clear()
    firefox.open(f"file://{pages / 'news.html'}")
    firefox.wait_for("document.documentElement.dataset.ready === 'yes'")
    return firefox


def test_opens_and_asks_for_nothing(page: Any) -> None:
    page.wait_for("window.explorerTest.frames() > 0 && window.explorerTest.labels().length > 10")
    assert "Shown: " in page.run("document.getElementById('status').textContent")
    for view in ("map", "timeline", "table", "network"):
        page.run(f"document.querySelector('[data-view={view}]').click()")
        assert page.run(f"document.getElementById('{view}-view').offsetHeight") > 200
    # The font that vis-network carries inside itself is no request to anybody.
    assert [address for address in page.requests if not address.startswith(("file:", "about:", "data:"))] == []
    assert page.complaints == []


def test_search_leads_to_the_sentence(page: Any) -> None:
    page.press(["/", *"marsh", "Enter"])
    page.wait_for("document.querySelector('#panel h2').textContent === 'Ada Marsh'")
    assert page.run("document.activeElement.tagName") == "H2"
    box = "document.querySelector('#panel .list button').getBoundingClientRect()"
    page.click(page.run(f"{box}.x + 20"), page.run(f"{box}.y + 10"))
    page.wait_for("document.querySelector('#panel .sentence mark')")
    assert "Ada Marsh" in page.run("document.querySelector('#panel .sentence').textContent")
    assert "Report number" in page.run("document.querySelector('#panel .source').textContent")
    assert page.complaints == []


def test_a_question_is_answered(page: Any) -> None:
    page.press(["/", *"who signed the executive order?", "Enter"])
    page.wait_for("document.querySelector('#panel .sentence mark')")
    assert page.run("document.querySelector('#panel h2').textContent") == "Elsa Brandt signed Executive Order 13768"


def test_a_click_on_the_picture_selects(page: Any) -> None:
    x, y = (item["value"] for item in page.run("window.explorerTest.node('Ada Marsh')"))
    page.click(x, y)
    page.wait_for("document.querySelector('#panel h2').textContent === 'Ada Marsh'")
    assert page.run("location.hash").endswith("person/ada-marsh")
    assert page.complaints == []
