"""Whether words do say that somebody holds an office, and whether still: "is mayor", not "is why Mayor Roe went".

In: a pattern of `kg.extract.office_patterns` that fits a sentence, its title, its body or place. Out: yes or no. Whom an
office serves is not decided here, and nothing is looked up in tables.
"""

import re
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extract.codes import Coded, Item
from kg.extract.passages import Passage
from kg.extract.titles import TitleMatch

PAST = {"was", "were"}
SERVING = {"serve", "act", "work", "continue", "retire", "resign", "take", "over", "down", "office", "stint", "tenure"}
"""What the words before "as" come down to, where somebody serves, takes over or steps down as the holder of an office."""
SEEKING = {"run", "ran", "running", "bid", "campaign", "race", "nominee", "nomination", "nominate", "candidate", "candidacy", "pick", "choice", "compete",
           "contender", "hopeful", "vie", "stand", "consider", "pull", "opponent", "election", "challenger", "aspirant", "replacement", "appoint", "tap"}  # fmt: skip
"""Before "for" or "as" and a title: the office is sought or offered, not held."""
AWAITED = {"would-be", "aspiring", "potential", "prospective", "presumptive", "future", "next", "possible", "hypothetical", "eventual"}  # fmt: skip
CLAUSAL = {"ROOT", "conj", "ccomp", "advcl", "parataxis", "acl:relcl", "relcl"}
UNITS = {"subcommittee", "subpanel", "chapter"}
NAME_FIRST = {"after-name", "after-name-second", "being", "serving", "becoming"}
NO_MORE = {"never", "hardly", "longer", "almost", "nearly", "supposedly"}
"""Words between a form of "be" and a title of one who does not hold the office."""
IRREALIS = {
    "if",
    "unless",
    "once",
    "until",
    "should",
    "whether",
    "would",
    "could",
    "might",
    "wish",
    "imagine",
    "suppose",
}
"""Words before a person of whom an office is only imagined."""
GOING_ON = {
    "leave",
    "left",
    "quit",
    "resign",
    "resigned",
    "go",
    "went",
    "rise",
    "rose",
    "step",
    "stepped",
    "depart",
    "departed",
    "retire",
    "retired",
}
"""Verbs before "to become" and a title that the person did become."""
PREDICATE = {"because", "if", "when", "why", "how", "what", "where", "not", "like", "that"}
"""Words between a form of "be" and a title that begin another clause: "is because President Roe said so"."""


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern that fits somewhere in a sentence."""

    rule: str
    confidence: float
    match: re.Match[str]
    coded: Coded
    person: Item

    def item(self, group: str) -> Item | None:
        return self.coded.item(self.match, group) if group in self.match.re.groupindex else None

    def last(self, group: str) -> Item:
        return self.coded.items[self.match.end(group) - 1]

    def given(self) -> Item | None:
        """Return the body or place that the words give an office; the last one named stands."""
        return next((item for group in ("org4", "org3", "org2", "org") if (item := self.item(group)) is not None), None)

    def behind(self, passage: Passage) -> Item | None:
        """Return the body or place behind the name ("Judge Jane Roe of Ohio"), not one that somebody is sent to."""
        item = self.item("at")
        words = passage.doc[self.person.end : item.start] if item is not None else ()
        return None if any(token.lower_ in {"to", "on", "with"} for token in words) else item

    def has(self, group: str) -> bool:
        return bool(group in self.match.re.groupindex and self.match[group])


def says_so(found: Found, title: Item, given: Item | None, passage: Passage) -> bool:
    """Tell whether the words that a pattern fits do say that the person holds the office."""
    doc, codes, end = passage.doc, found.coded.text, found.match.end()
    verb, have = found.item("be"), found.item("have")
    if have is not None and doc[have.start].lower_ not in {"has", "have", "had", "having"}:
        return False
    if have is not None and any(
        token.lower_ in {"if", "had"} for token in doc[max(0, found.person.start - 2) : found.person.start]
    ):
        return False  # "had Roe been mayor", "if Roe had been mayor"
    lead = doc[max(0, found.person.start - 3) : found.person.start]
    if verb is not None and not IRREALIS.isdisjoint(token.lower_ for token in lead):
        return False  # "if Roe becomes mayor"
    if verb is not None and not (PREDICATE | NO_MORE).isdisjoint(t.lower_ for t in doc[verb.start : title.start]):
        return False
    if found.rule == "then-titled" and "incoming" in doc[max(0, title.start - 3) : title.end].text.split():
        return False  # "the party's incoming leader, Sen. Jane Roe"
    if found.rule == "becoming":
        return _became(found, passage)
    named = found.item("named")
    if named is not None and doc[named.start].lower_ != "named":
        return False
    if found.rule == "serving" and not _serves(found, passage):
        return False
    if given is not None and given.start > title.start and _begins_name(given, found.coded, passage):
        return False
    if given is not None and given.code == "L" and given.start - title.end > 4:
        return False  # "head of the Lawyers for Oregon"
    if found.rule in NAME_FIRST and codes[end : end + 1] == "P" and found.item("org2") is None:
        return False  # "Tom Vale, Mayor Jane Roe and others": the title is the next one's
    if verb is not None and any(token.pos_ == "VERB" for token in doc[verb.end : title.start]):
        return False
    if found.rule == "then-name" and doc[title.start - 1 if not found.has("f") else title.start - 2].lower_ in {
        "a",
        "an",
    }:
        return False  # "they want an interim mayor, Roe said"
    if given is not None and any(token.lower_ in UNITS for token in doc[given.end : given.end + 5]):
        return False  # "chairman of the Energy Committee's power subcommittee" is not the committee's
    if found.rule == "after-name":
        between = doc[found.person.end : title.start]
        verbs = (token for token in between if token.pos_ == "VERB" and token.lower_ != "acting")
        if any(token.dep_ in CLAUSAL for token in verbs) or _new_subject(title, doc):
            return False
    return found.rule == "before-name" or not _not_held(doc, title, given)


def marks(found: Found, passage: Passage, given: Item | None) -> tuple[bool, bool]:
    """Tell whether the words say "former" and whether they say "acting"."""
    letters = [found.match[group] for group in ("f", "f2") if found.has(group)]
    verb = found.item("be")
    past = verb is not None and passage.doc[verb.start].lower_ in PAST and given is None
    served = found.rule == "serving" and not found.has("be")
    return "F" in letters or past or (served and _is_over(found, passage)), "C" in letters


def _serves(found: Found, passage: Passage) -> bool:
    """Tell whether the words before "as" are a verb of holding an office."""
    item = found.last("verb")
    return passage.doc[item.start].lemma_.lower() in SERVING and passage.doc[item.end].lower_ == "as"


def _became(found: Found, passage: Passage) -> bool:
    """Tell whether the words are "left to become" or the like."""
    verb, become = found.item("verb"), found.item("become")
    if verb is None or become is None or passage.doc[become.start].lower_ != "become":
        return False
    said = passage.doc[verb.start : become.start]
    return any({token.lemma_.lower(), token.lower_} & GOING_ON for token in said) and not any(
        token.dep_ == "neg" for token in said
    )


def _is_over(found: Found, passage: Passage) -> bool:
    verb = passage.doc[found.last("verb").start]
    auxiliary = {child.lower_ for child in verb.children if child.dep_.startswith("aux")}
    return verb.tag_ in {"VBD", "VBN"} and not auxiliary & {"has", "have", "is", "'s", "’s"} and verb.lemma_ != "take"


def _not_held(doc: Doc, title: Item, given: Item | None) -> bool:
    """Tell whether an office is only sought, offered or awaited: "ran for mayor", "the pick for secretary", "to be judge"."""
    i = min(title.start, given.start if given is not None else title.start) - 1
    while i >= 0 and (doc[i].pos_ in {"DET", "ADJ", "PART"} and doc[i].lower_ != "to") and doc[i].lower_ not in AWAITED:
        i -= 1
    if i < 0:
        return False
    if doc[i].lower_ in AWAITED:
        return True
    before = doc[max(0, i - 3) : i]
    if doc[i].lower_ in {"for", "as"}:
        return any({token.lemma_.lower(), token.lower_} & SEEKING for token in before)
    return (
        doc[i].lower_ in {"be", "become"} and i > 0 and doc[i - 1].lower_ in {"to", "would", "will", "could", "might"}
    )


def _new_subject(title: Item, doc: Doc) -> bool:
    """Tell whether a title behind a name begins a clause of its own: "According to Roe, the former mayor has left"."""
    head = doc[title.start : title.end].root
    closed = any(token.text in {",", ")", "—", "–"} for token in doc[title.end : head.head.i])
    return head.dep_ in {"nsubj", "nsubj:pass", "nsubjpass"} and not closed


def alike(first: Item, last: Item, passage: Passage) -> bool:
    """Tell whether two titles joined by "and" may be one person's: "president and CEO", not "secretary and Rep."."""
    one, other = passage.doc[first.start].text, passage.doc[last.start].text
    public = last.title is not None and last.title.office.level in {"LegislativeBody", "State", "Municipality"}
    return not other.endswith(".") and (one[:1].isupper() == other[:1].isupper() or other.isupper()) and not public


def located(item: Item) -> bool:
    """Tell whether a place carries its state, so that a comma may follow it: "Washington, D.C., Mayor"."""
    return item.mention is not None and item.mention.hint("within") is not None


def opens(place: Item, title: TitleMatch, doc: Doc) -> bool:
    """Tell whether a state opens the sentence of its own official: "In Ohio, Gov. Jane Roe"."""
    behind = place.start > 0 and doc[place.start - 1].lower_ == "in"
    stately = place.mention is not None and place.mention.hint("level") in {"State", None}
    return behind and stately and any(office.level == "State" for office in title.offices)


def _begins_name(place: Item, coded: Coded, passage: Passage) -> bool:
    """Tell whether a place only begins a name that we do not know: "chief executive of the San Francisco Giants"."""
    number = coded.items.index(place) + 1
    if place.code != "L" or number >= len(coded.items):
        return False
    following = coded.items[number]
    if following.code == "s" and number + 1 < len(coded.items):
        following = coded.items[number + 1]
    word = passage.doc[following.start]
    return following.code == "m" and word.text[:1].isupper() and word.pos_ == "PROPN"
