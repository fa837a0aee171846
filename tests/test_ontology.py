"""The ontology, its shapes and the page: what core.ttl declares, what the shapes refuse, what is made from it."""

from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, RDFS

from kg.errors import ConfigurationError
from kg.ontology import SHAPES, Ontology, read_ontology
from kg.ontology_docs import PAGE, encode_page, replace_relation_shapes

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "ontology"
FIXTURE = ROOT / "tests" / "ontology" / "fixture.trig"
POL = rdflib.Namespace("https://w3id.org/policy-kg/ontology#")
ID = rdflib.Namespace("https://w3id.org/policy-kg/id/")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")

RELATIONS = {
    "holdsPost": ("Person", "Agency Jurisdiction Organization Court"),
    "within": ("Jurisdiction", "Jurisdiction"),
    "partOf": ("Agency Court", "Agency Jurisdiction"),
    "subOrganizationOf": ("Organization", "Organization"),
    "administers": ("Agency", "FundingProgram"),
    "conditionedOn": ("FundingProgram", "Law"),
    "receivedFunding": ("Jurisdiction Agency", "FundingProgram"),
    "hasFunding": ("FundingProgram", "Agency"),
    "sentLetterTo": ("Agency Person", "Jurisdiction Agency"),
    "threatensFundingOf": ("Person Agency", "Jurisdiction Agency"),
    "cites": ("Person Agency Court", "Law"),
    "signed": ("Person", "Law"),
    "sued": ("Jurisdiction Agency Organization Person", "Jurisdiction Agency Organization Person"),
    "ruledAgainst": ("Court Person", "Agency Person Organization Jurisdiction Law FundingProgram"),
    "ruledFor": ("Court Person", "Agency Person Organization Jurisdiction Law FundingProgram"),
    "criticizes": (
        "Person Agency Organization Jurisdiction",
        "Person Agency Organization Jurisdiction Court Law FundingProgram",
    ),
    "supports": (
        "Person Agency Organization Jurisdiction",
        "Person Agency Organization Jurisdiction Court Law FundingProgram",
    ),
    "limitsCooperationWith": ("Jurisdiction Agency", "Agency"),
    "cooperatesWith": ("Jurisdiction Agency", "Agency"),
    "namedIn": ("Jurisdiction Agency Person", "Publication"),
    "issued": ("Agency Organization Person", "Publication Law"),
    "proposes": ("Person Agency Organization", "Law FundingProgram"),
}


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return read_ontology(FOLDER)


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(FOLDER / SHAPES)


@pytest.fixture(scope="module")
def fixture() -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    dataset.parse(FIXTURE)
    return dataset


def document_graph(fixture: rdflib.Dataset, name: str) -> rdflib.Graph:
    """Return a copy of what one document of the fixture says."""
    graph = rdflib.Graph()
    for triple in fixture.graph(ID[f"document/{name}"]):
        graph.add(triple)
    return graph


def test_relations_have_their_domains_and_ranges(ontology: Ontology) -> None:
    found = {name: (set(r.domain), set(r.range)) for name, r in ontology.relations.items()}
    assert found == {name: (set(d.split()), set(r.split())) for name, (d, r) in RELATIONS.items()}


def test_every_relation_reads_in_both_directions(ontology: Ontology) -> None:
    inverses = [relation.inverse for relation in ontology.relations.values()]
    labels = [relation.inverse_label for relation in ontology.relations.values()]
    assert len(set(inverses)) == len(set(labels)) == len(RELATIONS)
    assert not set(inverses) & set(ontology.relations)


@pytest.mark.parametrize(
    ("name", "ancestors"),
    [
        ("Entity", ()),
        ("Person", ("Entity",)),
        ("Official", ("Person", "Entity")),
        ("Municipality", ("Jurisdiction", "Entity")),
        ("ExecutiveOrder", ("Law", "Entity")),
        ("Mention", ("Passage",)),
        ("Claim", ()),
    ],
)
def test_ancestors_lead_up_to_the_root(ontology: Ontology, name: str, ancestors: tuple[str, ...]) -> None:
    assert ontology.ancestors(name) == ancestors


