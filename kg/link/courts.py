"""Which court is meant: by circuit, by district, by the seat ("a federal judge in Chicago"), by the state whose it is."""

import re
from collections import defaultdict

from kg.ids import slug
from kg.link.bynames import settle_known
from kg.link.catalog import Catalog
from kg.link.families import COURT
from kg.link.gazetteer import US
from kg.link.names import clean, fold
from kg.link.places import find_place
from kg.link.placewords import Question
from kg.link.scene import Scene
from kg.link.surroundings import Surroundings
from kg.records import Entity, Mention, MentionKind
from kg.tables import cells

_ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth", "6": "sixth", "7": "seventh", "8": "eighth",
             "9": "ninth", "10": "tenth", "11": "eleventh"}  # fmt: skip
_CIRCUITS = {
    "1st-cir": "ME MA NH RI PR", "2d-cir": "CT NY VT", "3d-cir": "DE NJ PA VI", "4th-cir": "MD NC SC VA WV", "5th-cir": "LA MS TX",
    "6th-cir": "KY MI OH TN", "7th-cir": "IL IN WI", "8th-cir": "AR IA MN MO NE ND SD", "9th-cir": "AK AZ CA HI ID MT NV OR WA GU",
    "10th-cir": "CO KS NM OK UT WY", "11th-cir": "AL FL GA",
}  # fmt: skip
"""The states of each circuit: 28 U.S.C. 41."""
CLEARLY_ONE_STATE = 3
"""Times that an article must name places of a state more often than those of any other, to play there."""
_SUFFIXES = {"1": "st", "2": "nd", "3": "rd"}


class Courts:
    """The federal courts of the reference tables by kind, state and seat (paths of places)."""

    def __init__(self, catalog: Catalog):
        self.appeals: dict[str, set[str]] = {}
        self.districts: dict[str, set[str]] = {}
        self.by_state: dict[str, list[str]] = defaultdict(list)
        for entry in sorted(catalog.entries(COURT), key=lambda entry: entry.id):
            seats = {catalog.gazetteer.canonical(seat) for seat in cells(entry.row.get("seat", ""))}
            if "court of appeals for the" in fold(entry.label):
                self.appeals[entry.id] = seats
            elif "district court" in fold(entry.label):
                self.districts[entry.id] = seats
                for state in sorted({"/".join(seat.split("/")[:3]) for seat in seats}):
                    self.by_state[state].append(entry.id)

    def at_seat(self, kind: str, place: str) -> list[str]:
        """Return the courts of a kind ("district", "appeals") that sit in a place."""
        seats = self.appeals if kind == "appeals" else self.districts
        return [path for path in seats if place in seats[path]]


def link_courts(scene: Scene, courts: Courts) -> None:
    """Decide every mention of a court that stands for itself."""
    around = Surroundings(scene)
    vague: list[tuple[int, Mention]] = []
    for i, mention in scene.of_family(COURT):
        if (
            mention.key is None
            and not mention.hint("candidates")
            and _settle_by_hints(scene, around, courts, i, mention)
        ):
            continue
        if settle_known(scene, i, mention, COURT):
            continue
        if mention.kind is MentionKind.NAME:
            _settle_by_name(scene, i, mention)
        else:
            vague.append((i, mention))
    for i, mention in vague:
        _settle_vague(scene, around, courts, i, mention)


def _settle_by_hints(scene: Scene, around: Surroundings, courts: Courts, i: int, mention: Mention) -> bool:
    circuit, district = mention.hint("circuit"), mention.hint("district")
    place, state = mention.hint("place"), mention.hint("state")
    postal = around.gazetteer.postal(state) if state else None
    if circuit:
        number = circuit.lower().rstrip("stndrh")
        names = (f"{_ORDINALS.get(number, circuit)} circuit", f"{number}{_SUFFIXES.get(number, 'th')} circuit")
        found = sorted({path for name in names for path in scene.catalog.called(COURT, name)})
        return _settle_one(scene, i, found, "the circuit printed")
    if district and postal:
        name = around.gazetteer.state_names.get(postal, "")
        form = f"{district} District of {name}" if district.lower() != "district" else f"District of {name}"
        pool = courts.by_state.get(f"{US}/{postal.lower()}", [])
        fitting = [
            path
            for path in pool
            if (court := scene.catalog.entity(path)) is not None and fold(form) in fold(court.label)
        ]
        return _settle_one(scene, i, fitting, "the district printed")
    if place and (mention.hint("court") or mention.kind is MentionKind.NOMINAL):
        return _settle_by_seat(scene, around, courts, i, mention, place, postal)
    if place or postal:
        return _settle_state_court(scene, around, i, mention, place, postal)
    return False


def _settle_one(scene: Scene, i: int, found: list[str], why: str) -> bool:
    if len(found) != 1:
        return False
    scene.settle(i, found[0], 0.95, (why,))
    return True


