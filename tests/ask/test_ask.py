"""Questions in plain English: tables of what must be understood, and how; and of what must be refused."""

import subprocess
import sys
from pathlib import Path

import pytest

from kg.ask import Asker
from kg.ask.lexicon import read_lexicon, verb_forms
from kg.ask.linking import link_names
from kg.ask.times import FIRST, LAST, Period, read_period
from kg.errors import ConfigurationError, QueryError
from kg.graph.query import Querier
from kg.graph.store import open_store
from kg.ontology import Ontology, read_ontology
from kg.settings import Settings

from ..serve.corpus import articles, write_corpus


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ask") / "output"
    write_corpus(folder, articles())
    return folder


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return read_ontology(Settings().ontology)


@pytest.fixture(scope="module")
def asker(output: Path, ontology: Ontology) -> Asker:
    return Asker(Querier(open_store(output)), ontology)


QUILL, RIVERS, CHICAGO = "Ada Quill", "Department of Rivers", "Chicago"
COUNTY, LAW, GRANTS = "Sacramento County", "8 U.S.C. § 1373", "Bridge Grants"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who threatened Chicago's funding?", {(QUILL, CHICAGO)}),
        ("who threatened to cut money of the City of Chicago", {(QUILL, CHICAGO)}),
        ("Whose funding did Ada Quill threaten?", {(QUILL, CHICAGO)}),
        ("Which cities did Quill threaten?", {(QUILL, CHICAGO)}),
        ("Which counties did Quill threaten?", set()),
        ("Who threatened Sacramento County?", set()),
        ("which counties got letters in 2018?", {(RIVERS, COUNTY)}),
        ("which counties got letters in 2017?", set()),
        ("Which counties got a letter from the Department of Rivers?", {(RIVERS, COUNTY)}),
        ("Which cities got letters from Ada Quill?", set()),
        ("Who sent Sacramento County a letter?", {(RIVERS, COUNTY)}),
        ("Who wrote to Sacramento County in January 2018?", {(RIVERS, COUNTY)}),
        ("Who wrote to Sacramento County in February 2018?", set()),
        ("Who wrote to Sacramento County on January 31, 2018?", {(RIVERS, COUNTY)}),
        ("Who wrote to Sacramento County before 2018?", set()),
        ("When was the letter sent to Sacramento County?", {(RIVERS, COUNTY)}),
        ("Were letters sent to Sacramento County?", {(RIVERS, COUNTY)}),
        ("Which counties received letters from the Department of Rivers?", {(RIVERS, COUNTY)}),
        ("Which counties received letters?", {(RIVERS, COUNTY)}),
        ("Whom did the Department of Rivers write to?", {(RIVERS, COUNTY), (RIVERS, CHICAGO)}),
        ("Which laws were cited?", {(QUILL, LAW)}),
        ("Who threatened cities?", {(QUILL, CHICAGO)}),
        ("Who threatened counties?", set()),
        ("Whose funding was threatened?", {(QUILL, CHICAGO)}),
        ("Which secretaries threatened Chicago?", {(QUILL, CHICAGO)}),
        ("Which secretary threatened Chicago?", {(QUILL, CHICAGO)}),
        ("Which cities are in Illinois?", {(CHICAGO, "Illinois")}),
        ("Who is the secretary?", {(QUILL, RIVERS)}),
        ("Who was the secretary of Chicago?", set()),
        ("List the secretaries", {(QUILL, RIVERS)}),
        ("Who heads the Department of Rivers?", {(QUILL, RIVERS)}),
        ("Who sent letters to Sacramento County?", {(RIVERS, COUNTY)}),
        ("Did the DOR send a letter to Chicago?", {(RIVERS, CHICAGO)}),
        ("Who cited Section 1373?", {(QUILL, LAW)}),
        ("which laws did Ada Quill cite?", {(QUILL, LAW)}),
        ("Which laws were cited by Ada Quill?", {(QUILL, LAW)}),
        ("Which cities received money from Bridge Grants?", {(CHICAGO, GRANTS)}),
        ("Who is the secretary of the Department of Rivers?", {(QUILL, RIVERS)}),
    ],
)
def test_who_did_what_to_whom(asker: Asker, question: str, expected: set[tuple[str, str]]) -> None:
    answer = asker.ask(question).answer
    where = answer.columns.index("subject"), answer.columns.index("object")
    assert {(row[where[0]].value, row[where[1]].value) for row in answer.rows} == expected


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What did Ada Quill say?", True),
        ("What did Quill say about 1373?", True),
        ("What did Quill say about Section 1373 in 2018?", True),
        ("What did Quill say about Section 1373 in 2017?", False),
        ("What did Quill say about bridges?", False),
        ("what has Quill said about every city?", True),
        ("Quotes by Ada Quill", True),
    ],
)
def test_what_somebody_said(asker: Asker, question: str, found: bool) -> None:
    answer = asker.ask(question).answer
    assert answer.columns[0] == "words"
    assert ("Every city must obey Section 1373" in {row[0].value for row in answer.rows}) is found


def test_how_much_money(asker: Asker) -> None:
    for question, rows in (
        ("How much money did Chicago get from Bridge Grants?", 1),
        ("how much did Chicago get in 2017?", 1),
        ("how much did Chicago get in 2012?", 0),
        ("How much money did Sacramento County get?", 0),
    ):
        assert len(asker.ask(question).answer) == rows, question


