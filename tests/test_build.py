"""A build from end to end on texts of our own: the files, the same bytes in any order, and what bad input does."""

import json
import os
import shutil
from functools import partial

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

from kg.build import Workshop
from kg.build import build as build_with
from kg.errors import InputError, KgError, OutputError
from kg.graph.store import open_store
from kg.settings import Settings

SETTINGS = Settings(model="blank")
TEXTS = {
    "chicago.txt": "Mayor Rahm Emanuel of Chicago criticized the Justice Department on Monday.\n\n"
    '"Chicago will not be blackmailed into changing our values," Emanuel said.\n',
    "letters.md": "---\ntitle: Letters\ndate: 2018-01-24\npublisher: The Daily\n---\n\n"
    "The Justice Department sent letters to Chicago and Cook County. The Department of Justice administers Byrne JAG "
    "grants. The letters cite 8 U.S.C. § 1373.\n",
    "nothing.txt": "It rained all day, and nobody was there to see it.\n",
}
FILES = {
    "explorer.html",
    "graph.jsonld",
    "graph.nq",
    "graph.trig",
    "graph.ttl",
    "links.jsonl",
    "network.graphml",
    "report.json",
    "store",
}
SAME = sorted(FILES - {"report.json", "store"})


@pytest.fixture(scope="module")
def workshop():
    return Workshop(SETTINGS)


@pytest.fixture(scope="module")
def build(workshop):
    """Return `build` with a workshop that all tests share, for it takes seconds to make."""
    return partial(build_with, settings=SETTINGS, workshop=workshop)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(build, corpus, tmp_path_factory):
    output = tmp_path_factory.mktemp("built") / "output"
    return output, build([corpus], output)


def names(folder):
    return {path.name for path in folder.iterdir()}


def same_bytes(one, two):
    return all((one / name).read_bytes() == (two / name).read_bytes() for name in SAME)


def test_a_build_writes_all_its_files(built):
    output, report = built
    assert names(output) == FILES
    assert report.failures == []
    assert report.counts.documents == 3


def test_the_union_is_the_named_graphs_together(built):
    output, report = built
    union = {q.triple for q in pyoxigraph.parse(path=str(output / "graph.ttl"), format=RdfFormat.TURTLE)}
    quads = list(pyoxigraph.parse(path=str(output / "graph.nq"), format=RdfFormat.N_QUADS))
    assert {q.triple for q in quads if "quarantine" not in str(q.graph_name)} == union
    assert (report.triples, report.quads) == (len(union), len(quads))
    trig = set(pyoxigraph.parse(path=str(output / "graph.trig"), format=RdfFormat.TRIG))
    assert trig == set(quads)
    jsonld = {q.triple for q in pyoxigraph.parse(path=str(output / "graph.jsonld"), format=RdfFormat.JSON_LD)}
    assert jsonld == union
    stored = {q.triple for q in open_store(output) if isinstance(q.graph_name, pyoxigraph.DefaultGraph)}
    assert stored == union


def test_each_document_the_reference_and_the_ontology_are_named_graphs(built):
    base = "https://w3id.org/policy-kg/id/"
    found = {str(name.value).removeprefix(base) for name in open_store(built[0]).named_graphs()}
    assert found == {
        "document/chicago",
        "document/letters",
        "document/nothing",
        "graph/ontology",
        "graph/reference",
    }


def test_the_report_says_what_was_done(built):
    report = json.loads((built[0] / "report.json").read_text(encoding="utf-8"))
    assert report["documents"] == {"read": 3, "built": 3, "failed": 0}
    assert report["counts"]["mentions"] >= 5
    assert report["counts"]["triples"] > 100
    assert report["versions"]["policy-kg"] and report["versions"]["spacy"] and report["versions"]["model"]
    assert {"read", "extract", "validate", "write", "store", "view"} <= set(report["timings"])


def test_another_order_gives_the_same_bytes(build, built, corpus, tmp_path):
    paths = sorted(corpus.iterdir(), reverse=True)
    build(paths, tmp_path / "output")
    assert same_bytes(built[0], tmp_path / "output")


def test_several_processes_give_the_same_bytes(build, built, corpus, tmp_path):
    steps = []
    report = build([corpus], tmp_path / "output", jobs=2, progress=lambda *step: steps.append(step))
    assert same_bytes(built[0], tmp_path / "output")
    assert report.counts == built[1].counts
    assert ("extract", 3, 3) in steps and ("validate", 3, 3) in steps


