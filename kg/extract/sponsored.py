"""Bills that are told by who made them: "her bill", "the Roe amendment", "a proposal offered by Sens. Ann Roe and Joe Doe".

What enters is a parsed passage with the mentions found so far, descriptions included; what leaves are mentions of the
noun, with the makers' surnames as a hint for linking ("sponsor": "Roe-Doe"). A plan that is merely somebody's is no bill.
"""

import re
from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.passages import MentionIndex, Passage
from kg.extract.syntax import OBJECT, POSSESSIVE, agents, status_of
from kg.records import Mention, MentionKind, Span, Status

FOUND_BY = "pattern"
BILLS = frozenset(["bill", "legislation", "amendment"])
PLANS = frozenset(["proposal", "plan", "measure", "framework", "agreement", "compromise", "package", "resolution"])
"""Nouns that mean a bill only where a verb of lawmaking or "own" says so."""
MAKING = frozenset(["sponsor", "introduce", "author", "co-sponsor", "cosponsor", "reintroduce", "draft", "unveil", "float", "offer", "propose", "file"])  # fmt: skip
NOT_HIS_LISTED = """first second fourth fifth tenth constitutional utility heating medical dollar electric electricity gas phone
grocery hospital legal restaurant bar energy power water credit"""
NOT_HIS = frozenset(NOT_HIS_LISTED.split())
"""What stands before a noun that is no bill of one lawmaker."""
_LAWMAKERS = (
    r"(?=(?:(?:U\.S\.|Republican|Democratic|GOP|state) )?(?:Sen|Rep|Senator|Representative|Congress(?:man|woman))s?\b"
    r"|(?:Republican|Democrat|Independent)s? [A-Z])"
)
_ABOUT = r"(?: (?:focus\w+|aim\w+|meant|intended|designed|on|to|for|dealing)\b[^.,;:]{1,80}(?=,))?"
"""What a bill is about, between it and its makers: "a bill to close the jails, put forward by …"."""
_WHEN = r"(?: last \w+| earlier this \w+| this \w+| on \w+day| (?:up|forward|forth))?(?: (?:to|on) the (?:House |Senate )?floor| in the (?:House|Senate))?"
_GROUP = r"(?:a (?:bipartisan |small )?(?:group|team|coalition|pair)(?: of (?:[\w-]+ ){0,2}(?:senators|lawmakers|members))?,? (?:led|headed) by )?"
_MADE_BY = re.compile(
    rf"{_ABOUT},? (?:(?:(?:that|which) )?(?:was|is|had been|has been) )?(?:(?:originally|first|jointly|also|recently) )?(?:co-?)?"
    rf"(?:(?:sponsored|introduced|authored|written|drafted|offered|proposed|crafted|unveiled|floated|filed){_WHEN} by {_GROUP}"
    rf"|(?:negotiated|hammered out|worked out|drawn up|put together|put|brought|pushed|championed|presented){_WHEN} by {_GROUP}{_LAWMAKERS})"
)
_BY = re.compile(r" (?:by|from) (?=[A-Z]|state |former |U\.S\. )")
_BY_LAWMAKERS = re.compile(rf" (?:by|from) {_LAWMAKERS}")
"""A plan may be anybody's, and anybody negotiates: behind these words, lawmakers must be named by their title."""
_BETWEEN = re.compile(r"(?:,? ?(?:and|a|an|of|the|both|[A-Z][\w.’'-]*|\([^)]{1,25}\)|[RDI]-\w+\.?)?,? ?){0,6}")
_KNOWN_AS = re.compile(
    r"\b(?:bill|legislation|measure|proposal|plan|it)(?:,| is| was|, which is)? (?:(?:also|better|widely|commonly) )?(?:known as|called|dubbed|named|titled) (?:the )?[“\"‘']?"
)
_JOINT = re.compile(
    r"\b(?P<makers>(?!Anti|Non|Pro|Post|Pre|Multi|Bi-|Inter|Trans|Asia|Indo|Sino|Anglo|African|Euro)[A-Z][a-z]+[A-Za-z]*(?:[-–/](?!(?:American|Mexican|Canadian|Era|Style)\b)[A-Z][a-z]+[A-Za-z]*){1,3})"
    r" (?:(?:immigration|compromise|bipartisan|border|health(?: care)?|health-care|gun|budget|tax|reform|Senate|repeal|replacement|security|[A-Z]{2,5}) ){0,3}(?P<noun>bill|legislation|amendment|proposal|plan|measure|compromise|framework)\b"
)
"""A bill by several makers' surnames, who need not be named elsewhere: "the Roe-Doe immigration bill"."""
SOON = 350
"""Within how many characters a bill that was told by its maker is named."""
LAWS = frozenset(["Law", "Statute", "Bill"])
MANY = 4
"""With more makers than this, a bill is not called by them."""


def find_sponsored(passage: Passage, index: MentionIndex, by_span: dict[Span, Mention]) -> Iterator[Mention]:
    """Yield the bills of one passage that their makers tell, where no mention covers the noun yet."""
    joint = list(_joint(passage, index))
    yield from joint
    taken = {bill.span for bill in joint}
    for noun in passage.doc:
        lemma = noun.lemma_.lower()
        if lemma not in BILLS | PLANS or noun.pos_ != "NOUN" or noun.tag_ != "NN" or index.at(noun) is not None:
            continue
        if _span(noun, passage) in taken:
            continue
        if any(child.lower_ in NOT_HIS or _names_law(child, index) for child in noun.lefts):
            continue
        makers = _makers(noun, lemma, index, by_span)
        if 0 < len(makers) <= MANY:
            called = _called(noun, passage, index)
            if called is not None:
                yield Mention(
                    _span(noun, passage), noun.text, called.type, FOUND_BY, MentionKind.NOMINAL, antecedent=called.span
                )
                continue
            hints = (("noun", "bill" if lemma == "legislation" else lemma), ("sponsor", "-".join(makers)))
            yield Mention(_span(noun, passage), noun.text, "Bill", FOUND_BY, MentionKind.NOMINAL, hints=hints)


