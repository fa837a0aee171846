"""PDF files, made by two real writers: fpdf2 for the layouts we want to try, Chromium for a page as people print it."""

import datetime
from pathlib import Path

import pytest
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import DocumentError
from kg.read import read_documents
from kg.read.pdf import Line, paragraphs
from kg.records import Document, ReadFailure

HEAD = "Office of the Grant Examiner"
FIRST = (
    "The Examiner of Grants asked the city of Springfield on Friday to show by June 30 that it complies with the "
    "law, and said that money already awarded may be withheld where it does not answer in full and in time."
)
SECOND = (
    "“We will answer,” Mayor Ana Peña wrote. Her office called the demand a surprise, since the same papers were filed "
    "in March and no official has objected to them."
)


class Letter(FPDF):
    """A letter with a running head and numbered pages."""

    def header(self) -> None:
        self.set_font("Times", size=9)
        self.cell(0, 8, HEAD, align="C", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Times", size=9)
        self.cell(0, 8, f"Page {self.page_no()} of 2", align="C")


def letter() -> FPDF:
    pdf = Letter(format="Letter")
    pdf.core_fonts_encoding = "cp1252"
    pdf.set_creation_date(datetime.datetime(2018, 1, 24, tzinfo=datetime.UTC))
    pdf.add_page()
    pdf.set_font("Times", size=12)
    return pdf


def read_one(path: Path) -> Document:
    [document] = read_documents([path], max_characters=100_000)
    assert isinstance(document, Document), document
    return document


def failure(path: Path) -> ReadFailure:
    [found] = read_documents([path], max_characters=100_000)
    assert isinstance(found, ReadFailure), found
    return found


def test_a_letter_gives_its_paragraphs_without_heads_and_page_numbers(tmp_path):
    pdf = letter()
    for paragraph in [FIRST, SECOND] * 12:
        pdf.multi_cell(0, 6, paragraph, align="L", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(4)
    pdf.output(str(tmp_path / "letter.pdf"))
    document = read_one(tmp_path / "letter.pdf")
    assert pdf.page_no() == 2
    assert document.text.split("\n\n") == [FIRST, SECOND] * 12
    assert (document.id, document.published) == ("letter", None)


def test_indents_begin_paragraphs_where_no_space_does(tmp_path):
    pdf = letter()
    pdf.multi_cell(0, 5, "\n".join(f"        {text}" for text in [FIRST, SECOND, FIRST]), align="L")
    pdf.output(str(tmp_path / "a.pdf"))
    assert read_one(tmp_path / "a.pdf").text.split("\n\n")[-3:] == [FIRST, SECOND, FIRST]


def test_columns_are_read_one_after_the_other(tmp_path):
    pdf = letter()
    with pdf.text_columns(ncols=2, gutter=12, text_align="L") as columns:
        columns.write(f"{FIRST}\n\n{SECOND}\n\n" * 6)
    pdf.output(str(tmp_path / "a.pdf"))
    text = " ".join(read_one(tmp_path / "a.pdf").text.split())
    assert text.count(" ".join(FIRST.split())) == text.count(" ".join(SECOND.split())) == 6


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Examiner asks Springfield for papers", "Examiner asks Springfield for papers"),
        ("Microsoft Word - draft3", None),
    ],
)
def test_a_title_is_believed_where_the_text_has_it(tmp_path, title, expected):
    pdf = letter()
    pdf.set_title(title)
    pdf.cell(0, 10, "Examiner asks Springfield for papers", new_x="LMARGIN", new_y="NEXT")
    pdf.multi_cell(0, 6, FIRST)
    pdf.output(str(tmp_path / "a.pdf"))
    assert read_one(tmp_path / "a.pdf").title == expected


def test_a_page_that_chromium_printed_reads_as_its_text(tmp_path, browser):
    page = browser.new_page()
    page.set_content(f"<h1>Letters to Springfield</h1><p>{FIRST}</p><p>{SECOND}</p>")
    page.pdf(path=tmp_path / "printed.pdf")
    page.close()
    assert read_one(tmp_path / "printed.pdf").text.split("\n\n") == ["Letters to Springfield", FIRST, SECOND]


def lines(*texts: str) -> list[Line]:
    """Full lines of one block."""
    return [
        Line(text, left=70, right=540, height=12, in_margin=False, opens=number == 0)
        for number, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        (("a coop-", "eration plan"), "a cooperation plan"),
        (("a coop\N{SOFT HYPHEN}", "eration plan"), "a cooperation plan"),
        (
            ("the law-enforcement grants of law-", "enforcement bodies"),
            "the law-enforcement grants of law-enforcement bodies",
        ),
        (("the Smith-", "Jones act"), "the Smith- Jones act"),
        (("in 2017-", "2018"), "in 2017- 2018"),
        (("The city", "sued."), "The city sued."),
    ],
)
def test_words_broken_at_a_line_end(printed, text):
    assert paragraphs([lines(*printed)]) == [text]


def test_a_paragraph_goes_on_over_a_page_break_but_a_new_one_begins():
    pages = [lines("The letter asked the"), lines("city to answer."), lines("The city did.")]
    assert paragraphs(pages) == ["The letter asked the city to answer.", "The city did."]


def test_a_number_or_a_line_said_once_stays_outside_the_margins():
    body = lines("The list has", "23", "names.")
    assert paragraphs([body]) == ["The list has 23 names."]


def write(path: Path, pdf: FPDF) -> Path:
    pdf.output(str(path))
    return path


def test_pictures_of_text_are_an_error_that_says_what_to_do(tmp_path):
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(10, 10, 50, 50)
    found = failure(write(tmp_path / "scan.pdf", pdf))
    assert "holds no text, perhaps only pictures" in found.reason
    assert "OCRmyPDF" in found.reason
    assert found.place.endswith("scan.pdf")


def test_a_locked_file_is_an_error_that_says_so(tmp_path):
    pdf = letter()
    pdf.multi_cell(0, 6, FIRST)
    pdf.set_encryption(owner_password="o", user_password="u")
    assert "locked with a password" in failure(write(tmp_path / "a.pdf", pdf)).reason


def test_a_file_cut_off_is_read_or_refused_never_raised(tmp_path, whole_file):
    for part in range(0, len(whole_file), len(whole_file) // 40):
        (tmp_path / "a.pdf").write_bytes(whole_file[:part])
        [found] = read_documents([tmp_path / "a.pdf"], max_characters=100_000)
        assert isinstance(found, ReadFailure) or found.text


@pytest.fixture(scope="module")
def whole_file() -> bytes:
    pdf = letter()
    pdf.multi_cell(0, 6, FIRST)
    return bytes(pdf.output())


@given(data=st.data())
@settings(max_examples=40)
def test_no_changed_byte_raises(tmp_path_factory, whole_file, data):
    content = bytearray(whole_file)
    for _ in range(4):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("pdf") / "a.pdf"
    path.write_bytes(bytes(content))
    assert len(list(read_documents([path], max_characters=100_000))) == 1


def test_the_limit_of_characters_holds(tmp_path):
    pdf = letter()
    pdf.multi_cell(0, 6, FIRST)
    write(tmp_path / "a.pdf", pdf)
    [found] = read_documents([tmp_path / "a.pdf"], max_characters=100)
    assert isinstance(found, ReadFailure)
    assert "larger than the 100 characters allowed" in found.reason
    assert DocumentError.__name__ == found.kind
