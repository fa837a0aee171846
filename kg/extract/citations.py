"""Mentions of laws by citation: US Code, executive orders, proclamations, bills, constitutional provisions, sections.

eyecite finds the forms that courts use; news print many others ("8 USC 1373", "Section 1373 of Title 8", "§§ 1373,
1644"), which a normaliser of ours adds. What leaves are mentions whose `key` is the path of the law where the citation
settles it ("law/us/usc/8/1373"), and hints where it does not ("section", "bill").
"""

import re
from collections.abc import Iterator

from eyecite import get_citations
from eyecite.models import FullLawCitation

from kg.extract.passages import Passage
from kg.records import Mention, Span
from kg.reference import Reference

FOUND_BY = "citation"
SECTION = r"\d+[A-Za-z]?(?:-\d+[A-Za-z]?)?"
SUBSECTION = r"(?:\s?\([0-9A-Za-z]{1,4}\))*"
CODE = r"(?:U\.?\s?S\.?\s?C(?:ode|\.)?A?\.?|United States Code|U\.S\. Code)"

USC = re.compile(
    rf"\b(?P<title>\d{{1,2}})\s+{CODE},?\s*(?:[Ss]ections?|[Ss]ecs?\.|§+)?\s*(?P<section>{SECTION}){SUBSECTION}"
    rf"(?P<more>(?:\s*(?:,|and|&|, and)\s*(?:§\s*)?\d{{3,5}}[A-Za-z]?{SUBSECTION})*)"
)
TITLE_FIRST = re.compile(
    rf"\bTitle (?P<title>\d{{1,2}})(?:,| of the (?:United States|U\.S\.) Code,?)?(?: {CODE},?)?\s*(?:[Ss]ection|§)\s*(?P<section>{SECTION}){SUBSECTION}"
)
SECTION_FIRST = re.compile(
    rf"\b(?:[Ss]ection|§)\s*(?P<section>{SECTION}){SUBSECTION},? (?:of|in) [Tt]itle (?P<title>\d{{1,2}})(?: of the (?:United States|U\.S\.) Code)?"
)
BARE_SECTION = re.compile(r"(?:\b[Ss]ections?|§)\s*(?P<section>\d{3,5}[A-Za-z]?(?:\([a-z0-9]\))*)(?![\d$])")
EXECUTIVE_ORDER = re.compile(
    r"\b(?:Executive Order|executive order|Exec\. Order|E\.O\.|EO)\s*(?:No\.|Number|number)?\s*(?P<number>\d{4,5})\b"
)
PROCLAMATION = re.compile(r"\b(?:Presidential )?Proclamation\s*(?:No\.\s*)?(?P<number>\d{4,5})\b")
BILL = re.compile(
    r"\b(?P<chamber>S\.?B\.?|A\.?B\.?|H\.?B\.?|H\.\s?R\.|HR|Senate Bill|Assembly Bill|House Bill)[ -]?(?P<number>\d{1,5})\b"
)
AMENDMENT = re.compile(
    r"\b(?P<ordinal>First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh|Twelfth|Thirteenth|Fourteenth"
    r"|Fifteenth|\d{1,2}(?:st|nd|rd|th)) Amendment\b"
)
ARTICLE = re.compile(
    r"\bArticle (?P<article>[IVX]{1,4}|\d)(?:,? [Ss]ection (?P<section>\d{1,2}))?(?:,? [Cc]lause (?P<clause>\d{1,2}))?(?: of the (?:U\.S\. )?Constitution)?\b"
)
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7}

ORDINALS = [
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Eighth",
    "Ninth",
    "Tenth",
    "Eleventh",
    "Twelfth",
    "Thirteenth",
    "Fourteenth",
    "Fifteenth",
]
CHAMBERS = {"sb": "SB", "senatebill": "SB", "ab": "AB", "assemblybill": "AB", "hb": "HB", "housebill": "HB", "hr": "HR"}


