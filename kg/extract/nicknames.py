"""Laws by the name that somebody gives them in quotation marks: 'the so-called “public charge” rule', 'the restrictions a “gag rule”'.

What enters are all passages and the mentions found so far; what leaves are mentions of the laws (as a hint "name" where the
quotation marks part it from its noun), also where the article repeats the name without the marks. The law that the words
before call so, where they name or describe one, is a NOMINAL of the same name: "call the restrictions a “gag rule”".
Words in quotation marks that are no name of one law ("sanctuary city" policies, a “terrible” law) give nothing.
"""

import re
from collections.abc import Iterator, Sequence

from kg.extract.article import BlockKind
from kg.extract.passages import Passage
from kg.records import Mention, MentionKind, Span

FOUND_BY = "pattern"
NOUNS = "rule|law|ban|bill|act|policy|amendment|ordinance|order|proposal"
_TYPES = {"bill": "Bill", "act": "Statute", "ordinance": "Ordinance", "law": "Statute"}
_FIRST = r"(?!(?:an?|the|this|that|it|its|is|was|very|most|really|so|not|no|any|our|my|sanctuary|new|bad|good|terrible|horrible|stupid)\b)"
_WORDS = rf"{_FIRST}[\w’-]+(?: (?!(?:and|is|was|are|the|a|of|to)\b)[\w’-]+){{0,3}}"
BESIDE = re.compile(
    rf"\b(?:[Tt]he|[Tt]his|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[’']s) (?:so-called |new |proposed |controversial )*[“\"‘'](?P<name>{_WORDS}),?[”\"’'] (?P<noun>{NOUNS})\b"
)
"""The noun stands behind the marks: the “public charge” rule."""
CALLED = re.compile(
    r"\b(?:calls?|called|calling|dubs?|dubbed|dubbing|labels?|labell?ed|labell?ing|nicknamed|decried as|derided as|denounced as|known as|refer(?:s|red|ring)? to)"
    rf"(?: (?P<what>(?:the|this|these) (?:new |proposed |administration[’']s )*(?:rules?|restrictions?|regulations?|policy|proposal|measure|plan|ban|changes?))| it| them)?(?: as)?"
    rf" (?:(?:the|an?|so-called) )*[“\"‘'](?P<name>{_FIRST}(?:[\w’-]+ ){{1,3}}(?P<noun>{NOUNS}))[,.]?[”\"’']"
)
"""The whole name stands within: call the restrictions a “gag rule”."""


def find_nicknames(passages: Sequence[Passage], known: Sequence[Mention]) -> list[Mention]:
    """Return the laws of a document by nicknames that it gives in quotation marks, and wherever it repeats them."""
    read = [passage for passage in passages if passage.block.kind is not BlockKind.HEADLINE]
    given: dict[str, str] = {}
    described: list[tuple[Span, str, Span]] = []
    for passage in read:
        for match in BESIDE.finditer(passage.source):
            given.setdefault(f"{match['name']} {match['noun']}", match["noun"])
        for match in CALLED.finditer(passage.source):
            given.setdefault(match["name"], match["noun"])
            if match["what"]:
                what, name = (Span(*(passage.start + at for at in match.span(group))) for group in ("what", "name"))
                described.append((what, match["what"], name))
    taken = [mention.span for mention in known]
    found = [m for name, noun in given.items() for passage in read for m in _repeated(passage, name, noun)]
    kept = [m for m in found if not any(m.span.overlaps(span) for span in taken)]
    named = {m.span: m for m in kept}
    kept += [
        Mention(what, words, named[name].type, FOUND_BY, MentionKind.NOMINAL, antecedent=name)
        for what, words, name in described
        if name in named and not any(what.overlaps(span) for span in taken)
    ]
    return kept


def _repeated(passage: Passage, name: str, noun: str) -> Iterator[Mention]:
    """Yield where a passage has a nickname, with quotation marks within or around it or without."""
    first, last = re.escape(name.removesuffix(f" {noun}")), re.escape(noun)
    for match in re.finditer(rf"\b(?i:{first}),?[”\"’']? (?i:{last})\b", passage.source):
        span = Span(passage.start + match.start(), passage.start + match.end())
        kind = _TYPES.get(noun, "Law")
        yield Mention(span, match[0], kind, FOUND_BY, MentionKind.NAME, hints=(("name", name),))