def test_who_is_somebody(asker: Asker) -> None:
    answer = asker.ask("Who is Ada Quill?").answer
    assert answer.rows[0][1].value == "holds a post at" and answer.rows[0][3].value == "Secretary"


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("How many counties got letters?", 1),
        ("How many cities did Quill threaten?", 1),
        ("How many counties did Quill threaten?", 0),
        ("How many letters were sent?", 2),
        ("How many letters were sent before 2018?", 0),
    ],
)
def test_how_many(asker: Asker, question: str, number: int) -> None:
    assert [row[0].value for row in asker.ask(question).answer.rows] == [str(number)]


@pytest.mark.parametrize(
    ("question", "column", "first"),
    [
        ("Which articles mention Ada Quill?", "article", "Rivers secretary warns Chicago"),
        ("Where was Sacramento County mentioned?", "article", "Letters go out"),
        ("Documents about Bridge Grants", "article", "Rivers secretary warns Chicago"),
        ("Who spoke about Section 1373?", "speaker", QUILL),
        ("What was said about cities?", "speaker", QUILL),
        ("Which secretaries spoke about cities?", "speaker", QUILL),
        ("What deadline does Sacramento County have?", "deadline", "2018-03-01"),
        ("What happened in January 2018?", "when", "2018-01-24"),
        ("What happened to Chicago in 2018?", "when", "2018-01-24"),
        ("Tell me about Ada Quill", "relation", "holds a post at"),
        ("What is Bridge Grants?", "relation", "received money from"),
        ("Which counties are there?", "name", COUNTY),
        ("List all agencies", "name", RIVERS),
    ],
)
def test_other_families(asker: Asker, question: str, column: str, first: str) -> None:
    answer = asker.ask(question).answer
    assert answer.rows and answer.rows[0][answer.columns.index(column)].value == first


def test_what_was_not_used_is_said(asker: Asker) -> None:
    assert asker.read("Which sanctuary cities did Quill threaten?")[0].endswith("not used: sanctuary")
    assert "not used" not in asker.read("Which cities did Quill threaten in 2018?")[0]


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("who sued in 2017", "in 2017", "2017", "2018"),
        ("who sued in december 2017", "in December 2017", "2017-12", "2018"),
        ("on January 4, 2018", "on January 4, 2018", "2018-01-04", "2018-01-05"),
        ("since March 2017", "since March 2017", "2017-03", LAST),
        ("after 2017", "after 2017", "2018", LAST),
        ("before 2 May 2018", "before 2 May 2018", FIRST, "2018-05-02"),
        ("until 2018", "until 2018", FIRST, "2019"),
        ("between 2016 and April 2018", "from 2016 to April 2018", "2016", "2018-05"),
        ("during fiscal year 2017", "in 2017", "2017", "2018"),
    ],
)
def test_times(text: str, words: str, start: str, end: str) -> None:
    rest, period = read_period(text)
    assert period == Period(words, start, end) and not any(character.isdigit() for character in rest)


@pytest.mark.parametrize("text", ["who sued whom", "section 1373", "may I ask", "in 8 U.S.C. § 1373", "20 cities"])
def test_what_is_no_time(text: str) -> None:
    assert read_period(text) == (text, None)


@pytest.mark.parametrize(
    "question",
    [
        "Who did not get letters?", "Which counties never received letters?", "Why did the DOR send letters?",
        "How did Quill threaten Chicago?", "Who didn't threaten Chicago?",
        "", "What is the meaning of life?", "Who threatened Springfield's funding maybe", "Is Chicago nice?", "Chicago",
        "Why did Quill do it?", "threaten", "How much is the fish?", "{0} {1}",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_said(asker: Asker, question: str) -> None:
    with pytest.raises(QueryError, match="do not understand") as caught:
        asker.ask(question)
    assert "kg query" in str(caught.value)


def test_nothing_that_is_asked_becomes_query_text(asker: Asker) -> None:
    for text in ('"} . drop all', "> } #", "\\u0022", "'''"):
        sparql = asker.read(f"What did Ada Quill say about {text} money?")[1]
        asker.querier.run(sparql)
        assert "} . drop" not in sparql


def test_names_are_linked_whole_and_the_longest_first(asker: Asker) -> None:
    text, named = link_names(asker.querier, "Did Rivers Department's A. Quill write to City of Chicago about § 1373?")
    assert [one.path for one in named] == [
        "agency/us/department-of-rivers", "person/ada-quill", "jurisdiction/us/il/chicago", "law/us/usc/8/1373"
    ]  # fmt: skip
    assert "{0}" in text and "{3}" in text
    assert link_names(asker.querier, "the department and the river")[1] == []


def test_years_are_no_sections(asker: Asker) -> None:
    assert link_names(asker.querier, "which counties got letters in 2018")[0].endswith("in 2018")


def test_words_name_only_what_the_ontology_has(ontology: Ontology, tmp_path: Path) -> None:
    lexicon = read_lexicon(ontology)
    assert {phrase.relation for phrase in lexicon.phrases} == set(ontology.relations)
    wrong = tmp_path / "words.yaml"
    wrong.write_text("relations: {dances: {forward: [dance]}}\nforms: {}\nclasses: {}\n")
    with pytest.raises(ConfigurationError, match="dances"):
        read_lexicon(ontology, wrong)


@pytest.mark.parametrize(
    ("verb", "form"),
    [("sue", "sued"), ("cite", "citing"), ("carry", "carries"), ("criticize", "criticizes"), ("back", "backed")],
)
def test_forms_of_verbs(verb: str, form: str) -> None:
    assert form in verb_forms(verb)


def test_the_command_shows_its_sparql(output: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from kg.cli import main; main()", "ask", "-o", str(output), *arguments]
        return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)

    good, bad = run("Who threatened Chicago's funding?"), run("Is it raining?")
    assert good.returncode == 0 and "SELECT" in good.stdout and "Ada Quill" in good.stdout
    assert bad.returncode == 2 and "do not understand" in bad.stderr
