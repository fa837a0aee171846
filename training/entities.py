"""Named-entity corpora → passages of text with character spans labelled PERSON, ORG or PLACE.

Enters: the folder of the corpora (see README.md for what lies where). Leaves: `Passage`s, one paragraph or
sentence each, detokenised to printed spacing. Labels that have no counterpart among the three are dropped. It must
not change the words (names.py does) and must not read a split that scores are reported on unless asked for it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from training.conllu import Sentence, read_sentences

LABELS = ("ORG", "PERSON", "PLACE")

CROSSNER = {
    **dict.fromkeys(("person", "politician", "researcher", "scientist", "writer", "musicalartist"), "PERSON"),
    **dict.fromkeys(("organisation", "politicalparty", "university", "band", "magazine"), "ORG"),
    **dict.fromkeys(("country", "location"), "PLACE"),
}
WIKI = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}
GUM = {"person": "PERSON", "organization": "ORG", "place": "PLACE"}
TITLES = frozenset(yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))["not_in_names"])

Span = tuple[int, int, str]


@dataclass(frozen=True)
class Passage:
    """A text and its entities as (start, end, label) character spans, sorted and apart; `group` names its document."""

    text: str
    spans: tuple[Span, ...]
    group: str


_NO_SPACE_BEFORE = frozenset([*",.;:!?)]}%", "'s", "n't", "'re", "'ve", "'ll", "'d", "'m", "’s", "’", "...", "''"])
_NO_SPACE_AFTER = frozenset([*"([{$#", "``"])


def print_words(
    words: Iterable[str], spans: Iterable[Span], group: str, spaces: Iterable[bool] | None = None
) -> Passage:
    """Join words to printed text and turn (first word, end word, label) spans into character spans.

    Where the corpus kept no spacing, the usual English rules decide, straight quotes opening and closing in turn.
    """
    words = list(words)
    gaps = list(spaces) if spaces is not None else _guess_spaces(words)
    words = ['"' if word in ("``", "''") else word for word in words]
    starts, ends, text = [], [], ""
    for word, gap in zip(words, gaps, strict=True):
        starts.append(len(text))
        text += word
        ends.append(len(text))
        text += " " if gap else ""
    found = sorted({(starts[first], ends[end - 1], label) for first, end, label in spans})
    return Passage(text.rstrip(), tuple(_apart([_without_article(text, span) for span in found])), group)


def _guess_spaces(words: list[str]) -> list[bool]:
    gaps = [True] * len(words)
    quoted = False
    for i, word in enumerate(words):
        if word == '"':
            quoted = not quoted
            if quoted:
                gaps[i] = False
            elif i:
                gaps[i - 1] = False
        elif word in _NO_SPACE_BEFORE and i:
            gaps[i - 1] = False
        if word in _NO_SPACE_AFTER:
            gaps[i] = False
    return gaps


def _without_article(text: str, span: Span) -> Span:
    """Leave "the" out of "the United States": the corpora disagree, most leave it out."""
    start, end, label = span
    return (start + 4, end, label) if text.startswith("the ", start) and end - start > 4 else span


def _apart(spans: list[Span]) -> Iterator[Span]:
    """Of overlapping spans keep the one that starts first."""
    end = -1
    for span in spans:
        if span[0] >= end:
            yield span
            end = span[1]


def _bio_spans(tags: list[str], labels: dict[str, str]) -> list[Span]:
    """Read B-/I- tags (a run of I- without B- starts an entity too) into word spans with our labels."""
    spans: list[Span] = []
    start, kind = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        prefix, _, name = tag.partition("-")
        if kind and (prefix != "I" or name != kind):
            if kind in labels:
                spans.append((start, i, labels[kind]))
            kind = ""
        if name and not kind:
            start, kind = i, name
    return spans


def read_columns(path: Path, labels: dict[str, str], *, word: int = 0, tag: int = -1) -> Iterator[Passage]:
    """Read a file of one word a line with its BIO tag in column `tag`, sentences apart by blank lines."""
    words: list[str] = []
    tags: list[str] = []
    group, number = path.stem, 0
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# newdoc"):
            number += 1
        if line.startswith("# ") and "=" in line:
            continue
        if line.strip():
            columns = line.split("\t") if "\t" in line else line.split(" ")
            words.append(columns[word])
            tags.append(columns[tag])
        elif words:
            yield print_words(words, _bio_spans(tags, labels), f"{group}-{number}")
            words, tags = [], []


def read_redocred(path: Path) -> Iterator[Passage]:
    """Read Re-DocRED documents, two or three sentences a passage."""
    for document in json.loads(path.read_text(encoding="utf-8")):
        offsets, words = [0], []
        for sentence in document["sents"]:
            words.extend(sentence)
            offsets.append(len(words))
        spans = [
            (offsets[mention["sent_id"]] + mention["pos"][0], offsets[mention["sent_id"]] + mention["pos"][1], kind)
            for entity in document["vertexSet"]
            for mention in entity
            if (kind := WIKI.get(mention["type"])) and not _demonym(words, offsets, mention)
        ]
        for first in range(0, len(offsets) - 1, 3):
            low, high = offsets[first], offsets[min(first + 3, len(offsets) - 1)]
            inside = [(a - low, b - low, kind) for a, b, kind in spans if low <= a and b <= high]
            yield print_words(words[low:high], inside, document["title"])


def _demonym(words: list[str], offsets: list[int], mention: dict) -> bool:
    """Whether a LOC mention is a nationality ("German"), which the other corpora do not count as a place."""
    start = offsets[mention["sent_id"]] + mention["pos"][0]
    end = offsets[mention["sent_id"]] + mention["pos"][1]
    return mention["type"] == "LOC" and end - start == 1 and words[start].endswith(_DEMONYMS)


_DEMONYMS = (
    "ian",
    "ish",
    "ese",
    "ican",
    "German",
    "Greek",
    "French",
    "Dutch",
    "Swiss",
    "Iraqi",
    "Israeli",
    "Welsh",
    "Czech",
)


def read_gum(path: Path) -> Iterator[Passage]:
    """Read the proper names among GUM's nested entity mentions: the run of proper nouns around a mention's head."""
    for sentence in read_sentences(path):
        spans = list(_gum_names(sentence))
        yield print_words(sentence.words, spans, sentence.document, sentence.spaces)


def _gum_mentions(sentence: Sentence) -> Iterator[Span]:
    """Yield mentions that open and close in this sentence as word spans with GUM's type."""
    opened: list[tuple[str, int, str]] = []
    for i, misc in enumerate(sentence.misc):
        value = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")
        token = ""
        for character in value + " ":
            if character in "() " and token:
                if token[0] == "(":
                    fields = token[1:].split("-")
                    opened.append((fields[0], i, fields[1] if len(fields) > 1 else ""))
                if character == ")" or token[0] != "(":
                    name = token.lstrip("(").split("-")[0]
                    place = next((k for k in range(len(opened) - 1, -1, -1) if opened[k][0] == name), None)
                    if place is not None:
                        _, start, kind = opened.pop(place)
                        yield start, i + 1, kind
                token = ""
            if character == "(":
                token = "("
            elif character not in ") ":
                token += character


