"""What the article's own words speak against: drafts that a rule read and that something beside them refutes.

What enters are the drafts of rules and the reading they came from; what leaves are those that stand. It adds nothing,
and it decides nothing about who is meant beyond what descriptions and pronouns already carry.
"""

from collections.abc import Iterable, Iterator

from kg.extract.reading import Reading
from kg.records import Argument, ClaimDraft, Mention, MentionKind, Span

SIGNING = {"signed", "issued"}
NATION = "jurisdiction/us"


def plausible(drafts: Iterable[ClaimDraft], reading: Reading) -> Iterator[ClaimDraft]:
    """Yield the drafts that nothing refutes, in their order."""
    kept = list(drafts)
    shares = {(draft.object, draft.qualifiers.amount) for draft in kept if draft.relation == "receivedFunding"}
    for draft in kept:
        if draft.relation in SIGNING and _signed_by_another(draft, reading):
            continue
        if draft.relation == "hasFunding" and (draft.subject, draft.qualifiers.amount) in shares:
            continue  # "gave the city $2 million through the program": what one place got is not the size of the pool
        if draft.relation == "threatensFundingOf" and _is_nation(draft.object, reading):
            continue
        if _heads(draft.subject, draft.object, reading):
            continue
        yield draft


def _heads(person: Argument, body: Argument, reading: Reading) -> bool:
    """Tell whether an administration is the person's own: nobody acts on it, and a "he" who rips into it is another."""
    subject, administration = _meant(person, reading), _meant(body, reading)
    if subject is None or administration is None or subject.type != "Person":
        return False
    name = administration.hint("administration") or administration.text
    head = name.removesuffix(" administration").split()[-1]
    return administration.type == "Agency" and head == subject.text.split()[-1]


def _signed_by_another(draft: ClaimDraft, reading: Reading) -> bool:
    """Tell whether a pronoun or name would sign an order that the sentence gives to another president or governor."""
    subject, order = _meant(draft.subject, reading), _meant(draft.object, reading)
    signer = order.hint("signed_by") if order is not None else None
    if subject is None or signer is None or subject.type != "Person" or subject.kind is not MentionKind.NAME:
        return False
    return subject.text.split()[-1] != signer


def _is_nation(argument: Argument, reading: Reading) -> bool:
    """Tell whether the one whose money is at stake is the United States, whose money it is."""
    mention = _meant(argument, reading)
    return mention is not None and (mention.key == NATION or mention.text in {"United States", "U.S.", "US", "America"})


def _meant(argument: Argument, reading: Reading) -> Mention | None:
    """Return the mention that an argument stands for, past descriptions and pronouns."""
    mention = reading.mention_by_span(argument) if isinstance(argument, Span) else None
    seen: set[Span] = set()
    while mention is not None and mention.antecedent is not None and mention.span not in seen:
        seen.add(mention.span)
        mention = reading.mention_by_span(mention.antecedent)
    return mention
