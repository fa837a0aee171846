"""Indirect speech: "Sessions said that …", the clause that is reported and who is said to have said it.

In: a document, its passages (parsed or not) and its mentions. Out: `ReportedSpeech` in the order of the text. Where a
passage has a dependency parse (Universal Dependencies labels) the subject and the clause come from it; elsewhere, and
in sentences where the parse shows none, from the words alone. It must not report what quotation marks enclose:
`kg.extract.quotations` does that.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.passages import Passage
from kg.extract.quotations import speakers_of
from kg.extract.saying import REPORTING
from kg.extract.speakers import BLOT, Speakers, Voice
from kg.records import Document, Mention, Span

SAYING_LEMMAS = frozenset(
    {
        "accuse", "acknowledge", "add", "admit", "affirm", "agree", "allege", "announce", "argue", "assert", "believe", "caution",
        "charge", "claim", "complain", "concede", "conclude", "confirm", "contend", "counter", "declare", "deny", "disclose",
        "emphasize", "estimate", "explain", "fear", "find", "hold", "indicate", "insist", "lament", "maintain", "mention", "note",
        "observe", "pledge", "point", "predict", "promise", "recall", "reiterate", "remark", "reply", "report", "respond", "reveal",
        "rule", "say", "signal", "state", "stress", "suggest", "tell", "testify", "think", "tweet", "vow", "warn", "write",
    }
)  # fmt: skip
_THAT = re.compile(
    r"(?:\s+(?:reporters|lawmakers|him|her|them|us|me|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3}))?(?:\s+(?:on )?[A-Z][a-z]+day)?\s+that\b\s*"
)
_BARE_CLAUSE = re.compile(
    r"\s+(?=(?:the|an?|he|she|they|it|we|there|this|these|those|his|her|its|their|[A-Z][\w.’'-]+)\s)"
)
_BARE_VERB = re.compile(r"sa(?:id|ys?)\Z|added\Z|believes?\Z")
_TRAILING = re.compile(
    r",\s+(?P<clause>[^,\x01]{2,90}?\b(?:said|says|added|argued|noted|wrote|warned|ruled|announced))\b[^,]{0,60}\Z"
)
_SOURCE = re.compile(r"\b[Aa]ccording to\b")
_TRIM = ' ,;:—–-"“”\u00a0\n'


@dataclass(frozen=True, slots=True)
class ReportedSpeech:
    """A reported clause. `verb` is the reporting verb (or "according to"); `voice` who is said to say it."""

    verb: Span
    clause: Span
    voice: Voice

    def covers(self, span: Span) -> bool:
        """Tell whether a stretch of text lies in what is reported."""
        return self.clause.covers(span)


def find_indirect_speech(
    document: Document, passages: Sequence[Passage], mentions: Sequence[Mention]
) -> list[ReportedSpeech]:
    """Find what is reported to be said, sentence by sentence, with its speaker or the words that describe one."""
    speakers = speakers_of(document, [passage.block for passage in passages], mentions)
    found: dict[tuple[Span, Span], ReportedSpeech] = {}
    for passage in passages:
        for sentence in passage.sentences():
            extent = passage.span(sentence)
            reports = [r for token in sentence for r in _from_parse(passage, token, speakers)] if passage.parsed else []
            for report in reports or _from_words(extent, speakers):
                found.setdefault((report.verb, report.clause), report)
            for report in _from_sources(extent, speakers):
                found.setdefault((report.verb, report.clause), report)
    return sorted(found.values(), key=lambda report: (report.clause, report.verb))


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in _TRIM:
        start += 1
    if text.startswith("that ", start, end):
        start += 5
    while end > start and text[end - 1] in _TRIM + ".":
        end -= 1
    return Span(start, end) if end - start > 3 and set(text[start:end]) - {BLOT, " ", '"', "“", "”"} else None


def _from_parse(passage: Passage, verb: Token, speakers: Speakers) -> Iterator[ReportedSpeech]:
    """Read a verb of saying with a clausal complement, or one that a parenthesis hangs on the clause."""
    if verb.pos_ not in ("VERB", "AUX", "") or (verb.lemma_ or verb.text).lower() not in SAYING_LEMMAS:
        return
    where = passage.token_span(verb)
    if BLOT in where.of(speakers.text):
        return
    subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubj:pass")), None)
    if subject is None and verb.dep_ == "conj":
        subject = next((child for child in verb.head.children if child.dep_ == "nsubj"), None)
    if subject is None or subject.dep_ == "nsubj:pass":
        return
    extents = [_subtree(passage, child) for child in verb.children if child.dep_ == "ccomp"]
    if not extents and verb.dep_ == "parataxis":
        inside = _subtree(passage, verb)
        whole = _subtree(passage, verb.head)
        extents = [Span(whole.start, inside.start) if inside.end >= whole.end - 2 else whole]
    for extent in extents:
        clause = _trimmed(speakers.text, extent.start, extent.end)
        voice = _voice(passage, subject, speakers)
        if clause is not None and voice is not None:
            yield ReportedSpeech(where, clause, voice)


def _subtree(passage: Passage, token: Token) -> Span:
    first, last = token.left_edge, token.right_edge
    return Span(passage.token_span(first).start, passage.token_span(last).end)


def _voice(passage: Passage, subject: Token, speakers: Speakers) -> Voice | None:
    if subject.lower_ in ("who", "which", "that") and subject.head.dep_.startswith("acl"):
        subject = subject.head.head
    where = passage.token_span(subject)
    if subject.lower_ in ("he", "she", "they", "it"):
        return speakers.pronoun(subject.text, where.start)
    extent = _subtree(passage, subject)
    phrase = Span(
        extent.start, min([extent.end, *(passage.token_span(c).start for c in subject.children if _aside(c))])
    )
    return speakers.named(where, phrase)


def _aside(token: Token) -> bool:
    """Tell whether a dependent of the subject starts an aside: "Ana Ruiz, the mayor", "the mayor who left"."""
    if token.i < token.head.i:
        return False
    first = token.left_edge
    return token.dep_ == "punct" or token.dep_.startswith("acl") or first.is_punct or token.doc[first.i - 1].is_punct


def _from_words(sentence: Span, speakers: Speakers) -> Iterator[ReportedSpeech]:
    """Read "X said that …", "X said the …" and "…, X said" from the words alone."""
    text = speakers.text
    for verb in REPORTING.finditer(text, sentence.start, sentence.end):
        that = _THAT.match(text, verb.end(), sentence.end)
        bare = _BARE_VERB.search(verb[0]) and _BARE_CLAUSE.match(text, verb.end(), sentence.end)
        opening = that or bare
        if not opening:
            continue
        clause = _trimmed(text, opening.end(), sentence.end)
        voice = speakers.subject(sentence.start, verb.start())
        if clause is not None and voice is not None:
            yield ReportedSpeech(Span(*verb.span()), clause, voice)
            return
    stop = sentence.end - len(sentence.of(text)) + len(sentence.of(text).rstrip(" .!?\n"))
    trailing = _TRAILING.search(text, sentence.start, stop)
    clause = _trimmed(text, sentence.start, trailing.start()) if trailing else None
    voice = speakers.after(trailing.start(), stop) if trailing else None
    if trailing and clause and voice:
        yield ReportedSpeech(Span(*trailing.span("clause")), clause, voice)


def _from_sources(sentence: Span, speakers: Speakers) -> Iterator[ReportedSpeech]:
    """Read "…, according to X" and "According to X, …": the rest of the sentence is what the source says."""
    text = speakers.text
    for source in _SOURCE.finditer(text, sentence.start, sentence.end):
        voice = speakers.after(source.start(), sentence.end)
        if source.start() - sentence.start < 3:
            comma = text.find(", ", source.end(), sentence.end)
            clause = _trimmed(text, comma + 1, sentence.end) if comma >= 0 else None
        else:
            clause = _trimmed(text, sentence.start, source.start())
        if clause is not None and voice is not None:
            yield ReportedSpeech(Span(*source.span()), clause, voice)
