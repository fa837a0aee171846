"""The words of questions: how relations and classes are named, from the ontology and from `words.yaml`.

In go an ontology and the file, out comes a `Lexicon` of patterns. Nothing here knows a graph or a question.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from kg.errors import ConfigurationError
from kg.ontology import Ontology

WORDS = Path(__file__).parent / "words.yaml"
GAP = r"(?:\S+\s+){0,3}?"
PASSIVE = 10
"""How far "was sued by" goes before "sued": it holds the other, and turns it round."""
VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern of words that states a relation; `backward` where the object stands before it."""

    relation: str
    backward: bool
    words: str
    pattern: re.Pattern[str]
    length: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases, the longest first; classes by the words that name them, lower case.

    `kinds` are the words for other classes than people: no title of a post, whatever the graph calls one.
    """

    phrases: tuple[Phrase, ...]
    classes: dict[str, str]
    kinds: frozenset[str]


def read_lexicon(ontology: Ontology, path: Path = WORDS) -> Lexicon:
    """Read the words. Raises ConfigurationError for a relation or a class that the ontology does not have."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    forms: dict[str, list[str]] = data["forms"]
    phrases: list[Phrase] = []
    for name, relation in ontology.relations.items():
        phrases.append(_phrase(name, False, relation.label, forms))
        phrases.append(_phrase(name, True, relation.inverse_label, forms))
    for name, sides in data["relations"].items():
        if name not in ontology.relations:
            raise ConfigurationError("the ontology has no such relation", place=str(path), value=name)
        phrases += [_phrase(name, False, words, forms) for words in sides.get("forward", ())]
        phrases += [_phrase(name, True, words, forms) for words in sides.get("backward", ())]
    passive = [phrase for phrase in phrases if phrase.backward and phrase.words.endswith(" by")]
    phrases += [_phrase(one.relation, True, one.words.removesuffix(" by"), forms) for one in passive]
    phrases.sort(key=lambda phrase: (-phrase.length, phrase.relation, phrase.backward))
    classes = _classes(ontology, data["classes"], path)
    kinds = frozenset(words for words, name in classes.items() if name != "Person")
    return Lexicon(tuple(phrases), classes, kinds)


def verb_forms(word: str, irregular: Iterable[str] = ()) -> list[str]:
    """Return the forms of a verb.

    >>> verb_forms("cite"), verb_forms("carry")
    (['cite', 'cited', 'cites', 'citing'], ['carried', 'carries', 'carry', 'carrying'])
    """
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        found = {word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    else:
        stem = word.removesuffix("e")
        sibilant = word.endswith(("s", "x", "z", "ch", "sh"))
        found = {word, word + ("es" if sibilant else "s"), stem + "ed", stem + "ing"}
    return sorted(found | set(irregular))


def _phrase(relation: str, backward: bool, words: str, forms: dict[str, list[str]]) -> Phrase:
    """Return the pattern of a phrase; its first word stands for all forms of that verb."""
    parts = []
    listed = words.lower().split()
    for position, word in enumerate(listed):
        if word == "*":
            parts.append(GAP)
            continue
        choices = word.split("|")
        if position == 0 or choices == ["be"]:
            choices = [form for choice in choices for form in _inflected(choice, forms)]
        parts.append(f"(?:{'|'.join(map(re.escape, choices))})\\s+")
    pattern = "".join(parts).removesuffix("\\s+")
    return Phrase(
        relation,
        backward,
        words.lower(),
        re.compile(rf"\b{pattern}\b"),
        len(listed) + 10 * (listed[0] in {"is", "was", "be"}),
    )


def _inflected(word: str, forms: dict[str, list[str]]) -> list[str]:
    base = next((base for base, others in forms.items() if word in others), _base(word))
    return verb_forms(base, forms.get(base, ()))


def _base(word: str) -> str:
    """Return the base form of a verb in the third person or the past, as the labels of the ontology have it.

    >>> _base("sued"), _base("administers"), _base("cites"), _base("signed")
    ('sue', 'administer', 'cite', 'sign')
    """
    if word.endswith("ed"):
        stem = word.removesuffix("ed")
        return word[:-1] if stem.endswith(("u", "s", "v", "c", "g")) and not stem.endswith("ss") else stem
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _classes(ontology: Ontology, given: dict[str, list[str]], path: Path) -> dict[str, str]:
    found = {}
    for name in ontology.classes:
        if ontology.is_a(name, "Entity"):
            found[ontology.classes[name].label.lower()] = name
            found[ontology.classes[name].plural.lower()] = name
    for name, words in given.items():
        if name not in ontology.classes:
            raise ConfigurationError("the ontology has no such class", place=str(path), value=name)
        found |= dict.fromkeys(words, name)
    return found
