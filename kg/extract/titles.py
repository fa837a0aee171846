"""Titles of offices in running text ("Attorney General", "a spokesman", "Gov."), as the reference table lists them.

What leaves are token ranges with the office they name; who holds the office is read by `kg.extract.offices`.
"""

import re
from collections.abc import Set
from dataclasses import dataclass

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Token

from kg.reference import Office, Reference

MODIFIERS = {
    "deputy", "assistant", "associate", "acting", "interim", "chief", "senior", "executive", "vice", "state", "city", "county", "district",
    "principal", "lead", "top", "general", "national", "federal", "managing", "founding", "co", "press", "special", "legal", "policy",
}  # fmt: skip

NO_QUALIFIERS = {
    "former", "acting", "interim", "retired", "late", "then", "onetime", "longtime", "current", "new", "republican", "democratic", "liberal",
    "conservative", "incoming", "outgoing", "ousted", "embattled", "would-be", "aspiring", "potential", "prospective", "presumptive", "future",
    "next", "possible", "hypothetical", "eventual", "first", "second", "previous", "many", "other", "several", "own", "same", "such", "favorite",
}  # fmt: skip
"""Words before a title that say when or how somebody holds it, not of what."""
OF_BODIES = {"Any", "Organization", "Agency"}
"""Levels of offices that any body may have, so that an adjective before them says of what kind they are."""
PLURAL_ABBREVIATION = re.compile(r"\b(?:sens|reps|govs|dels)\.\Z")


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """A title at tokens [start, end) of a passage. `prenominal` tells whether a name may follow it directly."""

    start: int
    end: int
    offices: tuple[Office, ...]
    prenominal: bool
    plural: bool = False

    @property
    def office(self) -> Office:
        """Return the first office of that title."""
        return self.offices[0]


class TitleMatcher:
    """Finds titles, longest first, whatever their case; plurals too ("mayors")."""

    def __init__(self, reference: Reference, nlp: Language):
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._offices: dict[str, list[Office]] = {}
        self._plurals: dict[str, list[Office]] = {}
        for office in reference.offices:
            for form in (office.title, *office.aliases):
                self._offices.setdefault(form.lower(), []).append(office)
                self._matcher.add(form.lower(), [nlp.make_doc(form), nlp.make_doc(form.lower())])
        for form, offices in sorted(self._offices.items()):
            plural = _plural(form)
            if plural not in self._offices and not form.endswith("."):
                self._plurals[plural] = offices
                self._matcher.add(plural, [nlp.make_doc(plural)])

    def find(self, doc: Doc, blocked: Set[int]) -> list[TitleMatch]:
        """Return the titles of a passage in order, not overlapping each other nor the `blocked` tokens (those of mentions)."""
        found: list[TitleMatch] = []
        taken = -1
        matches = [
            (start, -end, key) for key, start, end in self._matcher(doc) if blocked.isdisjoint(range(start, end))
        ]
        starts = {start for start, _, _ in matches}
        for start, minus_end, key in sorted(matches):
            end = -minus_end
            if (
                start < taken
                or _not_a_title(doc, start, end)
                or (end in starts and doc[start:end].text.lower() == "deputy")
            ):
                continue
            if doc[start].text == "Executive" and end - start == 1 and start - 1 not in blocked:
                continue  # "the Executive Branch"; "King County Executive Jane Roe" holds an office
            form = doc.vocab.strings[key]
            taken = end
            first = start
            while (
                first > (found[-1].end if found else 0)
                and first - 1 not in blocked
                and doc[first - 1].lower_ in MODIFIERS
                and doc[first - 1].pos_ not in {"VERB", "AUX"}
                and not _ends_sentence(doc[first - 1])
            ):
                first -= 1
            offices = tuple(self._plurals.get(form) or self._offices[form])
            first = _qualified(doc, first, end, blocked, described=any(office.level in OF_BODIES for office in offices))
            abbreviated = bool(PLURAL_ABBREVIATION.search(form))
            plural = form in self._plurals or abbreviated
            prenominal = (not plural or abbreviated) and _capitalised(doc, end)
            found.append(TitleMatch(first, end, offices, prenominal, plural))
        return found


def _qualified(doc: Doc, first: int, end: int, blocked: Set[int], *, described: bool) -> int:
    """Return where a title in small letters begins with the words that say of what: "constitutional law professor".

    Right before a title of public office an adjective only judges its holder: "a dangerous president".
    """
    if not doc.has_annotation("DEP") or not doc[first].is_lower:
        return first
    while first and first - 1 not in blocked:
        word = doc[first - 1]
        fits = word.is_lower and word.is_alpha and word.pos_ in {"NOUN", "ADJ"} and word.lower_ not in NO_QUALIFIERS
        if not fits or word.dep_ not in {"compound", "amod", "nmod"} or not first <= word.head.i < end:
            break
        if word.dep_ == "amod" and not described and word.head.i == end - 1:
            break
        first -= 1
    return first


def _capitalised(doc: Doc, end: int) -> bool:
    """A name may follow "Mayor" and "spokesman"; it starts with a capital in any case, so only the next word matters."""
    return end < len(doc) and doc[end].text[:1].isupper() and not doc[end].is_sent_start


def _not_a_title(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a word that can be a title is an ordinary one here: "general", "head", "rep" in small letters."""
    word, after = doc[start], doc[end].text if end < len(doc) else ""
    if end - start == 1 and start > 1 and doc[start - 1].text in {"-", "–"} and doc[start - 2].text in {"D", "R", "I"}:
        return True  # "D-Del." is a senator of Delaware
    if end - start == 1 and word.lower_ in {"head", "leader"} and after in {"of", "at", "for"}:
        return False
    if (word.text == "General" and after == "Assembly") or (doc[end - 1].lower_ == "attorney" and after == "General"):
        return True
    if (
        word.lower_ == "executive"
        and end - start == 1
        and ((word.pos_ == "ADJ" and word.is_lower) or after in {"Order", "order", "Branch", "branch"})
    ):
        return True
    return (
        end - start == 1
        and word.lower_ in {"general", "ag", "rep", "reps", "chief", "head", "lead", "agent"}
        and not word.text[:1].isupper()
    )


def _ends_sentence(token: Token) -> bool:
    return token.text in {".", "!", "?"}


def _plural(form: str) -> str:
    head, _, tail = form.partition(" ")
    if tail.startswith("general") or tail.startswith("of "):
        return f"{head}s {tail}"
    if form.endswith("man"):
        return form[:-3] + "men"
    if form.endswith("y") and form[-2:-1] not in "aeiou":
        return form[:-1] + "ies"
    return form + "s"
