"""The commands as people run them: what they print, and their exit status."""

import json

import pytest
import rdflib
from typer.testing import CliRunner

from kg.cli import app

TEXT = (
    "Mayor Rahm Emanuel of Chicago criticized the Justice Department on Monday.\n\n"
    '"Chicago will not be blackmailed into changing our values," Emanuel said.\n'
)


def kg(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], prog_name="kg")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build one good and one bad document through the command."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "chicago.txt").write_text(TEXT, encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    output = folder / "output"
    return output, kg("build", folder / "chicago.txt", folder / "empty.txt", "-o", output, "--model", "blank")


@pytest.fixture
def output(built):
    return built[0]


def test_build_says_what_it_made_and_what_it_left_out(built):
    output, result = built
    assert result.exit_code == 1, "one document failed"
    assert "1 documents," in result.stdout
    assert str(output / "explorer.html") in result.stdout
    assert "empty.txt" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "{tmp}/missing", "-o", "{tmp}/out"),
        ("build", "-o", "{tmp}/file/out"),
        ("build", "--model", "no_such_model", "-o", "{tmp}/out"),
        ("query", "claims-denied", "-o", "{tmp}/none"),
        ("query", "no-such-question"),
        ("query",),
        ("query", "claims-denied", "-e", "ASK {}"),
        ("query", "said-by-person", "--set", "nonsense"),
        ("query", "said-by-person", "--set", "nobody=x"),
        ("query", "-e", "ASK {}", "--set", "a=b"),
        ("view", "--no-open", "-o", "{tmp}/none"),
        ("explain", "Nobody", "-o", "{tmp}/none"),
        ("validate", "-o", "{tmp}/none"),
        ("stats", "-o", "{tmp}/none"),
        ("evaluate", "{tmp}", "-o", "{tmp}/none"),
    ],
)
def test_unusable_input_is_one_line_and_status_2(arguments, tmp_path):
    (tmp_path / "file").write_text("in the way")
    result = kg(*(argument.replace("{tmp}", str(tmp_path)) for argument in arguments))
    assert result.exit_code == 2
    assert result.stderr.startswith("kg: ")
    assert len(result.stderr.strip().splitlines()) == 1
    assert result.stdout == ""
    assert {path.name for path in tmp_path.iterdir()} == {"file"}


@pytest.mark.parametrize("arguments", [("nonsense",), ("build", "--jobs", "0"), ("query", "--format", "xml", "x")])
def test_wrong_options_are_status_2(arguments):
    assert kg(*arguments).exit_code == 2


def test_every_command_has_help():
    result = kg("--help")
    commands = ["build", "query", "view", "explain", "validate", "stats", "evaluate"]
    assert all(command in result.stdout for command in commands)
    for command in commands:
        assert "--output" in kg(command, "--help").stdout


def test_version():
    assert kg("--version").stdout.startswith("policy-kg ")


def test_query_lists_the_saved_questions():
    result = kg("query", "--list")
    assert result.exit_code == 0
    assert "threats-to-funding" in result.stdout


ASKED = "SELECT ?name { ?e a pol:Entity ; rdfs:label ?name } ORDER BY ?name"


def test_query_prints_a_table(output):
    result = kg("query", "-e", ASKED, "-o", output)
    assert result.exit_code == 0
    assert "Rahm Emanuel" in result.stdout
    assert "rows" in result.stderr, "the count is not part of the answer"


def test_query_prints_csv_json_and_tsv(output):
    assert "\nRahm Emanuel\n" in kg("query", "-e", ASKED, "--format", "csv", "-o", output).stdout
    found = json.loads(kg("query", "-e", ASKED, "--format", "json", "-o", output).stdout)
    assert {"name": {"type": "literal", "value": "Rahm Emanuel"}} in found["results"]["bindings"]
    assert '"Rahm Emanuel"\n' in kg("query", "-e", ASKED, "--format", "tsv", "-o", output).stdout


def test_query_prints_turtle_for_construct(output):
    result = kg("query", "-e", "CONSTRUCT WHERE { ?s a pol:Person }", "-o", output)
    graph = rdflib.Graph().parse(data=result.stdout, format="turtle")
    assert len(graph) == 1
    assert kg("query", "-e", ASKED, "--format", "turtle", "-o", output).exit_code == 2


