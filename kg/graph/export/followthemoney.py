"""The graph as FollowTheMoney entities (https://followthemoney.tech/), one JSON object a line.

In go a `Querier`, out come lines. What has a schema there is mapped: people, bodies, places as public bodies, posts as
positions with their holders, money as payments, other asserted facts as links with the relation as their role. Laws,
programs and publications have none; they stay out, and so do facts about them, denials and hypotheses.
"""

import json
from collections.abc import Iterator
from typing import Any

from kg.graph.export.rows import ClaimRow, EntityRow, EvidenceRow, read_claims, read_entities, read_evidence
from kg.graph.query import Querier
from kg.ids import content_hash

SCHEMATA = {
    "Person": "Person",
    "Jurisdiction": "PublicBody",
    "Agency": "PublicBody",
    "Court": "PublicBody",
    "Organization": "Organization",
}
COUNTRY = "us"


def write_followthemoney(querier: Querier) -> Iterator[str]:
    """Yield the lines, sorted by what they come from."""
    evidence = {proof.id: proof for proof in read_evidence(querier)}
    entities = {row.id: row for row in read_entities(querier)}
    schemata = {path: schema for path, row in entities.items() if (schema := _schema(row))}
    for path, schema in sorted(schemata.items()):
        yield _line(path, schema, _entity(entities[path], querier.prefixes["id"]))
    for claim in read_claims(querier):
        if claim.status == "Asserted" and claim.subject in schemata:
            yield from _link(
                claim, schemata, entities, [evidence[proof] for proof in claim.evidence if proof in evidence]
            )


def _schema(row: EntityRow) -> str | None:
    return next((SCHEMATA[kind] for kind in SCHEMATA if kind in row.kinds), None)


def _entity(row: EntityRow, base: str) -> dict[str, list[str]]:
    properties = {"name": [row.label], "alias": list(row.alt_labels), "sourceUrl": [base + row.id]}
    if "Jurisdiction" in row.kinds or row.id.partition("/")[2].startswith(f"{COUNTRY}/"):
        properties["country"] = [COUNTRY]
    return properties


def _link(
    claim: ClaimRow, schemata: dict[str, str], entities: dict[str, EntityRow], evidence: list[EvidenceRow]
) -> Iterator[str]:
    qualifiers = dict(claim.qualifiers)
    common = {
        "publisher": sorted({proof.publisher for proof in evidence if proof.publisher}),
        "sourceUrl": sorted({proof.url for proof in evidence if proof.url}),
        "summary": [proof.sentence for proof in evidence[:3]],
    }
    if qualifiers.get("date"):
        common["date"] = [qualifiers["date"]]
    subject, thing = _id(claim.subject), _id(claim.object)
    if claim.relation == "receivedFunding" and claim.object in entities:
        paid = {"beneficiary": [subject], "programme": [entities[claim.object].label], "currency": ["USD"]}
        paid |= {name: [qualifiers["amount"]] for name in ("amount", "amountUsd") if "amount" in qualifiers}
        yield _line(claim.id, "Payment", common | paid)
    elif claim.object not in schemata:
        return
    elif claim.relation == "holdsPost" and schemata[claim.subject] == "Person":
        title = qualifiers.get("title", "")
        post = f"position/{content_hash(claim.object, title)}"
        name = f"{title}, {entities[claim.object].label}" if title else f"Post at {entities[claim.object].label}"
        yield _line(post, "Position", {"name": [name], "organization": [thing]})
        status = ["ended"] if qualifiers.get("former") == "true" else []
        yield _line(claim.id, "Occupancy", common | {"holder": [subject], "post": [_id(post)], "status": status})
    else:
        yield _line(
            claim.id, "UnknownLink", common | {"subject": [subject], "object": [thing], "role": [claim.relation]}
        )


def _id(path: str) -> str:
    """Return an id as FollowTheMoney likes them: of characters that stand in addresses."""
    return "kg-" + content_hash(path)


def _line(path: str, schema: str, properties: dict[str, Any]) -> str:
    filled = {name: values for name, values in sorted(properties.items()) if values}
    return json.dumps({"id": _id(path), "schema": schema, "properties": filled}, ensure_ascii=False)
