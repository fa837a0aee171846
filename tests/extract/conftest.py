"""What the tests of extraction share: the reference tables, parses built by hand, extractors with and without a model."""

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract import Extractor
from kg.extract.article import split_article
from kg.extract.dates import find_dates
from kg.extract.money import find_money
from kg.extract.passages import MentionIndex, Passage
from kg.extract.pipeline import blank_pipeline
from kg.extract.reading import Reading, ReadPassage
from kg.extract.titles import TitleMatcher
from kg.records import ClaimDraft, Document, Extraction, Mention, Quotation, Span
from kg.reference import Reference, read_reference
from kg.settings import DEFAULT_MODEL, Settings

PUBLISHED = date(2018, 2, 1)
"""The day on which the documents of these tests appeared: officials of that time hold their offices."""

Word = tuple[str, int, str, str, str]
"""A word of a parse built by hand: printed form, index of its head, relation, part of speech and tag, lemma."""


def make_document(text: str, published: date | None = PUBLISHED) -> Document:
    """Return a document of a text."""
    return Document("t", text, hashlib.sha256(text.encode()).hexdigest(), "t.txt", published=published)


def make_doc(rows: str, *, ents: Sequence[str] | None = None) -> Doc:
    """Build a parse from a table: one word a line, with head (counted from 0), relation, part of speech, and lemma if it differs.

    A part of speech may carry its tag ("VERB.VBN"); a word that begins with "_" is glued to the word before it.
    """
    words, spaces, heads, deps, pos, tags, lemmas = [], [], [], [], [], [], []
    for line in rows.strip().splitlines():
        form, head, dep, part, *rest = line.split()
        if form.startswith("_") and spaces:
            spaces[-1], form = False, form[1:]
        part, _, tag = part.partition(".")
        words.append(form)
        spaces.append(True)
        heads.append(int(head))
        deps.append(dep)
        pos.append(part)
        tags.append(tag or part)
        lemmas.append(rest[0] if rest else form)
    spaces[-1] = False
    return Doc(
        spacy.blank("en").vocab, words=words, spaces=spaces, heads=heads, deps=deps, pos=pos, tags=tags, lemmas=lemmas,
        ents=list(ents) if ents else None,
    )  # fmt: skip


def make_passage(doc: Doc, start: int = 0) -> Passage:
    """Return a passage of a parse, as the only block of its text."""
    (block,) = split_article(doc.text)[:1]
    return Passage(block, doc, start, doc.text)


def find_span(text: str, words: str) -> Span:
    """Return the span of the first occurrence of some words, which must occur."""
    start = text.index(words)
    return Span(start, start + len(words))


def make_mention(text: str, words: str, class_: str, found_by: str = "place", **fields: object) -> Mention:
    """Return a mention of the first occurrence of some words."""
    return Mention(find_span(text, words), words, class_, found_by, **fields)  # type: ignore[arg-type]


def facts_of(extraction: Extraction, relation: str) -> list[ClaimDraft]:
    """Return the drafts of one relation."""
    return [draft for draft in extraction.claims if draft.relation == relation]


def printed(argument: Span | str, document: Document) -> str:
    """Return the words of an argument that is a span, and the path of one that is not."""
    return argument.of(document.text) if isinstance(argument, Span) else argument


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The settings of a build without a trained model."""
    return Settings(model="blank")


@pytest.fixture(scope="session")
def reference(settings: Settings) -> Reference:
    """The reference tables that are shipped."""
    return read_reference(settings.reference)


@pytest.fixture(scope="session")
def blank() -> Language:
    """A tokenizer with rule-made sentences."""
    return blank_pipeline()


@pytest.fixture(scope="session")
def passage_of(blank: Language) -> Callable[[str], Passage]:
    """A function that makes the one passage of a text, without a parse."""
    return lambda text: make_passage(blank(text))


@pytest.fixture(scope="session")
def titles(reference: Reference, blank: Language) -> TitleMatcher:
    """A matcher of the titles that the shipped tables list."""
    return TitleMatcher(reference, blank)


@pytest.fixture(scope="session")
def bare_extractor(settings: Settings, reference: Reference) -> Extractor:
    """An extractor without a trained model."""
    return Extractor(settings, reference)


@pytest.fixture(scope="session")
def model() -> str:
    """The trained pipeline: the shipped one, or the one that KG_TEST_MODEL names."""
    if (DEFAULT_MODEL / "meta.json").is_file():
        return str(DEFAULT_MODEL)
    named = os.environ.get("KG_TEST_MODEL")
    if not named:
        pytest.skip("no trained pipeline is shipped in kg/models, and KG_TEST_MODEL names none")
    return named


AUDITS_DECLARED = """
pol:audits a owl:ObjectProperty, pol:Relation ;
    rdfs:label "audits"@en ;
    rdfs:comment "Examines the books of."@en ;
    rdfs:domain pol:Agency ;
    rdfs:range [ a owl:Class ; owl:unionOf ( pol:Jurisdiction pol:Agency ) ] ;
    pol:takesQualifier pol:date .
