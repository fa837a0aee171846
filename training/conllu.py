"""CoNLL-U treebanks → spaCy documents for the tagger, morphologizer, lemmatizer and parser.

Enters: the path of a `.conllu` file of Universal Dependencies. Leaves: `Doc`s of a few sentences each, with the
printed spacing, fine and coarse tags, features, lemmas, heads and labels. It must not repair or relabel the
annotation: what the treebank says is what the model learns.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab


@dataclass
class Sentence:
    """One tree: parallel lists of words, whether a space follows, the annotation columns, and heads (0-based)."""

    document: str
    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    morphs: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    misc: list[str] = field(default_factory=list)
    opens_paragraph: bool = False


def read_sentences(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file; words inside a multiword token ("do" + "n't") print without a space."""
    document = ""
    sentence = Sentence(document, opens_paragraph=True)
    inside_until, space_after_token = 0, True
    with path.open(encoding="utf-8") as lines:
        for line in map(str.rstrip, lines):
            if line.startswith("# newdoc id = "):
                document = line.removeprefix("# newdoc id = ")
            if not line:
                if sentence.words:
                    yield sentence
                sentence, inside_until = Sentence(document), 0
                continue
            if line.startswith("#"):
                sentence.document = document
                sentence.opens_paragraph |= line.startswith(("# newdoc", "# newpar"))
                continue
            columns = line.split("\t")
            number, space = columns[0], "SpaceAfter=No" not in columns[9]
            if "-" in number:
                inside_until, space_after_token = int(number.split("-")[1]), space
                continue
            if "." in number:
                continue
            if int(number) <= inside_until:
                space = space_after_token if int(number) == inside_until else False
            _append(sentence, columns, space)
    if sentence.words:
        yield sentence


def _append(sentence: Sentence, columns: list[str], space: bool) -> None:
    number, word, lemma, pos, tag, morph, head, dep = columns[:8]
    sentence.words.append(word)
    sentence.spaces.append(space)
    sentence.lemmas.append(word if lemma == "_" else lemma)
    sentence.pos.append(pos)
    sentence.tags.append(tag)
    sentence.morphs.append("" if morph == "_" else morph)
    sentence.heads.append(int(head) - 1 if head != "0" else int(number) - 1)
    sentence.deps.append("ROOT" if dep == "root" else dep)
    sentence.misc.append(columns[9])


def group(sentences: Iterable[Sentence], *, longest: int, seed: int) -> Iterator[list[Sentence]]:
    """Group sentences that follow each other in a document, 1 to `longest` at a time, as paragraphs do."""
    chance = random.Random(seed)
    batch: list[Sentence] = []
    size = chance.randint(1, longest)
    for sentence in sentences:
        if batch and (len(batch) >= size or batch[-1].document != sentence.document):
            yield batch
            batch, size = [], chance.randint(1, longest)
        batch.append(sentence)
    if batch:
        yield batch


def paragraphs(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """Group sentences by the paragraphs of the printed text, headings apart, as articles come in."""
    batch: list[Sentence] = []
    for sentence in sentences:
        if batch and sentence.opens_paragraph:
            yield batch
            batch = []
        batch.append(sentence)
    if batch:
        yield batch


def to_doc(vocab: Vocab, sentences: list[Sentence]) -> Doc:
    """Make one `Doc` of consecutive sentences, all layers set but entities, which stay unknown."""
    columns: dict[str, list] = {name: [] for name in ("words", "spaces", "lemmas", "pos", "tags", "morphs", "deps")}
    heads: list[int] = []
    starts: list[bool] = []
    for sentence in sentences:
        heads.extend(head + len(starts) for head in sentence.heads)
        starts.extend(i == 0 for i in range(len(sentence.words)))
        for name, values in columns.items():
            values.extend(getattr(sentence, name))
        columns["spaces"][-1] = True
    return Doc(vocab, heads=heads, **columns)