def _settle_by_seat(
    scene: Scene, around: Surroundings, courts: Courts, i: int, mention: Mention, printed: str, postal: str | None
) -> bool:
    kind = mention.hint("court") or "district"
    states = [place for place in around.gazetteer.called(printed) if place.level == "State"]
    best = find_place(scene, around, Question(clean(printed), None, postal, "mayor", mention.span))
    city = around.gazetteer.place(best.entity) if best else None
    if kind == "panel":
        if city is None or courts.at_seat("appeals", city.path):
            return False  # judges of either court may be meant
        kind = "district"
    found = courts.at_seat(kind, city.path) if city is not None and city.level != "State" else []
    if not found and kind == "district":
        state = city.state if city is not None else states[0].state if states else None
        return _settle_by_state(scene, courts, i, around.gazetteer.state_names.get(state or ""), state)
    return _settle_one(scene, i, found, f"the federal court that sits in {printed}")


def _settle_by_state(scene: Scene, courts: Courts, i: int, name: str | None, postal: str | None) -> bool:
    """Decide "a federal judge in Ohio": the state's only district, the one that the article names, else one of them."""
    districts = courts.by_state.get(f"{US}/{(postal or '').lower()}", [])
    if len(districts) == 1:
        return _settle_one(scene, i, districts, f"the federal court that sits in {name}")
    if not districts or not name:
        return False
    named = sorted(scene.paths(COURT) & set(districts))
    if len(named) == 1:
        scene.settle(i, named[0], 0.7, (f"the only federal court of {name} that the article names",))
        return True
    forms = (f"federal judge in {name}", f"U.S. District Court in {name}", f"U.S. district judge in {name}")
    made = Entity(f"court/local/{scene.local_name}-{slug(name)}", COURT, f"federal court in {name}", forms, local=True)
    scene.settle(i, scene.make(made), 0.6, ("one of the state's federal courts; nothing says which",))
    return True


def _settle_state_court(
    scene: Scene, around: Surroundings, i: int, mention: Mention, printed: str | None, postal: str | None
) -> bool:
    """Decide a court of a state or county by its place and its own name."""
    place = around.gazetteer.place(f"{US}/{postal.lower()}") if postal and not printed else None
    if printed:
        best = find_place(
            scene, around, Question(clean(printed), mention.hint("place_level"), postal, "gov", mention.span)
        )
        place = around.gazetteer.place(best.entity) if best else None
    if place is None:
        return False
    text = clean(mention.text)
    rest = text[len(printed) :] if printed and text.startswith(printed) else text
    body = mention.hint("body") or re.sub(r"^['’]s?\s+", "", rest.strip())
    label = f"{place.label} {body}"
    known = scene.catalog.called(COURT, label)
    path = known[0] if len(known) == 1 else f"court/{place.path.removeprefix('jurisdiction/')}/{slug(body)}"
    if scene.catalog.entity(path) is None:
        scene.make(Entity(path, COURT, label, facts=(("partOf", place.path),)))
    scene.settle(i, path, 0.9, ("a court of the place in its name",))
    return True


def _settle_by_name(scene: Scene, i: int, mention: Mention) -> None:
    printed = clean(mention.text)
    if len(printed.split()) < 2 or fold(printed) in _VAGUE:
        scene.settle(i, None, 0.3, ("a court that many places have",))
        return
    path = scene.make(Entity(f"court/{slug(printed)}", COURT, printed))
    scene.settle(i, path, 0.6, ("a court by its own name",))


_VAGUE = frozenset({"federal court", "federal appeals court", "appeals court", "district court", "us district court", "federal district court",
                    "superior court", "circuit court", "court of appeals", "us court of appeals", "immigration court", "high court"})  # fmt: skip


def _settle_vague(scene: Scene, around: Surroundings, courts: Courts, i: int, mention: Mention) -> None:
    """Decide "the appeals court" where the document names exactly one; a bare judge stays open."""
    named = scene.paths(COURT) & set(courts.appeals)
    if mention.hint("court") == "appeals" and len(named) == 1:
        scene.settle(i, named.pop(), 0.6, ("the only federal appeals court that the document names",))
        return
    top = around.votes.most_common(2)
    state = top[0][0] if top and (len(top) == 1 or top[0][1] >= CLEARLY_ONE_STATE * top[1][1]) else None
    circuit = next((name for name, states in _CIRCUITS.items() if state and state in states.split()), None)
    if mention.hint("court") == "appeals" and not named and circuit and scene.catalog.entity(f"court/us/{circuit}"):
        scene.settle(i, f"court/us/{circuit}", 0.55, ("the circuit of the only state that the article is about",))
    else:
        scene.settle(i, None, 0.2, ("nothing says which court",))
