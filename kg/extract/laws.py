"""Laws that are told by whose they are and what they are about: "Arizona's tough immigration law", "the state's voter ID law".

What enters are a passage and the mentions that tables and citations gave; what leaves are mentions of the head noun
("law", "ban", "ordinance"), with hints for linking: what the law is about ("law": "immigration law"), and the state or
city whose it is ("state", "place", "level"). A body of law ("Texas election law") is none, nor is a law that nobody owns
and that many places have ("an immigration law").
"""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extract.passages import Passage
from kg.extract.reading import ReadPassage
from kg.extract.syntax import OBJECT, SUBJECT, SUBJECT_PASSIVE, agents
from kg.records import Mention, MentionKind, Span

FOUND_BY = "pattern"
HEADS = {"law": "Statute", "statute": "Statute", "ban": "Statute", "measure": "Statute", "act": "Statute",
         "bill": "Bill", "ordinance": "Ordinance", "initiative": "Statute", "referendum": "Statute"}  # fmt: skip
_HEAD = rf"(?P<head>{'|'.join(HEADS)})\b(?![-’'](?!s\b)|s\b| (?:enforcement|firms?|schools?|professors?|students?|degree|offices?|partner|clerk|review|librar\w+|books?|license|practice|officer|against|on (?!\w+day)|in effect)\b)"
_WORD = r"[“”\"‘]?(?:[a-z][a-z’-]+|[A-Z]{2}|[A-Z]-?\w*[Vv]erify|\d{4}|(?<=[Vv]oter )ID|(?<=[Vv]oter-)ID)[“”\"’]?,?"
OWNED = re.compile(rf"(?P<own>['’]s?|) (?P<about>(?:{_WORD} ){{0,5}}?){_HEAD}")
BARE = {"law", "statute", "ordinance", "measure"}
"""Nouns that alone may mean the one law of a place that the article names."""
DETERMINED = re.compile(r"\b(?:an?|the|this|that|same|new|controversial|under) (?:[\w-]+ ){0,2}\Z", re.IGNORECASE)
DEFINITE = re.compile(r"\b(?:the|this|that|same|under) \Z", re.IGNORECASE)
"""What stands before a name: "the Arizona immigration law" is one, "Texas election law" is none."""
STATES_OWN = re.compile(rf"\b(?:[Tt]he|[Tt]his|[Tt]heir|[Oo]ur) state['’]s (?P<about>(?:{_WORD} ){{1,5}}?){_HEAD}")
TELLING = (
    r"voter[- ](?:ID|id|identification|photo ID)|photo ID|anti[- ]?sanctuary(?:[- ](?:cit(?:y|ies)|state))?|sanctuary[- ]state|anti-illegal[- ]immigration"
    r"|transgender bathroom|bathroom|fetal heartbeat|heartbeat|religious[- ](?:freedom|liberty)|stand[- ]your[- ]ground|campus[- ]carry|open[- ]carry|red[- ]flag"
)
TOLD = re.compile(
    rf"\b(?:[Aa]n?|[Tt]he|[Tt]his|[Tt]hat|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er)(?: {_WORD}){{0,3}}? (?P<about>[“\"‘]?(?:{TELLING})[”\"’]? ){_HEAD}"
)
SANCTUARY_BAN = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Tt]his|[Tt]hat)(?: [\w’-]+){0,2}? (?P<about>sanctuary(?:[- ](?:cit(?:y|ies)|jurisdiction))? )(?P<head>ban)\b"
)
ADJECTIVES_LISTED = """\
aggressive ambitious bipartisan broad comprehensive contentious contested controversial current decades-old disputed divisive draconian earlier embattled
entire existing far-reaching final first former fourth gop hard-line hardline harsh historic infamous key landmark latest main major much-criticized much-debated
new newest newly now-famous old older original own pending pioneering popular previous prior proposed recent recently republican republican-backed republican-led
restrictive second separate similar so-called specific state statewide strict stricter strictest strong sweeping third tough tougher toughest unconstitutional unique
unprecedented unusual updated voter-approved 2010-era enacted democratic local city county federal same such"""
ADJECTIVES = frozenset(ADJECTIVES_LISTED.split())
"""Words that tell nothing of what a law is about."""
OTHER_CLAUSE_LISTED = """\
a an any all another are as at be but by can could did do does each either enacted every for from had has have he her his how i if in is it its
lawmakers legislature less more most my neither no not of officials on other our pass passed passing said say says several she sign signed signing some
than that the their then these they this those two three under very was we were what when where which while who whose why will with would you your
judge judges governor gov and or to one against after before with without"""
OTHER_CLAUSE = frozenset(OTHER_CLAUSE_LISTED.split())
"""Words that no name of a law has between its owner and its noun."""
BODIES_OF_LAW_LISTED = """\
administrative antitrust bankruptcy campaign case child civil common constitutional contract copyright corporate corporation criminal divorce domestic due education
election electoral employment energy environmental estate family federal fraud general human international labor labour libel liability local maritime military
municipal natural patent penal privacy property public regulatory state tax tort trade traffic trust zoning
ballot budget cost-saving electric electricity energy food gas medical omnibus phone power restaurant safety security spending stopgap utility water farm
dollar hospital heating hotel legal bar repair peace health-care"""
BODIES_OF_LAW = frozenset(BODIES_OF_LAW_LISTED.split())
"""Single words that make a whole field of law, or a bill of another kind, of what follows."""

