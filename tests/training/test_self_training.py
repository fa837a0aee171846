"""Names of raw news as the whole extraction finds them, and the mean of two trained pipelines."""

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.extractor import Extractor
from kg.records import Document
from kg.reference import read_reference
from kg.settings import Settings
from training.average import average
from training.silver import label_articles, labels_of
from training.silver_trees import agreed_trees

VOCAB = Vocab()
ARTICLE = """The Department of Justice wrote to Chicago on Monday, and Mayor Anna Whitfield answered the same day in public.

“We will not be told whom to question,” said Whitfield, who has led the city since the spring of last year.

Short line.
"""


def test_names_known_from_the_rest_of_the_article() -> None:
    settings = Settings()
    extractor = Extractor(settings, read_reference(settings.reference))
    article = Document("one", ARTICLE, "", "one.txt")
    first, second = label_articles([article], extractor, labels_of(settings))
    named = [[(passage.text[start:end], label) for start, end, label in passage.spans] for passage in (first, second)]
    assert named[0] == [("Department of Justice", "ORG"), ("Chicago", "PLACE"), ("Anna Whitfield", "PERSON")]
    assert named[1] == [("Whitfield", "PERSON")]


def test_labels_of_laws_and_programs_are_none() -> None:
    labels = labels_of(Settings())
    assert labels["County"] == "PLACE" and labels["Court"] == "ORG" and labels["Person"] == "PERSON"
    assert not {"Law", "FundingProgram", "Publication"} & set(labels)


def tagger(value: float) -> Language:
    nlp = spacy.blank("en")
    pipe = nlp.add_pipe("tagger")
    pipe.add_label("NN")
    pipe.add_label("VB")
    nlp.initialize()
    for node in pipe.model.walk():
        for name in node.param_names:
            if node.has_param(name):
                node.set_param(name, np.full_like(node.get_param(name), value))
    return nlp


def test_mean_of_weights() -> None:
    first = average([tagger(1.0), tagger(4.0)])
    for node in first.get_pipe("tagger").model.walk():
        for name in node.param_names:
            if node.has_param(name):
                assert float(np.ptp(node.get_param(name))) == 0.0
                assert node.get_param(name).flat[0] == pytest.approx(2.5)


def test_pipelines_of_other_make_have_no_mean() -> None:
    other = spacy.blank("en")
    other.add_pipe("sentencizer")
    with pytest.raises(KeyError):
        average([tagger(1.0), other])


def reading(heads: list[int], relations: str) -> Doc:
    """Return "The mayor sued Lakeview today" with heads by number and relations."""
    words = ["The", "mayor", "sued", "Lakeview", "today"]
    return Doc(VOCAB, words=words, heads=heads, deps=relations.split())


def test_the_tree_nearest_to_the_others_is_kept() -> None:
    right = reading([1, 2, 2, 2, 2], "det nsubj ROOT obj obl:tmod")
    other = reading([1, 2, 2, 2, 3], "det nsubj ROOT obj nmod")
    third = reading([1, 2, 2, 2, 2], "det obj ROOT obj obl:tmod")
    kept = list(agreed_trees([(other, right, third)], least=0.8))
    assert len(kept) == 1 and kept[0] is right, "the others differ from it in one word of five, from each other in two"
    assert list(agreed_trees([(other, right, third)], least=0.81)) == []


def test_trees_that_all_agree_on_are_kept() -> None:
    one, same = (reading([1, 2, 2, 2, 2], "det nsubj ROOT obj obl:tmod") for _ in range(2))
    assert [doc is one for doc in agreed_trees([(one, same)], least=1.0)] == [True]
