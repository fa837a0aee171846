"""The tokenizer divides words as the treebanks do, also after it was saved and loaded."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.settings import DEFAULT_MODEL
from training.tokens import teach_tokenizer


class WhitespaceTokenizer:
    """A tokenizer without rules."""

    def __init__(self, vocab: Vocab):
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        return Doc(self.vocab, words=text.split())


@pytest.fixture(scope="module")
def nlp(tmp_path_factory: pytest.TempPathFactory) -> Language:
    taught = spacy.blank("en")
    teach_tokenizer(taught)
    folder = tmp_path_factory.mktemp("tokenizer")
    taught.to_disk(folder)
    return spacy.load(folder)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("non-citizens", "non-citizens"),
        ("Anti-immigrant", "Anti-immigrant"),
        ("anti-Trump", "anti - Trump"),
        ("pro-DACA", "pro - DACA"),
        ("NON-profit", "NON-profit"),
        ("mid-1990s", "mid-1990s"),
        ("tire-marked", "tire - marked"),
        ("shore-run", "shore - run"),  # "re" ends a word here, it is none
        ("131-page", "131 - page"),
        ("yes--but", "yes -- but"),
        ("COVID-19", "COVID - 19"),
        ("8–10", "8 – 10"),
        ("2016-17", "2016 - 17"),
        ("555-0123", "555-0123"),
        ("212-555-0123.", "212-555-0123 ."),
        ("don`t", "do n`t"),
        ("don't", "do n't"),
        ("and/or", "and / or"),
        ("e-mail’s", "e-mail ’s"),
    ],
)
def test_words(nlp: Language, text: str, words: str) -> None:
    assert [token.text for token in nlp.make_doc(text)] == words.split()


def test_teaching_twice_changes_nothing(nlp: Language, tmp_path: Path) -> None:
    before = nlp.tokenizer.to_bytes(exclude=["vocab"])
    teach_tokenizer(nlp)
    assert nlp.tokenizer.to_bytes(exclude=["vocab"]) == before


def test_the_shipped_model_has_these_rules(nlp: Language) -> None:
    shipped = spacy.load(DEFAULT_MODEL).tokenizer
    text = "Non-citizens don`t re-enter with an AR-15, per 8–10 state-run offices at 555-0123."
    assert [t.text for t in shipped(text)] == [t.text for t in nlp.make_doc(text)]


def test_another_tokenizer_is_an_error() -> None:
    other = spacy.blank("en")
    other.tokenizer = WhitespaceTokenizer(other.vocab)
    with pytest.raises(TypeError, match="rule-based"):
        teach_tokenizer(other)