@pytest.mark.parametrize(
    ("relation", "subject", "object_", "allowed"),
    [
        ("holdsPost", "Official", "Municipality", True),
        ("holdsPost", "Person", "Court", True),
        ("holdsPost", "Person", "Law", False),
        ("holdsPost", "Agency", "Municipality", False),
        ("within", "County", "State", True),
        ("within", "Agency", "State", False),
        ("sued", "Municipality", "LawEnforcementAgency", True),
        ("sued", "Court", "Agency", False),
        ("proposes", "LegislativeBody", "Bill", True),
        ("proposes", "Jurisdiction", "Bill", False),
        ("cites", "Person", "Entity", False),
        ("invented", "Person", "Law", False),
        ("cites", "Invented", "Law", False),
    ],
)
def test_allows_uses_subclasses(ontology: Ontology, relation: str, subject: str, object_: str, allowed: bool) -> None:
    assert ontology.allows(relation, subject, object_) is allowed


def test_entity_types_can_be_drawn_and_told_apart(ontology: Ontology) -> None:
    types = ontology.entity_types()
    assert "Person" in types
    assert not {"Entity", "Claim", "Document", "Relation"} & set(types)
    top = [ontology.classes[name] for name in types if ontology.classes[name].parent == "Entity"]
    assert len({(found.colour, found.shape) for found in top}) == len(top) == 8
    assert ontology.classes["County"].colour == ontology.classes["Jurisdiction"].colour
    assert ontology.classes["Official"].spacy_labels == ("PERSON",)


def test_qualifiers_and_identifiers_are_known(ontology: Ontology) -> None:
    assert {found.name for found in ontology.of_kind("Qualifier")} == {
        "title",
        "former",
        "amount",
        "fiscalYear",
        "bound",
        "date",
        "datePrecision",
        "deadline",
        "program",
        "court",
    }
    assert {found.name for found in ontology.of_kind("Identifier")} == {
        "uscCitation",
        "executiveOrderNumber",
        "fips",
        "geonamesId",
        "assistanceListing",
    }
    assert ontology.properties["bound"].range == ('"atLeast"', '"atMost"', '"about"')
    assert ontology.relations["sentLetterTo"].qualifiers == ("date", "deadline")


def test_classes_elsewhere(ontology: Ontology) -> None:
    assert "http://www.w3.org/ns/org#FormalOrganization" in ontology.classes["Court"].external
    assert "http://data.europa.eu/eli/ontology#LegalResource" in ontology.classes["Law"].external


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('rdfs:label "sued"@en ;', "", ["pol:sued", "rdfs:label"]),
        ("rdfs:domain pol:Person ; rdfs:range pol:Law ;", "rdfs:range pol:Law ;", ["pol:signed", "rdfs:domain"]),
        ("rdfs:domain pol:Person ; rdfs:range pol:Law", "rdfs:domain pol:Perso ; rdfs:range pol:Law", ["'Perso'"]),
        ("rdfs:domain pol:Person ; rdfs:range pol:Law", "rdfs:domain pol:Claim ; rdfs:range pol:Law", ["'Claim'"]),
        ("owl:inverseOf pol:sued ;", "", ["pol:sued", "no inverse"]),
        ('pol:colour "#E69F00"', 'pol:colour "orange"', ["no colour", "'orange'"]),
        ('pol:shape "dot"', 'pol:shape "blob"', ["unknown shape", "'blob'"]),
        ('pol:colour "#E69F00" ;', "", ["no pol:colour"]),
        ("rdfs:subClassOf pol:Entity, foaf:Person", "rdfs:subClassOf pol:Official, foaf:Person", ["lies below itself"]),
        ("rdfs:subClassOf pol:Person ;", "rdfs:subClassOf pol:Being ;", ["pol:Official", "'Being'"]),
        ("pol:takesQualifier pol:program .", "pol:takesQualifier pol:programme .", ["'programme'"]),
        ("a owl:Ontology ;", "a owl:Thing ;", ["no header"]),
        ("pol:Person a owl:Class ;", "pol:Person a owl:Class", ["Turtle"]),
    ],
)
def test_mistakes_are_named(tmp_path: Path, old: str, new: str, words: list[str]) -> None:
    text = (FOLDER / "core.ttl").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "core.ttl"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read_ontology(tmp_path)
    message = str(caught.value)
    assert str(path) in message
    assert [word for word in words if word not in message] == []


def test_missing_ontology_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"core\.ttl"):
        read_ontology(tmp_path)


