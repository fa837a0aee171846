"""Mentions of organisations that no table lists: what the recogniser marks, and capitalised names with a telling head.

Public bodies are told from private ones by their head word; what cannot be told is an Organization.
"""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.extract.passages import Passage
from kg.extract.people import OFFICES
from kg.extract.pipeline import LABELS
from kg.extract.titles import TitleMatch
from kg.records import Mention

AGENCY_HEADS = re.compile(
    r"\b(?:Department|Agency|Bureau|Office|Commission|Administration|Authority|Service|Ministry|Board|Task Force|Police|Sheriff|School District)\b"
)
COURT_HEADS = re.compile(r"\b(?:Court|Circuit)\b")
COMMITTEE = re.compile(r"\b(?:Committee|Subcommittee|Senate|Assembly|Legislature|Parliament)\b")
PRIVATE_COMMITTEE = re.compile(
    r"(?:National|Action|Campaign|Steering|Host|Inaugural|Party) Committee|Committee (?:for|to|against|Against|of (?!the\b))"
)
"""Committees of citizens and parties: "for" or "to" something; those of lawmakers are "on" it."""
ORGANISATION_HEADS = (
    r"(?:Association|Coalition|Conference|League|Foundations?|Charities|Ministries|Enterprises|Institute|Institution|Federation|Alliance|Project|Union|Society|University|Fund|Network"
    r"|Caucus|Committee|Center|Council|Group|Party|Chamber|Church|Clinic|Partnership|College|Hospital|Brotherhood|Lodge|Guild|Bar|Tribune|Herald"
    r"|Chronicle|Gazette|Review|Magazine|Inquirer|Examiner|Unit|Campaign|Academy|Company|Corporation|Bank|Airlines)"
)
NAMED = re.compile(
    rf"\b(?:[A-Z][\w.’'-]+ (?:(?:of|for|on|and|the|to) )*){{1,6}}{ORGANISATION_HEADS}(?: (?:of|for|on) (?:the )?(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?:[A-Z][\w’'-]+ ?){{1,4}})?\b"
)
LOCATED = re.compile(
    r".*?[\w.’'&]-(?:based|area|born|wide|style|era|led|run|owned|backed|funded|aligned|affiliated|linked|controlled|dominated|sponsored)\s+(?=[A-Z])"
)
"""What says where a body is, or whose: "Quibb-based Bank of Roe"."""
HIDDEN = "\x00"
STATION = re.compile(
    r"(?P<told>\b(?:told|tells|telling|affiliate|station) )?(?<![\w-])(?P<call>(?!WHO|WTO|WSJ|WMD|KKK|KGB|WWF|WFP|WFO|KFF|WIC|WWE|WWI|WIN|WAR|WAY|WHY|KEY)[KW][A-Z]{2,3})"
    r"(?P<kind>-(?:TV|AM|FM|DT)\b|(?= (?:radio|television|TV|[Nn]ews[Rr]adio|reported|reports)\b))?(?![\w-])"
)
"""A broadcaster by its call sign, where words beside it say that it is one: "told KQBB", "KQBB-TV"."""
THINGS = "Bridge|River|Highway|Parkway|Expressway|Tunnel|Dam|Prize|Medal|Bowl|Accords?|Treaty|Doctrine|Amendments?"
"""Last words of names of what is built, given or agreed."""
NO_BODY = re.compile(
    rf"\b(?:{THINGS}|Awards?|Tower|Pavilion|Building|Lottery|Summit|Street|Avenue|Boulevard|Visas?|Era|Dream|Debate)\Z"
)
"""Last words of names that no body has, though the recogniser takes it for one."""
PART_OF_PLACE = re.compile(
    r"(?:Courts?|Circuit|Democrats?|Republicans?|State|County|City|Area|Region|Valley|Capitol|Hill|Beach|Island|Metro|Border|Times Square)\Z"
)
"""Last words behind a place with which it is still a place, or somebody's party or court."""
GANG = re.compile(r"\b[Gg]ang of (?:\d+|[A-Z][a-z]+)\b")
"""Lawmakers of both parties who bargain together."""
STOP = {
    "Lone Star State",
    "Golden State",
    "Empire State",
    "Sunshine State",
    "Garden State",
    "Congress",
    "Twitter",
    "Facebook",
    "Bible",
    "Constitution",
    "Democrat",
    "Republican",
    "Latino",
    "Muslim",
    "Christian",
    "Sanctuary",
    "Google Play",
    "Statue of Liberty",
    "Electoral College",
    "State of the Union",
    "Wall Street",
    "Bay Area",
    "Silicon Valley",
    "Ivy League",
    "Capitol Hill",
    "Oval Office",
    "Rust Belt",
    "Bible Belt",
    "West Wing",
    "Christianity",
    "Islam",
    "Land of Opportunity",
    "Terms of Service",
    "Privacy Policy",
    "Holocaust",
    "History",
    "Union",
    "Liberal",
    "Medal of Honor",
    "Memorial Day",
    "Nobel Prize",
    "Pulitzer Prize",
    "Dreamer",
    "Dreamers",
    "DREAMers",
    "LGBT",
    "LGBTQ",
    "DUI",
    "DWI",
    "Confederate",
    "Temporary Protected Status",
}
PEOPLES = {"Mormon", "Muslim", "Christian", "Catholic", "Jewish", "Hispanic", "Latino", "Evangelical", "Protestant", "Hindu", "Sikh", "Buddhist"}  # fmt: skip
"""Adjectives of faith and descent, which name nobody by themselves: "an American Mormon community"."""


