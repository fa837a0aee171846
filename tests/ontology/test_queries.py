"""The saved questions: their answers on a small graph, the same from two engines, and what a parameter may hold.

`answers.json` has the rows that each question must give on `fixture.trig`, checked by hand.
"""

import json
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from kg.errors import ConfigurationError, QueryError
from kg.ontology import SavedQuery, read_queries
from kg.saved_queries import parse_query

FOLDER = Path(__file__).parent.parent.parent / "ontology"
FIXTURE = Path(__file__).parent / "fixture.trig"
ANSWERS = json.loads((Path(__file__).parent / "answers.json").read_text(encoding="utf-8"))
QUERIES = sorted(path.stem for path in (FOLDER / "queries").glob("*.rq"))

POL = rdflib.Namespace("https://w3id.org/policy-kg/ontology#")


@pytest.fixture(scope="module")
def queries() -> dict[str, SavedQuery]:
    return read_queries(FOLDER)


@pytest.fixture(scope="module")
def union() -> rdflib.Graph:
    """The union of the fixture's named graphs and the ontology, in rdflib."""
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(FIXTURE)
    graph = rdflib.Graph().parse(FOLDER / "core.ttl")
    for triple in dataset.triples((None, None, None)):
        graph.add(triple)
    return graph


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    """The same in Oxigraph, with the fixture still in its named graphs: a triple can stand in several."""
    store = pyoxigraph.Store()
    store.load(FIXTURE.read_bytes(), format=pyoxigraph.RdfFormat.TRIG)
    ontology = pyoxigraph.NamedNode("https://w3id.org/policy-kg/id/graph/ontology")
    store.load((FOLDER / "core.ttl").read_bytes(), format=pyoxigraph.RdfFormat.TURTLE, to_graph=ontology)
    return store


def name_of(answer: dict[str, object]) -> str:
    return f"{answer['question']}-{answer['parameters']}"


@pytest.mark.parametrize("answer", ANSWERS, ids=name_of)
def test_oxigraph_answers(store: pyoxigraph.Store, queries: dict[str, SavedQuery], answer: dict) -> None:
    text = queries[answer["question"]].with_parameters(answer["parameters"])
    found = store.query(text, use_default_graph_as_union=True)
    assert [variable.value for variable in found.variables] == answer["columns"]
    assert [[None if value is None else value.value for value in row] for row in found] == answer["rows"]


@pytest.fixture(scope="module")
def facts(union: rdflib.Graph) -> rdflib.Graph:
    """What the union says of entities alone: rdflib joins by nested loops, and the chains would take it minutes."""
    graph = rdflib.Graph()
    for entity in union.subjects(rdflib.RDF.type, POL.Entity):
        for predicate, value in union.predicate_objects(entity):
            graph.add((entity, predicate, value))
    for relation in union.subjects(rdflib.RDF.type, POL.Relation):
        graph.add((relation, rdflib.RDFS.label, union.value(relation, rdflib.RDFS.label)))
    return graph


@pytest.mark.parametrize("answer", ANSWERS, ids=name_of)
def test_rdflib_answers(union: rdflib.Graph, facts: rdflib.Graph, queries: dict[str, SavedQuery], answer: dict) -> None:
    graph = facts if answer["question"] == "shortest-chain" else union
    found = graph.query(queries[answer["question"]].with_parameters(answer["parameters"]))
    assert [str(variable) for variable in found.vars] == answer["columns"]
    assert [[None if value is None else str(value) for value in row] for row in found] == answer["rows"]


def test_every_question_has_an_answer_with_rows() -> None:
    answered = {answer["question"] for answer in ANSWERS if answer["rows"]}
    assert answered == set(QUERIES)
    assert len(QUERIES) >= 18


