"""Which organization a name means: a row of the tables, an abbreviation that the document explains, else its own name."""

from kg.ids import slug
from kg.link.bynames import settle_abbreviation, settle_known
from kg.link.families import AGENCY, ORGANIZATION
from kg.link.names import clean, fold
from kg.link.scene import Scene
from kg.records import Entity, Mention, MentionKind


def link_organizations(scene: Scene) -> None:
    """Decide every mention of an organization that stands for itself."""
    later: list[tuple[int, Mention]] = []
    for i, mention in scene.of_family(ORGANIZATION):
        if settle_known(scene, i, mention, ORGANIZATION) or mention.kind is not MentionKind.NAME:
            continue
        later.append((i, mention))
    later.sort(key=lambda pair: (clean(pair[1].text).replace(".", "").isupper(), pair[1].span))
    for i, mention in later:
        agencies = scene.catalog.called(AGENCY, clean(mention.text))
        if len(agencies) == 1:
            scene.settle(i, agencies[0], 0.8, ("a public body of the reference tables",))
        elif not settle_abbreviation(scene, i, mention):
            _settle_name(scene, i, mention)


def _settle_name(scene: Scene, i: int, mention: Mention) -> None:
    printed = clean(mention.text)
    if len(fold(printed)) < 3:
        scene.settle(i, None, 0.2, ("a name too short to tell anybody apart",))
        return
    path = scene.make(
        Entity(f"organization/{slug(printed.removeprefix('The ').removeprefix('the '))}", ORGANIZATION, printed)
    )
    scene.settle(i, path, 0.7, ("an organization by its own name",))
