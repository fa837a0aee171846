"""Which of overlapping mentions stands: the longer, then the finder that stands first in the order."""

from itertools import permutations, product

import pytest

from kg.extract.selection import ORDER, select
from kg.records import Mention, Span


def mention(start: int, end: int, found_by: str, kind: str = "Agency") -> Mention:
    return Mention(Span(start, end), "x" * (end - start), kind, found_by)


def test_order_of_the_finders() -> None:
    assert ORDER == ("citation", "gazetteer", "pattern", "place", "office", "ner", "surname", "coreference")


@pytest.mark.parametrize(
    ("stronger", "weaker"), [(a, b) for a, b in product(ORDER, ORDER) if ORDER.index(a) < ORDER.index(b)]
)
def test_of_the_same_words_the_stronger_finder_wins(stronger: str, weaker: str) -> None:
    strong, weak = mention(0, 5, stronger), mention(0, 5, weaker)
    for given in permutations([strong, weak]):
        assert select(given) == ([strong], [weak])


CASES = [
    # (spans and finders, which stand)
    ([(0, 5, "ner"), (0, 9, "surname")], [1]),  # longer wins, whoever found it
    ([(0, 9, "ner"), (0, 5, "citation")], [0]),
    ([(0, 5, "place"), (5, 9, "place")], [0, 1]),  # touching is no overlap
    ([(0, 5, "place"), (4, 9, "place")], [0]),  # of equals, the earlier
    ([(0, 5, "place"), (4, 9, "gazetteer")], [1]),
    ([(0, 6, "place"), (5, 9, "gazetteer")], [0]),
    ([(0, 4, "ner"), (2, 12, "pattern"), (10, 15, "place")], [1]),  # one long one beats both beside it
    ([(8, 12, "place"), (0, 4, "place")], [1, 0]),  # in the order of the text
    ([], []),
]


@pytest.mark.parametrize(("given", "standing"), CASES)
def test_longest_then_strongest_then_first(given: list[tuple[int, int, str]], standing: list[int]) -> None:
    mentions = [mention(*row) for row in given]
    for order in permutations(mentions):
        chosen, dropped = select(order)
        assert chosen == [mentions[i] for i in standing]
        assert set(dropped) == set(mentions) - set(chosen)
