"""Folding of printed names, so that forms of one name compare equal: strings in, strings out, nothing loaded."""

import re
import unicodedata
from functools import lru_cache

FOLDED_KEPT = 50_000
"""Folded names remembered: the same few come again and again."""

_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")
_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """Return a printed form on one line, without quotation marks around it or a possessive ending.

    >>> clean("Miami-Dade\\nCounty’s")
    'Miami-Dade County'
    """
    text = _SPACE.sub(" ", text).strip().strip('“”"‘')
    return _POSSESSIVE.sub("", text).rstrip(",;:")


@lru_cache(maxsize=FOLDED_KEPT)
def fold(text: str) -> str:
    """Fold a name for comparison: no case, accents, periods, leading article; hyphens and slashes become spaces.

    >>> fold("The U.S. Department of Justice")
    'us department of justice'
    >>> fold("Prince George’s County") == fold("Prince Georges County")
    True
    """
    text = unicodedata.normalize("NFKD", text.replace("’", "'"))
    text = "".join(letter for letter in text if not unicodedata.combining(letter)).casefold()
    text = re.sub(r"[.']", "", text)
    text = re.sub(r"[^\w§&]+", " ", text).strip()
    return re.sub(r"^(?:the|a|an) (?=\S)", "", text)


def tight(text: str) -> str:
    """Fold a name and drop its spaces: "de Blasio", "DeBlasio" and "De-Blasio" become one."""
    return fold(text).replace(" ", "")


def initials(text: str) -> str:
    """Return the capitals that an abbreviation of the name would have.

    >>> initials("American Civil Liberties Union")
    'ACLU'
    """
    words = re.findall(r"[^\W\d_][\w'’]*", text)
    return "".join(word[0] for word in words if word[0].isupper())
