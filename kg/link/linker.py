"""The linker: what extraction found in one document in, who is meant out. It holds no state between documents."""

from functools import cached_property

from kg.link.agencies import link_agencies
from kg.link.catalog import Catalog
from kg.link.courts import Courts, link_courts
from kg.link.decisions import Decisions, read_decisions
from kg.link.families import COURT, PERSON, family
from kg.link.gazetteer import read_gazetteer
from kg.link.laws import link_laws
from kg.link.names import fold
from kg.link.offices import Offices
from kg.link.organizations import link_organizations
from kg.link.people import link_people
from kg.link.places import link_places
from kg.link.programs import link_programs
from kg.link.publications import link_publications
from kg.link.reconcile import reconcile
from kg.link.results import link_document
from kg.link.scene import Scene
from kg.records import Entity, Extraction, LinkedDocument, Mention, MentionKind, Span
from kg.reference import Reference
from kg.settings import Settings


class Linker:
    """Decides who is meant, one document at a time. The places of the gazetteer are read with the first document."""

    def __init__(self, settings: Settings, reference: Reference):
        self._settings = settings
        self._reference = reference

    @cached_property
    def _catalog(self) -> Catalog:
        return Catalog(self._reference, read_gazetteer(self._reference, self._settings.reference))

    @cached_property
    def _offices(self) -> Offices:
        return Offices(self._reference)

    @cached_property
    def _courts(self) -> Courts:
        return Courts(self._catalog)

    @cached_property
    def _decisions(self) -> Decisions:
        return read_decisions(self._settings.reference)

    def link(self, extraction: Extraction) -> LinkedDocument:
        """Decide every mention of a document.

        Drafts whose arguments stay unresolved are left out of the claims. Raises ConfigurationError for a bad row in
        the tables that linking reads itself (`places.csv`, `decisions.csv`).
        """
        scene = Scene(extraction, self._catalog, self._settings.link_threshold, self._decisions)
        _settle_decided(scene)
        link_places(scene)
        link_agencies(scene)
        link_courts(scene, self._courts)
        link_organizations(scene, self._offices)
        link_laws(scene)
        link_programs(scene)
        link_publications(scene)
        link_people(scene, self._offices)
        _follow_antecedents(scene, self._offices, self._courts)
        return link_document(scene)

    def entity(self, path: str) -> Entity | None:
        """Return what the tables and the gazetteer say of a path, before any document; None where they say nothing."""
        return self._catalog.entity(path)

    def reconcile(self, documents: list[LinkedDocument]) -> tuple[LinkedDocument, ...]:
        """Reconcile a corpus as `kg.link.reconcile` does, minding the decisions of people."""
        return reconcile(documents, self._decisions, frozenset(self._reference.entries), self._offices)


def _settle_decided(scene: Scene) -> None:
    """Settle the mentions that people have decided."""
    for i, mention in enumerate(scene.mentions):
        if mention.kind is not MentionKind.NAME:
            continue
        decision = scene.decisions.mention(mention.text, scene.document.id)
        if decision is None:
            continue
        path = scene.catalog.canonical(decision.b)
        if scene.entity(path) is None:
            scene.make(Entity(path, mention.type, decision.a))
        scene.settle(i, path, 1.0, (decision.reason,))


def _follow_antecedents(scene: Scene, offices: Offices, courts: Courts) -> None:
    """Let descriptions and pronouns mean what their antecedents mean; what nobody decided stays unresolved."""
    for i, mention in enumerate(scene.mentions):
        if i in scene.links:
            continue
        path = _antecedent(scene, mention)
        other = _contradicted(scene, offices, courts, mention, path)
        if other is not None:
            scene.settle(i, other, 0.7, ("what it says fits this and not its antecedent",))
        elif path is None:
            scene.settle(i, None, 0.0, ("nothing settles it",))
        else:
            scene.settle(i, path, 0.8, ("its antecedent",))


def _contradicted(scene: Scene, offices: Offices, courts: Courts, mention: Mention, path: str | None) -> str | None:
    """Return whom a description means when its own words speak against its antecedent: "the president", "the appeals court".

    A title speaks against a person whom neither the document nor the tables give it, when the tables name another
    for the day.
    """
    if mention.kind is not MentionKind.NOMINAL or path is None:
        return None
    if family(mention.type) == COURT and "appeals" in fold(mention.text) and path not in courts.appeals:
        named = scene.paths(COURT) & set(courts.appeals)
        return named.pop() if len(named) == 1 else None
    if family(mention.type) != PERSON:
        return None
    title = mention.hint("title") or fold(mention.text)
    held = offices.holder(title, mention.hint("organization"), scene.document.published)
    if (
        held not in scene.paths(PERSON)
        or held == path
        or offices.has_held(path, title)
        or path in _called(scene, offices, title)
    ):
        return None
    return held


def _called(scene: Scene, offices: Offices, title: str) -> set[str]:
    """Return the people to whom the document gives a title, by its claims."""
    return {
        path
        for draft in scene.extraction.claims
        if draft.relation == "holdsPost" and isinstance(draft.subject, Span) and draft.qualifiers.title
        if offices.titles(draft.qualifiers.title) & offices.titles(title)
        and (path := scene.at(draft.subject)) is not None
    }


def _antecedent(scene: Scene, mention: Mention) -> str | None:
    seen = {mention.span}
    span = mention.antecedent
    while span is not None and span not in seen:
        path = scene.at(span)
        if path is not None:
            return path
        seen.add(span)
        span = next((other.antecedent for other in scene.mentions_at(span) if other.antecedent is not None), None)
    return None
