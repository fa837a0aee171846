"""Full-text search over labels, sentences and quotations: an SQLite index beside the server, made from the store.

In go a `Querier` and a file, out come plain hits, entities before sentences. A hit's words come with the matches marked
by two control characters, so that whoever makes HTML can escape first.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from kg.graph.query import Querier
from kg.serve import names
from kg.serve.names import local, path_of, text

Record = dict[str, Any]
OPEN, CLOSE = "\x02", "\x03"
"""What stands around a matching word."""
WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 12
ENTITY_HITS = 30

TABLES = """
CREATE VIRTUAL TABLE labels USING fts5(words, path UNINDEXED, main UNINDEXED, weight UNINDEXED, prefix='2 3',
  tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE sentences USING fts5(words, path UNINDEXED, kind UNINDEXED, document UNINDEXED, title UNINDEXED,
  published UNINDEXED, tokenize="porter unicode61 remove_diacritics 2");
"""


def build_index(querier: Querier, *, file: str) -> int:
    """Write the index of a store into a new file; return how many rows it has."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(TABLES)
        database.executemany("INSERT INTO labels VALUES (?, ?, ?, ?)", _labels(querier))
        database.executemany("INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?)", _sentences(querier))
        database.commit()
        counted = database.execute("SELECT (SELECT COUNT(*) FROM labels) + (SELECT COUNT(*) FROM sentences)").fetchone()
        return int(counted[0])


def _labels(querier: Querier) -> Iterator[tuple[str, str, int, int]]:
    weights = {
        text(entity): int(text(n))
        for entity, n in querier.rows("SELECT ?e (COUNT(?m) AS ?n) { ?m pol:refersTo ?e } GROUP BY ?e")
    }
    for entity, label, predicate in querier.rows(
        "SELECT DISTINCT ?e ?l ?p { VALUES ?p { rdfs:label skos:altLabel } ?e a pol:Entity ; ?p ?l }"
    ):
        main = int(text(predicate).endswith("#label"))
        yield text(label), path_of(querier, entity), main, weights.get(text(entity), 0)


def _sentences(querier: Querier) -> Iterator[tuple[str, str, str, str, str, str]]:
    documents = {
        document: (text(title) or text(name), text(published))
        for document, name, title, published in querier.rows(
            """SELECT ?d ?name ?title ?published { ?d a pol:Document ; dcterms:identifier ?name
            OPTIONAL { ?d schema:headline ?title } OPTIONAL { ?d schema:datePublished ?published } }"""
        )
    }
    seen: set[tuple[Any, str]] = set()
    for kind, passage, words, document in querier.rows(
        """SELECT ?kind ?p ?words ?d { { ?p a pol:Evidence ; oa:exact ?words BIND(pol:Evidence AS ?kind) }
        UNION { ?p a pol:Quotation ; pol:text ?words BIND(pol:Quotation AS ?kind) } ?p pol:inDocument ?d } ORDER BY ?p"""
    ):
        key = document, text(words)
        if key not in seen:
            seen.add(key)
            title, published = documents.get(document, ("", ""))
            path = path_of(querier, passage)
            yield text(words), path, local(kind).lower(), path_of(querier, document), title, published


def search(querier: Querier, *, file: str, words: str, skip: int, limit: int) -> Record:
    """Return the entities of a name and the sentences with these words, the best first.

    The last word may be a beginning. Words count in any order; nothing that a user types is FTS5 syntax.
    """
    found = WORD.findall(words)[:MOST_WORDS]
    if not found:
        return {"entities": [], "sentences": [], "total": 0}
    exact = " ".join(f'"{word}"' for word in found)
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        labels = database.execute(
            """SELECT path, highlight(labels, 0, ?, ?), main FROM labels WHERE labels MATCH ?
            ORDER BY bm25(labels) - main - ln(1 + weight) LIMIT 200"""
            if _has_ln(database)
            else """SELECT path, highlight(labels, 0, ?, ?), main FROM labels WHERE labels MATCH ?
            ORDER BY bm25(labels) - main - MIN(weight, 50) / 10.0 LIMIT 200""",
            (OPEN, CLOSE, exact + " *" if len(found[-1]) > 1 else exact),
        ).fetchall()
        (total,) = database.execute("SELECT COUNT(*) FROM sentences WHERE sentences MATCH ?", (exact,)).fetchone()
        sentences = database.execute(
            """SELECT path, highlight(sentences, 0, ?, ?), kind, document, title, published FROM sentences
            WHERE sentences MATCH ? ORDER BY bm25(sentences), rowid LIMIT ? OFFSET ?""",
            (OPEN, CLOSE, exact, int(limit), int(skip)),
        ).fetchall()
    best: dict[str, str] = {}
    for path, label, _ in labels:
        best.setdefault(path, label)
    base = querier.prefixes["id"]
    chosen = list(best)[:ENTITY_HITS]
    known = names.entities(querier, (base + path for path in chosen))
    keys = ("path", "words", "kind", "document", "title", "published")
    return {
        "entities": [{**known[base + path], "words": best[path]} for path in chosen],
        "sentences": [dict(zip(keys, row, strict=True)) for row in sentences],
        "total": int(total),
    }


def _has_ln(database: sqlite3.Connection) -> bool:
    return any(row[0] == "ENABLE_MATH_FUNCTIONS" for row in database.execute("PRAGMA compile_options"))
