"""Score a pipeline: `python -m training.evaluate MODEL PREPARED [--gold FOLDER] [--news FILE] [--output scores.json]`.

Enters: a spaCy pipeline and the folder that prepare.py wrote; optionally annotated articles and raw news. Leaves: a
table on the terminal and a JSON file. Figures of parsing and names come from spaCy's scorer, in percent.
"""

import argparse
import gzip
import json
import time
import unicodedata
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from thinc.api import NumpyOps, set_current_ops

TREEBANKS = ("ud-gum-news", "ud-gum-news-paragraphs", "ud-gum-test", "ud-ewt-test")
NAMED = ("ner-politics-test", "ner-uner-ewt-test", "ner-gum-dev")
LAYERS = {
    "uas": "dep_uas",
    "las": "dep_las",
    "tag": "tag_acc",
    "pos": "pos_acc",
    "morph": "morph_acc",
    "lemma": "lemma_acc",
    "sentences": "sents_f",
}
RELATIONS = (
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl",
    "nmod",
    "appos",
    "conj",
    "xcomp",
    "ccomp",
    "advcl",
    "acl:relcl",
    "flat",
)


def _evaluate(nlp: Language, path: Path) -> dict:
    docs = DocBin().from_disk(path).get_docs(nlp.vocab)
    return nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in docs])


def score_treebanks(nlp: Language, prepared: Path) -> dict[str, dict[str, float]]:
    """Accuracies of tags, lemmas, trees and sentence borders, and F1 of some relations, by treebank."""
    table = {}
    for name in TREEBANKS:
        scores = _evaluate(nlp, prepared / f"{name}.spacy")
        row = {short: _percent(scores[key]) for short, key in LAYERS.items()}
        by_type = scores["dep_las_per_type"]
        row |= {f"las {label}": _percent(by_type[label]["f"]) for label in RELATIONS if label in by_type}
        table[name] = row
    return table


def score_names(nlp: Language, prepared: Path) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 over all labels and F1 by label, by corpus."""
    table = {}
    for name in NAMED:
        scores = _evaluate(nlp, prepared / f"{name}.spacy")
        row = {
            "precision": _percent(scores["ents_p"]),
            "recall": _percent(scores["ents_r"]),
            "f1": _percent(scores["ents_f"]),
        }
        row |= {label: _percent(found["f"]) for label, found in sorted(scores["ents_per_type"].items())}
        table[name] = row
    return table


def score_people(nlp: Language, folder: Path) -> dict[str, float]:
    """Find the persons of annotated articles: `gold/*.json` and `documents/*.txt` under `folder`.

    A predicted name is right if it is one of a person's names or a part of one (a surname); bylines (the authors
    in metadata.jsonl, and lines that begin with "By") count neither way. Precision is over distinct predicted names, recall over persons.
    """
    rows = [
        json.loads(line) for line in (folder / "documents" / "metadata.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    authors = {Path(row["file"]).stem: _fold(row.get("author") or "") for row in rows}
    right = predicted = found = persons = 0
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        names = [[_fold(name) for name in e["names"]] for e in gold["entities"] if e["type"] == "Person"]
        text = (folder / "documents" / f"{path.stem}.txt").read_text(encoding="utf-8")
        spans = {_fold(ent.text) for doc in _paragraphs(nlp, text) for ent in doc.ents if ent.label_ == "PERSON"}
        spans = {span for span in spans if span and not span <= authors.get(path.stem, frozenset())}
        right += sum(any(span <= name for person in names for name in person) for span in spans)
        predicted += len(spans)
        found += sum(any(span <= name for span in spans for name in person) for person in names)
        persons += len(names)
    precision, recall = right / max(predicted, 1), found / max(persons, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"precision": _percent(precision), "recall": _percent(recall), "f1": _percent(f1)}


def _fold(name: str) -> frozenset[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = plain.replace("’", "'").replace("'s", "").replace(".", "").replace(",", "").lower().split()
    return frozenset(words)


def _paragraphs(nlp: Language, text: str) -> list[Doc]:
    return list(nlp.pipe(line for line in text.split("\n") if line.strip() and not line.lower().startswith("by ")))


def measure_speed(nlp: Language, news: Path, *, articles: int = 60) -> dict[str, float]:
    """Words per CPU second through `nlp.pipe`, over the paragraphs of `articles` articles (JSON Lines, gzipped)."""
    texts: list[str] = []
    with gzip.open(news, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number >= articles:
                break
            texts += [paragraph for paragraph in json.loads(line)["text"].split("\n") if paragraph.strip()]
    list(nlp.pipe(texts[:200]))
    start = time.process_time()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    return {"words": words, "words per CPU second": round(words / (time.process_time() - start))}


def _percent(value: float | None) -> float:
    return round(100 * (value or 0.0), 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("prepared", type=Path)
    parser.add_argument("--gold", type=Path, help="folder with documents/ and gold/ of annotated articles")
    parser.add_argument("--news", type=Path, help="raw articles (.jsonl.gz) to measure speed on")
    parser.add_argument("--output", type=Path)
    parser.add_argument("--numpy-blas", action="store_true", help="multiply with NumPy's BLAS instead of BLIS")
    arguments = parser.parse_args()
    if arguments.numpy_blas:
        set_current_ops(NumpyOps(use_blis=False))
    nlp = spacy.load(arguments.model)
    scores: dict[str, dict] = {}
    if nlp.has_pipe("parser"):
        scores |= score_treebanks(nlp, arguments.prepared)
    if nlp.has_pipe("ner"):
        scores |= score_names(nlp, arguments.prepared)
        if arguments.gold:
            scores["people in annotated articles"] = score_people(nlp, arguments.gold)
    if arguments.news:
        scores["speed"] = measure_speed(nlp, arguments.news)
    for name, row in scores.items():
        print(f"{name}: " + ", ".join(f"{key} {value}" for key, value in row.items()))
    if arguments.output:
        arguments.output.write_text(json.dumps(scores, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
