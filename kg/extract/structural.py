"""Facts that names and their order state, without a verb: what lies in what, what is a unit of what, whose grants these are.

What enters are a passage's mentions; what leaves are claim drafts `within`, `partOf`, `administers`, `hasFunding`.
"""

import re
from collections.abc import Iterator

from kg.extract.money import MoneyMention
from kg.extract.reading import Reading, ReadPassage
from kg.records import Argument, ClaimDraft, Evidence, Mention, MentionKind, Qualifiers, Span
from kg.reference import Reference

VERSION = "3"
PUBLIC_BODIES = {"Agency", "LegislativeBody", "LawEnforcementAgency", "Court"}
CHAMBERS = {
    "agency/us/house-of-representatives": re.compile(r"(?:U\.?S\.? )?House (?:[\w&’-]+,? ){0,7}(?:Committee|Subcommittee|Panel|panel|committee)\b"),
    "agency/us/senate": re.compile(r"(?:U\.?S\.? )?Senate (?:[\w&’-]+,? ){0,7}(?:Committee|Subcommittee|Panel|panel|committee)\b"),
}  # fmt: skip
"""The chambers of Congress, by how the names of their committees begin."""
MODIFIERS = {"compound", "amod", "nmod:poss", "poss", "nmod"}
"""Places of a name in a sentence that only says which or whose something else is."""
GRANT_SIZE_LINKS = {"in", "of", "worth", "available"}


class StructuralReader:
    """Reads facts off the mentions themselves."""

    def __init__(self, reference: Reference):
        self._states = {state.postal: f"jurisdiction/us/{state.postal.lower()}" for state in reference.states}
        self._entries = reference.entries
        self._names = {state.label: f"jurisdiction/us/{state.postal.lower()}" for state in reference.states}

    def read(self, reading: Reading) -> Iterator[ClaimDraft]:
        """Yield the drafts of a document."""
        for read in reading.passages:
            for mention in read.index.mentions:
                yield from self._within(mention, read, reading)
                yield from self._pool(mention, read, reading)
        yield from self._parts(reading)

    def _within(self, mention: Mention, read: ReadPassage, reading: Reading) -> Iterator[ClaimDraft]:
        state = mention.hint("within")
        if mention.type != "Jurisdiction" or not state or mention.hint("level") == "State":
            return
        if mention.hint("name") == "Washington" and state == "DC":
            return
        after = [other for other in read.index.mentions if mention.span.end <= other.span.start <= mention.span.end + 6]
        named = bool(after) and after[0].type == "Jurisdiction" and _names_state(after[0])
        if named and _in_list_of_places(after[0], read):
            return
        target: Argument = after[0].span if named else self._states[state]
        yield _draft(mention.span, "within", target, mention, read, reading, "within", 0.95)

    def _of_state(self, mention: Mention, read: ReadPassage, reading: Reading) -> Iterator[ClaimDraft]:
        """Yield that a body whose name begins with its state's is of that state: "California State Senate"."""
        if mention.type not in PUBLIC_BODIES or mention.type == "Court":
            return
        for name, state in self._names.items():
            if (mention.key or "").startswith(
                f"agency/{state.removeprefix('jurisdiction/')}/"
            ) and mention.text.startswith(name + " "):
                yield _draft(mention.span, "partOf", state, mention, read, reading, "part-of-name", 0.9)

    def _of_parent(self, mention: Mention, read: ReadPassage, reading: Reading) -> Iterator[ClaimDraft]:
        """Yield that a body whose name begins with its parent's is a part of it: "the Justice Department's inspector general"."""
        entry = self._entries.get(mention.key or "") if mention.type in PUBLIC_BODIES else None
        parent = self._entries.get(entry.row.get("parent") or "") if entry is not None else None
        if parent is None or mention.kind is not MentionKind.NAME:
            return
        words = mention.text.replace("’", "'")
        watches = words.lower().endswith("inspector general")
        names = (parent.label, *parent.aliases)
        chamber = parent.id in CHAMBERS and CHAMBERS[parent.id].match(words)
        if chamber or any(
            words.startswith(f"{name}'s ") or (watches and words.startswith(f"{name} ")) for name in names
        ):
            yield _draft(mention.span, "partOf", parent.id, mention, read, reading, "part-of-name", 0.85)

    def _of_place(self, mention: Mention, read: ReadPassage, reading: Reading) -> Iterator[ClaimDraft]:
        """Yield that a body named by what it is alone is the place's that it was found to belong to."""
        place = mention.hint("place")
        if mention.type not in PUBLIC_BODIES or not mention.hint("body") or place is None or place in mention.text:
            return
        named = [m for m in reading.mentions if m.type == "Jurisdiction" and (m.hint("name") or m.text) == place]
        if named and mention.kind is MentionKind.NAME:
            nearest = min(named, key=lambda m: abs(m.span.start - mention.span.start))
            yield _draft(mention.span, "partOf", nearest.span, mention, read, reading, "part-of-place", 0.8)

    def _of_owner(self, mention: Mention, read: ReadPassage, reading: Reading) -> Iterator[ClaimDraft]:
        """Yield that a body is a part of the one whose it is said to be: "the Pentagon's Joint Staff", "the city's Housing Authority"."""
        tokens = read.passage.tokens(mention.span)
        if mention.type not in PUBLIC_BODIES - {"Court"} or mention.kind is not MentionKind.NAME or tokens is None:
            return
        if mention.hint("place"):
            return  # whose it is has been found out
        if tokens.root.dep_ in MODIFIERS:
            return  # "the department's ICE plan"
        for owner in read.index.mentions:
            between = read.passage.text[owner.span.end - read.passage.start : mention.span.start - read.passage.start]
            if between not in {"'s ", "’s "} or owner.text.endswith("administration"):
                continue
            federal = (mention.key or "").startswith("agency/us/")
            if owner.type in PUBLIC_BODIES - {"Court"} or (owner.type == "Jurisdiction" and not federal):
                yield _draft(mention.span, "partOf", owner.span, mention, read, reading, "owned-body", 0.8)

    def _parts(self, reading: Reading) -> Iterator[ClaimDraft]:
        """Yield that a body named after a place is of that place: the nested mention of the place is its owner."""
        for read in reading.passages:
            inside = [m for m in reading.mentions if read.passage.extent.covers(m.span)]
            for mention in read.index.mentions:
                yield from self._of_state(mention, read, reading)
                yield from self._of_parent(mention, read, reading)
                yield from self._of_place(mention, read, reading)
                yield from self._of_owner(mention, read, reading)
                for part in inside:
                    if not mention.span.covers(part.span) or part.span == mention.span:
                        continue
                    if part.type == "Jurisdiction" and mention.type in PUBLIC_BODIES:
                        yield _draft(mention.span, "partOf", part.span, mention, read, reading, "part-of-name", 0.9)
                    elif part.type == "Agency" and mention.type == "FundingProgram":
                        yield _draft(
                            part.span, "administers", mention.span, mention, read, reading, "agency-in-name", 0.9
                        )
                        money = _size_before(mention, read)
                        if money is not None and not _received(read, mention):
                            qualifiers = Qualifiers(amount=money.amount, bound=money.bound)
                            yield _draft(
                                mention.span,
                                "hasFunding",
                                part.span,
                                mention,
                                read,
                                reading,
                                "pool-size",
                                0.8,
                                qualifiers,
                            )

    def _pool(self, mention: Mention, read: ReadPassage, reading: Reading) -> Iterator[ClaimDraft]:
        """Yield whose grants a pool is, and how large, as in "$4.1 billion in Justice Department grants"."""
        if mention.type != "FundingProgram":
            return
        agency = _agency_of(mention, read) or _maker_of(mention, read, reading)
        if agency is None:
            return
        yield _draft(agency.span, "administers", mention.span, mention, read, reading, "pool-of-agency", 0.85)
        money = _size_before(agency if 0 <= mention.span.start - agency.span.end <= 4 else mention, read)
        if money is not None and not _received(read, mention):
            qualifiers = Qualifiers(amount=money.amount, bound=money.bound)
            yield _draft(mention.span, "hasFunding", agency.span, mention, read, reading, "pool-size", 0.8, qualifiers)


