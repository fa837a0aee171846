"""Names that stand in a row in one sentence: before "each", before "them", behind a colon, as "appositions" that are none.

What enters are words of a parse with the mentions of their passage; what leaves are mentions. Who is meant by a group that
is listed elsewhere in the article is decided in `kg.extract.arguments`.
"""

from collections.abc import Collection, Iterator

from spacy.tokens import Token

from kg.extract.reading import ReadPassage
from kg.extract.syntax import preposition
from kg.records import Mention, MentionKind

INCLUDING = {"including", "like", "such as", "among", "such"}
JOINING = {",", "and", "or", "&", ";", "the"}
OPENING = {":", "—", "–", "--", "("}
"""What introduces the members of a group: "six states: …", "two cities — …", "three counties (…)"."""


def coordinated_before(token: Token, read: ReadPassage, types: Collection[str]) -> list[Mention]:
    """Return the coordinated subjects of an earlier clause of the sentence, whom "them" stands for."""
    for word in reversed(list(token.sent[: token.i - token.sent.start])):
        if word.dep_.startswith("nsubj") and not word.is_ancestor(token) and word.head != token.head:
            parts = [
                word,
                *(child for child in word.subtree if child.dep_ == "conj" or preposition(child) in INCLUDING),
            ]
            found = [
                mention for part in parts if (mention := read.index.at(part)) is not None and mention.type in types
            ]
            if len(found) >= 2:
                return list(dict.fromkeys(found))
    return []


def listed_just_before(token: Token, read: ReadPassage, types: Collection[str]) -> list[Mention]:
    """Return the names that end right before a word, whatever the parser makes of them: "Boston and Ames each got"."""
    found: list[Mention] = []
    at = token.i - 1
    while at >= token.sent.start and (mention := read.index.at(token.doc[at])) is not None:
        if mention.type not in types:
            break
        found.append(mention)
        at = read.index.range_of(mention)[0] - 1
        while at >= token.sent.start and token.doc[at].lower_ in {",", "and", "or"}:
            at -= 1
    return found


def listed_behind(group: Token, read: ReadPassage, types: Collection[str]) -> list[Mention]:
    """Return the members that a sentence lists behind a group of places: "the six states that joined the suit: Ohio, Utah and Iowa".

    Nothing but the group's own clause may stand before the colon or the dash, no other plural noun that the names could
    be, and the list must have two names at least and end its clause.
    """
    if group.tag_ not in {"NNS", "NNPS"} and group.nbor(-1 if group.i else 0).tag_ != "CD":
        return []
    words = group.doc[group.i + 1 : group.sent.end]
    opening = next((word for word in words if word.text in OPENING), None)
    if opening is None or any(word.lemma_ == group.lemma_ for word in words if word.i < opening.i):
        return []
    found = list(_row(opening.i + 1, group, read))
    if len(found) < 2 or any(mention.type not in types for mention in found):
        return []
    end = read.index.range_of(found[-1])[1]
    behind = group.doc[end].text if end < group.sent.end else "."
    return found if behind in {".", ";", ")", "—", "–", "--", ","} | OPENING or behind.isspace() else []


def _row(start: int, group: Token, read: ReadPassage) -> Iterator[Mention]:
    """Yield the names in a row from a word on."""
    at, last = start, group.sent.end
    while at < last:
        if group.doc[at].lower_ in JOINING:
            at += 1
            continue
        mention = read.index.at(group.doc[at])
        if mention is None or mention.kind is not MentionKind.NAME:
            return
        yield mention
        at = read.index.range_of(mention)[1]


def in_enumeration(mention: Mention, token: Token) -> bool:
    """Tell whether a place is the first of several, the next of which the parser takes for its apposition: "Ohio, Iowa and Utah"."""
    return (
        mention.type == "Jurisdiction"
        and any(child.dep_ == "appos" for child in token.children)
        and any(child.dep_ == "conj" and any(part.dep_ == "cc" for part in child.children) for child in token.children)
    )
