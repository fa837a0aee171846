"""The data of the page as plain lists for its JSON island: numbers in place of repeated text.

Content, drawing and scenes go in, a JSON-ready dict leaves. The fields are listed here one by one; whatever else the
graph holds never reaches the page. The reader of this format is `page/model.js`; the two change together.
"""

from collections import Counter
from typing import Any

from kg.ids import ONTOLOGY_BASE
from kg.view.content import Content, SeenEvidence, SeenFact
from kg.view.network import Drawing, DrawnLink
from kg.view.overview import Overview, Part
from kg.view.places import read_atlas
from kg.view.scenes import Scene
from kg.view.vocabulary import Vocabulary

Json = dict[str, Any]

ENTITY_QUALIFIERS = ("program", "court")


class Payload:
    """Numbers for everything that the page refers to, and the lists themselves."""

    def __init__(self, content: Content, drawing: Drawing, vocabulary: Vocabulary, scores: dict[int, float]):
        self.content, self.drawing, self.vocabulary, self.scores = content, drawing, vocabulary, scores
        self.atlas = read_atlas()
        self.entity = {iri: number for number, iri in enumerate(drawing.entities)}
        self.document = {iri: number for number, iri in enumerate(content.documents)}
        rules = {item.rule for fact in drawing.facts for item in fact.evidence}
        self.rules = sorted(rules)
        self.rule = {rule: number for number, rule in enumerate(self.rules)}
        used = {link.relation for link in drawing.links}
        self.relations = [name for name in vocabulary.relations if name in used]
        self.relation = {name: number for number, name in enumerate(self.relations)}
        roots = Counter(vocabulary.root(content.entities[iri].kind) for iri in drawing.entities)
        self.kinds = sorted(roots, key=lambda name: (-roots[name], name))
        self.kind = {name: number for number, name in enumerate(self.kinds)}

    def as_json(self, scenes: list[Scene], overview: Overview | None) -> Json:
        """Return the island's content."""
        return {
            "parts": [self._part(part) for part in overview.parts] if overview else [],
            "ties": [list(tie) for tie in overview.links] if overview else [],
            "scattered": overview.scattered if overview else 0,
            "vocabulary": ONTOLOGY_BASE,
            "kinds": [self._kind(name) for name in self.kinds],
            "relations": [
                [name, self.vocabulary.relations[name].label, self.vocabulary.relations[name].inverse]
                for name in self.relations
            ],
            "rules": self.rules,
            "documents": [
                [d.iri, d.identifier, d.title, d.publisher, d.date, d.url, self.document.get(d.original, -1)]
                for d in self.content.documents.values()
            ],
            "entities": [self._entity(number, iri) for number, iri in enumerate(self.drawing.entities)],
            "facts": [self._fact(fact) for fact in self.drawing.facts],
            "links": [self._link(link) for link in self.drawing.links],
            "quotations": [
                [self.document.get(q.document, -1), q.text, self.entity.get(q.speaker, -1)]
                for q in self.content.quotations
            ],
            "states": self._states(),
            "scenes": [self._scene(scene) for scene in scenes],
        }

    def _kind(self, name: str) -> Json:
        style = self.vocabulary.kinds[name]
        return {
            "name": name,
            "label": style.label,
            "plural": style.plural,
            "colour": style.colour,
            "shape": style.shape,
        }

    def _entity(self, number: int, iri: str) -> list[Any]:
        entity = self.content.entities[iri]
        row: list[Any] = [
            iri,
            entity.label,
            self.kind[self.vocabulary.root(entity.kind)],
            self.vocabulary.kinds[entity.kind].label,
            list(entity.alt_labels),
            [list(pair) for pair in entity.identifiers],
            sorted(self.document[iri] for iri in entity.documents if iri in self.document),
            round(self.scores.get(number, 0.0) * 1e5),
        ]
        pixel = self.atlas.pixel(dict(entity.identifiers).get("fips", ""), entity.point)
        if pixel is not None:
            row.append(list(pixel))
        return row

    def _states(self) -> list[list[Any]]:
        """Return the outlines of the states, with the entity that each is, or -1."""
        by_fips = {
            value: self.entity[iri]
            for iri, entity in self.content.entities.items()
            for name, value in entity.identifiers
            if name == "fips"
        }
        return [[outline, by_fips.get(fips, -1)] for fips, (outline, _, _) in self.atlas.states.items()]

    def _fact(self, fact: SeenFact) -> list[Any]:
        qualifiers = {
            name: self.entity[value] if name in ENTITY_QUALIFIERS and value in self.entity else value
            for name, value in fact.qualifiers
        }
        return [fact.iri, qualifiers, [self._evidence(item) for item in fact.evidence]]

    def _evidence(self, item: SeenEvidence) -> list[Any]:
        return [
            self.document.get(item.document, -1),
            item.sentence,
            [[start, end, self.entity[iri]] for start, end, iri in item.marks],
            self.entity.get(item.attributed_to, -1),
            self.rule[item.rule],
            item.confidence,
        ]

    def _link(self, link: DrawnLink) -> list[Any]:
        return [link.source, link.target, self.relation[link.relation], link.status, list(link.facts), link.background]

    def _part(self, part: Part) -> Json:
        return {
            "names": list(part.names),
            "size": part.size,
            "members": [self.entity[iri] for iri in part.members if iri in self.entity],
            "place": [part.x, part.y, part.radius],
        }

    def _scene(self, scene: Scene) -> Json:
        return {
            "key": scene.key,
            "title": scene.title,
            "text": scene.text,
            "links": list(scene.links),
            "places": [[node, x, y] for node, (x, y) in sorted(scene.places.items())],
            "groups": [
                [self.kind[group.kind], list(group.members), point[0], point[1]] for group, point in scene.groups
            ],
            "focus": -1 if scene.focus is None else scene.focus,
        }