@pytest.mark.parametrize("name", ["lakemont-letters", "grants-fight", "untitled-note"])
def test_documents_conform(shapes: rdflib.Graph, fixture: rdflib.Dataset, name: str) -> None:
    conforms, _, report = pyshacl.validate(document_graph(fixture, name), shacl_graph=shapes)
    assert conforms, report


def test_union_with_quarantine_and_reference_conforms(shapes: rdflib.Graph) -> None:
    union = rdflib.Graph()
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(FIXTURE)
    for triple in dataset.triples((None, None, None)):
        union.add(triple)
    conforms, _, report = pyshacl.validate(union, shacl_graph=shapes)
    assert conforms, report


QUILL, LAKEMONT = ID["person/ada-quill"], ID["jurisdiction/us/oh/lakemont"]
BYRNE, STATUTE = ID["program/byrne-jag"], ID["law/us/usc/8/1373"]


def one(graph: rdflib.Graph, kind: str) -> rdflib.term.Node:
    """Return the first member of a class, by IRI."""
    return sorted(graph.subjects(RDF.type, POL[kind]))[0]


def with_(graph: rdflib.Graph, predicate: str) -> rdflib.term.Node:
    """Return the first claim with a qualifier, by IRI."""
    return sorted(graph.subjects(POL[predicate]))[0]


def literal(value: str, datatype: rdflib.URIRef = rdflib.XSD.string) -> rdflib.Literal:
    return rdflib.Literal(value, datatype=datatype)


DAMAGES = {
    "two labels": (lambda g: g.add((QUILL, RDFS.label, rdflib.Literal("A. Quill"))), "exactly one rdfs:label"),
    "no prefLabel": (lambda g: g.remove((QUILL, rdflib.SKOS.prefLabel, None)), "exactly one skos:prefLabel"),
    "superclass not stated": (lambda g: g.remove((QUILL, RDF.type, POL.Person)), "is stated to be pol:Person"),
    "root not stated": (lambda g: g.remove((LAKEMONT, RDF.type, POL.Entity)), "is stated to be pol:Entity"),
    "class and IRI differ": (lambda g: g.add((QUILL, RDF.type, POL.Agency)), "has agency/ below the base"),
    "bad FIPS": (lambda g: g.set((LAKEMONT, POL.fips, literal("39 99"))), "FIPS code"),
    "bad citation": (lambda g: g.set((STATUTE, POL.uscCitation, literal("8 USC 1373"))), "title/section"),
    "bad listing": (lambda g: g.set((BYRNE, POL.assistanceListing, literal("16738"))), "16.738"),
    "domain": (lambda g: g.add((BYRNE, POL.sued, LAKEMONT)), "The subject of pol:criticizes, pol:sued or pol:supports"),
    "range": (lambda g: g.add((LAKEMONT, POL.sued, BYRNE)), "The object of pol:sued is"),
    "no subject": (lambda g: g.remove((one(g, "Claim"), RDF.subject, None)), "exactly one subject"),
    "unknown object": (lambda g: g.set((one(g, "Claim"), RDF.object, ID["person/nobody"])), "exactly one object"),
    "unknown relation": (lambda g: g.set((one(g, "Claim"), RDF.predicate, POL.likes)), "a relation of the ontology"),
    "unknown status": (lambda g: g.set((one(g, "Claim"), POL.status, POL.Maybe)), "exactly one status"),
    "confidence": (
        lambda g: g.set((one(g, "Claim"), POL.confidence, literal("1.5", rdflib.XSD.decimal))),
        "decimal from 0 to 1",
    ),
    "no evidence": (lambda g: g.remove((one(g, "Claim"), rdflib.PROV.wasDerivedFrom, None)), "at least one piece"),
    "amount": (lambda g: g.set((with_(g, "amount"), POL.amount, literal("-1", rdflib.XSD.decimal))), "above 0"),
    "amount as text": (lambda g: g.set((with_(g, "amount"), POL.amount, literal("$1"))), "xsd:decimal above 0"),
    "year": (lambda g: g.set((with_(g, "fiscalYear"), POL.fiscalYear, literal("1016", rdflib.XSD.gYear))), "xsd:gYear"),
    "bound": (lambda g: g.add((with_(g, "amount"), POL.bound, literal("over"))), "atLeast, atMost or about"),
    "bound alone": (lambda g: g.add((with_(g, "title"), POL.bound, literal("about"))), "beside a pol:amount"),
    "date": (lambda g: g.set((with_(g, "date"), POL.date, literal("March 1"))), "one xsd:date"),
    "precision": (lambda g: g.add((with_(g, "date"), POL.datePrecision, literal("week"))), "day, month or year"),
    "precision alone": (lambda g: g.add((with_(g, "title"), POL.datePrecision, literal("day"))), "beside a pol:date"),
    "program": (lambda g: g.set((with_(g, "program"), POL.program, LAKEMONT)), "names one funding program"),
    "offsets reversed": (lambda g: g.set((one(g, "Evidence"), POL.end, rdflib.Literal(0))), "1 or more"),
    "offsets equal": (
        lambda g: g.set((one(g, "Mention"), POL.end, g.value(one(g, "Mention"), POL.start))),
        "before its end",
    ),
    "offset is text": (lambda g: g.set((one(g, "Quotation"), POL.start, literal("5"))), "starts at exactly one"),
    "blank sentence": (lambda g: g.set((one(g, "Evidence"), OA.exact, literal("  "))), "not blank"),
    "no rule": (lambda g: g.remove((one(g, "Evidence"), rdflib.PROV.wasGeneratedBy, None)), "names the rule"),
    "no document": (lambda g: g.remove((one(g, "Mention"), POL.inDocument, None)), "exactly one document"),
    "unknown entity": (
        lambda g: g.set((one(g, "Mention"), POL.refersTo, ID["person/nobody"])),
        "refers to exactly one",
    ),
    "quotation without words": (lambda g: g.remove((one(g, "Quotation"), POL.text, None)), "exactly once, in pol:text"),
    "no identifier": (lambda g: g.remove((None, rdflib.DCTERMS.identifier, None)), "dcterms:identifier"),
    "rejected without reason": (
        lambda g: g.add((ID["claim/0f"], RDF.type, POL.RejectedClaim)),
        "says why it was rejected",
    ),
}


