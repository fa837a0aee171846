"""Scores: each rule of the annotation guidelines, and the same figures as the scorer that they were written for."""

import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.errors import InputError
from kg.evaluate import evaluate
from kg.graph.encode import Encoder
from kg.graph.predictions import fold
from kg.graph.write import canonical_lines
from kg.ontology import read_ontology
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

SHARED = Path(os.environ.get("KG_SHARED", "../shared"))

ANN = Entity("person/ann", "Person", "Ann Lee", ("Lee",))
BOB = Entity("person/bob", "Person", "Bob Ray")
CITY = Entity(
    "jurisdiction/us/oh/springfield", "Municipality", "Springfield", facts=(("within", "jurisdiction/us/oh"),)
)
OHIO = Entity("jurisdiction/us/oh", "State", "Ohio", (), (("fips", "39"),))
GOLD = {
    "doc": "one",
    "entities": [
        {"id": "ann", "type": "Person", "names": ["Ann Lee", "Mayor Lee"]},
        {"id": "bob", "type": "Person", "names": ["Bob Ray"]},
        {"id": "city", "type": "Jurisdiction", "names": ["The Springfield"], "level": "Municipality", "within": "ohio"},
        {"id": "ohio", "type": "Jurisdiction", "names": ["Ohio"], "level": "State", "ids": {"fips": "39"}},
    ],
    "facts": [
        {"s": "ann", "p": "holdsPost", "o": "city", "q": {"title": "mayor"}},
        {"s": "ann", "p": "criticizes", "o": "bob"},
        {"s": "city", "p": "within", "o": "ohio", "implied": True},
    ],
    "not": [{"s": "bob", "p": "criticizes", "o": "ann"}],
    "quotes": [
        {"speaker": "ann", "text": "We will not be bullied by them"},
        {"speaker": None, "described": "a resident", "text": "I have never seen such a thing"},
    ],
}


@pytest.fixture(scope="module")
def encoder():
    return Encoder(read_ontology(Settings().ontology))


def claim(subject, relation, target, **changes):
    proof = Evidence("one", Span(0, 5), "words", "rule", "1", 0.5)
    return replace(Claim(subject.id, relation, target.id, proof), **changes)


def quotation(text, speaker=None, start=0):
    return Quotation("one", Span(start, start + 1), text, speaker.id if speaker else None)


def store_of(encoder, entities=(), claims=(), quotations=(), reference=True):
    links = tuple(
        Link(Mention(Span(n, n + 1), "x", entity.type, "test"), entity.id, 1.0) for n, entity in enumerate(entities)
    )
    document = Document("one", "words", "", "one.txt")
    linked = LinkedDocument(document, links, tuple(entities), tuple(claims), tuple(quotations))
    triples = encoder.encode_document(linked)
    if reference:
        triples |= encoder.encode_reference([CITY, OHIO], {CITY.id: CITY, OHIO.id: OHIO}.get)
    store = Store()
    store.bulk_load("\n".join(canonical_lines(triples)).encode(), RdfFormat.N_TRIPLES)
    return store


@pytest.fixture
def score(encoder, tmp_path):
    """Return a scorer of predictions against GOLD: {kind: (hit, gold, predicted)}, traps, errors."""

    def run(gold=GOLD, **predicted):
        (tmp_path / "one.json").write_text(json.dumps(gold), encoding="utf-8")
        result = evaluate(store_of(encoder, **predicted), tmp_path)
        figures = {kind: (s.hit, s.gold, s.predicted) for kind, s in result.scores.items()}
        return figures, result.traps, result.errors

    return run


ALL = (ANN, BOB, CITY, OHIO)


def test_what_is_right_counts_once(score):
    claims = [
        claim(ANN, "holdsPost", CITY, qualifiers=Qualifiers(title="the Mayor")),
        claim(ANN, "criticizes", BOB),
    ]
    quotations = [quotation("We will not be bullied by them", ANN), quotation("I have never seen such a thing")]
    figures, traps, errors = score(entities=ALL, claims=claims, quotations=quotations)
    assert figures == {
        "entities": (4, 4, 4),
        "facts": (2, 2, 2),
        "facts with qualifiers": (2, 2, 2),
        "quotes": (2, 2, 2),
    }
    assert traps == 0 and errors == []


ENTITIES = [
    ("nobody is mentioned", (), (0, 4, 0)),
    ("two are missing", (ANN, OHIO), (2, 4, 2)),
    ("another name", (replace(ANN, label="Mayor Lee", alt_labels=()),), (1, 4, 1)),
    ("a name too many", (Entity("person/cat", "Person", "Cat Doe"),), (0, 4, 1)),
    ("a duplicate is an error", (ANN, replace(ANN, id="person/ann-2")), (1, 4, 2)),
    ("another type", (Entity("organization/ann", "Organization", "Ann Lee"),), (0, 4, 1)),
    ("another level", (replace(CITY, type="County"),), (0, 4, 1)),
    ("another identifier", (replace(OHIO, identifiers=(("fips", "40"),)),), (0, 4, 1)),
    ("no identifier", (replace(OHIO, identifiers=()),), (1, 4, 1)),
    ("a mere other name", (replace(BOB, label="Robert", alt_labels=("the BOB ray",)),), (1, 4, 1)),
]


