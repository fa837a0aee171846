"""The linker as a whole: claims, quotations, entities and their parents, doubt, and the decisions of people."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from shutil import copytree

import pytest

from kg.errors import ConfigurationError
from kg.link import Linker, reconcile
from kg.records import ClaimDraft, Evidence, Extraction, LinkedDocument, Qualifiers, Quotation, Span
from kg.reference import read_reference
from kg.settings import Settings

DAY = datetime.date(2018, 1, 24)
Read = Callable[..., Extraction]
HEADER = "decision,a,b,document,who,why,date\n"


def _draft(subject: Span | str, relation: str, target: Span | str, **qualifiers: object) -> ClaimDraft:
    evidence = Evidence("case", Span(0, 1), "A sentence.", "rule#one", "1", 0.9)
    return ClaimDraft(subject, relation, target, evidence, Qualifiers(**qualifiers))  # type: ignore[arg-type]


def test_claims_get_paths_and_drop_what_stays_open(linker: Linker, read_extraction: Read) -> None:
    extraction = read_extraction(
        "{Jeff Sessions|Person} warned {Chicago|Jurisdiction} about {Byrne JAG|FundingProgram} and {Lawrence|Jurisdiction}.",
        DAY,
    )
    person, city, program, unknown = (mention.span for mention in extraction.mentions)
    drafts = (
        _draft(person, "threatensFundingOf", city, program=program),
        _draft(person, "threatensFundingOf", unknown),
        _draft(person, "holdsPost", "agency/us/department-of-justice", title="attorney general"),
        _draft(person, "criticizes", Span(0, 2)),
    )
    linked = linker.link(replace(extraction, claims=drafts))
    assert [(claim.subject, claim.relation, claim.object) for claim in linked.claims] == [
        ("person/jeff-sessions", "threatensFundingOf", "jurisdiction/us/il/chicago"),
        ("person/jeff-sessions", "holdsPost", "agency/us/department-of-justice"),
    ]
    assert linked.claims[0].qualifiers.program == "program/byrne-jag"
    assert {entity.id for entity in linked.entities} >= {"agency/us/department-of-justice", "program/byrne-jag"}


def test_a_quotation_keeps_the_words_of_an_unresolved_speaker(linker: Linker, read_extraction: Read) -> None:
    extraction = read_extraction("the {City Council|LegislativeBody} said", DAY)
    span = extraction.mentions[0].span
    spoken = replace(extraction, quotations=(Quotation("case", Span(0, 3), "words", span),))
    (quotation,) = linker.link(spoken).quotations
    assert quotation.speaker is None
    assert quotation.described == "City Council"


def test_places_bring_their_parents_and_codes(link: Callable[..., LinkedDocument]) -> None:
    linked = link(
        "{Sacramento County|Jurisdiction level=County name=Sacramento} and {Sacramento|Jurisdiction within=CA}"
    )
    entities = {entity.id: entity for entity in linked.entities}
    county, city = entities["jurisdiction/us/ca/sacramento-county"], entities["jurisdiction/us/ca/sacramento"]
    assert ("fips", "06067") in county.identifiers
    assert county.type == "County" and county.label == "Sacramento County"
    assert city.type == "Municipality" and "Sacramento, California" in city.alt_labels
    assert {name for name, _ in city.identifiers} >= {"geonamesId", "lat", "long"}
    assert "fips" not in dict(city.identifiers), "the library has no FIPS codes of places: they must not be guessed"
    assert city.facts == county.facts == (("within", "jurisdiction/us/ca"),)
    assert entities["jurisdiction/us/ca"].facts == (("within", "jurisdiction/us"),)
    assert dict(entities["jurisdiction/us/ca"].identifiers)["fips"] == "06"
    assert "jurisdiction/us" in entities
    assert abs(float(dict(county.identifiers)["lat"]) - 38.45) < 0.1
    assert abs(float(dict(entities["jurisdiction/us/ca"].identifiers)["long"]) + 119.6) < 0.5
    assert "lat" not in dict(entities["jurisdiction/us"].identifiers), "a country has no point worth drawing"


def test_no_two_names_of_an_entity_are_its_label(link: Callable[..., LinkedDocument]) -> None:
    linked = link(
        "{Washington|Jurisdiction}, {D.C.|Jurisdiction level=Municipality name=Washington within=DC}; {NYC|Jurisdiction}"
    )
    for entity in linked.entities:
        assert entity.label not in entity.alt_labels
        assert len(set(entity.alt_labels)) == len(entity.alt_labels)


def test_a_bill_of_two_is_the_bill_of_one_of_them(link: Callable[..., LinkedDocument]) -> None:
    """ "Roe's bill" is the one that the article gives to Roe and Doe; an amendment, or another's bill, is its own."""
    linked = link(
        "{legislation|Bill kind=nominal sponsor=Roe-Doe noun=bill}; Roe's {bill|Bill kind=nominal sponsor=Roe noun=bill}; "
        "{amendment|Bill kind=nominal sponsor=Roe noun=amendment}; {bill|Bill kind=nominal sponsor=Vale noun=bill}"
    )
    first, second, amendment, other = (decision.entity for decision in linked.links)
    assert first == second and len({first, amendment, other}) == 3
    assert "Roe's bill" in next(entity for entity in linked.entities if entity.id == first).alt_labels


