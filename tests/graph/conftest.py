"""Hand-made linked documents: two short articles of our own, with every kind of record in them."""

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from kg.graph.encode import Encoder
from kg.graph.shapes import Shapes
from kg.ontology import Ontology, read_ontology
from kg.records import (
    Claim,
    Document,
    Entity,
    Evidence,
    Link,
    LinkedDocument,
    Mention,
    MentionKind,
    Precision,
    Qualifiers,
    Quotation,
    Span,
    Status,
)
from kg.settings import Settings

WARNING = "Ann Lee, the mayor of Springfield, said Acme grants hang on the statute."
DENIAL = "She did not sue Springfield County."
AWARD = "Springfield got at least $2.5 million from Acme grants in 2016."
TEXT = f'{WARNING} {DENIAL} {AWARD} "We will see them in a court of law," Lee said.'

ANN = Entity("person/ann-lee", "Person", "Ann Lee", ("Lee", "Ann Lee"))
CITY = Entity(
    "jurisdiction/us/zz/springfield",
    "Municipality",
    "Springfield",
    ("City of Springfield",),
    (("geonamesId", "123"), ("lat", "38.50"), ("long", "-121.40")),
    (("within", "jurisdiction/us/zz"),),
)
COUNTY = Entity("jurisdiction/us/zz/springfield-county", "County", "Springfield County", (), (("fips", "99001"),))
PROGRAM = Entity("program/acme", "FundingProgram", "Acme grants", (), (("assistanceListing", "16.738"),))
LAW = Entity("law/us/usc/8/1373", "Statute", "8 U.S.C. § 1373", ("Section 1373",), (("uscCitation", "8/1373"),))
STATE = Entity("jurisdiction/us/zz", "State", "Zeta", ("ZZ",), (("fips", "99"),), (("within", "jurisdiction/us"),))
COUNTRY = Entity("jurisdiction/us", "Country", "United States", ("U.S.",))

MakeLinked = Callable[..., LinkedDocument]


def evidence(document: str, text: str, sentence: str, **changes: object) -> Evidence:
    start = text.index(sentence)
    found = Evidence(document, Span(start, start + len(sentence)), sentence, "offices#after-name", "1", 0.875)
    return replace(found, **changes)  # type: ignore[arg-type]


def mention(text: str, words: str, kind: str, entity: str | None) -> Link:
    start = text.index(words)
    found = Mention(Span(start, start + len(words)), words, kind, "pattern", MentionKind.NAME)
    return Link(found, entity, 0.9 if entity else 0.0)


def make_document(name: str = "one", text: str = TEXT, **changes: object) -> Document:
    document = Document(
        id=name,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        place=f"{name}.txt",
        title="A mayor speaks",
        publisher="The Daily",
        published=datetime.date(2017, 3, 28),
        url="https://example.org/a b",
    )
    return replace(document, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def make_linked() -> MakeLinked:
    """Return a maker of one linked document; the name and any field can be given."""

    def make(name: str = "one", **changes: object) -> LinkedDocument:
        claims = (
            Claim(ANN.id, "holdsPost", CITY.id, evidence(name, TEXT, WARNING), Qualifiers(title="mayor")),
            Claim(PROGRAM.id, "conditionedOn", LAW.id, evidence(name, TEXT, WARNING, attributed_to=ANN.id)),
            Claim(ANN.id, "sued", COUNTY.id, evidence(name, TEXT, DENIAL), status=Status.NEGATED),
            Claim(
                CITY.id,
                "receivedFunding",
                PROGRAM.id,
                evidence(name, TEXT, AWARD, confidence=0.5),
                Qualifiers(
                    amount=Decimal("2.50E+6"),
                    bound="atLeast",
                    fiscal_year=2016,
                    date=datetime.date(2016, 1, 1),
                    date_precision=Precision.YEAR,
                ),
            ),
        )
        start = TEXT.index('"We')
        words = "We will see them in a court of law,"
        linked = LinkedDocument(
            document=make_document(name),
            links=(
                mention(TEXT, "Ann Lee", "Person", ANN.id),
                mention(TEXT, "Springfield", "Jurisdiction", CITY.id),
                mention(TEXT, "the statute", "Law", LAW.id),
                mention(TEXT, "them", "Person", None),
            ),
            entities=(ANN, CITY, COUNTY, PROGRAM, LAW),
            claims=claims,
            quotations=(
                Quotation(name, Span(start + 1, start + 1 + len(words)), words, ANN.id),
                Quotation(name, Span(0, 7), "Ann Lee", None, "a resident"),
            ),
        )
        return replace(linked, **changes)  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return read_ontology(Settings().ontology)


@pytest.fixture(scope="session")
def shapes() -> Shapes:
    return Shapes(Settings().ontology / "shapes.ttl")


@pytest.fixture(scope="session")
def encoder(ontology: Ontology) -> Encoder:
    return Encoder(ontology)
