"""What is known before any document is read: entities by path and by name, from the reference tables and the gazetteer.

`Catalog.entity` also builds the records that a path alone settles (a section of the US Code, a numbered order).
It decides nothing about a mention.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from kg.link.families import PERSON, family
from kg.link.gazetteer import Gazetteer
from kg.link.names import fold, tight
from kg.link.personnames import parse_name, same_person_name
from kg.records import Entity
from kg.reference import Reference, ReferenceEntry

_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth", "Eleventh",
             "Twelfth", "Thirteenth", "Fourteenth", "Fifteenth")  # fmt: skip


LONG_NAME = 16
"""Letters from which a name of the tables is recognised with one letter wrong."""


class Catalog:
    """Entities that need no document: reference rows, places, computable laws."""

    def __init__(self, reference: Reference, gazetteer: Gazetteer):
        self.reference = reference
        self.gazetteer = gazetteer
        self._names: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._people: dict[str, list[str]] = defaultdict(list)
        self._by_first_and_last: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._long_names: dict[str, set[str]] = defaultdict(set)
        self.sections: dict[str, list[str]] = defaultdict(list)
        self.first_names: set[str] = set()
        self._codes: dict[tuple[str, str], str] = {}
        for entry in sorted(reference.entries.values(), key=lambda entry: entry.id):
            for name in (entry.label, *entry.aliases):
                paths = self._names[family(entry.type), fold(name)]
                if entry.id not in paths:
                    paths.append(entry.id)
                if len(fold(name)) >= LONG_NAME:
                    self._long_names[family(entry.type)].add(fold(name))
                people = self._people[tight(name)] if entry.type == PERSON else paths
                if entry.id not in people:
                    people.append(entry.id)
            if entry.type == PERSON:
                name_ = parse_name(entry.label)
                self._by_first_and_last[name_.first, name_.surname].append(entry.id)
                self.first_names.add(name_.first)
            for name, value in entry.identifiers:
                if name == "uscCitation":
                    self.sections[value.lower().split("/")[-1]].append(entry.id)
            for pair in entry.identifiers:
                self._codes.setdefault(pair, entry.id)

    def entry(self, path: str) -> ReferenceEntry | None:
        """Return the reference row of a path."""
        return self.reference.entries.get(path)

    def entries(self, kind: str) -> Iterable[ReferenceEntry]:
        """Yield the reference rows of one family of classes."""
        return (entry for entry in self.reference.entries.values() if family(entry.type) == kind)

    def called(self, kind: str, name: str) -> list[str]:
        """Return the paths of the reference rows of a family that have a name, sorted."""
        return self._names.get((kind, fold(name)), [])

    def nearly_called(self, kind: str, name: str) -> list[str]:
        """Return the paths of the rows of a family with a long name that differs by one letter, digits and all else equal."""
        wanted = fold(name)
        if len(wanted) < LONG_NAME or kind == PERSON:
            return []
        found: set[str] = set()
        for known in self._long_names[kind]:
            near = abs(len(known) - len(wanted)) <= 1 and OSA.distance(known, wanted, score_cutoff=1) <= 1
            if near and [*filter(str.isdigit, known)] == [*filter(str.isdigit, wanted)]:
                found.update(self._names[kind, known])
        return sorted(found)

    def people_called(self, name: str) -> list[str]:
        """Return the paths of people by full name; spaces and hyphens do not matter ("DeBlasio")."""
        found = self._people.get(tight(name))
        if found is not None:
            return found
        parsed = parse_name(name)
        return [
            path
            for path in self._by_first_and_last.get((parsed.first, parsed.surname), ())
            if same_person_name(parsed, parse_name(self.reference.entries[path].label))
        ]

    def canonical(self, path: str) -> str:
        """Return the path under which an entity is kept: a law that a row lists by its citation has the row's path."""
        if path in self.reference.entries:
            return path
        path = self.gazetteer.canonical(path)
        built = _built_law(path)
        if built is not None:
            for pair in built.identifiers:
                if pair in self._codes:
                    return self._codes[pair]
        return path

    def entity(self, path: str) -> Entity | None:
        """Return the record of a known path, or None: a path that only a document can explain."""
        entry = self.reference.entries.get(path)
        if entry is not None:
            facts = tuple((name, self.gazetteer.canonical(value)) for name, value in entry.facts)
            return Entity(entry.id, entry.type, entry.label, entry.aliases, entry.identifiers, facts)
        return self.gazetteer.entity(path) or _built_law(path)


def _built_law(path: str) -> Entity | None:
    parts = path.split("/")
    if path.startswith("law/us/usc/") and len(parts) == 5:
        title, section = parts[3], parts[4]
        names = (f"{title} U.S.C. {section}", f"{title} USC {section}", f"Section {section}")
        return Entity(path, "Statute", f"{title} U.S.C. § {section}", names, (("uscCitation", f"{title}/{section}"),))
    if path.startswith("law/us/eo/") and len(parts) == 4:
        number = (("executiveOrderNumber", parts[3]),)
        return Entity(path, "ExecutiveOrder", f"Executive Order {parts[3]}", (f"EO {parts[3]}",), number)
    if path.startswith("law/us/proclamation/") and len(parts) == 4:
        return Entity(path, "ExecutiveOrder", f"Proclamation {parts[3]}")
    if path.startswith("law/us/cfr/") and len(parts) == 5:
        return Entity(path, "Statute", f"{parts[3]} C.F.R. § {parts[4]}", (f"{parts[3]} CFR {parts[4]}",))
    match = re.fullmatch(r"law/us/const/amendment/(\d+)", path)
    if match:
        number_ = int(match[1])
        name = _ORDINALS[number_ - 1] if 0 < number_ <= len(_ORDINALS) else f"{number_}th"
        full = f"{name} Amendment"
        return Entity(path, "ConstitutionalProvision", full, (f"{full} to the United States Constitution",))
    return None
