"""Which documents print the same text, and that a fact in a story and its reprint has one source."""

import datetime
import hashlib
import random
from itertools import permutations
from pathlib import Path

import pytest

from kg.build import Workshop, build
from kg.graph.query import Querier
from kg.graph.store import open_store
from kg.link.reprints import COMMON, originals
from kg.ontology import read_queries
from kg.records import Document
from kg.settings import Settings

WORDS = [
    "the",
    "city",
    "council",
    "mayor",
    "vote",
    "budget",
    "police",
    "funds",
    "order",
    "judge",
    "state",
    "law",
    "grant",
    "letter",
    "week",
    "office",
    "plan",
    "rule",
]


def story(seed: int, words: int = 300) -> str:
    """Make a text of sentences that no other seed gives."""
    chosen = random.Random(seed).choices(WORDS, k=words)
    return " ".join(word if n % 12 else f"{word.title()}{seed}." for n, word in enumerate(chosen))


def document(name: str, text: str, day: datetime.date | None = None) -> Document:
    return Document(name, text, hashlib.sha256(text.encode()).hexdigest(), name, published=day)


def cut(text: str, share: float) -> str:
    words = text.split()
    return " ".join(words[: int(len(words) * share)])


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (story(1), True),
        (story(1).upper().replace(".", " –\n\n"), True),
        ("By Our Staff\n\n" + cut(story(1), 0.4) + " Read more below.", True),
        (story(1).replace("Mayor1.", "Governor."), True),
        (cut(story(1), 0.5) + " " + story(2, 150), False),
        (story(2, 130) + " " + cut(story(1), 0.55), False),
        (story(2), False),
        (cut(story(1), 0.1), False),
        ("", False),
    ],
    ids=["copy", "case", "shortened", "edited", "half", "same box", "other", "too short", "empty"],
)
def test_what_is_a_reprint(other: str, expected: bool) -> None:
    assert bool(originals([document("a", story(1)), document("b", other)])) is expected


def test_the_first_published_is_the_original_in_any_order() -> None:
    early, late = datetime.date(2018, 1, 24), datetime.date(2018, 1, 25)
    documents = [
        document("a", cut(story(1), 0.8), late),
        document("b", story(1), early),
        document("c", cut(story(1), 0.9), early),
        document("d", story(1)),
        document("e", story(3), early),
    ]
    for order in permutations(documents):
        assert originals(order) == {"a": "b", "c": "b", "d": "b"}


def test_what_everybody_prints_is_boilerplate() -> None:
    box = story(1, 60)
    documents = [document(str(n), f"{story(n + 10, 40)} {box}") for n in range(COMMON + 10)]
    assert originals(documents) == {}


def test_a_reprint_is_no_second_source(tmp_path: Path) -> None:
    """Three articles state a fact, two of them in the same words: the question about sources counts two."""
    fact = "The Justice Department sued California over its immigration laws on Tuesday. "
    told = fact + story(1).replace("judge", "weather").replace("law", "rain").replace("order", "snow")
    (tmp_path / "a.txt").write_text(told, encoding="utf-8")
    (tmp_path / "b.txt").write_text(told + " Reprinted by permission.", encoding="utf-8")
    settings = Settings()
    output, workshop = tmp_path / "output", Workshop(settings)
    questions = read_queries(settings.ontology)

    def answers(name: str) -> list[list[str]]:
        rows = Querier(open_store(output), settings.base).rows(questions[name].text)
        return [[cell.value for cell in row] for row in rows if row[2] is not None and row[2].value == "California"]

    def sources() -> list[str]:
        build(sorted(tmp_path.glob("*.txt")), output, settings, workshop=workshop)
        return [row[3] for row in answers("facts-in-several-documents")]

    assert sources() == []
    assert "reprintOf" in (output / "graph.ttl").read_text(encoding="utf-8")
    sued = answers("most-supported-facts")[0]
    assert sued[3:6] == ["1", "2", "2"], "one source, two sentences, two documents"
    (tmp_path / "c.txt").write_text(fact + "Nobody was surprised.", encoding="utf-8")
    assert sources()
    assert set(sources()) == {"2"}
