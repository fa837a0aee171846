"""Which funding program is meant: a row of the tables, the pool of grants of an agency, a program by its own name."""

from kg.ids import slug
from kg.link.bynames import settle_known, short_name
from kg.link.families import AGENCY, ORGANIZATION, PROGRAM
from kg.link.names import clean
from kg.link.scene import Scene
from kg.records import Entity, MentionKind

FORMS_OF_POOL = 6
"""Names of an agency from which names of its pool are made."""


def link_programs(scene: Scene) -> None:
    """Decide every mention of a funding program that stands for itself."""
    for i, mention in scene.of_family(PROGRAM):
        pool = mention.hint("pool")
        if pool and mention.key is None:
            path = _pool(scene, pool)
            if path is None:
                scene.settle(i, None, 0.3, (f"the agency {pool!r} stays open",))
            else:
                scene.settle(i, path, 0.85, ("the grants of the agency beside it",))
        elif not settle_known(scene, i, mention, PROGRAM) and mention.kind is MentionKind.NAME:
            printed = clean(mention.text)
            known = _inside(scene, printed)
            if known is not None:
                scene.settle(i, known, 0.85, ("a name of the reference tables inside a longer one",))
                continue
            path = scene.make(Entity(f"program/{slug(printed)}", PROGRAM, printed))
            scene.settle(i, path, 0.65, ("a program by its own name",))


def _inside(scene: Scene, printed: str) -> str | None:
    """Return the program whose name, of three words or more, ends a longer one ("the Department's … Grants")."""
    words = printed.split()
    for start in range(1, max(len(words) - 2, 1)):
        found = scene.catalog.called(PROGRAM, " ".join(words[start:]))
        if len(found) == 1:
            return found[0]
    return None


def _pool(scene: Scene, pool: str) -> str | None:
    """Return the pool of grants of an agency, given by path or by name."""
    agency = scene.catalog.canonical(pool)
    if scene.entity(agency) is None:
        named = {path for kind in (AGENCY, ORGANIZATION) for form, path in scene.printed(kind) if form == clean(pool)}
        named |= set(scene.catalog.called(AGENCY, pool))
        if len(named) != 1:
            return None
        agency = named.pop()
    entity = scene.entity(agency)
    if entity is None:
        return None
    label = f"{short_name(entity.label)} grants"
    known = scene.catalog.called(PROGRAM, label)
    if len(known) == 1:
        return known[0]
    names = [name for name in entity.alt_labels if name and not name[0].islower()]
    forms = tuple(sorted({f"{short_name(name)} grants" for name in names[:FORMS_OF_POOL]} - {label}))
    return scene.make(Entity(f"program/{slug(label)}", PROGRAM, label, forms))
