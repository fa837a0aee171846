"""What the own words of a description or a pronoun say against its antecedent: a scene in, objections out.

Extraction gives a description its antecedent by distance. Here "the president of the bar association" is nobody's
president but its own, "the appeals court" no district court, and "she" not whom the article calls "he" throughout.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.link.courts import Courts
from kg.link.families import COURT, PERSON, family
from kg.link.names import fold
from kg.link.offices import Offices
from kg.link.scene import Scene
from kg.records import Mention, MentionKind, Span

NEVER = 3
"""Times that a person must be "he" for each time that he would be "she" (or the other way round)."""
_GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_NATION = r"(?:the )?(?:United States|U\.S\.|US|USA|America|our (?:nation|country)|th(?:e|is) (?:nation|country))\b"
_OF_ANOTHER = re.compile(rf"\s+of\s+(?!{_NATION})", re.I)
_OF_APPEALS = re.compile(r"\s+of\s+appeals?\b", re.I)
_LOWER = re.compile(r"\b(?:lower|trial|district)\b")


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a description does not mean its antecedent, and whom it means instead: a path, or None for nobody known."""

    path: str | None
    why: str


def object_to(
    scene: Scene, offices: Offices, courts: Courts, mention: Mention, path: str | None, genders: dict[str, Counter[str]]
) -> Objection | None:
    """Return what speaks against the antecedent of a mention, or None."""
    if path is None:
        return None
    if mention.kind is MentionKind.PRONOUN:
        return _gender(mention, genders.get(path, Counter()))
    if mention.kind is not MentionKind.NOMINAL:
        return None
    if family(mention.type) == COURT:
        return _court(scene, courts, mention, path)
    return _office(scene, offices, mention, path) if family(mention.type) == PERSON else None


def genders_of(found: Iterable[tuple[Mention, str | None]]) -> dict[str, Counter[str]]:
    """Count how often pronouns make each person a man or a woman; `found` are mentions and what they would mean."""
    genders: dict[str, Counter[str]] = defaultdict(Counter)
    for mention, path in found:
        gender = _GENDERS.get(fold(mention.text))
        if path is not None and gender is not None and mention.kind is MentionKind.PRONOUN:
            genders[path][gender] += 1
    return genders


def _gender(mention: Mention, counted: Counter[str]) -> Objection | None:
    own = _GENDERS.get(fold(mention.text))
    other = {"m": "f", "f": "m"}.get(own or "", "")
    if own is None or counted[other] < NEVER * counted[own]:
        return None
    return Objection(None, "the article calls its antecedent by the other pronoun")


def _court(scene: Scene, courts: Courts, mention: Mention, path: str) -> Objection | None:
    said = fold(mention.text)
    if _OF_APPEALS.match(scene.document.text, mention.span.end):
        said += " of appeals"
    if "appeals" in said and path not in courts.appeals:
        named = scene.paths(COURT) & set(courts.appeals)
        if len(named) == 1:
            return Objection(named.pop(), "what it says fits this and not its antecedent")
        return Objection(None, "its antecedent is no court of appeals")
    if _LOWER.search(said) and (path in courts.appeals or path.endswith("/supreme-court")):
        return Objection(None, "its antecedent is no lower court")
    return None


def _office(scene: Scene, offices: Offices, mention: Mention, path: str) -> Objection | None:
    """Object to an antecedent without the title that is said, where the tables name another holder for the day.

    A title speaks against a person whom neither the document nor the tables give it. "The president of" something else
    speaks against whoever the tables list as the nation's.
    """
    title = mention.hint("title") or fold(mention.text)
    if of_another_body(scene, mention) and offices.has_held(path, title):
        return Objection(None, "the office is that of another body")
    held = offices.holder(title, mention.hint("organization"), scene.document.published)
    if (
        held not in scene.paths(PERSON)
        or held == path
        or offices.has_held(path, title)
        or path in _called(scene, offices, title)
    ):
        return None
    return Objection(held, "what it says fits this and not its antecedent")


def of_another_body(scene: Scene, mention: Mention) -> bool:
    """Tell whether "president" is followed by the body that he presides over, which is not the nation."""
    return fold(mention.text).endswith("president") and bool(_OF_ANOTHER.match(scene.document.text, mention.span.end))


def _called(scene: Scene, offices: Offices, title: str) -> set[str]:
    """Return the people to whom the document gives a title, by its claims."""
    return {
        path
        for draft in scene.extraction.claims
        if draft.relation == "holdsPost" and isinstance(draft.subject, Span) and draft.qualifiers.title
        if offices.titles(draft.qualifiers.title) & offices.titles(title)
        and (path := scene.at(draft.subject)) is not None
    }
