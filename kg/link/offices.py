"""Who held an office: title, body and day in, a person of the reference tables out. Never guesses between two."""

from collections import defaultdict
from datetime import date, timedelta

from kg.link.names import fold, tight
from kg.reference import OfficeHolder, Reference

CANDIDATE = timedelta(days=730)
"""How long before his first day a president is already known by his surname."""


class Offices:
    """The reference tables of offices and their holders, by title, by surname and by body."""

    def __init__(self, reference: Reference):
        self._reference = reference
        self._titles: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
        for office in reference.offices:
            for name in (office.title, *office.aliases):
                self._titles[fold(name)].add((office.title, office.organization))
        self._holders: dict[str, list[OfficeHolder]] = defaultdict(list)
        for holder in reference.holders:
            self._holders[holder.title].append(holder)
        self._of_person: dict[str, list[OfficeHolder]] = defaultdict(list)
        for holder in reference.holders:
            self._of_person[holder.person].append(holder)

    def titles(self, printed: str) -> set[str]:
        """Return the titles of the tables that a printed title may be."""
        found = {title for title, _ in self._titles.get(fold(printed), ())}
        return found or {title for title in (printed,) if title in self._holders}

    def body(self, printed: str) -> str | None:
        """Return whom a title serves where the title alone settles it ("Attorney General" at federal level)."""
        found = {body for _, body in self._titles.get(fold(printed), ()) if body}
        return found.pop() if len(found) == 1 else None

    def holder(self, printed: str, organization: str | None, day: date | None) -> str | None:
        """Return who held an office on a day, or None where the tables name nobody or several."""
        organization = organization or self.body(printed)
        if day is None or organization is None:
            return None
        found = {self._reference.holder_at(title, organization, day) for title in sorted(self.titles(printed))} - {None}
        return found.pop() if len(found) == 1 else None

    def holder_called(self, printed: str, surname: str, day: date | None, *, former: bool) -> str | None:
        """Return the one holder of a title with a surname: on the day, or before it for a former holder.

        Without a day any time counts. The surname is the end of the person's path, compared without spaces.
        """
        found = set()
        for title in self.titles(printed):
            for holder in self._holders.get(title, ()):
                name = holder.person.rsplit("/", 1)[-1].replace("-", "")
                if not name.endswith(tight(surname)) or name == tight(surname):
                    continue
                current = day is None or (holder.start <= day and (holder.end is None or day <= holder.end))
                if current or (former and day is not None and holder.start <= day):
                    found.add(holder.person)
        return found.pop() if len(found) == 1 else None

    def held_by(self, person: str) -> list[OfficeHolder]:
        """Return the rows of the tables about a person, in their order."""
        return self._of_person.get(person, [])

    def has_held(self, person: str, printed: str) -> bool:
        """Tell whether the tables give a person an office of that title at any time."""
        return any(holder.person == person for title in self.titles(printed) for holder in self._holders.get(title, ()))

    def president_called(self, surname: str, day: date | None) -> str | None:
        """Return the one president of that surname who is, was or soon will be in office on a day, or None."""
        found = {
            holder.person
            for holder in self._holders.get("President", ())
            if holder.person.rsplit("-", 1)[-1] == tight(surname) and (day is None or holder.start - CANDIDATE <= day)
        }
        return found.pop() if len(found) == 1 else None

    def in_office(self, person: str, title: str, day: date | None) -> bool:
        """Tell whether a person holds an office of that title on a day; without a day, whether he ever did."""
        return any(
            holder.person == person
            and (day is None or (holder.start - CANDIDATE <= day and (holder.end is None or day <= holder.end)))
            for holder in self._holders.get(title, ())
        )
