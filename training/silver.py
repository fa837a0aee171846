"""Raw news → passages whose names our own pipeline found: `python -m training.silver NEWS OUTPUT` (self-training).

Enters: articles as JSON Lines (gzipped or not, with `title` and `text`) and the model in use. Leaves: a `.spacy` file of paragraphs
labelled PERSON, ORG and PLACE by the whole of `kg`'s extraction: tables, titles and the rest of the article know
"Sessions" for a person where the recogniser alone does not. Articles whose titles stand in `--without` are left out.
"""

import argparse
import gzip
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.util import filter_spans

from kg.extract.extractor import Extractor
from kg.ontology import read_ontology
from kg.records import Document, Mention, MentionKind
from kg.reference import read_reference
from kg.settings import Settings
from training.entities import Passage
from training.prepare import entity_doc, write

SHORTEST, LONGEST = 40, 1_500
"""Characters of a paragraph that is worth learning from."""
SHARE_WITHOUT_NAMES = 0.4
BLANK = spacy.blank("en")


def label_articles(articles: Iterable[Document], extractor: Extractor, labels: dict[str, str]) -> Iterator[Passage]:
    """Yield the paragraphs of articles with the spans of all names in them."""
    for article in articles:
        named = [m for m in extractor.extract(article).mentions if m.kind is MentionKind.NAME and m.type in labels]
        for start, text in paragraphs(article.text):
            yield Passage(text, _spans(named, start, text, labels), article.id)


def labels_of(settings: Settings) -> dict[str, str]:
    """Return the label of each class of the ontology whose members have names like a person's, a body's or a place's."""
    ontology = read_ontology(settings.ontology)
    roots = {"Person": "PERSON", "Jurisdiction": "PLACE", "Agency": "ORG", "Court": "ORG", "Organization": "ORG"}
    return {name: label for name in ontology.classes for root, label in roots.items() if ontology.is_a(name, root)}


def read_articles(path: Path, without: frozenset[str]) -> Iterator[Document]:
    """Yield the articles of a JSON Lines file whose titles are not among `without`."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            if row["title"] not in without:
                yield Document(f"n{number}", row["text"], "", str(path), title=row["title"])


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs of a text that are worth learning from, each with where it starts in the text."""
    start = 0
    for line in text.split("\n"):
        if SHORTEST <= len(line) <= LONGEST:
            yield start, line
        start += len(line) + 1


def _spans(named: Iterable[Mention], start: int, text: str, labels: dict[str, str]) -> tuple[tuple[int, int, str], ...]:
    doc = BLANK.make_doc(text)
    inside = [m for m in named if start <= m.span.start and m.span.end <= start + len(text)]
    spans = [
        doc.char_span(m.span.start - start, m.span.end - start, label=labels[m.type], alignment_mode="expand")
        for m in inside
    ]
    kept = filter_spans([_without_article(span) for span in spans if span is not None])
    return tuple((span.start_char, span.end_char, span.label_) for span in kept)


def _without_article(span: spacy.tokens.Span) -> spacy.tokens.Span:
    bare = span[1:] if len(span) > 1 and span[0].lower_ == "the" else span
    return bare.doc.char_span(bare.start_char, bare.end_char, label=span.label_)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("news", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--articles", type=int, default=800)
    parser.add_argument("--without", type=Path, action="append", default=[], help="JSON Lines of articles kept back")
    arguments = parser.parse_args()
    settings = Settings()
    kept_back = frozenset(
        article.title or "" for path in arguments.without for article in read_articles(path, frozenset())
    )
    articles = list(read_articles(arguments.news, kept_back))
    random.Random(7).shuffle(articles)
    extractor = Extractor(settings, read_reference(settings.reference))
    chance = random.Random(7)
    nlp = spacy.blank("en")
    passages = label_articles(articles[: arguments.articles], extractor, labels_of(settings))
    kept = (passage for passage in passages if passage.spans or chance.random() < SHARE_WITHOUT_NAMES)
    write((entity_doc(nlp, passage) for passage in kept), arguments.output)


if __name__ == "__main__":
    main()
