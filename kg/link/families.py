"""Which classes of the ontology one linker decides together: class names in, families out."""

PERSON, JURISDICTION, AGENCY, COURT = "Person", "Jurisdiction", "Agency", "Court"
ORGANIZATION, LAW, PROGRAM, PUBLICATION = "Organization", "Law", "FundingProgram", "Publication"

FAMILIES = (JURISDICTION, AGENCY, COURT, ORGANIZATION, LAW, PROGRAM, PUBLICATION, PERSON)
"""In the order of linking: a later family may ask what an earlier one decided."""

_SUBCLASSES = {
    "Official": PERSON,
    "Country": JURISDICTION,
    "State": JURISDICTION,
    "County": JURISDICTION,
    "Municipality": JURISDICTION,
    "LegislativeBody": AGENCY,
    "LawEnforcementAgency": AGENCY,
    "Statute": LAW,
    "ExecutiveOrder": LAW,
    "Ordinance": LAW,
    "Bill": LAW,
    "ConstitutionalProvision": LAW,
}


def family(type_name: str) -> str:
    """Return the root class of a class: "County" is a "Jurisdiction"; a class of its own stands for itself."""
    return _SUBCLASSES.get(type_name, type_name)
