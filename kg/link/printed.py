"""What extraction printed as a person's name, read as that name: a scene's mentions in, better readings out.

A scrap of the next words is taken off ("Bob Menendez Robert (Bob)"), so is a word before a surname that begins the
sentence ("Given Sessions"); a particle left outside is put back ("de" before "Leon"). The mention stays as it is.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from kg.link.names import clean, fold, tight
from kg.link.personnames import known_first_name, parse_name, same_first
from kg.link.scene import Scene
from kg.records import Mention

_PARTICLE = re.compile(r"\b((?:[Dd]e la|[Dd]e|[Dd]el|[Vv]an der|[Vv]an|[Vv]on|[Dd]i|[Dd]a) )\Z")
_CALLED = re.compile(r"\s\(([A-Z][a-z]+)\)")
_SHARED = re.compile(
    r"(?P<first>[A-Z][a-z]+)(?:, [A-Z][a-z]+)*,? (?:and|&) [A-Z][a-z]+ (?:[A-Z]\. )?(?P<surname>[A-Z][\w’'-]*[a-z])\b"
)
"""First names that share the surname behind the last."""
_KIN = re.compile(
    r"\b(?:children|sons?|daughters?|brothers?|sisters?|siblings|kids|parents|twins|cousins)(?:[,:]| named| are| were)? (?:[A-Z][a-z]+, )*\Z"
)
"""What stands before such a list where they are kin."""
_WORDS = """
according after although and anti before besides both but concerning considering despite each even every following former
given her his if including its latina latino like many meanwhile most never only our perhaps pro regarding since some still
thanks that their these this those though until unlike when whether while yet
"""
_NO_FIRST_NAMES = frozenset(_WORDS.split())
"""Words that stand before a surname, or open a sentence before it, and that nobody is called by."""
_OPENS = re.compile(r"(?:\A|[.!?:][\"”’)]*\s+|\n\s*)[\"“‘]?\Z")


def read_names(scene: Scene, named: Sequence[tuple[int, Mention]], first_names: Collection[str]) -> dict[int, Mention]:
    """Return the mentions of people by position, each with the name that it should have had."""
    read = {i: _without_scrap(scene, mention) for i, mention in named}
    surnames = {name.surname for mention in read.values() if not (name := parse_name(mention.text)).bare}
    read = {i: _with_shared_surname(scene, mention, surnames) for i, mention in read.items()}
    words = frozenset(re.findall(r"\b[a-z]+\b", scene.document.text))
    for i, mention in read.items():
        read[i] = _with_particle(scene, _without_opening(scene, mention, surnames, first_names, words), surnames)
    return read


def _without_scrap(scene: Scene, mention: Mention) -> Mention:
    """Take off the formal first name that follows a name when a nickname in brackets shows that another name begins."""
    words = clean(mention.text).split()
    called = _CALLED.match(scene.document.text, mention.span.end)
    if len(words) > 2 and called is not None and same_first(fold(called[1]), fold(words[0])):
        return replace(mention, text=" ".join(words[:-1]))
    return mention


def _without_opening(
    scene: Scene, mention: Mention, surnames: set[str], first_names: Collection[str], words: Collection[str]
) -> Mention:
    """Take off the common word before a surname that somebody else bears in full, above all where it opens a sentence."""
    parts = clean(mention.text).split()
    if len(parts) != 2 or parts[0][-1] == "." or tight(parts[1]) not in surnames:
        return mention
    first = fold(parts[0])
    opens = first in words and _OPENS.search(scene.document.text[max(0, mention.span.start - 4) : mention.span.start])
    if first not in _NO_FIRST_NAMES and (not opens or first in first_names or known_first_name(first)):
        return mention
    others = sum(1 for one in scene.mentions if tight(one.text).endswith(tight(parts[1])) and one.text != mention.text)
    return replace(mention, text=parts[1]) if others else mention


def _with_shared_surname(scene: Scene, mention: Mention, surnames: set[str]) -> Mention:
    """Give a first name in a list of kin the surname that stands once, at its end: "his children Ana, Ben and Cy Roe"."""
    first, text = clean(mention.text), scene.document.text
    found = _SHARED.match(text, mention.span.start)
    if found is None or found["first"] != first or tight(first) in surnames or tight(found["surname"]) not in surnames:
        return mention
    kin = _KIN.search(text[max(0, mention.span.start - 80) : mention.span.start])
    return replace(mention, text=f"{first} {found['surname']}") if kin else mention


def _with_particle(scene: Scene, mention: Mention, surnames: set[str]) -> Mention:
    """Put back the particle of a surname that the document prints in full elsewhere."""
    found = _PARTICLE.search(scene.document.text[max(0, mention.span.start - 8) : mention.span.start])
    if found is None or not parse_name(mention.text).bare:
        return mention
    whole = f"{found[1]}{clean(mention.text)}"
    return replace(mention, text=whole) if tight(whole) in surnames else mention
