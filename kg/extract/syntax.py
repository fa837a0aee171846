"""Walking Universal Dependencies: semantic roles of a predicate, paths from it, and what the clause does with it.

What enters are spaCy tokens of a parsed document; what leaves are tokens and a `Status`. ClearNLP labels (those of the
stock English pipelines) are read as their UD counterparts. Nothing here knows a relation or an entity.

A path is steps joined by ">": `agent`, `subject` (the grammatical one only), `patient`, `obl:to`, `nmod:of|in`, `poss`, `compound`, `xcomp`, `ccomp`, `advcl`, `advmod`, `acl`,
`appos`, `conj`, `head`, `root`, `subtree`, `complement` (any word below but in coordinated and adverbial clauses), `deep:from` (a noun with that preposition anywhere below); `=` adds the lemmas that the reached word must have: `patient=lawsuit,suit>nmod:against`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.records import Status

SUBJECT = {"nsubj", "nsubj:outer", "csubj"}
SUBJECT_PASSIVE = {"nsubj:pass", "nsubjpass", "csubj:pass"}
OBJECT = {"obj", "dobj", "iobj", "dative"}
PREPOSITIONAL = {"obl", "nmod", "advcl", "advmod", "xcomp"}
QUANTIFIERS = {"all", "each", "both", "many", "most", "some"}
POSSESSIVE = {"nmod:poss", "poss"}
CLAUSE = {"xcomp", "ccomp", "advcl", "acl", "acl:relcl", "relcl", "parataxis", "pcomp"}
RELATIVE = {"acl:relcl", "relcl"}
SAYING = frozenset(
    [
        "say",
        "tell",
        "add",
        "argue",
        "claim",
        "note",
        "warn",
        "write",
        "announce",
        "state",
        "declare",
        "insist",
        "contend",
        "allege",
        "suggest",
        "assert",
        "maintain",
        "believe",
        "tweet",
        "charge",
        "complain",
        "testify",
    ]
)
"""Verbs whose clause is what their subject says."""
NEGATIONS = {"not", "n't", "never", "neither", "nor", "hardly", "no", "n’t", "without", "nobody", "none"}
ONLY = {"only", "just", "merely", "simply", "solely"}
BE = {"is", "are", "was", "were", "be", "been", "being", "'s", "’s"}
NEGATIVE_VERBS = {"deny", "refuse", "fail", "decline", "stop", "avoid", "cease", "dispute", "reject", "forbid", "bar"}
IRREALIS_MODALS = {"could", "may", "might", "would", "should", "shall", "will", "'ll", "ca", "can", "must", "wo", "’ll"}
IRREALIS_VERBS = {
    "threaten", "plan", "want", "hope", "expect", "consider", "vow", "promise", "propose", "intend", "seek", "ask", "urge", "try", "attempt",
    "demand", "call", "pledge", "decide", "prepare", "like", "aim", "weigh", "require", "order", "tell", "allow", "wish", "hint",
    "discuss", "mull", "contemplate", "float", "explore", "suggest",
}  # fmt: skip
CONDITIONAL_MARKS = {"if", "unless", "whether"}
CONTROLLING = {
    "ask", "urge", "force", "allow", "order", "tell", "require", "want", "encourage", "get", "permit", "direct", "instruct", "call",
    "clear", "command",
}  # fmt: skip
"""Verbs whose object does what the infinitive behind it says: "they ordered the city to pay"."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: the role, the prepositions it may have, the lemmas that the reached word must have."""

    role: str
    prepositions: frozenset[str] = frozenset()
    lemmas: frozenset[str] = frozenset()


ROLES = {
    "agent",
    "subject",
    "patient",
    "obl",
    "nmod",
    "poss",
    "compound",
    "amod",
    "advmod",
    "xcomp",
    "ccomp",
    "advcl",
    "acl",
    "appos",
    "conj",
    "head",
    "subtree",
    "complement",
    "self",
    "deep",
    "root",
}
_STEP = re.compile(r"(?P<role>[a-z]+)(?::(?P<preps>[a-z_|]+))?(?:=(?P<lemmas>[\w,'-]+))?\Z")


