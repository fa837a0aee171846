"""A sentence as a string of one-letter codes, one for each mention, title or word, so that regular expressions read it.

"Cook County Mayor Ana Ruiz" becomes "LTP": a place, a title, a person. The codes:

P person · L jurisdiction · G agency, court or organisation · W law · M program · R publication · T title · t plural title ·
F former · C acting · c comma, dash · o of/for/at/in/with/to/from · d article or possessive determiner · s 's ·
b ( · e ) · w who/that · i a form of "be" · n and/or/& · u including/like/such as · q quotation mark · k colon ·
m capitalised or modifying word that may stand before a title · y "he" or "she" whom the text has named · x any other word
"Mr." and the like before a name have no code.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.extract.passages import MentionIndex
from kg.extract.titles import TitleMatch
from kg.records import Mention, MentionKind

TYPE_CODES = {
    "Person": "P", "Jurisdiction": "L", "Agency": "G", "LegislativeBody": "G", "LawEnforcementAgency": "G", "Court": "G",
    "Organization": "G", "FundingProgram": "M", "Publication": "R",
}  # fmt: skip
WORD_CODES = {
    ",": "c", "—": "c", "–": "c", "-": "c", "--": "c", "(": "b", ")": "e", "[": "b", "]": "e", ":": "k", "'s": "s", "’s": "s",
    "'": "s", "’": "s", "and": "n", "or": "n", "&": "n", "who": "w", "that": "w", "which": "w", "former": "F", "ex": "F", "then": "F",
    "onetime": "F", "one-time": "F", "ex-": "F", "ousted": "F", "erstwhile": "F", "retired": "F", "past": "F", "acting": "C", "interim": "C", "including": "u", "like": "u",
}  # fmt: skip
PREPOSITIONS = {"of", "for", "at", "in", "with", "to", "from", "on"}
DETERMINERS = {"a", "an", "the", "his", "her", "its", "their", "another", "one"}
BE = {"is", "was", "are", "were", "be", "been", "became", "becomes", "as"}
HONORIFICS = {"Mr.", "Mrs.", "Ms.", "Mr", "Mrs", "Ms", "Miss", "Dr.", "Dr"}
QUOTES = set('"“”')
MODIFYING = {"republican", "democratic", "democrat", "longtime", "long-time", "current", "new", "newly", "elected", "incoming", "outgoing",
             "liberal", "conservative", "deputy", "assistant", "associate", "lead", "top", "senior", "local", "embattled"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """What a code stands for: tokens [start, end), and the mention or title if it is one."""

    code: str
    start: int
    end: int
    mention: Mention | None = None
    title: TitleMatch | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """The items of a sentence and their codes as one string: `text[i]` is the code of `items[i]`."""

    items: tuple[Item, ...]
    text: str

    def item(self, match: re.Match[str], group: str) -> Item | None:
        """Return the item that a group of a match over the codes begins at, or None when the group is empty."""
        return self.items[match.start(group)] if match[group] else None


def encode_sentence(sentence: TokenSpan, index: MentionIndex, titles: Sequence[TitleMatch]) -> Coded:
    """Encode one sentence of a passage."""
    title_at = {title.start: title for title in titles}
    items: list[Item] = []
    i = sentence.start
    while i < sentence.end:
        token = sentence.doc[i]
        mention = index.at(token)
        title = title_at.get(i)
        if mention is not None and _stands(mention):
            _, end = index.range_of(mention)
            items.append(Item(TYPE_CODES.get(mention.type, "W"), i, end, mention=mention))
            i = max(end, i + 1)
            if items[-1].code == "G":
                i = _behind_initials(sentence, i)
            elif mention.kind is MentionKind.PRONOUN:
                items[-1] = replace(items[-1], code="y")
        elif token.text in HONORIFICS and _before_person(token, index):
            i += 1
        elif title is not None and not _only_ranks(title, index):
            items.append(Item("t" if title.plural else "T", i, title.end, title=title))
            i = title.end
        else:
            code = _word_code(token.text, token.lower_)
            if code == "F" or token.lower_ == "late":
                code, end = _former(token)
            else:
                end = _compound_end(sentence, i, index, title_at)
            items.append(Item(code, i, end))
            i = end
    return Coded(tuple(items), "".join(item.code for item in items))


def _before_person(token: Token, index: MentionIndex) -> bool:
    """Tell whether a person's name follows at once."""
    following = index.at(token.doc[token.i + 1]) if token.i + 1 < len(token.doc) else None
    return following is not None and following.type == "Person" and index.at(token) is not following


def _stands(mention: Mention) -> bool:
    """Tell whether a mention has a code of its own: names, and bodies and places that the words before have named."""
    if mention.kind is not MentionKind.NOMINAL:
        return True
    described = mention.kind is MentionKind.NOMINAL and mention.antecedent is not None
    return described and TYPE_CODES.get(mention.type, "P") in {"G", "L"}


def _behind_initials(sentence: TokenSpan, i: int) -> int:
    """Return where the words go on behind initials in brackets: "the Open Doors League (ODL) president"."""
    doc = sentence.doc
    if i + 2 >= sentence.end or doc[i].text != "(" or doc[i + 2].text != ")":
        return i
    return i + 3 if re.fullmatch(r"[A-Z][A-Za-z.&]*[A-Z]\.?", doc[i + 1].text) else i


def _compound_end(sentence: TokenSpan, i: int, index: MentionIndex, titles: Mapping[int, TitleMatch]) -> int:
    """Return where a word with hyphens ends: "far-left" and "Irish-American" are one word, "ex-mayor" is two."""
    doc, end = sentence.doc, i + 1
    while end + 1 < sentence.end and doc[end].text == "-" and _same_case(doc[end - 1], doc[end + 1]):
        glued = not doc[end - 1].whitespace_ and not doc[end].whitespace_
        if not glued or index.at(doc[end + 1]) is not None or end + 1 in titles:
            break
        end += 2
    return end


def _same_case(first: Token, second: Token) -> bool:
    return (first.is_lower and second.is_lower) or (first.is_title and second.text == "American")


def _only_ranks(title: TitleMatch, index: MentionIndex) -> bool:
    """Tell whether a word of rank stands before the body of a longer title: "deputy FBI director"."""
    doc = index.passage.doc
    following = doc[title.end] if title.end < len(doc) else None
    if following is None or doc[title.start : title.end].text.lower() not in {"deputy", "assistant", "associate"}:
        return False
    body = index.at(following)
    return body is not None and TYPE_CODES.get(body.type) == "G"


def _former(token: Token) -> tuple[str, int]:
    """Return the code of "former", "then" or "late", and where it ends: "then-" takes its hyphen in, "late Monday" is none."""
    doc, end = token.doc, token.i + 1
    if end < len(doc) and doc[end].text in {"-", "–"} and not token.whitespace_:
        return "F", end + 1
    if token.lower_ == "late":
        after = end < len(doc) and doc[end].text[:1].isupper()
        return ("F" if token.i and doc[token.i - 1].lower_ in DETERMINERS and after else "x"), end
    return "F", end


def _word_code(text: str, lower: str) -> str:
    if lower in WORD_CODES:
        return WORD_CODES[lower]
    if lower in PREPOSITIONS:
        return "o"
    if lower in DETERMINERS:
        return "d"
    if lower in BE:
        return "i"
    if text in QUOTES:
        return "q"
    if lower in MODIFYING or text[:1].isupper():
        return "m"
    return "x"