pol:auditedBy a owl:ObjectProperty ; owl:inverseOf pol:audits ; rdfs:label "is audited by"@en .
"""
AUDITS_RULES = """relation: audits
version: 1
rules:
  - {id: audit, verb: [audit, inspect], subject: agent, object: [patient], qualifiers: [date], confidence: 0.8}
  - {id: audit-of, noun: [audit], subject: [poss], object: ["nmod:of"], confidence: 0.7}
examples:
  - {text: "The Justice Department audited Cook County.", facts: ["Justice Department → Cook County"]}
"""


@pytest.fixture(scope="session")
def grown_ontology(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the ontology with one relation more, "audits": a declaration in core.ttl and a file of rules."""
    shipped, grown = Settings().ontology, tmp_path_factory.mktemp("grown") / "ontology"
    shutil.copytree(shipped, grown)
    with (grown / "core.ttl").open("a", encoding="utf-8") as core:
        core.write(AUDITS_DECLARED)
    (grown / "relations" / "audits.yaml").write_text(AUDITS_RULES, encoding="utf-8")
    return grown


@pytest.fixture(scope="session")
def extractor(model: str, reference: Reference, grown_ontology: Path) -> Extractor:
    """An extractor with the trained pipeline; it reads the grown ontology, so that all tests share one (loading takes long)."""
    return Extractor(Settings(model=model, ontology=grown_ontology), reference)


@pytest.fixture(scope="session")
def extract(extractor: Extractor) -> Callable[[str], Extraction]:
    """A function that extracts a text with the trained pipeline, each text once in a session."""
    seen: dict[str, Extraction] = {}

    def extract_once(text: str) -> Extraction:
        if text not in seen:
            seen[text] = extractor.extract(make_document(text))
        return seen[text]

    return extract_once


Found = tuple[str, str, dict[str, str]]
"""A mention as the tables of these tests write it: printed words, type, and what it carries (key, hints, antecedent)."""


def named(extraction: Extraction, found_by: str | None = None) -> list[Found]:
    """Return the mentions of an extraction, or those of one finder, in the compact form."""
    text = extraction.document.text
    return [
        (
            mention.text,
            mention.type,
            {
                **dict(mention.hints),
                **({"key": mention.key} if mention.key else {}),
                **({"for": mention.antecedent.of(text)} if mention.antecedent else {}),
            },
        )
        for mention in extraction.mentions
        if found_by in {None, mention.found_by}
    ]


def drafts(extraction: Extraction, *relations: str) -> list[tuple[str, str, str]]:
    """Return the drafts of some relations (all, when none is named) as subject, relation, object, sorted, each once."""
    document = extraction.document
    return sorted(
        {
            (printed(draft.subject, document), draft.relation, printed(draft.object, document))
            for draft in extraction.claims
            if not relations or draft.relation in relations
        }
    )


@pytest.fixture(scope="session")
def read_bare(bare_extractor: Extractor) -> Callable[[str], Extraction]:
    """A function that extracts a text without a trained model."""
    return lambda text: bare_extractor.extract(make_document(text))


def make_reading(doc: Doc, names: dict[str, str], quotations: Sequence[Quotation] = ()) -> Reading:
    """Return a reading of one hand-built parse, with the first occurrence of each name as a mention of its type."""
    passage = make_passage(doc)
    mentions = sorted((make_mention(doc.text, words, kind) for words, kind in names.items()), key=lambda m: m.span)
    read = ReadPassage(
        passage,
        MentionIndex(passage, mentions),
        titles=[],
        dates=list(find_dates(doc, PUBLISHED)),
        money=list(find_money(doc.text)),
        titled={},
    )
    return Reading(make_document(doc.text), [read], mentions, [], quotations)
