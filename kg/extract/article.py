"""Split an article's text into blocks: what is told, what labels it, and what the page wrapped around it.

In: the text of a document, plain or Markdown. Out: `Block`s in the order of the text, never overlapping, with
half-open offsets into that very text; what lies between two blocks is white space and markers only (bullets, hash
signs, the dash after a dateline). It must not change the text, drop a block that it takes for junk (it labels it
`boilerplate`), or look at entities.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from kg.records import Span


class BlockKind(StrEnum):
    """What a block is to a reader."""

    HEADLINE = "headline"
    BYLINE = "byline"
    DATELINE = "dateline"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `intro` is the paragraph ending in a colon that introduces a list item."""

    kind: BlockKind
    span: Span
    intro: Span | None = None


_BULLET = re.compile(r"(?:[·•‣▪▫◦●○■□➢►✓*+–-]|\(?\d{1,2}[.)]|\(?[a-z]\))[ \t\u00a0]+(?=\S)")
_HEADING = re.compile(r"#{1,6}[ \t]+(?=\S)")
_BLOCKQUOTE = re.compile(r"(?:>[ \t]?)+(?=\S)")
_WRAPPED = re.compile(r"(\*\*\*|\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1\Z")
_ITEM_TAIL = re.compile(r"(?:;\s+(?:and|or)|[;,])\Z")
_TERMINAL = re.compile(r"[.!?…;:,][\"'”’)\]*_]*\Z")
_WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")

_PUBLISHERS = (
    r"(?:AP|AFP|EPA|UPI|NPR|CNN|NBC(?: News)?|CBS(?: News)?|Reuters|Bloomberg|(?:The )?Associated Press"
    r"|Getty(?: Images)?"
    r"|AP Images|Shutterstock|Alamy|Zuma(?: Press)?|Sipa(?: USA)?|Redux|Polaris|iStock|CQ[ -]Roll Call|Roll Call"
    r"|AP Photo|Reuters Photo|USA TODAY|Washington Post|New York Times|Icon Sportswire|LightRocket|EFE|Xinhua|TNS)"
)
_NAME = r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|de|da|van|von|la)){0,4}"
_CREDIT = (
    rf"(?:(?:Photo(?:graph)?|Image|Credit|Illustration)s?(?: by|:) )?(?:{_NAME} ?(?:[/|]|via|for|,|—|-) ?)+"
    rf"{_PUBLISHERS}(?:(?: ?[/|] ?| via | for ){_PUBLISHERS})*(?: Images)?"
)
_CAPTION = re.compile(
    "|".join(
        (
            r"Image(?: (?:copyright|caption|source|credit))?\b\s*[:(]? (?=[A-Z“\"(])(?!of\b)",
            r"Images?:|Photos? by |Photo(?:graph)?:|Photo illustration:",
            r"FILE ?(?:PHOTO:|[-–—])|(?:Media|Video) caption\b|Enlarge this image|toggle caption",
            r"(?:AP|Reuters|Getty) (?:Photo|Images)\b",
            rf"\((?:{_CREDIT}|{_PUBLISHERS} [Pp]hoto(?:s|:|/)[^)]*)\)|\(Photo[^)]*\)\Z",
            rf"Hide caption\b|CLOSE (?=[A-Z])|Media playback is|{_CREDIT}\Z",
        )
    )
)
_CREDIT_END = re.compile(
    rf"(?:[.!?”\"’] ?|\(|\[|\| ?){_CREDIT}[)\]]?\.?\Z|\((?:{_PUBLISHERS}|[^()]*\b[Pp]hoto\b[^()]*)\)\Z"
)
_CREDIT_INSIDE = re.compile(rf"\s\|\s(?:{_CREDIT}|AP Photo|Getty(?: Images)?|AP|Reuters)\s+(?=[A-Z‘“\"'])")

