"""What linking doubts: the lines that a build keeps, the questions made of them, and what an answer changes."""

import csv
import datetime
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import OutputError
from kg.link import Linker
from kg.link.decisions import COLUMNS, Decision, Decisions, read_decisions
from kg.link.ledger import FAINT, LINKS, Decided, link_lines, read_links, sentence_around
from kg.link.namesakes import Known, pairs
from kg.link.reconcile import JOINED, reconcile
from kg.link.review import REVIEW_COLUMNS, Doubt, review, write_review
from kg.records import Claim, Evidence, LinkedDocument, Span
from kg.reference import read_reference
from kg.settings import Settings

DAY = datetime.date(2018, 1, 24)
Link = Callable[..., LinkedDocument]

TEXTS = {
    "open": "It rained. {Mr. Quill|Person honorific=Mr.} objected in {Lawrence|Jurisdiction}. All was quiet.",
    "full": "{Wanda Quill|Person} met {Nora Hazelwood|Person}. {Quill|Person} nodded.",
    "slip": "{Wanda S. Quill|Person} came with {Nora Hazelwod|Person}.",
    "kept": "{Steven Oakes|Person} came.",
    "twin": "{Steve Oakes|Person} came, with {Steven A. Oakes|Person} and {Steven B. Oakes|Person}.",
    "two": "{Jane Marsh|Person} came. "
    + "Rain fell on the town that day. " * 30
    + "{John Marsh|Person} came. {Marsh|Person} said no.",
}


def _linked(linker: Linker, link: Link) -> tuple[LinkedDocument, ...]:
    documents = [link(text, DAY, name) for name, text in TEXTS.items()]
    return linker.reconcile(documents)


def _kept(documents: tuple[LinkedDocument, ...], folder: Path) -> list[Decided]:
    lines = [line for document in documents for line in link_lines(document)]
    (folder / LINKS).write_text("".join(lines), encoding="utf-8")
    return list(read_links(folder))


@pytest.fixture
def decided(linker: Linker, link: Link, tmp_path: Path) -> list[Decided]:
    """What is kept of the texts, as read back from the file."""
    return _kept(_linked(linker, link), tmp_path)


def asked(doubts: list[Doubt]) -> set[tuple[str, str, str, str]]:
    """Return the questions without their evidence."""
    return {(doubt.suggested, doubt.a, doubt.b, doubt.document) for doubt in doubts}


def test_nothing_that_was_decided_is_lost(linker: Linker, link: Link, tmp_path: Path) -> None:
    documents = _linked(linker, link)
    decided = _kept(documents, tmp_path)
    links = [link for document in documents for link in document.links]
    assert sum(one.mentions for one in decided) == len(links)
    assert {one.entity for one in decided} == {link.entity for link in links}
    (lawrence,) = [form for one in decided if one.entity is None for form in one.forms if form.text == "Lawrence"]
    (original,) = [link for link in links if link.mention.text == "Lawrence"]
    assert lawrence.runners_up == tuple(one for one in original.candidates if one.score >= FAINT)
    assert lawrence.sentence == "Mr. Quill objected in Lawrence."
    again = [line for document in reversed(documents) for line in link_lines(document)]
    assert sorted(again) == sorted((tmp_path / LINKS).read_text(encoding="utf-8").splitlines(keepends=True))


def test_asks_what_is_doubtful_and_nothing_else(decided: list[Decided]) -> None:
    doubts = review(decided, Decisions())
    found = asked(doubts)
    assert ("is", "Mr. Quill", "person/wanda-quill", "open") in found, "a local person whose surname another bears"
    assert ("is", "Marsh", "person/jane-marsh", "two") in found, "of two, the one just named"
    assert ("different", "person/wanda-s-quill", "person/wanda-quill", "") in found, "joined over the corpus"
    assert any(kind == "same" and "oakes" in a and "oakes" in b for kind, a, b, _ in found), "kept apart"
    (lawrence,) = [doubt for doubt in doubts if doubt.a == "Lawrence"]
    assert lawrence.b == lawrence.candidates[0].entity
    assert lawrence.candidates[0].reasons
    named = {doubt.a for doubt in doubts if doubt.suggested == "is"}
    assert not named & {"Quill", "Wanda Quill", "Jane Marsh", "Steven Oakes"}, "these are sure"


NAMESAKES = {
    "kansas": "Sheriff {John Smith|Person post=jurisdiction/us/ks/sedgwick-county as=Sheriff} of {Wichita|Jurisdiction within=KS}",
    "oregon": "Mayor {John Smith|Person post=jurisdiction/us/or/salem as=Mayor} of {Salem|Jurisdiction within=OR}",
    "open": "{John Smith|Person} spoke.",
}


