"""Loading of the language pipeline: by name, by folder, blank; and what is refused."""

from pathlib import Path

import pytest
import spacy

from kg.errors import ConfigurationError
from kg.extract import pipeline
from kg.extract.pipeline import blank_pipeline, load_pipeline
from kg.extract.sentences import NAME
from kg.settings import Settings


def test_blank_pipeline_finds_sentences_and_nothing_else() -> None:
    nlp = load_pipeline(Settings(model="blank"))
    assert nlp.pipe_names == ["sentencizer"]
    assert [sentence.text for sentence in nlp("It rains. It pours.").sents] == ["It rains.", "It pours."]


def test_without_a_shipped_pipeline_the_blank_one_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "DEFAULT_MODEL", tmp_path / "none")
    assert load_pipeline(Settings()).pipe_names == ["sentencizer"]


def test_shipped_pipeline_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = blank_pipeline()
    nlp.meta["name"] = "shipped_for_the_test"
    nlp.to_disk(tmp_path)
    monkeypatch.setattr(pipeline, "DEFAULT_MODEL", tmp_path)
    assert load_pipeline(Settings()).meta["name"] == "shipped_for_the_test"


def test_folder_of_a_pipeline_is_loaded(tmp_path: Path) -> None:
    blank_pipeline().to_disk(tmp_path)
    assert load_pipeline(Settings(model=str(tmp_path))).pipe_names == ["sentencizer"]


def test_missing_pipeline_is_an_error_that_says_what_to_give() -> None:
    with pytest.raises(ConfigurationError, match=r"not installed.*'en_no_such_pipeline'.*'blank'"):
        load_pipeline(Settings(model="en_no_such_pipeline"))


def test_pipeline_without_sentences_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(ConfigurationError, match=r"finds no sentences.*parser, a senter or a sentencizer") as caught:
        load_pipeline(Settings(model=str(tmp_path)))
    assert caught.value.place == str(tmp_path)


def test_trained_pipeline_has_what_extraction_reads(model: str) -> None:
    nlp = load_pipeline(Settings(model=model))
    assert {NAME, "parser", "ner"} <= set(nlp.pipe_names)
    doc = nlp("Gov. Jerry Brown sued the Justice Department. Nobody came.")
    assert len(list(doc.sents)) == 2
    assert doc.has_annotation("DEP") and doc.has_annotation("LEMMA")
    assert {ent.label_ for ent in doc.ents} <= set(pipeline.LABELS)
