"""Tables: the CSV files of a property graph with scripts that load them into Neo4j, and Parquet files.

In go a `Querier` and a folder, out come files, the same bytes for the same graph. Cells that begin as a formula of a
spreadsheet would stay as they are: these files are for programs.
"""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kg.errors import OutputError
from kg.graph.export.rows import (
    IDENTIFIERS,
    ClaimRow,
    EntityRow,
    EvidenceRow,
    read_claims,
    read_entities,
    read_evidence,
)
from kg.graph.network import QUALIFIERS
from kg.graph.query import Querier

ENTITY_COLUMNS = ("id:ID", ":LABEL", "label", "altLabels:string[]", "latitude:double", "longitude:double", *IDENTIFIERS)
CLAIM_COLUMNS = (
    ":START_ID", ":END_ID", ":TYPE", "claim", "status", "confidence:double", "support:int", "sentences:string[]", *QUALIFIERS,
)  # fmt: skip
SEPARATOR = ";"
"""What stands between the values of a list, as neo4j-admin takes it."""

LOAD_CYPHER = """// Loads entities.csv and claims.csv into Neo4j: put both into its import folder, then run
//   cypher-shell -f load.cypher
// or, into an empty database and much faster, sh load.sh.
CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE;

LOAD CSV WITH HEADERS FROM 'file:///entities.csv' AS row
CALL (row) {
  MERGE (e:Entity {id: row.`id:ID`})
  SET e.label = row.label, e.altLabels = split(row.`altLabels:string[]`, ';'),
      e.latitude = toFloat(row.`latitude:double`), e.longitude = toFloat(row.`longitude:double`)
  SET e:$(split(row.`:LABEL`, ';'))
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///claims.csv' AS row
CALL (row) {
  MATCH (a:Entity {id: row.`:START_ID`}), (b:Entity {id: row.`:END_ID`})
  MERGE (a)-[r:$(row.`:TYPE`) {claim: row.claim}]->(b)
  SET r.status = row.status, r.confidence = toFloat(row.`confidence:double`), r.support = toInteger(row.`support:int`),
      r.sentences = split(row.`sentences:string[]`, ';'), r.date = row.date, r.amount = row.amount, r.title = row.title
} IN TRANSACTIONS OF 1000 ROWS;
"""
LOAD_SH = """#!/bin/sh
# Loads entities.csv and claims.csv into an empty Neo4j 5 database: sh load.sh [DATABASE]
set -eu
cd "$(dirname "$0")"
exec neo4j-admin database import full "${1:-neo4j}" --nodes=entities.csv --relationships=claims.csv \\
  --array-delimiter=';' --multiline-fields=true
"""


def write_neo4j(querier: Querier, folder: Path) -> None:
    """Write `entities.csv`, `claims.csv` and two scripts that load them."""
    proofs = {proof.id: proof for proof in read_evidence(querier)}
    entities = read_entities(querier)
    known = {entity.id for entity in entities}
    folder.mkdir(parents=True, exist_ok=True)
    _write_csv(folder / "entities.csv", ENTITY_COLUMNS, map(_entity_cells, entities))
    claims = (claim for claim in read_claims(querier) if {claim.subject, claim.object} <= known)
    _write_csv(folder / "claims.csv", CLAIM_COLUMNS, (_claim_cells(claim, proofs) for claim in claims))
    (folder / "load.cypher").write_text(LOAD_CYPHER, encoding="utf-8", newline="\n")
    (folder / "load.sh").write_text(LOAD_SH, encoding="utf-8", newline="\n")


def write_parquet(querier: Querier, folder: Path) -> None:
    """Write `entities.parquet`, `claims.parquet` and `evidence.parquet`.

    Raises OutputError where pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415  an extra
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise OutputError(
            "Parquet needs a library that is not installed", value="pyarrow", hint="pip install 'policy-kg[parquet]'"
        ) from error
    folder.mkdir(parents=True, exist_ok=True)
    entities = [_plain(row) for row in read_entities(querier)]
    claims = [_plain(row) for row in read_claims(querier)]
    evidence = [_plain(row) for row in read_evidence(querier)]
    for name, rows in (("entities", entities), ("claims", claims), ("evidence", evidence)):
        if rows:
            pq.write_table(pa.Table.from_pylist(rows), folder / f"{name}.parquet")


def _plain(row: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in row.__dataclass_fields__:
        value = getattr(row, name)
        if name in {"identifiers", "qualifiers"}:
            given = dict(value)
            found |= {key: given.get(key) for key in (IDENTIFIERS if name == "identifiers" else QUALIFIERS)}
        else:
            found[name] = list(value) if isinstance(value, tuple) else value
    return found


def _entity_cells(row: EntityRow) -> list[str]:
    identifiers = dict(row.identifiers)
    return [
        row.id,
        SEPARATOR.join(row.kinds),
        row.label,
        _list(row.alt_labels),
        "" if row.latitude is None else repr(row.latitude),
        "" if row.longitude is None else repr(row.longitude),
        *(identifiers.get(name, "") for name in IDENTIFIERS),
    ]


def _claim_cells(row: ClaimRow, proofs: dict[str, EvidenceRow]) -> list[str]:
    """Return the cells of a claim; its support is the number of independent sources, a reprint with its original."""
    qualifiers = dict(row.qualifiers)
    found = [proofs[proof] for proof in row.evidence if proof in proofs]
    return [
        row.subject,
        row.object,
        row.relation,
        row.id,
        row.status,
        repr(row.confidence),
        str(len({proof.source for proof in found})),
        _list([proof.sentence for proof in found]),
        *(qualifiers.get(name, "") for name in QUALIFIERS),
    ]


def _list(values: Sequence[str]) -> str:
    """Join values; a separator within one becomes a comma, since neither loader knows an escape for it."""
    return SEPARATOR.join(value.replace(SEPARATOR, ",") for value in values)


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
