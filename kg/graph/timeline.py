"""What happened to or around somebody or something, in order of time.

In go an `Explainer` and a path, out come plain records. A fact without a date of its own stands at the day on which its
first document was published, and says so.
"""

from dataclasses import dataclass

from kg.graph.explain import Explainer, Fact

DATES = ("date", "deadline")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day (or the first of its month or year) and what it is: "date", "deadline", or "published"."""

    day: str
    what: str
    fact: Fact


def tell(explainer: Explainer, entity: str) -> list[Moment]:
    """Return the moments of an entity's facts, sorted by day; facts without any day come last, with the day ""."""
    found = []
    for fact in explainer.facts(entity):
        qualifiers = dict(fact.qualifiers)
        days: list[tuple[str, str]] = [(qualifiers[name], name) for name in DATES if name in qualifiers]
        if not days:
            published = sorted(proof.published for proof in fact.evidence if proof.published)
            days = [(published[0] if published else "", "published")]
        found += [Moment(day, what, fact) for day, what in days]
    return sorted(found, key=lambda m: (not m.day, m.day, m.what, m.fact.subject, m.fact.relation, m.fact.object))
