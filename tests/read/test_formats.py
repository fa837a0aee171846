"""What each format gives: encodings, front matter, the text and the metadata of a page, dates."""

import datetime
import doctest
import importlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DocumentError
from kg.read import read_documents
from kg.read.decode import decode
from kg.read.markdown import split_front_matter
from kg.read.metadata import Metadata, metadata_from, parse_date
from kg.records import Document

PAGE = """<!doctype html><html lang="en"><head><meta charset="{charset}"><title>City sues | The Example</title>
<meta property="og:site_name" content="The Example"><meta name="author" content="Ana Díaz">
<meta property="article:published_time" content="2018-02-03T23:10:00-05:00">
<link rel="canonical" href="https://example.org/a/1"></head>
<body><nav><a href="/">Home</a></nav><article><h1>City sues over grants</h1>
<p>The city of Springfield sued the department on Friday over grants that it says were withheld without cause.</p>
<p>Mayor José Peña said that the city “would not yield” to the department, whatever the cost of the lawsuit.</p>
</article><footer>Copyright of The Example, all rights reserved</footer></body></html>"""

PROSE = (
    "The mayor’s office said that the city would not yield. “We don’t see why,” a spokeswoman said — and she isn’t "
    "the only one. The council’s lawyers have “serious doubts” about the letter’s demands.\n"
) * 4


def read_one(path: Path) -> Document:
    [document] = read_documents([path], max_characters=100_000)
    assert isinstance(document, Document), document
    return document


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_any_text_in_utf_8_reads_back_equal_up_to_line_ends(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("read")
    body = f"w{text}"
    (folder / "a.txt").write_bytes(body.encode())
    assert read_one(folder / "a.txt").text == body.replace("\r\n", "\n").replace("\r", "\n")


@given(
    data=st.binary(max_size=300),
    suffix=st.sampled_from([".txt", ".md", ".html", ".jsonl", ".jsonl.gz", ".pdf", ".zip"]),
)
def test_no_bytes_raise(tmp_path_factory, data, suffix):
    path = tmp_path_factory.mktemp("read") / f"a{suffix}"
    path.write_bytes(data)
    assert all(one.place.startswith(path.as_posix()) for one in read_documents([path], max_characters=100))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_a_mark_are_read(encoding):
    assert decode("“naïve”\n".encode(encoding), "a.txt") == "“naïve”\n"


def test_windows_text_is_told_where_it_is_plain_to_see():
    assert decode(PROSE.encode("cp1252"), "a.txt") == PROSE


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        pytest.param(PROSE.encode("mac_roman"), 9, id="another encoding"),
        pytest.param("Привет, мир. ".encode("cp1251") * 40, 0, id="another alphabet"),
        pytest.param("a “b” ".encode() + PROSE.encode("cp1252"), 19, id="UTF-8 with broken places"),
        pytest.param("naïve".encode("latin-1"), 2, id="too short to tell"),
        pytest.param("“naïve”".encode()[:-1], 9, id="cut off"),
    ],
)
def test_text_whose_encoding_is_in_doubt_is_refused_at_the_first_wrong_byte(data, offset):
    with pytest.raises(DocumentError, match=f"at byte {offset},") as caught:
        decode(data, "a.txt")
    assert caught.value.value == f"0x{data[offset]:02X}"
    assert caught.value.place == "a.txt"


@pytest.mark.parametrize(
    ("charset", "encoding"), [("utf-8", "utf-8"), ("windows-1252", "cp1252"), ("iso-8859-1", "cp1252"), ("", "utf-8")]
)
def test_a_page_gives_its_text_and_what_it_says_of_itself(tmp_path, charset, encoding):
    (tmp_path / "page.html").write_bytes(PAGE.format(charset=charset).encode(encoding))
    document = read_one(tmp_path / "page.html")
    assert (document.title, document.publisher, document.author) == ("City sues over grants", "The Example", "Ana Díaz")
    assert (document.published, document.url) == (datetime.date(2018, 2, 3), "https://example.org/a/1")
    assert "José Peña said that the city “would not yield” to" in document.text
    assert "Home" not in document.text
    assert "all rights reserved" not in document.text


