"""Which mentions stand when finders overlap: the one place where their order is stated.

A longer name wins over a shorter one; of the same words, the finder that stands first in `ORDER`. People from the
recogniser give way to tables, citations and places unless their name is longer.
"""

from collections.abc import Iterable

from kg.records import Mention

ORDER = ("citation", "gazetteer", "pattern", "place", "office", "ner", "surname", "coreference")
"""The finders, strongest first."""


def select(mentions: Iterable[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Return the mentions that stand, in the order of the text and not overlapping, and those that gave way."""
    ranked = sorted(
        mentions, key=lambda m: (-(m.span.end - m.span.start), ORDER.index(m.found_by), m.span.start, m.type)
    )
    chosen: list[Mention] = []
    dropped: list[Mention] = []
    for mention in ranked:
        if any(mention.span.overlaps(other.span) for other in chosen):
            dropped.append(mention)
        else:
            chosen.append(mention)
    return sorted(chosen, key=lambda m: m.span), dropped
