"""Offsets between a passage and its document, and mentions by token."""

from kg.extract.article import split_article
from kg.extract.passages import MentionIndex, Passage, token_numbers
from kg.extract.pipeline import blank_pipeline
from kg.records import Span
from tests.extract.conftest import make_mention

TEXT = "A headline here\n\nOregon sued Texas. The Justice Department watched.\n\nNobody came to Ohio."
NLP = blank_pipeline()


def passages() -> list[Passage]:
    return [
        Passage(block, NLP(block.span.of(TEXT)), block.span.start, block.span.of(TEXT)) for block in split_article(TEXT)
    ]


def test_spans_are_the_documents_own() -> None:
    for passage in passages():
        assert passage.extent.of(TEXT) == passage.doc.text
        for token in passage.doc:
            assert passage.token_span(token).of(TEXT) == token.text
        for sentence in passage.sentences():
            assert passage.span(sentence).of(TEXT) == sentence.text


def test_tokens_of_a_span_that_lies_elsewhere_are_none() -> None:
    second = passages()[1]
    assert second.tokens(Span(0, 5)) is None
    assert second.tokens(Span(len(TEXT) - 3, len(TEXT))) is None
    found = second.tokens(make_mention(TEXT, "Justice Department", "Agency").span)
    assert found is not None and found.text == "Justice Department"


def test_span_within_a_token_reaches_all_of_it() -> None:
    second = passages()[1]
    found = second.tokens(make_mention(TEXT, "rego", "Agency").span)
    assert found is not None and found.text == "Oregon"


def test_index_finds_mentions_by_token_and_by_sentence() -> None:
    second = passages()[1]
    texas, oregon, justice, ohio = (
        make_mention(TEXT, words, kind)
        for words, kind in [
            ("Texas", "State"),
            ("Oregon", "State"),
            ("Justice Department", "Agency"),
            ("Ohio", "State"),
        ]
    )
    index = MentionIndex(second, [texas, justice, oregon, ohio])
    assert index.mentions == [oregon, texas, justice], "in the order of the text; what lies elsewhere is left out"
    assert [index.at(token) for token in second.doc][:5] == [oregon, None, texas, None, None]
    first, last = second.sentences()
    assert (index.within(first), index.within(last)) == ([oregon, texas], [justice])
    assert index.range_of(justice) == (5, 7)
    assert token_numbers(second, [justice, ohio]) == {5, 6}
