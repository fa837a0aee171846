"""Which organization a name means: a row of the tables, an abbreviation that the document explains, else its own name."""

from kg.ids import slug
from kg.link.agencies import settle_police_initials
from kg.link.bynames import settle_abbreviation, settle_known
from kg.link.families import AGENCY, ORGANIZATION, PERSON, family
from kg.link.names import clean, fold, tight
from kg.link.offices import Offices
from kg.link.places import Surroundings
from kg.link.scene import Scene
from kg.records import Entity, Mention, MentionKind


def link_organizations(scene: Scene, offices: Offices) -> None:
    """Decide every mention of an organization that stands for itself."""
    later: list[tuple[int, Mention]] = []
    for i, mention in scene.of_family(ORGANIZATION):
        if settle_known(scene, i, mention, ORGANIZATION) or mention.kind is not MentionKind.NAME:
            continue
        later.append((i, mention))
    around = Surroundings(scene)
    later.sort(key=lambda pair: (clean(pair[1].text).replace(".", "").isupper(), pair[1].span))
    for i, mention in later:
        agencies = scene.catalog.called(AGENCY, clean(mention.text))
        if len(agencies) == 1:
            scene.settle(i, agencies[0], 0.8, ("a public body of the reference tables",))
        elif not settle_police_initials(scene, around, i, mention) and not settle_abbreviation(scene, i, mention):
            _settle_name(scene, offices, i, mention)


def _settle_name(scene: Scene, offices: Offices, i: int, mention: Mention) -> None:
    printed = clean(mention.text)
    if " " not in printed and (printed.isupper() or _names_somebody(scene, offices, printed)):
        scene.settle(i, None, 0.4, ("one word that nothing explains",))
        return
    if len(fold(printed)) < 3:
        scene.settle(i, None, 0.2, ("a name too short to tell anybody apart",))
        return
    path = scene.make(
        Entity(f"organization/{slug(printed.removeprefix('The ').removeprefix('the '))}", ORGANIZATION, printed)
    )
    scene.settle(i, path, 0.7, ("an organization by its own name",))


def _names_somebody(scene: Scene, offices: Offices, word: str) -> bool:
    """Tell whether a word is a surname in the document or a common adjective rather than an organization."""
    president = offices.president_called(tight(word), scene.document.published)
    return (
        word in _ADJECTIVES
        or president is not None
        or any(
            family(mention.type) == PERSON and clean(mention.text).split()[-1:] == [word] for mention in scene.mentions
        )
    )


_ADJECTIVES = frozenset({"Federal", "National", "State", "American", "Local", "Public", "Central", "General"})
