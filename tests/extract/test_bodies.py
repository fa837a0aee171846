"""Bodies, courts, programs, acts and polls made by pattern, with the place or the agency that they hang on."""

from collections.abc import Callable

import pytest

from kg.records import Extraction
from tests.extract.conftest import Found, named

JUSTICE = "agency/us/department-of-justice"

CASES: list[tuple[str, list[Found]]] = [
    # bodies of a place
    ("Sacramento Police Department answered.",
     [("Sacramento Police Department", "LawEnforcementAgency", {"body": "Police Department", "place": "Sacramento"})]),
    ("The Cook County Sheriff's Office answered.",
     [("Cook County Sheriff's Office", "LawEnforcementAgency", {"body": "Sheriff's Office", "place": "Cook", "place_level": "County"})]),
    ("Cook County Board of Commissioners voted.",
     [("Cook County Board of Commissioners", "LegislativeBody", {"body": "Board of Commissioners", "place": "Cook", "place_level": "County"})]),
    ("Chicago sheriffs of the board answered the police.", []),
    # named after a place or an agency, and another body
    ("Oregon Republican Party Chairman Tom Vance answered.", [("Oregon Republican Party", "Organization", {})]),
    ("FBI Tactical Unit agents came.", [("FBI Tactical Unit", "LawEnforcementAgency", {})]),
    ("Oregon Party Supplies closed.", []),
    # long names
    ("The Ox Commission on Medicaid and the Uninsured met.",
     [("Ox Commission on Medicaid and the Uninsured", "Organization", {})]),
    ("The Ox Alliance for Fair Courts and Mayor Ana Ruiz met.", [("Ox Alliance for Fair Courts", "Organization", {})]),
    ("The Ox Center for the Study of Public Courts met.", [("Ox Center for the Study of Public Courts", "Organization", {})]),
    ("The Ox Committee on Tuesday met.", [("Ox Committee", "LegislativeBody", {})]),
    ("The league for better courts met.", []),
    # campaigns
    ("They mocked the Vance campaign.", [("Vance campaign", "Organization", {})]),
    ("Vance campaign manager Ana Ruiz answered.", [("Vance campaign", "Organization", {})]),
    ("They mocked the Vance campaign promise.", []),
    ("Longtime campaign manager Ana Ruiz answered.", []),
    ("They mocked the Senate campaign.", []),
    # courts
    ("A federal judge in Chicago ruled.", [("federal judge", "Court", {"court": "district", "place": "Chicago"})]),
    ("A federal appeals court ruled.", [("federal appeals court", "Court", {"court": "appeals"})]),
    ("A US district judge ruled.", [("US district judge", "Court", {"court": "district"})]),
    ("A federal judge Tuesday ruled.", [("federal judge", "Court", {"court": "district"})]),
    ("The federal judge Tom Vance ruled.", []),  # a title before a name
    ("A county judge ruled.", []),
    # administrations: of a president, no agency of that name
    ("The Harding administration answered.", [("Harding administration", "Agency", {"administration": "Harding"})]),
    ("The Harding-Coolidge administration met.", [("Harding-Coolidge administration", "Agency", {"administration": "Harding"})]),
    ("The Harding/Coolidge administration met.", [("Harding/Coolidge administration", "Agency", {"administration": "Harding"})]),
    ("The Small-Business Administration met.", []),
    ("The administration of former President Warren Harding met.",
     [("administration of former President Warren Harding", "Agency", {"administration": "Warren Harding"})]),
    ("The administration of President Warren G. Harding's rival met.",
     [("administration of President Warren G. Harding", "Agency", {"administration": "Warren G. Harding"})]),
    ("The administration of justice by Presidents is slow.", []),
    ("The Depression-era program ended.", []),
    ("The Federal administration answered.", []),
    # pools of grants
    ("Cities want FBI grants.", [("grants", "FundingProgram", {"pool": "agency/us/federal-bureau-of-investigation"})]),
    ("Cities want grants from the Justice Department.", [("grants", "FundingProgram", {"pool": JUSTICE})]),
    ("The Justice Department lawyers met.", []),
    # acts, clauses, programs, polls
    ("The Fair Grants Act of 2017 passed.", [("Fair Grants Act of 2017", "Statute", {})]),
    ("They act at once.", []),
    ("The Fair Fees Clause holds.", [("Fair Fees Clause", "ConstitutionalProvision", {})]),
    ("The Safe Harbor Ordinance passed.", [("Safe Harbor Ordinance", "Ordinance", {})]),
    ("The Safe Homes Grant Program grew.", [("Safe Homes Grant Program", "FundingProgram", {})]),
    ("A January poll came out.", []),
    ("An Anytown Herald poll came out.", [("Anytown Herald poll", "Publication", {"noun": "poll", "publisher": "Anytown Herald"})]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), CASES)
def test_bodies(text: str, found: list[Found], read_bare: Callable[[str], Extraction]) -> None:
    pattern = named(read_bare(text), "pattern")
    # a pool that takes in its agency's name is written with it; what counts is whose it is
    assert [
        (words.rpartition(" ")[2] if kind == "FundingProgram" and "pool" in hints else words, kind, hints)
        for words, kind, hints in pattern
    ] == found
