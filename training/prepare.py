"""Corpora → the binary files that training reads: `python -m training.prepare OUTPUT` (KG_CORPORA names the folder).

Enters: the corpora folder (README.md says how to fill it). Leaves: `ud-*.spacy` for the parser, `ner-*.spacy` for the
recogniser, and a count of what went into each. The same corpora give the same files: every draw is seeded.
"""

import argparse
import os
import random
from collections.abc import Callable, Iterable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from training.conllu import Sentence, group, paragraphs, read_sentences, to_doc
from training.entities import Passage, read_scored, read_training
from training.names import Cast, Names, fill_templates, headline, read_names, substitute

SEED = 7
TREEBANKS = {
    "ud-train": ("ud-ewt/en_ewt-ud-train.conllu", "ud-gum/en_gum-open-train.conllu", "ud-pud/en_pud-ud-test.conllu"),
    "ud-dev": ("ud-ewt/en_ewt-ud-dev.conllu", "ud-gum/en_gum-open-dev.conllu"),
    "ud-ewt-test": ("ud-ewt/en_ewt-ud-test.conllu",),
    "ud-gum-test": ("ud-gum/en_gum-open-test.conllu",),
    "ud-gum-news": ("ud-gum/en_gum-open-dev.conllu", "ud-gum/en_gum-open-test.conllu"),
    "ud-gum-news-paragraphs": ("ud-gum/en_gum-open-dev.conllu", "ud-gum/en_gum-open-test.conllu"),
}
COPIES = {"politics": (2, 3, 6), "gmb": (1, 0, 0)}
USUAL_COPIES = (1, 1, 0)
"""How many copies of each source enter: as printed, with American names, and with those of parties and places abroad."""
TEMPLATE_COPIES = 30


def corpora_folder(given: Path | None = None) -> Path:
    """The folder of the corpora: as given, else the environment variable KG_CORPORA."""
    folder = given or Path(os.environ.get("KG_CORPORA", ""))
    if not (folder / "ud-ewt").is_dir():
        raise SystemExit(f"{folder}: no corpora here. Set KG_CORPORA; training/README.md says how to download them.")
    return folder


def prepare_treebanks(nlp: Language, corpora: Path, output: Path) -> None:
    """Write the treebank splits: short runs of sentences to learn from, whole documents and paragraphs to score on."""
    for name, files in TREEBANKS.items():
        longest = 6 if name in ("ud-train", "ud-dev") else 1_000_000
        wanted: Callable[[Sentence], bool] = (
            (lambda s: "_news_" in s.document) if name.startswith("ud-gum-news") else (lambda _: True)
        )
        docs = []
        for file in files:
            sentences = (sentence for sentence in read_sentences(corpora / file) if wanted(sentence))
            batches = (
                paragraphs(sentences) if name.endswith("-paragraphs") else group(sentences, longest=longest, seed=1)
            )
            docs.extend(to_doc(nlp.vocab, batch) for batch in batches)
        random.Random(1).shuffle(docs)
        write(docs, output / f"{name}.spacy")


def prepare_entities(nlp: Language, corpora: Path, output: Path, *, with_gmb: bool) -> None:
    """Write the recogniser's training, development and scoring files."""
    names = read_names(corpora)
    passages = list(augment(read_training(corpora, with_gmb=with_gmb), names, seed=SEED))
    passages += fill_templates(names, copies=TEMPLATE_COPIES, seed=SEED)
    random.Random(SEED).shuffle(passages)
    write((entity_doc(nlp, passage) for passage in passages), output / "ner-train.spacy")
    scored = read_scored(corpora)
    for name, found in scored.items():
        write((entity_doc(nlp, passage) for passage in found), output / f"ner-{name}.spacy")
    steering = scored["politics-held"] + scored["uner-ewt-test"] + scored["gum-dev"]
    write((entity_doc(nlp, passage) for passage in steering), output / "ner-dev.spacy")


def augment(sources: dict[str, list[Passage]], names: Names, *, seed: int) -> Iterable[Passage]:
    """Yield every passage as printed and renamed, as often as COPIES says, and some short ones in headline case."""
    chance = random.Random(seed)
    for source, passages in sources.items():
        plain, american, abroad = COPIES.get(source, USUAL_COPIES)
        casts: dict[tuple[str, int], Cast] = {}
        for passage in passages:
            if not passage.spans and chance.random() < 0.5:
                continue
            for _ in range(plain):
                yield passage
            for copy in range(american + abroad if passage.spans else 0):
                cast = casts.setdefault((passage.group, copy), Cast(names, chance, abroad=copy >= american))
                changed = substitute(passage, cast)
                short = len(changed.text) < 150
                if short and chance.random() < 0.2:
                    changed = headline(changed, upper=chance.random() < 0.15)
                yield changed


def entity_doc(nlp: Language, passage: Passage) -> Doc:
    """Tokenise a passage; an entity that does not fall on token borders is left unknown, not wrong."""
    doc = nlp.make_doc(passage.text)
    known, unknown = [], []
    for start, end, label in passage.spans:
        span = doc.char_span(start, end, label=label)
        if span is not None:
            known.append(span)
        elif (wider := doc.char_span(start, end, alignment_mode="expand")) is not None:
            unknown.append(wider)
    taken = {token.i for span in known for token in span}
    doc.set_ents(
        known, missing=[span for span in unknown if not taken & {token.i for token in span}], default="outside"
    )
    return doc


def write(docs: Iterable[Doc], path: Path) -> None:
    attributes = ["ORTH", "SPACY", "LEMMA", "POS", "TAG", "MORPH", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE"]
    binary, words = DocBin(attrs=attributes), 0
    for doc in docs:
        binary.add(doc)
        words += len(doc)
    binary.to_disk(path)
    print(f"{path.name}: {len(binary)} documents, {words} words")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("--corpora", type=Path)
    parser.add_argument(
        "--with-gmb", action="store_true", help="add the Groningen Meaning Bank (see README.md on its licence)"
    )
    arguments = parser.parse_args()
    corpora = corpora_folder(arguments.corpora)
    arguments.output.mkdir(parents=True, exist_ok=True)
    nlp = spacy.blank("en")
    prepare_treebanks(nlp, corpora, arguments.output)
    prepare_entities(nlp, corpora, arguments.output, with_gmb=arguments.with_gmb)


if __name__ == "__main__":
    main()
