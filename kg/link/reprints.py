"""Documents that print the same text: wire reprints and near-duplicates. Documents in, each copy's original out.

Texts are compared by the hashes of their runs of words. A sixteenth of the hashes, chosen by value, finds the pairs worth
comparing, so that it stays linear in the words of the corpus; what many documents share is boilerplate and finds nobody.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from zlib import crc32

from kg.records import Document, LinkedDocument

RUN = 5
"""Words in a run."""
SHORTEST = 40
"""Runs that a text must have to be compared."""
SHARED = 0.7
"""Share of the shorter text's runs that stands in the longer. Articles of one outlet with the same boxes reach 0.6."""
SKETCH = 16
"""One hash in so many is looked up."""
COMMON = 50
"""A run in more documents than this is boilerplate."""
WORD = re.compile(r"\w+")


def runs(text: str) -> frozenset[int]:
    """Return the hashes of all runs of words, in any case and with any punctuation."""
    words = WORD.findall(text.casefold())
    return frozenset(crc32(" ".join(words[i : i + RUN]).encode()) for i in range(len(words) - RUN + 1))


def originals(documents: Sequence[Document]) -> dict[str, str]:
    """Return, by the id of each reprint, the id of its original: the first published, of those the longest.

    Of copies of copies all name the same original, which is no reprint itself.
    """
    found = {document.id: runs(document.text) for document in documents}
    root = {name: name for name in found}

    def find(name: str) -> str:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for one, other in _likely(found):
        shorter = min(len(found[one]), len(found[other]))
        if shorter >= SHORTEST and len(found[one] & found[other]) >= SHARED * shorter:
            root[find(one)] = find(other)
    groups: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        groups[find(document.id)].append(document)
    first = {
        name: min(group, key=lambda one: (one.published or date.max, -len(one.text), one.id)).id
        for name, group in groups.items()
    }
    return {name: first[find(name)] for name in sorted(found) if first[find(name)] != name}


def mark_reprints(linked: Iterable[LinkedDocument]) -> list[LinkedDocument]:
    """Return the documents in their order, each reprint with its original's id."""
    linked = list(linked)
    found = originals([one.document for one in linked])
    return [
        replace(one, document=replace(one.document, reprint_of=found[one.document.id]))
        if one.document.id in found
        else one
        for one in linked
    ]


def _likely(found: dict[str, frozenset[int]]) -> list[tuple[str, str]]:
    """Return the pairs that share half of what a reprint would share of the looked-up hashes, sorted."""
    having: dict[int, list[str]] = defaultdict(list)
    sizes: Counter[str] = Counter()
    for name in sorted(found):
        for value in found[name]:
            if value % SKETCH == 0:
                having[value].append(name)
                sizes[name] += 1
    shared: Counter[tuple[str, str]] = Counter()
    for names in having.values():
        if len(names) <= COMMON:
            shared.update(combinations(names, 2))
    return sorted(
        (one, other) for (one, other), count in shared.items() if count >= SHARED / 2 * min(sizes[one], sizes[other])
    )
