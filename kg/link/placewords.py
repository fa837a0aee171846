"""What the text says of a place by its name, its hints and the list that it stands in: mentions in, questions out."""

import re
from dataclasses import dataclass

from kg.link.families import JURISDICTION, family
from kg.link.gazetteer import Gazetteer, Place
from kg.link.names import clean
from kg.link.scene import Scene
from kg.records import Mention, Span

SIZE_OF_STATE = 5_000_000
SIZE_OF_COUNTRY = 20_000_000
SIZE_OF_COUNTY = 25_000
"""For a county whose population `places.csv` does not give."""
CITY_AFTER = re.compile(
    r"(?:['’]s)? (?:[Mm]ayor|[Cc]ity [Cc]ouncil|[Pp]olice|[Cc]ity [Hh]all|[Mm]etro|[Cc]ity [Aa]ttorney)\b"
)
CITY_BEFORE = re.compile(
    r"\b(?:mayors?|city|cities|downtown|police (?:in|of)) (?:of|like|such as|including|in)? ?$", re.IGNORECASE
)
STATE_AFTER = re.compile(
    r"(?:['’]s)? (?:[Gg]ov(?:\.|ernor)|[Aa]ttorney [Gg]eneral|[Ss]en(?:\.|ator)|[Rr]ep(?:\.|resentative)|[Ll]egislat|[Ss]tate\b|[Ll]awmakers)"
    r"|,? (?:Democrat|Republican)\b(?=[,.;:—]| who\b| and\b| on\b| in\b| said\b)| v(?:s)?\.? (?=[A-Z])"
)
"""Also the party after a member of Congress ("Nadler, the New York Democrat who"), and a state that sues."""
STATE_BEFORE = re.compile(
    r"\b(?:gov(?:ernor)?\.?|state|commonwealth|states|attorney general) (?:of|like|such as|including) $"
    r"|\b(?:upstate |(?:sen(?:ator)?|rep(?:resentative)?|congress(?:man|woman))\.? (?:[\w.'’-]+ ){1,4}of $)",
    re.IGNORECASE,
)
CITY_TITLES = ("mayor", "police chief", "alderman", "city attorney", "council")
STATE_TITLES = ("gov", "attorney general", "senat", "representative", "lieutenant governor", "lt. gov", "congress")
COUNTIES_AFTER = re.compile(r" (?:[Cc]ounties|[Pp]arishes)\b")
COUNTY_WORD = re.compile(r"\b(?:County|Parish|Borough|Dade)\b", re.IGNORECASE)
IN = re.compile(r"(?: in|,) (?:the )?(?:[a-z]+ of )?\Z")
LIST_GAP = re.compile(r"\s*(?:,|;|and|or|&|, and|, or|·)\s*\Z")


@dataclass(frozen=True, slots=True)
class Question:
    """What the text says of a place: its bare name, and where known level, state, title beside it and span."""

    name: str
    level: str | None = None
    within: str | None = None
    title: str | None = None
    span: Span | None = None


def question(mention: Mention, gazetteer: Gazetteer, runs: "Runs") -> Question:
    """Read what a mention, its hints and the list that it stands in say."""
    printed = mention.hint("name") or mention.text
    within = mention.hint("within")
    level = mention.hint("level")
    postal = gazetteer.postal(within) if within else None
    if mention.span in runs.states:
        level, postal = "State", None
    elif level is None and mention.span in runs.counties:
        level, postal = "County", postal or runs.counties[mention.span]
    return Question(
        name=printed if gazetteer.called(printed) or level == "County" else clean(printed),
        level=level,
        within=postal,
        title=mention.hint("title"),
        span=mention.span,
    )


class Runs:
    """Places listed one after another: which of them the list makes states, which counties (of which state)."""

    def __init__(self, scene: Scene):
        self.states: set[Span] = set()
        self.counties: dict[Span, str | None] = {}
        text, gazetteer = scene.document.text, scene.catalog.gazetteer
        run: list[Mention] = []
        for mention in sorted(
            (mention for mention in scene.mentions if family(mention.type) == JURISDICTION), key=lambda m: m.span
        ):
            if run and not LIST_GAP.match(text[run[-1].span.end : mention.span.start]):
                self._close(run, text, gazetteer)
                run = []
            run.append(mention)
        self._close(run, text, gazetteer)

    def _close(self, run: list[Mention], text: str, gazetteer: Gazetteer) -> None:
        """Read a finished run: "New York, Washington and Oregon", "Cook and Lake counties in Illinois"."""
        names = [mention.hint("name") or mention.text for mention in run]
        if len(run) > 2 and all(gazetteer.state_called(name) for name in names):
            self.states |= {mention.span for mention in run}
        if run and COUNTIES_AFTER.match(text, run[-1].span.end):
            within = run[-1].hint("within")
            postal = gazetteer.postal(within) if within else None
            self.counties |= {mention.span: postal for mention in run}


def size_of(place: Place) -> int:
    """Return how many people a place weighs."""
    if place.level == "Country":
        return SIZE_OF_COUNTRY
    if place.level == "State":
        return SIZE_OF_STATE
    if place.level == "County":
        return place.population or SIZE_OF_COUNTY
    return max(place.population, 300)
