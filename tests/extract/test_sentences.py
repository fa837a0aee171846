"""Where the guard forbids a sentence to begin: inside names, after titles, in the middle of clauses."""

import pytest
import spacy

from kg.extract.sentences import NAME, add_sentence_guard, guard_sentences

NLP = spacy.blank("en")

CASES = [
    # (words as tokens, the words at which a sentence may begin, besides the first)
    ("The city won . The state lost .", {"The"}),
    ("The city won ! Then it lost .", {"Then"}),
    ('" We won . " She left .', {"She", '"'}),
    ("The city of Chicago sued the state", set()),
    ("Gov. Ana Ruiz and Sen. Tom Vance met", set()),
    ("Ana J. Ruiz won", set()),
    ("Lt. Gov. Ruiz won", set()),
    ("Ruiz v. Vance ended . Nobody came", {"Nobody"}),
    ("He left the U.S. Nobody came", {"Nobody"}),
    ("They said : Nobody came", {"Nobody"}),
    ("Anytown — Nobody came", {"Nobody"}),
    ("He left Jr. behind", set()),
]


@pytest.mark.parametrize(("text", "starts"), CASES)
def test_sentence_may_begin_only_after_its_end(text: str, starts: set[str]) -> None:
    doc = guard_sentences(spacy.tokens.Doc(NLP.vocab, words=text.split()))
    allowed = {token.text for token in doc if token.i and token.is_sent_start is not False}
    assert starts <= allowed
    assert not {word for word in allowed if word[0].isupper()} - starts


def test_guard_is_added_once_and_only_before_a_parser() -> None:
    blank = spacy.blank("en")
    add_sentence_guard(blank)
    assert NAME not in blank.pipe_names
    parsed = spacy.blank("en")
    parsed.add_pipe("parser")
    add_sentence_guard(parsed)
    add_sentence_guard(parsed)
    assert parsed.pipe_names == [NAME, "parser"]


@pytest.mark.parametrize("title", ["Atty.", "Asst.", "Supt.", "Sens."])
def test_no_sentence_begins_behind_a_title_whose_full_stop_is_split_off(title: str) -> None:
    doc = guard_sentences(NLP.make_doc(f"The plan of {title} Gen. Roe failed. It is over."))
    assert [token.text for token in doc if token.i and token.is_sent_start is not False] == ["It"]
