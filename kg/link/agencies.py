"""Which public body a name means: a row of the tables, a body of a place, an administration.

A local body is its jurisdiction and what it is there ("police department"), so that one force stays one under every
printed name, and forces of the same name in two states stay two.
"""

import re

from kg.ids import slug
from kg.link.bynames import settle_abbreviation, settle_known, settle_part
from kg.link.families import AGENCY, JURISDICTION, family
from kg.link.gazetteer import DISTRICT, US, Place
from kg.link.names import clean, fold, initials
from kg.link.places import find_place
from kg.link.placewords import Question
from kg.link.scene import Scene
from kg.link.surroundings import Surroundings
from kg.records import Entity, Mention, MentionKind

BODIES: tuple[tuple[str, str, str, frozenset[str]], ...] = (
    (r"(?:metropolitan )?police(?: department| dept| force)?|pd", "police-department", "Police Department", frozenset({"Municipality", "County"})),
    (r"sheriffs?(?: (?:office|department|dept))?", "sheriffs-office", "Sheriff's Office", frozenset({"County", "Municipality"})),
    (r"(?:city )?council", "city-council", "City Council", frozenset({"Municipality"})),
    (r"(?:state )?senate", "senate", "State Senate", frozenset({"State"})),
    (r"(?:state )?assembly", "assembly", "State Assembly", frozenset({"State"})),
    (r"(?:state )?house(?: of representatives)?", "house-of-representatives", "House of Representatives", frozenset({"State"})),
    (r"(?:state )?legislature", "legislature", "State Legislature", frozenset({"State"})),
)  # fmt: skip
"""Bodies that go by several names: pattern over the folded name, path part, canonical name, levels that have them."""

GENERIC = frozenset({
    "police", "sheriff", "sheriffs", "department", "office", "agency", "administration", "government", "force", "city", "county", "state",
    "council", "board", "of", "the", "and", "supervisors", "commissioners", "commission", "jail", "detention", "center", "senate",
    "assembly", "house", "representatives", "delegates", "legislature", "general", "attorney", "attorneys", "district", "mayor", "mayors",
    "governor", "governors", "public", "school", "schools", "corrections", "highway", "patrol", "safety",
    "committee", "subcommittee", "caucus", "judiciary", "budget", "finance", "rules",
    "intelligence", "appropriations",
})  # fmt: skip
"""A name of these words alone says nothing about which place's body it is."""

_OF_A_CHAMBER = frozenset({"committee", "subcommittee", "caucus", "administration", "government"})
_POLICE_INITIALS = re.compile(r"([A-Z]{1,3})PD")
SURE_OWNER = 0.9
"""Share from which the first words of a name are taken for a place that no hint says it is."""
NEAR = 200
"""Characters within which a generic body takes the place that stands nearest."""


def link_agencies(scene: Scene) -> None:
    """Decide every mention of a public body that stands for itself."""
    around = Surroundings(scene)
    later: list[tuple[int, Mention]] = []
    for i, mention in scene.of_family(AGENCY):
        if settle_known(scene, i, mention, AGENCY) or _settle_administration(scene, i, mention):
            continue
        if settle_police_initials(scene, around, i, mention):
            continue
        if mention.hint("place") and _lies_elsewhere(scene, around, mention):
            later.append((i, mention))
        elif mention.hint("place") or mention.hint("state"):
            _settle_local(scene, around, i, mention)
        elif mention.kind is MentionKind.NAME:
            later.append((i, mention))
    for i, mention in later:
        if not settle_abbreviation(scene, i, mention) and not settle_part(scene, i, mention, AGENCY):
            _settle_unlisted(scene, around, i, mention)


def _settle_administration(scene: Scene, i: int, mention: Mention) -> bool:
    name = mention.hint("administration")
    if not name:
        return False
    surname = clean(name).split()[-1]
    label = f"{surname} administration"
    known = scene.catalog.called(AGENCY, label)
    path = known[0] if known else f"agency/us/{slug(label)}"
    if not known:
        scene.make(Entity(path, AGENCY, label, facts=(("partOf", US),)))
    scene.settle(i, path, 0.95, ("an administration by its president's name",))
    return True


def settle_police_initials(scene: Scene, around: Surroundings, i: int, mention: Mention) -> bool:
    """Decide "NYPD" or "LAPD": a city's abbreviation, or the initials of one that the document names, and "PD"."""
    match = _POLICE_INITIALS.fullmatch(clean(mention.text).replace(".", ""))
    if match is None:
        return False
    cities = {place.path: place for place in around.gazetteer.called(match[1]) if place.level == "Municipality"}
    for path in sorted(scene.paths(JURISDICTION)):
        place = around.gazetteer.place(path)
        if place is not None and place.level == "Municipality" and initials(place.bare) == match[1]:
            cities.setdefault(path, place)
    if len(cities) != 1:
        return False
    _settle_body(scene, i, mention, next(iter(cities.values())), "police", 0.85, "a city's initials and PD")
    return True


