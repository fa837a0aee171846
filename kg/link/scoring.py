"""From weighed options to candidates and one decision: weights in nats in, shares of 1 out.

An option's share is exp(weight) over the sum of all options and of "none of them" (a softmax with a rest class), so that
a score reads as a probability: two equal options get less than a half each, and neither is taken at the default threshold.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.records import Candidate

KEPT = 5
"""Candidates kept on a link."""


@dataclass(slots=True)
class Option:
    """An entity that may be meant: its weight in nats, and why."""

    path: str
    weight: float
    reasons: list[str] = field(default_factory=list)

    def add(self, nats: float, reason: str) -> None:
        """Add evidence."""
        if nats:
            self.weight += nats
            self.reasons.append(f"{reason} ({nats:+.1f})")


def shares(options: Sequence[Option], nobody: float) -> tuple[Candidate, ...]:
    """Return the options as candidates, best first; `nobody` is the weight of "none of them"."""
    if not options:
        return ()
    top = max(nobody, *(option.weight for option in options))
    total = math.exp(nobody - top) + sum(math.exp(option.weight - top) for option in options)
    found = [
        Candidate(option.path, round(math.exp(option.weight - top) / total, 4), tuple(option.reasons))
        for option in options
    ]
    return tuple(sorted(found, key=lambda candidate: (-candidate.score, candidate.entity))[:KEPT])
