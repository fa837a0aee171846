"""Reader of `ontology/relations/*.yaml`: how text states each relation, as data that a linguist can read and correct.

What leaves are frozen `Rule`s; a typo in a file is an error naming file, line, value and what is allowed. How rules
are applied is in `kg.extract.facts`; the notation is told in docs/relations.md.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from kg.errors import ConfigurationError
from kg.extract.syntax import Step, parse_path
from kg.extract.wording_patterns import any_form, compile_wording

Path_ = tuple[Step, ...]
TRIGGERS = {"verb": {"VERB", "AUX"}, "noun": {"NOUN", "PROPN"}, "adj": {"ADJ", "VERB", "ADV"}}
"""The kinds of trigger, and the parts of speech that count for each."""
QUALIFIERS = {"date", "deadline", "amount", "program", "court", "title"}
TRIGGERS_WITH_LEMMAS = (*TRIGGERS, "quotation")
ALL_TRIGGERS = (*TRIGGERS, "quotation", "wording")
FILE_KEYS = {"relation", "version", "irrealis", "words", "rules", "examples"}
RULE_KEYS = {
    *TRIGGERS, "id", "require", "forbid", "subject", "object", "subject_types", "object_types", "qualifiers", "confidence",
    "through", "inherit_subject", "event", "status", "quotation", "needs", "negated", "obliged", "loose", "subject_titles", "predicative", "wording", "object_elsewhere",
    "object_within", "by_office", "subject_of", "object_of",
}  # fmt: skip
EXAMPLE_KEYS = {"text", "facts", "date"}
_NAMED_WORDS = re.compile(r"@([a-z]+)")


@dataclass(frozen=True)
class Rule:
    """One way in which text states a relation.

    `trigger` is "verb", "noun", "adj", "quotation" or "wording"; `lemmas` its words, or `wordings` its patterns. Subject and object are paths from the trigger,
    tried in order. `through` lists nouns whose owner is meant ("the city's policy" for the city). An `event` rule remembers
    its date and deadline for later sentences that speak of the same thing; `inherit_subject` takes the subject of the
    last one. Without a qualifier that it `needs`, a rule states nothing. `irrealis` tells whether a modal makes the fact hypothetical. A `negated` rule reads the denial of its
    trigger ("does not honor detainers"). With `subject_titles`, a person counts as subject only where the article gives
    them an office with one of these words; with `by_office`, a holder of such an office acts for the place or body served. `object_elsewhere` says what the article calls the object of a wording that
    names none, and `object_within` in how many characters before it. `predicative` words of stance count only where they are said of a subject,
    `obliged` ones only of a subject that ought to do so. With `subject_of` or `object_of`, a rule takes who did, or to whom was done, what the last fact
    of one of some relations says ("the ruling was affirmed").
    """

    relation: str
    id: str
    version: str
    trigger: str
    lemmas: frozenset[str]
    subject: tuple[Path_, ...]
    object: tuple[Path_, ...]
    require: tuple[Path_, ...] = ()
    forbid: tuple[Path_, ...] = ()
    subject_types: frozenset[str] = frozenset()
    object_types: frozenset[str] = frozenset()
    through: frozenset[str] = frozenset()
    qualifiers: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    confidence: float = 0.8
    irrealis: bool = True
    inherit_subject: bool = False
    event: bool = False
    status: str | None = None
    negated: bool = False
    obliged: bool = False
    loose: bool = False
    predicative: bool = False
    subject_titles: frozenset[str] = frozenset()
    by_office: frozenset[str] = frozenset()
    subject_of: tuple[str, ...] = ()
    object_of: tuple[str, ...] = ()
    wordings: tuple[re.Pattern[str], ...] = ()
    object_elsewhere: tuple[re.Pattern[str], ...] = ()
    object_within: int | None = None

    @cached_property
    def phrases(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """The lemmas of several words, by their first: "play politics" is found as "playing cheap politics"."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for lemma in sorted(self.lemmas):
            first, *rest = lemma.split()
            if rest:
                found.setdefault(first, []).append(tuple(rest))
        return {first: tuple(rests) for first, rests in found.items()}

    @property
    def name(self) -> str:
        """The name under which evidence cites the rule."""
        return f"relations/{self.relation}#{self.id}"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of a rule file with the facts it states, as "subject → object" by printed words; none for a near-miss."""

    relation: str
    text: str
    facts: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules, and the examples that test them."""

    rules: tuple[Rule, ...]
    examples: tuple[Example, ...]


def read_rules(folder: Path) -> RuleBook:
    """Read every rule file below `folder`, in the order of their names.

    Raises ConfigurationError naming file and line for what cannot be understood.
    """
    rules: list[Rule] = []
    examples: list[Example] = []
    for path in sorted(folder.glob("*.yaml")):
        data, lines = _load(path)
        _known(data, FILE_KEYS, f"{path}:1")
        relation = str(data.get("relation", path.stem))
        if relation != path.stem:
            raise ConfigurationError(
                "the file's name is not its relation",
                place=f"{path}:1",
                value=relation,
                hint=f"Call it {relation}.yaml",
            )
        words = data.get("words", {})
        for row in data.get("rules", []):
            rules.append(
                _rule(_expanded(row, words, _place(path, lines, row)), data, relation, _place(path, lines, row))
            )
        for row in data.get("examples", []):
            _known(row, EXAMPLE_KEYS, _place(path, lines, row))
            examples.append(Example(relation, row["text"], tuple(row.get("facts", ())), _place(path, lines, row)))
    names = [rule.name for rule in rules]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise ConfigurationError(
            "two rules have the same id",
            place=str(folder),
            value=", ".join(doubled),
            hint="Ids are unique within a file",
        )
    return RuleBook(tuple(rules), tuple(examples))