@pytest.mark.parametrize(("entities", "figures"), [row[1:] for row in ENTITIES], ids=[row[0] for row in ENTITIES])
def test_entities(entities, figures, score):
    assert score(entities=entities, reference=False)[0]["entities"] == figures


def test_a_city_of_another_state_is_another_city(score):
    texas = replace(OHIO, id="jurisdiction/us/tx", label="Texas", identifiers=())
    gold = GOLD | {"entities": [GOLD["entities"][2] | {"within": "Texas"}], "facts": [], "not": [], "quotes": []}
    assert score(gold=gold, entities=(CITY,))[0]["entities"] == (0, 1, 1)
    assert score(gold=gold, entities=(CITY, texas))[0]["entities"] == (0, 1, 2)
    gold["entities"] = [GOLD["entities"][2] | {"within": "Ohio"}]
    assert score(gold=gold, entities=(CITY,))[0]["entities"] == (1, 1, 1)


FACTS = [
    ("a missing qualifier", [claim(ANN, "holdsPost", CITY)], (1, 2, 1), (0, 2, 1), 0),
    ("the other direction", [claim(CITY, "holdsPost", ANN)], (0, 2, 1), (0, 2, 1), 0),
    ("a denied claim does not count", [claim(ANN, "criticizes", BOB, status=Status.NEGATED)], (0, 2, 0), (0, 2, 0), 0),
    ("nor a hypothetical one", [claim(ANN, "criticizes", BOB, status=Status.HYPOTHETICAL)], (0, 2, 0), (0, 2, 0), 0),
    ("an implied fact is no error", [claim(CITY, "within", OHIO)], (0, 2, 0), (0, 2, 0), 0),
    ("a trap", [claim(BOB, "criticizes", ANN)], (0, 2, 1), (0, 2, 1), 1),
    ("another fact is wrong", [claim(BOB, "supports", ANN)], (0, 2, 1), (0, 2, 1), 0),
    (
        "the same wrong fact twice is wrong once",
        [claim(BOB, "supports", ANN), claim(BOB, "supports", ANN, qualifiers=Qualifiers(former=True))],
        (0, 2, 1),
        (0, 2, 1),
        0,
    ),
]


@pytest.mark.parametrize(
    ("claims", "facts", "qualified", "traps"), [row[1:] for row in FACTS], ids=[row[0] for row in FACTS]
)
def test_facts(claims, facts, qualified, traps, score):
    figures, fallen, _ = score(entities=ALL, claims=claims)
    assert (figures["facts"], figures["facts with qualifiers"], fallen) == (facts, qualified, traps)


QUOTES = [
    ("nearly all words", [quotation("We will not be bullied", ANN)], (0, 2, 1)),
    ("a word more", [quotation("and we will not be bullied by them", ANN)], (1, 2, 1)),
    ("another speaker", [quotation("We will not be bullied by them", BOB)], (0, 2, 1)),
    ("no speaker", [quotation("We will not be bullied by them")], (0, 2, 1)),
    ("a speaker too many", [quotation("I have never seen such a thing", BOB)], (0, 2, 1)),
    ("a short one that is not annotated", [quotation("Never again, he said", BOB)], (0, 2, 0)),
    ("a long one that is not annotated", [quotation("Never again shall we go", BOB)], (0, 2, 1)),
    ("twice", [quotation("We will not be bullied by them", ANN, s) for s in (0, 1)], (1, 2, 2)),
]


@pytest.mark.parametrize(("quotations", "figures"), [row[1:] for row in QUOTES], ids=[row[0] for row in QUOTES])
def test_quotes(quotations, figures, score):
    assert score(entities=ALL, quotations=quotations)[0]["quotes"] == figures


@pytest.mark.parametrize(
    ("name", "gold", "predicted", "right"),
    [
        ("amount", 1000, {"amount": Decimal(1009)}, True),
        ("amount", 1000, {"amount": Decimal(1011)}, False),
        ("fiscalYear", "2016", {"fiscal_year": 2016}, True),
        ("fiscalYear", "2016", {"fiscal_year": 2017}, False),
        ("former", True, {"former": True}, True),
        ("former", True, {}, False),
        ("former", False, {}, True),
        ("title", "mayor", {"title": "the Mayor"}, True),
        ("title", "deputy mayor", {"title": "mayor"}, True),
        ("title", "mayor", {"title": "sheriff"}, False),
        ("program", "ohio", {"program": OHIO.id}, True),
        ("program", "ann", {"program": OHIO.id}, False),
        ("bound", "atLeast", {"bound": "atLeast"}, True),
    ],
)
def test_qualifiers(name, gold, predicted, right, score):
    facts = [{"s": "ann", "p": "holdsPost", "o": "city", "q": {name: gold}}]
    figures, _, _ = score(
        gold=GOLD | {"facts": facts},
        entities=ALL,
        claims=[claim(ANN, "holdsPost", CITY, qualifiers=Qualifiers(**predicted))],
    )
    assert figures["facts with qualifiers"][0] == int(right)


