"""Blocks: what each printed line is, that lists find their introduction, and that offsets always hold."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.article import BlockKind, split_article

BODY = "The council met for three hours and sent the plan back to its committee, members said afterwards."


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.span.of(text)) for block in split_article(text)]


LINES = [
    # (a line in the middle of an article, its kind)
    ("By Ana Ruiz", "byline"),
    ("By Ana Ruiz and Tom O’Neil, Staff Writers", "byline"),
    ("By Monday, the vote seemed settled. Then it was not.", "paragraph"),
    ("ADVERTISEMENT", "boilerplate"),
    ("Advertisement Continue reading the main story", "boilerplate"),
    ("Story Continued Below", "boilerplate"),
    ("Related: Mayor to sue", "boilerplate"),
    ("Related charges were dropped after the hearing, the county said.", "paragraph"),
    ("Sign in / Join", "boilerplate"),
    ("Sign up for Daily Newsletters", "boilerplate"),
    ("IE 11 is not supported. Try another browser.", "boilerplate"),
    ("The claim is not supported by the record, the judge wrote.", "paragraph"),
    ("Updated at 4:44 pm.", "boilerplate"),
    ("(c)2017 Anytown Herald", "boilerplate"),
    ("© 2018 Anytown Herald, LLC.", "boilerplate"),
    ("Copyright law protects the report, lawyers argue.", "paragraph"),
    ("1,204 shares", "boilerplate"),
    ("1,204 shares were sold on the first day.", "paragraph"),
    ("This story was compiled from agency material.", "boilerplate"),
    ("This report was read aloud to the council on Friday.", "paragraph"),
    ("The Associated Press contributed to this report.", "boilerplate"),
    ("Smoking contributed to this rise in deaths, the state found.", "paragraph"),
    ("MAYOR TO SEND POLICE TO THE BORDER", "boilerplate"),
    ("USA TODAY", "boilerplate"),
    ("___", "boilerplate"),
    ("2017-04-21", "boilerplate"),
    ("March 7, 2018", "boilerplate"),
    ("Image: The mayor at a meeting in Anytown", "caption"),
    ("Image copyright Getty Images Image caption The mayor in May", "caption"),
    ("Images of the raid spread within hours, the chief said.", "paragraph"),
    ("(Ana Ruiz / AFP/Getty Images) The mayor signs. (Tom O’Neil / Associated Press)", "caption"),
    ("The mayor speaks in Anytown on March 27, 2017.Ana Ruiz / Getty Images", "caption"),
    ("The mayor. (Reuters photo: Ana Ruiz)", "caption"),
    ("Enlarge this image toggle caption Ana Ruiz/AP Ana Ruiz/AP", "caption"),
    ("## What comes next", "headline"),
    ("What comes next", "headline"),
    ("**What comes next**", "headline"),
    ("Tit for tat.", "paragraph"),
    ("“We will see.”", "paragraph"),
    ("> The plan is sound, and the city will keep it.", "paragraph"),
]


@pytest.mark.parametrize(("line", "kind"), LINES)
def test_a_line_in_the_middle(line: str, kind: str) -> None:
    text = f"City weighs a plan\n\n{BODY}\n\n{line}\n\n{BODY}\n\n{BODY}\n"
    labelled = kinds(text)
    assert [k for k, _ in labelled] == ["headline", "paragraph", kind, "paragraph", "paragraph"]
    assert labelled[2][1] == line.strip("#*> ")


DATELINES = [
    ("WASHINGTON — The city sued.", "WASHINGTON", "The city sued."),
    ("SAN DIEGO–“No,” he said.", "SAN DIEGO", "“No,” he said."),
    ("BOONE, Iowa (AP) -- The city sued.", "BOONE, Iowa (AP)", "The city sued."),
    ("Washington (CNN) The city sued.", None, "Washington (CNN) The city sued."),
    ("Washington (CNN) - The city sued.", "Washington (CNN)", "The city sued."),
    ("(Reuters) - The city sued.", "(Reuters)", "The city sued."),
    ("ICE — The agency — sued.", None, "ICE — The agency — sued."),
    ("WASHINGTON — which is the capital — sued.", None, "WASHINGTON — which is the capital — sued."),
    ("The mayor — A. Ruiz — sued.", None, "The mayor — A. Ruiz — sued."),
]


@pytest.mark.parametrize(("line", "dateline", "body"), DATELINES)
def test_a_dateline_is_cut_from_its_paragraph(line: str, dateline: str | None, body: str) -> None:
    wanted = [("dateline", dateline)] if dateline else []
    assert kinds(f"City weighs a plan\n\n{line}") == [("headline", "City weighs a plan"), *wanted, ("paragraph", body)]


LISTS = [
    (
        "· Anytown, Ohio;\n\n· Cook County, Illinois; and\n\n· State of Oregon.",
        ["Anytown, Ohio", "Cook County, Illinois", "State of Oregon."],
    ),
    ("- Anytown\n- Cook County\n  in Illinois\n- Oregon", ["Anytown", "Cook County\n  in Illinois", "Oregon"]),
    ("1. Anytown\n2. Oregon", ["Anytown", "Oregon"]),
    ("* Anytown\n\nADVERTISEMENT\n\n* Oregon", ["Anytown", "Oregon"]),
    ("Barring police from asking\n\nStopping the contracts", ["Barring police from asking", "Stopping the contracts"]),
    ("Anytown, Ohio;\nCook County, Illinois;", ["Anytown, Ohio", "Cook County, Illinois"]),
]


@pytest.mark.parametrize(("printed", "items"), LISTS)
def test_lists_find_their_introduction(printed: str, items: list[str]) -> None:
    intro = "The city wrote to the following places:"
    text = f"{BODY}\n\n{intro}\n\n{printed}\n\n{BODY}\n"
    found = [block for block in split_article(text) if block.kind is BlockKind.LIST_ITEM]
    assert [block.span.of(text) for block in found] == items
    assert {block.intro.of(text) if block.intro else None for block in found} == {intro}
    assert split_article(text)[-1].span.of(text) == BODY


def test_quotations_after_a_colon_are_no_list() -> None:
    text = f'{BODY}\n\nMayors put out statements:\n\n"It changes nothing," said one.\n\n"We will sue," said another.\n'
    assert [kind for kind, _ in kinds(text)] == ["paragraph"] * 4


def test_a_list_without_a_colon_has_no_introduction() -> None:
    text = f"{BODY}\n\n- Anytown\n- Oregon\n\n{BODY}"
    assert [block.intro for block in split_article(text) if block.kind is BlockKind.LIST_ITEM] == [None, None]


def test_a_lone_bullet_at_the_end_is_the_author() -> None:
    assert kinds(f"{BODY}\n\n{BODY}\n\n  • Ana Ruiz")[-1] == ("byline", "• Ana Ruiz")


AUTHORS = [
    ("Ana Ruiz is a columnist for the Anytown Herald.", "byline"),
    ("Ana Ruiz, president of the Open Doors League, is a radio talk-show host.", "byline"),
    ("Ana Ruiz is the mayor of Anytown and will stay until spring.", "paragraph"),
    ("She was a columnist for the Anytown Herald, the mayor said.", "paragraph"),
]


@pytest.mark.parametrize(("line", "kind"), AUTHORS)
def test_a_note_on_the_author_at_the_end(line: str, kind: str) -> None:
    told = "\n\n".join(f"The council met for the {n}th time and heard the mayor." for n in range(4, 10))
    assert kinds(f"{told}\n\n{line}")[-1][0] == kind


def test_name_lines_under_the_headline() -> None:
    text = f"City weighs a plan\n\nAna Ruiz\n\nUSA TODAY\n\nANYTOWN – {BODY}"
    assert [kind for kind, _ in kinds(text)] == ["headline", "byline", "boilerplate", "dateline", "paragraph"]


def test_metadata_before_the_first_words_is_cut_off() -> None:
    assert kinds(f" date 2018-01-24 {BODY}") == [("boilerplate", "date 2018-01-24"), ("paragraph", BODY)]


def test_lines_broken_at_a_column_are_one_paragraph() -> None:
    wrapped = "The council met for three hours on Tuesday and then\nsent the plan back to its own committee, which had\nnever asked for it."
    assert kinds(f"# Plan\n\n{wrapped}\n\n{BODY}") == [
        ("headline", "Plan"),
        ("paragraph", wrapped),
        ("paragraph", BODY),
    ]


def test_paragraphs_glued_together_are_cut_but_not_inside_quotations() -> None:
    parts = [
        "The doors stay open, the mayor said.",
        '"We will keep them open.They are ours," she said.',
        "Nobody disagreed with that.",
        "\"I mean, 'Who would?'\"",
        "The council then went home for good.",
    ]
    assert [b.span.of("".join(parts)) for b in split_article("".join(parts))] == parts


def test_a_single_missing_blank_cuts_nothing() -> None:
    text = "The doors stay open, the mayor said.Nobody disagreed with that. The council went home."
    assert [b.span.of(text) for b in split_article(text)] == [text]


def test_one_sentence_alone_is_a_paragraph() -> None:
    assert kinds("It rained in Anytown") == [("paragraph", "It rained in Anytown")]
    assert kinds(" \n\n ") == []


PIECES = st.sampled_from(
    ["By Ana Ruiz", "WASHINGTON — ", "· Anytown, Ohio;", "- x", "1. y", "**bold**", "# ", "the following:", "ADVERTISEMENT", "\n", "\n\n", " ",
     "“Yes,” she said.", "Image: a", "(AP)", "He said so.", "•", "> ", "\u200b", "\u00a0", "date 2018-01-24 "]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=12), max_size=25).map("".join))
def test_blocks_are_in_order_apart_and_lose_no_word(text: str) -> None:
    blocks = split_article(text)
    for before, after in pairwise(blocks):
        assert before.span.end <= after.span.start
    outside = list(text)
    for block in blocks:
        printed = block.span.of(text)
        assert printed and printed == printed.strip()
        outside[block.span.start : block.span.end] = [" "] * len(printed)
    assert not [word for word in "".join(outside).split() if sum(c.isalpha() for c in word) > 3]
