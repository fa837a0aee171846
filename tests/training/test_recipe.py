"""The recipe in small: reading corpora, renaming, and a training run of a few steps on sentences of our own."""

import random
import zipfile
from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

from training.assemble import assemble, write_pipeline
from training.conllu import group, paragraphs, read_sentences, to_doc
from training.download import gmb_columns, open_genres, people_table, read_corpora
from training.entities import CROSSNER, WIKI, Passage, _bio_spans, print_words, read_columns, read_gum
from training.names import Cast, Names, fill_templates, headline, substitute
from training.prepare import augment, corpora_folder, entity_doc
from training.train import FOLDER, train_config

NAMES = Names(
    people=["Ana Ruiz", "Omar P. Bell"],
    states=["Ohio", "Oregon"],
    cities=["Lima", "Salem"],
    counties=["Polk County"],
    lands=["Finland"],
    abroad=["Brno"],
    committees=["House Committee on Rules"],
)
CONLLU = """\
# newdoc id = own_news_1
# sent_id = 1
1\tMayor\tmayor\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t_\tEntity=(1-person-new-nnnnn-cf1-1-sgl
2\tRuiz\tRuiz\tPROPN\tNNP\tNumber=Sing\t1\tflat\t_\tEntity=1)
3-4\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
3\tdid\tdo\tAUX\tVBD\tTense=Past\t4\taux\t_\t_
4\tn't\tnot\tPART\tRB\tPolarity=Neg\t0\troot\t_\t_
5\tagree\tagree\tVERB\tVB\tVerbForm=Inf\t4\txcomp\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# sent_id = 2
1\tLima\tLima\tPROPN\tNNP\tNumber=Sing\t2\tnsubj\t_\tEntity=(2-place-new-nnnnn-cf1-1-sgl)
2\tpaid\tpay\tVERB\tVBD\tTense=Past\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "own.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return path


def test_treebank_sentences_print_as_they_were_written(treebank: Path) -> None:
    sentences = list(read_sentences(treebank))
    doc = to_doc(spacy.blank("en").vocab, sentences)
    assert doc.text.strip() == "Mayor Ruiz didn't agree. Lima paid."
    assert [token.head.text for token in doc][:3] == ["n't", "Mayor", "n't"]
    assert [sentence.text for sentence in doc.sents] == ["Mayor Ruiz didn't agree.", "Lima paid."]
    assert [token.dep_ for token in doc if token.head == token] == ["ROOT", "ROOT"]


def test_groups_keep_order_and_lose_nothing(treebank: Path) -> None:
    sentences = list(read_sentences(treebank)) * 5
    groups = list(group(sentences, longest=3, seed=1))
    assert [sentence for batch in groups for sentence in batch] == sentences
    assert max(len(batch) for batch in groups) <= 3


def test_paragraphs_begin_where_the_treebank_says(tmp_path: Path) -> None:
    path = tmp_path / "own.conllu"
    marked = CONLLU.replace("# sent_id = 2", "# newpar\n# sent_id = 2")
    path.write_text(CONLLU + marked, encoding="utf-8")
    sizes = [len(batch) for batch in paragraphs(read_sentences(path))]
    assert sizes == [2, 1, 1]  # a new document begins a paragraph too


def test_gum_names_leave_the_title_out(treebank: Path) -> None:
    found = [(p.text[a:b], label) for p in read_gum(treebank) for a, b, label in p.spans]
    assert found == [("Ruiz", "PERSON"), ("Lima", "PLACE")]


def test_gum_groups_are_no_persons(treebank: Path) -> None:
    groups = CONLLU.replace("Ruiz\tRuiz\tPROPN\tNNP\t", "Texans\tTexan\tPROPN\tNNPS\t").replace(
        "Mayor\tmayor\tPROPN", "Most\tmost\tADJ"
    )
    treebank.write_text(
        groups.replace("4\tnsubj\t_\tEntity=(1", "2\tamod\t_\tEntity=(1").replace("1\tflat", "4\tnsubj"),
        encoding="utf-8",
    )
    assert [p.text[a:b] for p in read_gum(treebank) for a, b, _ in p.spans] == ["Lima"]


@pytest.mark.parametrize(
    ("tags", "labels", "spans"),
    [
        (["B-PER", "I-PER", "O"], WIKI, [(0, 2, "PERSON")]),
        (["I-LOC", "O", "I-ORG"], WIKI, [(0, 1, "PLACE"), (2, 3, "ORG")]),
        (["B-LOC", "B-LOC"], WIKI, [(0, 1, "PLACE"), (1, 2, "PLACE")]),
        (["B-politician", "B-election", "I-election"], CROSSNER, [(0, 1, "PERSON")]),
        (["O", "B-MISC"], WIKI, []),
    ],
)
def test_tags_become_spans(tags: list[str], labels: dict[str, str], spans: list) -> None:
    assert _bio_spans(tags, labels) == spans


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("She 's in Lima , Ohio .", "She's in Lima, Ohio."),
        ('He said " no " twice', 'He said "no" twice'),
        ("It ( the bill ) cost $ 5", "It (the bill) cost $5"),
    ],
)
def test_words_are_printed_with_the_usual_spaces(words: str, text: str) -> None:
    assert print_words(words.split(), [], "d").text == text


def test_columns_are_read_with_spans_on_the_printed_words(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("In O\nthe B-LOC\nUnited I-LOC\nStates I-LOC\n, O\nBell B-PER\nwon O\n\nNo O\n", encoding="utf-8")
    first, second = read_columns(path, WIKI)
    assert [(first.text[a:b], label) for a, b, label in first.spans] == [("United States", "PLACE"), ("Bell", "PERSON")]
    assert (second.text, second.spans) == ("No", ())


def test_renaming_keeps_labels_and_the_words_between() -> None:
    passage = Passage(
        "Jan Novak of Brno, Moravia met Novak.",
        ((0, 9, "PERSON"), (13, 17, "PLACE"), (19, 26, "PLACE"), (31, 36, "PERSON")),
        "d",
    )
    pools = {*NAMES.people, "Ruiz", "Bell"}
    for seed in range(40):
        changed = substitute(passage, Cast(NAMES, random.Random(seed)))
        assert "Novak" not in changed.text and " of " in changed.text
        spans = [(changed.text[a:b], label) for a, b, label in changed.spans]
        assert {text for text, label in spans if label == "PERSON"} <= pools
        assert all(text == text.strip() for text, _ in spans)


def test_names_abroad_leave_people_theirs() -> None:
    passage = Passage("Jan Novak left the ODS in Brno.", ((0, 9, "PERSON"), (19, 22, "ORG"), (26, 30, "PLACE")), "d")
    parties, places = set(), set()
    for seed in range(60):
        changed = substitute(passage, Cast(NAMES, random.Random(seed), abroad=True))
        person, party, place = ((changed.text[a:b], label) for a, b, label in changed.spans)
        assert person == ("Jan Novak", "PERSON") and changed.text.startswith("Jan Novak left the ")
        parties.add(party[0])
        places.add(place[0])
    assert {"ODS", "Brno"} <= parties | places and len(parties) > 20
    assert any("Finland" in party for party in parties) and any(party.isupper() and party != "ODS" for party in parties)
    assert not [party for party in parties if "{" in party]


def test_headline_case_leaves_the_spans_in_place() -> None:
    passage = Passage("mayor of Lima sues", ((9, 13, "PLACE"),), "d")
    assert headline(passage, upper=False).text == "Mayor of Lima Sues"
    assert headline(passage, upper=True).text == "MAYOR OF LIMA SUES"


def test_templates_fill_without_leftovers_and_alike_each_time() -> None:
    passages = list(fill_templates(NAMES, copies=2, seed=3))
    assert passages == list(fill_templates(NAMES, copies=2, seed=3))
    assert not any("{" in passage.text for passage in passages)
    assert {label for passage in passages for _, _, label in passage.spans} == {"PERSON", "ORG", "PLACE"}


def test_an_entity_off_the_token_borders_is_unknown_not_absent() -> None:
    doc = entity_doc(spacy.blank("en"), Passage("Limawards to Salem", ((0, 4, "PLACE"), (13, 18, "PLACE")), "d"))
    assert [ent.text for ent in doc.ents] == ["Salem"]
    assert doc[0].ent_iob_ == "" and doc[1].ent_iob_ == "O"


def test_download_keeps_the_open_genres_only(tmp_path: Path) -> None:
    source, target = tmp_path / "all.conllu", tmp_path / "open.conllu"
    source.write_text("# newdoc id = GUM_fiction_x\n1\tNo\n\n# newdoc id = GUM_news_y\n1\tYes\n\n", encoding="utf-8")
    open_genres(source, target)
    assert target.read_text(encoding="utf-8") == "# newdoc id = GUM_news_y\n1\tYes\n\n"


def test_download_flattens_people_and_leaves_committees_out(tmp_path: Path) -> None:
    for folder, text in (
        ("legislature", "id: p1\nname: Ana Ruiz\nfamily_name: Ruiz\n"),
        ("committees", "id: c1\nname: Rules\n"),
    ):
        (tmp_path / "data" / "oh" / folder).mkdir(parents=True)
        (tmp_path / "data" / "oh" / folder / "one.yml").write_text(text, encoding="utf-8")
    people_table(tmp_path / "data", tmp_path / "people.tsv")
    assert (tmp_path / "people.tsv").read_text(encoding="utf-8").split("\n")[1].strip() == "p1\tAna Ruiz\tRuiz"
    assert "Rules" not in (tmp_path / "people.tsv").read_text(encoding="utf-8")


def test_download_writes_one_word_a_line(tmp_path: Path) -> None:
    table = "Sentence #,Word,POS,Tag\nSentence: 1,They,PRP,O\n,left,VBD,O\nSentence: 2,Fine,JJ,O\n"
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("t.csv", table)
    gmb_columns(tmp_path / "t.zip", tmp_path / "t.iob2")
    assert (tmp_path / "t.iob2").read_text(encoding="utf-8") == "They\tPRP\tO\nleft\tVBD\tO\n\nFine\tJJ\tO\n"


def test_every_corpus_names_its_origin() -> None:
    for corpus in read_corpora():
        assert corpus["repository"].startswith("https://github.com/") and corpus["license"] and corpus["role"], corpus[
            "name"
        ]
        assert corpus["commit"] == "HEAD" or len(corpus["commit"]) == 40, corpus["name"]


def test_missing_corpora_say_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="KG_CORPORA"):
        corpora_folder(tmp_path)


def test_a_few_steps_of_training_give_a_pipeline_that_loads(treebank: Path, tmp_path: Path) -> None:
    blank = spacy.blank("en")
    trees = tmp_path / "ud.spacy"
    DocBin(docs=[to_doc(blank.vocab, list(read_sentences(treebank)))] * 4).to_disk(trees)
    passages = augment({"own": list(read_gum(treebank)) * 4}, NAMES, seed=1)
    named = tmp_path / "ner.spacy"
    DocBin(docs=[entity_doc(blank, passage) for passage in passages]).to_disk(named)
    small = {"training.max_steps": 4, "training.eval_frequency": 4}
    small |= {
        "components.tok2vec.model.embed.include_static_vectors": False,
        "components.tok2vec.model.encode.depth": 1,
    }
    for config, data, extra in (
        ("parser", trees, {"components.parser.min_action_freq": 1, "components.trainable_lemmatizer.min_tree_freq": 1}),
        ("ner", named, {}),
    ):
        paths = {"paths.train": str(data), "paths.dev": str(data)}
        train_config(FOLDER / "configs" / f"{config}.cfg", tmp_path / config, {**small, **extra, **paths})
    shipped = tmp_path / "shipped"
    write_pipeline(assemble(tmp_path / "parser" / "model-last", tmp_path / "ner" / "model-last"), shipped, {})
    doc = spacy.load(shipped)("Lima paid.")
    assert doc.has_annotation("DEP") and doc.has_annotation("TAG") and doc.has_annotation("LEMMA")
    assert str(tmp_path) not in (shipped / "config.cfg").read_text(encoding="utf-8")
