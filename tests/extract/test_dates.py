"""Dates: what is one, what day it means beside the day of publication, and what role the words give it."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.dates import DateRole, find_dates

WEDNESDAY = datetime.date(2018, 1, 24)

CASES = [
    # (text, day of publication, [(printed, value, precision, role)])
    ("sent letters on Wednesday", "2018-01-24", [("Wednesday", "2018-01-24", "day", None)]),
    ("sent letters Monday", "2018-01-24", [("Monday", "2018-01-22", "day", None)]),
    ("filed late Tuesday", "2018-03-07", [("late Tuesday", "2018-03-06", "day", None)]),
    ("held a call Friday morning", "2018-01-24", [("Friday morning", "2018-01-19", "day", None)]),
    ("last Wednesday", "2018-01-24", [("last Wednesday", "2018-01-17", "day", None)]),
    ("next Wednesday", "2018-01-24", [("next Wednesday", "2018-01-31", "day", None)]),
    ("must answer by Friday", "2018-01-24", [("Friday", "2018-01-26", "day", "deadline")]),
    ("on Black Friday and on Mondays", "2018-01-24", []),
    ("today, yesterday and tomorrow", "2018-01-24", [
        ("today", "2018-01-24", "day", None), ("yesterday", "2018-01-23", "day", None), ("tomorrow", "2018-01-25", "day", None)]),
    ("said this morning", "2018-01-24", [("this morning", "2018-01-24", "day", None)]),
    ("a report out last week", "2018-01-24", []),
    ("announced last March", "2019-01-15", [("last March", "2018-03-01", "month", None)]),
    ("last March", "2019-03-15", [("last March", "2018-03-01", "month", None)]),
    ("In September, a judge ruled", "2018-01-24", [("September", "2017-09-01", "month", None)]),
    ("signed in January", "2017-03-27", [("January", "2017-01-01", "month", None)]),
    ("signed in January", "2017-01-27", [("January", "2017-01-01", "month", None)]),
    ("In May, it may march in March", "2017-06-27", [
        ("May", "2017-05-01", "month", None), ("March", "2017-03-01", "month", None)]),
    ("Prime Minister Theresa May said the March began", "2017-06-27", []),
    ("failing to cooperate by Feb. 23 will be subpoenaed", "2018-01-24", [("Feb. 23", "2018-02-23", "day", "deadline")]),
    ("signs an order on Feb. 3.", "2017-04-21", [("Feb. 3", "2017-02-03", "day", None)]),
    ("on Dec. 30", "2018-01-24", [("Dec. 30", "2017-12-30", "day", None)]),
    ("The vote is scheduled for Feb. 8.", "2018-01-24", [("Feb. 8", "2018-02-08", "day", None)]),
    ("have until June 30th to send", "2017-04-21", [("June 30th", "2017-06-30", "day", "deadline")]),
    ("served as governor until January", "2017-08-22", [("January", "2017-01-01", "month", None)]),
    ("By 2013, it had given all away", "2016-09-30", [("2013", "2013-01-01", "year", None)]),
    ("those affected by Tuesday’s ruling could appeal", "2019-03-19", [("Tuesday", "2019-03-19", "day", None)]),
    ("said in July. It must act in the 1960s way", "2018-01-24", [("July", "2017-07-01", "month", None)]),
    ("a deadline of Dec. 8", "2017-11-15", [("Dec. 8", "2017-12-08", "day", "deadline")]),
    ("no later than Jan. 5", "2017-11-15", [("Jan. 5", "2018-01-05", "day", "deadline")]),
    ("In November, it sent letters, warning they had until December to comply", "2018-01-24", [
        ("November", "2017-11-01", "month", None), ("December", "2017-12-01", "month", "deadline")]),
    ("must reply by the end of June", "2017-04-21", [("the end of June", "2017-06-30", "day", "deadline")]),
    ("at the end of 2016", "2017-04-21", [("the end of 2016", "2016-01-01", "year", None)]),
    ("March 27, 2017", None, [("March 27, 2017", "2017-03-27", "day", None)]),
    ("on Tuesday, March 7, 2018,", None, [("Tuesday, March 7, 2018", "2018-03-07", "day", None)]),
    ("27 March 2017", None, [("27 March 2017", "2017-03-27", "day", None)]),
    ("2017-04-21 and 02/24/20", None, [("2017-04-21", "2017-04-21", "day", None), ("02/24/20", "2020-02-24", "day", None)]),
    ("2017-13-41 and Feb. 30, 2017", None, []),
    ("In March 2018", None, [("March 2018", "2018-03-01", "month", None)]),
    ("Friday, in May, last year, Feb. 3", None, []),
    ("in 2016, since 1950, a 2012 policy, 2017's move", None, [
        ("2016", "2016-01-01", "year", None), ("1950", "1950-01-01", "year", None), ("2012", "2012-01-01", "year", None),
        ("2017", "2017-01-01", "year", None)]),
    ("about 2000 people, $2016, 8 USC 1373 of 20, 2,016 cases, SB 2016", None, []),
    ("last year and this year", "2018-01-24", [
        ("last year", "2017-01-01", "year", None), ("this year", "2018-01-01", "year", None)]),
    ("earlier this month, last month", "2018-01-24", [
        ("earlier this month", "2018-01-01", "month", None), ("last month", "2017-12-01", "month", None)]),
    ("two days ago, three years ago", "2018-01-24", [
        ("two days ago", "2018-01-22", "day", None), ("three years ago", "2015-01-01", "year", None)]),
    ("in fiscal year 2016, FY2017 and FY 18", "2018-01-24", [
        ("fiscal year 2016", "2016-01-01", "year", "fiscal"), ("FY2017", "2017-01-01", "year", "fiscal"),
        ("FY 18", "2018-01-01", "year", "fiscal")]),
    ("the 2016 fiscal year, the 2017 grant cycle", None, [
        ("2016 fiscal year", "2016-01-01", "year", "fiscal"), ("2017 grant cycle", "2017-01-01", "year", "fiscal")]),
    ("the 2016 cycle", None, [("2016", "2016-01-01", "year", None)]),
    ("last fiscal year", "2017-11-24", [("last fiscal year", "2017-01-01", "year", "fiscal")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "published", "wanted"), CASES)
def test_dates(text: str, published: str | None, wanted: list[tuple[str, str, str, str | None]]) -> None:
    day = datetime.date.fromisoformat(published) if published else None
    found = find_dates(text, day)
    assert [(m.span.of(text), m.value.isoformat(), m.precision.value, m.role and m.role.value) for m in found] == wanted


RANGES = [
    ("from Jan. 28 to Feb. 3", "2017-03-20", "2017-01-28", "2017-02-03"),
    ("Dec. 28 to Jan. 3", "2017-03-20", "2016-12-28", "2017-01-03"),
    ("June 3-5, 2016", None, "2016-06-03", "2016-06-05"),
    ("Dec. 28 - Jan. 3, 2017", None, "2016-12-28", "2017-01-03"),
    ("fiscal years 2016 and 2017", None, "2016-01-01", "2017-01-01"),
]


@pytest.mark.parametrize(("text", "published", "start", "end"), RANGES)
def test_ranges_have_both_ends(text: str, published: str | None, start: str, end: str) -> None:
    (mention,) = find_dates(text, datetime.date.fromisoformat(published) if published else None)
    assert (mention.value.isoformat(), mention.end and mention.end.isoformat()) == (start, end)


def test_a_spacy_doc_is_read_like_its_text() -> None:
    spacy = pytest.importorskip("spacy")
    text = "The letters went out on Wednesday."
    assert find_dates(spacy.blank("en")(text), WEDNESDAY) == find_dates(text, WEDNESDAY)


PIECES = [
    "by ",
    "Feb. ",
    "30",
    "29",
    "May ",
    "2016",
    ", ",
    "last ",
    "Friday",
    " to ",
    "FY",
    "-",
    "/",
    "12",
    "end of ",
    "two ",
    "years ago",
    "x ",
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
    st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)) | st.none(),
)
def test_spans_hold_printed_words_and_never_overlap(text: str, published: datetime.date | None) -> None:
    end = 0
    for mention in find_dates(text, published):
        assert end <= mention.span.start < mention.span.end <= len(text)
        assert mention.span.of(text).strip() == mention.span.of(text)
        assert mention.role in (None, DateRole.DEADLINE, DateRole.FISCAL)
        end = mention.span.end