def _settle_local(scene: Scene, around: Surroundings, i: int, mention: Mention) -> None:
    """Decide a body by the place in its name."""
    printed, state = mention.hint("place"), mention.hint("state")
    body = mention.hint("body") or _without(clean(mention.text), printed or state or "")
    kind = _body(body)
    jurisdiction = _jurisdiction(scene, around, mention, printed, state, kind)
    if jurisdiction is None:
        scene.settle(i, None, 0.3, (f"the place {printed or state!r} stays open",))
        return
    _settle_body(scene, i, mention, jurisdiction, body, 0.9, "a body of the place in its name")


def _lies_elsewhere(scene: Scene, around: Surroundings, mention: Mention) -> bool:
    """Tell whether the words "in PLACE" after a body's name put it in another state than the place in its name.

    The place in the name ("Riverside Regional Jail in Hopewell, Virginia") is then no place that we know, and is set free.
    """
    after = around.place_after(mention.span)
    if after is None or after.state is None:
        return False
    elsewhere = False
    for i, path in scene.inside(mention.span, JURISDICTION):
        place = around.gazetteer.place(path)
        if place is not None and place.state and place.state != after.state:
            scene.settle(i, None, 0.3, (f"a part of the name of a body that lies in {after.label}",))
            elsewhere = True
    return elsewhere


def _body(body: str) -> tuple[str, str, frozenset[str]]:
    folded = fold(body)
    for pattern, part, label, levels in BODIES:
        if re.fullmatch(pattern, folded):
            return part, label, levels
    return slug(body), body, frozenset()


def _jurisdiction(
    scene: Scene,
    around: Surroundings,
    mention: Mention,
    printed: str | None,
    state: str | None,
    kind: tuple[str, str, frozenset[str]],
) -> Place | None:
    gazetteer = scene.catalog.gazetteer
    postal = gazetteer.postal(state) if state else None
    if printed is None:
        return gazetteer.place(f"{US}/{postal.lower()}") if postal else None
    level = mention.hint("place_level")
    for place in around.printed_in(mention.span):
        if not kind[2] or place.level in kind[2] or place.path == DISTRICT:
            return place
    if level is None and kind[2]:
        level = next((name for name in ("Municipality", "State", "County") if name in kind[2]), None)
        if kind[0] == "sheriffs-office" and gazetteer.called(f"{printed} County"):
            level = "County"
    asked = Question(clean(printed), level, postal, "council" if level == "Municipality" else None, mention.span)
    best = find_place(scene, around, asked)
    return gazetteer.place(best.entity) if best else None


def _settle_body(scene: Scene, i: int, mention: Mention, place: Place, body: str, score: float, why: str) -> None:
    part, name, _ = _body(body)
    if place.level == "County" and part == "city-council":
        part, name = "county-council", "County Council"
    kind = mention.type
    if family(kind) != AGENCY:
        kind = "LawEnforcementAgency" if part in {"police-department", "sheriffs-office"} else AGENCY
    owner = place.label.removesuffix(", D.C.")
    label = f"{owner} {name}" if not (owner.endswith(" City") and name.startswith("City ")) else f"{owner} {name[5:]}"
    path = f"agency/{place.path.removeprefix('jurisdiction/')}/{part}"
    known = scene.catalog.called(AGENCY, label)
    if len(known) == 1:
        path = known[0]
    if scene.catalog.entity(path) is None:
        forms = {f"{place.bare} {name}", f"{owner} {body}"} - {label}
        scene.make(Entity(path, kind, label, tuple(sorted(forms)), facts=(("partOf", place.path),)))
    scene.settle(i, path, score, (why,))


def _settle_unlisted(scene: Scene, around: Surroundings, i: int, mention: Mention) -> None:
    """Decide a name that no table has: a generic one by the nearest place, another by its own words."""
    printed = clean(mention.text)
    if not set(fold(printed).split()) <= GENERIC and mention.hint("place") is None:
        for size in (4, 3, 2, 1):
            words = printed.split()
            owner, body = " ".join(words[:size]), " ".join(words[size:])
            if body and fold(body).split()[0] in GENERIC and around.gazetteer.called(owner):
                best = find_place(scene, around, Question(owner, span=mention.span))
                place = around.gazetteer.place(best.entity) if best and best.score >= SURE_OWNER else None
                if place is not None:
                    _settle_body(scene, i, mention, place, body, 0.85, "a body of the place in its name")
                    return
    if not set(fold(printed).split()) <= GENERIC:
        path = scene.make(Entity(f"agency/{slug(printed)}", mention.type, printed))
        scene.settle(i, path, 0.7, ("a body by its own name",))
        return
    levels = _body(printed)[2]
    place = None if _OF_A_CHAMBER & set(fold(printed).split()) else around.nearest(mention.span, NEAR, levels)
    if place is None:
        scene.settle(i, None, 0.3, ("a body that every place has, and no place near",))
        return
    _settle_body(scene, i, mention, place, printed, 0.6, f"a body of {place.label}, which stands nearest")


def _without(text: str, place: str) -> str:
    """Return a body's name without the place before it."""
    rest = text[len(place) :] if place and text.lower().startswith(place.lower()) else text
    return re.sub(r"^['’]s?\s+", "", rest.strip()) or text
