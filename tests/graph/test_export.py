"""Exports, each read back with a reader that is not ours, and compared with what the graph says."""

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pytest
from pyoxigraph import DefaultGraph, RdfFormat, parse

from kg.errors import OutputError, QueryError
from kg.graph.explain import Explainer
from kg.graph.export import EXPORTS, export
from kg.graph.places import draw_map, read_places, write_geojson
from kg.graph.query import Querier
from kg.graph.store import open_store
from kg.graph.timeline import tell
from kg.ids import RESOURCE_BASE

from ..serve.corpus import HOSTILE, articles, write_corpus


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "output"
    write_corpus(folder, articles())
    return folder


@pytest.fixture(scope="module")
def querier(output: Path) -> Querier:
    return Querier(open_store(output))


def union(querier: Querier) -> set[str]:
    return {str(quad.triple) for quad in querier.store.quads_for_pattern(None, None, None, DefaultGraph())}


def test_rdfxml_holds_every_triple(output: Path, querier: Querier, tmp_path: Path) -> None:
    path = export(output, "rdfxml", tmp_path)
    found = {str(quad.triple) for quad in parse(path=str(path), format=RdfFormat.RDF_XML)}
    plain = {triple for triple in union(querier) if "_:" not in triple}
    assert {triple for triple in found if "_:" not in triple} == plain and len(found) == len(union(querier))


def test_rdf12_says_claims_with_triple_terms(output: Path, querier: Querier, tmp_path: Path) -> None:
    path = export(output, "rdf12", tmp_path)
    quads = list(parse(path=str(path), format=RdfFormat.TURTLE))
    reified = [quad for quad in quads if quad.predicate.value.endswith("#reifies")]
    claims = list(
        querier.rows("SELECT ?s ?p ?o { ?c a pol:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }")
    )
    assert {(q.object.subject, q.object.predicate, q.object.object) for q in reified} == set(claims)
    assert len(reified) == 7
    assert not any(q.predicate.value.endswith("#subject") for q in quads)


def test_gexf_and_graphml_are_one_network(output: Path, tmp_path: Path) -> None:
    export(output, "gexf", tmp_path)
    found = nx.read_gexf(tmp_path / "network.gexf")
    assert found.nodes["person/ada-quill"]["label"] == "Ada Quill"
    assert ("person/ada-quill", "jurisdiction/us/il/chicago") in {tuple(edge[:2]) for edge in found.edges}
    assert found.nodes["organization/hostile"]["label"] == HOSTILE
    assert "lastmodifieddate" not in (tmp_path / "network.gexf").read_text()


def test_neo4j_tables(output: Path, tmp_path: Path) -> None:
    folder = export(output, "neo4j", tmp_path)
    entities = {
        row["id:ID"]: row for row in csv.DictReader((folder / "entities.csv").open(newline="", encoding="utf-8"))
    }
    assert entities["person/ada-quill"]["label"] == "Ada Quill"
    assert set(entities["jurisdiction/us/il/chicago"][":LABEL"].split(";")) >= {
        "Municipality",
        "Jurisdiction",
        "Entity",
    }
    assert entities["organization/hostile"]["label"] == HOSTILE
    claims = list(csv.DictReader((folder / "claims.csv").open(newline="", encoding="utf-8")))
    assert {(row[":START_ID"], row[":END_ID"]) for row in claims} <= {(a, b) for a in entities for b in entities}
    (money,) = [row for row in claims if row[":TYPE"] == "receivedFunding"]
    assert (money["amount"], money["bound"], money["support:int"]) == ("1500000", "about", "1")
    assert "Chicago got about" in money["sentences:string[]"]
    for script in ("load.cypher", "load.sh"):
        assert "entities.csv" in (folder / script).read_text()


