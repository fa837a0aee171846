"""Reports, studies and polls that are told by whose they are, with and without a parse; who heads a body or works for it."""

from collections.abc import Callable

import pytest

from kg.records import Extraction, MentionKind

JUSTICE = "agency/us/department-of-justice"
BROOKINGS = "organization/brookings-institution"
Row = tuple[str, str | None, str | None]
BARE: list[tuple[str, list[Row]]] = [
    ("The Justice Department's latest report named nobody.", [("report", "report", JUSTICE)]),
    ("A list released on Monday by the Justice Department named nobody.", [("list", "list", JUSTICE)]),
    ("A study by the nonpartisan Brookings Institution named nobody.", [("study", "study", BROOKINGS)]),
    ("A report on prices by the Brookings Institution named nobody.", [("report", "report", BROOKINGS)]),
    ("A study by researchers at the Brookings Institution named nobody.", [("study", "study", BROOKINGS)]),
    ("A 2014 Brookings Institution analysis named nobody.", [("analysis", "analysis", BROOKINGS)]),
    ("A January poll from the Brookings Institution named nobody.", [("poll", "poll", BROOKINGS)]),
    ("According to guidance from the Justice Department, nobody may.", [("guidance", "guidance", JUSTICE)]),
    ("Today's report from the Justice Department named nobody.", []),  # one spoken of before
    ("A list read on Monday by the Justice Department named nobody.", []),
    ("A report on data from the Justice Department named nobody.", []),
    ("A report by the Brookings Institution's John Roe named nobody.", []),
    ("A report by Brookings Institution President Roe named nobody.", []),
    ("A report by the Washington Post named nobody.", []),  # news
    ("The Washington Post report named nobody.", []),
    ("The Justice Department report that they are late.", []),
    ("A letter from the Justice Department named nobody.", []),
    ("He read a report.", []),
]
PARSED: list[tuple[str, list[Row]]] = [
    ("The Brookings Institution said in a study that states would lose money.", [("study", "study", BROOKINGS)]),
    ("The FBI said in its annual report that crime fell.", [("report", "report", "agency/us/federal-bureau-of-investigation")]),
    ("The FBI said in a report by a newspaper in Ohio that crime fell.", []),
    ("The FBI believed in a study of crime.", []),
    ("The Brookings Institution's study author answered.", []),
    ("The Justice Department must publish a report on Monday.", []),
]  # fmt: skip
HEADED = [
    ("Jane Roe, who leads the Open Doors League, spoke.", [("Jane Roe", "Open Doors League", "leader")]),
    ("The Open Doors League, led by Jane Roe, spoke.", [("Jane Roe", "Open Doors League", "leader")]),
    (
        "The Open Doors League, led by Jane Roe and Tom Hale, spoke.",
        [("Jane Roe", "Open Doors League", "leader"), ("Tom Hale", "Open Doors League", "leader")],
    ),
    ("The Open Doors League, sued by Jane Roe and Tom Hale, spoke.", []),
    ("Jane Roe, who served in the Obama administration, spoke.", [("Jane Roe", "Obama administration", None)]),
    ("Jane Roe, who worked in the Obama administration, spoke.", [("Jane Roe", "Obama administration", None)]),
    ("Jane Roe, who died in the Obama administration, spoke.", []),
    ("Jane Roe, who served in the Justice Department's trial, spoke.", []),
    ("The Open Doors League, mocked by Jane Roe, spoke.", []),
    ("Jane Roe, who now works for the Open Doors League, spoke.", [("Jane Roe", "Open Doors League", None)]),
    ("Jane Roe, who now works with the Open Doors League, spoke.", []),
    ("Jane Roe, who now votes for the Open Doors League, spoke.", []),
]


def publications(extraction: Extraction) -> list[Row]:
    found = [m for m in extraction.mentions if m.type == "Publication" and m.kind is MentionKind.NOMINAL]
    return [(m.text, m.hint("noun"), m.hint("publisher")) for m in found]


@pytest.mark.parametrize(("text", "found"), BARE)
def test_publisher_beside_the_noun(text: str, found: list[Row], read_bare: Callable[[str], Extraction]) -> None:
    assert publications(read_bare(text)) == found


@pytest.mark.parametrize(("text", "found"), PARSED)
def test_publisher_told_by_the_sentence(text: str, found: list[Row], extract: Callable[[str], Extraction]) -> None:
    assert publications(extract(text)) == found


@pytest.mark.parametrize(("text", "held"), HEADED)
def test_who_heads_a_body_or_works_for_it(
    text: str, held: list[tuple[str, str, str | None]], extract: Callable[[str], Extraction]
) -> None:
    extraction = extract(text)
    claims = [c for c in extraction.claims if c.relation == "holdsPost"]
    said = [(a if isinstance(a, str) else a.of(text) for a in (c.subject, c.object)) for c in claims]
    assert [(*pair, c.qualifiers.title) for pair, c in zip(said, claims, strict=True)] == held