@pytest.mark.parametrize("name", QUERIES)
def test_questions_use_no_vendor_extension(queries: dict[str, SavedQuery], name: str) -> None:
    text = queries[name].text.upper()
    assert [word for word in ("SERVICE", "FROM <", "GRAPH ", "LATERAL", "REGEX") if word in text] == []
    assert queries[name].title
    assert not queries[name].title.endswith(".")
    assert queries[name].description.endswith(".")


NASTY = [
    'O"Hara',
    "back\\slash",
    '" } } DELETE WHERE { ?s ?p ?o } #',
    "line\nbreak\r\ttab",
    "Giménez 🏛",
    "",
    "\\u0022 }",
    "$1 \\1 {name}",
    "\\\\U0001F600 \\\\\\u0022",
]


@pytest.mark.parametrize("value", NASTY)
def test_a_text_stays_a_text(value: str) -> None:
    query = parse_query(
        "echo", '# title: Echo\n# description: Gives back.\n# parameter: x: any\nSELECT ?x { VALUES ?x { "d" } }'
    )
    text = query.with_parameters({"x": value})
    assert [row[0].value for row in pyoxigraph.Store().query(text)] == [value]
    assert [str(row[0]) for row in rdflib.Graph().query(text)] == [value]


HEAD = "# title: T\n# description: D.\n"


@pytest.mark.parametrize(
    ("default", "kind", "good", "bad"),
    [
        ("<https://a.example/x>", "iri", "https://b.example/y", "https://b.example/> } #"),
        ("<https://a.example/x>", "iri", "urn:x:y", "no-scheme"),
        ("<https://a.example/x>", "iri", "https://b.example/é", "https://b.example/a b"),
        ("10", "number", "-2.5", "1 } DROP"),
        ("10", "number", "3", "ten"),
    ],
)
def test_iris_and_numbers_are_checked(default: str, kind: str, good: str, bad: str) -> None:
    query = parse_query("q", f"{HEAD}# parameter: x: any\nSELECT * {{ VALUES ?x {{ {default} }} }}")
    assert query.parameters[0].kind == kind
    assert query.parameters[0].default == default.strip("<>")
    assert [row[0].value for row in pyoxigraph.Store().query(query.with_parameters({"x": good}))] == [good]
    with pytest.raises(QueryError) as caught:
        query.with_parameters({"x": bad})
    assert repr(bad) in str(caught.value)


def test_a_parameter_is_set_everywhere(queries: dict[str, SavedQuery]) -> None:
    text = queries["shortest-chain"].with_parameters({"from": "Ann", "to": "Bo"})
    assert "Jeff Sessions" not in text
    assert "Chicago" not in text
    assert text.count('VALUES ?from { "Ann" }') == text.count('VALUES ?to { "Bo" }') > 1


def test_unknown_parameter_is_named(queries: dict[str, SavedQuery]) -> None:
    with pytest.raises(QueryError, match=r"no parameter of this name \(found 'persn'\)\. It has person"):
        queries["said-by-person"].with_parameters({"persn": "x"})
    with pytest.raises(QueryError, match="It has none"):
        queries["lawsuits"].with_parameters({"x": "y"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# description: D.\nSELECT * {}", "needs one title"),
        ("# title:\n# description: D.\nSELECT * {}", "needs one title"),
        ("# title: T\nSELECT * {}", "needs one description"),
        (HEAD + "SELECT * { ?s ?p }", "no valid SPARQL"),
        (HEAD + "# parameter: x\nSELECT * {}", "NAME: description"),
        (HEAD + "# parameter: x: any\nSELECT * {}", "no default"),
        (
            HEAD + '# parameter: x: any\nSELECT * { { VALUES ?x { "a" } } UNION { VALUES ?x { "b" } } }',
            "several defaults",
        ),
    ],
)
def test_mistakes_name_the_file(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "queries").mkdir()
    path = tmp_path / "queries" / "bad.rq"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=words) as caught:
        read_queries(tmp_path)
    assert str(path) in str(caught.value)


def test_no_questions_is_no_error(tmp_path: Path) -> None:
    assert read_queries(tmp_path) == {}
