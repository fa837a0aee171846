"""Lemmas of verbs: the trained ones where they are verbs, spaCy's rules where they are not."""

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.lemmas import VerbLemmas
from kg.extract.pipeline import blank_pipeline, load_pipeline
from kg.settings import Settings


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline(Settings())


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("The city is suing the agency.", "suing", "sue"),
        ("The governor slammed the ruling.", "slammed", "slam"),
        ("The council passed the ordinance.", "passed", "pass"),
        ("The counties were hoping for money.", "hoping", "hope"),
        ("Officials hated the plan.", "hated", "hate"),
        ("The cities need the money.", "need", "need"),
        ("The department withheld the grants.", "withheld", "withhold"),
        ("The officials were here.", "were", "be"),
    ],
)
def test_lemmas_that_rules_are_looked_up_by(nlp: Language, text: str, word: str, lemma: str) -> None:
    [token] = [token for token in nlp(text) if token.text == word]
    assert token.lemma_ == lemma


def test_a_lemma_stays_where_neither_is_a_verb_and_nouns_are_left_alone() -> None:
    vocab = spacy.blank("en").vocab
    doc = Doc(vocab, words=["They", "regooled", "suing"], pos=["PRON", "VERB", "NOUN"], lemmas=["they", "regool", "su"])
    assert [token.lemma_ for token in VerbLemmas(vocab)(doc)] == ["they", "regool", "su"]


def test_only_a_trained_lemmatizer_is_checked(nlp: Language) -> None:
    assert nlp.pipe_names.index("verb_lemmas") == nlp.pipe_names.index("trainable_lemmatizer") + 1
    assert "verb_lemmas" not in blank_pipeline().pipe_names
