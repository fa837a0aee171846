"""The linker: what extraction found in one document in, who is meant out. It holds no state between documents."""

from functools import cached_property

from kg.link.against import genders_of, object_to
from kg.link.agencies import link_agencies
from kg.link.catalog import Catalog
from kg.link.courts import Courts, link_courts
from kg.link.decisions import Decisions, read_decisions
from kg.link.gazetteer import read_gazetteer
from kg.link.laws import link_laws
from kg.link.offices import Offices
from kg.link.organizations import link_organizations
from kg.link.people import link_people
from kg.link.places import link_places
from kg.link.programs import link_programs
from kg.link.publications import link_publications
from kg.link.reconcile import reconcile
from kg.link.results import link_document
from kg.link.scene import Scene
from kg.records import Entity, Extraction, LinkedDocument, Mention, MentionKind
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
    waiting = [(i, mention) for i, mention in enumerate(scene.mentions) if i not in scene.links]
    genders = genders_of((mention, _antecedent(scene, mention)) for _, mention in waiting)
    for i, mention in waiting:
        path = _antecedent(scene, mention)
        objection = object_to(scene, offices, courts, mention, path, genders)
        if objection is not None:
            scene.settle(i, objection.path, 0.7 if objection.path else 0.0, (objection.why,))
        elif path is None:
            scene.settle(i, None, 0.0, ("nothing settles it",))
        else:
            scene.settle(i, path, 0.8, ("its antecedent",))


def _antecedent(scene: Scene, mention: Mention) -> str | None:
    seen = {mention.span}
    span = mention.antecedent
    while span is not None and span not in seen:
        path = scene.at(span)
        if path is not None or scene.settled(span):
            return path
        seen.add(span)
        span = next((other.antecedent for other in scene.mentions_at(span) if other.antecedent is not None), None)
    return None
