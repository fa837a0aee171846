"""Whom "he" and "she" mean in parsed sentences: by the part that somebody has in them, and by who cannot be meant."""

import pytest

from kg.extract.pronouns import PronounReader
from kg.reference import Reference
from tests.extract.conftest import make_doc, make_mention, make_passage

CASES = [
    # a subject rather than whoever is named last
    (["Roe 1 nsubj PROPN", "met 1 ROOT VERB", "Poe 1 obj PROPN", "because 5 mark SCONJ", "he 5 nsubj PRON", "lost 1 advcl VERB"], ["Roe", "Poe"], {"he": "Roe"}),
    # never a subject and an object of the same verb
    (["Roe 1 nsubj PROPN", "came 1 ROOT VERB", "and 4 cc CCONJ", "Poe 4 nsubj PROPN", "saw 1 conj VERB", "him 4 obj PRON"], ["Roe", "Poe"], {"him": "Roe"}),
    (["Poe 1 nsubj PROPN", "saw 1 ROOT VERB", "him 1 obj PRON"], ["Poe"], {}),
    # nor somebody whom "he" names
    (["Roe 1 nsubj PROPN", "left 1 ROOT VERB", "and 4 cc CCONJ", "he 4 nsubj PRON", "said 1 conj VERB", "Poe 6 nsubj PROPN", "won 4 ccomp VERB"], ["Roe", "Poe"], {"he": "Roe"}),
    # beside the name, or the subject of the verb
    (["Roe 1 nsubj PROPN", "met 1 ROOT VERB", "Poe 1 obj PROPN", "himself 2 nmod PRON"], ["Roe", "Poe"], {"himself": "Poe"}),
    (["Poe 1 nsubj PROPN", "praised 1 ROOT VERB", "himself 1 obj PRON"], ["Poe"], {"himself": "Poe"}),
    # the subject of the clause owns; the subject of the sentence may stand behind the pronoun
    (["Roe 1 nsubj PROPN", "heard 1 ROOT VERB", "Poe 3 nsubj PROPN", "sold 1 ccomp VERB", "his 5 nmod:poss PRON", "house 3 obj NOUN"], ["Roe", "Poe"], {"his": "Poe"}),
    (["In 2 case ADP", "his 2 nmod:poss PRON", "letter 4 obl NOUN", "Poe 4 nsubj PROPN", "resigned 4 ROOT VERB"], ["Poe"], {"his": "Poe"}),
    # somebody without a name, and a gender that does not fit
    (["Roe 1 nsubj PROPN", "heard 1 ROOT VERB", "a 3 det DET", "driver 4 nsubj NOUN", "swear 1 ccomp VERB", "that 7 mark SCONJ", "he 7 nsubj PRON", "slept 4 ccomp VERB"], ["Roe"], {"he": "Roe"}),
    (["Bob 1 compound PROPN", "Roe 2 nsubj PROPN", "met 2 ROOT VERB", "Ann 4 compound PROPN", "Poe 2 obj PROPN", "because 7 mark SCONJ", "she 7 nsubj PRON", "lost 2 advcl VERB"],
     ["Bob Roe", "Ann Poe"], {"she": "Ann Poe"}),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "names", "meant"), CASES)
def test_pronouns_of_a_parse(rows: list[str], names: list[str], meant: dict[str, str], reference: Reference) -> None:
    doc = make_doc("\n".join(rows))
    passage = make_passage(doc)
    people = [make_mention(doc.text, name, "Person") for name in names]
    found = PronounReader([passage], people, [], reference).read(passage, [])
    spans = {person.span: person.text for person in people}
    assert {mention.text: spans[mention.antecedent] for mention in found if mention.antecedent} == meant