def test_building_again_replaces_what_was_there_and_keeps_the_rest(build, built, corpus, tmp_path):
    output = tmp_path / "output"
    output.mkdir()
    (output / "README.md").write_text("keep")
    (output / "graph.ttl").write_text("old")
    store = None
    for _ in range(2):
        build([corpus / "chicago.txt"], output)
        store = store or open_store(output)
    assert names(output) == FILES | {"README.md"}
    assert (output / "graph.ttl").read_text().startswith("@prefix")
    assert len(store) > 0, "who had the old store open still reads it"


BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 20,
    "broken.txt": b"caf\xe9 \xff\xfe\x00 was",
    "page.html": b"<html><head><script>var x = 1</script></head><body></body></html>",
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_document_fails_alone(build, name, corpus, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_bytes(BAD[name])
    shutil.copy(corpus / "chicago.txt", folder)
    report = build([folder], tmp_path / "output")
    assert report.counts.documents == 1
    assert [name in failure.place for failure in report.failures] == [True]
    assert len(report.failures[0].reason) > 20
    assert names(tmp_path / "output") == FILES


def test_a_broken_line_a_missing_path_and_a_huge_text_fail_alone(build, corpus, tmp_path):
    lines = tmp_path / "lines.jsonl"
    lines.write_text(
        '{"id": "good", "text": "Chicago sued the Justice Department."}\n{"id": "bad", "text": \n', encoding="utf-8"
    )
    huge = tmp_path / "huge.txt"
    huge.write_text("All work and no play. " * 2_300_000, encoding="utf-8")
    report = build([lines, huge, tmp_path / "missing.txt", corpus], tmp_path / "output")
    assert report.counts.documents == 4
    places = sorted(failure.place for failure in report.failures)
    assert len(places) == 3
    assert any(place.endswith("huge.txt") for place in places)
    assert any("lines.jsonl" in place and "2" in place for place in places)
    assert any("missing.txt" in place for place in places)


def test_nothing_usable_writes_nothing(build, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(InputError, match=r"empty\.txt"):
        build([tmp_path / "empty.txt"], tmp_path / "output")
    assert names(tmp_path) == {"empty.txt"}


def test_a_failed_build_keeps_the_one_before(build, built, tmp_path):
    output = tmp_path / "output"
    shutil.copytree(built[0], output)
    with pytest.raises(KgError):
        build([tmp_path / "missing"], output)
    assert names(output) == FILES
    assert same_bytes(built[0], output)


def test_an_unwritable_output_folder_is_refused(build, corpus, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="cannot be written"):
        build([corpus], tmp_path / "file")
    assert (tmp_path / "file").read_text() == "in the way"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_refused(build, corpus, tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="cannot be written"):
        build([corpus], tmp_path / "output")


@pytest.mark.parametrize("stage", ["extract", "check"])
def test_an_unexpected_error_ends_one_document_alone(build, stage, corpus, tmp_path, monkeypatch):
    """What nobody foresaw in one document is reported with its type and its place."""
    original = getattr(Workshop, "link" if stage == "extract" else "check")

    def failing(self, given):
        document = given if stage == "extract" else given[0].document
        if document.id == "chicago":
            raise ZeroDivisionError("by hand")
        return original(self, given)

    monkeypatch.setattr(Workshop, "link" if stage == "extract" else "check", failing)
    report = build([corpus], tmp_path / "output")
    assert report.counts.documents == 2
    (failure,) = report.failures
    assert failure.place.endswith("chicago.txt")
    assert failure.kind == "ZeroDivisionError"
    assert "test_build.py:" in failure.reason and "by hand" in failure.reason
    assert "document/chicago" not in (tmp_path / "output" / "graph.ttl").read_text()


def test_an_unknown_model_is_refused_before_any_work(corpus, tmp_path):
    with pytest.raises(KgError, match="not installed"):
        build_with([corpus], tmp_path / "output", Settings(model="no_such_model"))
    assert names(tmp_path) == set()


def test_the_explorer_page_asks_nobody(built):
    page = (built[0] / "explorer.html").read_text(encoding="utf-8")
    assert "Emanuel" in page
    assert 'src="http' not in page and "@import" not in page
