"""Laws by nicknames in quotation marks, and words in quotation marks that are no name of one law."""

from collections.abc import Callable

import pytest

from kg.records import Extraction
from tests.extract.conftest import Found, named

GAG = {"name": "gag rule"}
CASES: list[tuple[str, list[Found]]] = [
    ("Critics call the restrictions a “gag rule,” and rightly. The gag rule hurts.", [("the restrictions", "Law", {"for": "gag rule"}), ("gag rule", "Law", GAG), ("gag rule", "Law", GAG)]),
    ("The so-called “quiet hours” rule failed.", [("quiet hours” rule", "Law", {"name": "quiet hours rule"})]),
    ("Ana Ruiz dubbed it the “free lunch act.”", [("free lunch act", "Statute", {"name": "free lunch act"})]),
    ("Ana Ruiz called it a “terrible law.”", []),
    ("Ana Ruiz called it “the law.”", []),
    ("Critics read the “sanctuary city” policy.", []),
    ("This is a “quiet hours” rule.", []),
    ("The gag rule hurts.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), CASES)
def test_laws_by_their_nicknames(text: str, found: list[Found], read_bare: Callable[[str], Extraction]) -> None:
    laws = [one for one in named(read_bare(text), "pattern") if one[1] in {"Law", "Statute"}]
    assert laws == found
