"""Graphs that follow the graph contract, made up from a seed: for tests and for the benchmark of the explorer.

Two kinds: `news_graph` imitates what a build of some articles gives (a hub, letters to many places, money, threats,
denials, quotations); `wide_graph` has N entities and about 3N links, for measuring. Every name is invented.
"""

import random
from datetime import date, timedelta

import pyoxigraph as ox

from kg.ids import ONTOLOGY_BASE, RESOURCE_BASE, content_hash, slug

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
SCHEMA = "https://schema.org/"
GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"
XSD = "http://www.w3.org/2001/XMLSchema#"

HOSTILE = (
    "<script>window.hacked = 1</script>",
    '"><img src=x onerror="window.hacked = 2">',
    "</script><script>window.hacked = 3</script>",
    "<!-- <script> --> & \u2028 \u2029 href=",
    "javascript:window.hacked=4",
    "{{ 7 * 7 }} {% raw %} ${window.hacked = 5}",
    "=HYPERLINK(1)",
    "O\u2019Brien \u201cquoted\u201d \u202eright to left",
)


def pol(name: str) -> str:
    """Return the IRI of a term of the ontology."""
    return ONTOLOGY_BASE + name


def iri(path: str) -> str:
    """Return the IRI of a resource."""
    return RESOURCE_BASE + path


class GraphBuilder:
    """Adds entities, documents and claims to a store in the shapes of the contract."""

    def __init__(self) -> None:
        self.store = ox.Store()
        self.labels: dict[str, str] = {}

    def add(self, subject: str, predicate: str, thing: str, graph: str | None = None) -> None:
        self._put(subject, predicate, ox.NamedNode(thing), graph)

    def say(self, subject: str, predicate: str, value: object, kind: str = "string", graph: str | None = None) -> None:
        self._put(subject, predicate, ox.Literal(str(value), datatype=ox.NamedNode(XSD + kind)), graph)

    def _put(self, subject: str, predicate: str, thing: "ox.NamedNode | ox.Literal", graph: str | None) -> None:
        place = ox.NamedNode(graph) if graph else ox.DefaultGraph()
        self.store.add(ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), thing, place))

    def entity(self, path: str, classes: tuple[str, ...], label: str, alt: tuple[str, ...] = ()) -> str:
        for name in ("Entity", *classes):
            self.add(iri(path), RDF + "type", pol(name))
        self.say(iri(path), RDFS + "label", label)
        self.say(iri(path), SKOS + "prefLabel", label)
        for other in alt:
            self.say(iri(path), SKOS + "altLabel", other)
        self.labels[path] = label
        return path

    def place(self, path: str, latitude: float, longitude: float) -> None:
        self.say(iri(path), GEO + "lat", latitude, "decimal")
        self.say(iri(path), GEO + "long", longitude, "decimal")

    def document(self, name: str, title: str, published: date, publisher: str, url: str) -> str:
        document = iri(f"document/{name}")
        self.add(document, RDF + "type", pol("Document"))
        self.say(document, "http://purl.org/dc/terms/identifier", name)
        self.say(document, SCHEMA + "headline", title)
        self.say(document, SCHEMA + "datePublished", published, "date")
        self.say(document, SCHEMA + "publisher", publisher)
        self.say(document, SCHEMA + "url", url)
        return document

    def mention(self, document: str, path: str, words: str, start: int) -> None:
        mention = iri(f"mention/{content_hash(document, path, start)}")
        self.add(mention, RDF + "type", pol("Mention"))
        self.add(mention, pol("refersTo"), iri(path))
        self.add(mention, pol("inDocument"), document)
        self.say(mention, OA + "exact", words)
        self.say(mention, pol("start"), start, "integer")
        self.say(mention, pol("end"), start + len(words), "integer")

    def quotation(self, document: str, path: str | None, text: str, start: int) -> None:
        quotation = iri(f"quotation/{content_hash(document, text, start)}")
        self.add(quotation, RDF + "type", pol("Quotation"))
        self.say(quotation, pol("text"), text)
        self.add(quotation, pol("inDocument"), document)
        self.say(quotation, pol("start"), start, "integer")
        self.say(quotation, pol("end"), start + len(text), "integer")
        if path:
            self.add(quotation, pol("speaker"), iri(path))

    def reference(self, subject: str, relation: str, thing: str) -> None:
        self.add(iri(subject), pol(relation), iri(thing), iri("graph/reference"))

    def claim(
        self,
        triple: tuple[str, str, str],
        evidence: list[tuple[str, str, int]],
        *,
        status: str = "Asserted",
        speaker: str | None = None,
        qualifiers: dict[str, tuple[str, str]] | None = None,
    ) -> str:
        """Add a claim; each evidence is (document, sentence, start), each qualifier (value, xsd type or "iri")."""
        subject, relation, thing = triple
        claim = iri(f"claim/{content_hash(triple, status, sorted((qualifiers or {}).items()))}")
        for kind in (pol("Claim"), RDF + "Statement"):
            self.add(claim, RDF + "type", kind)
        self.add(claim, RDF + "subject", iri(subject))
        self.add(claim, RDF + "predicate", pol(relation))
        self.add(claim, RDF + "object", iri(thing))
        self.add(claim, pol("status"), pol(status))
        for name, (value, kind) in (qualifiers or {}).items():
            if kind == "iri":
                self.add(claim, pol(name), iri(value))
            else:
                self.say(claim, pol(name), value, kind)
        for document, sentence, start in evidence:
            self._evidence(claim, (subject, thing), document, sentence, start, speaker)
            if status == "Asserted":
                self.add(iri(subject), pol(relation), iri(thing), document)
        return claim

    def _evidence(
        self, claim: str, ends: tuple[str, str], document: str, sentence: str, start: int, speaker: str | None
    ) -> None:
        evidence = iri(f"evidence/{content_hash(claim, document, start)}")
        self.add(claim, PROV + "wasDerivedFrom", evidence, document)
        self.add(evidence, RDF + "type", pol("Evidence"))
        self.add(evidence, pol("inDocument"), document)
        self.say(evidence, OA + "exact", sentence)
        self.say(evidence, pol("start"), start, "integer")
        self.say(evidence, pol("end"), start + len(sentence), "integer")
        self.say(evidence, pol("confidence"), "0.87", "decimal")
        self.add(evidence, PROV + "wasGeneratedBy", iri("rule/made-up"))
        if speaker:
            self.add(evidence, pol("attributedTo"), iri(speaker))
        for path in ends:
            at = sentence.find(self.labels[path])
            if at >= 0:
                self.mention(document, path, self.labels[path], start + at)


