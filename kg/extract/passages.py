"""The working text of extraction: parsed passages of one document, with offsets into the whole text.

A passage is one block of the article (a paragraph, a headline, a list item) and spaCy's parse of it. Sentences never
cross passages. Offsets handed out are always the document's, never the passage's.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from kg.extract.article import Block
from kg.records import Mention, MentionKind, Span


@dataclass(frozen=True)
class Passage:
    """A block and its parse; `start` is the offset of the parsed text in the document, `source` the printed text.

    The parsed text is as long as the printed one, but link texts glued into sentences are blanked out in it.
    """

    block: Block
    doc: Doc
    start: int
    source: str

    def span(self, tokens: TokenSpan) -> Span:
        """Return the document's offsets of some tokens."""
        return Span(self.start + tokens.start_char, self.start + tokens.end_char)

    def printed(self, tokens: TokenSpan) -> str:
        """Return some tokens as printed."""
        return self.source[tokens.start_char : tokens.end_char]

    def token_span(self, token: Token) -> Span:
        """Return the document's offsets of one token."""
        return Span(self.start + token.idx, self.start + token.idx + len(token))

    def tokens(self, span: Span) -> TokenSpan | None:
        """Return the tokens that touch a span of the document, or None when it lies elsewhere."""
        start, end = span.start - self.start, span.end - self.start
        if start < 0 or end > len(self.source):
            return None
        return self.doc.char_span(start, end, alignment_mode="expand")

    @cached_property
    def parsed(self) -> bool:
        """Whether the words hang on each other: asked for its children, a word of an unparsed passage may crash spaCy."""
        return bool(self.doc.has_annotation("DEP"))

    @cached_property
    def text(self) -> str:
        """The parsed text, which spaCy puts together anew each time it is asked."""
        return str(self.doc.text)

    @cached_property
    def extent(self) -> Span:
        """The part of the document that was parsed."""
        return Span(self.start, self.start + len(self.source))

    def sentences(self) -> Iterator[TokenSpan]:
        """Yield the sentences."""
        yield from self.doc.sents


class MentionIndex:
    """The mentions of one passage by token: which mention covers a token, which lie in a sentence.

    Mentions must not overlap. They are kept in the order of the text.
    """

    def __init__(self, passage: Passage, mentions: Sequence[Mention]):
        self.passage = passage
        self.mentions: list[Mention] = []
        self._ranges: list[tuple[int, int]] = []
        self._by_token: dict[int, int] = {}
        self._by_span: dict[Span, int] = {}
        for mention in sorted(mentions, key=lambda found: found.span):
            tokens = passage.tokens(mention.span)
            if tokens is None or not len(tokens):
                continue
            for token in tokens:
                self._by_token[token.i] = len(self.mentions)
            self._by_span.setdefault(mention.span, len(self.mentions))
            self.mentions.append(mention)
            self._ranges.append((tokens.start, tokens.end))

    def at(self, token: Token) -> Mention | None:
        """Return the mention that covers a token, or None."""
        number = self._by_token.get(token.i)
        return None if number is None else self.mentions[number]

    def in_a_name(self, token: Token) -> bool:
        """Tell whether a word is part of a name: "the False Claims Act" calls nothing false."""
        mention = self.at(token)
        return mention is not None and mention.kind is MentionKind.NAME

    def range_of(self, mention: Mention) -> tuple[int, int]:
        """Return the half-open token range of a mention of this index."""
        return self._ranges[self._by_span[mention.span]]

    def head_of(self, mention: Mention) -> Token:
        """Return the token of a mention that the rest of it hangs on."""
        start, end = self.range_of(mention)
        return self.passage.doc[start:end].root

    def within(self, sentence: TokenSpan) -> list[Mention]:
        """Return the mentions inside a sentence, in order."""
        first = bisect_right(self._ranges, (sentence.start - 1, 10**9))
        return [
            self.mentions[number]
            for number in range(first, len(self.mentions))
            if self._ranges[number][1] <= sentence.end
        ]


def token_numbers(passage: Passage, mentions: Sequence[Mention]) -> set[int]:
    """Return the numbers of the passage's tokens that some mention covers."""
    found: set[int] = set()
    for mention in mentions:
        tokens = passage.tokens(mention.span)
        if tokens is not None:
            found |= set(range(tokens.start, tokens.end))
    return found
