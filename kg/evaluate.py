"""A store against gold annotations: precision, recall and F1 of entities, facts and quotations, and traps fallen into.

In go a store and a folder of gold files (one JSON file a document: entities, facts, quotes and, under "not", facts that
the text does not state); out come sums over the documents and, in words, every miss and every wrong prediction. Only
what is mentioned in a document, or has evidence from it, counts for it; denied and hypothetical claims do not count.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Store

from kg.errors import InputError
from kg.graph.predictions import ENTITY_TYPES, LEVELS, PredictedClaim, PredictedQuotation, Predictions, fold, tokens

QUOTE_OVERLAP = 0.8
"""Share of the longer quotation's tokens that must be found in the other."""
QUOTE_TOKENS = 5
"""A predicted quotation that matches nothing is wrong only from this length on: shorter ones are not annotated."""
AMOUNT_TOLERANCE = 0.01
IDENTIFIERS = {
    "usc": "uscCitation",
    "eo": "executiveOrderNumber",
    "fips": "fips",
    "aln": "assistanceListing",
}

Gold = Mapping[str, Any]
Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Score:
    """How many were found, how many there are, how many were predicted."""

    hit: int
    gold: int
    predicted: int

    @property
    def precision(self) -> float:
        """Share of the predicted that is right."""
        return self.hit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that is found."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.hit + other.hit, self.gold + other.gold, self.predicted + other.predicted)


KINDS = ("entities", "facts", "facts with qualifiers", "quotes")