_BOILERPLATE_LINES = (
    # advertising and the furniture of the page
    r"advertise?ments?\b(?:\s+advertisement)*:?(?:\s+(?:continue reading|story continues).*)?\Z|ad\Z",
    r"stor(?:y|ies) continue[sd]?(?: below.*)?\Z|continue reading\b.*|loading\.*\Z|close\Z|videos?\Z|photos?\Z",
    r"sign in\b.{0,20}\Z|sign in /|log in\b.{0,20}\Z|sign up\b.*|subscribe\b.*|newsletter sign.*|print\Z",
    r"(?:IE \d+|internet explorer|your browser|this browser|javascript) (?:is|does) (?:not|no longer)\b.*",
    r"your browser\b.*|.{0,60}\benable javascript\b.*|we (?:use|value) (?:cookies|your privacy).*|link copied\Z",
    r"share(?: (?:this|on|story|tweet).*| ?\Z)|tweet\Z|e-?mail\Z|\[email protected\].*|https?://\S+\Z|\d{6,}\Z",
    r"[\d,.]+k? (?:shares?|comments?|views?|likes?|retweets?)\b(?![^.]*\.\Z).{0,30}\Z|shares? [\d,.]+\Z",
    rf"(?:{_PUBLISHERS}|[A-Z]{{2,}}(?: [A-Z]{{2,}})? News)\Z|read or share this story\b.*",
    r"\d+ (?:years?|months?|days?|hours?) ago\Z|slideshow\b.{0,20}\Z|(?:next|prev(?:ious)?) image\b.*",
    r"\[(?:pullquote|image|music|video|embed.*|photo.*)\]\Z|</?[a-z!].{0,80}>\Z",
    # links to something else
    r"(?:please )?click (?:here|for|to|on)\b.*|(?:.{0,30}\b)?get the .{0,25}\bapp\Z|download (?:our|the)\b.{0,80}\Z",
    r"(?:read|see|view|show|find out) (?:more|also|next|it here)\b.{0,120}",
    r"(?:also|now) (?:see|read|watch|on)\b.{0,120}\Z",
    r"more(?: (?:on this|from|stories|coverage)\b.*|:.*|\.\.\.)\Z|recommended\b.{0,40}\Z|don['’]t see the graphic.*",
    r"related(?: (?:stories|articles|coverage|content|video)\b.*|:.*|\Z)|watch(?: (?:live|video|now|more)\b.*|:.*)\Z",
    r"(?:full|special|complete|continuing) coverage\b.*|(?:photos|gallery|pictures|poll check)\b:?.{0,80}\Z",
    r"\( ?(?:photos|video|related|also on|cartoons?|watch|sign up|more|read)\b[^)]*\)\Z",
    r"(?:urgent|vote now|urgent poll|breaking news):.*|from the (?:left|right|center)\Z|buzz cut:\Z",
    # who made the page, when, and how to reach them
    r"follow (?:@|us\b|.{2,60}\bon (?:twitter|facebook)).*|(?:like|join|find) (?:us|him|her|them) on\b.*",
    r"(?:last )?updated?(?: (?:at|on)\b|:).{0,80}\Z",
    r"(?:first |originally )?(?:published|posted)(?: (?:at|on|in)\b|:).{0,60}\Z",
    r"(?:editor['’]s note:? )?this (?:story|article|report|post|piece) (?:was|has been|is) (?:also |being )?"
    r"(?:compiled|updated|corrected|adapted|republished|originally|first published|based (?:in part )?on|part of"
    r"|more than|developing|excerpted)\b.*",
    r"\(c\) ?\d{4}.*|(?:©|copyright (?:©|\(c\)|\d{4})).*|.{0,80}\ball rights reserved\b.{0,120}\Z",
    r"contribut(?:ing|ors?):.*|.{0,160}\bcontributed (?:to this (?:report|article|story|post)|reporting|from)\b.{0,80}\Z",
    r".{3,40} contributed\.?\Z|got a question\?.*|support .{0,30}\bjournalism\Z",
    r"visit .{0,80} for more.*|(?:contact|write to|reach|e-?mail|send letters).{0,80}\S+@\S+.*",
    r".{0,100}\bpitch us at \S+@.*",
    r"(?:the )?(?:opinions?|views?)(?: (?:and|or) (?:opinions?|views?))? expressed\b.{0,40}\b(?:are|do|is|does)\b.{0,160}\Z",
    r"analysis(?:/opinion)?:?\Z|opinion(?: (?:contributor|columnist))?:?\Z",
)
_BOILERPLATE = re.compile("|".join(_BOILERPLATE_LINES), re.IGNORECASE)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}})"
_DATE_LINE = re.compile(rf"(?:[A-Z][a-z]+day,? )?{_DATE}(?:[ ,|]+\d{{1,2}}:\d\d.{{0,15}})?\Z")
_GLUED = re.compile(r"(?<=[a-z]{2})[.!?]['’]?(?P<mark>[\"”]?)(?=[\"“]?[A-Z][\w’'-]*,?\s+\w)")
_LEADING_METADATA = re.compile(r"date:? \d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d\S*)?\s+", re.IGNORECASE)
_BYLINE = re.compile(rf"(?:By|BY) {_NAME}(?:(?:,| and| \|| &|, and) {_NAME}|, [A-Z][A-Za-z ]+| \(.{{0,40}}\))*\Z")
_AUTHOR_NOTE = re.compile(
    rf"[*_—–• ]*(?!(?:She|He|They|It|This|That|There)\b){_NAME}(?: \([^)]*\))?(?:,[^.]{{3,140}},)? (?:is|was|serves as|works as) (?:currently )?(?:an?|the|our|one of the)? ?[^.]{{0,90}}"
    r"\b(?:reporter|editor|columnist|writer|contributor|correspondent|talk-show host|host|author|blogger|journalist|producer)s?\b"
)
_TWEET = re.compile(r"[—–-] [^@]{2,60}\(@\w+\)")
_SIGNATURE = re.compile(rf"(?:[—–•·-]|--)\s*({_NAME}(?:(?:,| and|, and) {_NAME})*)\Z")
_PERSON_LINE = re.compile(
    r"[A-Z][a-zà-ÿ.'’-]+(?: (?:[A-Z]\.|[A-Z][\w.'’-]+)){1,3}(?:(?: and|,) [A-Z][\w'’-]+ [A-Z][\w'’-]+)*\Z"
)
_WIRE = r"\((?:AP|Reuters|REUTERS|CNN|AFP|UPI|NBC|CBS|Bloomberg|[A-Z][\w ]{1,30}(?:News|Times|Post|Press|Network))\)"
_STATE = r"(?:, (?:[A-Z][a-z]+\.?(?: [A-Z][a-z]+)?|[A-Z]\.? ?[A-Z]\.?)){0,2}"
_DATELINE = re.compile(
    rf"(?:(?P<caps>[A-Z][A-Z.’'/ -]*[A-Z.]{_STATE}(?:, {_MONTH} \d{{1,2}})?)(?: (?P<wire>{_WIRE}))?"
    rf"|(?:[A-Z][\w.’' ]{{2,24}}{_STATE} )?(?P<only>{_WIRE}))\s*(?:—|–|--|-)\s*(?=[A-Z0-9“\"‘'$])"
)


