"""PDF: the paragraphs of a letter, a press release or a report, in reading order, found with pdfminer's layout analysis.

Enters: the bytes of a PDF that holds text. Leaves: one document whose paragraphs are separated by an empty line, with the
lines of a paragraph joined, hyphens of line breaks undone, and page numbers and running heads left out. Offsets refer
to that text. Pictures of text are an error, never an empty document; no date is taken from the file, as it tells when the file was made.
"""

import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTPage, LTTextBox, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException
from pdfminer.utils import decode_text

from kg.errors import DocumentError
from kg.read.metadata import Metadata
from kg.read.source import Read, Source, make_document, read_bytes

BYTES_A_CHARACTER = 64
"""A PDF carries fonts and pictures beside its text, so that it may be larger than a text file of the same length."""

DAMAGED = (
    PSException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What pdfminer lets through when the objects of a file are not what they should be."""

LAYOUT = LAParams(boxes_flow=-0.5)
"""The order of blocks goes rather by their place across the page than down it: column after column."""

MARGIN = 0.1
"""Share of the page's height at its top and bottom where running heads and page numbers stand."""
INDENT = 0.8
"""A first line that is set in by this many line heights begins a paragraph."""
SHORT = 0.85
"""A line that ends a sentence before this share of its column's width ends a paragraph."""

LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "\N{NO-BREAK SPACE}": " "}
)
PAGE_NUMBER = re.compile(r"\W*(?:page\s+)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
NO_CHARACTER = re.compile(r"\(cid:\d+\)")
SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*$")
BROKEN_WORD = re.compile(r"(\w+)[-\N{SOFT HYPHEN}]$")
FIRST_WORD = re.compile(r"[a-z]\w*")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its text, where it begins and ends across the page (points), its height, and whether it opens a block."""

    text: str
    left: float
    right: float
    height: float
    in_margin: bool
    opens: bool


def read_pdf(source: Source, sidecar: Metadata, max_characters: int) -> Read:
    """Yield the one document of a PDF; the sidecar wins over the file's own title. Raises DocumentError."""
    data = read_bytes(source, max_characters, bytes_a_character=BYTES_A_CHARACTER)
    try:
        pages = [_lines(page) for page in extract_pages(BytesIO(data), laparams=LAYOUT)]
        own_title = _own_title(data)
    except PDFPasswordIncorrect as error:
        raise DocumentError(
            "The PDF is locked with a password", place=source.place, hint="Save a copy without a password"
        ) from error
    except DAMAGED as error:
        raise DocumentError(
            f"The PDF is damaged: {error or type(error).__name__}",
            place=source.place,
            hint="Fetch it again, or print it to a new PDF",
        ) from error
    text = "\n\n".join(paragraphs(pages))
    _check_text(text, len(pages), source.place)
    title = own_title if own_title and " ".join(own_title.split()).lower() in " ".join(text.split()).lower() else None
    yield make_document(source.stem, text, source.place, sidecar.over(Metadata(title=title)), max_characters)


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """Return the running text of the pages; a paragraph that a page break interrupts is joined again."""
    heads = _running_heads(pages)
    found: list[list[str]] = []
    for page in pages:
        kept = [
            line for line in page if not (line.in_margin and (_folded(line.text) in heads or _is_number(line.text)))
        ]
        for position, block in enumerate(_blocks(kept)):
            interrupted = found and not SENTENCE_END.search(found[-1][-1]) and FIRST_WORD.match(block[0])
            if position == 0 and interrupted:
                found[-1].extend(block)
            else:
                found.append(block)
    words = Counter(re.findall(r"\w+(?:-\w+)*", " ".join(line for block in found for line in block)))
    return [_joined(block, words) for block in found]


def _lines(page: LTPage) -> list[Line]:
    low, high = page.height * MARGIN, page.height * (1 - MARGIN)
    boxes = [box for box in page if isinstance(box, LTTextBox)]
    found = []
    # The layout analysis may put a letterhead behind a column that it overlaps.
    for box in sorted(boxes, key=lambda box: (box.y1 < low) - (box.y0 > high)):
        opens = True
        for line in box:
            text = " ".join(line.get_text().translate(LIGATURES).split()) if isinstance(line, LTTextLine) else ""
            if text:
                in_margin = line.y1 < low or line.y0 > high
                found.append(Line(text, _left(line), line.x1, line.height, in_margin, opens))
                opens = False
    return found


def _left(line: LTTextLine) -> float:
    """Where the first printed character stands: writers indent with blanks too."""
    return next((char.x0 for char in line if isinstance(char, LTChar) and char.get_text().strip()), line.x0)


def _blocks(lines: Iterable[Line]) -> Iterator[list[str]]:
    """Split the lines of a page into paragraphs: at the blocks of its layout, and within them at indents and short last lines."""
    column: list[list[Line]] = []
    for line in lines:
        if line.opens or not column:
            column.append([])
        column[-1].append(line)
    for block in column:
        left, right = min(line.left for line in block), max(line.right for line in block)
        current: list[str] = []
        previous: Line | None = None
        for line in block:
            indented = line.left - left > INDENT * line.height and (
                previous is None or previous.left - left < line.height / 4
            )
            ended = previous is not None and SENTENCE_END.search(previous.text)
            short = previous is not None and previous.right - left < SHORT * (right - left)
            if current and ((ended and short) or indented):
                yield current
                current = []
            current.append(line.text)
            previous = line
        if current:
            yield current


def _joined(lines: Sequence[str], words: Counter[str]) -> str:
    """Join the lines of a paragraph. A hyphen at a line's end stays where the document writes the word with one elsewhere."""
    text = lines[0]
    for line in lines[1:]:
        broken, following = BROKEN_WORD.search(text), FIRST_WORD.match(line)
        if broken is None or following is None:
            text = f"{text} {line}"
        elif f"{broken[1]}-{following[0]}" in words and not text.endswith("\N{SOFT HYPHEN}"):
            text = f"{text}{line}"
        else:
            text = f"{text[:-1]}{line}"
    return text.replace("\N{SOFT HYPHEN}", "")


def _running_heads(pages: Sequence[Sequence[Line]]) -> set[str]:
    """The texts, numbers aside, that stand in the margins of at least half of the pages, and of two."""
    seen = Counter(text for page in pages for text in {_folded(line.text) for line in page if line.in_margin})
    return {text for text, count in seen.items() if count >= max(2, len(pages) / 2)}


def _folded(text: str) -> str:
    return re.sub(r"\d+", "0", text).casefold()


def _is_number(text: str) -> bool:
    return PAGE_NUMBER.fullmatch(text) is not None


def _own_title(data: bytes) -> str | None:
    """What the file calls itself. Writers leave the name of a draft there, so the caller checks it against the text."""
    for info in PDFDocument(PDFParser(BytesIO(data))).info:
        title = info.get("Title")
        if isinstance(title, bytes) and title:
            return decode_text(title).strip() or None
    return None


def _check_text(text: str, pages: int, place: str) -> None:
    if not text:
        raise DocumentError(
            "The PDF holds no text, perhaps only pictures of its pages" if pages else "The PDF has no pages",
            place=place,
            hint="Recognise its text first (OCRmyPDF does), or save the text as .txt" if pages else "Fetch it again",
        )
    unreadable = len(NO_CHARACTER.findall(text))
    if unreadable * 20 > len(text.split()):
        raise DocumentError(
            "The PDF does not say which characters its fonts print",
            place=place,
            value=f"{unreadable} glyphs without a character",
            hint="Recognise its text first (OCRmyPDF --force-ocr does), or save the text as .txt",
        )
