"""Whether a name fits "he" or "she": given names and the gender of their bearers, and gendered titles.

In: a pronoun, the given names that a person goes by in a text, and the words just before the mention. Out: whether the
pronoun may mean that person. A name that the table (given_names.yaml) does not hold fits both; it must never be used to
say anything about a person in the graph.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import yaml

from kg.errors import ConfigurationError

TABLE = Path(__file__).with_name("given_names.yaml")
LISTS = ("women", "men", "either", "other_words")
_FEMALE_TITLE = re.compile(
    r"\b(?:Mrs|Ms|Miss|Congresswoman|Councilwoman|Assemblywoman|spokeswoman|chairwoman|Queen|Sister|first lady)\b\.?",
    re.IGNORECASE,
)
_MALE_TITLE = re.compile(
    r"\b(?:Mr|Congressman|Councilman|Assemblyman|spokesman|chairman|King|Pope|Father|Imam)\b\.?(?!-)"
)


def read_given_names(path: Path = TABLE) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Read the names that only women bear, those that only men bear, and those that are hardly anything but names.

    Raises ConfigurationError naming file and entry.
    """
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    if set(table) != {*LISTS, "bearers"}:
        raise ConfigurationError(
            "the lists are wrong",
            place=str(path),
            value=", ".join(table),
            hint=f"They must be {', '.join(LISTS)}, bearers",
        )
    women, men, either, other_words = (frozenset(table[name]) for name in LISTS)
    if twice := sorted((women & men) | (either & (women | men))):
        raise ConfigurationError(
            "a name stands in two lists", place=str(path), value=", ".join(twice), hint="Take it out of one"
        )
    counted = {name: counts for name, counts in table["bearers"].items() if name not in women | men | either}
    return (
        women | {name for name, (count, others) in counted.items() if count and not others},
        men | {name for name, (others, count) in counted.items() if count and not others},
        (women | men | either) - other_words,
    )


_WOMEN, _MEN, GIVEN_NAMES = read_given_names()


def gender_of(given: Iterable[str], around: str = "") -> str | None:
    """Return "f" or "m" where given names or the title before a name tell, else None.

    >>> gender_of(["Susana"]), gender_of(["Eric"]), gender_of(["Quibby"]), gender_of([], "Congresswoman")
    ('f', 'm', None, 'f')
    """
    names = set(given)
    woman = bool(_FEMALE_TITLE.search(around)) or bool(names & _WOMEN)
    man = bool(_MALE_TITLE.search(around)) or bool(names & _MEN)
    return None if woman == man else "f" if woman else "m"


def fits_pronoun(pronoun: str, given: Iterable[str], around: str) -> bool:
    """Tell whether "he" or "she" may mean somebody with these given names and with this title before the name.

    >>> fits_pronoun("she", ["Susana"], ""), fits_pronoun("she", ["Eric"], ""), fits_pronoun("she", ["Quibby"], "")
    (True, False, True)
    """
    return gender_of(given, around) in (None, "f" if pronoun.lower() == "she" else "m")