def test_doubt_is_kept(link: Callable[..., LinkedDocument]) -> None:
    (decision,) = link("He moved to {Springfield|Jurisdiction}.").links
    assert decision.entity is None
    assert len(decision.candidates) > 2
    assert decision.candidates[0].score >= decision.candidates[1].score
    assert all(candidate.reasons for candidate in decision.candidates)
    assert sum(candidate.score for candidate in decision.candidates) <= 1


def test_every_link_has_a_reason(link: Callable[..., LinkedDocument]) -> None:
    linked = link(
        "{Trump|Person}, {Chicago|Jurisdiction}, {ICE|Agency}, {Section 1373|Statute section=1373}, {he|Person of=0}"
    )
    assert all(decision.reasons for decision in linked.links)
    assert len(linked.links) == 5, "every mention has its link, resolved or not"


def test_the_threshold_decides(linker: Linker, read_extraction: Read) -> None:
    settings = Settings(link_threshold=0.99)
    strict = Linker(settings, read_reference(settings.reference))
    strict.__dict__["_catalog"] = linker._catalog  # the same places: reading them takes seconds
    marked = "{Chicago|Jurisdiction} and {Albany|Jurisdiction}"
    assert [decision.entity for decision in strict.link(read_extraction(marked)).links] == [
        "jurisdiction/us/il/chicago",
        None,
    ]
    assert all(decision.entity for decision in linker.link(read_extraction(marked)).links)


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory, linker: Linker) -> Callable[[str], Linker]:
    """Return linkers over a copy of the tables with other decisions; the places are read once for all of them."""
    seeds = tmp_path_factory.mktemp("seeds")
    settings = Settings()
    copytree(settings.reference, seeds / "reference")
    reference = read_reference(settings.reference)

    def made(rows: str) -> Linker:
        (seeds / "reference" / "decisions.csv").write_text(HEADER + rows, encoding="utf-8")
        other = Linker(replace(settings, seeds=seeds), reference)
        other.__dict__["_catalog"] = linker._catalog
        return other

    return made


def _meant(read_extraction: Read, linker: Linker, marked: str, identifier: str = "case") -> list[str | None]:
    return [decision.entity for decision in linker.link(read_extraction(marked, DAY, identifier)).links]


def test_a_person_overrules_and_is_named(decided: Callable[[str], Linker], read_extraction: Read) -> None:
    linker = decided("is,Springfield,jurisdiction/us/mo/springfield,,ann,it is a Missouri paper,2018-02-01\n")
    (decision,) = linker.link(read_extraction("{Springfield|Jurisdiction}", DAY)).links
    assert decision.entity == "jurisdiction/us/mo/springfield"
    assert decision.reasons == ("decided by ann on 2018-02-01: it is a Missouri paper",)
    assert _meant(read_extraction, decided(""), "{Springfield|Jurisdiction}") == [None], (
        "without the row, the decision is gone"
    )


def test_a_decision_for_one_document_stays_there(decided: Callable[[str], Linker], read_extraction: Read) -> None:
    linker = decided("is,Springfield,jurisdiction/us/mo/springfield,d1,ann,why,2018-02-01\n")
    assert _meant(read_extraction, linker, "{Springfield|Jurisdiction}", "d1") == ["jurisdiction/us/mo/springfield"]
    assert _meant(read_extraction, linker, "{Springfield|Jurisdiction}", "d2") == [None]


