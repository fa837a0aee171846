"""From a linked scene to the record that the graph gets: links, claims between entities, the entities and their parents."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from kg.link.families import JURISDICTION, PERSON, family
from kg.link.names import fold
from kg.link.scene import Scene
from kg.records import (
    Argument,
    Claim,
    ClaimDraft,
    Entity,
    Link,
    LinkedDocument,
    Quotation,
    Span,
)

FORMS_KEPT = 12
"""Printed forms that one document adds to an entity's names."""


def link_document(scene: Scene) -> LinkedDocument:
    """Gather what a scene decided; decisions that two paths are the same are applied to everything."""
    links = tuple(_link(scene, scene.links[i]) for i in range(len(scene.mentions)))
    claims = tuple(claim for draft in scene.extraction.claims if (claim := _claim(scene, draft)) is not None)
    quotations = tuple(_quotation(scene, quotation) for quotation in scene.extraction.quotations)
    named = (*(link.entity for link in links), *_named_by(claims, quotations))
    return LinkedDocument(
        scene.document, links, _entities(scene, {path for path in named if path is not None}), claims, quotations
    )


def _kept(scene: Scene, path: str) -> str:
    decision = scene.decisions.same(path)
    return decision.b if decision is not None else path


def _link(scene: Scene, link: Link) -> Link:
    decision = scene.decisions.same(link.entity) if link.entity else None
    if decision is None:
        return link
    return replace(link, entity=decision.b, reasons=(*link.reasons, decision.reason))


def _resolve(scene: Scene, argument: Argument | None) -> str | None:
    if argument is None:
        return None
    path = scene.at(argument) if isinstance(argument, Span) else scene.catalog.canonical(argument)
    return _kept(scene, path) if path is not None and scene.entity(path) is not None else None


def _claim(scene: Scene, draft: ClaimDraft) -> Claim | None:
    """Return the claim of a draft, or None where a subject or object is unresolved, or both are one entity."""
    subject, object_ = _resolve(scene, draft.subject), _resolve(scene, draft.object)
    if subject is None or object_ is None or subject == object_:
        return None
    qualifiers = replace(
        draft.qualifiers,
        program=_resolve(scene, draft.qualifiers.program),
        court=_resolve(scene, draft.qualifiers.court),
    )
    evidence = replace(draft.evidence, attributed_to=_resolve(scene, draft.evidence.attributed_to))
    return Claim(subject, draft.relation, object_, evidence, qualifiers, draft.status)


def _quotation(scene: Scene, quotation: Quotation) -> Quotation:
    speaker = _resolve(scene, quotation.speaker)
    described = quotation.described
    if speaker is None and isinstance(quotation.speaker, Span) and described is None:
        described = quotation.speaker.of(scene.document.text)
    return replace(quotation, speaker=speaker, described=described)


def _named_by(claims: tuple[Claim, ...], quotations: tuple[Quotation, ...]) -> Iterator[str | None]:
    for claim in claims:
        yield from (claim.subject, claim.object)
        for argument in (claim.qualifiers.program, claim.qualifiers.court, claim.evidence.attributed_to):
            yield str(argument) if argument is not None else None
    for quotation in quotations:
        yield str(quotation.speaker) if quotation.speaker is not None else None


def _entities(scene: Scene, wanted: set[str]) -> tuple[Entity, ...]:
    """Return the records of the paths and of all that their facts name, in the order of their paths."""
    found: dict[str, Entity] = {}
    waiting = sorted(wanted)
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        entity = scene.entity(path)
        if entity is None:
            continue
        facts = tuple(dict.fromkeys((name, _kept(scene, value)) for name, value in entity.facts))
        found[path] = replace(entity, alt_labels=_alt_labels(scene, entity), facts=facts)
        waiting.extend(value for _, value in facts if value not in found)
    return tuple(found[path] for path in sorted(found))


def _alt_labels(scene: Scene, entity: Entity) -> tuple[str, ...]:
    names = dict.fromkeys(entity.alt_labels)
    forms = scene.forms.get(entity.id, Counter[str]())
    for form in sorted(forms, key=lambda form: (-forms[form], form))[:FORMS_KEPT]:
        if _is_name_of(form, entity):
            names[form] = None
    names.pop(entity.label, None)
    return tuple(sorted(names))


def _is_name_of(form: str, entity: Entity) -> bool:
    """Tell whether a printed form is a name: no shouting of a known one, no people of a place ("Angelenos")."""
    kind = family(entity.type)
    if not form or not re.search(r"\w", form):
        return False
    if form.isupper() and " " in form:
        return False
    if kind == JURISDICTION:
        own, said = set(fold(entity.label).split()), set(fold(form).split())
        return bool(own & said)
    if kind == PERSON:
        return len(form) > 1
    return form[0].isupper() or form[0].isdigit() or "§" in form
