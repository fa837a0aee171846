"""The ready-made views: saved questions, each a subset of the links with a title and a sentence.

Links in, subsets out. A view whose relations the graph does not have is left out. Adding one is adding a row.
Must not place or style anything.
"""

from collections import Counter
from dataclasses import dataclass

from kg.view.content import Content
from kg.view.network import Drawing


@dataclass(frozen=True, slots=True)
class Story:
    """A saved question: `key` is its permalink's name; the links by index."""

    key: str
    title: str
    text: str
    links: tuple[int, ...]
    focus: int | None = None


MOST_LINKS = 400
"""A ready-made view shows no more links than this, those with the most evidence, and says so."""


RELATION_STORIES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "letters",
        "Letters and deadlines",
        "Who wrote to whom, when, and until when an answer was due.",
        ("sentLetterTo",),
    ),
    (
        "money",
        "Money received",
        "Which places and agencies got money from which program, and who pays it.",
        ("receivedFunding", "hasFunding", "administers"),
    ),
    ("threats", "Who threatens whom", "Who says that whose money could be withheld.", ("threatensFundingOf",)),
    ("criticism", "Who criticizes whom", "Who speaks against whom, or against what.", ("criticizes",)),
)

KEY_LAW = ("uscCitation", "8/1373")
"""The law of the fifth view; a graph without it gets its most connected law instead."""


def whole_graph(drawing: Drawing) -> Story:
    """Return the view of everything: all that documents say, and where things belong among what they speak of."""
    spoken_of = {end for link in drawing.links if not link.background for end in (link.source, link.target)}
    links = tuple(
        number
        for number, link in enumerate(drawing.links)
        if not link.background or (link.source in spoken_of and link.target in spoken_of)
    )
    return Story("all", "The whole graph", "Everything that the documents say.", links)


def tell_stories(content: Content, drawing: Drawing, roots: dict[int, str]) -> list[Story]:
    """Return the ready-made views that the graph can fill, in fixed order."""
    stories = []
    for key, title, text, relations in RELATION_STORIES:
        links = tuple(number for number, link in enumerate(drawing.links) if link.relation in relations and link.facts)
        if links:
            stories.append(_cut(drawing, Story(key, title, text, links)))
    law = _key_law(content, drawing, roots)
    if law is not None:
        label = content.entities[drawing.entities[law]].label
        text = "The law, the programs that are conditioned on it, and what is said and done about both."
        stories.append(
            _cut(drawing, Story("law", f"What hangs on {label}", text, _around_law(drawing, law, roots), law))
        )
    return stories


def _cut(drawing: Drawing, story: Story) -> Story:
    """Keep the links with the most evidence where a view would be too large to read."""
    if len(story.links) <= MOST_LINKS:
        return story
    best = sorted(story.links, key=lambda number: (-drawing.links[number].support, number))[:MOST_LINKS]
    text = f"{story.text} The {MOST_LINKS} links with the most sentences are shown, of {len(story.links)}."
    return Story(story.key, story.title, text, tuple(sorted(best)), story.focus)


def _key_law(content: Content, drawing: Drawing, roots: dict[int, str]) -> int | None:
    laws = [number for number, root in sorted(roots.items()) if root == "Law"]
    for number in laws:
        if KEY_LAW in content.entities[drawing.entities[number]].identifiers:
            return number
    degree = Counter(end for link in drawing.links if not link.background for end in (link.source, link.target))
    return max(laws, key=lambda number: (degree[number], -number)) if laws and degree else None


def _around_law(drawing: Drawing, law: int, roots: dict[int, str]) -> tuple[int, ...]:
    """Return the links at the law, and those at the programs that are tied to it."""
    at_law = {n for n, link in enumerate(drawing.links) if law in (link.source, link.target) and not link.background}
    ends = {end for number in at_law for end in (drawing.links[number].source, drawing.links[number].target)}
    programs = {end for end in ends if roots[end] == "FundingProgram"}
    at_programs = {
        n
        for n, link in enumerate(drawing.links)
        if not link.background and (link.source in programs or link.target in programs)
    }
    return tuple(sorted(at_law | at_programs))
