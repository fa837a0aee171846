"""Which organization a name means: a row of the tables, an abbreviation that the document explains, else its own name."""

import re

from kg.ids import slug
from kg.link.agencies import settle_police_initials
from kg.link.bynames import settle_abbreviation, settle_known, settle_part
from kg.link.families import AGENCY, ORGANIZATION, PERSON, family
from kg.link.names import clean, fold, tight
from kg.link.offices import Offices
from kg.link.scene import Scene
from kg.link.surroundings import Surroundings
from kg.records import Entity, Mention, MentionKind, Span


def link_organizations(scene: Scene, offices: Offices) -> None:
    """Decide every mention of an organization that stands for itself."""
    later: list[tuple[int, Mention]] = []
    for i, mention in scene.of_family(ORGANIZATION):
        if settle_known(scene, i, mention, ORGANIZATION) or mention.kind is not MentionKind.NAME:
            continue
        later.append((i, mention))
    around = Surroundings(scene)
    later.sort(key=lambda pair: _order(pair[1]))
    for i, mention in later:
        decided = (
            settle_known(scene, i, mention, AGENCY)
            or settle_police_initials(scene, around, i, mention)
            or settle_abbreviation(scene, i, mention)
            or settle_part(scene, i, mention, ORGANIZATION)
        )
        if not decided:
            _settle_name(scene, offices, i, mention)


def _order(mention: Mention) -> tuple[bool, int, Span]:
    """Order long names before short ones and abbreviations, which may stand for them."""
    printed = clean(mention.text)
    return printed.replace(".", "").isupper(), -len(printed.split()), mention.span


def _settle_name(scene: Scene, offices: Offices, i: int, mention: Mention) -> None:
    printed = mention.hint("station") or clean(mention.text)
    if mention.hint("chapter"):
        printed = _chapter(scene, mention) or printed
    if (
        " " not in printed
        and not mention.hint("station")
        and (printed.isupper() or _names_somebody(scene, offices, printed))
    ):
        scene.settle(i, None, 0.4, ("one word that nothing explains",))
        return
    if len(fold(printed)) < 3:
        scene.settle(i, None, 0.2, ("a name too short to tell anybody apart",))
        return
    path = scene.make(
        Entity(f"organization/{slug(printed.removeprefix('The ').removeprefix('the '))}", ORGANIZATION, printed)
    )
    scene.settle(i, path, 0.7, ("an organization by its own name",))


def _chapter(scene: Scene, mention: Mention) -> str | None:
    """Return the name in full of a body's branch: "American Civil Liberties Union of Ohio" for "ACLU of Ohio"."""
    whole = scene.catalog.entity(mention.hint("chapter") or "")
    return f"{whole.label} of {mention.hint('place')}" if whole is not None and " of " not in whole.label else None


def _names_somebody(scene: Scene, offices: Offices, word: str) -> bool:
    """Tell whether a word is a surname, is printed in small letters too, or is an adjective, rather than a name."""
    if word in _ADJECTIVES or offices.president_called(tight(word), scene.document.published) is not None:
        return True
    if re.search(rf"\b{re.escape(word.lower())}\b", scene.document.text):
        return True
    return any(
        family(mention.type) == PERSON and clean(mention.text).split()[-1:] == [word] for mention in scene.mentions
    )


_ADJECTIVES = frozenset({"Federal", "National", "State", "American", "Local", "Public", "Central", "General"})