def test_namesakes_kept_apart_by_their_offices_are_asked_about(linker: Linker, link: Link, tmp_path: Path) -> None:
    decided = _kept(linker.reconcile([link(text, DAY, name) for name, text in NAMESAKES.items()]), tmp_path)
    why = "Mayor at jurisdiction/us/or/salem and Sheriff at jurisdiction/us/ks/sedgwick-county at one time"
    (kansas,) = [one for one in decided if one.entity == "person/john-smith-ks"]
    assert kansas.forms[0].reasons[-1] == "its office is this namesake's"
    assert kansas.forms[0].candidates[-1].entity == "person/john-smith-or"
    assert kansas.forms[0].candidates[-1].reasons[-1] == why
    doubts = review(decided, Decisions())
    (same,) = [doubt for doubt in doubts if doubt.suggested == "same"]
    assert {same.a, same.b} == {"person/john-smith-ks", "person/john-smith-or"}
    assert why in same.reasons
    (open_,) = [doubt for doubt in doubts if doubt.suggested == "is"]
    assert open_.document == "open" and len(open_.candidates) == 2


def test_a_person_makes_namesakes_one_again(link: Link, linker: Linker) -> None:
    row = Decision("same", "person/john-smith-ks", "person/john-smith-or", None, "An editor", "one man", DAY, "x:1")
    documents = [link(text, DAY, name) for name, text in NAMESAKES.items()]
    made = reconcile(documents, Decisions((row,)))
    assert made[0].links[0].entity == made[1].links[0].entity == "person/john-smith-or"
    assert any("decided by An editor" in reason for reason in made[0].links[0].reasons)


def test_a_join_over_a_third_path_minds_what_a_person_parted(link: Link) -> None:
    texts = ("{Ann B. Weller|Person} came.", "{Ann Weller|Person} came.", "{Ann Bea Weller|Person} came.")
    documents = [link(text, DAY, f"d{n}") for n, text in enumerate(texts)]
    assert len({one.links[0].entity for one in reconcile(documents)}) == 1
    paths = [one.links[0].entity for one in documents]
    row = Decision("different", str(paths[0]), str(paths[2]), None, "An editor", "two women", DAY, "x:1")
    apart = [one.links[0].entity for one in reconcile(documents, Decisions((row,)))]
    assert apart[0] != apart[2], "the path between them must not join them"


def test_the_most_influential_question_comes_first(linker: Linker, link: Link, tmp_path: Path) -> None:
    documents = _linked(linker, link)
    evidence = Evidence("two", Span(0, 1), "A sentence.", "rule#one", "1", 0.9)
    met = Claim("person/john-marsh", "criticizes", "person/jane-marsh", evidence)
    documents = tuple(replace(one, claims=(met,) * 9) if one.document.id == "two" else one for one in documents)
    doubts = review(_kept(documents, tmp_path), Decisions())
    weights = [doubt.claims + doubt.mentions for doubt in doubts]
    assert weights == sorted(weights, reverse=True)
    assert (doubts[0].a, doubts[0].claims) == ("Marsh", 9)


@pytest.mark.parametrize(
    ("row", "gone"),
    [
        ("is,Mr. Quill,person/wanda-quill,open", ("is", "Mr. Quill")),
        ("different,person/wanda-s-quill,person/wanda-quill,", ("different", "person/wanda-s-quill")),
    ],
)
def test_an_answer_wins_and_is_not_asked_again(
    row: str, gone: tuple[str, str], link: Link, decided: list[Decided], tmp_path: Path
) -> None:
    assert gone in {(doubt.suggested, doubt.a) for doubt in review(decided, Decisions())}
    folder = tmp_path / "seeds"
    copytree(Settings().seeds, folder, ignore=lambda *_: ["documents"])
    answer = f'{row},An editor,"said by the paper\'s archive",2018-02-09\n'
    (folder / "reference" / "decisions.csv").write_text(",".join(COLUMNS) + "\n" + answer, encoding="utf-8")
    settings = Settings(seeds=folder)
    linker = Linker(settings, read_reference(settings.reference))
    documents = [link(text, DAY, name) for name, text in TEXTS.items()]
    decisions = read_decisions(settings.reference)
    doubts = review(_kept(linker.reconcile(documents), tmp_path), decisions)
    assert gone not in {(doubt.suggested, doubt.a) for doubt in doubts}
    assert not {doubt for doubt in doubts if doubt.suggested == "same" and "wanda" in doubt.a}, "nor the other way"


