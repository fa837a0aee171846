"""The orchestrator: documents in, an output folder out. The only module that knows the order of the stages.

In go paths, settings and a place to write; out come the files of the graph, the store, the explorer page and
`report.json`. A document fails alone: what went wrong with it is in the report, and the others are built. Nothing is
left half-written, and no clock is read but to time the stages, which are kept apart in the report.
"""

import json
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Generic, Self, TypeVar

from kg.errors import InputError, KgError, OutputError
from kg.extract import Extractor
from kg.graph.background import encode_ontology
from kg.graph.encode import Encoder, claim_path, corpus_confidence
from kg.graph.jsonld import write_jsonld
from kg.graph.network import read_network, write_graphml
from kg.graph.shapes import Shapes
from kg.graph.store import STORE, build_store
from kg.graph.swap import swapped
from kg.graph.terms import GRAPH_ONTOLOGY, GRAPH_QUARANTINE, GRAPH_REFERENCE
from kg.graph.validate import Checked, Rejection, check_document
from kg.graph.write import GraphWriter, canonical_lines
from kg.link import Linker
from kg.link.ledger import LINKS, link_lines
from kg.link.reprints import mark_reprints
from kg.ontology import CORE, SHAPES, read_ontology
from kg.read import read_documents
from kg.records import Document, Entity, LinkedDocument, ReadFailure
from kg.reference import read_reference
from kg.report import BuildReport, RejectionNote
from kg.settings import Settings
from kg.view import write_explorer

TITLE = "policy-kg"
CHUNK = 8
"""Documents that a worker process takes at a time."""

NAMED = 3
"""Failures that the error of a build without any document names."""

Progress = Callable[[str, int, int], None]
"""Called with the stage, how many documents it has done, and of how many."""

Pending = tuple[LinkedDocument, Mapping[str, float]]
"""A linked document, and how sure each of its claims is over the whole corpus."""

Given = TypeVar("Given")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Given, Made]):
    """What one stage made of one document, or why it could not, and the seconds that it took."""

    given: Given
    made: Made | None
    failure: ReadFailure | None
    seconds: float


class Workshop:
    """All that a process needs to turn documents into triples; made once for each process."""

    def __init__(self, settings: Settings):
        self.ontology = read_ontology(settings.ontology)
        self.shapes = Shapes(settings.ontology / SHAPES)
        self.encoder = Encoder(self.ontology, settings.base)
        reference = read_reference(settings.reference)
        self.extractor = Extractor(settings, reference)
        self.linker = Linker(settings, reference)

    @property
    def model(self) -> str:
        """The language pipeline's name and version."""
        meta = self.extractor.nlp.meta
        return f"{meta.get('lang', 'en')}_{meta.get('name', 'pipeline')} {meta.get('version', '')}".strip()

    def link(self, document: Document) -> LinkedDocument:
        """Read the facts of a document and decide who is meant."""
        return self.linker.link(self.extractor.extract(document))

    def check(self, given: Pending) -> tuple[Checked, list[str]]:
        """Validate a linked document and encode what remains of it, as canonical lines."""
        checked = check_document(given[0], self.encoder, self.shapes, given[1])
        return replace(checked, triples=frozenset()), canonical_lines(checked.triples)


def build(
    paths: Sequence[Path],
    output: Path,
    settings: Settings,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
    workshop: Workshop | None = None,
) -> BuildReport:
    """Build the graph of some documents below `output`.

    Several builds with the same settings can share a `workshop`, which takes seconds to make.
    Raises OutputError where the folder cannot be written, InputError where no document could be used at all,
    ConfigurationError where ontology, reference data or model are wrong; then nothing has changed on disk.
    """
    report = BuildReport()
    with swapped(output) as work:
        documents = _read(paths, settings, report)
        if not documents:
            raise _nothing(paths, report)
        with _Workers(settings, jobs, report, progress or _silent, workshop) as workers:
            linked = workers.link(documents)
            if not linked:
                raise _nothing(paths, report)
            try:
                _write(work, workers, linked, report)
            except OSError as error:
                raise OutputError("the graph cannot be written", place=str(output), hint=str(error)) from error
    return report