def _joint(passage: Passage, index: MentionIndex) -> Iterator[Mention]:
    """Yield the bills that bear their makers' names joined; names of places and bodies make none."""
    for match in _JOINT.finditer(passage.text):
        noun, makers = match.span("noun"), match.span("makers")
        span, names = (Span(passage.start + at[0], passage.start + at[1]) for at in (noun, makers))
        known = [mention for mention in index.mentions if mention.span.overlaps(names) or mention.span.overlaps(span)]
        if all(mention.type == "Person" for mention in known):
            told = "bill" if match["noun"] == "legislation" else match["noun"]
            hints = (("noun", told), ("sponsor", re.sub("[–/]", "-", match["makers"])))
            yield Mention(span, match["noun"], "Bill", FOUND_BY, MentionKind.NOMINAL, hints=hints)


def _span(noun: Token, passage: Passage) -> Span:
    return passage.span(passage.doc[noun.i : noun.i + 1])


def _called(noun: Token, passage: Passage, index: MentionIndex) -> Mention | None:
    """Return the law that the next words call a bill: "his bill … That bill is known as Anna's Law"."""
    name = _KNOWN_AS.search(noun.doc.text, noun.idx, noun.idx + SOON)
    start = name.end() + passage.start if name else -1
    return next((m for m in index.mentions if m.span.start == start and m.type in LAWS), None)


def _names_law(word: Token, index: MentionIndex) -> bool:
    """Tell whether a name before a noun is the law itself: "his new Obamacare legislation"."""
    mention = index.at(word) if word.dep_ == "compound" else None
    return mention is not None and mention.type != "Person"


def _makers(noun: Token, lemma: str, index: MentionIndex, by_span: dict[Span, Mention]) -> list[str]:
    made = _named_behind(noun, index)
    own = any(child.lower_ == "own" for child in noun.children)
    if not made and (lemma in BILLS or own):
        made = [owner for child in noun.children if child.dep_ in POSSESSIVE for owner in _owners(child, noun)]
        made += [
            child for child in noun.children if child.dep_ == "compound" and lemma in BILLS and _beside(child, noun)
        ]
    verb = noun.head
    if not made and lemma in BILLS and noun.dep_ in OBJECT and verb.lemma_.lower() in MAKING and _made_now(verb, noun):
        made = agents(verb) if status_of(verb) is Status.ASSERTED else []
    return _surnames(made, index, by_span)


def _named_behind(noun: Token, index: MentionIndex) -> list[Token]:
    """Return who is named behind "sponsored by" and the like or "an amendment by", whatever the parser made of "Sens."."""
    text = noun.doc.text
    made = _MADE_BY.match(text, noun.idx + len(noun))
    if made is None:
        made = (_BY if noun.lemma_.lower() in BILLS else _BY_LAWMAKERS).match(text, noun.idx + len(noun))
    here, found = (made.end() if made else len(text)), []
    for mention in index.mentions:
        start = mention.span.start - index.passage.start
        if start < here or not _BETWEEN.fullmatch(text[here:start]):
            continue
        if mention.type == "Person":
            found.append(index.head_of(mention))
        here = mention.span.end - index.passage.start
    return found


def _owners(owner: Token, noun: Token) -> list[Token]:
    """Return whose a noun is: "he floated his own plan" is the subject's."""
    if owner.lower_ in {"his", "her"} and noun.dep_ in OBJECT and noun.head.lemma_.lower() in MAKING:
        return agents(noun.head) or [owner]
    return [owner]


def _beside(name: Token, noun: Token) -> bool:
    """Tell whether a name belongs to a noun: "the Roe border bill", but not the headline "Roe: Border bill is dead"."""
    return name.tag_ == "NNP" and all(word.is_alpha or word.text in {"-", "–"} for word in name.doc[name.i : noun.i])


def _made_now(verb: Token, noun: Token) -> bool:
    """Tell whether a verb of lawmaking brings in a new bill of its subject's: not "the bill", not "by introducing a bill"."""
    return verb.dep_ != "advcl" and not any(child.lower_ in {"the", "this", "that"} for child in noun.children)


def _with_coordinated(word: Token) -> Iterator[Token]:
    """Yield a name and those joined to it, past what describes it: "Ann Roe, a Democrat, and Joe Doe"."""
    yield word
    for child in word.children:
        if child.dep_ == "conj":
            yield from _with_coordinated(child)
        elif child.dep_ in {"appos", "flat"}:
            yield from (part for below in child.children if below.dep_ == "conj" for part in _with_coordinated(below))


def _surnames(words: list[Token], index: MentionIndex, by_span: dict[Span, Mention]) -> list[str]:
    """Return the surnames of the people among some words and those coordinated with them, each once."""
    found: list[str] = []
    for word in words:
        for part in _with_coordinated(word):
            mention = index.at(part)
            if mention is None or mention.type != "Person":  # the parser may hang the name on its title
                flat = (index.at(child) for child in part.children if child.dep_ == "flat")
                mention = next((name for name in flat if name is not None and name.type == "Person"), mention)
            while mention is not None and mention.antecedent is not None:
                mention = by_span.get(mention.antecedent)
            if mention is not None and mention.type == "Person":
                found.append(mention.text.split()[-1])
    return list(dict.fromkeys(found))
