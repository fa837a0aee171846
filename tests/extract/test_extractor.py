"""The whole of extraction, without a trained model: whatever the text, offsets hold and names do not overlap."""

from collections.abc import Callable
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extract import Extractor
from kg.records import Extraction, MentionKind, Span, Status
from tests.extract.conftest import drafts, make_document, named

PIECES = [
    "WASHINGTON (AP) — ", "Mayor Ana Ruiz", "Attorney General Jeff Sessions", "the attorney general", "Sessions", "Chicago", "New York, N.Y.,",
    "Sacramento County", "Middlesex, Ocean and Union counties", "the Justice Department", "Justice Department grants", "8 U.S.C. § 1373(a)", "Section 1373",
    "Executive Order 13768", "an executive order", "the order", "SB 54", "the Supremacy Clause and the Commerce Clause", "a federal judge in Chicago",
    "the Trump administration", "the New York City Police Department", "Gov.", "Lt. Gov.", "Mr.", "he", "she", "the city", "$4.1 billion in", "fiscal 2016",
    "on Monday", "by June 30", "said", "sued", "threatened to withhold", "“We will keep our doors open to all,” ", "\"Nobody came to see us today,\" ",
    "(D-Calif.)", "'s", "’s", "’", "\n\n", "\n", "\n\n* ", "\n\n- ", "\n\n# ", ":", ", ", ". ", "? ", " — ", "By Ana Ruiz", "[link](https://example.org)",
    "https://example.org/a?b=c", "@NYCMayor", "<b>", "&amp;", "\t", "\u00a0", "\u200b", "\ufeff", "\u0301", "é", "𝒳", "👩‍👧", "İstanbul", "ﬁ",
]  # fmt: skip
ARTICLES = st.lists(st.sampled_from(PIECES), min_size=4, max_size=25).map(" ".join)
GLUED = st.lists(st.sampled_from(PIECES), min_size=2, max_size=12).map("".join)
MIXED = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=20).map(" ".join)
TEXTS = st.one_of(ARTICLES, GLUED, MIXED, st.text(max_size=80))
DATES = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2030, 1, 1)))


def check_spans(extraction: Extraction) -> None:
    text = extraction.document.text
    spans = {mention.span for mention in extraction.mentions}
    for mention in extraction.mentions:
        assert mention.span.of(text) == mention.text and mention.text, mention
        assert mention.text == mention.text.strip(), mention
        assert list(mention.hints) == sorted(mention.hints), mention
        assert mention.antecedent is None or mention.antecedent in spans, mention
        assert mention.kind is not MentionKind.PRONOUN or mention.antecedent, mention
    for quotation in extraction.quotations:
        assert 0 <= quotation.span.start < quotation.span.end <= len(text)
        for piece in quotation.text.split(" … "):
            assert piece in text
        assert quotation.speaker is None or quotation.speaker in spans
    for draft in extraction.claims:
        evidence = draft.evidence
        assert evidence.span.of(text) == evidence.sentence, draft
        assert 0 < evidence.confidence <= 1
        for argument in (
            draft.subject,
            draft.object,
            draft.qualifiers.program,
            draft.qualifiers.court,
            evidence.attributed_to,
        ):
            assert argument is None or argument in spans or (isinstance(argument, str) and "/" in argument), draft
        assert draft.subject != draft.object, draft


def check_overlaps(extraction: Extraction) -> None:
    """Names may lie within longer names (a place in its police department); none crosses another or has its very words."""
    ordered = sorted(extraction.mentions, key=lambda mention: (mention.span.start, -mention.span.end))
    for i, one in enumerate(ordered):
        for other in ordered[i + 1 :]:
            if other.span.start >= one.span.end:
                break
            assert one.span.covers(other.span) and one.span != other.span, (one, other)


@given(text=TEXTS, published=DATES)
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_any_text_is_read_with_true_offsets(bare_extractor: Extractor, text: str, published: date | None) -> None:
    extraction = bare_extractor.extract(make_document(text, published))
    check_spans(extraction)
    check_overlaps(extraction)


@given(text=ARTICLES)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_reading_twice_gives_the_same(bare_extractor: Extractor, text: str) -> None:
    document = make_document(text)
    assert bare_extractor.extract(document) == bare_extractor.extract(document)


ARTICLE = """Cities answer the letters

By Tom Vance

WASHINGTON — Cities must comply with 8 U.S.C. 1373, said the Justice Department.

"We will keep our doors open to everybody," said Sacramento Mayor Ana Ruiz. She called the letters a stunt.

The Justice Department sent letters to these jurisdictions on Monday:

- Chicago
- Cook County, Illinois
- New York City

The Sacramento Police Department received $2 million in Justice Department grants in fiscal 2016."""


RECEIVED = "relations/receivedFunding#got-amount"
"""The only rule that reads a fact of this article by its wording alone."""
RECEIPT = ("Sacramento Police Department", "receivedFunding", "Justice Department grants")


def check_article(extraction: Extraction) -> None:
    check_spans(extraction)
    check_overlaps(extraction)
    found = named(extraction)
    assert ("8 U.S.C. 1373", "Statute", {"key": "law/us/usc/8/1373"}) in found
    assert ("Justice Department", "Agency", {"key": "agency/us/department-of-justice"}) in found
    assert "Tom Vance" not in [words for words, _, _ in found], "the byline is not read"
    assert ("Ana Ruiz", "holdsPost", "Sacramento") in drafts(extraction)
    assert ("Cook County", "within", "Illinois") in drafts(extraction)
    assert ("Sacramento Police Department", "partOf", "Sacramento") in drafts(extraction)
    (quotation,) = extraction.quotations
    assert quotation.text.startswith("We will keep our doors open")
    assert isinstance(quotation.speaker, Span) and quotation.speaker.of(extraction.document.text) == "Ana Ruiz"


def test_article_without_a_model(read_bare: Callable[[str], Extraction]) -> None:
    """Names, offices, structure and fixed wordings need no parse; the facts of verbs do, and are left out."""
    extraction = read_bare(ARTICLE)
    check_article(extraction)
    by_rules = [draft for draft in extraction.claims if draft.evidence.rule.startswith("relations/")]
    assert [(draft.relation, draft.evidence.rule) for draft in by_rules] == [("receivedFunding", RECEIVED)]
    assert drafts(extraction, "receivedFunding") == [RECEIPT]


def test_article_with_the_trained_model(extract: Callable[[str], Extraction]) -> None:
    extraction = extract(ARTICLE)
    check_article(extraction)
    letters = [
        draft for draft in extraction.claims if draft.relation == "sentLetterTo" and draft.status is Status.ASSERTED
    ]
    assert {draft[2] for draft in drafts(extraction, "sentLetterTo")} >= {"Chicago", "Cook County", "New York City"}
    assert RECEIPT in drafts(extraction, "receivedFunding")
    assert {draft.qualifiers.date for draft in letters} == {date(2018, 1, 29)}, "the Monday before the article"


def test_doubled_spaces_without_a_parse(read_bare: Callable[[str], Extraction]) -> None:
    """An unparsed word behind a doubled space has wild edges in spaCy: who asks for its children crashes."""
    text = "WASHINGTON (AP) —  Mayor Ana Ruiz, certain of it —  he said —  she told him —  never argued. " * 3
    assert {mention.text for mention in read_bare(text).mentions} >= {"Ana Ruiz"}


def test_empty_document(read_bare: Callable[[str], Extraction]) -> None:
    for text in ("", " ", "\n\n\n"):
        extraction = read_bare(text)
        assert (extraction.mentions, extraction.claims, extraction.quotations) == ((), (), ())
