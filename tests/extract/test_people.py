"""People by name: after a title, from a recogniser (marked by hand here), and by surname afterwards."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from kg.extract.passages import Passage
from kg.extract.people import PersonFinder, drop_headline_guesses, find_surnames
from kg.extract.pipeline import blank_pipeline
from kg.extract.titles import TitleMatcher
from kg.records import Extraction, Mention
from tests.extract.conftest import make_mention, make_passage, named

NLP = blank_pipeline()


def marked(text: str) -> Doc:
    """Return a parse of a text in which "[…]" marks what a recogniser takes for a person."""
    doc = NLP(text.replace("[", "").replace("]", ""))
    spans, plain = [], 0
    for part in text.replace("]", "[").split("["):
        spans.append((plain, plain + len(part)))
        plain += len(part)
    doc.ents = [
        TokenSpan(doc, found.start, found.end, "PERSON") for a, b in spans[1::2] if (found := doc.char_span(a, b))
    ]
    return doc


RECOGNISED = [
    ("[Ana Ruiz] answered.", ["Ana Ruiz"]),
    ("[Ana J. Ruiz Jr.] answered.", ["Ana J. Ruiz Jr."]),
    ("[Ana de la Ruiz] answered.", ["Ana de la Ruiz"]),
    ("[Mr. Ana Ruiz] answered.", ["Ana Ruiz"]),
    ("[Republican] won.", []),
    ("[Monday] came.", []),
    ("[Vance Committee] met.", []),
    ("[J. R.] answered.", []),
    ("Nobody answered.", []),
    ("Then O.J. [Vance] answered.", ["O.J. Vance"]),
    ("In the U.S. [Vance] answered.", ["Vance"]),
    ("The [Tom Vance Murder Case] ended.", ["Tom Vance"]),
    ("The anchor’s James Vance argued.", ["James Vance"]),  # a given name, not recognised
    ("Then St. James Vance Park opened.", []),
    ("Mayor [Ana Ruiz] answered.", ["Ana Ruiz"]),
    ("Mayor Ana Ruiz answered.", ["Ana Ruiz"]),
    ("Mr. Vance answered.", ["Vance"]),
    ("The Mayor of Anytown answered.", []),
    ("Gov. Tom Vance Jr. answered.", ["Tom Vance Jr."]),
]


@pytest.mark.parametrize(("text", "people"), RECOGNISED)
def test_names_from_the_recogniser_and_after_titles(text: str, people: list[str], titles: TitleMatcher) -> None:
    passage = make_passage(marked(text))
    found = list(PersonFinder(has_model=True).find(passage, [], titles.find(passage.doc, set())))
    assert [mention.text for mention in found] == people
    assert all(mention.span.of(passage.doc.text) == mention.text for mention in found)


def test_known_names_are_no_people(titles: TitleMatcher) -> None:
    passage = make_passage(marked("[Anytown Police] answered."))
    known = [make_mention(passage.doc.text, "Anytown Police", "Agency")]
    assert list(PersonFinder(has_model=True).find(passage, known, [])) == []


SURNAMES = [
    ("Mayor Ana Ruiz answered. Ruiz left.", ["Ruiz"]),
    ("Mayor Ana Ruiz answered. The ruiz left.", []),
    ("Mayor Ana Ruiz answered. Ruizville left.", []),
    ("Mayor Ana Ruiz answered. Ruiz-Vance left.", []),
    ("Mayor Tom de Blasio answered. Then de Blasio left.", ["de Blasio"]),
    ("Mayor Ana Mark-Viverito answered, and Mark-Viverito left.", ["Mark-Viverito"]),
    ("Mayor Ana Ruiz answered. The Ruiz Committee met.", []),
    ("Mr. Vance answered. Vance left.", []),  # no full name to belong to
]


@pytest.mark.parametrize(("text", "surnames"), SURNAMES)
def test_surnames_of_people_named_in_full(
    text: str, surnames: list[str], read_bare: Callable[[str], Extraction]
) -> None:
    assert [words for words, _, _ in named(read_bare(text), "surname")] == surnames


def test_surname_stands_only_outside_other_mentions() -> None:
    text = "Ana Ruiz left. Ruiz County won."
    passage: Passage = make_passage(NLP(text))
    names: list[Mention] = [make_mention(text, "Ana Ruiz", "Person"), make_mention(text, "Ruiz County", "Jurisdiction")]
    assert list(find_surnames([passage], names)) == []


def test_person_whom_only_a_headline_names_is_a_guess() -> None:
    text = "Cities Push Back\n\nAna Ruiz answered."
    from kg.extract.article import split_article

    passages = [Passage(b, NLP(b.span.of(text)), b.span.start, b.span.of(text)) for b in split_article(text)]
    guess, real = make_mention(text, "Push Back", "Person", "ner"), make_mention(text, "Ana Ruiz", "Person", "ner")
    kept = drop_headline_guesses(passages, [guess, real])
    assert kept == [real]
    table = make_mention(text, "Push Back", "Person", "gazetteer")
    assert drop_headline_guesses(passages, [table, real]) == [table, real]
