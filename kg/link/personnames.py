"""Names of people, taken apart and compared: printed forms in, a verdict out. It knows no documents and no tables.

nameparser takes a name apart; the nickname table of `nicknames` tells that Bill may be William; rapidfuzz's
optimal string alignment counts slips of the pen. A difference of one letter never joins two short names.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from nameparser import HumanName
from nicknames import NickNamer
from rapidfuzz.distance import OSA

from kg.link.names import clean, fold, tight

SHORT_NAME = 5
"""Letters from which one letter may differ when the title is the same."""
LONG_NAME = 7
"""Letters from which a surname may be misspelt by one letter and still be the same."""
LONGER_NAME = 10
"""Letters from which two letters may differ."""
_LEADING = re.compile(
    r"^(?:(?:Senate |House )?(?:President |Speaker )?[Pp]ro[ -][Tt]em(?:pore)?\.?|Atty\.?(?: Gen\.?)?|Asst\.?|Leader|Whip) (?=\S)"
)
_GLUED = re.compile(r"(?<=[a-z]) ([A-Z]{2})(?= [A-Z][a-z])")
_DOTTED = re.compile(r"^(?:[A-Z]\.\s?){2,3}\s?(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a name, folded: first name, middle names, surname, suffix. A bare surname has no first name."""

    printed: str
    first: str
    middle: tuple[str, ...]
    last: str
    suffix: str

    @property
    def bare(self) -> bool:
        """Tell whether this is one name alone."""
        return not (self.first and self.last)

    @property
    def surnames(self) -> tuple[str, ...]:
        """The forms in which the surname may stand alone: as parsed, and with the middle names written out before it."""
        whole = [part for part in self.middle if len(part) > 1]
        longer = [" ".join((*whole[start:], self.last)) for start in range(len(whole))]
        return (self.last or self.first, *longer)

    @property
    def surname(self) -> str:
        """The surname without spaces, or the only name there is."""
        return (self.last or self.first).replace(" ", "")


@lru_cache(maxsize=20_000)
def parse_name(text: str) -> PersonName:
    """Take a printed name apart.

    >>> parse_name("Sen. Ron Johnson").first
    'ron'
    >>> parse_name("Bill de Blasio").surname
    'deblasio'
    """
    printed = clean(text)
    joined = _DOTTED.sub(lambda match: match[0].replace(".", "").replace(" ", "").title() + " ", printed)
    joined = _LEADING.sub("", joined)
    joined = _GLUED.sub(lambda match: " " + " ".join(match[1]), joined)
    if joined.isupper() and " " in joined:
        joined = joined.title()
    name = HumanName(joined)
    first, last = fold(name.first), fold(name.last)
    if not last or len(last) == 1:
        first, last = "", first
    return PersonName(
        printed=printed,
        first=first,
        middle=tuple(fold(part) for part in name.middle.split()),
        last=last,
        suffix=fold(name.suffix),
    )


def same_first(one: str, other: str) -> bool:
    """Tell whether two first names may be one person's: equal, an initial, or a nickname of the other.

    >>> same_first("bill", "william"), same_first("j", "john"), same_first("john", "joan")
    (True, True, False)
    """
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return long.startswith(short)
    return long in _nicknames(short) or short in _nicknames(long)


def known_first_name(name: str) -> bool:
    """Tell whether the table of nicknames has a folded first name, in full or short."""
    return bool(_nicknames(name))


@lru_cache(maxsize=20_000)
def _nicknames(name: str) -> frozenset[str]:
    names = _namer()
    return frozenset(names.nicknames_of(name) | names.canonicals_of(name))


@lru_cache(maxsize=1)
def _namer() -> NickNamer:
    return NickNamer()


def same_middle(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether middle names agree as far as both are given; an initial agrees with its name."""
    return all(a[:1] == b[:1] and (len(a) == 1 or len(b) == 1 or a == b) for a, b in zip(one, other, strict=False))


def misspelt(one: str, other: str, *, titled: bool = False) -> bool:
    """Tell whether one surname is likely a slip for the other: one letter in a long name, two in a longer.

    `titled` says that both bear the same title, which lets one letter differ in a shorter name.

    >>> misspelt("markviverito", "markviverioto"), misspelt("alder", "adler"), misspelt("newson", "newsom", titled=True)
    (True, False, True)
    """
    one, other = tight(one), tight(other)
    shortest = min(len(one), len(other))
    if shortest < (SHORT_NAME if titled else LONG_NAME) or one[0] != other[0]:
        return False
    return bool(OSA.distance(one, other) <= (2 if shortest >= LONGER_NAME else 1))


def slip_of_first(one: PersonName, other: PersonName) -> bool:
    """Tell whether two people of one surname have first names that differ by one letter inside or at the end.

    That alone joins nobody ("Joan", "John"): one office must speak for it.

    >>> slip_of_first(parse_name("Cory Booker"), parse_name("Corey Booker"))
    True
    """
    if one.bare or other.bare or one.surname != other.surname or min(len(one.first), len(other.first)) < 4:
        return False
    return one.first[:2] == other.first[:2] and bool(OSA.distance(one.first, other.first) == 1)


def same_person_name(one: PersonName, other: PersonName) -> bool:
    """Tell whether two full names may be one person's.

    >>> same_person_name(parse_name("Stephanie A. Miner"), parse_name("Stephanie Miner"))
    True
    >>> same_person_name(parse_name("John Smith"), parse_name("Joan Smith"))
    False
    """
    if one.bare or other.bare:
        return False
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return False
    if not same_middle(one.middle, other.middle):
        return False
    if one.surname == other.surname:
        return same_first(one.first, other.first)
    return one.first == other.first and misspelt(one.surname, other.surname)
