"""Reading paths into documents: the order, the sidecars, the ids, and one file's failure that leaves the others alone."""

import datetime
import gzip
import hashlib
import io
import itertools
import json
import os
import zipfile
from pathlib import Path

import pytest

from kg.read import read_documents
from kg.records import Document, ReadFailure

SEEDS = Path(__file__).parents[2] / "seeds" / "documents"


def read(*paths: Path, max_characters: int = 10_000) -> tuple[list[Document], list[ReadFailure]]:
    found = list(read_documents(paths, max_characters=max_characters))
    return [one for one in found if isinstance(one, Document)], [one for one in found if isinstance(one, ReadFailure)]


def lay_out(folder: Path, files: dict[str, bytes | str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def jsonl(*values: object) -> str:
    return "".join(f"{value if isinstance(value, str) else json.dumps(value)}\n" for value in values)


def test_a_document_is_the_file_s_text_with_its_hash_and_place(tmp_path):
    lay_out(tmp_path, {"3.28.report.txt": "\ufeffOne\r\ntwo\rthree “four”\n"})
    [document], failures = read(tmp_path)
    text = "One\ntwo\nthree “four”\n"
    assert document == Document(
        id="3.28.report",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        place=f"{tmp_path}/3.28.report.txt",
    )
    assert failures == []


BAD_FILES = [
    # name, content, what the reason must say, where (None: the file)
    ("empty.txt", b"", "empty", None),
    ("blank.txt", b" \n\n\t", "no text", None),
    ("empty.md", b"---\ntitle: A\n---\n", "no text", None),
    ("empty.jsonl", b"\n\n", "empty", None),
    ("binary.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary", None),
    ("utf16-without-mark.txt", "plain words".encode("utf-16-le"), "binary", None),
    ("broken.txt", "naïve ".encode() + b"caf\xe9 \x93", "UTF-8 at byte 10", None),
    ("short-legacy.txt", b"na\xefve", "UTF-8 at byte 2", None),
    ("cut-utf16.txt", "a word".encode("utf-16")[:-1], "UTF-16", None),
    ("large.txt", b"x" * 10_001, "larger than the 10000 characters allowed", None),
    ("huge.txt", b"x" * 50_000, "larger than the 10000 characters allowed", None),
    (
        "no-text.html",
        b"<html><head><title>T</title></head><body><script>f()</script></body></html>",
        "no running",
        None,
    ),
    ("no-html.html", b'{"text": "not a page"}', "no running text", None),
    ("report.pdf", b"%PDF-1.4 \xe2\xe3", "PDF is damaged", None),
    ("table.csv", b"a,b\n", "unsupported format (found '.csv')", None),
    ("table.csv", b"a,b\n", "supported: .htm, .html, .jsonl, .jsonl.gz, .markdown, .md, .pdf, .txt, .zip", None),
    ("LICENSE", b"words", "unsupported format (found 'no suffix')", None),
    ("open.md", b"---\ntitle: A\n\nWords.\n", "never closed", "open.md:1"),
    ("list.md", b"---\n- a\n---\nWords.\n", "not a list of names and values", "list.md:1"),
    ("yaml.md", b"---\ntitle: A\ndate: [2017\n---\nWords.\n", "not YAML", "yaml.md:4"),
    ("month.md", b"---\ndate: 2017-13-45\n---\nWords.\n", "month must be in 1..12", "month.md:1"),
    ("date.md", b"---\ndate: last week\n---\nWords.\n", "date cannot be read (found 'last week')", None),
    ("year.md", b"---\ndate: 2017\n---\nWords.\n", "date cannot be read (found '2017')", None),
    ("title.md", b"---\ntitle: {a: b}\n---\nWords.\n", "title is not a text", None),
    ("half.md", b'---\ntitle: "\\ud800"\n---\nWords.\n', "not YAML", "half.md:2"),
    ("cut.jsonl.gz", gzip.compress(b'{"text": "a"}\n' * 99, mtime=0)[:-12], "cannot be read", None),
    ("no.jsonl.gz", b'{"text": "a"}\n', "cannot be read: Not a gzipped file", None),
    ("no.zip", b"PK is not enough", "cannot be read: File is not a zip file", None),
    ("a.jsonl", b'{"text": "a"\n', "not JSON", "a.jsonl:1"),
    ("a.jsonl", b'["text"]\n', "not an object", "a.jsonl:1"),
    ("a.jsonl", b'\n{"title": "no text"}\n', 'no "text"', "a.jsonl:2"),
    ("a.jsonl", b'{"text": ["a"]}\n', '"text" is not a text', "a.jsonl:1"),
    ("a.jsonl", b'{"text": ""}\n', "no text", "a.jsonl:1"),
    ("a.jsonl", b'{"text": "a\\u0000b"}\n', "no text at character 1 (found 'U+0000')", "a.jsonl:1"),
    ("a.jsonl", b'{"text": "a\\ud83d"}\n', "no text at character 1 (found 'U+D83D')", "a.jsonl:1"),
    ("a.jsonl", b'{"text": "a", "id": "\\ud83d"}\n', "id is no text", "a.jsonl:1"),
    ("a.jsonl", b'{"text": "a", "id": ["b"]}\n', '"id" is neither', "a.jsonl:1"),
    ("a.jsonl", b'{"text": "a", "date": "soon"}\n', "date cannot be read", "a.jsonl:1"),
    ("a.jsonl", b'{"text": "caf\xe9"}\n', "not valid UTF-8 at byte 13", "a.jsonl:1"),
    ("a.jsonl", b'{"text": "a", "id": ' + b"1" * 5000 + b"}\n", "not JSON", "a.jsonl:1"),
    ("a.jsonl", b"[" * 100_000 + b"\n", "not JSON", "a.jsonl:1"),
    ("a.jsonl", json.dumps({"text": "x" * 10_001}).encode(), "larger than", "a.jsonl:1"),
    ("a.jsonl", b'{"text": "' + b"x" * 1_200_000 + b'"}\n', "larger than", "a.jsonl:1"),
]


@pytest.mark.parametrize(("name", "content", "reason", "place"), BAD_FILES)
def test_a_bad_file_fails_alone_with_its_place_and_reason(tmp_path, name, content, reason, place):
    lay_out(tmp_path, {name: content, "a-good.txt": "Words.", "z-good.txt": "More words."})
    documents, failures = read(tmp_path)
    good = [document for document in documents if document.id.endswith("good")]
    assert [document.text for document in good] == ["Words.", "More words."]
    [failure] = failures
    assert failure.place == f"{tmp_path}/{place or name}"
    assert reason in failure.reason
    assert failure.reason.endswith(".")
    assert failure.kind == "DocumentError"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("exact.txt", "x" * 10_000),
        ("wide.txt", "é" * 10_000),
        ("line.jsonl", json.dumps({"text": "é" * 10_000})),
        ("rule.md", "\n---\nA rule opens this text.\n---\n"),
        ("empty-front.md", "---\n---\nWords.\n"),
    ],
)
def test_what_only_looks_bad_is_read(tmp_path, name, content):
    documents, failures = read(lay_out(tmp_path, {name: content}))
    assert len(documents) == 1
    assert failures == []