ACTORS = {"Person", "Agency", "LegislativeBody", "LawEnforcementAgency", "Court", "Jurisdiction", "Organization"}
LAWS = {"Law", "Statute", "Bill", "Ordinance", "ExecutiveOrder", "ConstitutionalProvision"}
PLANKS = {"plank", "centerpiece", "section", "heart", "core", "rest", "provision", "part", "portion"}
"""What a court may decide on apart, of the law that the sentence spoke of: "struck down … but upheld the key plank"."""
DECIDING_LISTED = "affirm allow block delay enjoin freeze halt invalidate let nullify overturn reinstate sign stay strike suspend uphold veto"
DECIDING = frozenset(DECIDING_LISTED.split())

JUDGING_LISTED = """applaud assail back blast call champion condemn criticize decry defend denounce deride describe endorse hail lambast lambaste oppose
praise reject slam support tout veto welcome"""
JUDGING = frozenset(JUDGING_LISTED.split())
"""What may be done to many things besides laws: then the law must have been the last to be spoken of as subject or object."""


class LawFinder:
    """Finds laws by whose they are and what about."""

    def find(self, passage: Passage, known: Sequence[Mention]) -> Iterator[Mention]:
        """Yield the laws of a passage that no other mention covers."""
        text = passage.text
        found: dict[int, Mention] = {}
        for place in known:
            if place.type == "Jurisdiction" and place.hint("level") != "Country":
                match = OWNED.match(text, place.span.end - passage.start)
                start = place.span.start - passage.start
                which = DEFINITE if match and not about(match["about"]) else DETERMINED
                if match and (match["own"] or which.search(text, 0, start)):
                    found.setdefault(match.start("head"), _law(passage, match, _owner(place)))
        states = [place for place in known if place.type == "Jurisdiction" and place.hint("level") == "State"]
        for pattern in (STATES_OWN, TOLD, SANCTUARY_BAN):
            for match in pattern.finditer(text):
                found.setdefault(match.start("head"), _law(passage, match, _state_before(passage, match, states)))
        for _, law in sorted(found.items()):
            if law.hint("law") and not any(law.span.overlaps(other.span) for other in known):
                yield law


def about(words: str) -> str | None:
    """Return what a law is about, of the words before its noun: the telling ones; None for a field of law or another clause.

    >>> about("tough new immigration "), about("controversial "), about("election "), about("would sign a ")
    ('immigration', '', None, None)
    """
    told = [re.sub(r"[“”\"‘’,]", "", word) for word in words.split()]
    while told and (told[0].lower() in ADJECTIVES or told[0].isdigit() or told[0].endswith(("-old", "est"))):
        told.pop(0)
    if any(word.lower() in ADJECTIVES | OTHER_CLAUSE for word in told):
        return None
    if len(told) == 1 and told[0].lower() in BODIES_OF_LAW:
        return None
    return " ".join(told)