class _Workers:
    """The workshop of this process and, with several jobs, a pool of processes with one each."""

    def __init__(
        self, settings: Settings, jobs: int, report: BuildReport, progress: Progress, workshop: Workshop | None
    ):
        self.settings, self.jobs, self.report, self.progress = settings, jobs, report, progress
        with timed(report, "start"):
            self.workshop = workshop or Workshop(settings)
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def link(self, documents: list[Document]) -> tuple[LinkedDocument, ...]:
        """Extract and link every document, then agree on the entities over all of them."""
        linked = [outcome.made for outcome in self._run(_link, documents, "extract") if outcome.made is not None]
        with timed(self.report, "reconcile"):
            return tuple(sorted(mark_reprints(self.workshop.linker.reconcile(linked)), key=self.graph_name))

    def check(self, linked: Sequence[LinkedDocument]) -> Iterator[tuple[Checked, list[str]]]:
        """Validate and encode every document, in order."""
        best = corpus_confidence(linked)
        given: list[Pending] = [(one, {path: best[path] for path in corpus_confidence([one])}) for one in linked]
        for outcome in self._run(_check, given, "validate"):
            if outcome.made is not None:
                yield outcome.made

    def graph_name(self, linked: LinkedDocument) -> str:
        """Return the name of a document's graph."""
        return self.workshop.encoder.document_graph(linked.document).value

    def _run(
        self, work: Callable[[Workshop, Given], Outcome[Given, Made]], given: list[Given], stage: str
    ) -> Iterator[Outcome[Given, Made]]:
        self.progress(stage, 0, len(given))
        for done, outcome in enumerate(self._outcomes(work, given), 1):
            self.report.timings[stage] = self.report.timings.get(stage, 0.0) + outcome.seconds
            if outcome.failure is not None:
                self.report.failures.append(outcome.failure)
            self.progress(stage, done, len(given))
            yield outcome

    def _outcomes(
        self, work: Callable[[Workshop, Given], Outcome[Given, Made]], given: list[Given]
    ) -> Iterator[Outcome[Given, Made]]:
        if self.jobs < 2 or len(given) < 2:
            yield from (work(self.workshop, one) for one in given)
            return
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.jobs, get_context("spawn"), _Process.start, (self.settings,))
        try:
            yield from self._pool.map(_Process.run, [work] * len(given), given, chunksize=CHUNK)
        except BrokenProcessPool as error:
            raise InputError(
                "a worker process died, most likely for want of memory", hint="Build with fewer --jobs"
            ) from error


class _Process:
    """A worker process: its workshop lives as long as it does."""

    workshop: Workshop

    @classmethod
    def start(cls, settings: Settings) -> None:
        cls.workshop = Workshop(settings)

    @classmethod
    def run(cls, work: Callable[[Workshop, Given], Outcome[Given, Made]], given: Given) -> Outcome[Given, Made]:
        return work(cls.workshop, given)


def _link(workshop: Workshop, document: Document) -> Outcome[Document, LinkedDocument]:
    return _attempt(workshop.link, document, document.place)


def _check(workshop: Workshop, given: Pending) -> Outcome[Pending, tuple[Checked, list[str]]]:
    return _attempt(workshop.check, given, given[0].document.place)


def _attempt(work: Callable[[Given], Made], given: Given, place: str) -> Outcome[Given, Made]:
    """Do one stage for one document: here, and nowhere else, an unexpected error ends that document alone."""
    start = perf_counter()
    made, failure = None, None
    try:
        made = work(given)
    except KgError as error:
        failure = ReadFailure(place, str(error), type(error).__name__)
    except Exception as error:  # noqa: BLE001  the one place: see above
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{'/'.join(Path(last.filename).parts[-3:])}:{last.lineno}"
        failure = ReadFailure(place, f"An unexpected {type(error).__name__} at {where}: {error}", type(error).__name__)
    return Outcome(given, made, failure, perf_counter() - start)