def test_what_the_system_refuses_fails_alone(tmp_path):
    lay_out(tmp_path, {"good.txt": "Words.", "kept.txt": "Kept from us."})
    (tmp_path / "circle.txt").symlink_to(tmp_path / "circle.txt")
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "absent")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "kept.txt").chmod(0)
    documents, failures = read(tmp_path)
    refused = ["circle.txt", "nowhere.txt", "pipe.txt"]
    if not os.access(tmp_path / "kept.txt", os.R_OK):  # The superuser may read everything.
        refused.insert(1, "kept.txt")
    assert [failure.place for failure in failures] == [f"{tmp_path}/{name}" for name in refused]
    assert "symbolic links" in failures[0].reason
    assert "regular file" in failures[-1].reason
    assert documents[0].text == "Words."


def test_paths_that_cannot_be_used_are_input_errors(tmp_path):
    lay_out(
        tmp_path, {"docs/a.txt": "Words.", "docs/metadata.jsonl": jsonl({"file": "a.txt"}), "readme/README.md": "R"}
    )
    (tmp_path / "empty").mkdir()
    documents, failures = read(
        tmp_path / "docs" / "a.txt",
        tmp_path / "missing.txt",
        tmp_path / "empty",
        tmp_path / "readme",
        tmp_path / "docs" / "metadata.jsonl",
    )
    assert [document.id for document in documents] == ["a"]
    assert [(Path(failure.place).name, failure.kind) for failure in failures] == [
        ("metadata.jsonl", "InputError"),
        ("empty", "InputError"),
        ("missing.txt", "InputError"),
        ("readme", "InputError"),
    ]
    assert "metadata of the documents beside it" in failures[0].reason
    assert "no document" in failures[1].reason
    assert "no such file" in failures[2].reason


def test_folders_pass_over_hidden_and_readme_files_but_named_files_are_read(tmp_path):
    lay_out(
        tmp_path,
        {
            ".hidden.txt": "h",
            ".git/a.txt": "h",
            "README": "r",
            "readme.md": "r",
            "deep/README.txt": "r",
            "readme/b.txt": "Words.",
            "deep/er/a.txt": "Words.",
            "readmes.txt": "Kept.",
        },
    )
    documents, failures = read(tmp_path)
    assert [document.id for document in documents] == ["a", "b", "readmes"]
    assert failures == []
    documents, _ = read(tmp_path / "readme.md", tmp_path / ".hidden.txt")
    assert [document.id for document in documents] == [".hidden", "readme"]


