"""What a word of praise or blame is said of, and whether the clause means it: subjects, owners, denials, obligations.

What enters are tokens of a parse; what leaves are tokens and yes or no. A word is said of its subject, its owner, or the
noun that it modifies; where the speaker is its subject ("we will fight…"), of its object. It knows no mentions and no relation.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.syntax import (
    CONDITIONAL_MARKS,
    OBJECT,
    ONLY,
    POSSESSIVE,
    RELATIVE,
    SAYING,
    SUBJECT,
    SUBJECT_PASSIVE,
    agents,
    is_passive,
    patients,
    preposition,
    status_of,
)
from kg.records import Status

DOING = frozenset(
    [
        "be", "become", "cause", "commit", "pose", "represent", "constitute", "spread", "create", "show", "launch", "make", "bring", "spew",
        "inflict", "promote", "sow", "amount", "use", "continue", "engage", "do", "mount", "lead", "peddle", "display",
        "pursue", "issue", "adopt", "enact", "impose", "conduct", "wage", "perpetrate", "tell", "send", "remain",
    ]
)  # fmt: skip
"""Verbs whose subject is blamed with their object: "the rule causes harm"; not so "they condemned the attack"."""
PRAISED_FOR_DOING = frozenset(["be", "do", "become", "remain", "make", "show", "demonstrate", "prove"])
"""The same for praise: "she has done a great job"; not so "he has great power"."""
SEEMING = frozenset(
    ["make", "seem", "appear", "look", "sound", "become", "remain", "get", "grow", "turn", "render", "leave", "keep"]
)
"""Verbs whose subject is or causes what an adjective behind them says: "the law makes us safer"."""
TRYING = frozenset(
    ["try", "seek", "want", "continue", "attempt", "threaten", "plan", "intend", "begin", "start", "choose", "decide", "look", "aim"]
)  # fmt: skip
"""Verbs whose subject also does what stands with "to" behind them."""
REPORTING = SAYING | {
    "stress",
    "emphasize",
    "lament",
    "think",
    "fear",
    "feel",
    "explain",
    "reply",
    "respond",
    "counter",
    "caution",
    "point",
    "predict",
    "conclude",
    "retort",
    "quip",
    "joke",
    "fume",
    "concede",
    "acknowledge",
    "admit",
    "opine",
    "remark",
    "observe",
    "reiterate",
    "affirm",
}
SURE = {"confident", "convinced", "adamant", "certain"}
"""Adjectives whose clause is what their subject thinks: "he is convinced that…"."""
FIRST_PERSON = {"we", "i", "us", "our"}
OBLIGING = {"should", "must", "ought"}
OBLIGING_VERBS = {"need", "ought", "have"}
DENYING = {"no", "not", "n't", "n’t", "never", "neither", "nor", "hardly", "without", "zero", "little", "lack"}
THINKING = {"think", "believe", "expect"}
EFFORTS = frozenset(
    ["effort", "attempt", "bid", "campaign", "push", "move", "plan", "scheme", "plot", "ploy", "drive", "crusade", "mission", "decision", "quest", "proposal"]
)  # fmt: skip
"""What somebody makes to do the harm that stands with "to" behind it."""
FINDINGS = frozenset(
    ["demonstrate", "show", "prove", "establish", "plead", "allege", "satisfy", "win", "pass", "reach", "get", "secure", "garner", "gain", "receive"]
)  # fmt: skip
"""What nobody is blamed for failing to do: a court finds it, or a vote was lost."""
MAKING = frozenset(
    ["announce", "introduce", "propose", "unveil", "issue", "sign", "make", "take", "promise", "adopt", "push", "order", "impose", "implement",
     "write", "release", "create", "pursue", "hand", "deliver", "design", "devise", "champion", "lead", "offer", "launch", "put", "run",
     "float", "outline", "present", "pitch", "craft", "author", "detail", "roll", "lay"]
)  # fmt: skip
"""Verbs whose doer stands behind what they make."""
DISMISSING = {"reject", "dispute", "refute", "rebut", "debunk"}
"""Verbs whose subject does not hold what stands below them."""
UNTRUE = {"false", "wrong", "untrue", "nonsense", "ridiculous", "absurd", "ludicrous", "baseless", "unfounded", "lie", "myth", "unfair", "preposterous"}  # fmt: skip
"""What a claim is called that is not believed."""
HAVING = DOING | {"have", "take", "give", "get", "hold", "seem", "appear"}
"""Verbs whose denial denies their object: "he does not have the courage"."""


def is_meant(cue: Token) -> bool:
    """Tell whether a word is neither denied nor left open where it stands, nor made the less: "we are less safe"."""
    if any(child.lower_ == "less" and child.dep_ == "advmod" for child in cue.children):
        return False
    if cue.lemma_.lower() == "fail" and any(c.dep_ == "xcomp" and c.lemma_.lower() in FINDINGS for c in cue.children):
        return False
    if _presupposed(cue):
        return True
    return status_of(cue, irrealis_counts=False) is Status.ASSERTED and not _doubted(cue)


def _presupposed(cue: Token) -> bool:
    """Tell whether a word is taken for granted, whatever is denied of its noun: "this reckless order will not stop us"."""
    noun = cue.head
    return (
        cue.dep_ == "amod"
        and noun.dep_ in SUBJECT | SUBJECT_PASSIVE
        and (noun.head.dep_ in {"ROOT", "conj", "parataxis"} or noun.head.head.lemma_.lower() in REPORTING)
        and any(child.lower_ in {"this", "these"} or child.dep_ in POSSESSIVE for child in noun.children)
    )


def is_denied(cue: Token) -> bool:
    """Tell whether a good is denied once: "is not serious", "doesn't have the courage", "I don't think they care"."""
    chain = [cue]
    while chain[-1].head != chain[-1] and (
        (chain[-1].dep_ in OBJECT | {"xcomp", "obl"} and chain[-1].head.lemma_.lower() in HAVING)
        or (chain[-1].dep_ == "ccomp" and chain[-1].head.lemma_.lower() in THINKING)
    ):
        chain.append(chain[-1].head)
    denials = [
        child
        for word in chain
        for child in word.children
        if child.lower_ in DENYING
        and child.i < cue.i
        and child.dep_ in {"advmod", "neg", "det", "aux", "amod", "case", "mark"}
        and not (child.i + 1 < len(child.doc) and child.nbor(1).lower_ in ONLY)
    ]
    asked = cue.sent.text.rstrip("\"”’' ").endswith("?")
    return len(denials) == 1 and not asked and not _doubted(chain[-1])


def is_due(cue: Token) -> bool:
    """Tell whether somebody ought to do what a word says: "he should resign", "they need to stop"."""
    if any(child.lower_ in OBLIGING and child.dep_ == "aux" for child in cue.children):
        return True
    return cue.dep_ == "xcomp" and cue.head.lemma_.lower() in OBLIGING_VERBS and cue.nbor(-1).lower_ == "to"


def haver(cue: Token) -> list[Token]:
    """Return who has, or is denied to have, what a word names: "he" in "he does not have the courage"."""
    head = cue.head
    if cue.dep_ in OBJECT | {"xcomp", "obl"} and head.lemma_.lower() in HAVING:
        return subjects_of(head)
    return []


def _doubted(cue: Token) -> bool:
    """Tell whether a clause above a word of blame takes it back: "they could not prove that he obstructed…"."""
    claimed = False
    for word in (cue, *cue.ancestors):
        claimed = claimed or any(child.dep_ == "mark" and child.lower_ == "that" for child in word.children)
        if claimed and word.dep_ in SUBJECT and _called_false(word.head):
            return True  # "the rap that he won't enforce the law is false"
    tried = False
    for ancestor in cue.ancestors:
        tried = tried or (ancestor.lemma_.lower() in EFFORTS and ancestor.pos_ == "NOUN")
        if ancestor.lemma_.lower() in DISMISSING and ancestor.pos_ == "VERB" and not tried:
            return True  # who rejects an effort to destroy does not say that nobody makes it
        if ancestor.lemma_.lower() in SAYING and ancestor.pos_ == "VERB":
            return status_of(ancestor, irrealis_counts=False) is Status.NEGATED
        if (
            ancestor.pos_ in {"VERB", "AUX", "NOUN", "ADJ"}
            and status_of(ancestor, irrealis_counts=False) is not Status.ASSERTED
        ):
            return True
    return False


def _called_false(predicate: Token) -> bool:
    """Tell whether a predicate calls its subject untrue."""
    return predicate.lemma_.lower() in UNTRUE and any(child.dep_ == "cop" for child in predicate.children)


def is_supposed(cue: Token) -> bool:
    """Tell whether an "if" stands before a word in its sentence."""
    return any(word.lower_ in CONDITIONAL_MARKS for word in cue.doc[cue.sent.start : cue.i])


def praised(cue: Token) -> Iterator[Token]:
    """Yield the subjects that a word of praise is predicated of: "she is a great leader", "they have done a fine job"."""
    if cue.dep_ == "amod" and cue.lower_ in {"right", "correct", "necessary"}:
        return  # "she will do the right thing"
    noun = cue.head if cue.dep_ == "amod" else cue
    if cue.pos_ in {"VERB", "AUX"}:
        found = [] if is_passive(cue) else subjects_of(cue)
    elif any(child.dep_ == "cop" for child in noun.children):
        found = subjects_of(noun)
    else:
        head = noun.head
        done = head.lemma_.lower() in PRAISED_FOR_DOING and noun.dep_ in OBJECT | {"xcomp"}
        found = subjects_of(head) if done and not is_passive(head) else []
    yield from (subject for subject in found if subject.lower_ not in FIRST_PERSON)


def said_of(cue: Token) -> Iterator[Token]:
    """Yield the words that a word of blame is said of."""
    if cue.lower_.endswith("ly") and cue.dep_ == "advmod" and cue.head.pos_ == "VERB":
        yield from (doer for doer in agents(cue.head) if doer.lower_ not in FIRST_PERSON)
        return  # "we are unfairly targeted by the board", "they illegally took our money"
    if cue.dep_ == "acl" and cue.head.lemma_.lower() in EFFORTS and any(child.lower_ == "to" for child in cue.children):
        yield cue.head  # "the board's effort to undermine…"
        return
    first = cue.head if cue.dep_ == "conj" and cue.head.tag_ == "VBG" else cue
    if cue.tag_ == "VBG" and preposition(first) == "for":
        return  # "he blamed her for failing" says it of her
    if cue.pos_ == "VERB" and is_passive(cue) and cue.dep_ != "amod":
        yield from agents(cue)  # who is bullied is not blamed
        return
    if cue.dep_ in RELATIVE and any(child.tag_ in {"WDT", "WP"} for child in cue.children):
        yield cue.head  # "her policies that hurt…"
        if cue.head.dep_ in OBJECT and cue.head.head.lemma_.lower() in DOING:
            yield from (subject for subject in subjects_of(cue.head.head) if subject.lower_ not in FIRST_PERSON)
        return
    if cue.dep_ == "case" or (cue.pos_ == "ADP" and cue.dep_ == "advmod"):
        cue = cue.head  # "they are out of touch"
    subjects = subjects_of(cue) or _who_tries(cue)
    if any(subject.lower_ in FIRST_PERSON for subject in subjects):
        yield from patients(cue)
        yield from (
            child for child in cue.children if child.dep_ == "obl" and preposition(child) in {"against", "from"}
        )
        return
    yield from subjects
    if cue.pos_ in {"NOUN", "PROPN"}:
        yield from (child for child in cue.children if child.dep_ in POSSESSIVE)
        yield from (
            child
            for child in cue.children
            if child.dep_ in {"compound", "nmod"} and (child.i < cue.i or preposition(child) in {"by", "of", "from"})
        )
        yield from (
            below
            for child in cue.children
            if child.dep_ == "nmod" and child.i > cue.i
            for below in child.children
            if below.dep_ == "nmod" and preposition(below) == "by"
        )  # "an attack on our cities by the board"
        head = cue.head
        doing = head.lemma_.lower() in DOING
        if not subjects and head != cue and (cue.dep_ == "xcomp" or (doing and cue.dep_ in OBJECT | {"obl"})):
            yield from (subject for subject in subjects_of(head) if subject.lower_ not in FIRST_PERSON)
    elif (cue.pos_ == "ADJ" and cue.dep_ == "xcomp" and cue.head.lemma_.lower() in SEEMING) or _made_so(cue):
        yield from (subject for subject in subjects_of(cue.head) if subject.lower_ not in FIRST_PERSON)
    elif cue.dep_ == "amod":
        noun = cue.head
        yield noun
        yield from (subject for subject in subjects_of(noun) if subject.lower_ not in FIRST_PERSON)
        if noun.dep_ in OBJECT and noun.head.lemma_.lower() in DOING:
            yield from (subject for subject in subjects_of(noun.head) if subject.lower_ not in FIRST_PERSON)


def makers(noun: Token) -> list[Token]:
    """Return who made what a noun names: "the policies announced by the board", "the steps that the board has taken"."""
    return [
        maker
        for verb in noun.children
        if verb.dep_ in RELATIVE | {"acl"} and verb.lemma_.lower() in MAKING
        for maker in agents(verb)
        if maker != noun and maker.lower_ not in FIRST_PERSON
    ]


def _made_so(cue: Token) -> bool:
    """Tell whether a word says what somebody makes of an object: "the act makes us safer", an adverb to some parses."""
    verb = cue.head
    if verb.lemma_.lower() not in {"make", "keep", "leave", "render"} or cue.dep_ not in {"xcomp", "advmod"}:
        return False
    return any(child.dep_ in OBJECT and verb.i < child.i < cue.i for child in verb.children)


def _who_tries(cue: Token) -> list[Token]:
    """Return who is "trying to bully" somebody, whatever the parser took the words behind "to" for."""
    if cue.i < 2 or cue.nbor(-1).lower_ != "to" or cue.nbor(-2).lemma_.lower() not in TRYING:
        return []
    return subjects_of(cue.nbor(-2))


def subjects_of(token: Token) -> list[Token]:
    """Return the subjects of a word, its own or those that it shares."""
    own = [child for child in token.children if child.dep_ in SUBJECT | SUBJECT_PASSIVE]
    if own:
        return own
    return agents(token) if token.pos_ in {"VERB", "AUX"} else []
