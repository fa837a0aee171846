"""Qualifiers of a fact from the words around its trigger: dates, deadlines, amounts, fiscal years, programs, courts.

What enters is the trigger in its passage; what leaves are `Qualifiers` with spans of mentions for programs and courts.
"""

import datetime
from collections.abc import Iterable

from spacy.tokens import Token

from kg.extract.dates import DateMention, DateRole
from kg.extract.money import MoneyMention
from kg.extract.reading import Reading, ReadPassage
from kg.records import Precision, Qualifiers, Span


def read_qualifiers(wanted: Iterable[str], token: Token, read: ReadPassage, reading: Reading) -> Qualifiers:
    """Read the qualifiers that a rule wants from the sentence of its trigger."""
    names = set(wanted)
    sentence = token.sent
    dates = read.dates_in(sentence)
    happened = _nearest_date([found for found in dates if found.role is None], token, read) if "date" in names else None
    deadline = (
        next((found.value for found in dates if found.role is DateRole.DEADLINE), None) if "deadline" in names else None
    )
    money = nearest_money(token, read) if "amount" in names else None
    fiscal = _fiscal_year(dates, reading.document.published) if "amount" in names else None
    program = _nearest(read, token, "FundingProgram") if "program" in names else None
    court = _nearest(read, token, "Court") if "court" in names else None
    return Qualifiers(
        amount=money.amount if money else None,
        bound=money.bound if money else None,
        fiscal_year=fiscal,
        date=happened.value if happened else None,
        date_precision=happened.precision if happened and happened.precision is not Precision.DAY else None,
        deadline=deadline,
        program=program,
        court=court,
    )


def nearest_money(token: Token, read: ReadPassage) -> MoneyMention | None:
    """Return the amount of the sentence that stands nearest to a word."""
    here = read.passage.start + token.idx
    return min(read.money_in(token.sent), key=lambda money: abs(money.span.start - here), default=None)


def _nearest_date(dates: list[DateMention], token: Token, read: ReadPassage) -> DateMention | None:
    here = read.passage.start + token.idx
    return min(dates, key=lambda found: abs(found.span.start - here), default=None)


def _fiscal_year(dates: list[DateMention], published: datetime.date | None) -> int | None:
    fiscal = [found for found in dates if found.role is DateRole.FISCAL] or [
        found for found in dates if found.precision is Precision.YEAR
    ]
    years = {found.value.year for found in fiscal}
    if len(years) == 1 and published is not None:
        return years.pop()
    return None


def _nearest(read: ReadPassage, token: Token, kind: str) -> Span | None:
    here = read.passage.start + token.idx
    found = [mention for mention in read.mentions_in(token.sent) if mention.type == kind]
    return min((mention.span for mention in found), key=lambda span: abs(span.start - here), default=None)
