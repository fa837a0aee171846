"""What the page of a document shows: its text with mentions, quotations and the sentences of facts at their offsets.

In go a `Querier` and the document's path, out come plain dictionaries. The graph holds no whole texts: they come from a
file of texts beside the server, and are used only where every passage stands at its offsets, word for word; otherwise
the page shows the passages alone.
"""

import sqlite3
from contextlib import closing
from typing import Any

from pyoxigraph import NamedNode

from kg.errors import InputError
from kg.graph.query import Querier
from kg.serve import names
from kg.serve.highlight import Mark, cut
from kg.serve.names import iri_of, local, path_of, text

Record = dict[str, Any]


def read_document(querier: Querier, *, path: str, texts: str | None) -> Record:
    """Return a document's description, its pieces of text with what they are marked as, facts, speakers, entities.

    `texts` is an SQLite file with a table `texts(id, text)`. Raises InputError for what is no document.
    """
    iri = iri_of(querier, path)
    about = _description(querier, iri)
    mentions, evidence, quotations = _mentions(querier, iri), _evidence(querier, iri), _quotations(querier, iri)
    wanted = {mention["entity"] for mention in mentions} | {q["speaker"] for q in quotations if q["speaker"]}
    wanted |= {end for proof in evidence for fact in proof["facts"] for end in (fact["subject"], fact["object"])}
    known = names.entities(querier, wanted)
    for mention in mentions:
        mention["entity"] = known[mention["entity"]]
    for quotation in quotations:
        quotation["speaker"] = known.get(quotation["speaker"])
    for proof in evidence:
        for fact in proof["facts"]:
            fact["subject"], fact["object"] = known[fact["subject"]], known[fact["object"]]
    passages = [*mentions, *evidence, *quotations]
    whole = _text(texts, about["id"])
    if whole is not None and not fits(whole, [*mentions, *evidence]):
        whole = None
    blocks = [(0, whole)] if whole is not None else excerpts(evidence, quotations)
    return about | {
        "iri": iri.value,
        "path": path,
        "whole": whole is not None,
        "blocks": [cut(words, start, _marks(passages)) for start, words in blocks],
        "facts": evidence,
        "quotations": quotations,
        "entities": _counted(mentions),
    }


def fits(whole: str, passages: list[Record]) -> bool:
    """Tell whether every passage stands at its offsets of the text, word for word."""
    return all(whole[passage["start"] : passage["end"]] == passage["words"] for passage in passages)


def excerpts(evidence: list[Record], quotations: list[Record]) -> list[tuple[int, str]]:
    """Return the sentences and quotations as blocks of text with their offsets; what lies inside another is left out."""
    found: list[tuple[int, str]] = []
    end = -1
    for passage in sorted((*evidence, *quotations), key=lambda p: (p["start"], -p["end"])):
        if passage["end"] > end and (passage in evidence or len(passage["words"]) == passage["end"] - passage["start"]):
            found.append((passage["start"], passage["words"]))
            end = passage["end"]
    return found


def _marks(passages: list[Record]) -> list[Mark]:
    return [Mark(passage["start"], passage["end"], passage["kind"], passage) for passage in passages]


def _text(texts: str | None, identifier: str) -> str | None:
    if texts is None:
        return None
    with closing(sqlite3.connect(f"file:{texts}?mode=ro", uri=True)) as database:
        row = database.execute("SELECT text FROM texts WHERE id = ?", (identifier,)).fetchone()
    return None if row is None else str(row[0])


def _description(querier: Querier, iri: NamedNode) -> Record:
    rows = list(
        querier.rows(
            f"""SELECT ?id ?title ?published ?publisher ?author ?url {{ {iri} a pol:Document ; dcterms:identifier ?id
          OPTIONAL {{ {iri} schema:headline ?title }} OPTIONAL {{ {iri} schema:datePublished ?published }}
          OPTIONAL {{ {iri} schema:publisher ?publisher }} OPTIONAL {{ {iri} schema:author ?author }}
          OPTIONAL {{ {iri} schema:url ?url }} }} ORDER BY ?title LIMIT 1"""
        )
    )
    if not rows:
        raise InputError("there is no such document", value=iri.value)
    values = [text(node) for node in rows[0]]
    return dict(zip(("id", "title", "published", "publisher", "author", "url"), values, strict=True))


def _mentions(querier: Querier, iri: NamedNode) -> list[Record]:
    rows = querier.rows(
        f"""SELECT DISTINCT ?m ?entity ?start ?end ?words {{
        ?m a pol:Mention ; pol:inDocument {iri} ; pol:refersTo ?entity ; pol:start ?start ; pol:end ?end ; oa:exact ?words
        }} ORDER BY ?start ?end ?m"""
    )
    return [
        {
            "kind": "mention",
            "path": path_of(querier, mention),
            "entity": text(entity),
            "start": int(text(start)),
            "end": int(text(end)),
            "words": text(words),
        }
        for mention, entity, start, end, words in rows
    ]


def _evidence(querier: Querier, iri: NamedNode) -> list[Record]:
    """Return the sentences that state facts, each once, with those facts."""
    reads = names.relations(querier)
    rows = querier.rows(
        f"""SELECT DISTINCT ?e ?claim ?s ?r ?o ?status ?start ?end ?words {{
        ?e pol:inDocument {iri} ; pol:start ?start ; pol:end ?end ; oa:exact ?words . ?claim prov:wasDerivedFrom ?e ;
        a pol:Claim ; rdf:subject ?s ; rdf:predicate ?r ; rdf:object ?o ; pol:status ?status }} ORDER BY ?start ?end ?claim ?e"""
    )
    found: dict[tuple[int, int], Record] = {}
    for proof, claim, subject, relation, thing, status, start, end, words in rows:
        place = int(text(start)), int(text(end))
        sentence = found.setdefault(
            place,
            {
                "kind": "fact",
                "paths": [],
                "start": place[0],
                "end": place[1],
                "words": text(words),
                "facts": [],
            },
        )
        name = local(relation)
        sentence["paths"].append(path_of(querier, proof))
        sentence["facts"].append(
            {
                "path": path_of(querier, claim),
                "subject": text(subject),
                "reads": reads.get(name, (name, name))[0],
                "object": text(thing),
                "status": local(status),
            }
        )
    return list(found.values())


def _quotations(querier: Querier, iri: NamedNode) -> list[Record]:
    rows = querier.rows(
        f"""SELECT DISTINCT ?q ?start ?end ?words ?speaker ?described {{
        ?q a pol:Quotation ; pol:inDocument {iri} ; pol:start ?start ; pol:end ?end ; pol:text ?words
        OPTIONAL {{ ?q pol:speaker ?speaker }} OPTIONAL {{ ?q pol:describedAs ?described }} }} ORDER BY ?start ?end ?q"""
    )
    return [
        {
            "kind": "quotation",
            "path": path_of(querier, quotation),
            "start": int(text(start)),
            "end": int(text(end)),
            "words": text(words),
            "speaker": text(speaker),
            "described": text(described),
        }
        for quotation, start, end, words, speaker, described in rows
    ]


def _counted(mentions: list[Record]) -> list[Record]:
    """Return who is mentioned, the most mentioned first."""
    found: dict[str, Record] = {}
    for mention in mentions:
        entity = mention["entity"]
        found.setdefault(entity["path"], {**entity, "count": 0})["count"] += 1
    return sorted(found.values(), key=lambda entity: (-entity["count"], entity["label"]))
