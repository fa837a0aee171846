"""Reports, studies, polls and memos that are told by whose they are: "a study by the Open Doors League", "its latest audit".

What enters are passages with the mentions found so far, descriptions included; what leaves are mentions of the noun,
with who issued it as a hint for linking ("publisher"). A letter or a statement is no publication, nor is news of a medium.
"""

import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from kg.extract.passages import MentionIndex, Passage
from kg.extract.syntax import agents, preposition, status_of
from kg.records import Mention, MentionKind, Span, Status

FOUND_BY = "pattern"
PAPERS = frozenset(["report", "study", "memo", "memorandum", "audit", "guidance", "scorecard", "fact sheet", "white paper", "policy paper"])  # fmt: skip
LISTS = frozenset(["list", "survey", "analysis", "ranking", "poll"])
FIGURES = frozenset(["statistics", "figures", "data"])
"""Publications that are told by what they are about: "poverty statistics"."""
RELEASING = frozenset(["release", "issue", "publish", "unveil", "post", "produce", "compile", "launch"])
TELLING = frozenset(["say", "find", "write", "report", "conclude", "estimate", "note", "warn", "argue", "show", "list", "recommend", "project", "calculate"])  # fmt: skip
PUBLISHERS = frozenset(["Agency", "LawEnforcementAgency", "LegislativeBody", "Organization"])
PARTIES = frozenset(["organization/democratic-party", "organization/republican-party"])
MEDIUM = re.compile(
    r"\b(?:Times\w*|Post|News|Press|Reuters|CNN|[NCA]BC|CBS|MSNBC|NPR|PBS|AP|BBC|Tribune|Herald|Journal|Magazine|Bloomberg|Politico|Globe|Chronicle"
    r"|Register|Radio|Telegraph|Guardian|BuzzFeed|Hill|Bee|Examiner|Inquirer|Gazette|Sun|Daily|Vox|Axios|Breitbart|Caller|Telemundo|Univision)\b"
)
"""Whose reports are news; a poll or an analysis of theirs is one of its own."""
NOUN = r"(?P<noun>report|study|memo|memorandum|audit|guidance|scorecard|fact sheet|white paper|policy paper|list|survey|analysis|ranking|poll)"
_WHEN = r"(?:\d{4}|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?(?: \d{1,2})?)"
_KIND = r"(?:first|new|latest|weekly|monthly|quarterly|recent|own|annual|scathing|internal|landmark|initial|final|interim|leaked|confidential|draft|official|national|statewide|public|separate|earlier|second|online|telephone|policy|research|fiscal|intelligence)"
BESIDE = re.compile(rf"['’]?s? (?:(?:{_KIND}|{_WHEN}) ){{0,3}}{NOUN}\b(?! that\b)(?!['’]s? )")
"""Behind whoever published: "the department's latest report", "a Cato Institute 2017 study"."""
BEHIND = re.compile(
    rf"(?<![’']s )\b{NOUN}"
    r"(?:,? (?:released|issued|published|compiled|prepared|produced|put out|made public|conducted|commissioned|authored|written|done|unveiled))?"
    r"(?: (?:on |last |earlier |this )?(?:[A-Z]\w+day|week|month|year|in 20\d\d))? (?:by|from) (?:the |an? )?"
    r"(?:(?:conservative|liberal|libertarian|progressive|nonpartisan|non-partisan|independent|left-leaning|right-leaning|pro-\w+|bipartisan|advocacy|watchdog|think|tank|group|firm|pollster|nonprofit)[ ,-]{1,2})*"
    r"(?:(?:researchers|economists|scholars|experts|analysts|professors|investigators) (?:at|from|with) (?:the )?)?$"
)
ABOUT_BY = re.compile(
    rf"\b{NOUN} (?:on|about|of|into) (?:(?!(?:data|records|figures|statistics|documents|information|by|from)\b)[\w’'-]+ ){{1,6}}(?:(?:released|issued|published|conducted|compiled|prepared) )?by (?:the )?$"
)
"""What stands before whoever published: "a list released on Monday by the department", "a report on jails by the bureau"."""


def find_published(passage: Passage, index: MentionIndex, by_span: Mapping[Span, Mention]) -> Iterator[Mention]:
    """Yield the publications of one passage that no mention covers yet, each noun once."""
    taken: set[int] = set()
    found = [*_beside_names(passage, index, by_span), *_under_verbs(passage, index, by_span)]
    for start, noun, publisher in found:
        tokens = passage.tokens(Span(passage.start + start, passage.start + start + len(noun)))
        if tokens is None or start in taken or any(index.at(token) is not None for token in tokens):
            continue
        taken.add(start)
        hints = {"noun": _called(tokens.root, noun), "publisher": publisher}
        yield Mention(
            passage.span(tokens), noun, "Publication", FOUND_BY, MentionKind.NOMINAL, hints=tuple(sorted(hints.items()))
        )


