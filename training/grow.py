"""A trained parser pipeline → a larger one that answers the same: `python -m training.grow PIPELINE CONFIG OUTPUT`.

Enters: a pipeline of `configs/parser.cfg` and a config with more encoder layers (`depth`), a wider parser state
(`hidden_width`) or the longer list of words that the state sees (`extra_state_tokens`). Leaves: an untrained pipeline of
that config with the old weights in it and new ones that do not show yet (Chen, Goodfellow and Shlens, Net2Net, 2016):
so training goes on from there instead of from nothing. Sizes that shrink, or others that grow, are an error.
"""

import argparse
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language
from spacy.pipeline.dep_parser import DependencyParser
from spacy.pipeline.edit_tree_lemmatizer import EditTreeLemmatizer
from spacy.training.initialize import init_nlp
from spacy.util import load_config
from thinc.api import Model

SEEN = {8: (0, 1, 2, 3, 4, 5, 6, 7), 13: (0, 1, 2, 3, 4, 7, 5, 6)}
"""Where a state's eight usual words stand among as many as it sees (`set_context_tokens` in spaCy's `_state.pxd`)."""


def grow(small: Language, large: Language) -> Language:
    """Fill `large`, fresh from `init_nlp`, with the weights of `small`; raises ValueError where a layer cannot hold them."""
    if small.pipe_names != large.pipe_names:
        raise ValueError(f"the pipelines differ: {small.pipe_names} and {large.pipe_names}")
    for name in small.pipe_names:
        old, new = small.get_pipe(name), large.get_pipe(name)
        if getattr(old, "labels", ()) != getattr(new, "labels", ()):
            raise ValueError(f"{name}: the two pipelines have other labels, so their weights do not correspond")
        if isinstance(old, EditTreeLemmatizer):
            new.trees.from_bytes(old.trees.to_bytes())  # a label is the number of a tree
        if isinstance(old, DependencyParser):
            _grow_parser(old.model, new.model)
        else:
            _grow_layers(name, old.model, new.model)
    return large


def _grow_layers(name: str, old: Model, new: Model) -> None:
    """Copy layer by layer; an encoder's layers beyond the old ones begin by passing on what they get."""
    old_layers, new_layers = _layers(old), _layers(new)
    if len(new_layers) < len(old_layers):
        raise ValueError(f"{name}: {len(old_layers)} layers do not fit into {len(new_layers)}")
    _copy(name, _outside(old, old_layers), _outside(new, new_layers))
    for kept, layer in zip(old_layers, new_layers, strict=False):
        _copy(name, _weighted(kept), _weighted(layer))
    for layer in new_layers[len(old_layers) :]:
        for node in layer.walk():
            if node.name == "layernorm":
                for parameter in ("G", "b"):
                    node.set_param(parameter, np.zeros_like(node.get_param(parameter)))


def _layers(model: Model) -> list[Model]:
    """Return the encoder's layers: each adds its output to its input."""
    return [node for node in model.walk() if node.name.startswith("residual(") and ">>residual(" not in node.name]


def _outside(model: Model, layers: list[Model]) -> list[Model]:
    inside = {node.id for layer in layers for node in layer.walk()}
    return [node for node in _weighted(model) if node.id not in inside]


def _weighted(model: Model) -> list[Model]:
    return [node for node in model.walk() if node.param_names]


def _copy(name: str, source: list[Model], target: list[Model]) -> None:
    for old, new in zip(source, target, strict=True):
        for parameter in (each for each in old.param_names if old.has_param(each)):
            value = old.get_param(parameter)
            if value.shape != new.get_param(parameter).shape:
                raise ValueError(f"{name}, {old.name}: {value.shape} does not fit {new.get_param(parameter).shape}")
            new.set_param(parameter, value.copy())


def _grow_parser(old: Model, new: Model) -> None:
    """Widen the parser's state. What is new listens from the start, but nothing listens to it yet."""
    width = old.get_ref("tok2vec").get_dim("nO")
    if new.get_ref("tok2vec").get_dim("nO") < width or new.get_ref("lower").get_dim("nF") < old.get_ref(
        "lower"
    ).get_dim("nF"):
        raise ValueError("parser: its state can only grow")
    narrow, wide = old.get_ref("tok2vec").layers[-1], new.get_ref("tok2vec").layers[-1]
    for parameter in ("W", "b"):
        value = wide.get_param(parameter).copy()
        value[:width] = narrow.get_param(parameter)
        wide.set_param(parameter, value)
    lower, larger = old.get_ref("lower"), new.get_ref("lower")
    places = SEEN[larger.get_dim("nF")]
    weights, bias, pad = (larger.get_param(parameter).copy() for parameter in ("W", "b", "pad"))
    weights[:, :width], bias[:width], pad[:, :, :width] = 0, 0, 0
    for feature, place in enumerate(places):
        weights[place, :width, :, :width] = lower.get_param("W")[feature]
        pad[:, place, :width] = lower.get_param("pad")[:, feature]
    bias[:width] = lower.get_param("b")
    for parameter, value in zip(("W", "b", "pad"), (weights, bias, pad), strict=True):
        larger.set_param(parameter, value)
    upper = np.zeros_like(new.get_ref("upper").get_param("W"))
    upper[:, :width] = old.get_ref("upper").get_param("W")
    new.get_ref("upper").set_param("W", upper)
    new.get_ref("upper").set_param("b", old.get_ref("upper").get_param("b").copy())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pipeline", type=Path)
    parser.add_argument("config", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--train", required=True, help="text to read the labels from: what the pipeline was trained on")
    parser.add_argument("--dev", required=True)
    parser.add_argument("--vectors", required=True)
    arguments = parser.parse_args()
    paths = {f"paths.{name}": str(getattr(arguments, name)) for name in ("train", "dev", "vectors")}
    large = init_nlp(load_config(arguments.config, overrides=paths, interpolate=False), use_gpu=-1)
    grow(spacy.load(arguments.pipeline), large).to_disk(arguments.output)


if __name__ == "__main__":
    main()