VERBS = {
    "sentLetterTo": "sent a letter to",
    "threatensFundingOf": "said that money could be withheld from",
    "receivedFunding": "received money from",
    "criticizes": "criticized",
    "supports": "praised",
    "cites": "pointed to",
    "sued": "sued",
    "holdsPost": "works for",
    "conditionedOn": "depends on",
    "administers": "runs",
    "hasFunding": "is paid by",
    "ruledAgainst": "ruled against",
    "limitsCooperationWith": "does not work with",
    "namedIn": "is listed in",
    "signed": "signed",
    "within": "lies in",
}

STATES = (
    ("Northmark", 44.0, -120.5), ("Eastvale", 41.2, -77.2), ("Lakeland", 43.8, -89.5), ("Sunridge", 31.5, -99.3),
    ("Goldcoast", 37.2, -119.6), ("Palmshore", 28.6, -82.4), ("Highplain", 39.0, -105.5),
)  # fmt: skip
TOWNS = (
    "Ashford", "Belmont", "Carver", "Dunmore", "Elkhart", "Fairwater", "Granby", "Hollis", "Ironton", "Jasper", "Kenmore",
    "Linden", "Marlow", "Norwood", "Oakdale", "Preston", "Quincy", "Redfield", "Selby", "Thornton", "Upton", "Vernon",
    "Westbrook", "Yarmouth", "Zephyr", "Alder", "Bristow", "Camden", "Dover", "Easton",
)  # fmt: skip
PEOPLE = (
    "Ada Marsh", "Ben Ortiz", "Cora Lind", "Dev Patel", "Elsa Brandt", "Finn O\u2019Hara", "Gita Rao", "Hugo Weiss",
    "Ines Duarte", "Jon Sato", "Kira Novak", "Leo Grant",
)  # fmt: skip


