"""Who holds which office where, from the order of names, titles and places in a sentence."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kg.extract.codes import encode_sentence
from kg.extract.offices import OfficeReader
from kg.extract.passages import MentionIndex, Passage, token_numbers
from kg.extract.titles import TitleMatcher
from kg.records import Span
from kg.reference import Reference
from tests.extract.conftest import PUBLISHED, make_mention

TYPES = {
    "Sacramento": "Jurisdiction", "Oregon": "Jurisdiction", "Anytown": "Jurisdiction", "Open Doors League": "Organization",
    "Justice Department": "Agency", "Ana Ruiz": "Person", "Mitch McConnell": "Person", "Tom Vance": "Person", "Jeff Sessions": "Person",
}  # fmt: skip
JUSTICE = "agency/us/department-of-justice"
SENATE = "agency/us/senate"
Row = tuple[str, str, str | None, bool]

CASES: list[tuple[str, list[Row]]] = [
    # title before the name
    ("Sacramento Mayor Ana Ruiz answered.", [("Ana Ruiz", "Mayor", "Sacramento", False)]),
    ("Sacramento's Mayor Ana Ruiz answered.", [("Ana Ruiz", "Mayor", "Sacramento", False)]),
    ("Former Oregon Governor Ana Ruiz answered.", [("Ana Ruiz", "Governor", "Oregon", True)]),
    ("Oregon's former governor Ana Ruiz answered.", [("Ana Ruiz", "governor", "Oregon", True)]),
    ("Justice Department spokeswoman Ana Ruiz answered.", [("Ana Ruiz", "spokeswoman", "Justice Department", False)]),
    ("Attorney General Jeff Sessions answered.", [("Jeff Sessions", "Attorney General", JUSTICE, False)]),
    ("Oregon Attorney General Ana Ruiz answered.", [("Ana Ruiz", "Attorney General", "Oregon", False)]),
    ("In Oregon, Governor Ana Ruiz answered.", [("Ana Ruiz", "Governor", "Oregon", False)]),
    ("In Oregon, Attorney General Jeff Sessions answered.", [("Jeff Sessions", "Attorney General", JUSTICE, False)]),
    ("In Sacramento, Justice Department spokeswoman Ana Ruiz answered.",
     [("Ana Ruiz", "spokeswoman", "Justice Department", False)]),
    ("Senators Ana Ruiz, a Republican, and Tom Vance, a Democrat, answered.",
     [("Ana Ruiz", "Senator", SENATE, False), ("Tom Vance", "Senator", SENATE, False)]),
    ("Senior senators such as Ana Ruiz (R) of Oregon answered.", [("Ana Ruiz", "Senator", SENATE, False)]),
    ("Several senators, including Ana Ruiz and Tom Vance, answered.",
     [("Ana Ruiz", "Senator", SENATE, False), ("Tom Vance", "Senator", SENATE, False)]),
    ("Ana Ruiz, a Peruvian-American member of the Open Doors League, answered.", [("Ana Ruiz", "member", "Open Doors League", False)]),
    ("Senators Ana Ruiz of Oregon and Tom Vance of Oregon answered.",
     [("Ana Ruiz", "Senator", SENATE, False), ("Tom Vance", "Senator", SENATE, False)]),
    ("The senators chosen as Ana Ruiz left answered.", []),
    ("Majority Leader Mitch McConnell answered.", [("Mitch McConnell", "Majority Leader", SENATE, False)]),
    ("Majority Leader Ana Ruiz answered.", [("Ana Ruiz", "Majority Leader", None, False)]),
    ("Oregon Governor Ana Ruiz, president of the Open Doors League, answered.",
     [("Ana Ruiz", "Governor", "Oregon", False), ("Ana Ruiz", "president", "Open Doors League", False)]),
    ("Senator Ana Ruiz (R-Oregon), president of the Open Doors League, answered.",
     [("Ana Ruiz", "Senator", SENATE, False), ("Ana Ruiz", "president", "Open Doors League", False)]),
    ("A retired Justice Department official named Ana Ruiz answered.", [("Ana Ruiz", "official", "Justice Department", True)]),
    ("As governor of Oregon, Mr. Tom Vance answered.", [("Tom Vance", "governor", "Oregon", False)]),
    # title after the name
    ("Ana Ruiz, the mayor of Sacramento, answered.", [("Ana Ruiz", "mayor", "Sacramento", False)]),
    ("Ana Ruiz, an Oregon lawyer, answered.", [("Ana Ruiz", "lawyer", None, False)]),
    ("Ana Ruiz, a former governor of Oregon, answered.", [("Ana Ruiz", "governor", "Oregon", True)]),
    ("Ana Ruiz, president of the Open Doors League, answered.", [("Ana Ruiz", "president", "Open Doors League", False)]),
    ("Ana Ruiz, a spokeswoman for the Justice Department, answered.", [("Ana Ruiz", "spokeswoman", "Justice Department", False)]),
    ("Ana Ruiz, director of policy studies at the Open Doors League, answered.",
     [("Ana Ruiz", "director of policy", "Open Doors League", False)]),
    ("Ana Ruiz, senior policy and advocacy counsel for the Open Doors League, answered.",
     [("Ana Ruiz", "counsel", "Open Doors League", False)]),
    ("Ana Ruiz, a former aide who is now an analyst at the Open Doors League, answered.",
     [("Ana Ruiz", "analyst", "Open Doors League", False)]),
    # title, then the name behind a comma
    ("The mayor of Sacramento, Ana Ruiz, answered.", [("Ana Ruiz", "mayor", "Sacramento", False)]),
    ("Oregon's former governor, Ana Ruiz, answered.", [("Ana Ruiz", "governor", "Oregon", True)]),
    # with a verb
    ("Ana Ruiz is the governor of Oregon.", [("Ana Ruiz", "governor", "Oregon", False)]),
    ("Ana Ruiz is a polarizing governor of Oregon.", [("Ana Ruiz", "governor", "Oregon", False)]),
    ("Ana Ruiz is no longer governor of Oregon.", []),
    ("Tom Vance will leave if Ana Ruiz becomes governor of Oregon.", []),
    ("Ana Ruiz left to become governor of Oregon.", [("Ana Ruiz", "governor", "Oregon", False)]),
    ("Ana Ruiz hopes to become governor of Oregon.", []),
    # no longer, or said of a past administration
    ("Then-Oregon Governor Ana Ruiz answered.", [("Ana Ruiz", "Governor", "Oregon", True)]),
    ("In Oregon, then-Gov. Ana Ruiz answered.", [("Ana Ruiz", "Governor", "Oregon", True)]),
    ("The late Oregon Governor Ana Ruiz answered.", [("Ana Ruiz", "Governor", "Oregon", True)]),
    ("Oregon's ex-governor, Ana Ruiz, answered.", [("Ana Ruiz", "governor", "Oregon", True)]),
    ("Former deputy Justice Department director Ana Ruiz answered.", [("Ana Ruiz", "director", "Justice Department", True)]),
    ("The Obama Justice Department spokeswoman Ana Ruiz answered.", [("Ana Ruiz", "spokeswoman", "Justice Department", False)]),
    ("Late Monday Oregon Governor Ana Ruiz answered.", [("Ana Ruiz", "Governor", "Oregon", False)]),
    # more than one office, more than one person
    ("Ana Ruiz, a Democrat and former governor of Oregon, answered.", [("Ana Ruiz", "governor", "Oregon", True)]),
    ("Ana Ruiz, director of litigation for the Open Doors League, answered.", [("Ana Ruiz", "director", "Open Doors League", False)]),
    ("Ana Ruiz, mayor of Sacramento and Oregon attorney general, answered.",
     [("Ana Ruiz", "mayor", "Sacramento", False), ("Ana Ruiz", "attorney general", "Oregon", False)]),
    ("Oregon Treasurers Ana Ruiz and Tom Vance answered.",
     [("Ana Ruiz", "State Treasurer", "Oregon", False), ("Tom Vance", "State Treasurer", "Oregon", False)]),
    ("Ana Ruiz and Sacramento Mayor Tom Vance answered.", [("Tom Vance", "Mayor", "Sacramento", False)]),
    ("Ana Ruiz, Sacramento Mayor Tom Vance and others answered.", [("Tom Vance", "Mayor", "Sacramento", False)]),
    ("They want an interim mayor of Sacramento, Ana Ruiz answered.", []),
    # a part of a body is not the body
    ("Ana Ruiz, chairwoman of the Open Doors League's power subcommittee, answered.", []),
    # only sought, offered or awaited
    ("The pick for governor of Oregon, Ana Ruiz, answered.", []),
    ("As she ran for governor of Oregon, Ana Ruiz answered.", []),
    ("The next governor of Oregon, Ana Ruiz, answered.", []),
    # the place or body behind the name; initials in brackets, words with hyphens
    ("Governor Ana Ruiz of Oregon answered.", [("Ana Ruiz", "Governor", "Oregon", False)]),
    ("Attorney General Ana Ruiz of Oregon answered.", [("Ana Ruiz", "Attorney General", "Oregon", False)]),
    ("Open Doors League (ODL) President Ana Ruiz answered.", [("Ana Ruiz", "President", "Open Doors League", False)]),
    ("Ana Ruiz, head of the far-left Open Doors League, answered.", [("Ana Ruiz", "head", "Open Doors League", False)]),
    ("Ana Ruiz has a cool head at the Open Doors League.", []),
    ("Special counsel Ana Ruiz answered.", [("Ana Ruiz", "Special counsel", JUSTICE, False)]),
    ("Ana Ruiz, who has been governor of Oregon, answered.", [("Ana Ruiz", "governor", "Oregon", False)]),
    ("If Ana Ruiz had been governor of Oregon, few would know.", []),
    # under an office holder, whose office counts as the body
    ("Ana Ruiz, a spokeswoman for Attorney General Jeff Sessions, answered.",
     [("Jeff Sessions", "Attorney General", JUSTICE, False), ("Ana Ruiz", "spokeswoman", JUSTICE, False)]),
    ("Jeff Sessions's spokeswoman, Ana Ruiz, answered.", [("Ana Ruiz", "spokeswoman", JUSTICE, False)]),
    ("Jeff Sessions's lawyer, Ana Ruiz, answered.", [("Ana Ruiz", "lawyer", None, False)]),
    ("Tom Vance's spokeswoman, Ana Ruiz, answered.", [("Ana Ruiz", "spokeswoman", None, False)]),
    ("Jeff Sessions spokeswoman Ana Ruiz answered.", [("Ana Ruiz", "spokeswoman", JUSTICE, False)]),
    ("Tom Vance spokeswoman Ana Ruiz answered the Justice Department.", []),
    # a title, then the name with another
    ("The Open Doors League's president, former Sen. Ana Ruiz of Oregon, answered.",
     [("Ana Ruiz", "Senator", "agency/us/senate", True), ("Ana Ruiz", "president", "Open Doors League", False)]),
    ("The Open Doors League's incoming president, Sen. Ana Ruiz of Oregon, answered.",
     [("Ana Ruiz", "Senator", "agency/us/senate", False)]),
    ("The past president of the Open Doors League, Gov. Ana Ruiz of Oregon, answered.",
     [("Ana Ruiz", "Governor", "Oregon", False), ("Ana Ruiz", "president", "Open Doors League", True)]),
    # a seat that the tables have, by party and state
    ("Mitch McConnell (R-Oregon) answered.", [("Mitch McConnell", "Senator", SENATE, False)]),
    ("Ana Ruiz (R-Oregon) answered.", []),
    ("Mitch McConnell (X-Oregon) answered.", []),
    # trades of a body
    ("Ana Ruiz, a political scientist at the Open Doors League, answered.", [("Ana Ruiz", "political scientist", "Open Doors League", False)]),
    ("Ana Ruiz is a pastor and an Open Doors League contributor.", [("Ana Ruiz", "contributor", "Open Doors League", False)]),
    ("Ana Ruiz, an expert in Oregon, answered.", [("Ana Ruiz", "expert", None, False)]),
    # one of several with a title in the plural
    ("One of the governors, Oregon's Ana Ruiz, answered.", [("Ana Ruiz", "Governor", "Oregon", False)]),
    ("Oregon's Ana Ruiz answered the governors.", []),
    # a title in the plural is nobody's own
    ("They told Oregon reporters Ana Ruiz answered.", []),
    ("Oregon's General Assembly met Ana Ruiz.", []),
    # employed by a medium, not a member of a body
    ("The Open Doors League's Ana Ruiz answered.", [("Ana Ruiz", "", "Open Doors League", False)]),
    ("The Justice Department's Ana Ruiz answered.", []),
    # no office
    ("Ana Ruiz praised the mayor of Sacramento.", []),
    ("Ana Ruiz met Sacramento officials.", []),
    ("Sacramento answered Ana Ruiz.", []),
    ("The mayor of Sacramento met Ana Ruiz.", []),
]  # fmt: skip


def read(text: str, passage: Passage, titles: TitleMatcher, reference: Reference, published: date | None) -> list[Row]:
    mentions = [make_mention(text, name, kind) for name, kind in TYPES.items() if name in text]
    index = MentionIndex(passage, mentions)
    found = titles.find(passage.doc, token_numbers(passage, mentions))
    return [
        (
            holding.person.text,
            holding.title,
            holding.organization.of(text) if isinstance(holding.organization, Span) else holding.organization,
            holding.former,
        )
        for sentence in passage.sentences()
        for holding in OfficeReader(reference).read(encode_sentence(sentence, index, found), passage, index, published)
    ]


@pytest.mark.parametrize(("text", "offices"), CASES)
def test_offices(
    text: str, offices: list[Row], passage_of: Callable[[str], Passage], titles: TitleMatcher, reference: Reference
) -> None:
    assert read(text, passage_of(text), titles, reference, PUBLISHED) == offices


def test_table_of_holders_says_whom_a_bare_title_serves(
    passage_of: Callable[[str], Passage], titles: TitleMatcher, reference: Reference
) -> None:
    """A mayor whom the table of holders lists needs no city beside the name: at the time, not before and not without a date."""
    holder = next(row for row in reference.holders if row.title == "Mayor" and row.end and row.end.year >= 2018)
    name = reference.entries[holder.person].label
    text = f"Mayor {name} answered."
    passage = passage_of(text)
    mentions = [make_mention(text, name, "Person")]
    index = MentionIndex(passage, mentions)
    coded = encode_sentence(
        next(passage.sentences()), index, titles.find(passage.doc, token_numbers(passage, mentions))
    )

    def serves(day: date | None) -> list[object]:
        return [holding.organization for holding in OfficeReader(reference).read(coded, passage, index, day)]

    assert serves(holder.start) == [holder.organization]
    assert serves(date(1900, 1, 1)) == [None]
    assert serves(None) == [None]


def test_office_that_the_tables_end_is_a_former_one(
    passage_of: Callable[[str], Passage], titles: TitleMatcher, reference: Reference
) -> None:
    """A mayor of the tables is the mayor until the term ends, and a former one after it."""
    ended = [row for row in reference.holders if row.title == "Mayor" and row.end]
    holder = next(row for row in ended if sum(other.person == row.person for other in reference.holders) == 1)
    assert holder.end is not None
    name, place = (
        reference.entries[holder.person].label,
        holder.organization.rsplit("/", 1)[-1].replace("-", " ").title(),
    )
    text = f"{place} Mayor {name} answered."
    passage = passage_of(text)
    mentions = [make_mention(text, place, "Jurisdiction"), make_mention(text, name, "Person")]
    index = MentionIndex(passage, mentions)
    coded = encode_sentence(
        next(passage.sentences()), index, titles.find(passage.doc, token_numbers(passage, mentions))
    )
    after = holder.end + timedelta(days=1)
    held = [
        holding.former
        for day in (holder.end, after)
        for holding in OfficeReader(reference).read(coded, passage, index, day)
    ]
    assert held == [False, True]


@pytest.mark.parametrize(
    ("words", "former"),
    [("The former {place} governor", True), ("The former governor of {place}", True), ("The {place} governor", None), ("A former {place} governor", None)],
)  # fmt: skip
def test_office_describes_the_one_person_who_had_it(
    words: str, former: bool | None, passage_of: Callable[[str], Passage], titles: TitleMatcher, reference: Reference
) -> None:
    """A former governor of the tables whom the article names is "the former governor" of that state, and not the present one."""
    ended = [row for row in reference.holders if row.title == "Governor" and row.end]
    holder = next(row for row in ended if sum(other.person == row.person for other in reference.holders) == 1)
    assert holder.end is not None
    name, later = reference.entries[holder.person].label, holder.end + timedelta(days=1)
    place = next(state.label for state in reference.states if holder.organization.endswith(f"/{state.postal.lower()}"))
    text = f"{name} left. {words.format(place=place)} answered."
    passage = passage_of(text)
    mentions = [make_mention(text, name, "Person"), make_mention(text, place, "Jurisdiction")]
    index = MentionIndex(passage, mentions)
    found = titles.find(passage.doc, token_numbers(passage, mentions))
    holdings = [
        (holding.person.text, holding.organization, holding.former)
        for sentence in passage.sentences()
        for holding in OfficeReader(reference).read(
            encode_sentence(sentence, index, found), passage, index, later, mentions
        )
    ]
    assert holdings == ([(name, holder.organization, True)] if former else [])