def _owner(place: Mention) -> dict[str, str]:
    hints = {"place": place.hint("name") or place.text}
    for name, hint in (("within", "state"), ("level", "place_level")):
        value = place.hint(name)
        if value:
            hints[hint] = value
    return hints


def _state_before(passage: Passage, match: re.Match[str], states: Sequence[Mention]) -> dict[str, str]:
    """Return the state that the sentence names last before a law: "Iowa Gov. Jane Roe signed a sanctuary ban"."""
    here = passage.start + match.start("head")
    begin = max((end for end in _sentence_starts(passage) if end <= here), default=passage.start)
    before = [state for state in states if begin <= state.span.start < here]
    return _owner(before[-1]) if before else {}


def _sentence_starts(passage: Passage) -> list[int]:
    return [passage.start + int(sentence.start_char) for sentence in passage.sentences()]


def _law(passage: Passage, match: re.Match[str], owner: dict[str, str]) -> Mention:
    topic = about(match["about"])
    bare = topic == "" and "place" in owner and match["head"] in BARE
    hints = {**owner, **({"law": f"{topic} {match['head']}".strip()} if topic or bare else {})}
    start, end = match.span("head")
    return Mention(
        Span(passage.start + start, passage.start + end), match["head"], HEADS[match["head"]], FOUND_BY, MentionKind.NOMINAL,
        hints=tuple(sorted(hints.items())),
    )  # fmt: skip


def speaks_of_law(token: Token) -> bool:
    """Tell whether a word may mean a law spoken of before: a part of one, or an "it" that somebody upholds, blocks or signs."""
    if token.lemma_.lower() in PLANKS:
        return not any(child.dep_ in {"nmod", "nmod:poss"} for child in token.children)
    if token.lower_ != "it":
        return False
    verb = token.head
    if verb.lemma_.lower() in JUDGING and token.dep_ in OBJECT:
        return True
    if token.dep_ == "nsubj:pass":
        return verb.lemma_ in DECIDING
    if token.dep_.startswith("nsubj"):
        return verb.dep_ in {"xcomp", "ccomp"} and verb.head.lemma_ in DECIDING
    return verb.lemma_ in DECIDING


def law_before(token: Token, read: ReadPassage) -> Mention | None:
    """Return the only law that the sentence names before a word; where it names none, the only one of the sentence before."""
    if token.lower_ == "it" and token.head.lemma_.lower() in JUDGING - DECIDING:
        return _law_just_spoken_of(token, read)
    here = read.passage.start + token.idx
    sentences = [token.sent]
    if token.sent.start > 0:
        sentences.append(token.doc[token.sent.start - 1].sent)
    for sentence in sentences:
        laws = [m for m in read.mentions_in(sentence) if m.span.end <= here and m.type in LAWS]
        if laws:
            return laws[0] if len({mention.key or mention.text for mention in laws}) == 1 else None
    return None


def _law_just_spoken_of(pronoun: Token, read: ReadPassage) -> Mention | None:
    """Return the law that "it" means as an object: the last subject or object of one thing before it, if that is a law.

    Subjects that judge, people and bodies, are passed over; the search ends with the sentence before.
    """
    begin = pronoun.sent.start
    begin = pronoun.doc[begin - 1].sent.start if begin else 0
    doers = {subject.i for subject in agents(pronoun.head)}
    for word in reversed(pronoun.doc[begin : pronoun.i]):
        if word.dep_ not in SUBJECT | SUBJECT_PASSIVE | OBJECT or word.i in doers or word.pos_ == "PRON":
            continue
        meant = read.index.at(word)
        if meant is not None and meant.type in LAWS:
            return meant
        acts = word.dep_ in SUBJECT and meant.type in ACTORS if meant is not None else word.pos_ == "PROPN"
        if not acts and word.tag_ not in {"NNS", "NNPS"}:
            return None
    return None
