"""What only the whole corpus shows: one person under two full names, two people under one, one label for each entity.

All linked documents go in, the same documents come out in the same order with paths and records made to agree. The
result depends on the documents and not on their order. It is linear in the mentions, but for people of one surname.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.link.decisions import Decisions
from kg.link.families import PERSON
from kg.link.homonyms import separate
from kg.link.moving import kept, rename_claims
from kg.link.offices import Offices
from kg.link.personnames import PersonName, misspelt, parse_name, same_first, same_person_name, slip_of_first
from kg.link.tenures import Tenure, first_contradiction, listed_tenures, tenures_in, title_keys
from kg.records import Candidate, Entity, LinkedDocument

COMPANY = 3
"""Rare entities that two forms of a name must be mentioned with to be one person by their company."""
COMPANY_SHARE, COMPANY_SHARE_ALONE = 6, 10
"""The shared ones times this must reach the smaller company; the second where nobody else bears the surname."""
NAMES_KEPT = 40
"""Alternative names kept of one entity over the corpus, the most frequent first."""
JOINED = "its path before people were joined over the corpus"
"""The reason of the candidate by which a link remembers the path that another took the place of."""


def reconcile(
    documents: Sequence[LinkedDocument],
    decisions: Decisions | None = None,
    fixed: Collection[str] = frozenset(),
    offices: Offices | None = None,
) -> tuple[LinkedDocument, ...]:
    """Give every entity one label, one type and one set of names over the corpus; part and join people across documents.

    `decisions` are those of people; `fixed` are the paths of the reference tables, which stay when two become one;
    `offices` are the tables of offices, without which titles are compared as printed.
    """
    decisions = decisions or Decisions()
    rare = _rare(documents)
    documents = separate(documents, decisions, rare, offices)
    renamed = _same_people(documents, decisions, fixed, offices, rare)
    moved = [_rename(document, renamed) for document in documents] if renamed else list(documents)
    agreed = _agree(moved)
    return tuple(replace(document, entities=_entities(document, agreed)) for document in moved)


def _entities(document: LinkedDocument, agreed: dict[str, Entity]) -> tuple[Entity, ...]:
    return tuple(agreed[path] for path in sorted({entity.id for entity in document.entities}))


def _agree(documents: Iterable[LinkedDocument]) -> dict[str, Entity]:
    """Return one record for each path: the most frequent label and type, ties by alphabet; all names, codes, facts."""
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    types: dict[str, Counter[str]] = defaultdict(Counter)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    codes: dict[str, set[tuple[str, str]]] = defaultdict(set)
    facts: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    local: dict[str, bool] = {}
    for document in documents:
        for entity in document.entities:
            labels[entity.id][entity.label] += 1
            types[entity.id][entity.type] += 1
            names[entity.id].update(entity.alt_labels)
            codes[entity.id].update(entity.identifiers)
            facts[entity.id].update(dict.fromkeys(entity.facts))
            local[entity.id] = local.get(entity.id, True) and entity.local
    found: dict[str, Entity] = {}
    for path in sorted(labels):
        label = _most(labels[path])
        others = Counter(names[path]) + Counter(labels[path])
        del others[label]
        kept = sorted(others, key=lambda name: (-others[name], name))[:NAMES_KEPT]
        found[path] = Entity(
            path,
            _most(types[path]),
            label,
            tuple(sorted(kept)),
            tuple(sorted(codes[path])),
            tuple(sorted(facts[path])),
            local[path],
        )
    return found


def _most(counts: Counter[str]) -> str:
    return min(counts, key=lambda name: (-counts[name], name))


def _same_people(
    documents: Sequence[LinkedDocument],
    decisions: Decisions,
    fixed: Collection[str],
    offices: Offices | None,
    rare: Mapping[int, Collection[str]],
) -> dict[str, str]:
    """Return which person's path becomes which: full names that agree, with one office, one company or one spelling."""
    known, held = _people(documents, offices)
    company = _company(documents, known, rare)
    groups = _Groups(documents, decisions, fixed, offices)
    by_surname: dict[str, list[tuple[str, PersonName]]] = defaultdict(list)
    for path in sorted(known):
        name = parse_name(_most(known[path]))
        if not name.bare:
            by_surname[name.surname].append((path, name))
    for namesakes in [*by_surname.values(), *_likely_slips(by_surname)]:
        for n, (path, name) in enumerate(namesakes):
            for other, other_name in namesakes[n + 1 :]:
                if offices is not None and _father_and_son(offices, (path, name), (other, other_name)):
                    continue
                one_office = bool(held[path] & held[other])
                if (one_office and slip_of_first(name, other_name)) or (
                    same_person_name(name, other_name)
                    and (
                        one_office
                        or _only_initials(name, other_name, namesakes)
                        or _one_company(company[path], company[other], name.first, namesakes)
                    )
                ):
                    groups.join(path, other, known)
    for path, whole in _without_first_name(by_surname):
        groups.join(path, whole, known)
    return groups.renamed()


