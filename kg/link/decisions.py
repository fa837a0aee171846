"""What people decided about identity: `seeds/reference/decisions.csv` in, answers for the linkers out.

A row says that a printed mention `is` an entity (everywhere, or in one document), that two paths are the `same` entity
(the second is kept), or that two are `different`. Rows win over everything and take effect until they are deleted;
who decided and why goes into the reasons of every link that they touch.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg.errors import ConfigurationError
from kg.link.names import clean
from kg.tables import rows

COLUMNS = ("decision", "a", "b", "document", "who", "why", "date")
KINDS = ("same", "different", "is")


@dataclass(frozen=True, slots=True)
class Decision:
    """One row: what was decided about `a` and `b`, where (None is everywhere), by whom, why, when."""

    kind: str
    a: str
    b: str
    document: str | None
    who: str
    why: str
    date: date
    place: str

    @property
    def reason(self) -> str:
        """The words that go into a link's reasons."""
        return f"decided by {self.who} on {self.date}: {self.why}"


class Decisions:
    """The decisions of people, by what they are about."""

    def __init__(self, decisions: tuple[Decision, ...] = ()):
        self._is = {(row.a, row.document): row for row in decisions if row.kind == "is"}
        self._same = {row.a: row for row in decisions if row.kind == "same"}
        self._different = {frozenset((row.a, row.b)) for row in decisions if row.kind == "different"}

    def mention(self, text: str, document: str) -> Decision | None:
        """Return what a printed mention was decided to be, a decision for the document before one for all."""
        printed = clean(text)
        return self._is.get((printed, document)) or self._is.get((printed, None))

    def same(self, path: str) -> Decision | None:
        """Return the decision that a path is the same as another, following chains to the last."""
        found, seen = self._same.get(path), {path}
        while found is not None and found.b in self._same and found.b not in seen:
            seen.add(found.b)
            found = self._same[found.b]
        return found

    def different(self, one: str, other: str) -> bool:
        """Tell whether two paths were decided to be different entities."""
        return frozenset((one, other)) in self._different


def read_decisions(folder: Path) -> Decisions:
    """Read `decisions.csv` below the folder of the reference tables; a folder without it has no decisions.

    Raises ConfigurationError for an unknown decision, an empty cell that is needed, an unreadable date, and for two
    rows that contradict each other.
    """
    found: dict[tuple[str, str, str | None], Decision] = {}
    for place, row in rows(folder / "decisions.csv", COLUMNS, optional=True):
        decision = _decision(place, row)
        key = (decision.kind, decision.a, decision.document)
        before = found.get(key)
        if before is not None and before.b != decision.b and decision.kind != "different":
            raise ConfigurationError(
                "this decision contradicts another", place=place, value=decision.b, hint=f"See {before.place}"
            )
        found[(*key[:2], f"{decision.document}|{decision.b}") if decision.kind == "different" else key] = decision
    decisions = tuple(found.values())
    pairs = {frozenset((row.a, row.b)) for row in decisions if row.kind == "different"}
    for decision in decisions:
        if decision.kind == "same" and frozenset((decision.a, decision.b)) in pairs:
            raise ConfigurationError(
                "these two were decided to be different too",
                place=decision.place,
                value=decision.a,
                hint="Delete one row",
            )
    return Decisions(decisions)


def _decision(place: str, row: dict[str, str]) -> Decision:
    for column in ("a", "b", "who", "why"):
        if not row[column]:
            raise ConfigurationError(f"the cell {column!r} is empty", place=place, hint="Every decision needs it")
    if row["decision"] not in KINDS:
        raise ConfigurationError(
            "this is no decision", place=place, value=row["decision"], hint=f"It must be one of {', '.join(KINDS)}"
        )
    try:
        day = date.fromisoformat(row["date"])
    except ValueError as error:
        raise ConfigurationError(
            "this is no date", place=place, value=row["date"], hint="Write it as 2018-02-09"
        ) from error
    return Decision(row["decision"], row["a"], row["b"], row["document"] or None, row["who"], row["why"], day, place)
