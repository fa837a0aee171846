"""What the tables of office holders say of an office in the text: whom it serves, whether it has ended, whether a stranger holds it.

What enters are titles, names and the day of publication; what leaves are paths and yes or no. Nothing is read from
the text here, and a name that the tables do not have is no evidence of anything but that.
"""

from collections import defaultdict
from datetime import date

from kg.extract.titles import TitleMatch
from kg.ids import slug
from kg.records import Argument, Mention
from kg.reference import Office, Reference

SUFFIXES = {"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"}
SEATS = ("Representative", "Senator")
SPEAKER = "Speaker of the House"
JUDGE = "U.S. District Judge"
Term = tuple[str, date, date | None]


class Holders:
    """The holders of offices, by title and name."""

    def __init__(self, reference: Reference):
        self._reference = reference
        self._terms: dict[tuple[str, str], list[Term]] = defaultdict(list)
        for holder in reference.holders:
            for name in sorted({holder.person.rsplit("/", 1)[-1], holder.person.rsplit("-", 1)[-1]}):
                self._terms[holder.title, name].append((holder.organization, holder.start, holder.end))
        self._titles = {title for title, _ in self._terms}
        self._postal = {slug(state.label): state.postal.lower() for state in reference.states}

    def serves(self, title: TitleMatch, person: Mention, published: date | None) -> str | None:
        """Return whom somebody of that name and title served on the day of publication, where the tables say so."""
        if published is None:
            return None
        found = {
            organisation
            for organisation, start, end in self._of(title, person)
            if start <= published and (end is None or published <= end)
        }
        return found.pop() if len(found) == 1 else None

    def seat(self, person: Mention, published: date | None) -> str | None:
        """Return the chamber in which somebody of that full name sits on the day of publication."""
        if published is None or " " not in person.text:
            return None
        terms = [term for title in SEATS for name in _names(person) for term in self._terms.get((title, name), [])]
        found = {served for served, start, end in terms if start <= published and (end is None or published <= end)}
        return found.pop() if len(found) == 1 else None

    def bench(self, person: Mention, published: date | None) -> str | None:
        """Return the court of a judge of that full name, whatever the words before the name call him."""
        terms = (
            [term for name in _names(person) for term in self._terms.get((JUDGE, name), [])]
            if " " in person.text
            else []
        )
        found = {
            court
            for court, start, end in terms
            if published is None or (start <= published and (end is None or published <= end))
        }
        return found.pop() if len(found) == 1 else None

    def sitting(self, person: Mention, published: date | None) -> str | None:
        """Return whom somebody of that full name, or a president of that surname, serves on the day of publication."""
        if published is None:
            return None
        full = " " in person.text
        titles = self._titles if full else {"President"}
        terms = [
            term for title in sorted(titles) for name in _names(person) for term in self._terms.get((title, name), [])
        ]
        found = {served for served, start, end in terms if start <= published and (end is None or published <= end)}
        return found.pop() if len(found) == 1 else None

    def known(self, person: Mention) -> bool:
        """Tell whether the tables have a holder of any office but the presidency by that name or surname."""
        found = [
            term
            for title in sorted(self._titles - {"President"})
            for name in _names(person)
            for term in self._terms.get((title, name), [])
        ]
        return bool(found)

    def leads(self, person: Mention, published: date | None) -> str | None:
        """Return the chamber whose speaker has that name, in full or not, on the day of publication."""
        if published is None:
            return None
        terms = [term for name in _names(person) for term in self._terms.get((SPEAKER, name), [])]
        found = {served for served, start, end in terms if start <= published and (end is None or published <= end)}
        return found.pop() if len(found) == 1 else None

    def ever_served(self, title: TitleMatch, person: Mention) -> str | None:
        """Return whom somebody of that full name and title served at any time, where the tables have one body only."""
        if " " not in person.text:
            return None
        found = {served for served, _, _ in self._of(title, person)}
        return found.pop() if len(found) == 1 else None

    def described(
        self, title: TitleMatch, place: Mention | None, person: Mention, day: date | None
    ) -> tuple[str, bool] | None:
        """Return whom somebody of that full name served by a day, and whether that was over: of a place, else where one body has the office."""
        if day is None or " " not in person.text:
            return None
        fixed = {office.organization for office in title.offices if office.organization}
        terms = [
            (served, end)
            for served, start, end in self._of(title, person)
            if start <= day and (self._same_place(served, place) if place is not None else served in fixed)
        ]
        return (terms[0][0], all(end is not None and end < day for _, end in terms)) if terms else None

    def stranger(self, title: TitleMatch, office: Office, person: Mention) -> bool:
        """Tell whether an office whose holders the tables list is given to nobody of them: another country's, or a state's."""
        shared = any(not other.organization for other in title.offices)  # "Secretary of State" may be Georgia's
        if not (office.level == "Country" or shared) or office.title not in self._titles:
            return False
        held = (self._terms.get((office.title, name), []) for name in (*_names(person), slug(_surname(person))))
        return not any(organisation == office.organization for terms in held for organisation, _, _ in terms)

    def ended(
        self, title: TitleMatch, person: Mention, organisation: Argument | None, place: Mention | None, day: date | None
    ) -> bool:
        """Tell whether the tables have that very office end before a day, with no term of that name then or later."""
        if day is None:
            return False
        terms = [
            (start, end)
            for served, start, end in self._of(title, person)
            if served == organisation or self._same_place(served, place)
        ]
        return bool(terms) and all(end is not None and end < day for _, end in terms)

    def _of(self, title: TitleMatch, person: Mention) -> list[Term]:
        """Return the terms of somebody of that name in the offices of a title."""
        for name in _names(person):
            terms = [term for office in title.offices for term in self._terms.get((office.title, name), [])]
            if terms:
                return terms
        return []

    def _same_place(self, served: str, place: Mention | None) -> bool:
        if place is None:
            return False
        name = slug(place.hint("name") or place.text)
        named = {name, self._postal.get(name)} if place.hint("level") in {"State", None} else {name}
        return served == place.key or (place.type == "Jurisdiction" and served.rpartition("/")[2] in named)

    def past_administration(self, body: Mention, day: date | None) -> bool:
        """Tell whether a body is the administration of somebody else than the president of a day."""
        name = body.hint("administration") or body.text.removesuffix(" administration")
        if day is None or name == body.text:
            return False
        sitting = self._reference.holder_at("President", "jurisdiction/us", day)
        return sitting is not None and slug(name.split()[-1]) != sitting.rsplit("-", 1)[-1]

    def past_president(self, name: str, day: date | None) -> bool:
        """Tell whether a name is a president's whose last term ended before a day ("the Obama attorney general")."""
        words = slug(name.removesuffix(" administration"))
        terms = [term for term in self._terms.get(("President", words), []) if term[0] == "jurisdiction/us"]
        return day is not None and bool(terms) and all(end is not None and end < day for _, _, end in terms)


def _words(person: Mention) -> list[str]:
    return [word for word in person.text.replace(",", "").split() if word not in SUFFIXES] or [person.text]


def _surname(person: Mention) -> str:
    return _words(person)[-1]


def _names(person: Mention) -> tuple[str, ...]:
    """Return the names to look somebody up by: in full, then without what stands between given name and surname."""
    words = _words(person)
    if len(words) == 1:
        return (slug(words[0]),)
    named = (person.key.rpartition("/")[2],) if person.key else ()
    return (slug(" ".join(words)), slug(f"{words[0]} {words[-1]}"), *named)