def split_article(text: str) -> tuple[Block, ...]:
    """Split a text into blocks. Offsets are characters of `text`; blocks are sorted and do not overlap.

    >>> [(b.kind.value, b.span.of("WASHINGTON — It rained.")) for b in split_article("WASHINGTON — It rained.")]
    [('dateline', 'WASHINGTON'), ('paragraph', 'It rained.')]
    """
    lines = list(_unwrapped_lines(text))
    return tuple(_with_intros(text, _Labeller(text, lines).blocks()))


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in "\u200b\u200d\ufeff"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "\u200b\u200d\ufeff"):
        end -= 1
    return start, end


def _unwrapped_lines(text: str) -> Iterator[Span]:
    """Yield the logical lines: printed lines, with those that a column limit broke put together again."""
    chunk: list[Span] = []
    for match in re.finditer(r"[^\n]*(?:\n|\Z)", text):
        start, end = _strip(text, match.start(), match.end())
        if start < end:
            chunk.append(Span(start, end))
        elif chunk:
            yield from _join_wrapped(text, chunk)
            chunk = []
    if chunk:
        yield from _join_wrapped(text, chunk)


def _join_wrapped(text: str, chunk: list[Span]) -> Iterator[Span]:
    """Join neighbouring lines where the first word of the next one would not have fitted on the line before."""
    width = max(line.end - line.start for line in chunk)
    current = chunk[0]
    for before, line in pairwise(chunk):
        printed, above = line.of(text), before.of(text)
        length = before.end - before.start
        full = 50 <= width <= 130 and length + len(printed.split()[0]) >= width and length >= 40
        broken = length >= 30 and not _TERMINAL.search(above) and printed[0].islower()
        hanging = bool(_BULLET.match(current.of(text))) and text[text.rfind("\n", 0, line.start) + 1 : line.start] != ""
        label = _BULLET.match(printed) or _HEADING.match(printed) or _is_junk(printed) or _HEADING.match(above)
        if (full or broken or hanging) and not label and not _is_junk(above):
            current = Span(current.start, line.end)
        else:
            yield current
            current = line
    yield current