def test_a_document_that_is_not_there_is_all_missed(score):
    figures, _, errors = score(gold=GOLD | {"doc": "two"}, entities=ALL)
    assert figures["entities"] == (0, 4, 0)
    assert errors[0] == "two: document: not in the graph"


@pytest.mark.parametrize(
    ("text", "folded"),
    [("The U.S.", "u s"), ("Justice's end", "justice end"), ("Café $5", "cafe $5"), ("a", "a"), ("“An” Oak", "oak")],
)
def test_names_are_folded(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize("text", [None, "{", '{"doc": "one"}', "[]"])
def test_broken_gold_is_an_error(text, encoder, tmp_path):
    if text is not None:
        (tmp_path / "one.json").write_text(text)
    with pytest.raises(InputError):
        evaluate(store_of(encoder), tmp_path)


def predictions(gold, rng, encoder):
    """Turn gold annotations into predictions with every kind of mistake in them."""
    name = gold["doc"]
    kinds = {"Jurisdiction": "level"}
    entities, links, claims, quotations = {}, [], [], []
    for number, one in enumerate(gold["entities"]):
        kind = one.get(kinds.get(one["type"], ""), one["type"])
        if rng.random() < 0.1:
            kind = rng.choice(["Person", "County", "Agency", "State", "Statute"])
        label = rng.choice(one["names"]) if rng.random() < 0.85 else "Somebody Else"
        codes = {"usc": "uscCitation", "fips": "fips", "eo": "executiveOrderNumber", "aln": "assistanceListing"}
        known = tuple(
            (codes[k], v if rng.random() < 0.8 else "0") for k, v in (one.get("ids") or {}).items() if k in codes
        )
        for copy in range(2 if rng.random() < 0.1 else 1):
            entity = Entity(f"thing/{one['id']}-{copy}", kind, label, tuple(one["names"][:1]), known)
            entities[one["id"]] = entity
            if rng.random() < 0.9:
                links.append(Link(Mention(Span(number, number + 1), "x", kind, "test"), entity.id, 1.0))
    for number, fact in enumerate([*gold["facts"], *gold.get("not", [])]):
        if fact["s"] not in entities or fact["o"] not in entities or rng.random() < 0.3:
            continue
        given = fact.get("q") or {}
        factor = Decimal(1) if rng.random() < 0.6 else Decimal("1.02")
        qualifiers = Qualifiers(
            title=given.get("title"),
            former=given.get("former"),
            amount=Decimal(str(given["amount"])) * factor if "amount" in given else None,
            fiscal_year=int(str(given["fiscalYear"])[:4]) if "fiscalYear" in given else None,
            bound=given.get("bound"),
            program=entities[given["program"]].id if given.get("program") in entities else None,
        )
        ends = (fact["s"], fact["o"]) if rng.random() < 0.9 else (fact["o"], fact["s"])
        status = Status.ASSERTED if rng.random() < 0.9 else Status.NEGATED
        proof = Evidence(name, Span(number, number + 1), "x", "rule", "1", 0.5)
        claims.append(Claim(entities[ends[0]].id, fact["p"], entities[ends[1]].id, proof, qualifiers, status))
    for number, quote in enumerate(gold.get("quotes", [])):
        words = quote["text"].split()
        text = " ".join(words[: len(words) - (rng.random() < 0.3) * (len(words) // 4)])
        speaker = entities.get(quote.get("speaker") if rng.random() < 0.8 else rng.choice(list(entities)))
        quotations.append(Quotation(name, Span(number, number + 1), text, speaker.id if speaker else None))
    document = Document(name, "x", "", name)
    linked = LinkedDocument(document, tuple(links), tuple(entities.values()), tuple(claims), tuple(quotations))
    return encoder.encode_document(linked)


@pytest.mark.skipif(not (SHARED / "eval" / "score.py").is_file(), reason="the shared evaluation data is not here")
@pytest.mark.parametrize("seed", range(3))
def test_the_figures_are_those_of_the_reference_scorer(seed, encoder, tmp_path):
    rng = random.Random(seed)
    folder = SHARED / "eval" / "gold"
    triples = set()
    for path in sorted(folder.glob("*.json")):
        triples |= predictions(json.loads(path.read_text(encoding="utf-8")), rng, encoder)
    lines = "\n".join(canonical_lines(triples)) + "\n"
    (tmp_path / "graph.nt").write_text(lines, encoding="utf-8")
    store = Store()
    store.bulk_load(lines.encode(), RdfFormat.N_TRIPLES)
    run = subprocess.run(
        [sys.executable, str(SHARED / "eval" / "score.py"), str(tmp_path / "graph.nt"), str(folder), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    wanted = json.loads(run.stdout)
    assert wanted["facts"]["hit"] > 20 and wanted["traps"]["fallen"] > 5 and wanted["quotes"]["hit"] > 10
    assert evaluate(store, folder).as_json() == wanted
