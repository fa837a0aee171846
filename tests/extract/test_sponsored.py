"""Bills that their makers tell, over parses built by hand."""

import pytest

from kg.extract.passages import MentionIndex
from kg.extract.sponsored import find_sponsored
from tests.extract.conftest import make_doc, make_mention, make_passage

NAMES = {"Roe": "Person", "Doe": "Person", "Congress": "LegislativeBody", "Grants": "Statute"}
CASES = [
    ("Roe 2 nmod:poss PROPN\n_'s 0 case PART\nbill 3 nsubj NOUN.NN\nfailed 3 ROOT VERB fail", ["Roe bill"]),
    ("the 2 det DET\nRoe 2 compound PROPN.NNP\namendment 3 nsubj NOUN.NN\nfailed 3 ROOT VERB fail", ["Roe amendment"]),
    ("Roe 1 nsubj PROPN\nintroduced 1 ROOT VERB introduce\nlegislation 1 obj NOUN.NN", ["Roe bill"]),
    ("a 1 det DET\nplan 6 nsubj NOUN.NN\noffered 1 acl VERB.VBN offer\nby 4 case ADP\nRoe 2 obl:agent PROPN\nand 4 cc CCONJ\nfailed 6 ROOT VERB fail", ["Roe plan"]),
    ("a 1 det DET\nbill 7 nsubj NOUN.NN\nwritten 1 acl VERB.VBN write\nby 4 case ADP\nRoe 2 obl:agent PROPN\nand 6 cc CCONJ\nDoe 4 conj PROPN\nfailed 7 ROOT VERB fail", ["Roe-Doe bill"]),
    ("the 5 det DET\nPoe 5 compound PROPN.NNP\n_- 3 punct PUNCT\n_Vale 5 compound PROPN.NNP\nborder 5 compound NOUN.NN\nbill 6 nsubj NOUN.NN\nfailed 6 ROOT VERB fail", ["Poe-Vale bill"]),
    ("the 5 det DET\nTrans 5 compound PROPN.NNP\n_- 3 punct PUNCT\n_Pacific 5 compound PROPN.NNP\ntrade 5 compound NOUN.NN\nplan 6 nsubj NOUN.NN\nfailed 6 ROOT VERB fail", []),
    ("Roe 1 nsubj PROPN\nread 1 ROOT VERB read\nthe 3 det DET\nbill 1 obj NOUN.NN", []),
    ("Roe 2 nmod:poss PROPN\n_'s 0 case PART\nplan 3 nsubj NOUN.NN\nfailed 3 ROOT VERB fail", []),
    ("Roe 3 nmod:poss PROPN\n_'s 0 case PART\nphone 3 compound NOUN.NN\nbill 4 nsubj NOUN.NN\nrose 4 ROOT VERB rise", []),
    ("Congress 2 nmod:poss PROPN\n_'s 0 case PART\nbill 3 nsubj NOUN.NN\nfailed 3 ROOT VERB fail", []),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "told"), CASES)
def test_bill_by_its_makers(rows: str, told: list[str]) -> None:
    passage = make_passage(make_doc(rows))
    text = passage.doc.text
    mentions = [make_mention(text, name, kind) for name, kind in NAMES.items() if name in text]
    found = list(find_sponsored(passage, MentionIndex(passage, mentions), {m.span: m for m in mentions}))
    assert [f"{mention.hint('sponsor')} {mention.hint('noun')}" for mention in found] == told
    assert all(mention.type == "Bill" for mention in found)


def test_bill_that_the_next_words_name_is_that_law() -> None:
    rows = "Roe 2 nmod:poss PROPN\n_'s 0 case PART\nbill 7 nsubj NOUN.NN\n_, 2 punct PUNCT\nknown 2 acl VERB.VBN know\nas 6 case ADP\nGrants 4 obl PROPN\nfailed 7 ROOT VERB fail"
    passage = make_passage(make_doc(rows))
    text = passage.doc.text
    mentions = [make_mention(text, name, NAMES[name]) for name in ("Roe", "Grants")]
    (bill,) = find_sponsored(passage, MentionIndex(passage, mentions), {m.span: m for m in mentions})
    assert (bill.text, bill.antecedent) == ("bill", mentions[1].span)