def test_two_paths_are_the_same(decided: Callable[[str], Linker], read_extraction: Read) -> None:
    linker = decided("same,person/pat-roe,person/patricia-roe,,ann,one person,2018-02-01\n")
    texts = ["{Pat Roe|Person}", "{Patricia Roe|Person}"]
    linked = [linker.link(read_extraction(text, DAY, f"d{n}")) for n, text in enumerate(texts)]
    assert [document.links[0].entity for document in linked] == ["person/patricia-roe"] * 2
    assert all(entity.id != "person/pat-roe" for document in linked for entity in document.entities)
    assert "one person" in linked[0].links[0].reasons[-1]


def test_two_paths_are_different(decided: Callable[[str], Linker], read_extraction: Read) -> None:
    marked = ["{James A. Carter|Person}", "{James Carter|Person}"]
    for rows, people in (("", 1), ("different,person/james-a-carter,person/james-carter,,ann,two,2018-02-01\n", 2)):
        linker = decided(rows)
        linked = linker.reconcile([linker.link(read_extraction(text, DAY, f"d{n}")) for n, text in enumerate(marked)])
        assert len({document.links[0].entity for document in linked}) == people


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("maybe,a,b,,ann,why,2018-02-01\n", "this is no decision"),
        ("is,a,,,ann,why,2018-02-01\n", "the cell 'b' is empty"),
        ("is,a,b,,,why,2018-02-01\n", "the cell 'who' is empty"),
        ("is,a,b,,ann,why,soon\n", "this is no date"),
        ("is,a,b,,ann,why,2018-02-01\nis,a,c,,bob,why,2018-02-02\n", "contradicts another"),
        ("same,a,b,,ann,why,2018-02-01\ndifferent,b,a,,bob,why,2018-02-02\n", "decided to be different too"),
        ("is,a,b\n", "too many or too few cells"),
    ],
)
def test_a_bad_decision_is_named(
    decided: Callable[[str], Linker], rows: str, message: str, read_extraction: Read
) -> None:
    with pytest.raises(ConfigurationError, match=message) as caught:
        decided(rows).link(read_extraction("{Chicago|Jurisdiction}"))
    assert "decisions.csv:" in str(caught.value)


def test_reconciling_does_not_depend_on_the_order(link: Callable[..., LinkedDocument]) -> None:
    texts = [
        "{Stephanie A. Miner|Person} of {Syracuse|Jurisdiction within=NY}",
        "{Stephanie Miner|Person}, {ICE|Agency} and {Prairie Workers Alliance|Organization}",
        "the {Prairie workers alliance|Organization}, {Immigration and Customs Enforcement|Agency}",
        "{Springfield|Jurisdiction}, {Bickford|Person title=Sheriff}",
    ]
    linked = [link(text, DAY, f"d{n}") for n, text in enumerate(texts)]
    forward, backward = reconcile(linked), reconcile(linked[::-1])
    assert forward == backward[::-1]
    assert reconcile(forward) == forward, "reconciling twice changes nothing"
    for document in forward:
        assert {entity.id for entity in document.entities} >= {d.entity for d in document.links if d.entity}


def test_reconciled_entities_have_one_record(link: Callable[..., LinkedDocument]) -> None:
    linked = [link("{ICE|Agency}", DAY, "d0"), link("{Immigration and Customs Enforcement|Agency}", DAY, "d1")]
    records = [{entity.id: entity for entity in document.entities} for document in reconcile(linked)]
    shared = "agency/us/immigration-and-customs-enforcement"
    assert records[0][shared] == records[1][shared]
    assert "ICE" in records[0][shared].alt_labels


def test_linking_grows_no_faster_than_the_article(linker: Linker, read_extraction: Read) -> None:
    """Ten times the mentions take less than thirty times as long: nothing in it is quadratic."""
    import time

    paragraph = (
        "{Chicago|Jurisdiction} and {Springfield|Jurisdiction} sued {Jeff Sessions|Person} of the {Justice Department|Agency}. "
        "{Sessions|Person} cited {Section 1373|Statute section=1373}.\n\n"
    )
    seconds = []
    for times in (30, 300):
        extraction = read_extraction(paragraph * times, DAY)
        linker.link(extraction)
        start = time.process_time()
        linker.link(extraction)
        seconds.append(time.process_time() - start)
    assert seconds[1] < 30 * max(seconds[0], 0.005), seconds
