"""Grants, reports and bills that are told by whose they are: "the office made 3,000 grants", "the department released a report".

What enters are parsed passages with the mentions found so far, descriptions included; what leaves are mentions of
pools of grants, of reports and of bills, with the agency as a hint for linking ("pool", "publisher").
"""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.passages import MentionIndex, Passage
from kg.extract.sponsored import find_sponsored
from kg.extract.syntax import agents, preposition, status_of
from kg.records import Mention, MentionKind, Span, Status

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
RELEASING = frozenset(["release", "issue", "publish", "unveil", "post", "produce", "compile", "launch"])
GRANTS = frozenset({"grant"})
REPORTS = frozenset({"report", "list", "survey", "study", "audit", "analysis", "ranking"})
FIGURES = frozenset({"statistics", "figures", "data"})
"""Publications that are told by what they are about: "poverty statistics"."""
AGENCIES = {"Agency", "LawEnforcementAgency"}
PUBLISHERS = AGENCIES | {"Organization", "LegislativeBody"}


def find_described(passage: Passage, index: MentionIndex, by_span: dict[Span, Mention]) -> Iterator[Mention]:
    """Yield pools, reports and bills of one passage that no mention covers yet."""
    if not passage.parsed:
        return
    yield from find_sponsored(passage, index, by_span)
    taken: set[int] = set()
    for verb in passage.doc:
        lemma = verb.lemma_.lower()
        if verb.pos_ != "VERB" or lemma not in GIVING | RELEASING:
            continue
        wanted = (
            (GIVING, GRANTS, "FundingProgram", "pool"),
            (RELEASING, REPORTS | FIGURES, "Publication", "publisher"),
        )
        for verbs, nouns, kind, hint in wanted:
            agency = _agency(verb, index, by_span, AGENCIES if verbs is GIVING else PUBLISHERS)
            if lemma not in verbs or agency is None:
                continue
            for noun in verb.subtree:
                if (
                    (noun.lemma_.lower() in nouns or noun.lower_ in nouns)
                    and noun.pos_ == "NOUN"
                    and noun.i not in taken
                    and index.at(noun) is None
                    and not _of_something_else(noun)
                ):
                    taken.add(noun.i)
                    yield _mention(passage, noun, kind, {hint: agency})
                    break


def _of_something_else(noun: Token) -> bool:
    """Tell whether a grant is none of money ("a grant of clemency"), or a report is only asked for ("demanded that it produce a list")."""
    if noun.lemma_.lower() in GRANTS:
        return any(preposition(child) == "of" for child in noun.children) or noun.text.istitle()
    clause = next((word for word in (noun, *noun.ancestors) if word.pos_ == "VERB"), noun)
    return status_of(clause) is Status.HYPOTHETICAL


def _agency(verb: Token, index: MentionIndex, by_span: dict[Span, Mention], types: set[str]) -> str | None:
    for subject in agents(verb):
        owners = [child for child in subject.children if child.dep_ in {"compound", "nmod:poss", "nmod"}]
        mention = next((found for word in (subject, *owners) if (found := index.at(word)) is not None), None)
        while mention is not None and mention.antecedent is not None:
            mention = by_span.get(mention.antecedent)
        if mention is None or mention.type not in types:
            continue
        if mention.key:
            return mention.key
        if mention.hint("administration"):
            return f"{mention.hint('administration')} administration"
        if mention.type == "Organization":
            return mention.text
    return None


def _mention(passage: Passage, noun: Token, kind: str, hints: dict[str, str]) -> Mention:
    tokens = passage.doc[noun.i : noun.i + 1]
    if kind == "Publication":
        about = [child.text for child in noun.children if child.dep_ == "compound" and child.i < noun.i]
        figures = noun.lower_ in FIGURES
        hints = {**hints, "noun": " ".join([*about, noun.lower_]) if figures else noun.lemma_.lower()}
    return Mention(
        passage.span(tokens), tokens.text, kind, FOUND_BY, MentionKind.NOMINAL, hints=tuple(sorted(hints.items()))
    )
