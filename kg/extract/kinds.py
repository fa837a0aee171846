"""Which kind of thing a guessed name is: one kind for a name in an article, by the words around all its mentions.

In: the passages and the mentions by name. Out: the same mentions, where a recogniser's guess is of another type if
the article says so ("said Ilsa Roe, president of the bank", "Roe said"; "Roe Ratings, a credit agency"), and without guesses
that name neither somebody nor a body ("the Executive Branch", "a Hail Mary play", a family: "the Roes"). It touches no
name that a table, a pattern or a title has found, and where the words say nothing, or both, the guess stands. Only a body
of no table that a public body owns is a public unit, whoever found it ("the Pentagon's Joint Staff").
"""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from spacy.tokens import Span as TokenSpan

from kg.extract.given_names import GIVEN_NAMES
from kg.extract.ordinary import is_ordinary
from kg.extract.organizations import ORGANISATION_HEADS, THINGS
from kg.extract.passages import Passage
from kg.extract.people import HONORIFICS, OFFICES
from kg.records import Mention

_ROLE = (
    r"(?:president|director|chief|chair(?:man|woman|person)?|co-?chair|spokes(?:man|woman|person)|attorney|lawyer|professor|analyst|fellow"
    r"|founder|co-?founder|counsel|manager|strategist|activist|adviser|advisor|economist|historian|organizer|official|officer|aide|scholar"
    r"|secretary|treasurer|coordinator|advocate|judge|mayor|sheriff|senator|governor|lawmaker|legislator|congress(?:man|woman)|pollster"
    r"|consultant|researcher|reporter|journalist|columnist|author|pastor|priest|bishop|rabbi|owner|executive|CEO|student|teacher|resident"
    r"|mother|father|wife|husband|son|daughter|sister|brother|widow|immigrant|veteran|farmer|nurse|doctor|physician|candidate|nominee)"
)
"""What a person is or does."""
_BODY = (
    r"(?:agency|firm|company|group|organi[sz]ation|nonprofit|non-profit|think tank|newspaper|magazine|website|publication|outlet|union|coalition"
    r"|charity|bank|publisher|network|start-?up|consultancy|insurer|provider|retailer|manufacturer|chain|maker|contractor|operator|association"
    r"|foundation|institute|nonpartisan|broadcaster|station|blog|conglomerate|collective|alliance|corporation|subsidiary|PAC)"
)
"""What a body is."""
_SAYING = r"(?:said|says|told|added|argued|wrote|noted|explained|tweeted|testified|insisted|recalled|acknowledged|declined|continued)"
_PLAIN = r"(?:(?!whose\b|which\b|where\b|when\b|said\b|says\b|of\b|by\b|at\b|told\b|and\b|or\b)[\w’'&.-]+ )"
_SOMEBODY = rf"{_ROLE}(?= (?:of|at|for|with|in|on|and|who|from|to|emeritus|said|told)\b|[,.;:)”\"]|\s*$)"
_BODY_END = re.compile(
    r"(?:Ratings|Health|Healthcare|Capital|Partners|Solutions|Systems|Labs|Airlines|Motors|Technologies|Communications|Media|Records|Energy"
    rf"|Industries|Holdings|Ventures|Strategies|Strategy|Research|Analytics|Consulting|Associates|Bros|Markets|Foods|Stores|Financial|Securities"
    rf"|Insurance|Entertainment|Pictures|Studios|Productions|Press|Radio|Weekly|Democrats|Republicans|Hospitals|Schools|Watch|{ORGANISATION_HEADS})\Z"
)
"""Last words of a body's name that are hardly anybody's surname."""
_SURNAMES_TOO = {"Church", "Bar", "Bank", "Lodge", "Chamber", "Party", "Watch", "Capital", "Press", "Records"}
BODIES = {"Organization", "Agency"}
_PUBLIC = {"Agency", "LawEnforcementAgency", "LegislativeBody"}
_UNIT = re.compile(
    r"\b(?:Staff|Cent(?:er|re)|Office|Division|Bureau|Unit|Service|Command|Directorate|Branch|Board|Section|Operations|Institute|Laboratory|Team|Force)\b"
)
"""Words in the names of units that public bodies have."""
_SIGHT = re.compile(rf"(?:{THINGS}|Stadium|Arena|Airport|Plaza|Theater|Theatre|Award|Cup|Agreement|Rule)\Z")
"""Last words of names of things that are hardly a person, whatever the recogniser says."""


def settle_kinds(
    passages: Sequence[Passage], mentions: Sequence[Mention], words: Set[str], surnames: Set[str]
) -> list[Mention]:
    """Give every guessed name the one type that the article's words say, and leave out what is no name of anybody."""
    text = "\n".join(passage.text for passage in passages)
    guesses = [m for m in mentions if m.found_by == "ner" and m.type in {"Person", "Organization"}]
    people = {m.text for m in mentions if m.type == "Person" and m not in guesses}
    places = {m.text for m in mentions if m.type == "Jurisdiction"}
    bodies = {m.text.split()[0]: m.type for m in mentions if m.type in BODIES and _ends_as_body(m.text)}
    kinds: dict[str, str | None] = {}
    for name in sorted({m.text for m in guesses} - people):
        kinds[name] = _kind(name, text)
    borne = surnames | {word for m in mentions if m.type == "Person" and " " in m.text for word in m.text.split()}
    for mention in guesses:
        if mention.text in bodies.keys() - borne - GIVEN_NAMES - places and not mention.hint("honorific"):
            kinds[mention.text] = bodies[mention.text]  # "Quibb" beside "the Quibb Group"
    nobody = {m for m in guesses if m.type == "Person" and kinds.get(m.text) is None and m.text not in people} & {
        *_nobody(passages, guesses, words, borne, places)
    }
    named = {word for m in mentions if m.type == "Person" and " " in m.text for word in m.text.split()[-1:]}
    nobody |= {
        m for m in guesses if m.type == "Organization" and m.text.removesuffix("s") in named and m.text not in named
    }
    units = {m.text for passage in passages for m in _units(passage, mentions)}
    settled = [
        replace(m, type=kinds[m.text] or m.type) if m in guesses and m.text in kinds else m
        for m in mentions
        if m not in nobody
    ]
    return [replace(m, type="Agency") if m.text in units and m.type == "Organization" else m for m in settled]


