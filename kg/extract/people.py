"""Mentions of people: full names from the recogniser or after a title, then every later bare surname of one of them.

What enters are the passages of a document and the mentions found so far; what leaves are mentions of type Person.
Which person is meant, and whether a bare surname belongs to one named in full, is linking's work.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.extract.article import BlockKind
from kg.extract.given_names import GIVEN_NAMES
from kg.extract.passages import Passage
from kg.extract.pipeline import LABELS
from kg.extract.titles import TitleMatch
from kg.records import Mention, MentionKind, Span

NAME_WORD = re.compile(r"(?:[A-ZÀ-Þ](?:[\w’'-]*[\w]|\.)?|(?:[A-Z]\.){2,3})\Z")
GLUED = re.compile(r"(?!Mac|Fitz|Van|Des|Del|Von)[A-ZÀ-Þ][a-zà-ÿ]{2,}[A-Z]")
"""Words that were printed without the space between them ("TrumpGOP"), as web pages that lost their links have them."""
INITIAL = re.compile(r"[A-Z]\.?\Z")
INITIALS = re.compile(r"(?!U\.S)(?:[A-Z]\.){2,3}\Z")
PARTICLES = {
    "de",
    "De",
    "la",
    "La",
    "van",
    "Van",
    "von",
    "Von",
    "der",
    "del",
    "Del",
    "bin",
    "al",
    "da",
    "di",
    "le",
    "Le",
    "St.",
}
SUFFIXES = {"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"}
HONORIFICS = {"Mr.", "Mrs.", "Ms.", "Mr", "Mrs", "Ms", "Miss", "Dr.", "Dr", "Sir", "Rev.", "Justice", "Judge"}
NOT_NAMES = {
    "I", "A", "The", "In", "On", "At", "But", "And", "He", "She", "It", "We", "They", "This", "That", "Monday", "Tuesday", "Wednesday",
    "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "June", "July", "August", "September",
    "October", "November", "December", "Republican", "Republicans", "Democrat", "Democrats", "Democratic", "Twitter", "Facebook",
    "American", "Americans", "Mr", "Mrs", "Ms", "Obamacare", "Congress", "God", "Trumpcare", "Photo", "Image", "However", "Sanctuary",
    "Dreamer", "Dreamers", "DREAMer", "DREAMers", "Yep", "Yes", "Nope", "Yeah", "Hey", "Wow", "Oh", "Hello", "Thanks", "Please", "Sorry", "Amen", "Alas",
    "Madam",
}  # fmt: skip
OFFICES = {
    "President", "Vice", "Speaker", "Secretary", "Chairman", "Chairwoman", "Chair", "Mayor", "Governor", "Senator", "Congressman", "Congresswoman",
    "Representative", "Attorney", "Minister", "Ambassador", "Director", "Officer", "Leader", "Commissioner", "Chancellor", "General",
}  # fmt: skip
"""Words by which somebody is addressed; after "Mr." or alone they are nobody's name."""
BODY_WORDS = {
    "Act", "Administration", "Agency", "Amendment", "Association", "Board", "Bureau", "Center", "City", "Coalition", "Commission", "Committee",
    "Congress", "Council", "County", "Court", "Department", "District", "Foundation", "House", "Institute", "Law", "League", "Network",
    "News", "Office", "Order", "Party", "Police", "Program", "Project", "Senate", "State", "States", "Times", "Union", "University",
    "Circuit", "Fund", "Forum", "Summit", "Conference", "Debate", "Building", "Library", "Museum", "Caucus", "Club", "Group", "Post", "Journal", "School", "Street", "Avenue", "Tower", "Assembly", "Legislature", "Hospital", "Church", "Day",
}  # fmt: skip
NO_SYLLABLES = {
    "led",
    "era",
    "run",
    "like",
    "type",
    "esque",
    "born",
    "and",
    "or",
    "in",
    "on",
    "the",
    "made",
    "aged",
    "free",
    "only",
}
"""Short words behind a hyphen that are no part of a name, as the last one of "Lee Min-ho" is."""
EVENTS = {
    "Murder", "Case", "Trial", "Verdict", "Story", "Report", "Interview", "Speech", "Plan", "Video", "Memo", "Scandal", "Shooting", "Bill", "Rally",
}  # fmt: skip
"""Nouns that headlines and lists put behind a name; they are no part of it."""


