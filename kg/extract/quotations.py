"""Direct quotations: the quoted words, put together where a reporting clause splits them, and who speaks.

In: a document, its blocks and its mentions. Out: `Quotation`s in the order of the text, `speaker` being the span of a
mention; a speaker without a name is described in words. Scare quotes, titles and fragments under five words are left
out, as are longer fragments that nobody is said to speak. It must not quote words that no mark encloses, but for posts
that are signed with a handle and paragraphs that are announced or set apart as somebody's words.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.acts import Act, is_title, labelled, posted, without_repeats
from kg.extract.article import Block, BlockKind
from kg.extract.displayed import is_displayed
from kg.extract.links import blank_links
from kg.extract.marks import Piece, count_words, even_marks, find_pieces
from kg.extract.saying import FINITE
from kg.extract.speakers import BLOT, PEOPLE, Speakers, Voice
from kg.records import Document, Mention, Quotation, Span

MIN_WORDS = 5
"""A shorter quotation is a scare quote or a title."""
MIN_FRAGMENT = 8
"""A fragment without a reporting clause of its own goes on with the sentence before it if it is that long, in words."""
MAX_CLAUSE = 14
"""A reporting clause that splits one quoted sentence in two is no longer than this, in words."""

_SENTENCE_END = re.compile(r"[.!?…]+[\"”’')\]]*\s+(?=[“\"‘'(\[]*[A-Z0-9\x01])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Gov|Sen|Rep|Reps|Sens|Dr|Mr|Mrs|Ms|Lt|Gen|Col|Sgt|Capt|Atty|Prof|Rev|Hon|Jr|Sr|St|vs|v|No|Co|Corp|Inc|Dept|Ave|Mt"
    r"|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|Calif|Fla|Ariz|Ill|Mass|Conn|Colo|Tenn|Wash|Va|Md|Pa|Ore|Wis|Minn|Mich|Ga|Tex|Ala|Okla)"
    r"|\b[A-Z]|U\.S|D\.C|a\.m|p\.m)\Z"
)
_TITLE = re.compile(r"(?:Gov|Sen|Rep|Reps|Sens|Dr|Mr|Mrs|Ms|Lt|Gen|Col|Sgt|Capt|Atty|Prof|Rev|Hon|vs|v|No|St)\Z")
_TITLED = re.compile(r"\b(?:titled|entitled|[Hh]eadlined|under the (?:headline|title)|so[ -]called)[:,]?\s*\Z")
_OF_TITLES = re.compile(
    r"(?:\b(?:called|dubbed|named|on|in|hosts?|host of|book|film|song|show|program|podcast|column|essay|article|series|headline|title)"
    r"|[’']s?):?,?\s*\Z"
)
_ADDING = re.compile(r",\s+(?:and\s+)?(?:adding|added|continuing|continued)[:,]\s*\Z")
_LATER = re.compile(r"\b(?:later (?:add|said|say|continu|wr)\w+|(?:add|said|say|continu|wr)\w+ later)\b")
_ASIDE = re.compile(r"\s*[—–-]+\s+[^—–;:.,]{2,40}\s+[—–-]+\s*")
_PRONOUN_SAYS = re.compile(
    r"[\s,]*(?:(he|she|they)\s+(?:said|says|added|adds|continued)|(?:said|says|added)\s+(he|she|they))\b"
)
_VERBLESS = re.compile(r"[\s,;—–-]*\Z")


def find_quotations(document: Document, blocks: Sequence[Block], mentions: Sequence[Mention]) -> list[Quotation]:
    """Find the direct quotations of five words or more, each with its speaker.

    The pieces of one speech act are joined by " … ". A paragraph that is nothing but a quotation goes on with the
    speaker of the paragraph before it.
    """
    return _Reader(document, blocks, mentions).quotations()


def speakers_of(document: Document, blocks: Sequence[Block], mentions: Sequence[Mention]) -> Speakers:
    """Make what finds speakers in a document, its quotations blotted out and its sentences cut around them."""
    return _Reader(document, blocks, mentions).speakers


def unnamed_acts(document: Document, blocks: Sequence[Block], mentions: Sequence[Mention]) -> list[Act]:
    """Return the speech acts whose speaker no mention covers."""
    return [
        act for act in _Reader(document, blocks, mentions).acts() if act.voice is not None and act.voice.speaker is None
    ]


class _Reader:
    """Reads one document from front to back; what was said last decides about "he added" and bare quotations."""

    def __init__(self, document: Document, blocks: Sequence[Block], mentions: Sequence[Mention]):
        self.document, self.text = document, even_marks(document.text)
        self.blocks = [b for b in blocks if b.kind not in (BlockKind.BYLINE, BlockKind.DATELINE)]
        self.prose = [b.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) for b in self.blocks]
        self.pieces = [
            [p for p in find_pieces(self.text, n, b.span, self._opens_quoted(n + 1)) if self._may_be_speech(p, b)]
            if self.prose[n] else []
            for n, b in enumerate(self.blocks)
        ]  # fmt: skip
        blotted = list(self.text)
        for block in self.blocks:
            blotted[block.span.start : block.span.end] = blank_links(block.span.of(self.text))
        for piece in (p for row in self.pieces for p in row):
            blotted[piece.inner.start : piece.inner.end] = BLOT * (piece.inner.end - piece.inner.start)
        self.blotted = "".join(blotted)
        self.sentences = [s for n, b in enumerate(self.blocks) if self.prose[n] for s in self._sentences(n, b.span)]
        self._starts = [s.start for s in self.sentences]
        self.speakers = Speakers(self.blotted, self.sentences, mentions)
        self.mentions = mentions

    def _may_be_speech(self, piece: Piece, block: Block) -> bool:
        """Leave out titles and one or two words, but for those that a reporting clause breaks off: “Well,” she said, “…”."""
        lead = self.text[max(block.span.start, piece.outer.start - 60) : piece.outer.start]
        if _TITLED.search(lead) or (_OF_TITLES.search(lead) and is_title(piece.inner.of(self.text).rstrip(" .,?!"))):
            return False
        begins = piece.outer.start == block.span.start or self.text[: piece.outer.start].rstrip()[-1:] in tuple('.!?”"')
        words = piece.inner.of(self.text)
        return piece.open_end or count_words(words) >= 3 or (begins and words.rstrip()[-1:] in tuple(",.!?"))

    def _opens_quoted(self, number: int) -> bool:
        """Tell whether the next prose begins with an opening mark."""
        later = next((n for n in range(number, len(self.blocks)) if self.prose[n]), None)
        return later is not None and self.text[self.blocks[later].span.start] in '“"'

    def quotations(self) -> list[Quotation]:
        """Return what is quoted, in the order of the text."""
        return sorted((self._quotation(act) for act in self.acts()), key=lambda quotation: quotation.span)

    def acts(self) -> list[Act]:
        """Read the blocks in order and return the speech acts that count."""
        acts: list[Act] = []
        for number, block in enumerate(self.blocks):
            if not self.prose[number]:
                acts.extend(labelled(self.text, block, self.mentions))
            elif post := posted(self.text, block, self.mentions):
                self._heard(post)
                acts.append(post)
            elif is_displayed(self.blotted, self.blocks, number):
                acts.append(self._displayed(number))
            else:
                self._read_block(number, acts)
        return [act for act in without_repeats(acts, self.text) if self._counts(act)]

    def _counts(self, act: Act) -> bool:
        first = act.pieces[0]
        led = (
            first.block >= 0
            and self.prose[first.block]
            and re.search(
                r"[^\W\d_],\s*\Z", self.blotted[self._sentence_at(first.outer.start).start : first.outer.start]
            )
        )
        spoken = act.voice is not None or (act.whole and not led)
        if act.pieces[0].block >= 0 and all(is_title(p.inner.of(self.text)) for p in act.pieces):
            return False
        return spoken and sum(count_words(p.inner.of(self.text)) for p in act.pieces) >= MIN_WORDS

    def _quotation(self, act: Act) -> Quotation:
        voice = act.voice or Voice()
        return Quotation(
            self.document.id,
            Span(act.pieces[0].inner.start, act.pieces[-1].inner.end),
            " … ".join(piece.inner.of(self.document.text).strip() for piece in act.pieces),
            voice.speaker,
            voice.described,
        )

    # Sentences -------------------------------------------------------------------------------------------------------

    def _sentences(self, number: int, span: Span) -> Iterator[Span]:
        """Cut a block into sentences; a quotation is never cut, and its own full stop may end the sentence."""
        cuts = {span.start, span.end}
        for match in _SENTENCE_END.finditer(self.blotted, span.start, span.end):
            short = _ABBREVIATION.search(self.blotted, max(match.start() - 8, 0), match.start())
            spoken = any(piece.outer.start == match.end() for piece in self.pieces[number])
            if not short or (spoken and not _TITLE.search(short[0])):
                cuts.add(match.end())
        for piece in self.pieces[number]:
            follow = re.match(r"\s+", self.text[piece.outer.end : span.end])
            if follow and self._ends_sentence(piece) and self._starts_anew(piece.outer.end + follow.end(), span.end):
                cuts.add(piece.outer.end + follow.end())
        ordered = sorted(cuts)
        yield from (Span(a, b) for a, b in pairwise(ordered) if self.blotted[a:b].strip())

    def _ends_sentence(self, piece: Piece) -> bool:
        return self.text[piece.inner.start : piece.inner.end].rstrip(" ’'\"”)")[-1:] in tuple(".!?…—–")

    def _starts_anew(self, at: int, end: int) -> bool:
        """Tell whether a new sentence starts after a quotation's full stop, rather than a clause that reports it."""
        rest = self.blotted[at:end]
        if not re.match(r"[“\"‘'(\[]*[A-Z0-9\x01]", rest):
            return False
        clause = re.match(r"(?:[A-Z][\w.’'-]*\s+){1,6}", rest)
        said = FINITE.match(rest, clause.end()) if clause else None
        if said is None:
            return True
        lively = self.text[:at].rstrip(" ”\"’'")[-1:] in "!?"
        return not lively and not re.match(r"\s*[.,]", rest[said.end() :])

    def _sentence_at(self, at: int) -> Span:
        return self.sentences[max(bisect_right(self._starts, at) - 1, 0)]

    # One paragraph ---------------------------------------------------------------------------------------------------

    def _read_block(self, number: int, acts: list[Act]) -> None:
        row = self.pieces[number]
        previous: Act | None = None
        for piece in row:
            sentence = self._sentence_at(piece.outer.start)
            left_from = max([sentence.start, *(p.outer.end for p in row if p.outer.end <= piece.outer.start)])
            neighbours = [p.outer.start for p in row if p.outer.start >= piece.outer.end]
            right = Span(piece.outer.end, min([sentence.end, *neighbours]))
            lead = self.blotted[left_from : piece.outer.start]
            whole = not self.blotted[sentence.start : piece.outer.start].strip(" (‘'") or bool(
                re.search(r"[,:—–]\s*\Z", lead)
            )
            act = self._continued(previous, piece, sentence, whole)
            if act is None:
                voice = self._voice_of(piece, sentence, right, whole)
                clause = voice is not None
                running = self._running(number, piece, acts)
                signed = self._signed(number, piece) if voice is None and whole and running is None else None
                voice = voice or signed
                if clause and previous is not None and self._broken(previous, piece, sentence):
                    running = previous
                if voice is None and whole and running is None:
                    voice, running = self._from_before(number, piece, acts)
                if running is not None:
                    running.pieces.append(piece)
                    running.voice, running.clause = running.voice or voice, running.clause or clause
                    previous = running
                    continue
                act = Act([piece], voice, whole and self._is_sentence(piece), clause, post=signed is not None)
                acts.append(act)
            else:
                act.pieces.append(piece)
                if right_voice := self._own_clause(right) if act.voice is None else None:
                    act.voice = right_voice
            counts = self._counts(act)
            if counts or act.whole or previous is None:
                previous = act  # what stands between marks in a reporting clause does not end the speech
            if counts:
                self._heard(act)

    def _broken(self, previous: Act, piece: Piece, sentence: Span) -> bool:
        """Tell whether a sentence begins in quotation marks and comes back to them: “We ask” for help “for all,” Ruiz said."""
        first = previous.pieces[0].outer
        between = self.blotted[previous.pieces[-1].outer.end : piece.outer.start]
        opens = previous.voice is None and first.start == sentence.start and count_words(between) <= MAX_CLAUSE
        return opens and not re.search(r"[.!?;:]", between)

    def _heard(self, act: Act) -> None:
        """Remember who spoke last, and where that ended."""
        if act.voice is not None:
            self.speakers.latest, self.speakers.latest_at = act.voice, act.pieces[-1].outer.end
            self.speakers.heard.append(act.voice)

    def _is_sentence(self, piece: Piece) -> bool:
        inner = piece.inner.of(self.text).strip()
        return inner[:1].isupper() or inner[:1] in "[($0123456789…'‘" or inner[:1] == "I"

    def _own_clause(self, right: Span) -> Voice | None:
        if right.start >= right.end:
            return None
        quoted = self.text[: right.start].rstrip("”\"’' ")[-1:]
        return self.speakers.after(right.start, right.end, broken_off=quoted in tuple(",—–-"))

    def _voice_of(self, piece: Piece, sentence: Span, right: Span, whole: bool) -> Voice | None:
        """Look in the sentence: behind the quotation, then before it."""
        before = Span(sentence.start, piece.outer.start)
        has_lead = bool(self.blotted[before.start : before.end].strip(" (‘'\"“" + BLOT))
        if has_lead and re.search(r":\s*\Z", before.of(self.blotted)):
            broken_off = self.text[: piece.inner.end].rstrip()[-1:] == ","
            return (self._own_clause(right) if broken_off else None) or self._announced(before)
        if has_lead and re.search(r",\s*\Z", before.of(self.blotted)):
            ahead = self.speakers.before(before.start, before.end)
            if ahead is not None and ahead.speaker is not None:
                return ahead
        behind = self._own_clause(right)
        if behind is not None and (whole or not has_lead or behind.speaker is not None):
            return behind
        if not has_lead:
            return behind
        return self.speakers.before(before.start, before.end) or behind or self._still(piece, before)

    def _continued(self, previous: Act | None, piece: Piece, sentence: Span, whole: bool) -> Act | None:
        """Decide whether a piece goes on with the speech act before it: only its reporting clause may stand between."""
        if previous is None or not whole:
            return None
        last = previous.pieces[-1]
        between = Span(last.outer.end, piece.outer.start)
        words = self.blotted[between.start : between.end]
        if not previous.clause or not previous.whole:
            return previous if previous.whole and not words.strip() else None
        same_sentence = self._sentence_at(last.outer.start) == sentence
        if same_sentence and (_ADDING.search(words) or _ASIDE.fullmatch(words)):
            return previous
        if same_sentence and _LATER.search(words):
            return None
        if words.rstrip().endswith(":") or (same_sentence and count_words(words) > MAX_CLAUSE):
            return None
        if not same_sentence and self._sentence_at(last.outer.start).end < piece.outer.start - 3:
            return None
        behind = self._right_of(piece, sentence)
        own = self._own_clause(behind)
        if own is not None and not same_sentence and not self._same_goes_on(own, previous, behind):
            return None
        reports = FINITE.search(words) or (count_words(words) <= MAX_CLAUSE and self._own_clause(between) is not None)
        return previous if reports or not words.strip() else None

    def _same_goes_on(self, own: Voice, previous: Act, behind: Span) -> bool:
        """Tell whether "he said" behind the second of two sentences means who spoke the first."""
        said = _PRONOUN_SAYS.match(self.blotted, behind.start, behind.end)
        return bool(said and own == previous.voice and (said[1] or said[2]) in self.speakers.pronouns_of(own))

    def _right_of(self, piece: Piece, sentence: Span) -> Span:
        row = self.pieces[piece.block]
        later = [p.outer.start for p in row if p.outer.start >= piece.outer.end]
        return Span(piece.outer.end, max(piece.outer.end, min([sentence.end, *later])))

    def _running(self, number: int, piece: Piece, acts: list[Act]) -> Act | None:
        """Return the speech act of the paragraph before, if no mark closed it and this piece opens its paragraph."""
        if not acts or piece.outer.start != self.blocks[number].span.start:
            return None
        last = acts[-1].pieces[-1]
        return acts[-1] if last.open_end and not any(self.prose[last.block + 1 : number]) else None

    def _signed(self, number: int, piece: Piece) -> Voice | None:
        """Read a paragraph that is a quotation and who is quoted: “…” — Ana Ruiz, The Daily Post."""
        block = self.blocks[number].span
        rest = self.blotted[piece.outer.end : block.end]
        first = next(iter(self.speakers.within(piece.outer.end, block.end)), None)
        if piece.outer.start != block.start or first is None or first.type not in PEOPLE:
            return None
        behind = self.blotted[first.span.end : block.end]
        alone = not self.blotted[piece.outer.end : first.span.start].strip(" —–-\n")
        return (
            Voice(first.span) if alone and len(rest) < 90 and re.fullmatch(r"(?:,[^.;]*[^.;!?:])?\s*", behind) else None
        )

    def _from_before(self, number: int, piece: Piece, acts: list[Act]) -> tuple[Voice | None, Act | None]:
        """Find who speaks a quotation that its paragraph does not report: the paragraph before may say.

        Return the voice, or the speech act that goes on.
        """
        block = self.blocks[number]
        if piece.outer.start != block.span.start:
            sentence = self._sentence_at(piece.outer.start)
            lead = self.blotted[sentence.start : piece.outer.start].strip(" (‘'")
            return None if lead else self._from_sentence_before(block, piece), None
        before = next((n for n in range(number - 1, -1, -1) if self.prose[n]), None)
        if before is None:
            return None, None
        last = acts[-1] if acts and acts[-1].pieces[-1].block == before else None
        body = self.blocks[before].span
        final = [s for s in self.sentences if body.start <= s.start < body.end][-1]
        if self.text[: body.end].rstrip("*_ ").endswith(":"):
            return self._announced(final), None
        if not _VERBLESS.fullmatch(self.blotted[piece.outer.end : block.span.end].strip(".")):
            return None, None
        if last is None or last.voice is None or last.post or last.pieces[-1].outer.end < final.start:
            return self._said_in(final), None
        if last.whole and last.pieces[0].outer.start == body.start:
            return None, last
        return last.voice, None

    def _from_sentence_before(self, block: Block, piece: Piece) -> Voice | None:
        """Take the subject of the sentence before, where it speaks of the person's words ("He was blunt. “…”")."""
        sentence = self._sentence_at(piece.outer.start)
        earlier = [s for s in self.sentences if block.span.start <= s.start < sentence.start]
        return self._said_in(earlier[-1]) if earlier else None

    def _still(self, piece: Piece, before: Span) -> Voice | None:
        """Read a longer fragment in a sentence without a speaker, behind one that ends with its source: "…, writes Ruiz"."""
        if count_words(piece.inner.of(self.text)) < MIN_FRAGMENT or self.speakers.within(before.start, before.end):
            return None
        block = self.blocks[piece.block].span
        earlier = [s for s in self.sentences if block.start <= s.start < before.start]
        return self.speakers.source_at_the_end(earlier[-1].start, earlier[-1].end) if earlier else None

    def _said_in(self, sentence: Span) -> Voice | None:
        """Take the speaker or else the subject of a sentence that a bare quotation follows."""
        if answer := self.speakers.answering(sentence.start, sentence.end):
            return answer
        if FINITE.search(self.blotted, sentence.start, sentence.end):
            voice = self.speakers.before(sentence.start, sentence.end)
            if voice is not None and voice.speaker is not None:
                return voice
        return self.speakers.leading(sentence.start, sentence.end)

    # What is not prose -----------------------------------------------------------------------------------------------

    def _displayed(self, number: int) -> Act:
        """Read a paragraph that is a quotation without marks; whoever the paragraph before announces speaks."""
        span = self.blocks[number].span
        before = next((n for n in range(number - 1, -1, -1) if self.prose[n]), None)
        voice = None
        if before is not None:
            body = self.blocks[before].span
            final = [s for s in self.sentences if body.start <= s.start < body.end][-1]
            voice = self._announced(final) if body.of(self.text).rstrip("*_ ").endswith(":") else self._said_in(final)
        act = Act([Piece(span, span, number)], voice, whole=True)
        self._heard(act)
        return act

    def _announced(self, sentence: Span) -> Voice | None:
        """Find who speaks behind the colon of a sentence, "(emphasis added)" left out."""
        aside = re.search(r"\([^()]*\)\s*:\s*\Z", sentence.of(self.blotted))
        end = sentence.start + aside.start() if aside else sentence.end
        return self.speakers.before(sentence.start, end) or self.speakers.opening(sentence.start, end)
