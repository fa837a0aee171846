"""Two people of one full name in one corpus: linked documents in, the same with a path for each of them out.

Documents whose offices for a name contradict each other speak of different people (see `tenures`), unless they name each
other's places or much the same company. A document without an office joins the person whose state it names, else the
one that the tables list or that most documents mean; where nothing settles it, he stays local to the document.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from kg.ids import slug
from kg.link.decisions import Decisions
from kg.link.moving import Move, move
from kg.link.offices import Offices
from kg.link.tenures import (
    NATION,
    Tenure,
    first_contradiction,
    listed_tenures,
    states_named,
    tenures_in,
)
from kg.records import LinkedDocument

FAR, OPEN = 0.05, 0.4
"""Scores of a namesake whom the offices rule out, and of one whom nothing speaks for or against."""
MAJORITY = 3
"""Times as many documents that make one namesake the one meant where nothing else is said."""


@dataclass(slots=True)
class _Namesake:
    """One person of a shared name: the numbers of his documents, his offices, and whether the tables list him."""

    documents: list[int] = field(default_factory=list)
    tenures: list[Tenure] = field(default_factory=list)
    listed: bool = False

    @property
    def places(self) -> set[str]:
        return {tenure.place for tenure in self.tenures} - {NATION}

    @property
    def suffix(self) -> str:
        places = sorted(self.places)
        return places[0].rsplit("/", 1)[-1] if places else NATION


def separate(
    documents: Sequence[LinkedDocument],
    decisions: Decisions,
    company: Mapping[int, Collection[str]],
    offices: Offices | None,
) -> list[LinkedDocument]:
    """Give people of one full name whose offices contradict each other paths of their own.

    `company` has, by the number of a document, the rare entities that it mentions.
    """
    held = [tenures_in(document, offices) for document in documents]
    naming: dict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(documents):
        for entity in document.entities:
            if entity.type == "Person" and not entity.local:
                naming[entity.id].append(number)
    moves: dict[int, list[Move]] = defaultdict(list)
    for path, numbers in sorted(naming.items()):
        known = {number: list(held[number][path]) for number in numbers if path in held[number]}
        listed = listed_tenures(path, offices)
        if len({tenure.place for tenures in known.values() for tenure in tenures} | {t.place for t in listed}) < 2:
            continue
        free = [number for number in numbers if not _decided(documents[number], path)]
        known = {number: tenures for number, tenures in known.items() if number in free}
        namesakes = _namesakes(documents, known, listed, company, path)
        if len(namesakes) > 1:
            for number, made in _moves(documents, path, free, namesakes, company, decisions):
                moves[number].append(made)
    return [move(document, moves[number]) if moves[number] else document for number, document in enumerate(documents)]


def _decided(document: LinkedDocument, path: str) -> bool:
    """Tell whether a person decided that a mention of the document means this path."""
    return any(link.entity == path and link.decision is not None for link in document.links)


def _namesakes(
    documents: Sequence[LinkedDocument],
    known: Mapping[int, list[Tenure]],
    listed: Sequence[Tenure],
    company: Mapping[int, Collection[str]],
    path: str,
) -> list[_Namesake]:
    """Gather the documents that give a name an office: each joins the first namesake whose offices allow it."""
    found = [_Namesake(tenures=list(listed), listed=True)] if listed else []
    order = sorted(
        known,
        key=lambda n: (
            documents[n].document.published is None,
            str(documents[n].document.published),
            documents[n].document.id,
        ),
    )
    for number in order:
        tenures = known[number]
        ranked = sorted(found, key=lambda one: -_nearness(one, tenures))
        fitting = [one for one in ranked if not _two(documents, one, number, tenures, company, path)]
        if fitting:
            fitting[0].documents.append(number)
            fitting[0].tenures += tenures
        else:
            found.append(_Namesake([number], list(tenures)))
    return [one for one in found if one.documents or one.listed]


def _nearness(namesake: _Namesake, tenures: list[Tenure]) -> int:
    """Rank a namesake for a document's offices: the same office before the same state."""
    if any(one.same(other) for one in namesake.tenures for other in tenures):
        return 2
    return 1 if namesake.places & {tenure.place for tenure in tenures} else 0


