"""Raw news → paragraphs with trees that several parsers agree on: `python -m training.silver_trees NEWS OUTPUT PARSERS`.

Enters: articles as JSON Lines (gzipped or not, with `title` and `text`) and pipelines of tagger, morphologizer, lemmatizer and parser
with one tokenizer. Leaves: a `.spacy` file of paragraphs, each with the tree that is nearest to all the others, if they are near
enough to each other: a paragraph that they read differently teaches nothing sure. Articles whose titles stand in `--without` are left out.
"""

import argparse
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import spacy
from spacy.attrs import DEP, HEAD
from spacy.tokens import Doc
from thinc.api import NumpyOps, set_current_ops

from training.prepare import write
from training.silver import paragraphs, read_articles

LEAST_AGREEMENT = 0.9
"""Share of a paragraph's words whose head and relation two parsers must agree on, in the mean of all pairs with the chosen one."""


def agreed_trees(readings: Iterable[tuple[Doc, ...]], least: float = LEAST_AGREEMENT) -> Iterator[Doc]:
    """Yield of each paragraph's readings, one by each parser, the one that agrees most with the others, where that is enough."""
    for docs in readings:
        trees = np.stack([doc.to_array([HEAD, DEP]) for doc in docs])
        same = (trees[:, None] == trees[None]).all(axis=-1).mean(axis=-1)
        agreement = (same.sum(axis=1) - 1) / (len(docs) - 1)
        best = int(agreement.argmax())
        if agreement[best] >= least:
            yield docs[best]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("news", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("parsers", type=Path, nargs="+")
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--without", type=Path, action="append", default=[], help="JSON Lines of articles kept back")
    arguments = parser.parse_args()
    if len(arguments.parsers) < 2:
        parser.error("two parsers at least are needed to agree")
    set_current_ops(NumpyOps(use_blis=False))
    kept_back = frozenset(
        article.title or "" for path in arguments.without for article in read_articles(path, frozenset())
    )
    articles = list(read_articles(arguments.news, kept_back))
    random.Random(11).shuffle(articles)
    texts = [text for article in articles[: arguments.articles] for _, text in paragraphs(article.text)]
    readings = zip(*(spacy.load(path).pipe(texts) for path in arguments.parsers), strict=True)
    write(agreed_trees(readings), arguments.output)


if __name__ == "__main__":
    main()