def _nothing(paths: Sequence[Path], report: BuildReport) -> InputError:
    """Return the error of a build without a single document: it names the first failures."""
    reasons = [f"{failure.place}: {failure.reason}" for failure in report.failures[:NAMED]]
    more = f" … and {len(report.failures) - NAMED} more" if len(report.failures) > NAMED else ""
    return InputError(
        "no document could be used",
        place=", ".join(map(str, paths)),
        hint=" ".join(reasons) + more if reasons else "No file here is one that can be read",
    )


def _read(paths: Sequence[Path], settings: Settings, report: BuildReport) -> list[Document]:
    with timed(report, "read"):
        found = list(read_documents(paths, max_characters=settings.max_characters))
    report.failures += [read for read in found if isinstance(read, ReadFailure)]
    documents = [read for read in found if isinstance(read, Document)]
    report.read = len(found)
    return sorted(documents, key=lambda document: (document.id, document.place))


def _write(work: Path, workers: _Workers, linked: Sequence[LinkedDocument], report: BuildReport) -> None:
    """Write everything into the working folder."""
    encoder = workers.workshop.encoder
    entities: dict[str, Entity] = {}
    rejected: list[Rejection] = []
    with GraphWriter(work) as writer, (work / LINKS).open("w", encoding="utf-8", newline="\n") as ledger:
        for checked, lines in workers.check(linked):
            ledger.writelines(link_lines(checked.linked))
            writer.add(encoder.document_graph(checked.linked.document), lines)
            claims = {claim_path(claim): (claim.relation, claim.status.value) for claim in checked.linked.claims}
            report.counts.add(checked.linked, claims)
            rejected += checked.rejections
            entities.update((entity.id, entity) for entity in checked.linked.entities)
        if not report.counts.documents:
            raise InputError("no document could be written", hint=report.failures[0].reason)
        with timed(report, "write"):
            _write_background(writer, workers, entities.values(), rejected)
    with timed(report, "write"):
        write_jsonld(writer.union, work / "graph.jsonld", encoder.base)
        writer.remove_runs()
    with timed(report, "store"):
        quarantine = encoder.iri(GRAPH_QUARANTINE)
        store = build_store(work / "graph.ttl", work / "graph.nq", work / STORE, without=quarantine)
    with timed(report, "view"):
        write_graphml(read_network(store, encoder.base), work / "network.graphml")
        write_explorer(store, workers.workshop.ontology, work / "explorer.html", title=TITLE)
    del store
    report.rejections = [RejectionNote(r.document, r.kind, r.what, r.reason) for r in rejected]
    report.triples, report.quads = writer.triples, writer.quads
    report.model = workers.workshop.model
    text = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
    (work / "report.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _write_background(
    writer: GraphWriter, workers: _Workers, entities: Iterable[Entity], rejected: Sequence[Rejection]
) -> None:
    """Write the graphs that no document states: ontology, quarantine, reference."""
    workshop, encoder = workers.workshop, workers.workshop.encoder
    ontology = encode_ontology(workers.settings.ontology / CORE)
    writer.add(encoder.iri(GRAPH_ONTOLOGY), canonical_lines(ontology))
    refused = (encoder.encode_rejection(r.claim, r.reason) for r in rejected if r.claim is not None)
    quarantine = canonical_lines(triple for triples in refused for triple in triples)
    writer.add(encoder.iri(GRAPH_QUARANTINE), quarantine, in_union=False)
    reference = encoder.encode_reference(entities, workshop.linker.entity)
    writer.add(encoder.iri(GRAPH_REFERENCE), canonical_lines(reference))


@contextmanager
def timed(report: BuildReport, stage: str) -> Iterator[None]:
    """Add the seconds that a block takes to a stage of the report."""
    start = perf_counter()
    try:
        yield
    finally:
        report.timings[stage] = report.timings.get(stage, 0.0) + perf_counter() - start


def _silent(stage: str, done: int, total: int) -> None:
    """Show no progress."""
