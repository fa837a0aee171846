"""The page in a browser: what a reader does with it, and what it must never do."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from kg.ids import RESOURCE_BASE

ADA = f"#{RESOURCE_BASE}person/ada-marsh"


def test_asks_for_nothing_and_complains_about_nothing(open_page: Any) -> None:
    visit = open_page()
    for view in ("Map", "Timeline", "Table", "Network"):
        visit.page.click(f"#views button:text('{view}')")
    visit.page.click("#theme")
    visit.page.click(".story >> nth=0")
    assert [url for url in visit.requests if not url.startswith("file://")] == []
    assert len(visit.requests) == 1
    assert visit.complaints == []


def test_start_panel_says_what_the_graph_holds(open_page: Any) -> None:
    visit = open_page()
    numbers = visit.page.inner_text(".numbers")
    assert "12" in numbers and "59" in numbers and "documents" in numbers
    assert visit.page.locator(".story").count() == 5
    assert "25 Jan 2017" in visit.page.inner_text("#panel")


def test_keyboard_alone_leads_from_search_to_evidence(open_page: Any) -> None:
    visit = open_page()
    keys = visit.page.keyboard
    keys.press("/")
    keys.type("marsh")
    keys.press("Enter")
    assert visit.heading() == "Ada Marsh"
    assert visit.run("document.activeElement.tagName") == "H2"
    for _ in range(40):
        keys.press("Tab")
        if "Dover" in visit.run("document.activeElement.textContent") and visit.run(
            "!!document.activeElement.closest('.list')"
        ):
            break
    keys.press("Enter")
    assert "Ada Marsh" in visit.page.inner_text("#panel .sentence >> nth=0")
    assert "Report number" in visit.page.inner_text("#panel .source >> nth=0")


def test_arrow_keys_walk_the_picture(open_page: Any) -> None:
    visit = open_page()
    visit.page.focus("#canvas")
    seen = set()
    for key in ("ArrowRight", "ArrowUp", "ArrowRight", "ArrowLeft"):
        visit.page.keyboard.press(key)
        seen.add(visit.heading())
        assert visit.page.inner_text("#status")
    assert len(seen) >= 3
    visit.page.keyboard.press("Escape")
    assert visit.run("location.hash") in ("", "#")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ohara", "Finn O\u2019Hara"),
        ("section 1373", "8 U.S.C. \u00a7 1373"),
        ("8/1373", "8 U.S.C. \u00a7 1373"),
        ("dog", "Department of Grants"),
        ("grants dep", "Department of Grants"),
        ("ada mrash", "Ada Marsh"),
        ("mayor marsh", "Ada Marsh"),
        ("who signed the executive order?", "Elsa Brandt signed Executive Order 13768"),
        ("what did Elsa Brandt sign", "Elsa Brandt signed Executive Order 13768"),
        ("who sued the department of grants?", "League of Towns sued Department of Grants"),
        ("who was sued by the league of towns", "League of Towns sued Department of Grants"),
        ("who sued Ada Marsh?", "No fact here says so"),
        ("no such name", None),
    ],
)
def test_search_finds_names_other_names_and_identifiers(open_page: Any, typed: str, first: str | None) -> None:
    visit = open_page()
    visit.page.fill("#search", typed)
    if first is None:
        assert "Nothing" in visit.page.inner_text("#suggestions")
        visit.page.press("#search", "Enter")
        assert visit.run("location.hash") == ""
    else:
        assert first in visit.page.inner_text("#suggestions li >> nth=0")


def test_permalink_opens_what_it_names_and_back_returns(open_page: Any) -> None:
    visit = open_page(hash_=ADA)
    assert visit.heading() == "Ada Marsh"
    visit.page.click("#panel .list button >> nth=0")
    claim = visit.run("location.hash")
    assert claim.startswith(f"#{RESOURCE_BASE}claim/")
    visit.page.go_back()
    visit.page.wait_for_function("document.querySelector('#panel h2').textContent === 'Ada Marsh'")
    visit.page.go_forward()
    visit.page.wait_for_selector("#panel .sentence")
    again = open_page(hash_=claim)
    assert again.page.inner_text("#panel .sentence >> nth=0") == visit.page.inner_text("#panel .sentence >> nth=0")


def test_short_and_unknown_permalinks(open_page: Any) -> None:
    assert open_page(hash_="#person/ada-marsh").heading() == "Ada Marsh"
    lost = open_page(hash_="#person/nobody?depth=99&view=none&from=soon&open=%")
    assert "Who is tied" in lost.heading()
    assert lost.complaints == []


def test_story_and_filters_are_in_the_permalink(open_page: Any) -> None:
    visit = open_page()
    visit.page.click(".story:has-text('Letters')")
    visit.page.uncheck("#kinds label:has-text('Agencies') input")
    link = visit.run("location.hash")
    assert "view=letters" in link and "without=Agency" in link
    again = open_page(hash_=link)
    assert again.page.inner_text("#panel h2") == "Letters and deadlines"
    assert "Shown: 0 of 59 entities" in again.page.inner_text("#status")
    assert "Nothing to draw" in again.page.inner_text("#banner")
    again.page.click("#banner button")
    assert "Shown: 24 of 59" in again.page.inner_text("#status")


def test_a_clicked_link_shows_its_sentence_with_the_words_marked(open_page: Any) -> None:
    visit = open_page(hash_="#?view=letters")
    visit.page.mouse.click(*visit.spot("link", "Department of Grants|sentLetterTo|Ashford"))
    marked = visit.page.locator("#panel mark")
    assert sorted({marked.nth(i).inner_text() for i in range(marked.count())}) == ["Ashford", "Department of Grants"]
    assert "24 Jan 2018" in visit.page.inner_text("#panel dl >> nth=0")
    assert "23 Feb 2018" in visit.page.inner_text("#panel dl >> nth=0")


def test_parallel_links_are_each_clickable(open_page: Any) -> None:
    visit = open_page(hash_="#?view=criticism")
    found = {}
    for source, target in (("Ada Marsh", "Dover"), ("Camden", "Ada Marsh"), ("Ada Marsh", "Camden")):
        visit.page.mouse.click(*visit.spot("link", f"{source}|criticizes|{target}"))
        found[source, target] = visit.heading()
    assert found["Camden", "Ada Marsh"] == "Camden criticizes Ada Marsh"
    assert found["Ada Marsh", "Camden"] == "Ada Marsh criticizes Camden"
    assert "Denied" in visit.page.inner_text("#panel .badge")


def test_a_folded_group_opens(open_page: Any) -> None:
    visit = open_page()
    spot = visit.spot("node", "17 jurisdictions")
    visit.page.mouse.click(*spot)
    assert visit.heading() == "17 jurisdictions"
    visit.page.click("button:text('Open the group')")
    assert visit.run("window.explorerTest.node('17 jurisdictions')") is None
    assert visit.run("window.explorerTest.node('Ashford')")
    visit.page.go_back()
    visit.page.wait_for_function("window.explorerTest.node('17 jurisdictions')")


def test_double_click_expands(open_page: Any) -> None:
    visit = open_page()
    visit.page.mouse.dblclick(*visit.spot("node", "Ada Marsh"))
    assert "Ada Marsh and what is 1 step away" in visit.page.inner_text("#banner")
    assert visit.run("window.explorerTest.node('Harbor Grants')") is None
    visit.page.mouse.dblclick(*visit.spot("node", "Department of Grants"))
    assert visit.run("window.explorerTest.node('Harbor Grants')")


def test_shortest_path(open_page: Any) -> None:
    visit = open_page(hash_=ADA)
    visit.page.click("button:text('Path to')")
    visit.page.fill("#search", "northern district")
    visit.page.press("#search", "Enter")
    assert "Shortest path from Ada Marsh to Northern District Court" in visit.page.inner_text("#banner")
    assert visit.run("window.explorerTest.node('Executive Order 13768')")
    assert "to=" in visit.run("location.hash")


def test_dates_filter_keeps_undated_facts_until_asked(open_page: Any) -> None:
    visit = open_page()
    visit.page.locator("#from").fill(visit.run("document.getElementById('from').max"))
    with_undated = visit.page.inner_text("#status")
    visit.page.uncheck("#undated")
    assert visit.page.inner_text("#status") != with_undated
    assert "23 of 89 facts" in visit.page.inner_text("#status")


def test_table_follows_the_filters_and_sorts(open_page: Any) -> None:
    visit = open_page(hash_="#?as=table")
    rows = visit.page.locator("#table-view tbody tr")
    everything = rows.count()
    visit.page.uncheck("#relations label:has-text('sent a letter to') input")
    assert rows.count() == everything - 23
    visit.page.click("th button:has-text('Whom or what')")
    column = [rows.nth(i).locator("td").nth(2).inner_text() for i in range(10)]
    assert column == sorted(column, key=str.lower)
    visit.page.click("th button:has-text('Whom or what')")
    assert visit.page.get_attribute("th:nth-child(3)", "aria-sort") == "descending"


def test_a_large_graph_opens_on_an_overview_and_says_what_it_leaves_out(open_page: Any) -> None:
    visit = open_page("many.html")
    assert "too large for one page" in visit.page.inner_text("#panel")
    assert "of a graph of 200 entities" in visit.page.inner_text("#status")
    label = visit.run("window.explorerTest.labels()[0]")
    visit.page.mouse.dblclick(*visit.spot("node", label))
    assert "A community of" in visit.page.inner_text("#banner")
    assert "part=" in visit.run("location.hash")
    visit.page.click("#banner button")
    visit.page.click("#banner button:text('Draw everything')")
    assert "whole=yes" in visit.run("location.hash")
    assert int(visit.page.inner_text("#status").split()[1]) > 80
    assert visit.complaints == []


LATE_SIZES = """
const Real = window.ResizeObserver;
window.ResizeObserver = class extends Real {
  constructor(tell) { super((...what) => setTimeout(() => tell(...what), 400)); }
};
"""
"""A browser so slow that it reports a change of size only when the reader has long begun to drag."""


def drag(visit: Any, start: tuple[float, float], by: tuple[int, int]) -> None:
    mouse = visit.page.mouse
    mouse.move(*start)
    mouse.down()
    mouse.move(start[0] + by[0], start[1] + by[1], steps=4)
    mouse.up()


@pytest.mark.parametrize("slow", [False, True])
def test_dragging_moves_the_picture_and_a_node(open_page: Any, slow: bool) -> None:
    visit = open_page(init_script=LATE_SIZES if slow else "", settle=not slow)
    ada, carver = visit.spot("node", "Ada Marsh"), visit.spot("node", "Carver")
    drag(visit, ada, (60, -40))
    assert visit.spot("node", "Ada Marsh") == pytest.approx((ada[0] + 60, ada[1] - 40), abs=1)
    assert visit.spot("node", "Carver") == pytest.approx(carver, abs=1)
    drag(visit, (260, 120), (40, 30))
    assert visit.spot("node", "Carver") == pytest.approx((carver[0] + 40, carver[1] + 30), abs=1)
    visit.page.wait_for_timeout(900 if slow else 200)
    assert visit.spot("node", "Carver") == pytest.approx((carver[0] + 40, carver[1] + 30), abs=1)
    visit.page.mouse.click(*visit.spot("node", "Carver"))
    assert visit.heading() == "Carver"
    assert visit.spot("node", "Ada Marsh") == pytest.approx((ada[0] + 100, ada[1] - 10), abs=1)


def test_a_window_of_another_size_keeps_the_zoom_that_the_reader_chose(open_page: Any) -> None:
    visit = open_page()
    drag(visit, (260, 120), (40, 30))
    before = visit.spot("node", "Carver"), visit.spot("node", "Ada Marsh")
    visit.page.set_viewport_size({"width": 1366, "height": 640})
    visit.settle()
    after = visit.spot("node", "Carver"), visit.spot("node", "Ada Marsh")
    assert after[1][0] - after[0][0] == pytest.approx(before[1][0] - before[0][0], abs=1)
    assert after[0] == pytest.approx((before[0][0], before[0][1] - 64), abs=2)


def test_copied_citation_has_sentence_document_publisher_and_date(open_page: Any) -> None:
    visit = open_page(hash_="#?view=letters")
    visit.page.click("#panel .list button >> nth=0")
    visit.run("navigator.clipboard ? (navigator.clipboard.writeText = async (text) => { window.copied = text; }) : 0")
    visit.run("document.execCommand = () => { window.copied = document.activeElement.value; return true; }")
    visit.page.click("button:text('Copy citation') >> nth=0")
    visit.page.wait_for_function("window.copied")
    copied = visit.run("window.copied")
    assert "sent a letter to" in copied and "Report number" in copied and "201" in copied and "claim/" in copied


@pytest.mark.parametrize("width", [360])
def test_phone_has_no_sideways_scrolling(open_page: Any, width: int) -> None:
    for hash_ in ("", ADA, "#?as=table", "#?as=map", "#?as=timeline"):
        visit = open_page(hash_=hash_, width=width, height=740, has_touch=True)
        assert visit.run("document.scrollingElement.scrollWidth") <= width, hash_
        assert visit.run("document.getElementById('canvas').offsetHeight") > 250 or "as=" in hash_
    assert visit.run("document.getElementById('filters').open") is False


@pytest.mark.parametrize("hash_", ["", "#?as=table", "#?as=timeline"])
def test_hostile_texts_stay_text(open_page: Any, hash_: str) -> None:
    visit = open_page("hostile.html", hash_)
    visit.page.fill("#search", "script")
    visit.page.press("#search", "Enter")
    visit.page.wait_for_timeout(50)
    assert visit.run("window.hacked") is None
    assert visit.page.locator("img, iframe, object, main script").count() == 0
    assert visit.page.locator("a[href]:not([href^='http']):not(.skip)").count() == 0
    assert "<script>" in visit.heading()
    assert visit.complaints == []


def saved(visit: Any, button: str) -> bytes:
    visit.page.click("#share summary")
    with visit.page.expect_download() as waiting:
        visit.page.click(button)
    return Path(waiting.value.path()).read_bytes()


def test_png_is_a_picture_of_double_size(open_page: Any) -> None:
    content = saved(open_page(), "#save-png")
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(content[16:20], "big") == 2800
    assert len(content) > 50_000


@pytest.mark.parametrize("page", ["news.html", "hostile.html"])
def test_svg_is_valid_and_has_legend_and_caption(open_page: Any, page: str) -> None:
    root = ET.fromstring(saved(open_page(page), "#save-svg"))  # our own file, written a moment ago
    name = "{http://www.w3.org/2000/svg}"
    texts = [element.text or "" for element in root.iter(f"{name}text")]
    assert "jurisdictions" in texts and "denied" in texts
    assert any(text.startswith("Source: 12 documents") for text in texts)
    assert any("No filters." in text for text in texts)
    assert root.find(f"{name}script") is None
    assert len(root.findall(f".//{name}g[@id='legend']/{name}path")) >= 8


def test_csv_and_json_hold_the_facts_shown(open_page: Any) -> None:
    visit = open_page(hash_="#?view=letters")
    rows = list(csv.DictReader(io.StringIO(saved(visit, "#save-csv").decode("utf-8-sig"))))
    assert {row["relation"] for row in rows} == {"sent a letter to"}
    assert len({row["claim"] for row in rows}) == 23
    facts = json.loads(saved(visit, "#save-json"))["facts"]
    assert len(facts) == 23
    assert facts[0]["qualifiers"]["deadline"] == "2018-02-23"
    assert facts[0]["evidence"][0]["sentence"]


def test_csv_defuses_formulas(open_page: Any) -> None:
    text = saved(open_page("hostile.html"), "#save-csv").decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert not any(cell.startswith("=") for row in csv.reader(io.StringIO(text)) for cell in row)


def test_without_scripts_the_page_says_what_it_holds(browser: Any, pages: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{pages / 'news.html'}")
    assert "59 entities" in page.inner_text(".noscript")
    context.close()


def test_forced_colours_and_reduced_motion(open_page: Any) -> None:
    visit = open_page(hash_=ADA, forced_colors="active", reduced_motion="reduce")
    assert visit.heading() == "Ada Marsh"
    assert visit.complaints == []


def test_theme_button_goes_round(open_page: Any) -> None:
    visit = open_page(color_scheme="light")
    colour = "getComputedStyle(document.body).backgroundColor"
    assert visit.run(colour) == "rgb(255, 255, 255)"
    visit.page.click("#theme")
    visit.page.click("#theme")
    assert visit.run(colour) == "rgb(18, 23, 29)"
    visit.page.click("#theme")
    assert visit.run(colour) == "rgb(255, 255, 255)"
