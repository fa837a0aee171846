"""Which publication is meant: a row of the tables, or a report told apart by who published it and when."""

from kg.ids import slug
from kg.link.bynames import settle_known, short_name
from kg.link.families import AGENCY, ORGANIZATION, PUBLICATION
from kg.link.names import clean, fold
from kg.link.scene import Scene
from kg.records import Entity, Mention, MentionKind


def link_publications(scene: Scene) -> None:
    """Decide every mention of a publication that stands for itself."""
    for i, mention in scene.of_family(PUBLICATION):
        if settle_known(scene, i, mention, PUBLICATION):
            continue
        publisher = mention.hint("publisher")
        if publisher:
            _settle_published(scene, i, mention, publisher)
        elif mention.kind is MentionKind.NAME:
            printed = clean(mention.text)
            path = scene.make(Entity(f"publication/{slug(printed)}", PUBLICATION, printed))
            scene.settle(i, path, 0.6, ("a publication by its own title",))


def _settle_published(scene: Scene, i: int, mention: Mention, publisher: str) -> None:
    """Decide a report by its publisher and date; without a date of its own it stays in its document."""
    named = mention.kind is MentionKind.NAME
    noun = clean(mention.hint("noun") or mention.text.split()[-1]).lower()
    path = _publisher(scene, publisher)
    entity = scene.entity(path) if path else None
    owners = [short_name(name) for name in (entity.label, *entity.alt_labels)] if entity else [clean(publisher)]
    known = sorted({row for owner in owners for row in scene.catalog.called(PUBLICATION, f"{owner} {noun}")})
    if len(known) == 1:
        scene.settle(i, known[0], 0.8, ("the tables know it by its publisher",))
        return
    owner = path.rsplit("/", 1)[-1] if path else slug(publisher)
    day = mention.hint("date")
    when = day or (scene.document.published.isoformat() if scene.document.published else scene.local_name)
    label = clean(mention.text) if named else f"{owners[0]} {noun}"
    forms = {f"{name} {noun}" for name in owners[1:6] if fold(name) != fold(owners[0])}
    made = Entity(
        f"publication/{owner}-{slug(noun)}-{when}",
        PUBLICATION,
        label,
        tuple(sorted(forms - {label})),
        local=day is None,
    )
    scene.settle(i, scene.make(made), 0.7, ("a publication told apart by publisher and date",))


def _publisher(scene: Scene, publisher: str) -> str | None:
    path = scene.catalog.canonical(publisher)
    if scene.entity(path) is not None:
        return path
    found = {path for kind in (AGENCY, ORGANIZATION) for form, path in scene.printed(kind) if form == clean(publisher)}
    return found.pop() if len(found) == 1 else None
