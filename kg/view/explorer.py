"""Writer of the explorer page: a graph and the ontology in, one HTML file out.

The page is built on pyvis' Network, with a template of ours in place of pyvis' own: that one does not escape what it
prints and asks other servers for style sheets. The vis-network script is the one that pyvis ships. The file never
calls a server, and the same graph gives the same bytes.
"""

import base64
import datetime
import hashlib
import json
import re
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from kg.errors import OutputError
from kg.ontology import Ontology
from kg.view.content import Content, read_content
from kg.view.network import Drawing, centrality, draw, simple
from kg.view.overview import (
    LARGEST_COMPLETE,
    LARGEST_WHOLE,
    LARGEST_WHOLE_LINKS,
    keep_central,
    make_overview,
    too_large,
)
from kg.view.payload import Json, Payload
from kg.view.scenes import make_scene
from kg.view.statements import Graph
from kg.view.stories import tell_stories, whole_graph
from kg.view.vocabulary import Vocabulary, vocabulary_of

SCRIPTS = (
    "model.js", "shapes.js", "state.js", "scene.js", "paint.js", "labels.js", "canvas.js", "pointer.js", "snapshot.js", "panel.js",
    "evidence.js", "questions.js", "search.js", "filters.js", "table.js", "map.js", "timeline.js", "export.js", "keyboard.js", "main.js",
)  # fmt: skip
"""The page's own scripts, in the order in which they are joined into one."""

STYLES = ("base.css", "parts.css", "views.css")

VIS_NETWORK = "templates/lib/vis-9.1.2/vis-network.min.js"


class ExplorerNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network that writes our page: escaped, self-contained, with positions in place of physics."""

    def __init__(self, title: str, island: Json, facts: Json):
        super().__init__(directed=True, cdn_resources="in_line", heading=title)
        self.templateEnv = Environment(
            loader=PackageLoader("kg.view", "page"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True,
        )  # fmt: skip
        self.path = "explorer.html"
        self.island, self.about = island, facts
        self.toggle_physics(False)

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:  # noqa: ARG002
        """Return the page; the arguments are pyvis' and change nothing."""
        style = "".join(_source(name) for name in STYLES)
        library, script = _vis_network(), _joined_scripts()
        policy = (
            "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data: blob:; "
            f"script-src {_hash(library)} {_hash(script)}; style-src {_hash(style)}"
        )
        template = self.templateEnv.get_template(self.path)
        self.html: str = template.render(
            title=self.heading,
            policy=policy,
            style=Markup(style),
            library=Markup(library),
            script=Markup(script),
            data=Markup(_json_island(self.island)),
            about=self.about,
        )
        return self.html

    def write_html(
        self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False  # noqa: ARG002
    ) -> None:  # fmt: skip
        """Write the page as UTF-8 with plain line feeds, whatever the system's own encoding."""
        try:
            Path(name).write_bytes(self.generate_html().encode("utf-8"))
        except OSError as error:
            raise OutputError("the explorer page cannot be written", place=name, hint=str(error)) from error


def write_explorer(
    graph: Graph, ontology: Ontology, path: Path, *, title: str, built: datetime.date | None = None
) -> None:
    """Write the explorer page of a graph.

    `built` is printed in the caption of exported pictures. Raises OutputError when the file cannot be written.
    """
    make_network(graph, ontology, title=title, built=built).write_html(str(path))


def make_network(
    graph: Graph, ontology: Ontology, *, title: str, built: datetime.date | None = None
) -> ExplorerNetwork:  # fmt: skip
    """Return the page as a pyvis network, for a caller that wants its HTML or its nodes and edges."""
    vocabulary = vocabulary_of(ontology)
    content = read_content(graph, vocabulary)
    drawing = draw(content)
    scores = _scores(drawing)
    complete = _about(content, drawing, vocabulary, built)
    overview = None
    if too_large(drawing, LARGEST_WHOLE, LARGEST_WHOLE_LINKS):
        overview = make_overview(content, drawing, scores)
        if too_large(drawing, LARGEST_COMPLETE, 3 * LARGEST_COMPLETE):
            content = keep_central(content, drawing, scores, overview)
            drawing = draw(content)
            scores = _scores(drawing)
    roots = {n: vocabulary.root(content.entities[iri].kind) for n, iri in enumerate(drawing.entities)}
    told = (whole_graph(drawing), *tell_stories(content, drawing, roots))
    scenes = [make_scene(drawing, story, roots) for story in told]
    about = complete | {"held": {"entities": len(drawing.entities), "facts": len(drawing.facts)}}
    island = Payload(content, drawing, vocabulary, scores).as_json(scenes, overview) | {"title": title, "about": about}
    network = ExplorerNetwork(title, island, about)
    _fill(network, content, drawing, vocabulary, scenes[0].places)
    return network


def _scores(drawing: Drawing) -> dict[int, float]:
    return centrality(simple(drawing.links, list(range(len(drawing.entities)))))


def _fill(
    network: ExplorerNetwork, content: Content, drawing: Drawing, vocabulary: Vocabulary, places: dict[int, Any]
) -> None:
    """Give pyvis its nodes and edges, from named fields only; its own add_edge walks all nodes for each edge."""
    for number, iri in enumerate(drawing.entities):
        style = vocabulary.kinds[vocabulary.root(content.entities[iri].kind)]
        x, y = places.get(number, (0, 0))
        node = {"id": number, "label": content.entities[iri].label, "group": style.name, "shape": style.shape}
        network.nodes.append(node | {"color": style.colour, "x": x, "y": y})
        network.node_ids.append(number)
    for number, link in enumerate(drawing.links):
        label = vocabulary.relations[link.relation].label
        network.edges.append({"id": number, "from": link.source, "to": link.target, "label": label, "arrows": "to"})


def _about(content: Content, drawing: Drawing, vocabulary: Vocabulary, built: datetime.date | None) -> Json:
    """Return what the start panel and the text without scripts say of the graph."""
    dates = sorted(document.date for document in content.documents.values() if document.date)
    kinds = Counter(vocabulary.root(content.entities[iri].kind) for iri in drawing.entities)
    return {
        "documents": len(content.documents),
        "publishers": sorted({document.publisher for document in content.documents.values() if document.publisher}),
        "first": dates[0] if dates else "",
        "last": dates[-1] if dates else "",
        "entities": len(drawing.entities),
        "kinds": [
            [vocabulary.kinds[name].plural, count]
            for name, count in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
        ],
        "facts": len(drawing.facts),
        "sentences": sum(len(fact.evidence) for fact in drawing.facts),
        "links": len(drawing.links),
        "built": built.isoformat() if built else "",
    }


def _json_island(island: Json) -> str:
    """Encode data so that no text in it can end its script element; ASCII only."""
    text = json.dumps(island, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _source(name: str) -> str:
    return (resources.files("kg.view") / "page" / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _joined_scripts() -> str:
    return '"use strict";\n(() => {\n' + "".join(_source(name) for name in SCRIPTS) + "})();\n"


def _vis_network() -> str:
    """Return the script that pyvis ships, without the address of its source map."""
    text = (resources.files("pyvis") / VIS_NETWORK).read_text(encoding="utf-8").replace("\r\n", "\n")
    return re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode() + "'"
