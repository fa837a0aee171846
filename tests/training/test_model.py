"""The shipped pipeline: its labels, its sentences, and trees and names that it must get right."""

import json

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Token

from kg.settings import DEFAULT_MODEL


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(DEFAULT_MODEL)


def test_label_scheme(nlp: Language) -> None:
    assert sorted(nlp.pipe_labels["ner"]) == ["ORG", "PERSON", "PLACE"]
    relations = set(nlp.pipe_labels["parser"])
    assert {"ROOT", "nsubj", "nsubj:pass", "obj", "obl", "nmod", "appos", "flat", "conj", "acl:relcl"} <= relations
    assert not {"dobj", "pobj", "nsubjpass"} & relations, "ClearNLP labels, not Universal Dependencies"
    assert {"NNP", "VBD", "NNS"} <= set(nlp.pipe_labels["tagger"])


def test_card_names_every_source_with_its_licence(nlp: Language) -> None:
    meta = json.loads((DEFAULT_MODEL / "meta.json").read_text(encoding="utf-8"))
    assert meta["license"] and meta["performance"]
    assert all(source["name"] and source["url"] and source["license"] for source in meta["sources"])


def test_nothing_but_the_pipeline_is_shipped() -> None:
    sizes = {path: path.stat().st_size for path in DEFAULT_MODEL.rglob("*") if path.is_file()}
    assert sum(sizes.values()) <= 40_000_000
    assert "/" not in json.dumps(spacy.util.load_config(DEFAULT_MODEL / "config.cfg").get("paths", {}))


def test_every_layer_is_set(nlp: Language) -> None:
    doc = nlp("The mayor of Lima thanked Judge Ana Ruiz.")
    for layer in ("TAG", "POS", "LEMMA", "MORPH", "DEP", "HEAD", "SENT_START", "ENT_IOB"):
        assert doc.has_annotation(layer), layer


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The city sued. It won.", ["The city sued.", "It won."]),
        ("Sen. Dale Orr met Gov. Ann Lee.", ["Sen. Dale Orr met Gov. Ann Lee."]),
        ('"We will appeal," the mayor said. Others agreed.', ['"We will appeal," the mayor said.', "Others agreed."]),
        (
            "The U.S. government paid $1.2 million to the county.",
            ["The U.S. government paid $1.2 million to the county."],
        ),
    ],
)
def test_sentences(nlp: Language, text: str, sentences: list[str]) -> None:
    assert [sentence.text for sentence in nlp(text).sents] == sentences


def arcs(doc: spacy.tokens.Doc) -> set[tuple[str, str, str]]:
    return {(token.text, token.dep_, "" if token.head == token else token.head.text) for token in doc}


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (
            "The city sued the agency.",
            {("city", "nsubj", "sued"), ("sued", "ROOT", ""), ("agency", "obj", "sued")},
            {("agency", "nsubj", "sued")},
        ),
        (
            "The agency was sued by the city.",
            {("agency", "nsubj:pass", "sued"), ("was", "aux:pass", "sued"), ("by", "case", "city")},
            {("city", "nsubj", "sued")},
        ),
        (
            "The mayor said that the county would not comply.",
            {("mayor", "nsubj", "said"), ("county", "nsubj", "comply"), ("comply", "ccomp", "said")},
            {("county", "obj", "said")},
        ),
        (
            "Congress cut the program and the agency ended the grants.",
            {("program", "obj", "cut"), ("ended", "conj", "cut"), ("agency", "nsubj", "ended")},
            {("agency", "conj", "program")},
        ),
        ("The officials visited the jail.", {("jail", "obj", "visited")}, {("officials", "obj", "visited")}),
    ],
)
def test_trees(nlp: Language, text: str, right: set, wrong: set) -> None:
    found = arcs(nlp(text))
    assert right <= found
    assert not wrong & found


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("The cities sued.", "cities", "city"),
        ("They threatened officials.", "threatened", "threaten"),
        ("The grants were withheld.", "grants", "grant"),
        ("It is announcing funds.", "announcing", "announce"),
    ],
)
def test_lemmas(nlp: Language, text: str, word: str, lemma: str) -> None:
    found: Token = next(token for token in nlp(text) if token.text == word)
    assert found.lemma_ == lemma


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Mayor Ann Lee of Portland met Senator Dale Orr.",
            {("Ann Lee", "PERSON"), ("Portland", "PLACE"), ("Dale Orr", "PERSON")},
        ),
        (
            "The Department of Justice wrote to officials in Chicago.",
            {("Department of Justice", "ORG"), ("Chicago", "PLACE")},
        ),
        ("Lawyers for the state of Ohio declined to comment.", {("Ohio", "PLACE")}),
        ("The law says that grants may be withheld.", set()),
    ],
)
def test_names(nlp: Language, text: str, names: set) -> None:
    assert {(ent.text, ent.label_) for ent in nlp(text).ents} == names


def test_the_same_text_gives_the_same_analysis_alone_and_in_a_batch(nlp: Language) -> None:
    texts = ["The city sued the agency.", "Mayor Ann Lee of Portland met Senator Dale Orr.", ""]
    alone = [nlp(text).to_json() for text in texts]
    assert [doc.to_json() for doc in nlp.pipe(texts)] == alone