def _gum_names(sentence: Sentence) -> Iterator[Span]:
    for start, end, kind in sorted(_gum_mentions(sentence), key=lambda m: (m[0], -m[1])):
        if kind not in GUM:
            continue
        heads = [i for i in range(start, end) if not start <= sentence.heads[i] < end or sentence.heads[i] == i]
        if len(heads) != 1 or sentence.pos[heads[0]] != "PROPN":
            continue
        if kind == "person" and sentence.tags[heads[0]] != "NNP":  # "Americans": a group, not a person's name
            continue
        first = last = heads[0]
        proper = [tag in ("NNP", "NNPS") for tag in sentence.tags]
        while first > start and (proper[first - 1] or (sentence.words[first - 1] in "-." and proper[first - 2])):
            first -= 1
        while last + 1 < end and (proper[last + 1] or _joins(sentence, last + 1, end, proper, kind)):
            last += 1
        while kind == "person" and first < last and sentence.words[first].lower() in TITLES:
            first += 1
        yield first, last + 1, GUM[kind]


def _joins(sentence: Sentence, i: int, end: int, proper: list[bool], kind: str) -> bool:
    """Whether word i ("of", "for", "-") carries a name on to a proper noun: "University of Portsmouth"."""
    if i + 1 >= end:
        return False
    word = sentence.words[i]
    if word == "-" or (kind != "person" and word in ("of", "for", "&", "de")):
        return proper[i + 1]
    return kind != "person" and word == "the" and sentence.words[i - 1] in ("of", "for") and proper[i + 1]


def read_training(corpora: Path, *, with_gmb: bool = False) -> dict[str, list[Passage]]:
    """Read all that the recogniser learns from, by source."""
    crossner = corpora / "crossner"
    sources = {"politics": list(read_columns(crossner / "politics" / "train.txt", CROSSNER))}
    held = list(read_columns(crossner / "politics" / "dev.txt", CROSSNER))
    sources["politics"] += [passage for i, passage in enumerate(held) if i % 4]
    for domain in ("ai", "literature", "music", "science"):
        sources[domain] = [
            passage
            for split in ("train", "dev", "test")
            for passage in read_columns(crossner / domain / f"{split}.txt", CROSSNER)
        ]
    for split in ("dev", "test"):
        sources[f"redocred-{split}"] = list(read_redocred(corpora / "re-docred" / f"{split}_revised.json"))
    sources["wikigold"] = list(read_columns(corpora / "wikigold" / "wikigold.conll.txt", WIKI))
    sources["uner-dev"] = list(read_columns(corpora / "uner-ewt" / "en_ewt-ud-dev.iob2", WIKI, word=1, tag=2))
    sources["uner-pud"] = list(read_columns(corpora / "uner-pud" / "en_pud-ud-test.iob2", WIKI, word=1, tag=2))
    sources["gum"] = list(read_gum(corpora / "ud-gum" / "en_gum-open-train.conllu"))
    if with_gmb:
        labels = {"per": "PERSON", "org": "ORG", "geo": "PLACE"}
        sources["gmb"] = list(read_columns(corpora / "gmb" / "gmb_ner.iob2", labels))
    tested = {passage.text for passage in read_scored(corpora)["politics-test"]}
    return {name: [p for p in passages if p.text not in tested] for name, passages in sources.items()}


def read_scored(corpora: Path) -> dict[str, list[Passage]]:
    """Read the splits kept back: a quarter of the politics dev split steers training, the rest only measures."""
    held = list(read_columns(corpora / "crossner" / "politics" / "dev.txt", CROSSNER))
    return {
        "politics-held": [passage for i, passage in enumerate(held) if i % 4 == 0],
        "politics-test": list(read_columns(corpora / "crossner" / "politics" / "test.txt", CROSSNER)),
        "uner-ewt-test": list(read_columns(corpora / "uner-ewt" / "en_ewt-ud-test.iob2", WIKI, word=1, tag=2)),
        "gum-dev": list(read_gum(corpora / "ud-gum" / "en_gum-open-dev.conllu")),
    }