def _is_junk(line: str) -> bool:
    return bool(_BOILERPLATE.match(line) or _CAPTION.match(line) or _DATE_LINE.match(line) or not _WORD.search(line))


def _is_shouted(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return len(letters) >= 4 and all(c.isupper() for c in letters)


def _ends_open(line: str) -> bool:
    """Tell whether a line stops without the punctuation that ends a sentence."""
    return not _TERMINAL.search(line) or line.endswith("?")


class _Labeller:
    """Walk over the lines once, remembering only what came before."""

    def __init__(self, text: str, lines: list[Span]):
        self.text, self.lines = text, lines
        self.seen_paragraphs = 0
        self.open_list = False
        self.items = 0
        self.has_headline = False

    def blocks(self) -> Iterator[Block]:
        for number, line in enumerate(self.lines):
            for block in self._label(number, line):
                if block.kind is BlockKind.PARAGRAPH:
                    self.seen_paragraphs += 1
                    self.open_list = block.span.of(self.text).rstrip("*_ ").endswith(":")
                elif block.kind is BlockKind.HEADLINE:
                    self.has_headline, self.open_list = True, False
                if block.kind is BlockKind.LIST_ITEM:
                    self.items += 1
                elif block.kind is not BlockKind.BOILERPLATE:
                    self.items = 0
                yield block

    def _label(self, number: int, line: Span) -> Iterator[Block]:
        printed = line.of(self.text)
        if metadata := _LEADING_METADATA.match(printed):
            yield Block(BlockKind.BOILERPLATE, Span(*_strip(self.text, line.start, line.start + metadata.end())))
            line = Span(line.start + metadata.end(), line.end)
            printed = line.of(self.text)
        last = number >= len(self.lines) - 2
        if (
            number >= len(self.lines) - 5
            and self.seen_paragraphs
            and _AUTHOR_NOTE.match(printed)
            and len(printed) < 500
        ):
            yield Block(BlockKind.BYLINE, line)
            return
        if heading := _HEADING.match(printed):
            yield Block(BlockKind.HEADLINE, Span(line.start + heading.end(), line.end))
        elif _is_junk(printed):
            caption = _CAPTION.match(printed) and not _BOILERPLATE.match(printed)
            yield Block(BlockKind.CAPTION if caption else BlockKind.BOILERPLATE, line)
        elif _BYLINE.match(printed) or self._is_signature(number, printed, last):
            yield Block(BlockKind.BYLINE, line)
        elif bullet := _BULLET.match(printed):
            yield self._item(Span(line.start + bullet.end(), line.end))
        else:
            quote = _BLOCKQUOTE.match(printed)
            yield from self._prose(number, Span(line.start + quote.end(), line.end) if quote else line)

    def _is_signature(self, number: int, printed: str, last: bool) -> bool:
        """A name behind a dash or a lone bullet: the author, where no list surrounds it."""
        signature = _SIGNATURE.match(printed)
        if not signature or self.open_list:
            return False
        neighbours = self.lines[max(number - 1, 0) : number] + self.lines[number + 1 : number + 2]
        listed = any(_BULLET.match(line.of(self.text)) for line in neighbours)
        return (last or printed[0] in "—–") and not listed and 2 <= len(signature[1].split()) <= 8

    def _item(self, span: Span) -> Block:
        tail = _ITEM_TAIL.search(span.of(self.text))
        return Block(BlockKind.LIST_ITEM, Span(span.start, span.start + tail.start()) if tail else span)

    def _prose(self, number: int, line: Span) -> Iterator[Block]:
        printed = line.of(self.text)
        words = len(_WORD.findall(printed))
        wrapped = _WRAPPED.match(printed)
        bare = Span(line.start + len(wrapped[1]), line.end - len(wrapped[1])) if wrapped else line
        quoted = printed[0] in "\"“‘'"
        if inside := self.seen_paragraphs == 0 and _CREDIT_INSIDE.search(printed):
            yield Block(BlockKind.CAPTION, Span(*_strip(self.text, line.start, line.start + inside.end())))
            yield Block(BlockKind.PARAGRAPH, Span(line.start + inside.end(), line.end))
        elif words <= 70 and _CREDIT_END.search(printed):
            yield Block(BlockKind.CAPTION, line)
        elif self.open_list and self._continues_list(number):
            yield self._item(bare)
        elif _is_shouted(printed):
            first = number == 0 and words > 3
            yield Block(BlockKind.HEADLINE if first else BlockKind.BOILERPLATE, bare)
        elif self.has_headline and not self.seen_paragraphs and _PERSON_LINE.match(printed):
            yield Block(BlockKind.BYLINE, bare)
        elif self._is_headline(number, bare.of(self.text), words, quoted):
            yield Block(BlockKind.HEADLINE, bare)
        else:
            yield from self._paragraph(bare)

    def _continues_list(self, number: int) -> bool:
        """Lines without bullets are a list only in company: one before it in the list, or one after."""
        if not self._may_be_item(number):
            return False
        return self.items > 0 or (number + 1 < len(self.lines) and self._may_be_item(number + 1))

    def _may_be_item(self, number: int) -> bool:
        printed = self.lines[number].of(self.text)
        if printed[0] in "\"“‘'" or _TWEET.search(printed) or _is_junk(printed):
            return False
        words = len(_WORD.findall(printed))
        return words <= 60 and (printed.endswith(";") or (not _TERMINAL.search(printed) and words <= 40))

    def _is_headline(self, number: int, printed: str, words: int, quoted: bool) -> bool:
        if number == len(self.lines) - 1:
            return False
        if not self.seen_paragraphs and not self.has_headline:
            return words <= 24 and _ends_open(printed)
        return words <= 9 and _ends_open(printed) and not quoted and printed[0].isupper()

    def _paragraph(self, line: Span) -> Iterator[Block]:
        dateline = _DATELINE.match(line.of(self.text))
        if dateline and self._is_dateline(dateline):
            end = line.start + max(dateline.end(name) for name in ("caps", "wire", "only"))
            yield Block(BlockKind.DATELINE, Span(line.start, end))
            line = Span(line.start + dateline.end(), line.end)
        for part in _unglued(self.text, line):
            yield Block(BlockKind.PARAGRAPH, part)

    def _is_dateline(self, match: re.Match[str]) -> bool:
        """A lone acronym before a dash is no place: it must come with a wire service, or lead the article."""
        if match["wire"] or match["only"]:
            return True
        longest = max(len(word) for word in re.findall(r"[A-Z]+", match["caps"]))
        return self.seen_paragraphs < 3 and longest >= 4


def _unglued(text: str, line: Span) -> Iterator[Span]:
    """Cut a line where the page lost the break between two paragraphs, the full stop glued to the next capital.

    What quotation marks enclose is never cut, and neither is a line in which that happens less than three times.
    """
    cuts = []
    for match in _GLUED.finditer(text, line.start, line.end):
        before = text[line.start : match.start("mark")]
        inside = (before.count('"') + before.count("“") - before.count("”")) % 2 == 1
        if not inside or match["mark"]:
            cuts.append(match.end("mark") if inside else match.start("mark"))
    cuts = [line.start, *(cuts if len(cuts) > 2 else ()), line.end]
    yield from (Span(start, end) for start, end in pairwise(cuts))


def _with_intros(text: str, blocks: Iterator[Block]) -> Iterator[Block]:
    """Give list items the paragraph with a colon before them; page junk in between does not break a list."""
    intro: Span | None = None
    for block in blocks:
        if block.kind is BlockKind.LIST_ITEM:
            yield replace(block, intro=intro)
            continue
        if block.kind is BlockKind.PARAGRAPH or block.kind is BlockKind.HEADLINE:
            intro = block.span if block.span.of(text).rstrip("*_ ").endswith(":") else None
        yield block
