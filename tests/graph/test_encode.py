"""A linked document becomes exactly the triples of the graph contract."""

from dataclasses import replace
from decimal import Decimal

import pytest
from pyoxigraph import BlankNode, RdfFormat, Store, parse

from kg.errors import DocumentError
from kg.graph import terms
from kg.graph.encode import Encoder, claim_path, corpus_confidence, evidence_path
from kg.graph.terms import PREFIXES
from kg.graph.write import canonical_lines
from kg.records import Entity, Qualifiers, Status

ID = "https://w3id.org/policy-kg/id/"


def ask(triples, pattern):
    """Tell whether a pattern, in SPARQL with `id:` and the usual prefixes, is in the triples."""
    store = Store()
    store.bulk_load("\n".join(canonical_lines(triples)).encode(), RdfFormat.N_TRIPLES)
    text = pattern.replace("id:", "id_:")
    return bool(store.query(f"ASK {{ {text} }}", prefixes={**PREFIXES, "id_": ID}))


TABLE = [
    ("an entity has its label twice", '<{ID}person/ann-lee> rdfs:label "Ann Lee" ; skos:prefLabel "Ann Lee"'),
    ("and its other names", '<{ID}person/ann-lee> skos:altLabel "Lee"'),
    ("its class", "<{ID}jurisdiction/us/zz/springfield> a pol:Municipality"),
    ("the superclasses up to the root", "<{ID}jurisdiction/us/zz/springfield> a pol:Jurisdiction, pol:Entity"),
    ("those elsewhere", "<{ID}jurisdiction/us/zz/springfield> a schema:AdministrativeArea"),
    ("those of the parents elsewhere", "<{ID}person/ann-lee> a foaf:Person, schema:Person"),
    ("who holds a post is an official", "<{ID}person/ann-lee> a pol:Official, pol:Person"),
    ("identifiers", '<{ID}law/us/usc/8/1373> pol:uscCitation "8/1373"'),
    ("a position is canonical decimals", "<{ID}jurisdiction/us/zz/springfield> geo:lat 38.5 ; geo:long -121.4"),
    (
        "an asserted fact has the direct triple",
        "<{ID}person/ann-lee> pol:holdsPost <{ID}jurisdiction/us/zz/springfield>",
    ),
    ("a document", '<{ID}document/one> a pol:Document, schema:NewsArticle ; dcterms:identifier "one"'),
    ("its metadata", '<{ID}document/one> schema:headline "A mayor speaks" ; schema:publisher "The Daily"'),
    ("its date", '<{ID}document/one> schema:datePublished "2017-03-28"^^xsd:date'),
    ("an address that is no IRI", '<{ID}document/one> schema:url "https://example.org/a b"^^xsd:anyURI'),
    (
        "a mention",
        '?m a pol:Mention ; pol:refersTo <{ID}person/ann-lee> ; oa:exact "Ann Lee" ; pol:start 0 ; pol:end 7',
    ),
    ("a mention's document", "?m a pol:Mention ; pol:inDocument <{ID}document/one>"),
    (
        "a claim",
        "?c a pol:Claim, rdf:Statement ; rdf:subject <{ID}person/ann-lee> ; rdf:predicate pol:holdsPost ; "
        "rdf:object <{ID}jurisdiction/us/zz/springfield> ; pol:status pol:Asserted ; pol:confidence 0.875 ; "
        'pol:title "mayor"',
    ),
    (
        "its evidence",
        "?c rdf:predicate pol:conditionedOn ; prov:wasDerivedFrom ?e . ?e a pol:Evidence ; "
        "pol:inDocument <{ID}document/one> ; pol:attributedTo <{ID}person/ann-lee> ; pol:start 0 ; pol:end 72 ; "
        'oa:exact "Ann Lee, the mayor of Springfield, said Acme grants hang on the statute."',
    ),
    (
        "the rule, with its version",
        '?e prov:wasGeneratedBy ?r . ?r a pol:Rule, prov:Activity ; rdfs:label "offices#after-name" ; pol:version "1"',
    ),
    (
        "qualifiers, canonical",
        '?c pol:amount "2500000"^^xsd:decimal ; pol:bound "atLeast" ; pol:fiscalYear "2016"^^xsd:gYear ; '
        'pol:date "2016-01-01"^^xsd:date ; pol:datePrecision "year"',
    ),
    ("a denied claim", "?c rdf:predicate pol:sued ; pol:status pol:Negated"),
    (
        "a quotation",
        '?q a pol:Quotation ; pol:speaker <{ID}person/ann-lee> ; pol:text "We will see them in a court of law," ; '
        "pol:inDocument <{ID}document/one>",
    ),
    ("a speaker without a name", '?q a pol:Quotation ; pol:describedAs "a resident"'),
]
ABSENT = [
    ("the label is no other name", '<{ID}person/ann-lee> skos:altLabel "Ann Lee"'),
    ("a denied fact has no direct triple", "<{ID}person/ann-lee> pol:sued ?o"),
    ("who is meant is unknown: no mention", '?m a pol:Mention ; oa:exact "them"'),
    ("no number that is not canonical", '?c pol:amount "2.50E+6"'),
    ("a city is no state", "<{ID}jurisdiction/us/zz/springfield> a pol:State"),
    ("an unnamed speaker is nobody", '?q pol:describedAs "a resident" ; pol:speaker ?s'),
    ("what the reference data says is not the document's", "<{ID}jurisdiction/us/zz/springfield> pol:within ?s"),
    ("a fact said to be so is no claim of another status", "?c rdf:predicate pol:holdsPost ; pol:status pol:Negated"),
]


