"""Validation: what does not fit is taken out with its reason, and everything else stays."""

from dataclasses import replace
from decimal import Decimal

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple

from kg.errors import ConfigurationError, DocumentError
from kg.graph.audit import audit
from kg.graph.background import encode_ontology
from kg.graph.shapes import Shapes
from kg.graph.terms import RDFS_LABEL, resource, term
from kg.graph.validate import check_document
from kg.graph.write import canonical_lines
from kg.ids import RESOURCE_BASE
from kg.records import Entity, Qualifiers, Span, Status
from kg.settings import Settings


def test_a_document_that_fits_stays_whole(make_linked, encoder, shapes):
    linked = make_linked()
    checked = check_document(linked, encoder, shapes)
    assert checked.rejections == ()
    assert checked.linked == linked
    assert checked.triples == encoder.encode_document(linked)


CLAIMS = [
    ("a wrong subject", {"subject": "program/acme"}, "goes from Person to"),
    ("a wrong object", {"object": "law/us/usc/8/1373"}, "not from Person to Statute"),
    ("a denied one too", {"object": "law/us/usc/8/1373", "status": Status.NEGATED}, "not from Person to Statute"),
    ("an unknown relation", {"relation": "likes"}, "no relation 'likes'"),
    ("an entity that is not described", {"object": "agency/us/nobody"}, "no entity agency/us/nobody"),
    ("a qualifier that is not described", {"qualifiers": Qualifiers(court="court/none")}, "no entity court/none"),
    ("a program that is none", {"qualifiers": Qualifiers(program="person/ann-lee")}, "pol:program names one"),
    ("an amount of nothing", {"qualifiers": Qualifiers(amount=Decimal(0))}, "An amount is one"),
    ("a bound without an amount", {"qualifiers": Qualifiers(bound="atLeast")}, "beside a pol:amount"),
    ("an unknown bound", {"qualifiers": Qualifiers(amount=Decimal(1), bound="nearly")}, "A bound is"),
    ("a year out of range", {"qualifiers": Qualifiers(fiscal_year=1066)}, "A fiscal year"),
    ("a title without end", {"qualifiers": Qualifiers(title="x" * 201)}, "A title is one string"),
]


@pytest.mark.parametrize(("changes", "reason"), [row[1:] for row in CLAIMS], ids=[row[0] for row in CLAIMS])
def test_a_claim_that_does_not_fit_is_taken_out(changes, reason, make_linked, encoder, shapes):
    linked = make_linked()
    wrong = replace(linked.claims[0], **changes)
    checked = check_document(replace(linked, claims=(wrong, *linked.claims[1:])), encoder, shapes)
    assert [(r.kind, r.claim) for r in checked.rejections] == [("claim", wrong)]
    assert reason in checked.rejections[0].reason
    assert checked.linked.claims == linked.claims[1:]
    assert checked.linked.links == linked.links
    assert encoder.direct(wrong) not in checked.triples


EVIDENCE = [
    ("other words", {"sentence": "She said nothing."}, "does not stand at its offsets"),
    ("offsets beyond the text", {"span": Span(5000, 5010)}, "does not stand at its offsets"),
    ("a confidence above one", {"confidence": 1.5}, "from 0 to 1"),
    ("attributed to nobody known", {"attributed_to": "person/nobody"}, "no entity person/nobody"),
]


@pytest.mark.parametrize(("changes", "reason"), [row[1:] for row in EVIDENCE], ids=[row[0] for row in EVIDENCE])
def test_evidence_that_does_not_fit_takes_its_claim_out(changes, reason, make_linked, encoder, shapes):
    linked = make_linked()
    claim = replace(linked.claims[0], evidence=replace(linked.claims[0].evidence, **changes))
    checked = check_document(replace(linked, claims=(claim, *linked.claims[1:])), encoder, shapes)
    assert len(checked.rejections) == 1
    assert reason in checked.rejections[0].reason
    assert checked.linked.claims == linked.claims[1:]


def test_a_direct_triple_stays_where_another_claim_states_it(make_linked, encoder, shapes):
    linked = make_linked()
    wrong = replace(linked.claims[0], qualifiers=Qualifiers(title="mayor", bound="about"))
    checked = check_document(replace(linked, claims=(wrong, *linked.claims)), encoder, shapes)
    assert [r.claim for r in checked.rejections] == [wrong]
    assert encoder.direct(wrong) in checked.triples


def test_an_entity_that_does_not_fit_takes_what_names_it_along(make_linked, encoder, shapes):
    linked = make_linked()
    law = replace(linked.entities[4], identifiers=(("uscCitation", "section 1373"),))
    checked = check_document(replace(linked, entities=(*linked.entities[:4], law)), encoder, shapes)
    kinds = sorted(r.kind for r in checked.rejections)
    assert kinds == ["claim", "entity", "mention"]
    assert all("title/section" in r.reason for r in checked.rejections)
    assert all("8/1373" not in line for line in canonical_lines(checked.triples))


@pytest.mark.parametrize(
    ("field", "kind"),
    [("links", "mention"), ("quotations", "quotation")],
)
def test_words_that_do_not_stand_where_they_should_are_taken_out(field, kind, make_linked, encoder, shapes):
    linked = make_linked()
    first = getattr(linked, field)[0]
    if kind == "mention":
        wrong = replace(first, mention=replace(first.mention, span=Span(3, 10)))
    else:
        wrong = replace(first, span=Span(5000, 5040))
    checked = check_document(replace(linked, **{field: (wrong, *getattr(linked, field)[1:])}), encoder, shapes)
    assert [r.kind for r in checked.rejections] == [kind]
    assert getattr(checked.linked, field) == getattr(linked, field)[1:]


