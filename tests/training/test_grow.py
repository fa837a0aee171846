"""A parser pipeline grown by layers, width and words seen: it must answer as before and be able to learn."""

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training.initialize import init_nlp
from spacy.util import load_config

from training.grow import grow
from training.train import FOLDER, train_config

SENTENCE = ["The", "mayor", "sued", "Lakeview", "over", "two", "grants", "."]
SMALL = {
    "components.tok2vec.model.embed.include_static_vectors": False,
    "components.tok2vec.model.embed.rows": [500, 500, 500, 500, 50, 50],
    "components.tok2vec.model.encode.depth": 1,
    "components.parser.model.hidden_width": 16,
    "components.parser.min_action_freq": 1,
    "components.trainable_lemmatizer.min_tree_freq": 1,
}
LARGE = {
    "components.tok2vec.model.encode.depth": 3,
    "components.parser.model.hidden_width": 24,
    "components.parser.model.extra_state_tokens": True,
}


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> Path:
    doc = Doc(
        spacy.blank("en").vocab,
        words=SENTENCE,
        heads=[1, 2, 2, 2, 6, 6, 2, 2],
        deps=["det", "nsubj", "ROOT", "obj", "case", "nummod", "obl", "punct"],
        tags=["DT", "NN", "VBD", "NNP", "IN", "CD", "NNS", "."],
        pos=["DET", "NOUN", "VERB", "PROPN", "ADP", "NUM", "NOUN", "PUNCT"],
        morphs=["", "Number=Sing", "Tense=Past", "Number=Sing", "", "", "Number=Plur", ""],
        lemmas=["the", "mayor", "sue", "Lakeview", "over", "two", "grant", "."],
    )
    path = tmp_path_factory.mktemp("trees") / "ud.spacy"
    DocBin(docs=[doc] * 4).to_disk(path)
    return path


@pytest.fixture(scope="module")
def small(trees: Path, tmp_path_factory: pytest.TempPathFactory) -> Language:
    steps = {"training.max_steps": 6, "training.eval_frequency": 6, "training.optimizer.learn_rate.warmup_steps": 1}
    output = tmp_path_factory.mktemp("small")
    return train_config(FOLDER / "configs" / "parser.cfg", output, SMALL | steps | paths(trees))


def paths(trees: Path) -> dict[str, object]:
    return {"paths.train": str(trees), "paths.dev": str(trees)}


def fresh(trees: Path, settings: dict[str, object]) -> Language:
    config = load_config(
        FOLDER / "configs" / "parser.cfg", overrides=SMALL | settings | paths(trees), interpolate=False
    )
    return init_nlp(config, use_gpu=-1)


def answers(nlp: Language) -> list[tuple[object, ...]]:
    doc = nlp("A clerk paid Lima. The mayor sued over grants")
    return [(t.head.i, t.dep_, t.tag_, t.lemma_, str(t.morph), t.is_sent_start) for t in doc]


def test_what_has_grown_answers_as_before(small: Language, trees: Path) -> None:
    untrained = fresh(trees, LARGE)
    vectors = untrained.get_pipe("tok2vec").predict([untrained.make_doc("Lima paid.")])[0]
    large = grow(small, untrained)
    assert answers(large) == answers(small)
    text = "Lima paid."
    grown, known = (nlp.get_pipe("tok2vec").predict([nlp.make_doc(text)])[0] for nlp in (large, small))
    np.testing.assert_allclose(grown, known, rtol=1e-5)
    assert not np.allclose(grown, vectors)


def test_what_has_grown_learns_with_its_new_weights(small: Language, trees: Path, tmp_path: Path) -> None:
    grow(small, fresh(trees, LARGE)).to_disk(tmp_path / "large")
    steps = {"training.max_steps": 6, "training.eval_frequency": 6, "training.optimizer.learn_rate.warmup_steps": 1}
    config = FOLDER / "configs" / "parser.cfg"
    trained = train_config(config, tmp_path / "out", steps | paths(trees), resume=tmp_path / "large")
    upper = trained.get_pipe("parser").model.get_ref("upper").get_param("W")
    assert upper.shape[1] == 24 and np.abs(upper[:, 16:]).max() > 0
    norms = [node for node in trained.get_pipe("tok2vec").model.walk() if node.name == "layernorm"]
    assert len(norms) == 4 and all(np.abs(node.get_param("G")).max() > 0 for node in norms)


@pytest.mark.parametrize(
    "settings",
    [
        {"components.parser.model.hidden_width": 8},
        {"components.tok2vec.model.embed.rows": [400, 500, 500, 500, 50, 50]},
    ],
    ids=["narrower", "other rows"],
)
def test_what_does_not_fit_is_an_error(small: Language, trees: Path, settings: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"only grow|does not fit"):
        grow(small, fresh(trees, settings))