def test_a_page_without_metadata_is_not_given_any_from_its_text(tmp_path):
    (tmp_path / "page.htm").write_text(
        "<html><body><p>On March 3, 2015, the council met in the hall.</p></body></html>"
    )
    document = read_one(tmp_path / "page.htm")
    assert document.text == "On March 3, 2015, the council met in the hall."
    assert (document.publisher, document.author, document.published, document.url) == (None,) * 4


@pytest.mark.parametrize(
    ("text", "values", "body"),
    [
        ("Words.\n---\nmore\n---\n", {}, "Words.\n---\nmore\n---\n"),
        ("---\ntitle: A\n---\n\n\n  Words. \n", {"title": "A"}, "\n\n  Words. \n"),
        ("---  \ntitle: A\n---\t\nWords", {"title": "A"}, "Words"),
        ("---\ntitle: A\n---\nWords\n---\nmore\n", {"title": "A"}, "Words\n---\nmore\n"),
        ("---\n---\nWords", {}, "Words"),
        ("----\nWords", {}, "----\nWords"),
        ("---\n1: A\n---\n", {"1": "A"}, ""),
    ],
)
def test_front_matter_is_cut_off_and_nothing_else(text, values, body):
    assert split_front_matter(text, "a.md") == (values, body)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2017-03-28", (2017, 3, 28)),
        (" 2017-03-28 ", (2017, 3, 28)),
        ("2017-03-28T23:59:00-05:00", (2017, 3, 28)),
        ("2017-03-28T00:10:00Z", (2017, 3, 28)),
        ("March 28, 2017", (2017, 3, 28)),
        ("28 March 2017", (2017, 3, 28)),
        ("Sept. 3, 2017", (2017, 9, 3)),
        ("Tue, 28 Mar 2017 23:59:00 -0500", (2017, 3, 28)),
        ("3/4/2017", (2017, 3, 4)),
        ("28 mars 2017", (2017, 3, 28)),
        ("yesterday", None),
        ("Friday", None),
        ("2017", None),
        ("2017-03", None),
        ("March 28", None),
        ("Feb 30, 2017", None),
        ("2017-02-30", None),
        ("1490659200", None),
        ("soon", None),
        ("", None),
        ("March 28, 2017 " * 20, None),
    ],
)
def test_dates_are_whole_and_never_relative(text, date):
    assert parse_date(text) == (datetime.date(*date) if date else None)


def test_metadata_takes_scalars_and_lists_of_them():
    values = {
        "title": 1984,
        "author": ["A. One", None, " B.\n Two "],
        "publisher": "",
        "url": None,
        "date": datetime.datetime(2017, 3, 28, 23),
        "tags": {"ignored": True},
    }
    assert metadata_from(values, "a.md") == Metadata(
        title="1984", author="A. One; B. Two", published=datetime.date(2017, 3, 28)
    )


def test_metadata_that_cannot_be_written_is_refused():
    with pytest.raises(DocumentError, match="The title is no text at character 1"):
        metadata_from({"title": "a\ud800"}, "a.jsonl:1")


@pytest.mark.parametrize("value", [True, {"a": 1}, [["nested"]], b"bytes"])
def test_metadata_that_is_no_text_is_refused(value):
    with pytest.raises(DocumentError, match="The publisher is not a text"):
        metadata_from({"publisher": value}, "a.md")


@pytest.mark.parametrize("name", ["source", "metadata", "formats", "markdown"])
def test_the_examples_in_the_docstrings_hold(name):
    result = doctest.testmod(importlib.import_module(f"kg.read.{name}"))
    assert result.attempted
    assert not result.failed