def test_a_document_that_violates_a_shape_fails_alone(make_linked, encoder, shapes):
    linked = make_linked()
    linked = replace(linked, document=replace(linked.document, id=""))
    with pytest.raises(DocumentError, match=r"one\.txt.*violates the shapes"):
        check_document(linked, encoder, shapes)


def test_the_quarantine_keeps_the_claim_with_its_reason(make_linked, encoder):
    claim = make_linked().claims[0]
    lines = "\n".join(canonical_lines(encoder.encode_rejection(claim, "It does not fit.")))
    assert "ontology#RejectedClaim>" in lines and 'rejectionReason> "It does not fit."' in lines
    assert "ontology#Claim>" not in lines
    assert "Ann Lee, the mayor of Springfield" in lines
    assert f"{encoder.direct(claim)} ." not in lines


def store_of(encoder, *documents):
    store = Store()
    for linked in documents:
        name = encoder.document_graph(linked.document)
        for triple in encoder.encode_document(linked):
            store.bulk_load(f"{triple} .".encode(), RdfFormat.N_TRIPLES)
            store.bulk_load(f"{triple} .".encode(), RdfFormat.N_TRIPLES, to_graph=name)
    return store


def problems(store, ontology, shapes):
    return [p for p in audit(store, ontology, shapes, RESOURCE_BASE) if not p.warning]


def test_a_finished_graph_conforms(make_linked, encoder, ontology, shapes):
    assert problems(store_of(encoder, make_linked("one"), make_linked("two")), ontology, shapes) == []


def test_an_audit_finds_what_is_wrong(make_linked, encoder, ontology, shapes):
    linked = make_linked()
    misfit = replace(linked.claims[2], object="law/us/usc/8/1373")
    other_label = replace(
        make_linked("two"), entities=(Entity("person/ann-lee", "Person", "Anna Lee"), *linked.entities[1:])
    )
    store = store_of(encoder, replace(linked, claims=(misfit,)), other_label)
    graph = encoder.document_graph(linked.document)
    mention = next(store.quads_for_pattern(None, term("oa:exact"), Literal("Ann Lee"), graph))
    store.remove(mention)
    found = problems(store, ontology, shapes)
    messages = {(p.graph, p.message.partition(".")[0].partition(",")[0]) for p in found}
    assert ("document/one", "The subject or the object does not fit pol:sued") in messages
    assert ("union", "The documents give 2 canonical names") in messages
    assert ("document/one", "Evidence and mentions carry their words exactly once") in messages
    assert len(found) == 3


def test_an_audit_finds_an_asserted_claim_without_its_direct_triple(make_linked, encoder, ontology, shapes):
    linked = make_linked()
    store = store_of(encoder, linked)
    direct = encoder.direct(linked.claims[0])
    for quad in list(store.quads_for_pattern(direct.subject, direct.predicate, direct.object, None)):
        store.remove(quad)
    assert [p.message for p in problems(store, ontology, shapes)] == ["The claim is asserted and has no direct triple."]


def test_a_warning_rejects_nothing(make_linked, encoder, shapes):
    import datetime

    linked = make_linked()
    late = Qualifiers(date=datetime.date(2017, 5, 1), deadline=datetime.date(2017, 4, 1))
    claim = replace(linked.claims[0], qualifiers=late)
    linked = replace(linked, claims=(claim,))
    assert check_document(linked, encoder, shapes).rejections == ()
    assert [f.warning for f in shapes.check(encoder.encode_document(linked))] == [True]


@pytest.mark.parametrize("text", [None, "this is no Turtle"])
def test_shapes_that_cannot_be_read_are_an_error(text, tmp_path):
    path = tmp_path / "shapes.ttl"
    if text is not None:
        path.write_text(text)
    with pytest.raises(ConfigurationError, match=r"shapes\.ttl"):
        Shapes(path)


def test_the_ontology_has_no_blank_nodes_and_the_same_names_wherever_they_stand(tmp_path):
    core = Settings().ontology / "core.ttl"
    triples = encode_ontology(core)
    assert all(isinstance(t.subject, NamedNode) for t in triples)
    assert any("/genid/" in t.subject.value for t in triples)
    blocks = core.read_text(encoding="utf-8")
    head, _, body = blocks.partition("\npol:Relation a owl:Class")
    shuffled = tmp_path / "core.ttl"
    extra = "\npol:Zzz a owl:Class ; rdfs:subClassOf [ a owl:Class ; owl:unionOf ( pol:Law pol:Court ) ] .\n"
    shuffled.write_text(head + extra + "\npol:Relation a owl:Class" + body, encoding="utf-8")
    assert triples < encode_ontology(shuffled)


def test_an_ontology_that_runs_in_a_circle_is_an_error(tmp_path):
    path = tmp_path / "core.ttl"
    path.write_text("@prefix : <http://example.org/> . _:a :p _:b . _:b :p _:a .")
    with pytest.raises(ConfigurationError, match="refers to itself"):
        encode_ontology(path)


def test_rdf_star_is_refused(tmp_path):
    path = tmp_path / "core.ttl"
    path.write_text("@prefix : <http://example.org/> . :a :p <<( :s :p :o )>> .")
    with pytest.raises(ConfigurationError, match=r"core\.ttl"):
        encode_ontology(path)


def test_findings_are_sorted_and_name_the_value(encoder, shapes):
    node = resource("person/x")
    triples = {
        Triple(node, term("rdf:type"), term("pol:Person")),
        Triple(node, term("rdf:type"), term("pol:Entity")),
        Triple(node, RDFS_LABEL, Literal("")),
    }
    found = shapes.check(triples)
    assert found == sorted(found)
    assert {f.path.partition("#")[2] for f in found} == {"label", "prefLabel"}
