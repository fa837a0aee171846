"""Measures the explorer page against stock pyvis on the same generated graph, in the same run; prints ratios.

    python -m benchmarks.view [--nodes 200 1000 2000 5000 20000] [--patience 20]

For each size: CPU seconds that the layout takes, size of the page, seconds until the page has drawn its first frame, CPU
seconds of its main thread until then, seconds until the physics of the stock page stands still (if that comes within
--patience seconds), and frames a second while the picture is dragged. Both pages run in Debian's Chromium, headless,
painted by the processor: seconds mean something as ratios, and on one machine; CPU seconds do on a busy one, too.
Needs playwright, and the generator in tests/view.
"""

import argparse
import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Threads of a matrix library that wait by spinning would count as time that the layout took.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import networkx as nx
from playwright.sync_api import Error, sync_playwright
from pyvis.network import Network

from kg.ontology import read_ontology
from kg.settings import Settings
from kg.view import write_explorer
from kg.view.content import read_content
from kg.view.network import draw
from kg.view.scenes import make_scene
from kg.view.stories import whole_graph
from kg.view.vocabulary import vocabulary_of

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "view"))

import generator

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
LARGEST_STOCK = 5000
PAN_SECONDS = 3.0

WATCH_STOCK = """
() => {
  window.stock = {frames: 0, still: null};
  const wait = setInterval(() => {
    if (typeof network === 'undefined' || !network) return;
    clearInterval(wait);
    network.on('afterDrawing', () => { stock.first ??= performance.now(); stock.frames += 1; });
    network.once('stabilized', () => { stock.still = performance.now(); });
  }, 1);
}
"""


@dataclass
class Figures:
    """What was measured of one page; None where there is nothing to measure."""

    layout: float
    kilobytes: int
    ready: float | None
    work: float
    still: float | None
    frames: float


def measure_ours(browser: Any, nodes: int, folder: Path) -> tuple[Figures, "nx.MultiDiGraph[int]"]:
    """Write and open our page; the graph goes along, so that the stock page draws the same one."""
    ontology = read_ontology(Settings().ontology)
    vocabulary = vocabulary_of(ontology)
    store = generator.wide_graph(nodes)
    content = read_content(store, vocabulary)
    drawing = draw(content)
    roots = {n: vocabulary.root(content.entities[iri].kind) for n, iri in enumerate(drawing.entities)}
    started = time.process_time()
    if nodes <= LARGEST_STOCK:
        make_scene(drawing, whole_graph(drawing), roots)
    layout = time.process_time() - started
    page_file = folder / f"ours-{nodes}.html"
    write_explorer(store, ontology, page_file, title=f"{nodes} nodes")
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    worked = clock(page)
    page.goto(page_file.as_uri())
    page.wait_for_selector("html[data-ready=yes]", state="attached", timeout=60_000)
    page.wait_for_function("performance.getEntriesByName('explorer-painted').length")
    ready = page.evaluate("performance.getEntriesByName('explorer-painted')[0].startTime")
    work = worked()
    page.wait_for_timeout(800)
    frames = pan(page, "#canvas", "window.explorerTest.frames()")
    page.close()
    network = drawing.network
    for number, iri in enumerate(drawing.entities):
        network.nodes[number]["label"] = content.entities[iri].label
    return Figures(layout, page_file.stat().st_size // 1000, ready, work, None, frames), network


def measure_stock(browser: Any, network: "nx.MultiDiGraph[int]", folder: Path, patience: float) -> Figures:
    """Write and open what pyvis makes of the same graph with its defaults."""
    started = time.process_time()
    stock = Network(directed=True, cdn_resources="in_line", height="768px")
    stock.from_nx(network)
    html = stock.generate_html()
    prepared = time.process_time() - started
    page_file = folder / f"stock-{network.number_of_nodes()}.html"
    page_file.write_text(html, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.route("http*://**", lambda route: route.abort())
    page.add_init_script(f"({WATCH_STOCK})()")
    worked = clock(page)
    page.goto(page_file.as_uri(), timeout=300_000, wait_until="commit")
    with contextlib.suppress(Error):
        page.wait_for_function("window.stock && stock.first", timeout=patience * 1000)
    work = worked()
    with contextlib.suppress(Error):
        page.wait_for_function("window.stock && stock.still", timeout=patience * 1000)
    first, still = page.evaluate("[stock.first, stock.still]")
    # What does not come to rest is stopped, so that dragging can be measured at all.
    page.evaluate("network.setOptions({physics: false})")
    page.wait_for_timeout(800)
    frames = pan(page, "#mynetwork", "stock.frames")
    page.close()
    return Figures(prepared, page_file.stat().st_size // 1000, first, work, still, frames)


def clock(page: Any) -> Callable[[], float]:
    """Return a function that tells how many CPU seconds the page's main thread has worked since now."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        metrics = {item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]}
        return float(metrics["TaskDuration"])

    before = worked()
    return lambda: worked() - before


def pan(page: Any, box: str, counter: str) -> float:
    """Drag an empty spot about and return the frames drawn a second."""
    place = page.locator(box).bounding_box()
    x, y = place["x"] + 12, place["y"] + 12
    page.mouse.move(x, y)
    page.mouse.down()
    before, started = page.evaluate(counter), time.monotonic()
    step = 0
    while time.monotonic() - started < PAN_SECONDS:
        step += 1
        page.mouse.move(x + (step * 7) % 400, y + (step * 3) % 300)
    frames = (page.evaluate(counter) - before) / (time.monotonic() - started)
    page.mouse.up()
    return float(frames)


def row(nodes: int, name: str, figures: Figures) -> str:
    """Format one page's figures."""
    ready, still = (f"{value / 1000:8.2f}" if value else "       -" for value in (figures.ready, figures.still))
    drawn = f"{ready} {figures.work:8.2f} {still} {figures.frames:8.1f}"
    return f"{nodes:>6}  {name:<6} {figures.layout:8.2f} {figures.kilobytes:8} {drawn}"


def share(ours: float | None, stock: float | None, patience: float) -> str:
    """Return ours/stock; where stock was not seen to end, what it is less than."""
    part = (ours or 0.0) / (stock or patience * 1000)
    return f"{part:.3f}" if stock else f"less than {part:.3f}"


def main() -> None:
    """Measure every size and print figures and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--nodes", type=int, nargs="+", default=[200, 1000, 2000, 5000, 20000])
    parser.add_argument("--patience", type=float, default=20.0)
    options = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(" nodes  page    layout s       kB  ready s    CPU s  still s      fps")
    with sync_playwright() as session, tempfile.TemporaryDirectory() as folder:
        browser = session.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for nodes in options.nodes:
            ours, network = measure_ours(browser, nodes, Path(folder))
            print(row(nodes, "ours", ours), flush=True)
            if nodes > LARGEST_STOCK:
                continue
            stock = measure_stock(browser, network, Path(folder), options.patience)
            print(row(nodes, "stock", stock))
            print(
                f"{'':>6}  ours/stock: ready {share(ours.ready, stock.ready, options.patience)} of its first frame (CPU {share(ours.work, stock.work, 0)}), "
                f"{share(ours.ready, stock.still, options.patience)} of its standing still; "
                f"frames {ours.frames / stock.frames:.1f} times; page {ours.kilobytes / stock.kilobytes:.2f}",
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main()