@pytest.mark.parametrize("pattern", [row[1] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_contract_holds(pattern, make_linked, encoder):
    assert ask(encoder.encode_document(make_linked()), pattern.replace("{ID}", ID))


@pytest.mark.parametrize("pattern", [row[1] for row in ABSENT], ids=[row[0] for row in ABSENT])
def test_nothing_else_is_said(pattern, make_linked, encoder):
    assert not ask(encoder.encode_document(make_linked()), pattern.replace("{ID}", ID))


def test_no_blank_nodes(make_linked, encoder):
    triples = encoder.encode_document(make_linked())
    assert not [t for t in triples if isinstance(t.subject, BlankNode) or isinstance(t.object, BlankNode)]


def test_a_claim_of_two_documents_is_one_claim_with_two_pieces_of_evidence(make_linked):
    one, two = make_linked("one").claims[0], make_linked("two").claims[0]
    assert claim_path(one) == claim_path(two)
    assert evidence_path(one) != evidence_path(two)


@pytest.mark.parametrize(
    "changes",
    [
        {"status": Status.HYPOTHETICAL},
        {"relation": "supports"},
        {"subject": "person/other"},
        {"qualifiers": Qualifiers(title="sheriff")},
        {"qualifiers": Qualifiers(title="mayor", former=True)},
        {"qualifiers": Qualifiers(title="mayor", amount=Decimal(1))},
    ],
)
def test_what_a_claim_says_is_its_name(changes, make_linked):
    claim = make_linked().claims[0]
    assert claim_path(replace(claim, **changes)) != claim_path(claim)


def test_how_a_claim_was_read_is_not_its_name(make_linked):
    claim = make_linked().claims[0]
    other = replace(claim, evidence=replace(claim.evidence, rule="other", confidence=0.1))
    same = replace(claim, qualifiers=replace(claim.qualifiers, amount=Decimal("1.0")))
    assert claim_path(other) == claim_path(claim)
    assert claim_path(same) == claim_path(replace(same, qualifiers=replace(same.qualifiers, amount=Decimal(1))))


def test_the_surest_evidence_of_the_corpus_settles_the_confidence(make_linked, encoder):
    sure, unsure = make_linked("one"), make_linked("two")
    claim = replace(unsure.claims[0], evidence=replace(unsure.claims[0].evidence, confidence=0.25))
    unsure = replace(unsure, claims=(claim,))
    triples = encoder.encode_document(unsure, corpus_confidence([sure, unsure]))
    assert ask(triples, "?c a pol:Claim ; pol:confidence 0.875 ; prov:wasDerivedFrom/pol:confidence 0.25")
    assert not ask(triples, "?c a pol:Claim ; pol:confidence 0.25")


def test_two_rules_that_read_the_same_sentence_are_one_piece_of_evidence(make_linked, encoder):
    linked = make_linked()
    claim = linked.claims[0]
    weaker = replace(claim, evidence=replace(claim.evidence, rule="weaker", confidence=0.2))
    for claims in ((claim, weaker), (weaker, claim)):
        triples = encoder.encode_document(replace(linked, claims=claims))
        assert ask(
            triples, '?e a pol:Evidence ; pol:confidence 0.875 ; prov:wasGeneratedBy/rdfs:label "offices#after-name"'
        )
        assert not ask(triples, "?e a pol:Evidence ; pol:confidence 0.2")


@pytest.mark.parametrize(
    ("employer", "official"),
    [("Municipality", True), ("Agency", True), ("Court", True), ("Organization", False)],
)
def test_only_a_public_office_makes_an_official(employer, official, make_linked, encoder):
    linked = make_linked()
    city = replace(linked.entities[1], type=employer, identifiers=())
    triples = encoder.encode_document(replace(linked, entities=(linked.entities[0], city, *linked.entities[2:])))
    assert ask(triples, f"<{ID}person/ann-lee> a pol:Official") is official


@pytest.mark.parametrize(
    ("identifier", "path"),
    [
        ("000_4bd2e86e8d5d318a", "document/000_4bd2e86e8d5d318a"),
        ("a b", "document/a%20b"),
        ("x/../y", "document/x%2F..%2Fy"),
        ("é", "document/%C3%A9"),
        ("100%", "document/100%25"),
    ],
)
def test_a_document_keeps_its_own_iri(identifier, path):
    assert terms.document_path(identifier) == path
    assert terms.resource(path).value == ID + path


@pytest.mark.parametrize(
    ("value", "text"),
    [("0.500", "0.5"), ("1E+3", "1000"), ("-0", "0"), ("0.00", "0"), ("100", "100"), ("12.10", "12.1")],
)
def test_decimals_are_canonical(value, text):
    assert terms.decimal(Decimal(value)).value == text


@pytest.mark.parametrize("value", ["0.5", "1000", "0", "100", "12.1", "-3.25"])
def test_canonical_decimals_are_those_of_oxigraph(value):
    store = Store()
    store.bulk_load(f'<a:a> <a:p> "{value}"^^<{PREFIXES["xsd"]}decimal> .'.encode(), RdfFormat.N_TRIPLES)
    assert next(iter(store)).object == terms.decimal(Decimal(value))


@pytest.mark.parametrize("field", ["text", "title"])
def test_a_lone_surrogate_is_refused(field, make_linked, encoder):
    linked = make_linked()
    bad = replace(
        linked, document=replace(linked.document, **{field: "a \ud800 b"}), quotations=(), claims=(), links=()
    )
    if field == "text":
        bad = replace(bad, links=(replace(linked.links[0], mention=replace(linked.links[0].mention, text="\ud800")),))
    with pytest.raises(DocumentError, match=r"one\.txt"):
        encoder.encode_document(bad)


@pytest.mark.parametrize("character", ["\x00", "\ufffe", "\uffff"])
def test_characters_that_others_refuse_to_load_are_replaced(character):
    assert terms.text(f"a{character}b").value == "a\ufffdb"


def test_the_base_is_configurable(make_linked, ontology):
    lines = canonical_lines(Encoder(ontology, "http://example.org/x/").encode_document(make_linked()))
    assert any("<http://example.org/x/person/ann-lee>" in line for line in lines)
    assert not any(ID in line for line in lines)


REFERENCE = {
    "jurisdiction/us/zz": Entity("jurisdiction/us/zz", "State", "Zeta", (), (), (("within", "jurisdiction/us"),)),
    "jurisdiction/us": Entity("jurisdiction/us", "Country", "United States"),
    "jurisdiction/us/zz/springfield": Entity(
        "jurisdiction/us/zz/springfield",
        "Municipality",
        "Springfield, Zeta",
        (),
        (),
        (("within", "jurisdiction/us/zz"),),
    ),
    "agency/us/unasked": Entity("agency/us/unasked", "Agency", "Nobody asked"),
}


def test_the_reference_graph_has_what_is_mentioned_and_all_above_it(make_linked, encoder):
    triples = encoder.encode_reference(make_linked().entities, REFERENCE.get)
    springfield = f"<{ID}jurisdiction/us/zz/springfield>"
    assert ask(triples, f"{springfield} pol:within <{ID}jurisdiction/us/zz> .")
    assert ask(triples, f"<{ID}jurisdiction/us/zz> pol:within <{ID}jurisdiction/us> ; rdfs:label 'Zeta'")
    assert ask(triples, f"<{ID}jurisdiction/us> a pol:Country, pol:Entity")
    assert ask(triples, f"{springfield} rdfs:label 'Springfield'"), "one label, that of the documents"
    assert not ask(triples, f"{springfield} rdfs:label 'Springfield, Zeta'")
    assert not ask(triples, f"<{ID}agency/us/unasked> ?p ?o")
    assert not ask(triples, f"<{ID}person/ann-lee> ?p ?o"), "the reference data does not know her"


def test_a_reference_fact_that_the_ontology_lacks_is_left_out(encoder):
    party = Entity("organization/party", "Organization", "Party", facts=(("partOf", "organization/movement"),))
    movement = Entity("organization/movement", "Organization", "Movement")
    triples = encoder.encode_reference([party], {party.id: party, movement.id: movement}.get)
    assert ask(triples, f"<{ID}organization/party> rdfs:label 'Party'")
    assert not ask(triples, "?s pol:partOf ?o")


def test_a_persons_decision_stands_at_the_mention(encoder, make_linked):
    linked = make_linked()
    why = "decided by ann on 2018-02-01: the paper's archive says so"
    link = replace(linked.links[0], reasons=("a name of the tables", why))
    triples = encoder.encode_document(replace(linked, links=(link, *linked.links[1:])))
    assert ask(triples, f'?m pol:decision "{why}" ; pol:refersTo <{ID}{link.entity}>')
    assert not ask(encoder.encode_document(linked), "?m pol:decision ?why")


def test_a_chapter_belongs_to_its_organization(encoder):
    chapter = Entity(
        "organization/chapter", "Organization", "Chapter", facts=(("subOrganizationOf", "organization/u"),)
    )
    union = Entity("organization/u", "Organization", "Union")
    triples = encoder.encode_reference([chapter], {chapter.id: chapter, union.id: union}.get)
    assert ask(triples, f"<{ID}organization/chapter> pol:subOrganizationOf <{ID}organization/u>")
    body = Entity("agency/b", "Agency", "B", facts=(("subOrganizationOf", "organization/u"),))
    refused = encoder.encode_reference([body], {body.id: body, union.id: union}.get)
    assert not ask(refused, "?s pol:subOrganizationOf ?o"), "a public body is no unit of a private organization"


def test_a_circle_in_the_reference_data_ends(encoder):
    one = Entity("agency/a", "Agency", "A", facts=(("partOf", "agency/b"),))
    two = Entity("agency/b", "Agency", "B", facts=(("partOf", "agency/a"),))
    triples = encoder.encode_reference([one], {"agency/a": one, "agency/b": two}.get)
    assert ask(triples, f"<{ID}agency/a> pol:partOf <{ID}agency/b> . <{ID}agency/b> pol:partOf <{ID}agency/a>")


def test_lines_parse_to_the_same_triples(make_linked, encoder):
    triples = encoder.encode_document(make_linked())
    parsed = parse("\n".join(canonical_lines(triples)), RdfFormat.N_TRIPLES)
    assert {quad.triple for quad in parsed} == triples