class PersonFinder:
    """Finds people by name. `has_model` tells whether a trained recogniser has marked them."""

    def __init__(self, *, has_model: bool):
        self._has_model = has_model

    def find(self, passage: Passage, known: Sequence[Mention], titles: Sequence[TitleMatch]) -> Iterator[Mention]:
        """Yield the names of one passage: what the recogniser says, and what follows a title or an honorific."""
        doc = passage.doc
        blocked = _blocked_tokens(passage, known)
        taken: set[int] = set()
        in_titles = {i for title in titles for i in range(title.start, title.end)}
        ranges = [*self._after_titles(doc, titles, blocked), *self._recognised(doc, blocked | in_titles)]
        if self._has_model and passage.block.kind is not BlockKind.HEADLINE:
            ranges += _by_given_name(doc, blocked | in_titles)
        for start, end in sorted(ranges, key=lambda r: (r[0] - r[1], r[0])):
            if taken & set(range(start, end)):
                continue
            taken |= set(range(start, end))
            tokens = doc[start:end]
            hints = (("honorific", doc[start - 1].text),) if start and doc[start - 1].text in HONORIFICS else ()
            found_by = "ner" if tokens[0].ent_type_ else "office"
            yield Mention(passage.span(tokens), tokens.text, "Person", found_by, hints=hints)

    def _recognised(self, doc: Doc, blocked: set[int]) -> Iterator[tuple[int, int]]:
        for entity in doc.ents:
            if LABELS.get(entity.label_) != "Person":
                continue
            start, end = entity.start, entity.end
            while start < end and (start in blocked or not _name_token(doc[start])):
                start += 1
            while start > 0 and INITIALS.match(doc[start - 1].text) and start - 1 not in blocked:
                start -= 1
            stop = start
            while stop < end and stop not in blocked and (_name_token(doc[stop]) or doc[stop].text in PARTICLES):
                stop += 1
            hyphened = _extend(doc, start, stop)
            while hyphened > stop and hyphened < len(doc) and hyphened not in blocked and _goes_on(doc, hyphened):
                hyphened += 1  # "Ana-Maria Ruiz"
            stop = hyphened
            while start < stop and doc[start].text in HONORIFICS:
                start += 1
            while stop - start > 2 and doc[stop - 1].text in EVENTS:
                stop -= 1
            if start < stop and not set(range(start, stop)) & blocked and _plausible(doc, start, stop):
                yield start, stop

    def _after_titles(self, doc: Doc, titles: Iterable[TitleMatch], blocked: set[int]) -> Iterator[tuple[int, int]]:
        starts = [title.end for title in titles if title.prenominal]
        starts += [token.i + 1 for token in doc if token.text in HONORIFICS]
        for start in starts:
            stop = start
            while (
                stop < len(doc) and stop not in blocked and (_name_token(doc[stop]) or _particle_before_name(doc, stop))
            ):
                if doc[stop].is_sent_start and stop > start and doc[stop - 1].text[-1:] == ".":
                    break
                stop += 1
            stop = _extend(doc, start, stop)
            if stop > start and _plausible(doc, start, stop):
                yield start, stop


def _goes_on(doc: Doc, i: int) -> bool:
    """Tell whether a name goes on behind its part with a hyphen."""
    return doc[i].pos_ == "PROPN" and _name_token(doc[i]) and not doc[i].is_sent_start and doc[i].text not in BODY_WORDS


def _by_given_name(doc: Doc, blocked: set[int]) -> Iterator[tuple[int, int]]:
    """Yield what begins with a common given name and was not recognised: "Jane Roe" in "Fox News' Jane Roe"."""
    for token in doc:
        end = token.i + 1
        if token.text not in GIVEN_NAMES or token.i in blocked or (token.i and _joined(doc, token.i - 1)):
            continue
        while end < len(doc) and end - token.i < 4 and end not in blocked and _name_token(doc[end]):
            end += 1
        while end - token.i > 2 and doc[end - 1].text in EVENTS:
            end -= 1
        after = doc[end] if end < len(doc) and doc[end].text not in EVENTS else None
        whole = after is None or not (after.text[:1].isupper() and after.is_alpha) or after.is_sent_start
        if end - token.i >= 2 and whole and not doc[end - 1].is_sent_start and _plausible(doc, token.i, end):
            yield token.i, end


def _joined(doc: Doc, i: int) -> bool:
    """Tell whether a word belongs to the name that begins behind it: "St. Paul Park", "Fort Ann", "O'Brien-James"."""
    return doc[i].text in {"-", "&", "of", "St.", "Fort", "Mount"} or (
        doc[i].text[:1].isupper() and doc[i].pos_ == "PROPN"
    )


def drop_headline_guesses(passages: Sequence[Passage], mentions: Sequence[Mention]) -> list[Mention]:
    """Leave out people that only a headline names: in title case any two words look like a name.

    A name from a table or after a title stays, and so does one that the article's body has too.
    """
    headlines = [passage.extent for passage in passages if passage.block.kind is BlockKind.HEADLINE]
    in_headline = {
        m for m in mentions if m.found_by in {"ner", "office"} and any(extent.covers(m.span) for extent in headlines)
    }
    body = " ".join(m.text for m in mentions if m.type == "Person" and m not in in_headline)
    return [m for m in mentions if m not in in_headline or (m.type == "Person" and m.text in body)]