def _units(passage: Passage, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """Yield bodies of no table that a public body owns by the words before: "the Pentagon's Joint Staff"."""
    ends = {m.span.end for m in mentions if m.type in _PUBLIC and not m.text.endswith("administration")}
    for mention in mentions:
        if mention.type != "Organization" or mention.key or not passage.extent.covers(mention.span):
            continue
        start = mention.span.start
        owned = passage.text[: start - passage.start].endswith(("'s ", "’s ")) and start - 3 in ends
        if owned and _UNIT.search(mention.text):
            yield mention


def _kind(name: str, text: str) -> str | None:
    """Return the type that the words of an article give a name, None where they give none or more than one.

    >>> _kind("Ilsa Quibb", "said Ilsa Quibb, president of the Roe Fund."), _kind("Roe Ratings", "said Roe Ratings, a credit agency.")
    ('Person', 'Organization')
    >>> _kind("Quibb Roe", "We met Quibb Roe there.")
    """
    person, body = _is_person(name, text), _is_body(name, text)
    return None if person == body else "Person" if person else "Organization"


def _is_person(name: str, text: str) -> bool:
    parts = name.split()
    if not 2 <= len(parts) <= 4 or _ends_as_body(name) or not all(_name_like(part) for part in parts):
        return False
    whole, last = re.escape(name), re.escape(parts[-1])
    told = (
        rf"\b{whole}, (?:\d\d,|(?:an? |the |its |their |his |her |who is |who was ){{0,2}}{_PLAIN}{{0,4}}{_SOMEBODY})",
        rf"\b(?:Mr|Ms|Mrs|Dr)\.? {last}\b",
        rf"(?<![\w’'&-] )(?<![A-Z][\w’'&.-])\b{last} {_SAYING}\b|(?:[.,!?”\"] |\b(?:and|but|as|that) |\n){last} {_SAYING}\b|[,”\"] {_SAYING} {last}[.,]",
    )
    return any(re.search(pattern, text) for pattern in told)


def _is_body(name: str, text: str) -> bool:
    if _ends_as_body(name):
        return True
    described = rf"\b{re.escape(name)}, (?:an?|the|its|one of the|which is an?) {_PLAIN}{{0,4}}{_BODY}s?(?=[,.;:)”\"]| (?:that|which|based|in|for|of|with|representing|focused|dedicated)\b)"
    return bool(re.search(described, text))


def _ends_as_body(name: str) -> bool:
    first, _, last = name.rpartition(" ")
    return bool(first and _BODY_END.search(last)) and not (last in _SURNAMES_TOO and first.split()[0] in GIVEN_NAMES)


def _name_like(word: str) -> bool:
    return bool(re.fullmatch(r"[A-ZÀ-Þ](?:[\w’'-]*[a-zà-ÿ]|\.)", word))


def _nobody(
    passages: Sequence[Passage], guesses: Iterable[Mention], words: Set[str], borne: Set[str], places: Set[str]
) -> Iterable[Mention]:
    """Yield guesses of people that are a part of another name, a place, a thing, or only an attribute of a thing."""
    used: dict[str, list[tuple[Mention, bool]]] = {}
    for passage in passages:
        for mention in guesses:
            tokens = passage.tokens(mention.span) if passage.extent.covers(mention.span) else None
            if tokens is None or not len(tokens) or mention.hint("honorific"):
                continue
            if len(tokens) == 1 and mention.text not in borne | GIVEN_NAMES:
                if mention.text in places or (_behind_a_name(tokens) and is_ordinary(mention.text, words)):
                    yield mention
            elif _SIGHT.search(mention.text) and _after_the(tokens):
                yield mention
            used.setdefault(mention.text, []).append((mention, _attribute(tokens)))
    for name, found in used.items():
        if " " in name and name.split()[0] not in GIVEN_NAMES and all(attribute for _, attribute in found):
            yield from (mention for mention, _ in found)


def _behind_a_name(tokens: TokenSpan) -> bool:
    """Tell whether another capitalised word stands right before, in the same sentence: "the Executive Branch"."""
    before = tokens.doc[tokens.start - 1] if tokens.start and not tokens[0].is_sent_start else None
    return (
        before is not None and before.text[:1].isupper() and before.is_alpha and before.text not in HONORIFICS | OFFICES
    )


def _after_the(tokens: TokenSpan) -> bool:
    return tokens.start > 0 and tokens.doc[tokens.start - 1].lower_ in {"the", "a", "an"}


def _attribute(tokens: TokenSpan) -> bool:
    """Tell whether a name only says which: "one final Hail Mary play"."""
    behind = tokens.doc[tokens.end] if tokens.end < len(tokens.doc) else None
    before = tokens.doc[tokens.start - 1] if tokens.start else None
    return (
        behind is not None
        and behind.is_lower
        and (behind.pos_ == "NOUN" or behind.dep_ in {"obj", "dobj", "obl", "pobj"})
        and before is not None
        and (before.pos_ in {"ADJ", "NUM"} or before.lower_ in {"a", "an"})
        and tokens.root.head.i >= tokens.end
    )
