"""Displayed quotations: paragraphs that are somebody's words although no mark encloses them.

In: a text, its blocks of prose and where quoted words lie. Out: whether a paragraph is one, by how it is set ("> …"),
by the colon that announces it ("She said in a statement:"), or by the "we" of a letter in an article that says "we"
nowhere else. It must not take for speech what merely follows a colon: a list, an explanation, a heading's text.
"""

import re
from collections.abc import Sequence

from kg.extract.antecedents import PAPERS_NOUN
from kg.extract.article import Block, BlockKind
from kg.extract.saying import SAY

MIN_WORDS = 8
"""A shorter paragraph behind a colon is a label."""
_SET_APART = re.compile(r"^[ \t]*(?:>[ \t]?)+\Z", re.MULTILINE)
_ANNOUNCED = re.compile(
    rf"(?:\b(?:{SAY}|told\s+\S+(?:\s+\S+)?)\b(?!\s+(?:that|about)\b)(?:\s+[^\s:.]+){{0,8}}"
    rf"|\b(?:full|this|following|her|his|their|its|a|the|[A-Z]\w+[’']s)\s+(?:[\w-]+\s+){{0,2}}{PAPERS_NOUN}\b(?:\s+[^\s:.]+){{0,6}}"
    rf"|\b(?:put it|puts it|breaks it down|explained it|summed it up|sums it up)\s+(?:thus|as follows|this way|like this))\s*:[*_]*\s*\Z"
)
_ASIDE_ANNOUNCED = re.compile(r"\([^()]*\)(?=\s*:)")
_REPORTS = re.compile(r"\A(?:\S+\s+){0,9}?(?:said|says|told|tweeted|wrote)\b")
_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|us)\b")
_YOU = re.compile(r"\b(?:[Yy]ou|[Yy]our)\b")
_LETTER = re.compile(r"\b(?:letter|statement|petition|e-?mail|memo)\b")


def is_displayed(blotted: str, blocks: Sequence[Block], number: int) -> bool:
    """Tell whether the prose of block `number` is quoted as a whole. `blotted` is the text without its quoted words."""
    block = blocks[number]
    words = block.span.of(blotted)
    if block.kind is not BlockKind.PARAGRAPH or len(words.split()) < MIN_WORDS or words[0] in "“\"‘'—–-•":
        return False
    if _SET_APART.search(blotted[: block.span.start][-12:]):
        return True
    before = [other for other in blocks[:number] if other.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)]
    if not before or before[-1].kind is not BlockKind.PARAGRAPH or words.rstrip().endswith(":"):
        return False
    intro = _ASIDE_ANNOUNCED.sub("", before[-1].span.of(blotted))
    if _ANNOUNCED.search(intro):
        return not _REPORTS.match(words)
    return bool(_LETTER.search(intro)) and _is_letter(blotted, blocks, number)


def _is_letter(blotted: str, blocks: Sequence[Block], number: int) -> bool:
    """Tell whether "we" write to "you" in this paragraph, and nobody does elsewhere."""
    words = blocks[number].span.of(blotted)
    others = [b for n, b in enumerate(blocks) if n != number and b.kind is BlockKind.PARAGRAPH]
    return (
        len(_WE.findall(words)) >= 2
        and bool(_YOU.search(words))
        and not any(_WE.search(other.span.of(blotted)) for other in others)
    )