def test_the_order_is_that_of_the_places_whatever_the_order_of_the_paths(tmp_path):
    lay_out(tmp_path, {"b/1.txt": "x", "a/2.txt": "y", "a/3.jsonl": jsonl({"text": "p"}, {"text": "q"}), "c.md": "z"})
    paths = [tmp_path / "b", tmp_path / "a", tmp_path / "c.md", tmp_path / "missing", tmp_path / "a" / "2.txt"]
    readings = {tuple(read_documents(order, max_characters=99)) for order in itertools.permutations(paths)}
    [reading] = readings
    assert [one.id if isinstance(one, Document) else one.kind for one in reading] == [
        "InputError",
        "2",
        "3-1",
        "3-2",
        "1",
        "c",
    ]


def test_the_second_document_of_an_id_is_a_failure_that_names_the_first(tmp_path):
    lay_out(
        tmp_path,
        {
            "a/x.txt": "First.",
            "b/x.md": "Second.",
            "c.jsonl": jsonl({"id": "x", "text": "3"}, {"id": "y", "text": "4"}),
        },
    )
    documents, failures = read(tmp_path)
    assert [(document.id, document.text) for document in documents] == [("x", "First."), ("y", "4")]
    assert [failure.place for failure in failures] == [f"{tmp_path}/b/x.md", f"{tmp_path}/c.jsonl:1"]
    assert all(f"{tmp_path}/a/x.txt" in failure.reason and "'x'" in failure.reason for failure in failures)


def test_a_file_reached_twice_is_read_once(tmp_path, monkeypatch):
    lay_out(tmp_path, {"docs/a.txt": "Words.", "docs/b.txt": "More.", "docs/no.zip": "PK"})
    monkeypatch.chdir(tmp_path)
    documents, failures = read(
        Path("docs"), Path("docs/a.txt"), Path("docs/no.zip"), tmp_path / "docs" / "a.txt", Path("docs/../docs/a.txt")
    )
    assert [document.id for document in documents] == ["a", "b"]
    assert [failure.place for failure in failures] == ["docs/no.zip"]


SIDECAR = {"file": "a.txt", "date": "March 28, 2017", "publisher": "P", "author": "A", "title": "T", "url": "U"}