def parse_path(text: str) -> tuple[Step, ...]:
    """Parse a path such as "patient=lawsuit,suit>nmod:against".

    Raises ValueError with what is allowed when a step is not understood.
    """
    steps = []
    for part in text.split(">"):
        match = _STEP.match(part.strip())
        if match is None or match["role"] not in ROLES:
            raise ValueError(
                f"{part.strip()!r} is no step of a path; steps are {', '.join(sorted(ROLES))}, with :prepositions and =lemmas"
            )
        preps = frozenset((match["preps"] or "").replace("_", " ").split("|")) - {""}
        lemmas = frozenset((match["lemmas"] or "").split(",")) - {""}
        steps.append(Step(match["role"], preps, lemmas))
    return tuple(steps)


def follow(token: Token, path: Iterable[Step]) -> list[Token]:
    """Return the tokens that a path leads to, in the order of the text."""
    here = [token]
    for step in path:
        here = [found for start in here for found in _step(start, step)]
        if step.lemmas:
            here = [found for found in here if found.lemma_.lower() in step.lemmas or found.lower_ in step.lemmas]
    return sorted(dict.fromkeys(here), key=lambda found: found.i)


def _step(token: Token, step: Step) -> Iterator[Token]:
    if step.role == "self":
        yield token
    elif step.role == "agent":
        yield from agents(token)
    elif step.role == "subject":
        yield from (_relative_antecedent(child) for child in token.children if child.dep_ in SUBJECT)
    elif step.role == "patient":
        yield from patients(token)
    elif step.role in {"obl", "nmod"}:
        yield from _with_preposition(token, step)
    elif step.role == "poss":
        yield from (child for child in token.children if child.dep_ in POSSESSIVE)
    elif step.role == "compound":
        yield from (
            child
            for child in token.children
            if child.dep_ in {"compound", "nmod", "amod", "nmod:unmarked", "nmod:desc", "flat"} and child.i < token.i
        )
    elif step.role == "deep":
        yield from (
            child
            for child in token.subtree
            if child != token and preposition(child) in step.prepositions and not _in_relative_clause(child, token)
        )
    elif step.role == "acl":
        yield from (child for child in token.children if child.dep_ in {"acl", "acl:relcl", "relcl"})
    elif step.role == "root":
        yield token.sent.root
    elif step.role == "head":
        if token.head != token:
            yield token.head
    elif step.role == "complement":
        for child in token.children:
            if child.dep_ not in {"conj", "advcl", "parataxis"} | SUBJECT:
                yield from child.subtree
    elif step.role == "xcomp":
        yield from (child for child in token.children if _is_complement(child))
    elif step.role == "subtree":
        yield from (child for child in token.subtree if child != token)
    else:
        yield from (
            child for child in token.children if child.dep_ == step.role or child.dep_.split(":")[0] == step.role
        )


def _in_relative_clause(below: Token, above: Token) -> bool:
    """Tell whether a relative clause stands between two words, which says something of another thing."""
    here = below
    while here not in (above, here.head):
        if here.dep_ in RELATIVE:
            return True
        here = here.head
    return False


def preposition(token: Token) -> str:
    """Return the preposition that marks a noun ("such as" for its parts), lowercased; empty when there is none."""
    for child in token.children:
        if child.dep_ in {"case", "mark"} and child.i < token.i:
            more = [part.lower_ for part in child.children if part.dep_ == "fixed"]
            return " ".join([child.lower_, *more])
    if token.dep_ == "pobj":
        return token.head.lower_
    return ""


def _with_preposition(token: Token, step: Step) -> Iterator[Token]:
    for child in token.children:
        target = child
        if child.dep_ in {"prep", "agent"}:  # ClearNLP hangs the noun on the preposition
            objects = [grandchild for grandchild in child.children if grandchild.dep_ == "pobj"]
            if not objects:
                continue
            target = objects[0]
        elif child.dep_ in POSSESSIVE or not (child.dep_.split(":")[0] in PREPOSITIONAL or preposition(child)):
            continue
        if _as_well_as(child):  # "to the department, as well as officials in Chicago"
            yield child
            continue
        if not step.prepositions or preposition(target) in step.prepositions:
            yield target