def _two(
    documents: Sequence[LinkedDocument],
    namesake: _Namesake,
    number: int,
    tenures: list[Tenure],
    company: Mapping[int, Collection[str]],
    path: str,
) -> bool:
    """Tell whether a document speaks of somebody else than a namesake."""
    if first_contradiction(namesake.tenures, tenures) is None:
        return False
    if set(states_named(documents[number])) & namesake.places:
        return False  # it names the other's state too: an office may have been read at the wrong body
    theirs = {place for other in namesake.documents for place in states_named(documents[other])}
    if theirs & {tenure.place for tenure in tenures} - {NATION}:
        return False
    shared = {one for other in namesake.documents for one in company[other]} & set(company[number])
    return len(shared - {path}) < MAJORITY


def _moves(
    documents: Sequence[LinkedDocument],
    path: str,
    numbers: Sequence[int],
    namesakes: list[_Namesake],
    company: Mapping[int, Collection[str]],
    decisions: Decisions,
) -> list[tuple[int, Move]]:
    """Return, for each document of a shared name, whom it means now and why."""
    keeper = _keeper(namesakes)
    paths = _paths(path, namesakes, keeper)
    made = []
    for number in numbers:
        one = next((n for n, namesake in enumerate(namesakes) if number in namesake.documents), None)
        why = "its office is this namesake's"
        if one is None:
            one, why = _settled(documents[number], number, namesakes, keeper, company)
        rivals = tuple((paths[n], *_against(namesakes, one, n)) for n in range(len(namesakes)) if n != one)
        if one is None:
            local = f"person/local/{slug(documents[number].document.id)}-{path.rsplit('/', 1)[-1]}"
            made.append((number, Move(path, local, why, OPEN, rivals, local=True)))
            continue
        same = decisions.same(paths[one])
        target, reason = (same.b, same.reason) if same is not None else (paths[one], why)
        made.append((number, Move(path, target, reason, None, rivals)))
    return made


def _against(namesakes: list[_Namesake], chosen: int | None, other: int) -> tuple[float, str]:
    if chosen is None:
        return OPEN, "bears that full name too"
    why = first_contradiction(namesakes[chosen].tenures, namesakes[other].tenures)
    return FAR, why or "another bearer of that full name"


def _keeper(namesakes: list[_Namesake]) -> int | None:
    """Return the namesake who keeps the plain path: the one that the tables list, or that most documents mean."""
    for number, namesake in enumerate(namesakes):
        if namesake.listed:
            return number
    ranked = sorted(range(len(namesakes)), key=lambda n: -len(namesakes[n].documents))
    first, second = (len(namesakes[n].documents) for n in ranked[:2])
    return ranked[0] if first >= MAJORITY * second else None


def _paths(path: str, namesakes: list[_Namesake], keeper: int | None) -> list[str]:
    """Return a path for each namesake: his state stands at the end, as where tables are imported."""
    paths: list[str] = []
    for number, namesake in enumerate(namesakes):
        wanted = path if number == keeper else f"{path}-{namesake.suffix}"
        again = 2
        while wanted in paths:
            wanted, again = f"{path}-{namesake.suffix}-{again}", again + 1
        paths.append(wanted)
    return paths


def _settled(
    document: LinkedDocument,
    number: int,
    namesakes: list[_Namesake],
    keeper: int | None,
    company: Mapping[int, Collection[str]],
) -> tuple[int | None, str]:
    """Return whom a document means that gives the name no office, and why."""
    named = set(states_named(document))
    fitting = [n for n, namesake in enumerate(namesakes) if namesake.places & named]
    if len(fitting) == 1:
        return fitting[0], "of several people of that full name, the one whose state the article names"
    near = [
        n
        for n, namesake in enumerate(namesakes)
        if len({one for other in namesake.documents for one in company[other]} & set(company[number])) >= MAJORITY
    ]
    if len(near) == 1:
        return near[0], "of several people of that full name, the one mentioned in the same company"
    if keeper is not None:
        return keeper, "of several people of that full name, the best known"
    return None, "several people of that full name, and nothing says which"