def news_graph(seed: int = 7, *, hostile: bool = False) -> ox.Store:
    """Return a graph like that of a dozen articles; with `hostile`, texts of every kind try to break out."""
    return _News(seed, hostile).build()


class _News:
    def __init__(self, seed: int, hostile: bool) -> None:
        self.random, self.hostile, self.b = random.Random(seed), hostile, GraphBuilder()
        self.documents: list[tuple[str, date]] = []
        self.offsets: dict[str, int] = {}

    def fact(
        self, subject: str, relation: str, thing: str, *, times: int = 1, status: str = "Asserted", **more: object
    ) -> None:
        labels = self.b.labels
        evidence = []
        for document, _ in self.random.sample(self.documents, times):
            verb = VERBS[relation]
            if status == "Negated":
                verb = f"never {verb}"
            sentence = f"{labels[subject]} {verb} {labels[thing]}, officials said in a statement that was made public."
            start = self.offsets[document] = self.offsets.get(document, 0) + 400
            evidence.append((document, sentence, start))
        self.b.claim((subject, relation, thing), evidence, status=status, **more)  # type: ignore[arg-type]

    def build(self) -> ox.Store:
        self.describe()
        self.places()
        self.actors()
        self.facts()
        return self.b.store

    def describe(self) -> None:
        for number in range(12):
            day = date(2017, 1, 25) + timedelta(days=31 * number)
            title = (
                HOSTILE[number % len(HOSTILE)] if self.hostile else f"Report number {number + 1} on cities and grants"
            )
            url = "javascript:alert(1)" if self.hostile else f"https://news.example/{number + 1}"
            publisher = HOSTILE[1] if self.hostile else ("Example Times", "Morning Post", "Public Wire")[number % 3]
            self.documents.append((self.b.document(f"report-{number + 1}", title, day, publisher, url), day))

    def places(self) -> None:
        b = self.b
        b.entity("jurisdiction/us", ("Jurisdiction", "Country"), "United States", ("U.S.", "America"))
        for name, latitude, longitude in STATES:
            path = b.entity(f"jurisdiction/us/{slug(name)}", ("Jurisdiction", "State"), name)
            b.place(path, latitude, longitude)
            b.reference(path, "within", "jurisdiction/us")
        self.towns = []
        for number, name in enumerate(TOWNS):
            state, latitude, longitude = STATES[number % len(STATES)]
            label = HOSTILE[number % len(HOSTILE)] + f" {name}" if self.hostile else name
            kind = "County" if number % 5 == 0 else "Municipality"
            path = b.entity(
                f"jurisdiction/us/{slug(state)}/{slug(name)}", ("Jurisdiction", kind), label, (f"city of {name}",)
            )
            b.place(path, latitude + self.random.uniform(-1.5, 1.5), longitude + self.random.uniform(-1.5, 1.5))
            b.reference(path, "within", f"jurisdiction/us/{slug(state)}")
            self.towns.append(path)

    def actors(self) -> None:
        b = self.b
        self.justice = b.entity("agency/us/department-of-grants", ("Agency",), "Department of Grants", ("DOG",))
        self.border = b.entity("agency/us/border-office", ("Agency", "LawEnforcementAgency"), "Border Office")
        b.reference(self.border, "partOf", "jurisdiction/us")
        b.reference(self.justice, "partOf", "jurisdiction/us")
        self.law = b.entity("law/us/usc/8/1373", ("Law", "Statute"), "8 U.S.C. \u00a7 1373", ("Section 1373",))
        b.say(iri(self.law), pol("uscCitation"), "8/1373")
        self.order = b.entity("law/us/eo/13768", ("Law", "ExecutiveOrder"), "Executive Order 13768")
        self.programs = [
            b.entity(f"program/{slug(n)}", ("FundingProgram",), n) for n in ("Harbor Grants", "Police Aid Fund")
        ]
        self.court = b.entity("court/us/n-d", ("Court",), "Northern District Court")
        self.list = b.entity("publication/list", ("Publication",), "List of declined requests")
        self.league = b.entity("organization/league", ("Organization",), "League of Towns")
        self.people = [b.entity(f"person/{slug(n)}", ("Person", "Official"), n, (n.split()[-1],)) for n in PEOPLE]

    def facts(self) -> None:
        towns, people, fact = self.towns, self.people, self.fact
        for town in towns[:23]:
            fact(self.justice, "sentLetterTo", town, times=1 + (towns.index(town) % 3 == 0),
                 qualifiers={"date": ("2018-01-24", "date"), "deadline": ("2018-02-23", "date")})  # fmt: skip
        for number, town in enumerate(towns[18:28]):
            amount = {"amount": (str(250_000 * (number + 1)), "decimal"), "fiscalYear": ("2016", "gYear")}
            fact(town, "receivedFunding", self.programs[number % 2], qualifiers=amount)
        fact(towns[18], "receivedFunding", self.programs[0], qualifiers={"amount": ("99000", "decimal")})
        for number, person in enumerate(people):
            employer = (self.justice, self.border, towns[24], towns[25], "jurisdiction/us", towns[2])[number % 6]
            fact(person, "holdsPost", employer, qualifiers={"title": ("Director", "string")})
        for number in range(9):
            fact(people[number % 3], "threatensFundingOf", towns[20 + number], times=1 + number % 3, status="Hypothetical" if number % 2 else "Asserted",
                 speaker=people[0], qualifiers={"program": (self.programs[0], "iri")})  # fmt: skip
            fact(people[3 + number], "criticizes", people[number % 3] if number % 2 else self.order)
        fact(people[0], "threatensFundingOf", towns[28], status="Negated")
        fact(people[0], "criticizes", towns[28], times=3)
        fact(people[0], "criticizes", towns[27], status="Negated")
        fact(towns[27], "criticizes", people[0], times=9)
        for program in self.programs:
            fact(program, "conditionedOn", self.law, times=4)
            fact(self.justice, "administers", program, times=2)
        fact(self.justice, "cites", self.law, times=6)
        fact(people[0], "cites", self.law, times=2)
        fact(people[4], "signed", self.order, qualifiers={"date": ("2017-01-25", "date")})
        fact(
            self.league, "sued", self.justice, qualifiers={"date": ("2017-08-07", "date"), "court": (self.court, "iri")}
        )
        fact(self.court, "ruledAgainst", self.order, qualifiers={"date": ("2017-04-25", "date")})
        for town in towns[20:26]:
            fact(town, "limitsCooperationWith", self.border)
            fact(town, "namedIn", self.list)
        text = HOSTILE[2] if self.hostile else "We will not change our policy because of a letter"
        self.b.quotation(self.documents[0][0], people[5], text, 40)