def _as_well_as(token: Token) -> bool:
    return any(child.dep_ == "cc" and child.lower_ == "as" and child.i < token.i for child in token.children)


def agents(token: Token) -> list[Token]:
    """Return who does what a predicate says: its subject, the "by" of a passive, or a subject shared through the tree."""
    if is_passive(token):
        return [
            child for child in token.children if child.dep_ in {"obl", "obl:agent"} and preposition(child) == "by"
        ] or [grandchild for child in token.children if child.dep_ == "agent" for grandchild in child.children]
    own = [child for child in token.children if child.dep_ in SUBJECT] or [
        child
        for child in token.children
        if child.dep_ == "advmod" and child.lower_ in QUANTIFIERS and child.i == token.sent.start
    ]
    if own:
        return [_relative_antecedent(child) for child in own]
    if token.pos_ == "NOUN" and token.dep_ not in CLAUSE | {"conj"}:
        return [child for child in token.children if child.dep_ in POSSESSIVE] or [
            child for child in token.children if child.dep_ == "nmod" and preposition(child) == "by"
        ]
    return _shared_subject(token)


def _shared_subject(token: Token) -> list[Token]:
    """Find the subject of a verb that has none: from the verb it is coordinated with, controlled by, or modifies."""
    head = token.head
    if head == token:
        return []
    if token.dep_ == "conj" or token.dep_ in {"xcomp", "advcl", "parataxis", "pcomp", "ccomp"}:
        if head.lemma_ in CONTROLLING and _is_complement(token):
            controllers = _controllers(token)
            if controllers:
                return controllers
        if is_passive(head):
            return [_relative_antecedent(child) for child in head.children if child.dep_ in SUBJECT_PASSIVE]
        return agents(head) if head.pos_ in {"VERB", "AUX", "ADJ", "NOUN"} else []
    if token.dep_ in {"acl", "acl:relcl", "relcl"}:
        return [head] if token.tag_ in {"VBG", "VBD", "VBZ", "VBP", "VB"} else []
    return []


def _controllers(infinitive: Token) -> list[Token]:
    """Return whom a verb makes do what its infinitive says: "asked the city to …", "called on the city to …"."""
    head = infinitive.head
    return [child for child in head.children if child.dep_ in OBJECT and child.i < infinitive.i] or [
        child for child in head.children if head.i < child.i < infinitive.i and preposition(child) in {"on", "upon"}
    ]


def _is_complement(clause: Token) -> bool:
    """Tell whether an infinitive is what a verb asks for or allows, whichever clause the parser takes it for."""
    if clause.dep_ == "xcomp":
        return True
    if clause.dep_ != "advcl" or clause.head.lemma_ not in CONTROLLING or not _controllers(clause):
        return False
    return any(child.lower_ == "to" and child.i < clause.i for child in clause.children)


def patients(token: Token) -> list[Token]:
    """Return what a predicate is done to: its object, the subject of a passive, or the noun a participle modifies."""
    if is_passive(token):
        own = [child for child in token.children if child.dep_ in SUBJECT_PASSIVE] or [
            child for child in token.children if child.dep_ in SUBJECT
        ]
        if own:
            return [_relative_antecedent(child) for child in own]
        if token.dep_ == "acl":
            return [token.head]
        if token.dep_ == "conj" and is_passive(token.head):
            return patients(token.head)
        return []
    own = [child for child in token.children if child.dep_ in OBJECT]
    if not own and token.dep_ in RELATIVE and any(child.dep_ in SUBJECT for child in token.children):
        return [token.head]
    return [_relative_antecedent(child) for child in own]


def is_passive(token: Token) -> bool:
    """Tell whether a verb is in the passive, with or without its auxiliary."""
    if any(child.dep_ in {"aux:pass", "auxpass"} or child.dep_ in SUBJECT_PASSIVE for child in token.children):
        return True
    if token.dep_ == "acl" and any(child.dep_ == "obl:agent" for child in token.children):
        return True  # "states led by Oregon", whatever the tag says
    if token.tag_ != "VBN":
        return False
    return token.dep_ == "acl" or (
        any(child.lower_ in BE for child in token.children)
        and any(preposition(child) == "by" for child in token.children)
    )