def test_rows_begin_like_decisions(decided: list[Decided]) -> None:
    text = io.StringIO()
    write_review(review(decided, Decisions()), text)
    rows = list(csv.DictReader(io.StringIO(text.getvalue())))
    assert tuple(rows[0]) == REVIEW_COLUMNS
    assert REVIEW_COLUMNS[: len(COLUMNS)] == COLUMNS
    assert all(not row["decision"] and not row["who"] for row in rows), "a person answers, not the program"
    (marsh,) = [row for row in rows if row["a"] == "Marsh"]
    assert "person/jane-marsh" in marsh["candidates"]
    assert marsh["sentence"] == "Marsh said no."


def test_the_path_before_a_join_is_no_runner_up(decided: list[Decided]) -> None:
    (form,) = [form for one in decided for form in one.forms if form.text == "Wanda S. Quill"]
    assert [(one.entity, one.reasons) for one in form.candidates] == [("person/wanda-s-quill", (JOINED,))]
    assert not form.runners_up
    assert not form.doubtful("person/wanda-quill")


@pytest.mark.parametrize(
    ("one", "other", "type_name", "expected"),
    [
        ("Kirstjen Nielsen", "Kirstjen Neilsen", "Person", True),
        ("Jim Smith", "James Smith", "Person", True),
        ("Joan Smith", "John Smith", "Person", False),
        ("Center for Migration Studies", "Centre for Migration Studies", "Organization", False),
        ("National Immigration Law Center", "National Immigration Law Centre", "Organization", True),
        ("Teamsters Local 705", "Teamsters Local 706", "Organization", False),
        ("Police Department", "Fire Department", "Agency", False),
        ("DeKalb Schools", "De Kalb Schools", "Agency", True),
        ("Springfield", "Springfield", "Municipality", False),
    ],
)
def test_names_that_all_but_agree(one: str, other: str, type_name: str, expected: bool) -> None:
    known = [Known("a", type_name, one, 1), Known("b", type_name, other, 1)]
    assert bool(list(pairs(known))) is expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("One. Two words here. Three.", "words", "Two words here."),
        ("A headline\n\nTwo words here", "words", "Two words here"),
        ("words", "words", "words"),
        ("So. Sen. John Q. Lee of St. Paul spoke.", "Lee", "Sen. John Q. Lee of St. Paul spoke."),
        ("“Go.” Two words here.", "words", "Two words here."),
    ],
)
def test_the_sentence_around(text: str, word: str, expected: str) -> None:
    start = text.index(word)
    assert sentence_around(text, start, start + len(word)) == expected


def test_a_long_sentence_is_cut_around_the_mention() -> None:
    text = "and " * 200 + "Marsh " + "and " * 200
    found = sentence_around(text, 800, 805)
    assert "Marsh" in found
    assert len(found) < 350


@pytest.mark.parametrize("line", ["{", '{"document":"a"}', "[]"])
def test_a_damaged_file_says_where(line: str, tmp_path: Path) -> None:
    (tmp_path / LINKS).write_text(line + "\n", encoding="utf-8")
    with pytest.raises(OutputError, match=r"links\.jsonl:1.*Build again"):
        list(read_links(tmp_path))


def test_the_commands(tmp_path: Path) -> None:
    """A build keeps what linking doubts; `kg review` asks, and `kg explain --links` tells."""
    text = "Mayor Jane Marsh of Chicago came. " + "It rained. " * 60 + "Mayor John Marsh of Boston came. Marsh said no."
    (tmp_path / "two.txt").write_text(text, encoding="utf-8")
    output, to = tmp_path / "output", tmp_path / "review.csv"
    built = CliRunner().invoke(app, ["build", str(tmp_path / "two.txt"), "-o", str(output), "--model", "blank"])
    assert built.exit_code == 0, built.output
    asked = CliRunner().invoke(app, ["review", "-o", str(output), "--to", str(to)])
    assert asked.exit_code == 0, asked.output
    rows = list(csv.DictReader(to.open(encoding="utf-8")))
    assert f"{len(rows)} questions" in asked.output
    printed = CliRunner().invoke(app, ["review", "-o", str(output)])
    assert printed.output == to.read_text(encoding="utf-8")
    told = CliRunner().invoke(app, ["explain", "Chicago", "--links", "-o", str(output)])
    assert "Chicago" in told.output
    assert "because" in told.output
    (missing,) = [CliRunner().invoke(app, ["review", "-o", str(tmp_path / "none")])]
    assert missing.exit_code == 2
    assert "Build again" in missing.output


def test_a_folder_without_the_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Build again"):
        list(read_links(tmp_path))