class _Groups:
    """Paths that are one person: joined unless a person, the tables or the offices of any two of them say otherwise."""

    def __init__(
        self,
        documents: Sequence[LinkedDocument],
        decisions: Decisions,
        fixed: Collection[str],
        offices: Offices | None,
    ):
        self._decisions, self._fixed, self._offices = decisions, fixed, offices
        self._root: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._tenures: dict[str, dict[Tenure, None]] = defaultdict(dict)
        for document in documents:
            for path, tenures in tenures_in(document, offices).items():
                self._tenures[path].update(dict.fromkeys(tenures))

    def join(self, one: str, other: str, known: dict[str, Counter[str]]) -> None:
        """Make two paths one, with all that each was joined with before, unless something speaks against it."""
        ones, others = (self._members.get(self._root.get(path, path), [path]) for path in (one, other))
        if ones is others or one == other or any(self._two(a, b) for a in ones for b in others):
            return
        members = [*ones, *others]
        keep = min(members, key=lambda path: (path not in self._fixed, -sum(known[path].values()), len(path), path))
        self._members[keep] = members
        self._root.update(dict.fromkeys(members, keep))

    def renamed(self) -> dict[str, str]:
        """Return the paths that go, each with the path that stays: that of the tables, of more documents, the shorter."""
        return {path: root for path, root in sorted(self._root.items()) if path != root}

    def _two(self, one: str, other: str) -> bool:
        if (one in self._fixed and other in self._fixed) or self._decisions.different(one, other):
            return True
        return first_contradiction(self._terms(one), self._terms(other)) is not None

    def _terms(self, path: str) -> list[Tenure]:
        return [*self._tenures.get(path, ()), *listed_tenures(path, self._offices)]


def _people(
    documents: Iterable[LinkedDocument], offices: Offices | None
) -> tuple[dict[str, Counter[str]], dict[str, set[tuple[str, str]]]]:
    """Return the labels of the people who are not local, and their offices as title and body."""
    known: dict[str, Counter[str]] = defaultdict(Counter)
    held: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for document in documents:
        for entity in document.entities:
            if entity.type == PERSON and not entity.local:
                known[entity.id][entity.label] += 1
        for claim in document.claims:
            if claim.relation == "holdsPost":
                titles = title_keys(claim.qualifiers.title or "", offices) or {""}
                held[claim.subject].update((title, claim.object) for title in titles)
    return known, held


def _rare(documents: Sequence[LinkedDocument]) -> dict[int, set[str]]:
    """Return the entities that each document mentions, but for those that a tenth of the corpus mentions."""
    mentioned = [{link.entity for link in document.links if link.entity} for document in documents]
    frequent = Counter(path for paths in mentioned for path in paths)
    limit = max(3, len(documents) / 10)
    return {number: {path for path in paths if frequent[path] <= limit} for number, paths in enumerate(mentioned)}


