"""Embedding each distinct word of a batch once changes what is computed, not what comes out."""

import numpy as np
import pytest
import spacy
from spacy.language import Language
from thinc.api import Model

from kg.extract.embedding import embed_words_once
from kg.settings import DEFAULT_MODEL

TEXTS = [
    "The mayor of Lakeview told the council that the council's grants weren't at risk.",
    "the  mayor said “the grants” weren't the mayor's.",
    "",
    "GRANTS: $2.5 million, the council said.",
]


@pytest.fixture(scope="module")
def shipped() -> Language:
    return spacy.load(DEFAULT_MODEL, exclude=["parser", "ner"])


@pytest.fixture(scope="module")
def changed() -> Language:
    nlp = spacy.load(DEFAULT_MODEL, exclude=["parser", "ner"])
    embed_words_once(nlp)
    return nlp


def encoded(nlp: Language) -> list[np.ndarray]:
    return nlp.get_pipe("tok2vec").model.predict([nlp.make_doc(text) for text in TEXTS])


def test_same_vectors_for_the_words(shipped: Language, changed: Language) -> None:
    before, after = encoded(shipped), encoded(changed)
    assert [len(rows) for rows in after] == [len(shipped.make_doc(text)) for text in TEXTS]
    for one, other in zip(before, after, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-4)


def test_each_word_is_embedded_once(changed: Language) -> None:
    encoder = changed.get_pipe("tok2vec").model
    (once,) = [layer for layer in encoder.walk() if layer.name == "embed_words_once"]
    (embed,) = once.layers
    seen: list[int] = []

    def look(model: Model, docs: list, is_train: bool) -> object:
        seen.append(sum(map(len, docs)))
        return model.layers[0](docs, is_train)

    once.layers[0] = Model("look", look, layers=[embed])
    doc = changed.make_doc("the council and the council and the council")
    assert len(encoder.predict([doc])[0]) == 8
    once.layers[0] = embed
    assert seen == [4], "the, council, and; the last council has no space behind it"


def test_an_empty_batch_and_other_pipelines_pass(changed: Language) -> None:
    assert [len(doc) for doc in changed.pipe(["", ""])] == [0, 0]
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    embed_words_once(blank)
    assert len(list(blank("One. Two.").sents)) == 2
