"""Extraction of one document: blocks, parses, mentions, offices, quotations, facts, in that order.

What enters is a `Document`; what leaves is an `Extraction`. Nothing is decided about who is meant, and nothing is kept
between documents.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from threadpoolctl import ThreadpoolController

from kg.extract.acronyms import settle_acronyms
from kg.extract.article import Block, BlockKind, split_article
from kg.extract.bodies import BodyFinder
from kg.extract.chambers import find_bodies
from kg.extract.citations import CitationFinder
from kg.extract.codes import encode_sentence
from kg.extract.coreference import Coreference
from kg.extract.dates import find_dates
from kg.extract.demonyms import DemonymFinder
from kg.extract.described import find_described
from kg.extract.facts import FactReader
from kg.extract.gazetteer import Gazetteer
from kg.extract.kinds import settle_kinds
from kg.extract.laws import LawFinder
from kg.extract.links import blank_links
from kg.extract.money import find_money
from kg.extract.nicknames import find_nicknames
from kg.extract.offices import Holding, OfficeReader, draft_holding
from kg.extract.orders import OrderFinder
from kg.extract.ordinary import drop_ordinary, words_of
from kg.extract.organizations import OrganizationFinder
from kg.extract.passages import MentionIndex, Passage, token_numbers
from kg.extract.people import PersonFinder, drop_headline_guesses, find_surnames
from kg.extract.pipeline import load_pipeline
from kg.extract.places import PlaceFinder
from kg.extract.quotations import find_quotations
from kg.extract.reading import Reading, ReadPassage
from kg.extract.rules import read_rules
from kg.extract.selection import select
from kg.extract.strangers import find_strangers
from kg.extract.structural import StructuralReader
from kg.extract.titles import TitleMatch, TitleMatcher
from kg.extract.universities import UniversityFinder
from kg.ontology import read_ontology
from kg.records import ClaimDraft, Document, Extraction, Mention, MentionKind, Quotation, Span
from kg.reference import Reference
from kg.settings import Settings

READ_BLOCKS = {BlockKind.HEADLINE, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CAPTION, BlockKind.DATELINE}
"""The blocks that are read; bylines and page furniture are not."""


OFFICE_TYPES = {"jurisdiction": "Jurisdiction", "court": "Court"}
"""The class of a body that a title alone names, by the first part of its path; others are agencies."""
SUBJECTS = {"he", "she"}
"""Pronouns whose office a sentence may tell: "he became mayor of the city"."""
NAMED_AFTER_PLACES = {"Agency", "LegislativeBody", "LawEnforcementAgency", "Court", "FundingProgram", "Organization"}


class Extractor:
    """Finds mentions, claims and quotations in documents."""

    def __init__(self, settings: Settings, reference: Reference):
        self.nlp = load_pipeline(settings)
        has_model = "ner" in self.nlp.pipe_names or "transformer" in self.nlp.pipe_names
        # On one thread: the matrices are small, and how many processors a machine has must not change a sum's last digit.
        self._arithmetic = ThreadpoolController()
        self._entries = reference.entries
        self._gazetteer = Gazetteer(reference, self.nlp)
        self._citations = CitationFinder(reference)
        self._places = PlaceFinder(reference, self.nlp, has_model=has_model)
        self._demonyms = DemonymFinder()
        self._universities = UniversityFinder()
        self._bodies = BodyFinder()
        self._laws = LawFinder()
        self._people = PersonFinder(has_model=has_model)
        self._words = words_of(self.nlp)
        people = (entry for entry in reference.entries.values() if entry.type == "Person")
        self._surnames = frozenset(person.label.split()[-1] for person in people)
        self._organizations = OrganizationFinder()
        self._orders = OrderFinder(reference)
        self._titles = TitleMatcher(reference, self.nlp)
        self._offices = OfficeReader(reference)
        self._coreference = Coreference(reference)
        self._structure = StructuralReader(reference)
        self._facts = FactReader(read_rules(settings.ontology / "relations"), read_ontology(settings.ontology))

    def extract(self, document: Document) -> Extraction:
        """Extract one document."""
        blocks = split_article(document.text)
        passages = self._parse(document, blocks)
        names, nested, titles = self._names(document, passages)
        names, nested = _with_strangers(names, nested, find_strangers(document, blocks, names))
        holdings, holding_drafts = self._holdings(document, passages, titles, names)
        quotations = find_quotations(document, blocks, names)
        first = list(self._coreference.find(passages, [*names, *nested], holdings, quotations, document.published))
        bodies = [*_described_bodies(first, names), *(m for m in first if m.text.lower() in SUBJECTS)]
        if bodies:
            holdings, holding_drafts = self._holdings(document, passages, titles, names, bodies)
        names = _judges_named(names, holdings)
        names = sorted([*names, *_described(passages, [*names, *first])], key=lambda mention: mention.span)
        resolved = list(self._coreference.find(passages, [*names, *nested], holdings, quotations, document.published))
        mentions = sorted([*names, *resolved], key=lambda mention: mention.span)
        people = [m for m in resolved if m.kind is MentionKind.NOMINAL and m.type == "Person"]
        quotations = find_quotations(document, blocks, sorted([*names, *people], key=lambda mention: mention.span))
        reading = self._reading(document, passages, titles, mentions, nested, holdings, quotations)
        claims = _unique([*holding_drafts, *self._structure.read(reading), *self._facts.read(reading)])
        told = {argument for claim in claims for argument in (claim.subject, claim.object)}
        told |= {quotation.speaker for quotation in reading.quotations if quotation.speaker is not None}
        mentions = [m for m in mentions if not m.hint("stated") or m.span in told or self._printed(m, document)]
        everything = sorted(
            {*mentions, *nested, *_offices_named(holdings, passages)}, key=lambda mention: (mention.span, mention.type)
        )
        return Extraction(document, tuple(everything), claims, tuple(reading.quotations))

    def _printed(self, mention: Mention, document: Document) -> bool:
        """Tell whether an article prints an alias of an entity anywhere, in words that are not read too."""
        entry = self._entries[mention.key or ""]
        return any(re.search(rf"\b{re.escape(name)}\b", document.text) for name in (entry.label, *entry.aliases))

    def _parse(self, document: Document, blocks: Sequence[Block]) -> list[Passage]:
        read = [block for block in blocks if block.kind in READ_BLOCKS]
        printed = [block.span.of(document.text) for block in read]
        with self._arithmetic.limit(limits=1, user_api="blas"):
            docs = list(self.nlp.pipe(blank_links(text) for text in printed))
        return [
            Passage(block, doc, block.span.start, text) for block, doc, text in zip(read, docs, printed, strict=True)
        ]

    def _names(
        self, document: Document, passages: Sequence[Passage]
    ) -> tuple[list[Mention], list[Mention], list[list[TitleMatch]]]:
        """Find the mentions by name, those nested in longer names (a place in a body's, an agency in a pool's), and titles."""
        names: list[Mention] = []
        nested: list[Mention] = []
        titles: list[list[TitleMatch]] = []
        for passage in passages:
            found = [
                *self._citations.find(passage),
                *self._gazetteer.find(passage),
                *self._places.find(passage),
                *self._demonyms.find(passage),
            ]
            first, _ = select(found)
            named = [*self._bodies.find(passage, first), *self._universities.find(passage, first)]
            chosen, dropped = select([*found, *named])
            titles.append(self._titles.find(passage.doc, token_numbers(passage, chosen)))
            chosen, _ = select([*chosen, *self._people.find(passage, chosen, titles[-1])])
            chosen, _ = select([*chosen, *self._organizations.find(passage, chosen, titles[-1])])
            chosen += self._orders.find(passage, chosen, document.published)
            chosen += self._laws.find(passage, chosen)
            names += chosen
            nested += _nested(dropped, chosen)
        names = drop_ordinary(passages, drop_headline_guesses(passages, names), self._words, self._surnames)
        names = settle_acronyms(document, settle_kinds(passages, names, self._words, self._surnames))
        names = find_bodies(passages, names, {p.start: found for p, found in zip(passages, titles, strict=True)})
        names += find_surnames(passages, names)
        names += find_nicknames(passages, names)
        return sorted(names, key=lambda mention: mention.span), nested, titles

    def _holdings(
        self,
        document: Document,
        passages: Sequence[Passage],
        titles: Sequence[Sequence[TitleMatch]],
        names: Sequence[Mention],
        bodies: Sequence[Mention] = (),
    ) -> tuple[list[Holding], list[ClaimDraft]]:
        holdings: list[Holding] = []
        drafts: list[ClaimDraft] = []
        for passage, titles_here in zip(passages, titles, strict=True):
            index = MentionIndex(passage, [m for m in (*names, *bodies) if passage.extent.covers(m.span)])
            for sentence in passage.sentences():
                coded = encode_sentence(sentence, index, titles_here)
                for holding in self._offices.read(coded, passage, index, document.published, names, tuple(holdings)):
                    if holding.title:
                        holdings.append(holding)
                    draft = draft_holding(holding, passage, document.id, (sentence.start, sentence.end))
                    if draft is not None:
                        drafts.append(draft)
        return holdings, drafts

    def _reading(
        self, document: Document, passages: Sequence[Passage], titles: Sequence[Sequence[TitleMatch]], mentions: Sequence[Mention],
        nested: Sequence[Mention], holdings: Sequence[Holding], quotations: Sequence[Quotation],
    ) -> Reading:  # fmt: skip
        read = [
            ReadPassage(
                passage,
                MentionIndex(passage, [m for m in mentions if passage.extent.covers(m.span)]),
                titles_here,
                [
                    replace(found, span=_moved(found.span, passage))
                    for found in find_dates(passage.doc, document.published)
                ],
                [replace(found, span=_moved(found.span, passage)) for found in find_money(passage.text)],
                {
                    token: holding.person
                    for holding in holdings
                    if holding.passage == passage.start and holding.rule == "before-name"
                    for token in range(holding.start, holding.end)
                },
            )
            for passage, titles_here in zip(passages, titles, strict=True)
        ]
        return Reading(document, read, [*mentions, *nested], holdings, quotations)


def _described_bodies(described: Sequence[Mention], names: Sequence[Mention]) -> list[Mention]:
    """Return the bodies and places that "the department" or "the city" stands for, with what is known of them."""
    by_span = {mention.span: mention for mention in names}
    found = []
    for mention in described:
        meant = by_span.get(mention.antecedent) if mention.antecedent is not None else None
        if meant is not None and mention.kind is MentionKind.NOMINAL and mention.text[:4].lower() == "the ":
            found.append(replace(mention, hints=meant.hints))
    return found


def _described(passages: Sequence[Passage], mentions: Sequence[Mention]) -> list[Mention]:
    by_span = {mention.span: mention for mention in mentions}
    return [
        found
        for passage in passages
        for found in find_described(
            passage, MentionIndex(passage, [m for m in mentions if passage.extent.covers(m.span)]), by_span
        )
    ]


def _with_strangers(
    names: Sequence[Mention], nested: Sequence[Mention], strangers: Sequence[Mention]
) -> tuple[list[Mention], list[Mention]]:
    """Add the speakers that no finder marked; a name that stands in theirs gives way."""
    covered = [m for m in names if any(stranger.span.covers(m.span) for stranger in strangers)]
    kept = [m for m in names if m not in covered]
    return sorted([*kept, *strangers], key=lambda mention: mention.span), [*nested, *_nested(covered, strangers)]


def _offices_named(holdings: Sequence[Holding], passages: Sequence[Passage]) -> list[Mention]:
    """Return the bodies that a title alone names: "Attorney General" speaks of the Department of Justice."""
    by_start = {passage.start: passage for passage in passages}
    found = []
    for holding in holdings:
        if isinstance(holding.organization, str) and holding.titled is not None:
            passage = by_start[holding.passage]
            tokens = passage.doc[holding.titled[0] : holding.titled[1]]
            kind = OFFICE_TYPES.get(holding.organization.partition("/")[0], "Agency")
            found.append(
                Mention(
                    passage.span(tokens), tokens.text, kind, "office", MentionKind.NOMINAL, key=holding.organization
                )
            )
    return found


def _judges_named(names: Sequence[Mention], holdings: Sequence[Holding]) -> list[Mention]:
    """Let "a federal judge" stand for the one judge whom the article names."""
    judges = {
        holding.person.text.split()[-1]: holding.person for holding in holdings if "judge" in holding.title.lower()
    }
    if len(judges) != 1:
        return list(names)
    (judge,) = judges.values()
    return [
        replace(m, type="Person", antecedent=judge.span, hints=())
        if m.type == "Court" and m.kind is MentionKind.NOMINAL and m.text.endswith("judge") and not m.hint("place")
        else m
        for m in names
    ]


def _nested(dropped: Sequence[Mention], chosen: Sequence[Mention]) -> list[Mention]:
    """Return the mentions that gave way to a longer name and are still spoken of in it: its place, its agency."""
    outer = {
        "Jurisdiction": NAMED_AFTER_PLACES,
        "Agency": {"FundingProgram", "Publication"},
        "Organization": {"Publication"},
    }
    whole_inner = [
        m for m in dropped if not any(m.span != o.span and o.span.covers(m.span) and o.type == m.type for o in dropped)
    ]
    return [
        inner
        for inner in whole_inner
        if inner.hint("level") != "Country"
        and any(
            whole.type in outer.get(inner.type, ())
            and (inner.type != "Jurisdiction" or _named_after_place(whole))
            and whole.span.covers(inner.span)
            and whole.span != inner.span
            for whole in chosen
        )
    ]


def _named_after_place(body: Mention) -> bool:
    """Tell whether a body was found by the place in its name; a table's name says elsewhere whose it is."""
    return body.hint("body") is not None or body.hint("place") is not None


def _moved(span: Span, passage: Passage) -> Span:
    return Span(span.start + passage.start, span.end + passage.start)


def _unique(claims: Iterable[ClaimDraft]) -> tuple[ClaimDraft, ...]:
    return tuple(dict.fromkeys(claims))