def _company(
    documents: Sequence[LinkedDocument], known: Collection[str], rare: Mapping[int, Collection[str]]
) -> dict[str, set[str]]:
    """Return the rare entities that each person is mentioned with."""
    company: dict[str, set[str]] = defaultdict(set)
    for number, document in enumerate(documents):
        for path in {link.entity for link in document.links if link.entity} & set(known):
            company[path] |= set(rare[number]) - {path}
    return company


def _one_company(one: set[str], other: set[str], first: str, namesakes: list[tuple[str, PersonName]]) -> bool:
    """Tell whether two forms of a name, the only ones that agree, are mentioned with the same entities."""
    if sum(same_first(name.first, first) for _, name in namesakes) > 2:
        return False
    alone = len(namesakes) == 2 and namesakes[0][1].surname == namesakes[1][1].surname
    shared = len(one & other)
    return shared >= COMPANY and shared * (COMPANY_SHARE_ALONE if alone else COMPANY_SHARE) >= min(len(one), len(other))


def _likely_slips(by_surname: dict[str, list[tuple[str, PersonName]]]) -> Iterator[list[tuple[str, PersonName]]]:
    """Yield pairs of people of one first name whose surnames differ by a slip of the pen."""
    by_first: dict[str, list[tuple[str, PersonName]]] = defaultdict(list)
    for namesakes in by_surname.values():
        for path, name in namesakes:
            by_first[f"{name.first} {name.surname[:1]}"].append((path, name))
    for group in by_first.values():
        for n, one in enumerate(group):
            for other in group[n + 1 :]:
                if one[1].surname != other[1].surname and misspelt(one[1].surname, other[1].surname):
                    yield [one, other]


def _without_first_name(by_surname: dict[str, list[tuple[str, PersonName]]]) -> Iterator[tuple[str, str]]:
    """Yield the paths of "Díaz Roe" and "Ana Díaz Roe", where only one longer name ends like that."""
    for namesakes in by_surname.values():
        longer: dict[str, set[str]] = defaultdict(set)
        for path, name in namesakes:
            for surname in name.surnames[1:]:
                longer[surname].add(path)
        for path, name in namesakes:
            whole = longer.get(f"{name.first} {name.last}", set())
            if len(whole) == 1 and not name.middle:
                yield path, next(iter(whole))


def _father_and_son(offices: Offices, one: tuple[str, PersonName], other: tuple[str, PersonName]) -> bool:
    """Tell whether one of two is a president, who is printed without a suffix, and the other has one."""
    return any(
        offices.has_held(father, "President") and not name.suffix and bool(son.suffix)
        for (father, name), (_, son) in ((one, other), (other, one))
    )


def _only_initials(one: PersonName, other: PersonName, namesakes: list[tuple[str, PersonName]]) -> bool:
    """Tell whether two names differ by middle names and suffixes alone, and all namesakes of that first name agree."""
    if one.first != other.first or one.surname != other.surname:
        return False
    group = [name for _, name in namesakes if same_first(name.first, one.first)]
    return all(same_person_name(a, b) for n, a in enumerate(group) for b in group[n + 1 :])


def _rename(document: LinkedDocument, renamed: dict[str, str]) -> LinkedDocument:
    """Put the paths that stay in place of those that go, in everything that a document says."""
    if not renamed.keys() & {entity.id for entity in document.entities}:
        return document
    links = tuple(
        replace(
            link,
            entity=renamed[link.entity],
            reasons=(*link.reasons, "one person over the corpus"),
            candidates=(*link.candidates, Candidate(link.entity, link.score, (JOINED,))),
        )
        if link.entity in renamed
        else link
        for link in document.links
    )
    quotations = tuple(
        replace(quotation, speaker=kept(quotation.speaker, renamed)) for quotation in document.quotations
    )
    claims = rename_claims(document.claims, renamed)
    entities = tuple(replace(entity, id=renamed.get(entity.id, entity.id)) for entity in document.entities)
    return replace(document, links=links, quotations=quotations, claims=claims, entities=entities)