def test_parquet(output: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    folder = export(output, "parquet", tmp_path)
    claims = parquet.read_table(folder / "claims.parquet").to_pylist()
    evidence = {row["id"]: row for row in parquet.read_table(folder / "evidence.parquet").to_pylist()}
    assert len(claims) == 7 and {row["status"] for row in claims} == {"Asserted", "Negated"}
    assert all(proof in evidence for row in claims for proof in row["evidence"])
    entities = parquet.read_table(folder / "entities.parquet").to_pylist()
    assert {row["id"]: row["fips"] for row in entities}["jurisdiction/us/il"] == "17"


def test_followthemoney(output: Path, tmp_path: Path) -> None:
    lines = export(output, "followthemoney", tmp_path).read_text(encoding="utf-8").split("\n")[:-1]
    found = {entity["id"]: entity for entity in map(json.loads, lines)}
    assert len(found) == len(lines)
    names = {entity["properties"]["name"][0]: entity for entity in found.values() if "name" in entity["properties"]}
    assert (names["Ada Quill"]["schema"], names["Chicago"]["schema"]) == ("Person", "PublicBody")
    (job,) = [entity for entity in found.values() if entity["schema"] == "Occupancy"]
    post = found[job["properties"]["post"][0]]
    assert found[job["properties"]["holder"][0]] == names["Ada Quill"]
    assert post["properties"]["name"] == ["Secretary, Department of Rivers"]
    (paid,) = [entity for entity in found.values() if entity["schema"] == "Payment"]
    assert paid["properties"]["amountUsd"] == ["1500000"]
    roles = {entity["properties"]["role"][0] for entity in found.values() if entity["schema"] == "UnknownLink"}
    assert "threatensFundingOf" in roles and "cites" not in roles
    letters = [e for e in found.values() if e["properties"].get("role") == ["sentLetterTo"]]
    assert len(letters) == 1, "the denied letter stays out"


def test_followthemoney_by_its_own_model(output: Path, tmp_path: Path) -> None:
    """Every schema, property and value is one that FollowTheMoney itself takes, and links point at entities of the file."""
    model = pytest.importorskip("followthemoney", reason="followthemoney (PyPI) is not installed").model
    lines = export(output, "followthemoney", tmp_path).read_text(encoding="utf-8").split("\n")[:-1]
    entities = {data["id"]: data for data in map(json.loads, lines)}
    for data in entities.values():
        schema = model.get(data["schema"])
        assert schema is not None and not schema.abstract, data
        assert set(data["properties"]) <= set(schema.properties), data
        missing = {name for name in schema.required if not data["properties"].get(name)}
        assert missing <= ({"payer"} if data["schema"] == "Payment" else set()), data  # a program, no payer, is named
        for name, values in data["properties"].items():
            property_ = schema.get(name)
            assert not property_.stub, name
            for value in values:
                assert property_.type.clean(value) is not None, (name, value)
                if property_.type.name == "entity":
                    assert model.get(entities[value]["schema"]).is_a(property_.range), (name, value)


@pytest.mark.parametrize("kind", sorted(EXPORTS - {"parquet"}))
def test_exports_are_the_same_twice(output: Path, tmp_path: Path, kind: str) -> None:
    if kind in {"jsonld", "graphml"}:
        pytest.skip("the build writes it; this corpus does not")
    for name in "ab":
        export(output, kind, tmp_path / name)
    files = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*") if path.is_file())
    assert files
    for path in files:
        assert (tmp_path / "a" / path).read_bytes() == (tmp_path / "b" / path).read_bytes()


def test_errors_name_the_way_out(output: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="gexf"):
        export(output, "docx", tmp_path)
    with pytest.raises(OutputError):
        export(tmp_path, "gexf", tmp_path / "x")


def test_places_without_coordinates_are_counted(querier: Querier) -> None:
    places, without = read_places(querier)
    assert places["features"] == [] and without == 3


def test_map(tmp_path: Path) -> None:
    feature = {
        "type": "Feature", "id": "jurisdiction/us/il/chicago",
        "geometry": {"type": "Point", "coordinates": [-87.65, 41.85]},
        "properties": {"label": HOSTILE, "kind": "Municipality", "facts": 4, "documents": 2},
    }  # fmt: skip
    west = {**feature, "id": "x", "geometry": {"type": "Point", "coordinates": [-122.4, 37.8]}}
    places = {"type": "FeatureCollection", "features": [feature, west]}
    assert json.loads(write_geojson(places)) == places
    page = draw_map(places, "Places")
    assert "<script" not in page and "http" not in page.replace("http-equiv", "")
    circles = [
        dict(part.split("=", 1) for part in line.split() if "=" in part)
        for line in page.splitlines()
        if "<circle" in line
    ]
    xs = sorted(float(circle["cx"].strip('"')) for circle in circles)
    assert 0 < xs[0] < xs[1] < 1000


def test_timeline(querier: Querier) -> None:
    explainer = Explainer(querier, RESOURCE_BASE)
    moments = tell(explainer, "jurisdiction/us/ca/sacramento-county")
    assert [(moment.day, moment.what) for moment in moments] == [("2018-01-31", "date"), ("2018-03-01", "deadline")]
    days = [moment.day for moment in tell(explainer, "jurisdiction/us/il/chicago")]
    assert days == sorted(days) and "2018-01-24" in days


def test_csv_is_for_programs_and_keeps_every_character() -> None:
    text = io.StringIO()
    csv.writer(text).writerow([HOSTILE])
    assert next(csv.reader(io.StringIO(text.getvalue()))) == [HOSTILE]
