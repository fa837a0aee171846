"""Writing beside and swapping in."""

import pytest

from kg.errors import OutputError
from kg.graph.swap import swapped


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_what_was_written_takes_its_place_and_the_rest_stays(tmp_path):
    output = tmp_path / "output"
    output.mkdir()
    (output / "README.md").write_text("keep me")
    (output / "graph.ttl").write_text("old")
    (output / "store").mkdir()
    (output / "store" / "old").write_text("old")
    with swapped(output) as work:
        (work / "graph.ttl").write_text("new")
        (work / "store").mkdir()
        (work / "store" / "new").write_text("new")
        assert (output / "graph.ttl").read_text() == "old"
    assert names(output) == ["README.md", "graph.ttl", "store"]
    assert (output / "graph.ttl").read_text() == "new"
    assert names(output / "store") == ["new"]


def test_a_failure_changes_nothing(tmp_path):
    output = tmp_path / "output"
    output.mkdir()
    (output / "graph.ttl").write_text("old")
    with pytest.raises(KeyError), swapped(output) as work:
        (work / "graph.ttl").write_text("half")
        raise KeyError("x")
    assert names(output) == ["graph.ttl"]
    assert (output / "graph.ttl").read_text() == "old"


def test_a_failure_leaves_no_folder_that_was_not_there(tmp_path):
    with pytest.raises(KeyboardInterrupt), swapped(tmp_path / "a" / "b"):
        raise KeyboardInterrupt
    assert names(tmp_path) == []


def test_a_swap_that_fails_half_way_is_undone(tmp_path, monkeypatch):
    from pathlib import Path

    output = tmp_path / "output"
    output.mkdir()
    for name in ("a", "b", "c"):
        (output / name).write_text("old")
    rename = Path.rename

    def failing(self, target):
        if self.name == "b" and self.parent.name.startswith(".building-") and target.parent == output:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OutputError, match="No space left"), swapped(output) as work:
        for name in ("a", "b", "c"):
            (work / name).write_text("new")
    assert names(output) == ["a", "b", "c"]
    assert {(output / name).read_text() for name in "abc"} == {"old"}


@pytest.mark.parametrize("where", ["file", "file/below"])
def test_an_output_folder_that_cannot_be_is_refused_at_once(where, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="cannot be written"), swapped(tmp_path / where):
        pytest.fail("the work began")
    assert names(tmp_path) == ["file"]
