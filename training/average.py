"""Several checkpoints of one run → one pipeline with the mean of their weights: `python -m training.average OUTPUT PIPELINE…`.

Enters: pipelines that were resumed one from the other, or all from one. Leaves: the first, with averaged weights. Weights
of runs that began apart must not be averaged: their units do not correspond.
"""

import argparse
from pathlib import Path

import spacy
from spacy.language import Language


def average(pipelines: list[Language]) -> Language:
    """Set every parameter of the first pipeline to the mean over all; raises KeyError or ValueError where they are not built alike."""
    first = pipelines[0]
    for name in first.pipe_names:
        models = [list(nlp.get_pipe(name).model.walk()) for nlp in pipelines]
        for nodes in zip(*models, strict=True):
            for parameter in nodes[0].param_names:
                if nodes[0].has_param(parameter):
                    values = [node.get_param(parameter) for node in nodes]
                    nodes[0].set_param(parameter, sum(values[1:], start=values[0].copy()) / len(values))
    return first


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("pipelines", type=Path, nargs="+")
    arguments = parser.parse_args()
    average([spacy.load(path) for path in arguments.pipelines]).to_disk(arguments.output)


if __name__ == "__main__":
    main()
