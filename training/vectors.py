"""Raw text → floret vectors: `python -m training.vectors OUTPUT` (KG_CORPORA names the folder).

Enters: political news (`news/politics-4000.jsonl.gz`), the training text of the annotated corpora, and the plain words
of the Groningen Meaning Bank (the words are in the public domain; its annotation is not read here). Leaves:
`OUTPUT/vectors.txt`, `vectors.floret` and the spaCy vectors folder `OUTPUT/vectors`. No text of a scored split and no
article that the project is judged by goes in. Needs `pip install floret`.
"""

import argparse
import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import floret
import spacy

from training.prepare import corpora_folder

TREEBANKS = ("ud-ewt/en_ewt-ud-train.conllu", "ud-gum/en_gum-open-train.conllu")
COLUMNS = (
    *(
        f"crossner/{domain}/{split}.txt"
        for domain in ("politics", "ai", "literature", "music", "science")
        for split in ("train", "dev")
    ),
    "wikigold/wikigold.conll.txt",
    "gmb/gmb_ner.iob2",
)
SETTINGS = {
    "hashCount": 2,
    "bucket": 25_000,
    "dim": 96,
    "minn": 4,
    "maxn": 5,
    "minCount": 3,
    "epoch": 10,
    "neg": 10,
    "lr": 0.05,
}


def read_lines(corpora: Path) -> Iterator[list[str]]:
    """Yield tokenised lines: paragraphs and headlines of news, then sentences of the corpora."""
    nlp = spacy.blank("en")
    for text in _texts(corpora):
        yield [token.text for token in nlp.tokenizer(text) if not token.is_space]
    for name in ("dev_revised.json", "test_revised.json"):
        for document in json.loads((corpora / "re-docred" / name).read_text(encoding="utf-8")):
            yield from document["sents"]
    for name in COLUMNS:
        for block in (corpora / name).read_text(encoding="utf-8").split("\n\n"):
            yield [line.split()[0] for line in block.splitlines() if line.strip()]


def _texts(corpora: Path) -> Iterator[str]:
    with gzip.open(corpora / "news" / "politics-4000.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            yield from (text for text in (article["title"], *article["text"].split("\n")) if text.strip())
    for name in TREEBANKS:
        for line in (corpora / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("# text = "):
                yield line.removeprefix("# text = ").strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--threads", type=int, default=1, help="more than one is faster, but no two runs then agree")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    text, table = arguments.output / "vectors.txt", arguments.output / "vectors.floret"
    with text.open("w", encoding="utf-8") as lines:
        for words in read_lines(corpora_folder(arguments.corpora)):
            if words:
                lines.write(" ".join(words) + "\n")
    model = floret.train_unsupervised(str(text), model="cbow", mode="floret", thread=arguments.threads, **SETTINGS)
    model.save_floret_vectors(str(table))
    command = [sys.executable, "-m", "spacy", "init", "vectors", "en", str(table), str(arguments.output / "vectors")]
    subprocess.run([*command, "--mode", "floret"], check=True)


if __name__ == "__main__":
    main()