def _beside_names(
    passage: Passage, index: MentionIndex, by_span: Mapping[Span, Mention]
) -> Iterator[tuple[int, str, str]]:
    """Yield where a noun stands that a publisher's name stands beside, the noun, and the publisher."""
    text = passage.text
    for mention in index.mentions:
        start, end = mention.span.start - passage.start, mention.span.end - passage.start
        behind = BESIDE.match(text, end)
        owned = text[end : end + 2] in {"'s", "’s", "' ", "’ "} or mention.text.lower() in {"its", "their"}
        if behind is not None and (owned or mention.kind is MentionKind.NAME):
            publisher = _publisher(mention, behind["noun"], by_span)
            if publisher is not None and not _goes_on(passage, behind.end("noun")):
                yield behind.start("noun"), behind["noun"], publisher
        elif not re.match(r"(?:['’]s?)? [A-Z]|['’]s ", text[end:]):
            before = BEHIND.search(text, 0, start) or ABOUT_BY.search(text, max(0, start - 90), start)
            publisher = _publisher(mention, before["noun"], by_span) if before else None
            if before and publisher is not None and not _goes_on(passage, end):
                yield before.start("noun"), before["noun"], publisher


def _goes_on(passage: Passage, end: int) -> bool:
    """Tell whether a noun or a name only begins a longer one: "the league's report card", "by Open Doors lawyers"."""
    following = next((token for token in passage.doc if token.idx > end - 1), None)
    beside = following is not None and following.idx == end + 1 and following.pos_ == "NOUN" and following.is_lower
    return beside and following is not None and following.i > 0 and passage.doc[following.i - 1].dep_ == "compound"


def _under_verbs(
    passage: Passage, index: MentionIndex, by_span: Mapping[Span, Mention]
) -> Iterator[tuple[int, str, str]]:
    """Yield the same of nouns whose publisher the verb tells: "the office released a report", "the league said in a study"."""
    for verb in passage.doc if passage.parsed else ():
        if verb.pos_ != "VERB":
            continue
        if verb.lemma_.lower() in RELEASING:
            noun = next((word for word in verb.subtree if _is_paper(word) and index.at(word) is None and not _asked_for(word)), None)  # fmt: skip
        elif verb.lemma_.lower() in TELLING:
            noun = next((word for word in verb.children if _is_paper(word) and preposition(word) == "in" and _own(word)), None)  # fmt: skip
        else:
            continue
        if noun is None:
            continue
        for subject in agents(verb):
            owners = [child for child in subject.children if child.dep_ in {"compound", "nmod:poss", "nmod"}]
            mention = next((found for word in (subject, *owners) if (found := index.at(word)) is not None), None)
            publisher = _publisher(mention, noun.lemma_.lower(), by_span) if mention is not None else None
            if publisher is not None:
                yield noun.idx, noun.text, publisher


def _is_paper(word: Token) -> bool:
    return word.pos_ == "NOUN" and (word.lemma_.lower() in PAPERS | LISTS or word.lower_ in FIGURES)


def _own(noun: Token) -> bool:
    """Tell whether a noun behind "said in" is the speaker's: "a study", "its annual report", not "a report by the bureau"."""
    others = {"compound", "nmod:poss", "nmod"}
    mine = [child for child in noun.children if child.lower_ in {"a", "an", "its", "their", "another"}]
    named = [child for child in noun.children if child.dep_ in others and child.pos_ in {"PROPN", "NOUN"}]
    return bool(mine) and not any(child.pos_ == "PROPN" or preposition(child) in {"by", "from"} for child in named)


def _asked_for(noun: Token) -> bool:
    """Tell whether a report is only asked for: "demanded that it produce a list"."""
    clause = next((word for word in (noun, *noun.ancestors) if word.pos_ == "VERB"), noun)
    return status_of(clause) is Status.HYPOTHETICAL


def _publisher(mention: Mention, noun: str, by_span: Mapping[Span, Mention]) -> str | None:
    """Return the path or the name of who published, or None where a mention names nobody who publishes such a thing."""
    named: Mention | None = mention
    while named is not None and named.antecedent is not None:
        named = by_span.get(named.antecedent)
    if named is None or named.type not in PUBLISHERS or named.key in PARTIES:
        return None
    if noun in PAPERS | {"list"} and named.type == "Organization" and MEDIUM.search(named.text):
        return None
    if named.key or named.type == "Organization":
        return named.key or named.text
    administration = named.hint("administration")
    return f"{administration} administration" if administration else named.text


def _called(noun: Token, words: str) -> str:
    """Return what linking is to call a publication: "report", "poverty statistics"."""
    if noun.lower_ not in FIGURES:
        return words.lower() if " " in words else noun.lemma_.lower() or words.lower()
    about = [child.text for child in noun.children if child.dep_ == "compound" and child.i < noun.i]
    return " ".join([*about, noun.lower_])