@pytest.mark.parametrize("name", sorted(DAMAGES))
def test_damage_is_reported_in_words(shapes: rdflib.Graph, fixture: rdflib.Dataset, name: str) -> None:
    damage, words = DAMAGES[name]
    graph = document_graph(fixture, "lakemont-letters")
    damage(graph)
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes)
    assert not conforms
    assert words in report


def test_deadline_before_date_is_a_warning(shapes: rdflib.Graph, fixture: rdflib.Dataset) -> None:
    graph = document_graph(fixture, "lakemont-letters")
    graph.set((with_(graph, "deadline"), POL.deadline, literal("2016-01-01", rdflib.XSD.date)))
    assert pyshacl.validate(graph, shacl_graph=shapes, allow_warnings=True)[0]
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes)
    assert not conforms
    assert "The deadline lies before the date." in report


def test_shapes_are_well_formed(shapes: rdflib.Graph) -> None:
    conforms, _, report = pyshacl.validate(shapes, shacl_graph=shapes, meta_shacl=True)
    assert conforms, report


def test_relation_shapes_are_fresh(ontology: Ontology) -> None:
    text = (FOLDER / SHAPES).read_text(encoding="utf-8")
    assert replace_relation_shapes(text, ontology) == text, "run: python -m kg.ontology_docs"


def test_page_is_fresh(ontology: Ontology) -> None:
    assert (ROOT / PAGE).read_text(encoding="utf-8") == encode_page(ontology), "run: python -m kg.ontology_docs"


def test_shapes_without_marks_are_refused(ontology: Ontology) -> None:
    with pytest.raises(ValueError, match="marks"):
        replace_relation_shapes("@prefix x: <y> .", ontology)


def test_every_term_is_declared_once_with_label_and_comment() -> None:
    graph = rdflib.Graph().parse(FOLDER / "core.ttl")
    terms = {s for s in graph.subjects() if isinstance(s, rdflib.URIRef) and s.startswith(POL)}
    inverses = set(graph.subjects(rdflib.OWL.inverseOf))
    assert len(terms) > 60
    assert [term for term in sorted(terms) if len(list(graph.objects(term, RDFS.label))) != 1] == []
    assert [term for term in sorted(terms - inverses) if graph.value(term, RDFS.comment) is None] == []
