"""Entities whose names all but agree, over a whole corpus: names in, pairs and namesakes out. Nothing is joined here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from kg.link.families import AGENCY, COURT, ORGANIZATION, PERSON, PROGRAM, PUBLICATION, family
from kg.link.names import fold, tight
from kg.link.personnames import parse_name, same_person_name

ALIKE = 92.0
"""Similarity, of 100, from which two names of bodies may be one with a slip."""
CROWD = 60
"""Names that begin with one word; more ("national …") are only compared where they are equal but for spaces."""
SHOWN = 4
"""Namesakes offered for one surname."""
BODIES = {AGENCY, COURT, ORGANIZATION, PROGRAM, PUBLICATION}


@dataclass(frozen=True, slots=True)
class Known:
    """An entity of the corpus that is not local: path, class, label, and in how many documents it is named."""

    path: str
    type: str
    label: str
    documents: int


def people_called(known: Iterable[Known]) -> dict[str, list[Known]]:
    """Return the people by surname, those of most documents first."""
    found: dict[str, list[Known]] = defaultdict(list)
    for one in known:
        name = parse_name(one.label)
        if family(one.type) == PERSON and not name.bare:
            found[name.surname].append(one)
    for people in found.values():
        people.sort(key=lambda one: (-one.documents, one.path))
    return found


def namesakes(printed: str, called: dict[str, list[Known]]) -> list[Known]:
    """Return whom a bare surname may mean."""
    name = parse_name(printed)
    return called.get(name.surname, [])[:SHOWN] if name.bare else []


def pairs(known: Sequence[Known]) -> Iterator[tuple[str, str, str]]:
    """Yield two paths and why they may be one, sorted: people whose full names agree, bodies whose names nearly do."""
    found = {(one, other): why for one, other, why in (*_people(known), *_bodies(known))}
    for (one, other), why in sorted(found.items()):
        yield one, other, why


def _people(known: Iterable[Known]) -> Iterator[tuple[str, str, str]]:
    blocks: dict[tuple[str, str], list[Known]] = defaultdict(list)
    for one in known:
        name = parse_name(one.label)
        if family(one.type) == PERSON and not name.bare:
            blocks["surname", name.surname].append(one)
            blocks["first", f"{name.first} {name.surname[:1]}"].append(one)
    for people in blocks.values():
        for one, other in combinations(sorted(people, key=lambda person: person.path), 2):
            if same_person_name(parse_name(one.label), parse_name(other.label)):
                yield one.path, other.path, "their full names agree, or differ by a slip"


def _bodies(known: Iterable[Known]) -> Iterator[tuple[str, str, str]]:
    equal: dict[str, list[Known]] = defaultdict(list)
    begin: dict[str, list[Known]] = defaultdict(list)
    for one in known:
        if family(one.type) in BODIES:
            equal[tight(one.label)].append(one)
            begin[fold(one.label).split(" ")[0]].append(one)
    for bodies in equal.values():
        for one, other in combinations(sorted(bodies, key=lambda body: body.path), 2):
            yield one.path, other.path, "their names are the same"
    for bodies in begin.values():
        if len(bodies) > CROWD:
            continue
        for one, other in combinations(sorted(bodies, key=lambda body: body.path), 2):
            if _alike(fold(one.label), fold(other.label)):
                yield one.path, other.path, "their names differ by a slip"


def _alike(one: str, other: str) -> bool:
    """Tell whether two folded names differ by a slip; numbers must agree.

    >>> _alike("center for migration studies", "center for migration study")
    True
    >>> _alike("teamsters local 705", "teamsters local 706")
    False
    """
    numbers = [[word for word in name.split() if any(map(str.isdigit, word))] for name in (one, other)]
    return numbers[0] == numbers[1] and fuzz.ratio(one, other) >= ALIKE