class OrganizationFinder:
    """Finds organisations outside the tables."""

    def find(self, passage: Passage, known: Sequence[Mention], titles: Sequence[TitleMatch] = ()) -> Iterator[Mention]:
        """Yield organisations that overlap no mention known, but for a place at the beginning, nor lie within a title ("House Minority Leader")."""
        doc = passage.doc
        stations = list(_stations(passage, known))
        yield from stations
        known = [*known, *stations]
        titled = [range(title.start, title.end) for title in titles]
        for entity in doc.ents:
            if LABELS.get(entity.label_) != "Organization":
                continue
            start, end = entity.start, entity.end
            while start < end and doc[start].lower_ in {
                "the",
                "a",
                "an",
                "this",
                "its",
                "'s",
                "’s",
                "’",
                "'",
                '"',
                "“",
            }:
                start += 1
            while end > start and doc[end - 1].text in {"'s", "’s", ",", ".", '"', "”", "’", "'", "-", "–", "—"}:
                end -= 1
            start = _begin(doc, _behind_owner(doc, start, end, known, passage), end, known, passage)
            start = _behind_owner(doc, start, end, known, passage)
            text = doc[start:end].text
            if start >= end or not text[:1].isupper() or text in STOP or len(text) < 3 or "\n" in text:
                continue
            if NO_BODY.search(text):
                continue
            if (
                doc[end - 1].text.rstrip("s") in PEOPLES
                or doc[end - 1].is_lower
                or (start and doc[start - 1].text == "#")
            ):
                continue
            if any(start in words and end - 1 in words for words in titled):
                continue
            if _free(passage, start, end, known) or _begins_with_place(passage, start, end, known):
                yield Mention(passage.span(doc[start:end]), text, kind_of(text), "ner")
        hidden = _without(passage, known)
        for match in (*NAMED.finditer(hidden), *GANG.finditer(passage.text)):
            if hidden[: match.start()].endswith(f"{HIDDEN} "):
                continue  # "Ohio Roe Fund": what stands before is a part of the name
            tokens = doc.char_span(match.start(), match.end(), alignment_mode="contract")
            if tokens is None or not len(tokens):
                continue
            start = tokens.start + (1 if tokens[0].text in {"The", "A", "An", "This", "In", "But", "And", "Of"} else 0)
            owners = [token.i for token in doc[start : tokens.end] if token.text in {"'s", "’s"}]
            start = owners[-1] + 1 if owners else start  # "the ACLU's Voting Rights Project" is a body of its own
            start = _behind_owner(doc, start, tokens.end, known, passage)
            if start < tokens.end - 1 and _free(passage, start, tokens.end, known):
                text = doc[start : tokens.end].text
                if text in STOP:
                    continue
                yield Mention(passage.span(doc[start : tokens.end]), text, kind_of(text), "pattern")


