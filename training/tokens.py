"""spaCy's English tokenizer, taught where the treebanks divide words otherwise.

Enters: a pipeline with spaCy's usual tokenizer. Leaves: the same with other rules for hyphens, telephone numbers and
apostrophes; they are saved with the pipeline, so no code of ours is needed to load it. It must not follow the
treebanks into e-mail and chat, whose runs of signs ("!!!") are single words there.
"""

import re

from spacy.attrs import ORTH
from spacy.lang.char_classes import ALPHA, ALPHA_UPPER, HYPHENS
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex

JOINED = (
    "anti", "co", "counter", "cross", "e", "ex", "inter", "intra", "mid", "multi", "non", "over", "post", "pre", "pro",
    "re", "semi", "sub", "un",
)  # fmt: skip
"""What stays in one word with the small letters that follow its hyphen, as in the training split of English UD (nine times of ten or more)."""
TELEPHONE = re.compile(r"(?:1-)?(?:\d{3}-)?\d{3}-\d{4}\Z")
APOSTROPHES = ("`", "´")


def teach_tokenizer(nlp: Language) -> None:
    """Set the rules: "non-citizens" and "555-0123" whole, "COVID-19" and "8–10" in three, "don`t" in two as "don't"."""
    tokenizer = nlp.tokenizer
    if not isinstance(tokenizer, Tokenizer):
        raise TypeError(f"{type(tokenizer).__name__}: only spaCy's rule-based tokenizer can be taught")
    whole = "".join(rf"(?<!\b{form})" for prefix in JOINED for form in (prefix, prefix.title(), prefix.upper()))
    infixes = [each for each in nlp.Defaults.infixes or () if HYPHENS not in each]
    # the hyphen is looked for first, so that all else is looked at beside hyphens only
    infixes.append(rf"(?<=[{ALPHA}0-9])(?=[-–—~]){whole}(?:{HYPHENS})(?=[{ALPHA}])")
    infixes.append(rf"(?<=[{ALPHA}0-9])(?:{HYPHENS})(?=[{ALPHA_UPPER}])")  # "anti-Trump" has a name in it
    infixes.append(rf"(?<=[{ALPHA}])(?<!\bmid)(?<!\bMid)(?:-|–)(?=[0-9])")
    infixes.append(r"(?<=[0-9])–(?=[0-9])")
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    tokenizer.token_match = TELEPHONE.match  # what a saved tokenizer calls
    rules = dict(tokenizer.rules)
    rules.pop("and/or", None)
    for text, words in list(rules.items()):
        for sign in APOSTROPHES if re.fullmatch(r"[a-zA-Z]+'[a-z]+", text) else ():
            rules[text.replace("'", sign)] = [word | {ORTH: word[ORTH].replace("'", sign)} for word in words]
    tokenizer.rules = rules