def find_surnames(passages: Sequence[Passage], mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the bare surnames, elsewhere in the document, of people whose full names were found.

    A surname counts where it stands capitalised outside every mention; the parts of a hyphenated or two-word
    surname ("Mark-Viverito", "de Blasio") stand together.
    """
    surnames: dict[str, Mention] = {}
    for mention in mentions:
        if mention.type == "Person" and mention.kind is MentionKind.NAME:
            words = [word for word in mention.text.split() if word not in SUFFIXES]
            if len(words) >= 2:
                surnames.setdefault(words[-1], mention)
                if words[-2] in PARTICLES:
                    particle = f"{words[-2]} {words[-1]}"
                    surnames.setdefault(particle, mention)
                    surnames.setdefault(particle[0].upper() + particle[1:], mention)
    if not surnames:
        return
    pattern = re.compile(
        r"(?<![\w-])(?:" + "|".join(sorted(map(re.escape, surnames), key=len, reverse=True)) + r")(?![\w-])"
    )
    taken = [mention.span for mention in mentions]
    for passage in passages:
        inside = [span for span in taken if passage.extent.overlaps(span)]
        for match in pattern.finditer(passage.text):
            span = Span(passage.start + match.start(), passage.start + match.end())
            if any(span.overlaps(other) for other in inside):
                continue
            tokens = passage.tokens(span)
            if tokens is None or _part_of_longer_name(passage.doc, tokens.end):
                continue
            yield Mention(span, match[0], "Person", "surname")


def _part_of_longer_name(doc: Doc, end: int) -> bool:
    following = doc[end] if end < len(doc) else None
    return following is not None and following.text in BODY_WORDS


def _blocked_tokens(passage: Passage, known: Sequence[Mention]) -> set[int]:
    blocked: set[int] = set()
    for mention in known:
        tokens = passage.tokens(mention.span)
        if tokens is not None and (mention.type != "Jurisdiction" or len(tokens) > 1 or mention.hint("within")):
            blocked |= set(range(tokens.start, tokens.end))
    return blocked


def _name_token(token: Token) -> bool:
    initials = INITIAL.match(token.text) or INITIALS.match(token.text)
    return (
        bool(NAME_WORD.match(token.text))
        and token.text not in NOT_NAMES
        and not GLUED.match(token.text)
        and not (token.is_upper and len(token.text) > 3 and not initials and not _all_capitals(token))
    )


def _all_capitals(token: Token) -> bool:
    letters = [other.text for other in token.doc if other.is_alpha]
    return bool(letters) and sum(word.isupper() for word in letters) > 0.7 * len(letters)


def _particle_before_name(doc: Doc, i: int) -> bool:
    return doc[i].text in PARTICLES and i + 1 < len(doc) and _name_token(doc[i + 1])


def _extend(doc: Doc, start: int, stop: int) -> int:
    """Take in a suffix ("Jr.") or the rest of a hyphenated surname that follows a name."""
    if stop > start and stop < len(doc):
        if doc[stop].text in SUFFIXES:
            return stop + 1
        if doc[stop].text == "," and stop + 1 < len(doc) and doc[stop + 1].text in SUFFIXES:
            return stop + 2
        if (
            doc[stop].text == "-"
            and stop + 1 < len(doc)
            and _name_token(doc[stop + 1])
            and not doc[stop - 1].whitespace_
        ):
            return stop + 2
        if stop - start > 1 and doc[stop].text == "-" and not doc[stop - 1].whitespace_ and not doc[stop].whitespace_:
            last = doc[stop + 1].text if stop + 1 < len(doc) else ""
            if last.isalpha() and last.islower() and len(last) < 5 and last not in NO_SYLLABLES:
                return stop + 2
    return stop


def _plausible(doc: Doc, start: int, stop: int) -> bool:
    words = [doc[i].text for i in range(start, stop)]
    if all(INITIAL.match(word) or INITIALS.match(word) for word in words) or words[-1] in BODY_WORDS or len(words) > 5:
        return False
    if set(words) <= OFFICES or words[0] == "Vice" or any(any(letter.isdigit() for letter in word) for word in words):
        return False
    if words[0] == "Will" and doc[start].is_sent_start and words[1:2] and words[1] in GIVEN_NAMES:
        return False  # "Will Jane go?"
    if start and (doc[start - 1].text in {"#", "@"} or _is_quoted(doc, start, stop)):
        return False
    return not (
        len(words) == 1
        and (words[0] in {"PAC", "LLC", "Inc", "Inc.", *PARTICLES} or len(words[0]) < 3 or words[0] in NOT_NAMES)
    )


def _is_quoted(doc: Doc, start: int, stop: int) -> bool:
    """Tell whether quotation marks enclose nothing but these words: a nickname or a title, as in “Mad Dog” Roe."""
    behind = doc[stop].text if stop < len(doc) else ""
    if behind in {",", "."} and stop + 1 < len(doc):
        behind = doc[stop + 1].text
    return doc[start - 1].text in {"“", '"'} and behind in {"”", '"'}