def _stations(passage: Passage, known: Sequence[Mention]) -> Iterator[Mention]:
    for match in STATION.finditer(passage.text):
        tokens = passage.doc.char_span(match.start("call"), match.end())
        if tokens is None or not (match["told"] or match["kind"] is not None):
            continue
        if _free(passage, tokens.start, tokens.end, known):
            yield Mention(
                passage.span(tokens), tokens.text, "Organization", "pattern", hints=(("station", match["call"]),)
            )


def _without(passage: Passage, known: Sequence[Mention]) -> str:
    """Return a passage's text with the names known hidden, so that no other reaches over them."""
    text = passage.text
    for mention in known:
        start, end = mention.span.start - passage.start, mention.span.end - passage.start
        text = text[:start] + HIDDEN * (end - start) + text[end:]
    return text


def _described(doc: Doc, end: int) -> bool:
    """Tell whether a guess ends in a word in small letters and so only describes: "the Roe family"; a campaign is a body."""
    return bool(doc[end - 1].is_lower) and doc[end - 1].text != "campaign"


def _behind_owner(doc: Doc, start: int, end: int, known: Sequence[Mention], passage: Passage) -> int:
    """Return where a name begins behind what says whose it is or where: "Quibb's Metropolitan Bureau", "Quibb-based Roe"."""
    located = LOCATED.match(doc[start:end].text)
    if located:
        start = next(i for i in range(start, end) if doc[i].idx >= doc[start].idx + located.end())
    for i in range(end - 3, start, -1):
        if doc[i].text in {"'s", "’s"}:
            ended = passage.start + doc[i].idx
            if doc[i - 1].is_upper or any(mention.span.end == ended for mention in known):
                return i + 1
    return start


def _begin(doc: Doc, start: int, end: int, known: Sequence[Mention], passage: Passage) -> int:
    """Return where a name begins of which the recogniser saw the tail only: "Cities for Action", "Deferred Action for …"."""
    first = start
    while first > 0 and not doc[first].is_sent_start:
        before = doc[first - 1]
        step = 2 if before.lower_ in {"for", "of"} and first > 1 and not before.is_sent_start else 1
        word = doc[first - step]
        if (
            not word.text[:1].isupper()
            or not word.is_alpha
            or word.pos_ not in {"PROPN", "NOUN", "ADJ"}
            or word.ent_type_
            or word.is_upper
            or word.text in OFFICES
        ):
            break
        if word.is_sent_start and step == 1:
            break
        if not _free(passage, first - step, end, known):
            break
        first -= step
    return first


def _free(passage: Passage, start: int, end: int, known: Sequence[Mention]) -> bool:
    span = passage.span(passage.doc[start:end])
    return not any(other.span.overlaps(span) for other in known)


def _begins_with_place(passage: Passage, start: int, end: int, known: Sequence[Mention]) -> bool:
    """Tell whether a name begins with its state or town and goes on, and takes in no other name: "Ohio Quibbs"."""
    span = passage.span(passage.doc[start:end])
    inside = [other for other in known if other.span.overlaps(span)]
    if len(inside) != 1 or inside[0].type != "Jurisdiction" or inside[0].hint("level") == "Country":
        return False
    rest = passage.text[inside[0].span.end - passage.start : span.end - passage.start]
    begins = inside[0].span.start == span.start and rest[:1] == " "
    return begins and rest[1:2].isupper() and not PART_OF_PLACE.search(rest)


def kind_of(text: str) -> str:
    """Tell a public body from a private one by the words of its name."""
    if COURT_HEADS.search(text):
        return "Court"
    if COMMITTEE.search(text):
        return "LegislativeBody" if not PRIVATE_COMMITTEE.search(text) else "Organization"
    return "Agency" if AGENCY_HEADS.search(text) else "Organization"
