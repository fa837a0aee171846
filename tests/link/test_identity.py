"""The table of identity cases: `tests/cases/identity.yaml`, scored as a whole, and pairs that must never be merged."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.link import Linker
from kg.records import LinkedDocument

TABLE = yaml.safe_load((Path(__file__).parent.parent / "cases" / "identity.yaml").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = TABLE["cases"]
CORPORA: list[dict[str, Any]] = TABLE["corpora"]
DAY = datetime.date(2018, 1, 24)
REQUIRED_SHARE = 0.95

KNOWN_WRONG: frozenset[str] = frozenset()
"""Cases that linking does not get right yet, by name; together with the share required they keep the score honest."""


def _meant(linked: LinkedDocument) -> list[str]:
    links = sorted(linked.links, key=lambda link: link.mention.span)
    return [link.entity or "unresolved" for link in links]


def _wrong(case: dict[str, Any], meant: list[str]) -> list[str]:
    return [
        f"{case['name']}: mention {n} is {got}, not {want}"
        for n, (want, got) in enumerate(zip(case["is"], meant, strict=True))
        if want not in {"any", got}
    ]


def test_the_table_is_large_and_a_third_of_it_are_traps() -> None:
    mentions = sum(len([want for want in case["is"] if want != "any"]) for case in CASES)
    assert mentions >= 150
    assert len(CASES) + len(CORPORA) >= 150
    assert sum(bool(case.get("trap")) for case in CASES) >= len(CASES) / 3
    assert len({case["name"] for case in CASES}) == len(CASES), "two cases have one name"


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any], link: Callable[..., LinkedDocument]) -> None:
    meant = _meant(link(case["text"], case.get("day", DAY)))
    for one, other in case.get("apart", ()):
        assert meant[one] == "unresolved" or meant[one] != meant[other], f"merged: {meant[one]}"
    for one, other in case.get("same", ()):
        assert meant[one] == meant[other] != "unresolved"
    wrong = _wrong(case, meant)
    if case["name"] in KNOWN_WRONG:
        assert wrong, "this case is right now: take it off KNOWN_WRONG"
        pytest.xfail("; ".join(wrong))
    assert not wrong


def test_share_of_right_cases(link: Callable[..., LinkedDocument]) -> None:
    wrong = [case["name"] for case in CASES if _wrong(case, _meant(link(case["text"], case.get("day", DAY))))]
    assert 1 - len(wrong) / len(CASES) >= REQUIRED_SHARE, wrong


@pytest.mark.parametrize("case", CORPORA, ids=[case["name"] for case in CORPORA])
@pytest.mark.parametrize("turned", [False, True], ids=["in order", "in reverse"])
def test_corpus(case: dict[str, Any], turned: bool, link: Callable[..., LinkedDocument], linker: Linker) -> None:
    days = case.get("days", [DAY] * len(case["documents"]))
    linked = [link(text, days[n], f"document-{n}") for n, text in enumerate(case["documents"])]
    reconciled = linker.reconcile(linked[::-1])[::-1] if turned else linker.reconcile(linked)
    meant = [_meant(document) for document in reconciled]

    def at(place: str) -> str:
        document, mention = place.split(".")
        return meant[int(document)][int(mention)]

    for one, other in case.get("same", ()):
        assert at(one) == at(other) != "unresolved"
    for one, other in case.get("apart", ()):
        assert at(one) == "unresolved" or at(one) != at(other)
    for place, path in case.get("is", {}).items():
        assert at(place) == path