def _in_list_of_places(state: Mention, read: ReadPassage) -> bool:
    """Tell whether what might be a state is a city among others: "Boston, New York, Los Angeles"."""
    follows = [m for m in read.index.mentions if state.span.end < m.span.start <= state.span.end + 6]
    return (
        state.text in {"New York", "Washington"}
        and bool(follows)
        and follows[0].type == "Jurisdiction"
        and follows[0].hint("level") != "State"
    )


def _names_state(mention: Mention) -> bool:
    return mention.hint("level") == "State" or mention.hint("name") in {"New York", "Washington"}


def _agency_of(mention: Mention, read: ReadPassage) -> Mention | None:
    """Return the agency that stands right before a program's name ("Justice Department grants", "the department's JAG grants")."""
    agencies = {"Agency", "LegislativeBody", "LawEnforcementAgency"}
    before = [
        other
        for other in read.index.mentions
        if other.type in agencies and 0 <= mention.span.start - other.span.end <= 4
    ]
    if before:
        return before[-1]
    if mention.hint("pool"):
        after = [
            other
            for other in read.index.mentions
            if other.type in agencies and 0 <= other.span.start - mention.span.end <= 30
        ]
        return after[0] if after else None
    return None


def _maker_of(pool: Mention, read: ReadPassage, reading: Reading) -> Mention | None:
    """Return the agency of the sentence that makes a described pool: "the office would require cities that want grants …"."""
    maker = pool.hint("pool")
    tokens = read.passage.tokens(pool.span)
    if maker is None or "administration" in maker or pool.kind is not MentionKind.NOMINAL or tokens is None:
        return None
    for other in read.mentions_in(tokens.root.sent):
        named: Mention | None = other
        while named is not None and named.antecedent is not None:
            named = reading.mention_by_span(named.antecedent)
        if named is not None and named.key == maker and other.span != pool.span:
            return other
    return None


def _size_before(mention: Mention, read: ReadPassage) -> MoneyMention | None:
    text, base = read.passage.text, read.passage.start
    for money in read.money:
        gap = text[money.span.end - base : mention.span.start - base]
        if (
            money.span.end <= mention.span.start
            and gap.split()
            and len(gap.split()) <= 3
            and gap.split()[0] in GRANT_SIZE_LINKS
        ):
            return money
    return None


def _received(read: ReadPassage, mention: Mention) -> bool:
    tokens = read.passage.tokens(mention.span)
    return tokens is not None and any(token.lemma_.lower() in {"receive", "get", "award"} for token in tokens.root.sent)


def _draft(
    subject: Argument, relation: str, target: Argument, at: Mention, read: ReadPassage, reading: Reading, rule: str, confidence: float,
    qualifiers: Qualifiers = Qualifiers(),
) -> ClaimDraft:  # fmt: skip
    tokens = read.passage.tokens(at.span)
    assert tokens is not None
    sentence = tokens.root.sent
    span: Span = read.passage.span(sentence)
    evidence = Evidence(
        reading.document.id, span, read.passage.printed(sentence), f"structure#{rule}", VERSION, confidence
    )
    return ClaimDraft(subject, relation, target, evidence, qualifiers)
