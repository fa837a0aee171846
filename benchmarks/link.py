"""Measures what deciding identity costs: its share of a build's CPU time, and how it grows with the corpus.

    python -m benchmarks.link NEWS.jsonl.gz [--sizes 100 300 1000] [--cache FOLDER] [--minutes 15]

The documents are taken in the order of their hashes, so that a smaller sample is the beginning of a larger one.
Extraction runs once for each document and is kept below --cache (delete the folder after a change of extraction);
where it has taken --minutes, the largest sample is what it has reached. Then each sample is linked in this process
with a fresh linker: every mention of every document, people over the corpus, reprints, and the ledger. All times are
CPU seconds of this process, so that what else the machine does matters little. The share is of reading and linking
alone; a build also checks and writes, of which linking is a smaller share: --build measures that with a whole build
of the smallest sample.
"""

import argparse
import contextlib
import hashlib
import json
import math
import pickle
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from kg.build import Workshop, build
from kg.link import Linker
from kg.link.ledger import link_lines
from kg.link.personnames import parse_name
from kg.link.reprints import mark_reprints
from kg.read import read_documents
from kg.records import Document, Extraction
from kg.reference import read_reference
from kg.settings import Settings


@dataclass(frozen=True)
class Figures:
    """CPU seconds for one sample; `extraction` is what the extractor took for it."""

    documents: int
    mentions: int
    extraction: float
    documents_linked: float
    corpus: float
    reprints: float
    ledger: float

    @property
    def linking(self) -> float:
        """All that deciding identity takes."""
        return self.documents_linked + self.corpus + self.reprints + self.ledger


def sample(paths: Sequence[Path], size: int, max_characters: int) -> list[Document]:
    """Return `size` documents in the order of their hashes."""
    found = [one for one in read_documents(paths, max_characters=max_characters) if isinstance(one, Document)]
    return sorted(found, key=lambda one: (one.sha256, one.id))[:size]


def extracted(
    workshop: Workshop, documents: Sequence[Document], cache: Path, minutes: float
) -> Iterator[tuple[Extraction, float]]:
    """Yield the extraction of each document and the CPU seconds that it took, from the cache where it is there."""
    cache.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + minutes * 60
    for document in documents:
        kept = cache / f"{hashlib.sha256(document.id.encode()).hexdigest()[:12]}-{document.sha256[:12]}.pickle"
        if not kept.exists():
            if time.monotonic() > until:
                return
            start = time.process_time()
            made = workshop.extractor.extract(document)
            kept.write_bytes(pickle.dumps((made, time.process_time() - start)))
        yield pickle.loads(kept.read_bytes())


def measure(settings: Settings, found: Sequence[tuple[Extraction, float]]) -> Figures:
    """Link a sample with a linker that has only read its tables."""
    linker = Linker(settings, read_reference(settings.reference))
    linker.link(found[0][0])
    parse_name.cache_clear()
    marks = [time.process_time()]
    linked = [linker.link(extraction) for extraction, _ in found]
    marks.append(time.process_time())
    agreed = linker.reconcile(linked)
    marks.append(time.process_time())
    agreed = tuple(mark_reprints(agreed))
    marks.append(time.process_time())
    for one in agreed:
        link_lines(one)
    marks.append(time.process_time())
    steps = [after - before for before, after in pairwise(marks)]
    mentions = sum(len(extraction.mentions) for extraction, _ in found)
    return Figures(len(found), mentions, sum(seconds for _, seconds in found), *steps)


def whole_build(settings: Settings, workshop: Workshop, found: Sequence[tuple[Extraction, float]]) -> float:
    """Return the CPU seconds of a build of a sample, without the start."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "sample.jsonl"
        with source.open("w", encoding="utf-8") as file:
            for extraction, _ in found:
                one = extraction.document
                day = one.published.isoformat() if one.published else None
                line = {"id": one.id, "text": one.text, "title": one.title, "date": day, "publisher": one.publisher}
                file.write(json.dumps({name: value for name, value in line.items() if value}) + "\n")
        start = time.process_time()
        build([source], Path(folder) / "output", settings, workshop=workshop)
        return time.process_time() - start


def growth(smallest: Figures, largest: Figures) -> float:
    """Return the exponent with which linking grows with the words; 1 is linear."""
    return math.log(largest.linking / smallest.linking) / math.log(largest.mentions / smallest.mentions)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--sizes", nargs="+", type=int, default=[100, 300, 1000])
    parser.add_argument("--cache", type=Path, default=Path("build/link-benchmark"))
    parser.add_argument("--minutes", type=float, default=15.0)
    parser.add_argument("--build", action="store_true", help="build the smallest sample too")
    options = parser.parse_args()
    settings = Settings()
    workshop = Workshop(settings)
    documents = sample(options.paths, max(options.sizes), settings.max_characters)
    found = list(extracted(workshop, documents, options.cache, options.minutes))
    sizes = sorted({min(size, len(found)) for size in options.sizes})
    print(
        "| articles | mentions | extraction | linking | of them documents, people, reprints, ledger | ms an article | share |"
    )
    print("|---|---|---|---|---|---|---|")
    figures = [measure(settings, found[:size]) for size in sizes]
    for one in figures:
        parts = f"{one.documents_linked:.2f}, {one.corpus:.2f}, {one.reprints:.2f}, {one.ledger:.2f}"
        share = one.linking / (one.linking + one.extraction)
        each = 1000 * one.linking / one.documents
        print(
            f"| {one.documents} | {one.mentions} | {one.extraction:.1f} s | {one.linking:.2f} s | {parts} | {each:.1f} | {share:.3f} |"
        )
    if len(figures) > 1:
        print(f"grows with the mentions to the power of {growth(figures[0], figures[-1]):.2f} (1 is linear)")
    if options.build:
        with contextlib.redirect_stdout(sys.stderr):
            total = whole_build(settings, workshop, found[: sizes[0]])
        print(f"a whole build of {sizes[0]} takes {total:.1f} s; linking is {figures[0].linking / total:.3f} of it")


if __name__ == "__main__":
    main()