@dataclass(slots=True)
class Evaluation:
    """Scores by kind, summed over documents; traps; misses and wrong predictions in words.

    `verdicts` say of each predicted fact whether the annotations have it: the document's identifier, the claim's IRI.
    """

    scores: dict[str, Score] = field(default_factory=lambda: dict.fromkeys(KINDS, Score(0, 0, 0)))
    traps: int = 0
    traps_gold: int = 0
    errors: list[str] = field(default_factory=list)
    verdicts: list[tuple[str, str, bool]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return scores and traps, figures rounded to three places."""
        found: dict[str, Any] = {
            kind: {
                "precision": round(score.precision, 3),
                "recall": round(score.recall, 3),
                "f1": round(score.f1, 3),
                "hit": score.hit,
                "gold": score.gold,
                "predicted": score.predicted,
            }
            for kind, score in self.scores.items()
        }
        return found | {"traps": {"fallen": self.traps, "of": self.traps_gold}}


def evaluate(store: Store, folder: Path) -> Evaluation:
    """Score a store against the gold files of a folder. Raises InputError where there are none, or one is broken."""
    predictions = Predictions(store)
    total = Evaluation()
    for path, gold in _read_gold(folder):
        try:
            _DocumentScorer(predictions, gold, total).score()
        except (KeyError, TypeError, AttributeError) as error:
            raise InputError(
                "the gold file lacks something or holds it in another form", place=str(path), value=str(error)
            ) from error
    return total


def _read_gold(folder: Path) -> Iterator[tuple[Path, Gold]]:
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise InputError("there are no gold files here", place=str(folder), hint="Name a folder of *.json files")
    for path in paths:
        try:
            gold = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError("the gold file cannot be read", place=str(path), hint=str(error)) from error
        yield path, gold


class _DocumentScorer:
    """Compares one document's annotations with the predictions, and adds the result to a sum."""

    def __init__(self, predictions: Predictions, gold: Gold, total: Evaluation):
        self.predictions, self.gold, self.total = predictions, gold, total
        self.entities: dict[str, Gold] = {entity["id"]: entity for entity in gold["entities"]}
        self.documents = predictions.documents(gold["doc"])
        self._meant: dict[NamedNode, frozenset[str]] = {}

    def score(self) -> None:
        """Score entities, facts and quotations."""
        if not self.documents:
            self._note("document", "not in the graph")
        self._add("entities", self._entities())
        self._facts()
        self._add("quotes", self._quotes())

    def meant(self, entity: NamedNode) -> frozenset[str]:
        """Return the gold entities that a predicted entity can be."""
        if entity not in self._meant:
            self._meant[entity] = frozenset(key for key, gold in self.entities.items() if self._same(entity, gold))
        return self._meant[entity]

    def _same(self, entity: NamedNode, gold: Gold) -> bool:
        names = {fold(name) for name in gold["names"]}
        classes = self.predictions.classes(entity)
        if gold["type"] not in classes or not names & self.predictions.labels(entity):
            return False
        if gold.get("level") and gold["level"] not in classes & LEVELS:
            return False
        for key, value in (gold.get("ids") or {}).items():
            known = self.predictions.texts(entity, IDENTIFIERS[key]) if key in IDENTIFIERS else set()
            if known and str(value) not in known:
                return False
        if gold.get("within"):
            state = self.entities.get(gold["within"], {"names": [gold["within"]]})
            lies_in = self.predictions.states(entity)
            return not lies_in or bool(lies_in & {fold(name) for name in state["names"]})
        return True

    def _entities(self) -> Score:
        """Give each gold entity one predicted entity; what is left over is wrong, duplicates too."""
        mentioned = self.predictions.mentioned(self.documents)
        predicted = {entity for entity in mentioned if self.predictions.classes(entity) & ENTITY_TYPES}
        free = set(predicted)
        hits = 0
        for key, gold in self.entities.items():
            fitting = [entity for entity in free if key in self.meant(entity)]
            if fitting:
                free.discard(min(fitting, key=lambda entity: (len(self.meant(entity)), entity.value)))
                hits += 1
            else:
                self._note("entity missed", f"{gold['type']} {gold['names'][0]}")
        for entity in sorted(free, key=str):
            classes = "/".join(sorted(self.predictions.classes(entity)))
            self._note("entity wrong", f"{classes} {self.predictions.show(entity)}")
        return Score(hits, len(self.entities), len(predicted))

    def _facts(self) -> None:
        facts: dict[Triple, Gold] = {(fact["s"], fact["p"], fact["o"]): fact for fact in self.gold["facts"]}
        traps = {(fact["s"], fact["p"], fact["o"]) for fact in self.gold.get("not", [])}
        stated = {key for key, fact in facts.items() if not fact.get("implied")}
        found: set[Triple] = set()
        complete: set[Triple] = set()
        wrong: set[tuple[str, str, str]] = set()
        for claim in self.predictions.claims(self.documents):
            keys = [(s, claim.relation, o) for s in self._ends(claim.subject) for o in self._ends(claim.object)]
            is_right = any(key in facts for key in keys)
            self.total.verdicts.append((self.gold["doc"], claim.node.value, is_right))
            if is_right:
                right = [key for key in keys if key in stated]
                found.update(right)
                complete.update(key for key in right if self._qualified(claim, facts[key]))
                continue
            fallen = sorted(key for key in keys if key in traps)
            if fallen:
                self.total.traps += 1
                self._note("trap", " ".join(fallen[0]))
            wrong.add((str(claim.subject), claim.relation, str(claim.object)))
            show = self.predictions.show
            self._note("fact wrong", f"{show(claim.subject)} {claim.relation} {show(claim.object)}")
        for key in sorted(stated - found):
            self._note("fact missed", f"{' '.join(key)}  «{facts[key].get('quote', '')}»")
        for key in sorted(found - complete):
            self._note("qualifier missed", f"{' '.join(key)}  {facts[key].get('q')}")
        predicted = len(found) + len(wrong)
        self._add("facts", Score(len(found), len(stated), predicted))
        self._add("facts with qualifiers", Score(len(complete), len(stated), predicted))
        self.total.traps_gold += len(traps)

    def _ends(self, end: object) -> frozenset[str]:
        return self.meant(end) if isinstance(end, NamedNode) else frozenset()

    def _qualified(self, claim: PredictedClaim, gold: Gold) -> bool:
        return all(self._qualifier(claim, name, wanted) for name, wanted in (gold.get("q") or {}).items())

    def _qualifier(self, claim: PredictedClaim, name: str, wanted: Any) -> bool:
        values = self.predictions.texts(claim.node, name)
        if name == "amount":
            return any(abs(float(v) - float(wanted)) <= AMOUNT_TOLERANCE * abs(float(wanted)) for v in values)
        if name in {"program", "court"}:
            ends = self.predictions.nodes(claim.node, name)
            return any(wanted in self._ends(end) for end in ends) or fold(wanted) in {fold(v) for v in values}
        if name == "title":
            folded = {fold(value) for value in values} - {""}
            return any(fold(wanted) in value or value in fold(wanted) for value in folded)
        if name == "former":
            return any(value.lower() in {"true", "1"} for value in values) == bool(wanted)
        return any(value.startswith(str(wanted)) for value in values)

    def _quotes(self) -> Score:
        quotations = self.predictions.quotations(self.documents)
        used: set[NamedNode] = set()
        annotated = self.gold.get("quotes", [])
        for gold in annotated:
            match = next((q for q in quotations if q.node not in used and self._says(q, gold)), None)
            if match is None:
                self._note("quote missed", f"{gold.get('speaker')}: {gold['text'][:80]}")
            else:
                used.add(match.node)
        wrong = [q for q in quotations if q.node not in used and len(tokens(q.text)) >= QUOTE_TOKENS]
        for quotation in wrong:
            speakers = [self.predictions.show(speaker) for speaker in quotation.speakers]
            self._note("quote wrong", f"{speakers}: {quotation.text[:80]}")
        return Score(len(used), len(annotated), len(used) + len(wrong))

    def _says(self, quotation: PredictedQuotation, gold: Gold) -> bool:
        if _overlap(quotation.text, gold["text"]) < QUOTE_OVERLAP:
            return False
        speakers = {key for speaker in quotation.speakers for key in self._ends(speaker)}
        return gold["speaker"] in speakers if gold.get("speaker") is not None else not speakers

    def _add(self, kind: str, score: Score) -> None:
        self.total.scores[kind] += score

    def _note(self, kind: str, text: str) -> None:
        self.total.errors.append(f"{self.gold['doc']}: {kind}: {text}")


def _overlap(one: str, other: str) -> float:
    """Return the share of the longer text's tokens that the other has too, each as often as it has it."""
    first, second = tokens(one), tokens(other)
    if not first or not second:
        return 0.0
    return (Counter(first) & Counter(second)).total() / max(len(first), len(second))
