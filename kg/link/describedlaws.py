"""Which law "Arizona's immigration law" is: one of the tables, one that the article also names, else one by that description."""

import re

from kg.ids import slug
from kg.link.families import LAW
from kg.link.gazetteer import Place
from kg.link.names import fold
from kg.link.places import find_place
from kg.link.placewords import Question
from kg.link.scene import Scene
from kg.link.surroundings import Surroundings
from kg.records import Entity, Mention

NEAR = 300
"""Characters on each side within which a state is taken for the one whose law is meant."""
NAMED, SAME, TOLD = 0.85, 0.7, 0.6
_NUMBER = re.compile(r"(?:[A-Z]\.?){1,2}\.? ?\d+|(?:Senate|House|Assembly) (?:Bill|File) \d+")


def settle_described_law(scene: Scene, around: Surroundings, i: int, mention: Mention) -> None:
    """Decide a law that is told by whose it is and what about."""
    owner = _owner(scene, around, mention)
    if owner is None:
        scene.settle(i, None, 0.3, ("nothing says whose law it is",))
        return
    told = mention.hint("law") or ""
    bare = " " not in told
    known = sorted({path for form in _forms(owner.label, told) for path in scene.catalog.called(LAW, form)})
    if len(known) == 1 and not bare:
        scene.settle(i, known[0], NAMED, ("a law of the tables, by its state and what it is about",))
        return
    area = owner.path.removeprefix("jurisdiction/")
    named = sorted(
        path for path in scene.paths(LAW) if path.startswith(f"law/{area}/") and path.count("/") == area.count("/") + 2
    )
    if len(named) == 1 and (bare or _may_be(scene, named[0], told)):
        scene.settle(i, named[0], SAME, ("the only law of that place that the article names",))
        return
    if bare:
        scene.settle(i, None, 0.3, ("a law of which nothing says what it is about",))
        return
    label = f"{owner.label} {told}"
    forms = (told, f"{owner.label}'s {told}")
    path = scene.make(Entity(f"law/{area}/{slug(told)}", mention.type, label, forms))
    scene.settle(i, path, TOLD, ("a law by whose it is and what it is about",))


def _owner(scene: Scene, around: Surroundings, mention: Mention) -> Place | None:
    printed = mention.hint("place")
    if printed:
        state = mention.hint("state")
        postal = around.gazetteer.postal(state) if state else None
        best = find_place(scene, around, Question(printed, mention.hint("place_level"), postal, "gov", mention.span))
        return around.gazetteer.place(best.entity) if best else None
    near = around.nearest(mention.span, NEAR, frozenset({"State"}))
    if near is not None:
        return near
    top = around.votes.most_common(2)
    if top and (len(top) == 1 or top[0][1] >= 2 * top[1][1]):
        return around.gazetteer.place(f"jurisdiction/us/{top[0][0].lower()}")
    return None


def _forms(owner: str, told: str) -> list[str]:
    """Return how the tables may call a law: "Texas sanctuary ban" is their "Texas sanctuary ban law", a bill a law."""
    about = told.rsplit(" ", 1)[0]
    return [f"{owner} {about} {noun}" for noun in (told.rsplit(" ", 1)[-1], "law", "bill", "ban")]


def _may_be(scene: Scene, path: str, told: str) -> bool:
    """Tell whether a law that the article names may be the one described: it bears a number alone, or has one of the words."""
    entity = scene.entity(path)
    if entity is None:
        return False
    words = set(fold(told).split()[:-1])
    names = (entity.label, *entity.alt_labels)
    return all(_NUMBER.search(name) for name in names) or any(words & set(fold(name).split()) for name in names)
