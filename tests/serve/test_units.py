"""The parts of the server that need no server."""

from urllib.parse import parse_qs

import pytest

from kg.errors import QueryError
from kg.graph.guard import Request, fingerprint, read_request
from kg.graph.query import QUERY_PREFIXES
from kg.serve.answer import count_rows
from kg.serve.highlight import Mark, cut
from kg.serve.media import GRAPH_MEDIA, HTML, TABLE_MEDIA, choose
from kg.serve.sparql import parse
from kg.serve.state import AnswerError

PREFIXES = dict(QUERY_PREFIXES)


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("SELECT * { ?s ?p ?o }", Request("SELECT")),
        ("# SERVICE\nPREFIX a: <b:c> ASK {}", Request("ASK")),
        ("BASE <http://a/> select * { ?s ?p 'SERVICE <x:y> {}' }", Request("SELECT")),
        ("SELECT * FROM <a:b> FROM NAMED <a:c> { ?s ?p ?o }", Request("SELECT", ("a:b",), ("a:c",))),
        ("PREFIX x: <a:> DESCRIBE ?s FROM x:b { ?s ?p ?o }", Request("DESCRIBE", ("a:b",))),
        ("SELECT ?service { ?service ?p pol:from }", Request("SELECT")),
        ("SELECT * { ?s <http://x/SERVICE> 'FROM' }", Request("SELECT")),
        ("CONSTRUCT { ?s ?p ?o } FROM <a:b#FROM> WHERE { ?s ?p ?o }", Request("CONSTRUCT", ("a:b#FROM",))),
        ("", Request("")),
    ],
)
def test_what_a_query_asks_for(text: str, request_: Request) -> None:
    assert read_request(text, PREFIXES) == request_


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <a:b> {} }",
        "SELECT * {service ?s {} }",
        "SELECT * { SERVICE SILENT a:b {} }",
        "SELECT * { \\u0053ERVICE <a:b> {} }",
        "SELECT * { # comment\n SERVICE <a:b> {} }",
        "SELECT * { ?s ?p ?o FILTER(?s<?p)SERVICE<a:b>{?x ?y ?z} }",
        "SELECT * { ?s ?p '#' . SERVICE <a:b> {} }",
        "SELECT * { { SELECT * { SERVICE <a:b> {} } } }",
        "INSERT DATA { <a:b> <a:c> 1 }",
        "prefix a: <b:> delete where { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "CLEAR ALL",
        "SELECT * FROM <relative> { ?s ?p ?o }",
        "SELECT * FROM NAMED { ?s ?p ?o }",
        "SELECT * \\u0046ROM <relative> { ?s ?p ?o }",
    ],
)
def test_what_is_refused(text: str) -> None:
    with pytest.raises(QueryError):
        read_request(text, PREFIXES)


@pytest.mark.parametrize(
    "text",
    [
        "ASK {}",
        "select*{}",
        "  PREFIX a: <b:c>\n PREFIX : <d:>  describe <a:b>",
        "BASE <http://a/> CONSTRUCT WHERE { ?s ?p ?o }",
        "# DESCRIBE\nSELECT ?ask { ?ask a a:b }",
        "PREFIX ASK: <a:> SELECT * {}",
        "ASK:a SELECT * {}",
        "SELECTED ASK {}",
        "PREFIX a: <b> # ASK\nASK {}",
        "nothing",
        "",
    ],
)
def test_the_short_look_at_a_query_sees_what_the_long_one_sees(text: str) -> None:
    assert read_request(text, PREFIXES) == read_request(f"{text}\n# from, which takes the long look", PREFIXES)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"&",
        b"query=ASK+%7B%7D",
        b"a=1&a=&a=2&b",
        b"query=%E2%84%96%203&x=%zz%4&y=100%",
        b"a=b=c;d&=e",
        b"a=%2B+%26%3d",
        b"a=\\x41%5C%5c\\%41\\u0041%0A%00\\N{DASH}",
        b"a=\\%x1&b=%4&c=%u0041&d=%",
    ],
)
def test_parameters_are_read_as_the_standard_library_reads_them(data: bytes) -> None:
    assert parse(data) == parse_qs(data.decode(), keep_blank_values=True)


@pytest.mark.parametrize("data", [b"a=%ff", b"a=\xc3\xa9", b"&".join([b"a=1"] * 1_001)])
def test_parameters_that_are_refused(data: bytes) -> None:
    with pytest.raises(AnswerError):
        parse(data)


def test_queries_that_differ_in_values_have_one_shape() -> None:
    one = fingerprint("SELECT * { ?s rdfs:label 'a' # x\n }")
    assert one == fingerprint("SELECT *\n{ ?s rdfs:label 'b'@en }")
    assert one != fingerprint("SELECT * { ?s rdfs:label ?l }")


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("text/html, */*;q=0.1", "json"),
        ("TEXT/CSV", "csv"),
        ("text/csv; charset=utf-8", "csv"),
        ("text/csv;q=banana", None),
        ("application/*;q=0.2, text/tab-separated-values;q=0.3", "tsv"),
        ("application/xml, application/sparql-results+json", "json"),
        ("text/turtle", None),
        ("text/csv;q=0", None),
    ],
)
def test_choice_of_a_table_format(accept: str | None, name: str | None) -> None:
    chosen = choose(accept, TABLE_MEDIA)
    assert (chosen.name if chosen else None) == name


def test_a_browser_gets_html_and_a_program_does_not() -> None:
    offered = (HTML, *GRAPH_MEDIA)
    assert choose("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", offered) is HTML
    assert choose("application/rdf+xml, text/html;q=0.5", offered) is GRAPH_MEDIA[3]


@pytest.mark.parametrize(
    ("data", "kind", "rows"),
    [
        (b'{"head":{"vars":[]},"results":{"bindings":[]}}', "json", 0),
        (b'{"head":{"vars":["a"]},"results":{"bindings":[{}]}}', "json", 1),
        (b'{"head":{"vars":["[","\\"]["]},"results":{"bindings":[{"[":{"value":"},{"}},{}]}}', "json", 2),
        (b'a\r\n"x\r\ny"\r\n2\r\n', "csv", 2),
        (b"?a\n1\n2\n", "tsv", 2),
        (b"<results><result><binding/></result><result></result></results>", "xml", 2),
    ],
)
def test_rows_are_counted_exactly(data: bytes, kind: str, rows: int) -> None:
    assert count_rows(data, kind) == rows


def test_overlapping_marks_cut_the_text_and_lose_nothing() -> None:
    words = "Ann told Bo that it rains."
    marks = [
        Mark(0, 3, "mention", {}),
        Mark(9, 11, "mention", {}),
        Mark(0, 26, "fact", {}),
        Mark(4, 16, "quotation", {}),
    ]
    pieces = cut(words, 0, marks)
    assert "".join(piece.text for piece in pieces) == words
    found = {piece.text: sorted(mark.kind for mark in piece.marks) for piece in pieces}
    assert found["Bo"] == ["fact", "mention", "quotation"]
    assert found[" it rains."] == ["fact"]
    assert [mark.kind for piece in pieces for mark in piece.starting].count("fact") == 1


def test_marks_outside_and_empty_ones_are_left_out() -> None:
    pieces = cut("abc", 10, [Mark(0, 5, "fact", {}), Mark(11, 11, "mention", {}), Mark(12, 99, "fact", {})])
    assert [(piece.text, len(piece.marks)) for piece in pieces] == [("ab", 0), ("c", 1)]
