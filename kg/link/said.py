"""Which titles a document gives to which mention of a person: hints, the words before a name, claims, descriptions."""

import re
from collections import defaultdict

from kg.link.families import PERSON, family
from kg.link.names import fold
from kg.link.offices import Offices
from kg.link.scene import Scene
from kg.records import Mention, MentionKind, Span

WORDS_BEFORE = 5
"""Words before a name in which its title is looked for; no title of the tables is longer."""
_WORD = re.compile(r"[\w.'’-]+")


class Said:
    """The titles said of people in one document, by the span of the mention."""

    def __init__(self, scene: Scene, offices: Offices):
        self._offices = offices
        self._text = scene.document.text
        self._titles: dict[Span, list[str]] = defaultdict(list)
        self._speakers = {quotation.speaker for quotation in scene.extraction.quotations}
        for draft in scene.extraction.claims:
            if draft.relation == "holdsPost" and isinstance(draft.subject, Span) and draft.qualifiers.title:
                self._titles[draft.subject].append(draft.qualifiers.title)
            self._speakers |= {draft.subject, draft.object, draft.evidence.attributed_to}
        for mention in scene.mentions:
            if mention.kind is MentionKind.NOMINAL and mention.antecedent and family(mention.type) == PERSON:
                title = mention.hint("title") or fold(mention.text)
                if offices.titles(title):
                    self._titles[mention.antecedent].append(title)

    def titles(self, mention: Mention) -> list[str]:
        """Return the titles of a mention, those printed beside it first."""
        hint = mention.hint("title")
        found = [hint] if hint else []
        inside = self._before(mention.text.rsplit(" ", 1)[0]) if " " in mention.text else None
        before = self._before(self._text[max(0, mention.span.start - 60) : mention.span.start])
        found += [title for title in (inside, before) if title]
        return list(dict.fromkeys((*found, *self._titles.get(mention.span, ()))))

    def speaks(self, mention: Mention) -> bool:
        """Tell whether the document has the mention speak, or hangs a fact on it."""
        return mention.span in self._speakers

    def _before(self, text: str) -> str | None:
        """Return the title of the tables that a text ends with, the longest first."""
        words = list(_WORD.finditer(text))[-WORDS_BEFORE:]
        if not words or text[words[-1].end() :].strip():
            return None
        for word in words:
            title = text[word.start() :].strip()
            if title[:1].isupper() and self._offices.titles(title):
                return title
        return None
