"""Loading of the language pipeline: the shipped one, any installed spaCy pipeline, or a blank one.

What enters is the name of a pipeline; what leaves is a spaCy `Language` whose documents have sentences. A pipeline
that lacks what we need is an error that says so; nothing is downloaded.
"""

from pathlib import Path

import spacy
from spacy.language import Language
from thinc.api import use_ops

from kg.errors import ConfigurationError
from kg.extract.embedding import embed_words_once
from kg.extract.lemmas import add_lemma_check
from kg.extract.sentences import add_sentence_guard
from kg.settings import DEFAULT_MODEL, Settings

LABELS = {
    "PERSON": "Person",
    "PER": "Person",
    "ORG": "Organization",
    "NORP": "Group",
    "GPE": "Place",
    "LOC": "Place",
    "PLACE": "Place",
    "FAC": "Place",
    "LAW": "Law",
}
"""Entity labels of OntoNotes, of CoNLL/WikiNER pipelines and of ours, and what we take them for; others are not used."""


def load_pipeline(settings: Settings) -> Language:
    """Load the pipeline that the settings name; the shipped one by default, a blank one where none is shipped.

    Matrices are multiplied by NumPy's BLAS, about 1.3 times as fast as by BLIS, which comes with spaCy. Raises
    ConfigurationError when the named pipeline is not installed, or sets no sentence boundaries and has no parser to do so.
    """
    with use_ops("numpy", use_blis=False):
        return _load(settings)


def _load(settings: Settings) -> Language:
    if settings.model is None:
        if not (DEFAULT_MODEL / "meta.json").is_file():
            return blank_pipeline()
        return _checked(spacy.load(DEFAULT_MODEL), str(DEFAULT_MODEL))
    if settings.model == "blank":
        return blank_pipeline()
    name = settings.model
    if not spacy.util.is_package(name) and not Path(name).is_dir():
        raise ConfigurationError(
            "this spaCy pipeline is not installed",
            value=name,
            hint="Give the name of an installed pipeline package, the folder of one, or 'blank'",
        )
    return _checked(spacy.load(name), name)


def blank_pipeline() -> Language:
    """Return an English pipeline with a tokenizer and rule-made sentence boundaries only."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def _checked(nlp: Language, name: str) -> Language:
    if not {"parser", "senter", "sentencizer"} & set(nlp.pipe_names):
        raise ConfigurationError(
            "this pipeline finds no sentences",
            place=name,
            value=", ".join(nlp.pipe_names),
            hint="It needs a parser, a senter or a sentencizer",
        )
    add_sentence_guard(nlp)
    add_lemma_check(nlp)
    embed_words_once(nlp)
    return nlp
