"""Each distinct word of a batch embedded once: the embedding of a word in spaCy's encoders does not depend on its place.

What enters is a pipeline; what leaves is the same one, whose encoders look a batch's words up together and copy the rows to where
the words stand. Of the words of an article about half are distinct, and embedding them is nearly half of an encoder's work. It must
not be used in training, and changes no weight.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import ORTH, intify_attr
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vectors import Mode, Vectors
from spacy.vocab import Vocab
from thinc.api import Model
from thinc.types import Floats2d

Rows = NDArray[np.uint64]

_FACTORS = np.random.default_rng(1373).integers(1, 2**63, size=64, dtype=np.uint64) | np.uint64(1)
"""What the attributes of a word are multiplied with to tell words apart by one number; sums wrap around at 64 bits."""


KEPT_WORDS = 40_000
"""Words whose vectors are kept, of 400 bytes each; the kept ones are dropped when there are more."""


class WordVectors:
    """The vectors of a pipeline's words, each computed once: floret's tables make one of the pieces of a word's spelling."""

    def __init__(self, vectors: Vectors):
        self._vectors = vectors
        self._rows: dict[int, int] = {}
        self._table = np.zeros((KEPT_WORDS, vectors.shape[1]), dtype=np.float32)

    def get_batch(self, keys: NDArray[np.uint64]) -> NDArray[np.float32]:
        """Return the vector of each word, one row a word."""
        words: list[int] = keys.tolist()
        new = [word for word in dict.fromkeys(words) if word not in self._rows]
        if len(self._rows) + len(new) > KEPT_WORDS:
            self._rows.clear()
            new = list(dict.fromkeys(words))
        if len(new) > KEPT_WORDS:
            return cast("NDArray[np.float32]", self._vectors.get_batch(keys))
        if new:
            start = len(self._rows)
            self._table[start : start + len(new)] = self._vectors.get_batch(new)
            self._rows.update((word, start + number) for number, word in enumerate(new))
        return self._table[[self._rows[word] for word in words]]


@dataclass(frozen=True)
class Vocabulary:
    """What a layer that looks up vectors reads of a spaCy `Vocab`."""

    vectors: WordVectors


class Words:
    """The distinct words of a batch, where the layers of an encoder expect a document."""

    def __init__(self, vocab: Vocab | Vocabulary, columns: dict[int, int], rows: Rows):
        self.vocab, self._columns, self._rows = vocab, columns, rows

    def __len__(self) -> int:
        return len(self._rows)

    def to_array(self, attributes: int | Sequence[int | str]) -> Rows:
        """Return one attribute of each word, or several, by number or name, as `Doc.to_array` does."""
        if isinstance(attributes, int):
            return np.ascontiguousarray(self._rows[:, self._columns[attributes]])
        return np.ascontiguousarray(self._rows[:, [self._columns[intify_attr(name)] for name in attributes]])


def embed_words_once(nlp: Language) -> None:
    """Let the encoders of a pipeline embed the distinct words of a batch; encoders that are built otherwise stay as they are."""
    vectors = nlp.vocab.vectors
    vocab = Vocabulary(WordVectors(vectors)) if vectors is not None and vectors.mode == Mode.floret else nlp.vocab
    for _, component in nlp.components:
        model = getattr(component, "model", None)
        for encoder in list(model.walk()) if isinstance(model, Model) else []:
            embed = encoder.maybe_get_ref("embed")
            if embed is not None and embed in encoder.layers and (columns := _columns(embed)):
                encoder.layers[encoder.layers.index(embed)] = Model(
                    "embed_words_once", _forward, layers=[embed], attrs={"columns": columns, "vocab": vocab}
                )


def _columns(embed: Model[list[Doc], list[Floats2d]]) -> list[int]:
    """Return the attributes of a word that an embedding reads; none where it reads more than attributes."""
    sources = [node for node in embed.walk() if node.name in {"extract_features", "static_vectors"}]
    if not any(node.name == "extract_features" for node in sources):
        return []
    read = {intify_attr(column) for node in sources for column in node.attrs.get("columns", ())}
    return sorted(read | {ORTH})


def _forward(
    model: Model[list[Doc], list[Floats2d]], docs: list[Doc], is_train: bool
) -> tuple[list[Floats2d], Callable[[list[Floats2d]], list[Doc]]]:
    (embed,), columns = model.layers, model.attrs["columns"]
    if is_train or not any(len(doc) for doc in docs):
        return cast("tuple[list[Floats2d], Callable[[list[Floats2d]], list[Doc]]]", embed(docs, is_train))
    rows = np.concatenate([doc.to_array(columns) for doc in docs])
    _, first, place = np.unique(rows @ _FACTORS[: len(columns)], return_index=True, return_inverse=True)
    words = Words(model.attrs["vocab"], {column: number for number, column in enumerate(columns)}, rows[first])
    embedded = embed.predict([words])[0][place]
    borders = np.cumsum([len(doc) for doc in docs])[:-1]
    return [cast(Floats2d, rows) for rows in np.split(embedded, borders)], lambda _: []
