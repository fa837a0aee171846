"""Train one configuration: `python -m training.train CONFIG OUTPUT --train … --dev … [--vectors …]`.

Enters: a spaCy config and prepared corpora. Leaves: `OUTPUT/model-best` and `OUTPUT/model-last`. It does what
`spacy train` does, but multiplies matrices with NumPy's BLAS, about twice as fast here as the bundled BLIS, on one thread.
"""

import argparse
import sys
from pathlib import Path

from spacy import load
from spacy.cli._util import parse_config_overrides
from spacy.language import Language
from spacy.pipeline.edit_tree_lemmatizer import EditTreeLemmatizer
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config
from thinc.api import Config, NumpyOps, set_current_ops

from training.tokens import teach_tokenizer

FOLDER = Path(__file__).resolve().parent


def train_config(
    config_path: Path, output: Path, overrides: dict[str, object], *, resume: Path | None = None
) -> Language:
    """Initialise from the config with dotted `overrides`, train, and write checkpoints under `output`.

    `resume` takes the weights and labels, not the optimizer's state, from a trained pipeline.
    """
    set_current_ops(NumpyOps(use_blis=False))
    config = load_config(config_path, overrides=overrides, interpolate=False)
    if resume is None:
        nlp = init_nlp(config, use_gpu=-1)
    else:
        nlp = load(resume)
        settings = {part: config[part] for part in ("paths", "corpora", "training", "initialize")}
        nlp.config = Config(nlp.config).merge(settings)
        restore_labels(nlp)
        nlp.resume_training()
    teach_tokenizer(nlp)
    set_current_ops(NumpyOps(use_blis=False))
    output.mkdir(parents=True, exist_ok=True)
    nlp, _ = train(nlp, output, use_gpu=-1, stdout=sys.stdout, stderr=sys.stderr)
    return nlp


def restore_labels(nlp: Language) -> None:
    """Let a loaded lemmatizer find the label of an edit tree again: spaCy saves the trees without this table.

    Without it every lemma is trained to be the word itself.
    """
    for _, component in nlp.components:
        if isinstance(component, EditTreeLemmatizer):
            component.tree2label = {tree: label for label, tree in enumerate(component.labels)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog="Settings of the config can be given as in spaCy: --training.dropout 0.2"
    )
    parser.add_argument("config", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--train", required=True)
    parser.add_argument("--dev", required=True)
    parser.add_argument("--vectors")
    parser.add_argument("--steps", type=int, help="stop after this many updates (the config's number by default)")
    parser.add_argument("--resume", type=Path, help="start from the weights of this pipeline instead of random ones")
    arguments, rest = parser.parse_known_args()
    overrides: dict[str, object] = parse_config_overrides(rest) | {
        "paths.train": arguments.train,
        "paths.dev": arguments.dev,
    }
    if arguments.vectors:
        overrides["paths.vectors"] = arguments.vectors
    if arguments.steps:
        overrides["training.max_steps"] = arguments.steps
    train_config(arguments.config, arguments.output, overrides, resume=arguments.resume)


if __name__ == "__main__":
    main()
