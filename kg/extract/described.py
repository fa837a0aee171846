"""Grants that are told by whose they are: "the office made 3,000 grants"; reports and bills are found by others.

What enters are passages with the mentions found so far, descriptions included; what leaves are mentions of pools of
grants, with the agency as a hint for linking ("pool"), and of reports and bills (see `published`, `sponsored`).
"""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.passages import MentionIndex, Passage
from kg.extract.published import find_published
from kg.extract.sponsored import find_sponsored
from kg.extract.syntax import agents, preposition
from kg.records import Mention, MentionKind, Span

FOUND_BY = "pattern"
GIVING = frozenset(
    [
        "make",
        "award",
        "give",
        "distribute",
        "hand",
        "offer",
        "provide",
        "administer",
        "require",
        "announce",
        "allocate",
        "dole",
        "disburse",
        "spend",
        "oversee",
        "issue",
    ]
)
GRANTS = frozenset({"grant"})
AGENCIES = {"Agency", "LawEnforcementAgency"}


def find_described(passage: Passage, index: MentionIndex, by_span: dict[Span, Mention]) -> Iterator[Mention]:
    """Yield pools, reports and bills of one passage that no mention covers yet."""
    yield from find_published(passage, index, by_span)
    if not passage.parsed:
        return
    yield from find_sponsored(passage, index, by_span)
    taken: set[int] = set()
    for verb in passage.doc:
        agency = _agency(verb, index, by_span) if verb.pos_ == "VERB" and verb.lemma_.lower() in GIVING else None
        if agency is None:
            continue
        for noun in verb.subtree:
            free = noun.i not in taken and index.at(noun) is None
            if noun.lemma_.lower() in GRANTS and noun.pos_ == "NOUN" and free and not _of_something_else(noun):
                taken.add(noun.i)
                span = passage.span(passage.doc[noun.i : noun.i + 1])
                hints = (("pool", agency),)
                yield Mention(span, noun.text, "FundingProgram", FOUND_BY, MentionKind.NOMINAL, hints=hints)
                break


def _of_something_else(noun: Token) -> bool:
    """Tell whether a grant is none of money: "a grant of clemency"."""
    return any(preposition(child) == "of" for child in noun.children) or noun.text.istitle()


def _agency(verb: Token, index: MentionIndex, by_span: dict[Span, Mention]) -> str | None:
    for subject in agents(verb):
        owners = [child for child in subject.children if child.dep_ in {"compound", "nmod:poss", "nmod"}]
        mention = next((found for word in (subject, *owners) if (found := index.at(word)) is not None), None)
        while mention is not None and mention.antecedent is not None:
            mention = by_span.get(mention.antecedent)
        if mention is None or mention.type not in AGENCIES:
            continue
        if mention.key:
            return mention.key
        if mention.hint("administration"):
            return f"{mention.hint('administration')} administration"
    return None