def _relative_antecedent(token: Token) -> Token:
    """Replace a relative pronoun by the noun that its clause modifies."""
    if token.tag_ in {"WP", "WDT", "WP$"} or token.lower_ in {"who", "which", "that"}:
        for ancestor in token.ancestors:
            if ancestor.dep_ in RELATIVE | {"acl"}:
                return ancestor.head
    return token


def status_of(token: Token, *, irrealis_counts: bool = True) -> Status:
    """Tell what the clause does with a predicate: assert it, negate it, or leave it open (modal, condition, question, plan).

    `irrealis_counts` is off for relations whose very meaning is a possibility (a threat).
    """
    if _negated(token):
        return Status.NEGATED
    if not irrealis_counts:
        return Status.HYPOTHETICAL if _conditional(token) else Status.ASSERTED
    if _irrealis(token) or _conditional(token):
        return Status.HYPOTHETICAL
    return Status.ASSERTED


def _negated(token: Token) -> bool:
    for child in token.children:
        if child.i + 1 < len(child.doc) and child.nbor(1).lower_ in ONLY:
            continue  # "not only" denies nothing
        if child.lower_ in NEGATIONS and child.dep_ in {
            "advmod",
            "neg",
            "cc",
            "cc:preconj",
            "det",
            "aux",
            "mark",
            "case",
        }:
            return True
        if child.lower_ == "longer" and any(part.lower_ == "no" for part in child.children):
            return True
        if child.dep_ in SUBJECT | SUBJECT_PASSIVE and (
            child.lower_ in {"no", "nobody", "none"} or _no_determiner(child)
        ):
            return True
        if child.dep_ in OBJECT and _no_determiner(child):
            return True
    head = token.head
    if head != token and token.dep_ in {"xcomp", "ccomp", "advcl", "acl"}:
        if token.dep_ in {"xcomp", "ccomp"} and head.lemma_ in NEGATIVE_VERBS:
            return not _negated(head)
        if token.dep_ == "xcomp":
            return _negated(head)
    if token.dep_ == "conj" and head.pos_ == token.pos_ and not any(child.dep_ in SUBJECT for child in token.children):
        between = {word.lower_ for word in token.doc[head.i : token.i]}
        return bool(between & {"or", "nor"}) and _negated(head)
    return False


def _no_determiner(noun: Token) -> bool:
    return any(child.lower_ in {"no", "neither"} and child.dep_ in {"det", "neg"} for child in noun.children)


def _irrealis(token: Token) -> bool:
    if any(child.dep_ in {"aux"} and child.lower_ in IRREALIS_MODALS for child in token.children):
        return True
    head = token.head
    if head != token and token.dep_ in {"xcomp", "ccomp", "advcl", "acl", "conj"}:
        if token.dep_ not in {"conj", "advcl"} and head.lemma_ in IRREALIS_VERBS:
            return True
        if token.dep_ == "advcl" and any(child.lower_ == "to" for child in token.children):
            return True
        if token.dep_ == "acl" and any(child.lower_ == "to" for child in token.children):
            return True
        if token.dep_ == "xcomp" and head.lemma_ in {"go", "have", "need", "be", "able", "likely", "ready", "refuse"}:
            return True
        if token.dep_ in {"conj", "xcomp"} and not any(child.dep_ in SUBJECT for child in token.children):
            return _irrealis(head)
    return False


def _conditional(token: Token) -> bool:
    clause = token
    while clause.head != clause and clause.dep_ in {"xcomp", "conj", "aux", "cop", "obj"}:
        clause = clause.head
    if clause.dep_ == "advcl" and any(child.lower_ in CONDITIONAL_MARKS for child in clause.children):
        return True
    if any(child.lower_ == "whether" for child in clause.children):
        return True
    sentence = token.sent
    return sentence.text.rstrip("\"”’' ").endswith("?") and token in list(sentence.root.subtree)
