"""What is known of one document while facts are read from it: passages, mentions, offices, dates, money, quotations.

A `Reading` is filled by the extractor and only looked at by the readers of facts; it never leaves extraction.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.extract.article import BlockKind
from kg.extract.dates import DateMention
from kg.extract.money import MoneyMention
from kg.extract.offices import Holding
from kg.extract.passages import MentionIndex, Passage
from kg.extract.titles import TitleMatch
from kg.records import Document, Mention, Quotation, Span


@dataclass
class ReadPassage:
    """A passage with all that was found in it. Offsets of dates and money are the document's.

    `titled` gives, for each token of a title with its place ("Boston Mayor Jane Roe"), the person it names.
    """

    passage: Passage
    index: MentionIndex
    titles: Sequence[TitleMatch]
    dates: Sequence[DateMention]
    money: Sequence[MoneyMention]
    titled: Mapping[int, Mention]

    def mentions_in(self, sentence: TokenSpan) -> list[Mention]:
        """Return the mentions of a sentence, in order."""
        return self.index.within(sentence)

    def dates_in(self, sentence: TokenSpan) -> list[DateMention]:
        """Return the dates of a sentence, in order."""
        extent = self.passage.span(sentence)
        return [date for date in self.dates if extent.covers(date.span)]

    def money_in(self, sentence: TokenSpan) -> list[MoneyMention]:
        """Return the amounts of a sentence, in order."""
        extent = self.passage.span(sentence)
        return [money for money in self.money if extent.covers(money.span)]


@dataclass
class Reading:
    """A document while it is read. `lists` are the entries of the document's lists, by the span of their introduction."""

    document: Document
    passages: Sequence[ReadPassage]
    mentions: Sequence[Mention]
    holdings: Sequence[Holding]
    quotations: Sequence[Quotation]
    lists: dict[Span, list[Mention]] = field(default_factory=dict)
    _by_span: dict[Span, Mention] = field(default_factory=dict)
    _in_order: list[Quotation] = field(default_factory=list)
    _quoted: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        for mention in self.mentions:
            self._by_span.setdefault(mention.span, mention)
        self._in_order = sorted(self.quotations, key=lambda quotation: quotation.span)
        self._quoted = [quotation.span.start for quotation in self._in_order]
        for read in self.passages:
            block = read.passage.block
            if block.kind is BlockKind.LIST_ITEM and block.intro is not None:
                first = next((m for m in read.index.mentions if m.type != "Person"), None) or next(
                    iter(read.index.mentions), None
                )
                if first is not None:
                    self.lists.setdefault(block.intro, []).append(first)

    def mention_by_span(self, span: Span) -> Mention | None:
        """Return the mention at a span."""
        return self._by_span.get(span)

    def quotation_at(self, span: Span) -> Quotation | None:
        """Return the quotation that covers a span, or None."""
        number = bisect_right(self._quoted, span.start)
        return next(
            (quotation for quotation in self._in_order[max(0, number - 6) : number] if quotation.span.covers(span)),
            None,
        )

    def called(
        self, ways: Sequence[re.Pattern[str]], near: Span, fits: Callable[[Mention], bool], within: int | None = None
    ) -> list[Mention]:
        """Return the mention nearest to a span that the article calls in the first of some ways that it uses, or none.

        With `within`, it must stand in so many characters before the span.
        """
        for words in ways:
            fitting = [
                mention
                for mention in self.mentions
                if words.fullmatch(mention.text)
                and not mention.hint("stated")  # never named: stands for itself only
                and (within is None or near.start - within <= mention.span.start < near.start)
                and fits(mention)
            ]
            if fitting:
                return [min(fitting, key=lambda mention: (abs(mention.span.start - near.start), mention.span))]
        return []

    def list_introduced_by(self, sentence: TokenSpan, passage: Passage) -> list[Mention]:
        """Return the first mention of each item of the list that a sentence introduces."""
        if not sentence.text.rstrip().endswith(":"):
            return []
        extent = passage.span(sentence)
        return next((items for intro, items in self.lists.items() if intro.overlaps(extent)), [])


def sentence_of(token: Token) -> TokenSpan:
    """Return the sentence of a token."""
    return token.sent