def test_the_sidecar_tells_of_the_files_beside_it(tmp_path):
    lay_out(
        tmp_path,
        {
            "a.txt": "Words.",
            "b.txt": "Words.",
            "deep/a.md": "---\ntitle: Front\nauthor: F\n---\nWords.",
            "metadata.jsonl": jsonl(SIDECAR, {"file": "c.jsonl", "publisher": "P", "date": "2017-01-01"}),
            "deep/metadata.jsonl": jsonl({"file": "a.md", "title": "Side", "source": "ignored"}),
            "c.jsonl": jsonl({"id": "c", "text": "x", "date": "2018-02-02"}),
        },
    )
    documents, failures = read(tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.jsonl", tmp_path / "deep" / "a.md")
    a, b, c = documents
    assert (a.title, a.publisher, a.author, a.url) == ("T", "P", "A", "U")
    assert a.published == datetime.date(2017, 3, 28)
    assert (b.title, b.publisher, b.author, b.published, b.url) == (None,) * 5
    assert (c.publisher, c.published) == ("P", datetime.date(2018, 2, 2)), "a line wins over the sidecar"
    assert [failure.place for failure in failures] == [f"{tmp_path}/deep/a.md"], "same id as a.txt"
    [deep], _ = read(tmp_path / "deep")
    assert (deep.title, deep.author) == ("Side", "F"), "the sidecar wins over the front matter"
    assert list(read_documents([tmp_path / "a.txt"], max_characters=99)) == [a]


BAD_SIDECARS = [
    # the sidecar, which line fails, the reason, which documents are read with no metadata
    ('{"file": "a.txt", "date": "2017-01-01"', 1, "not JSON", ["a"]),
    (jsonl(["a.txt"]), 1, "not an object", ["a"]),
    (jsonl({"date": "2017-01-01"}), 1, "does not name a file", ["a"]),
    (jsonl({"file": "../a.txt"}), 1, "does not name a file beside it (found '../a.txt')", ["a"]),
    (jsonl("", {"file": "b.txt", "title": "B"}), 2, "not among the documents beside it (found 'b.txt')", ["a"]),
    (jsonl({"file": "a.txt"}, {"file": "a.txt", "title": "B"}), 2, "second about a file", ["a"]),
    (jsonl({"file": "a.txt", "date": "soon"}), 1, "date cannot be read (found 'soon')", []),
    (jsonl({"file": "a.txt", "title": {"en": "A"}}), 1, "title is not a text", []),
    ("", None, "empty", ["a"]),
]


@pytest.mark.parametrize(("sidecar", "line", "reason", "kept"), BAD_SIDECARS)
def test_a_bad_line_of_a_sidecar_is_a_failure_at_its_place(tmp_path, sidecar, line, reason, kept):
    documents, failures = read(lay_out(tmp_path, {"a.txt": "Words.", "metadata.jsonl": sidecar}))
    [failure] = failures
    assert failure.place == f"{tmp_path}/metadata.jsonl" + (f":{line}" if line else "")
    assert reason in failure.reason
    assert [(document.id, document.title) for document in documents] == [(name, None) for name in kept]


def test_json_lines_give_one_document_a_line_and_broken_lines_fail_alone(tmp_path):
    lines = jsonl(
        "\ufeff" + json.dumps({"id": 7, "text": "one\r\ntwo", "date": "2018-01-24", "author": ["A", "B"], "url": "U"}),
        '{"text": ',
        "",
        {"text": "no id", "title": "T", "publisher": "P", "tags": [1]},
    )
    lay_out(tmp_path, {"news.jsonl": lines})
    documents, failures = read(tmp_path)
    first, second = documents
    assert (first.id, first.text, first.place) == ("7", "one\ntwo", f"{tmp_path}/news.jsonl:1")
    assert (first.published, first.author, first.url) == (datetime.date(2018, 1, 24), "A; B", "U")
    assert (second.id, second.title, second.publisher) == ("news-4", "T", "P")
    assert [failure.place for failure in failures] == [f"{tmp_path}/news.jsonl:2"]

    packed = lay_out(tmp_path / "packed", {"news.jsonl.gz": gzip.compress(lines.encode(), mtime=0)})
    unpacked, packed_failures = read(packed)
    assert [(document.id, document.sha256) for document in unpacked] == [(one.id, one.sha256) for one in documents]
    assert [failure.place for failure in packed_failures] == [f"{packed}/news.jsonl.gz:2"]


def test_the_line_after_an_endless_line_is_read(tmp_path):
    lay_out(tmp_path, {"a.jsonl": b'{"text": "' + b"x" * 5_000_000 + b'"}\n{"text": "short"}\n'})
    [document], [failure] = read(tmp_path)
    assert (document.id, failure.place) == ("a-2", f"{tmp_path}/a.jsonl:1")


def test_a_zip_archive_is_read_as_a_folder_is(tmp_path):
    files = {
        "docs/b.md": "---\ntitle: B\n---\nMore.",
        "docs/a.txt": "Words.",
        "docs/metadata.jsonl": jsonl({"file": "a.txt", "title": "A"}, {"file": "gone.txt"}),
        "docs/inner.zip": b"PK",
        "README.md": "r",
        "__MACOSX/._a.txt": b"\0",
        "empty.txt": "",
        "large.txt": "x" * 50_000,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    (tmp_path / "news.zip").write_bytes(packed.getvalue())
    documents, failures = read(tmp_path)
    assert [(one.id, one.title, one.place) for one in documents] == [
        ("a", "A", f"{tmp_path}/news.zip/docs/a.txt"),
        ("b", "B", f"{tmp_path}/news.zip/docs/b.md"),
    ]
    assert [failure.place.removeprefix(f"{tmp_path}/news.zip/") for failure in failures] == [
        "docs/metadata.jsonl:2",
        "docs/inner.zip",
        "empty.txt",
        "large.txt",
    ]


def test_a_damaged_member_of_an_archive_fails_alone(tmp_path):
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as archive:
        archive.writestr("a.txt", "Words that will be damaged.")
        archive.writestr("b.txt", "Words.")
    damaged = (tmp_path / "news.zip").read_bytes().replace(b"will be damaged", b"have been harmd")
    (tmp_path / "news.zip").write_bytes(damaged)
    [document], [failure] = read(tmp_path)
    assert document.id == "b"
    assert failure.place.endswith("news.zip/a.txt")
    assert "CRC" in failure.reason


def test_the_briefs_are_read_with_their_front_matter():
    documents, failures = read(SEEDS)
    assert failures == []
    assert len(documents) >= 5
    for document in documents:
        assert document.title
        assert document.published is not None
        assert document.id.startswith(document.published.isoformat())
        assert document.text.startswith("\n"), "the body is unchanged, the blank line before it too"
        assert 250 <= len(document.text.split()) <= 600