def test_query_reads_a_file_and_names_it_in_errors(output, tmp_path):
    good, bad = tmp_path / "good.rq", tmp_path / "bad.rq"
    good.write_text(ASKED, encoding="utf-8")
    bad.write_text("SELECT ?x\n{ ?x a pol:Persn }", encoding="utf-8")
    assert "Rahm Emanuel" in kg("query", good, "-o", output).stdout
    result = kg("query", bad, "-o", output)
    assert result.exit_code == 2
    assert "bad.rq:2:8" in result.stderr and "pol:Person?" in result.stderr


def test_query_runs_a_saved_question_with_a_parameter(output):
    result = kg("query", "said-by-person", "--set", "person=Rahm Emanuel", "--format", "csv", "-o", output)
    assert result.exit_code == 0
    assert "blackmailed" in result.stdout
    other = kg("query", "said-by-person", "--set", "person=Nobody Else", "--format", "csv", "-o", output)
    assert "blackmailed" not in other.stdout


@pytest.mark.parametrize(
    ("query", "refusal"),
    [
        ("LOAD <file:///etc/passwd>", "updates are refused"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "nothing is loaded from elsewhere (found 'file:///etc/passwd')"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is refused"),
    ],
)  # fmt: skip
def test_query_never_leaves_the_store(query, refusal, output):
    result = kg("query", "-e", query, "-o", output)
    assert result.exit_code == 2
    assert refusal in result.stderr
    assert "root:" not in result.output


def test_view_prints_the_page(output):
    result = kg("view", "--no-open", "-o", output)
    assert result.stdout.strip() == str((output / "explorer.html").resolve())


def test_explain_shows_facts_with_their_sentences(output):
    result = kg("explain", "Rahm Emanuel", "-o", output)
    assert result.exit_code == 0
    assert "Chicago" in result.stdout
    assert "Mayor Rahm Emanuel of Chicago" in result.stdout.replace("\n", " ")
    found = json.loads(kg("explain", "Rahm Emanuel", "Chicago", "--json", "-o", output).stdout)
    assert "holdsPost" in {fact["relation"] for fact in found["facts"]}
    assert kg("explain", "Rham Emanuel", "-o", output).exit_code == 2


def test_validate_and_stats(output):
    result = kg("validate", "-o", output)
    assert (result.exit_code, result.stdout) == (0, "The graph conforms.\n")
    assert json.loads(kg("validate", "--json", "-o", output).stdout) == {"conforms": True, "problems": []}
    assert json.loads(kg("stats", "--json", "-o", output).stdout)["documents"] == 1
    assert "holdsPost" in kg("stats", "-o", output).stdout


def test_evaluate_prints_scores(output, tmp_path):
    gold = {
        "doc": "chicago",
        "entities": [
            {"id": "rahm", "type": "Person", "names": ["Rahm Emanuel"]},
            {"id": "boston", "type": "Jurisdiction", "names": ["Boston"]},
        ],
        "facts": [],
    }
    (tmp_path / "chicago.json").write_text(json.dumps(gold), encoding="utf-8")
    found = json.loads(kg("evaluate", tmp_path, "--json", "-o", output).stdout)
    assert (found["entities"]["hit"], found["entities"]["gold"]) == (1, 2)
    result = kg("evaluate", tmp_path, "--errors", "-o", output)
    assert result.exit_code == 0
    assert "chicago: entity missed: Jurisdiction Boston" in result.stdout
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    assert kg("evaluate", tmp_path, "-o", output).exit_code == 2


def test_rules_are_listed_with_how_often_they_fired_and_were_right(output, tmp_path):
    listed = {row["rule"]: row for row in json.loads(kg("rules", "--json", "-o", output).stdout)}
    fired = [row for row in listed.values() if row["fired"]]
    assert fired, "some rule read the office of the text"
    assert listed["relations/sued#sue"]["words"].startswith("verb: ")
    gold = {"doc": "chicago", "entities": [{"id": "rahm", "type": "Person", "names": ["Rahm Emanuel"]}], "facts": []}
    (tmp_path / "chicago.json").write_text(json.dumps(gold), encoding="utf-8")
    judged = json.loads(kg("rules", "--json", "--gold", tmp_path, "-o", output).stdout)
    assert sum(row["judged"] for row in judged) > 0
    assert sum(row["right"] for row in judged) == 0, "the annotations hold no fact"


def test_explain_names_the_rule_behind_a_sentence(output):
    assert "read by offices#" in kg("explain", "Rahm Emanuel", "--rule", "-o", output).stdout
    assert "read by" not in kg("explain", "Rahm Emanuel", "-o", output).stdout