def _expanded(row: Mapping[str, Any], words: Mapping[str, Sequence[str]], place: str) -> Mapping[str, Any]:
    """Write out the lists of words that a rule only names: "@blame" in a list or behind "=", "{blame}" in a wording."""

    def lemmas(match: re.Match[str]) -> str:
        if match[1] not in words:
            raise ConfigurationError(
                "no such list of words",
                place=place,
                value=match[0],
                hint=f"The file's words are {', '.join(sorted(words)) or 'none'}",
            )
        return ",".join(map(str, words[match[1]]))

    def expand(key: str, value: Any) -> Any:
        if isinstance(value, list):
            return [expand(key, part) for part in value]
        if not isinstance(value, str):
            return value
        if key == "wording":
            for name, listed in words.items():
                value = value.replace(f"{{{name}}}", any_form(listed))
            return value
        return _NAMED_WORDS.sub(lemmas, value)

    found = {key: expand(key, value) for key, value in row.items()}
    for kind in TRIGGERS_WITH_LEMMAS:
        if kind in found:
            found[kind] = [lemma for part in found[kind] for lemma in str(part).split(",")]
    return found


def _rule(row: Mapping[str, Any], data: Mapping[str, Any], relation: str, place: str) -> Rule:
    _known(row, RULE_KEYS, place)
    triggers = [kind for kind in ALL_TRIGGERS if kind in row]
    if len(triggers) != 1 or "id" not in row:
        raise ConfigurationError(
            "a rule needs an id and one trigger",
            place=place,
            value=str(dict(row)),
            hint=f"Triggers are {', '.join(ALL_TRIGGERS)}",
        )
    unknown = {*row.get("qualifiers", ()), *row.get("needs", ())} - QUALIFIERS
    if unknown:
        raise ConfigurationError(
            "no such qualifier",
            place=place,
            value=str(sorted(unknown)),
            hint=f"Allowed are {', '.join(sorted(QUALIFIERS))}",
        )
    paths: dict[str, tuple[Path_, ...]] = {}
    for key in ("subject", "object", "require", "forbid"):
        given = row.get(key, [])
        try:
            paths[key] = tuple(parse_path(text) for text in ([given] if isinstance(given, str) else given))
        except ValueError as error:
            raise ConfigurationError(f"{key}: {error}", place=place) from error
    return Rule(
        relation=relation,
        id=str(row["id"]),
        version=str(data.get("version", 1)),
        trigger=triggers[0],
        lemmas=frozenset(map(str, row[triggers[0]])) if triggers[0] != "wording" else frozenset(),
        subject_types=frozenset(row.get("subject_types", ())),
        object_types=frozenset(row.get("object_types", ())),
        through=frozenset(row.get("through", ())),
        qualifiers=frozenset(row.get("qualifiers", ())),
        needs=frozenset(row.get("needs", ())),
        confidence=float(row.get("confidence", 0.8)),
        irrealis=data.get("irrealis", "counts") == "counts",
        inherit_subject=bool(row.get("inherit_subject")),
        event=bool(row.get("event")),
        status=row.get("status"),
        negated=bool(row.get("negated")),
        obliged=bool(row.get("obliged")),
        loose=bool(row.get("loose")),
        predicative=bool(row.get("predicative")),
        subject_titles=frozenset(map(str, row.get("subject_titles", ()))),
        by_office=frozenset(map(str, row.get("by_office", ()))),
        subject_of=tuple(map(str, row.get("subject_of", ()))),
        object_of=tuple(map(str, row.get("object_of", ()))),
        wordings=_patterns(row.get("wording", ()), "wording", place),
        object_elsewhere=tuple(map(re.compile, row.get("object_elsewhere", ()))),
        object_within=int(row["object_within"]) if "object_within" in row else None,
        **paths,
    )


def _patterns(given: str | Sequence[str], key: str, place: str) -> tuple[re.Pattern[str], ...]:
    try:
        return tuple(compile_wording(text) for text in ([given] if isinstance(given, str) else given))
    except ValueError as error:
        raise ConfigurationError(f"{key}: {error}", place=place) from error


class _LineLoader(yaml.SafeLoader):
    """A loader that remembers at which line each mapping begins."""

    lines: dict[int, int]


def _mapping(loader: _LineLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    data = loader.construct_mapping(node, deep=True)
    loader.lines[id(data)] = node.start_mark.line + 1
    return data


_LineLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _load(path: Path) -> tuple[Mapping[str, Any], dict[int, int]]:
    loader = _LineLoader(path.read_text(encoding="utf-8"))
    loader.lines = {}
    try:
        data = loader.get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        raise ConfigurationError("this is no YAML", place=place, hint=str(error).splitlines()[0]) from error
    finally:
        loader.dispose()
    if not isinstance(data, dict):
        raise ConfigurationError(
            "the file is empty or no mapping", place=f"{path}:1", hint=f"It needs {', '.join(sorted(FILE_KEYS))}"
        )
    return data, loader.lines


def _place(path: Path, lines: dict[int, int], row: Mapping[str, Any]) -> str:
    return f"{path}:{lines.get(id(row), 1)}"


def _known(row: Mapping[str, Any], allowed: set[str], place: str) -> None:
    unknown = sorted(set(row) - allowed)
    if unknown:
        raise ConfigurationError(
            "unknown key",
            place=place,
            value=", ".join(unknown),
            hint=f"Allowed are {', '.join(sorted(allowed))}",
        )
