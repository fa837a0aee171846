"""Graphs for the tests of the server: records of invented documents, written by the writer that a build uses.

Every name but those of places is made up. `write_corpus` leaves a folder as `kg build` does, as far as the server reads
it, and returns the texts of the documents.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from kg.graph.background import encode_ontology
from kg.graph.encode import Encoder, corpus_confidence
from kg.graph.store import STORE, build_store
from kg.graph.terms import GRAPH_ONTOLOGY, GRAPH_QUARANTINE, GRAPH_REFERENCE
from kg.graph.write import GraphWriter, canonical_lines
from kg.ontology import CORE, read_ontology
from kg.records import (
    Claim,
    Document,
    Entity,
    Evidence,
    Link,
    LinkedDocument,
    Mention,
    Qualifiers,
    Quotation,
    Span,
    Status,
)
from kg.settings import Settings

HOSTILE = '<script>window.hacked = 1</script> & "quotes" \u202e\u2028 {{ 7 * 7 }}'

ENTITIES = {
    entity.id: entity
    for entity in (
        Entity("person/ada-quill", "Person", "Ada Quill", ("Quill", "A. Quill")),
        Entity("person/bo-winter", "Person", "Bo Winter", ("Winter",)),
        Entity("agency/us/department-of-rivers", "Agency", "Department of Rivers", ("DOR", "Rivers Department")),
        Entity(
            "jurisdiction/us/il/chicago",
            "Municipality",
            "Chicago",
            ("City of Chicago",),
            (("geonamesId", "4887398"),),
            (("within", "jurisdiction/us/il"),),
        ),
        Entity("jurisdiction/us/il", "State", "Illinois", (), (("fips", "17"),)),
        Entity("jurisdiction/us/ca/sacramento-county", "County", "Sacramento County"),
        Entity("law/us/usc/8/1373", "Statute", "8 U.S.C. § 1373", ("Section 1373",), (("uscCitation", "8/1373"),)),
        Entity("program/bridge-grants", "FundingProgram", "Bridge Grants"),
        Entity("organization/hostile", "Organization", HOSTILE),
    )
}


@dataclass
class Article:
    """A text that grows sentence by sentence, and what it says."""

    id: str
    title: str
    published: date
    text: str = ""
    links: list[Link] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)

    def sentence(self, words: str, names: dict[str, str]) -> Span:
        """Add a sentence; `names` are the words in it that name an entity, with its path."""
        span = Span(len(self.text), len(self.text) + len(words))
        for printed, path in names.items():
            start = span.start + words.index(printed)
            mention = Mention(Span(start, start + len(printed)), printed, ENTITIES[path].type, "test")
            self.links.append(Link(mention, path, 1.0))
        self.text += words + "\n\n"
        return span

    def fact(
        self,
        span: Span,
        subject: str,
        relation: str,
        thing: str,
        status: Status = Status.ASSERTED,
        qualifiers: Qualifiers = Qualifiers(),
        by: str | None = None,
    ) -> None:
        """Add a fact that a sentence states."""
        evidence = Evidence(self.id, span, span.of(self.text), f"test/{relation}", "1", 0.9, by)
        self.claims.append(Claim(subject, relation, thing, evidence, qualifiers, status))

    def linked(self) -> LinkedDocument:
        """Return the records."""
        digest = sha256(self.text.encode()).hexdigest()
        document = Document(
            self.id, self.text, digest, f"{self.id}.md", self.title, "The Daily Gauge", None, self.published, None
        )
        named = {link.entity for link in self.links} | {end for c in self.claims for end in (c.subject, c.object)}
        named |= {q.speaker for q in self.quotations if isinstance(q.speaker, str)}
        named |= {c.qualifiers.program for c in self.claims if isinstance(c.qualifiers.program, str)}
        entities = tuple(ENTITIES[path] for path in sorted(named) if path in ENTITIES)
        return LinkedDocument(document, tuple(self.links), entities, tuple(self.claims), tuple(self.quotations))


def articles() -> list[Article]:
    """Return three articles: threats, letters, money, a denial, quotations, and a name that is no friend."""
    quill, winter, rivers = "person/ada-quill", "person/bo-winter", "agency/us/department-of-rivers"
    chicago, county, law = "jurisdiction/us/il/chicago", "jurisdiction/us/ca/sacramento-county", "law/us/usc/8/1373"
    grants = "program/bridge-grants"
    one = Article("threat-2018", "Rivers secretary warns Chicago", date(2018, 1, 24))
    span = one.sentence(
        "Ada Quill of the Department of Rivers warned Chicago that its Bridge Grants could end.",
        {"Ada Quill": quill, "Department of Rivers": rivers, "Chicago": chicago, "Bridge Grants": grants},
    )
    one.fact(span, quill, "holdsPost", rivers, qualifiers=Qualifiers(title="Secretary"))
    one.fact(span, quill, "threatensFundingOf", chicago, qualifiers=Qualifiers(program=grants))
    span = one.sentence("“Every city must obey Section 1373,” Quill said.", {"Section 1373": law, "Quill": quill})
    one.fact(span, quill, "cites", law, by=quill)
    start = one.text.index("Every city")
    one.quotations.append(
        Quotation("threat-2018", Span(start, one.text.index(",” Quill")), "Every city must obey Section 1373", quill)
    )
    two = Article("letters-2018", "Letters go out", date(2018, 2, 1))
    span = two.sentence(
        "The Rivers Department sent Sacramento County a letter on January 31, 2018, and wants an answer by March 1.",
        {"Rivers Department": rivers, "Sacramento County": county},
    )
    dates = Qualifiers(date=date(2018, 1, 31), deadline=date(2018, 3, 1))
    two.fact(span, rivers, "sentLetterTo", county, qualifiers=dates)
    span = two.sentence(
        "Winter said the department never sent Chicago a letter.", {"Winter": winter, "Chicago": chicago}
    )
    two.fact(span, rivers, "sentLetterTo", chicago, status=Status.NEGATED, by=winter)
    span = two.sentence(
        "Chicago got about $1.5 million from the Bridge Grants in 2017.", {"Chicago": chicago, "Bridge Grants": grants}
    )
    money = Qualifiers(amount=Decimal(1_500_000), bound="about", fiscal_year=2017)
    two.fact(span, chicago, "receivedFunding", grants, qualifiers=money)
    three = Article("hostile/№ 3", HOSTILE, date(2019, 5, 5))
    words = f"{HOSTILE} criticized Ada Quill."
    span = three.sentence(words, {HOSTILE: "organization/hostile", "Ada Quill": quill})
    three.fact(span, "organization/hostile", "criticizes", quill)
    return [one, two, three]


def many(count: int) -> list[Article]:
    """Return generated articles: about ninety triples each."""
    found = []
    for number in range(count):
        article = Article(f"made-{number:06}", f"Article {number}", date(2017, 1 + number % 12, 1 + number % 28))
        people = [f"person/made-{(number * 7 + offset) % max(20, count // 4)}" for offset in range(3)]
        place = f"jurisdiction/us/xx/town-{number % max(10, count // 10)}"
        for path in people:
            ENTITIES.setdefault(path, Entity(path, "Person", f"Person {path.rpartition('-')[2]} Made"))
        ENTITIES.setdefault(place, Entity(place, "Municipality", f"Town {place.rpartition('-')[2]}"))
        for path, relation in zip(people, ("holdsPost", "threatensFundingOf", "supports"), strict=True):
            name, town = ENTITIES[path].label, ENTITIES[place].label
            span = article.sentence(f"{name} {relation} of {town}, report {number}.", {name: path, town: place})
            article.fact(span, path, relation, place)
        found.append(article)
    return found


def write_corpus(output: Path, found: list[Article]) -> list[tuple[str, str]]:
    """Write the graph of some articles below a folder; return the ids and texts of the articles."""
    settings = Settings()
    encoder = Encoder(read_ontology(settings.ontology))
    linked = [article.linked() for article in found]
    best = corpus_confidence(linked)
    with GraphWriter(output) as writer:
        for one in sorted(linked, key=lambda one: encoder.document_graph(one.document).value):
            writer.add(encoder.document_graph(one.document), canonical_lines(encoder.encode_document(one, best)))
        writer.add(encoder.iri(GRAPH_ONTOLOGY), canonical_lines(encode_ontology(settings.ontology / CORE)))
        entities = {entity.id: entity for one in linked for entity in one.entities}
        reference = encoder.encode_reference(entities.values(), ENTITIES.get)
        writer.add(encoder.iri(GRAPH_REFERENCE), canonical_lines(reference))
    writer.remove_runs()
    store = build_store(
        output / "graph.ttl", output / "graph.nq", output / STORE, without=encoder.iri(GRAPH_QUARANTINE)
    )
    del store
    return [(one.document.id, one.document.text) for one in linked]
