"""The pages in Chromium: nothing leaves the server, no script fails, and what the scripts add works."""

import re
from collections.abc import Iterator

import httpx
import pytest

from .conftest import Server

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


@pytest.fixture
def page(browser: "playwright.Browser", server: Server, client: httpx.Client) -> Iterator["playwright.Page"]:
    """A page that fails the test for every error and for every request to another server."""
    context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 900})
    found = context.new_page()
    wrong: list[str] = []
    found.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    found.on("pageerror", lambda error: wrong.append(str(error)))
    found.on(
        "request",
        lambda request: None if request.url.startswith((server.url, "data:", "blob:")) else wrong.append(request.url),
    )
    yield found
    context.close()
    assert not wrong


def test_ask_sort_and_follow(page: "playwright.Page") -> None:
    page.goto("/query")
    page.fill("#text", "SELECT ?who ?n { ?who a pol:Entity ; rdfs:label ?l BIND(STRLEN(?l) AS ?n) }")
    assert page.locator("#colours .t-keyword").first.text_content() == "SELECT"
    page.press("#text", "Control+Enter")
    page.wait_for_selector("table.answer")
    head = page.get_by_role("columnheader", name=re.compile("^n"))
    head.get_by_role("button").click()
    lengths = [int(text) for text in page.locator("td.number").all_text_contents()]
    assert lengths == sorted(lengths) and head.get_attribute("aria-sort") == "ascending"
    head.get_by_role("button").click()
    lengths = [int(text) for text in page.locator("td.number").all_text_contents()]
    assert lengths == sorted(lengths, reverse=True)
    page.click("text=person/ada-quill")
    page.wait_for_url("**/id/person/ada-quill")
    assert page.locator("h1").text_content() == "Ada Quill"
    assert page.evaluate("window.hacked") is None


def test_completion(page: "playwright.Page") -> None:
    page.goto("/query")
    page.wait_for_load_state("networkidle")
    page.fill("#text", "")
    page.type("#text", "SELECT * { ?s pol:thre")
    page.wait_for_selector("#completion li")
    assert page.locator("#completion li").first.text_content().startswith("pol:threatensFundingOf")
    page.press("#text", "Enter")
    assert page.input_value("#text") == "SELECT * { ?s pol:threatensFundingOf"
    page.type("#text", " ?o } # pol:xx")
    assert page.locator("#completion").is_hidden()
    page.fill("#text", "SELECT ?person { ?per")
    page.press("#text", "Control+ ")
    assert page.locator("#completion li").all_text_contents() == ["?person"]
    page.press("#text", "Escape")
    assert page.locator("#completion").is_hidden()


def test_editor_shows_exactly_what_is_typed(page: "playwright.Page") -> None:
    page.goto("/query")
    text = 'SELECT * { ?s ?p "a <b> \\" & é" . # note <x>\n <http://x/y#z> a ?t FILTER(?a < 3 && ?b > 2) }'
    page.fill("#text", text)
    assert page.locator("#colours").text_content() == text + "\n"
    assert page.locator("#colours .t-string").text_content() == '"a <b> \\" & é"'


def test_a_fact_lights_up_its_sentence(page: "playwright.Page") -> None:
    page.goto("/id/document/letters-2018")
    page.locator(".statements li").first.hover()
    lit = "".join(page.locator(".text .lit").all_text_contents())
    assert lit.startswith("The Rivers Department sent Sacramento County a letter")
    page.locator(".statements li a.small").first.click()
    assert "#evidence-" in page.url
    assert page.evaluate("document.querySelector(':target') !== null")


def test_hostile_names_stay_text(page: "playwright.Page") -> None:
    for path in (
        "/id/document/hostile%2F%E2%84%96%203",
        "/id/organization/hostile",
        "/search?q=hacked",
        "/query?saved=documents-overview",
    ):
        page.goto(path)
        assert page.evaluate("window.hacked") is None
    assert page.locator("main script").count() == 0


def test_works_without_scripts(browser: "playwright.Browser", server: Server) -> None:
    context = browser.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.fill("#find", "quill")
    page.press("#find", "Enter")
    page.click("text=Ada Quill")
    assert page.locator("h1").text_content() == "Ada Quill"
    page.goto("/query")
    page.fill("#text", "SELECT ?p { ?p a pol:Person }")
    page.click("text=Run")
    assert page.locator("table.answer tbody tr").count() == 2
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "path",
    ["/", "/query?saved=threats-to-funding", "/id/person/ada-quill", "/id/document/letters-2018", "/search?q=chicago"],
)
def test_no_page_is_wider_than_its_window(
    browser: "playwright.Browser", server: Server, path: str, width: int, scheme: str
) -> None:
    context = browser.new_context(base_url=server.url, viewport={"width": width, "height": 700}, color_scheme=scheme)
    page = context.new_page()
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