def wide_graph(nodes: int, seed: int = 11) -> ox.Store:
    """Return a graph of N entities in communities of about forty, and three links a node, each with a sentence."""
    draw, b = random.Random(seed), GraphBuilder()
    kinds = (
        ("Person", "Official"), ("Jurisdiction", "Municipality"), ("Agency",), ("Organization",), ("Law", "Statute"),
        ("FundingProgram",), ("Court",), ("Jurisdiction", "County"),
    )  # fmt: skip
    documents = [
        b.document(
            f"d{n}", f"Article {n}", date(2017, 1, 1) + timedelta(days=n), "Example Times", f"https://news.example/{n}"
        )
        for n in range(max(5, nodes // 40))
    ]
    paths = []
    for number in range(nodes):
        classes = kinds[number % len(kinds)]
        name = f"{TOWNS[number % len(TOWNS)]} {PEOPLE[(number * 7) % len(PEOPLE)].split()[-1]} {number}"
        paths.append(b.entity(f"{classes[0].lower()}/n{number}", classes, name))
    relations = sorted(VERBS)
    for number in range(3 * nodes):
        source = number % nodes
        block = source // 40 * 40
        near = draw.random() < 0.85
        target = block + int(40 * draw.random() ** 2) if near else draw.randrange(nodes)
        target = min(target, nodes - 1)
        if target == source:
            target = (source + 1) % nodes
        triple = (paths[source], draw.choice(relations), paths[target])
        sentence = f"{b.labels[paths[source]]} {VERBS[triple[1]]} {b.labels[paths[target]]}, as was reported this week."
        b.claim(triple, [(draw.choice(documents), sentence, number * 200)])
    return b.store
