"""Mentions of what the reference tables list: aliases of agencies, courts, laws, programs, organisations, people.

What enters are tokens; what leaves are mentions with the entry's path as `key`, or with the hint "candidates" where
several rows share the alias. Deciding between those is linking's work.
"""

from collections import defaultdict
from collections.abc import Iterator

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from kg.extract.passages import Passage
from kg.records import Mention
from kg.reference import Reference, ReferenceEntry

FOUND_BY = "gazetteer"
TITLES = {"President", "Vice", "Senator", "Governor", "Secretary", "Judge", "Justice", "Mayor", "Sen.", "Rep.", "Gov."}
"""Words that begin an alias of a person with an office."""
SUFFIXES = {"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"}
PLATFORMS = {"organization/twitter", "organization/facebook"}
PLATFORM_NOUNS = {
    "account",
    "accounts",
    "post",
    "posts",
    "page",
    "pages",
    "feed",
    "feeds",
    "user",
    "users",
    "handle",
    "message",
    "messages",
    "thread",
    "threads",
    "follower",
    "followers",
    "video",
    "videos",
    "live",
    "tirade",
    "rant",
    "storm",
    "spree",
    "war",
    "fight",
    "group",
    "event",
    "profile",
}
"""What follows the name of a platform where it only says where somebody writes."""


class Gazetteer:
    """Finds the aliases of reference entries, as printed or in capitals."""

    def __init__(self, reference: Reference, nlp: Language):
        self._entries: dict[str, list[ReferenceEntry]] = defaultdict(list)
        for entry in reference.entries.values():
            for form in _forms(entry):
                if entry not in self._entries[form]:
                    self._entries[form].append(entry)
        self._short = {form: entry for entry in reference.entries.values() for form in _short_forms(entry)}
        self._matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        for form in sorted({*self._entries, *self._short}):
            self._matcher.add(form, [nlp.make_doc(form)])

    def find(self, passage: Passage) -> Iterator[Mention]:
        """Yield every alias found, overlapping ones included."""
        for key, start, end in self._matcher(passage.doc):
            form = passage.doc.vocab.strings[key]
            if _glued_to_word(passage.doc, start):
                continue
            entries = self._entries.get(form)
            if entries is None:
                if not _chaired(passage.doc, end):
                    continue
                entries = [self._short[form]]
            if entries[0].type == "Person" and end < len(passage.doc) and passage.doc[end].text in SUFFIXES:
                continue  # the son is not the father: the name goes on
            if entries[0].id in PLATFORMS and _only_place_of_words(passage.doc, start, end):
                continue
            span = passage.span(passage.doc[start:end])
            hints: list[tuple[str, str]] = []
            if len(entries) > 1:
                hints.append(("candidates", "|".join(sorted(entry.id for entry in entries))))
            yield Mention(
                span=span,
                text=passage.doc[start:end].text,
                type=entries[0].type,
                found_by=FOUND_BY,
                key=entries[0].id if len(entries) == 1 else None,
                hints=tuple(hints),
            )


def _only_place_of_words(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a platform is where something is said ("on Twitter", "a Facebook post"), not who acts."""
    before = doc[start - 1].lower_ if start else ""
    after = doc[end].lower_ if end < len(doc) else ""
    shared = {"facebook", "twitter", "pinterest", "google", "email"}  # the row of buttons under a picture
    return before in {"on", "via", "to", "over", "through", "@", *shared} or after in PLATFORM_NOUNS | shared


def _forms(entry: ReferenceEntry) -> Iterator[str]:
    """Yield the printed forms of an entry: as listed, with typographic apostrophes, and in capitals when of several words."""
    for name in (entry.label, *entry.aliases):
        if entry.type == "Person" and " " not in name:
            continue  # a bare surname is no name of one person: linking decides it from the document
        if entry.type == "Person" and name.partition(" ")[0] in TITLES:
            continue  # the title is read as an office, not as a part of the name
        yield name
        if "'" in name:
            yield name.replace("'", "’")
        if " " in name and not name.isupper():
            yield name.upper()


def _short_forms(entry: ReferenceEntry) -> Iterator[str]:
    """Yield how a committee is called before the title of who leads it: "Senate Judiciary Chairman"."""
    for name in (entry.label, *entry.aliases) if entry.type == "LegislativeBody" else ():
        if name.endswith(" Committee") and name.startswith(("House ", "Senate ")) and len(name.split()) > 2:
            yield name.removesuffix(" Committee")


def _chaired(doc: Doc, end: int) -> bool:
    """Tell whether the title of a committee's leader follows."""
    words = [token.lower_ for token in doc[end : end + 2]]
    return words[:1] in (["chairman"], ["chairwoman"], ["chair"], ["chairs"]) or words[:1] == ["ranking"]


def _glued_to_word(doc: Doc, start: int) -> bool:
    """Tell whether letters stand glued to the front of a match, which is then a part of another word."""
    before = doc[start - 1] if start else None
    return before is not None and not before.whitespace_ and before.text[-1:].isalnum() and before.text != "@"