class CitationFinder:
    """Finds citations; the reference tables settle what a bare section number means."""

    def __init__(self, reference: Reference):
        self._by_section: dict[str, list[str]] = {}
        self._bills: dict[str, list[str]] = {}
        for entry in reference.entries.values():
            if entry.id.startswith("law/us/usc/"):
                self._by_section.setdefault(entry.id.rsplit("/", 1)[-1], []).append(entry.id)
            if entry.type == "Bill" or entry.id.rsplit("/", 1)[-1][:3] in {"sb-", "ab-", "hb-"}:
                self._bills.setdefault(entry.id.rsplit("/", 1)[-1].upper().replace("-", " "), []).append(entry.id)

    def find(self, passage: Passage) -> Iterator[Mention]:
        """Yield the citations of a passage; of overlapping readings, the most specific."""
        text = passage.text
        taken: list[Span] = []
        for start, end, kind, key, hints in (*self._statutes(text), *self._orders(text), *self._others(text)):
            span = Span(passage.start + start, passage.start + end)
            if any(span.overlaps(other) for other in taken):
                continue
            taken.append(span)
            yield Mention(span, text[start:end], kind, FOUND_BY, key=key, hints=tuple(sorted(hints.items())))

    def _statutes(self, text: str) -> Iterator[tuple[int, int, str, str | None, dict[str, str]]]:
        for match in USC.finditer(text):
            yield match.start(), match.start("more"), "Statute", _usc(match["title"], match["section"]), {}
            for more in re.finditer(r"\d{3,5}[A-Za-z]?", match["more"]):
                offset = match.start("more")
                yield offset + more.start(), offset + more.end(), "Statute", _usc(match["title"], more[0]), {}
        for pattern in (TITLE_FIRST, SECTION_FIRST):
            for match in pattern.finditer(text):
                yield match.start(), match.end(), "Statute", _usc(match["title"], match["section"]), {}
        if "§" in text or "U.S.C" in text:
            for citation in get_citations(text):
                if isinstance(citation, FullLawCitation) and citation.groups.get("reporter") == "U.S.C.":
                    start, end = citation.span()
                    yield start, end, "Statute", _usc(citation.groups["title"], citation.groups["section"]), {}
        for match in BARE_SECTION.finditer(text):
            section = re.sub(r"\(.*", "", match["section"])
            known = self._by_section.get(section.lower(), self._by_section.get(section, []))
            if len(known) == 1:
                yield match.start(), match.end(), "Statute", known[0], {"section": section}
            else:
                yield match.start(), match.end(), "Statute", None, {"section": section}

    @staticmethod
    def _orders(text: str) -> Iterator[tuple[int, int, str, str | None, dict[str, str]]]:
        for match in EXECUTIVE_ORDER.finditer(text):
            yield match.start(), match.end(), "ExecutiveOrder", f"law/us/eo/{match['number']}", {}
        for match in PROCLAMATION.finditer(text):
            yield match.start(), match.end(), "ExecutiveOrder", f"law/us/proclamation/{match['number']}", {}

    def _others(self, text: str) -> Iterator[tuple[int, int, str, str | None, dict[str, str]]]:
        for match in AMENDMENT.finditer(text):
            ordinal = match["ordinal"]
            number = ORDINALS.index(ordinal) + 1 if ordinal in ORDINALS else int(re.sub(r"\D", "", ordinal))
            yield match.start(), match.end(), "ConstitutionalProvision", f"law/us/const/amendment/{number}", {}
        for match in ARTICLE.finditer(text):
            article = ROMAN.get(match["article"])
            if article is not None and (match["section"] or match[0].endswith("Constitution")):
                parts = [("section", match["section"]), ("clause", match["clause"])]
                path = "".join(f"/{name}/{value}" for name, value in parts if value)
                yield match.start(), match.end(), "ConstitutionalProvision", f"law/us/const/article/{article}{path}", {}
        for match in BILL.finditer(text):
            chamber = CHAMBERS[re.sub(r"[^a-z]", "", match["chamber"].lower())]
            name = f"{chamber} {match['number']}"
            yield match.start(), match.end(), "Bill", None, {"bill": name}


def _usc(title: str, section: str) -> str:
    return f"law/us/usc/{int(title)}/{re.sub(r'[(].*', '', section).strip().lower()}"
