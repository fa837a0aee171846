"""RDF terms: namespaces and prefixes, IRIs of paths, literals in canonical form.

In go paths and plain values, out come `pyoxigraph` terms. This is the only module that builds a literal, so that the
bytes of the files and what Oxigraph returns agree (it stores `0.5`, whatever was written). No blank nodes are made here.
"""

import datetime
import re
from decimal import Decimal
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.ids import ONTOLOGY_BASE, RESOURCE_BASE, content_hash

PREFIXES: dict[str, str] = {
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "pol": ONTOLOGY_BASE,
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes of the files that we write; queries know them too, and `id:` for the resources beside them."""


def term(name: str) -> NamedNode:
    """Return the IRI of a prefixed name of ours.

    >>> term("pol:Claim").value
    'https://w3id.org/policy-kg/ontology#Claim'
    """
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


RDF_TYPE = term("rdf:type")
RDFS_LABEL = term("rdfs:label")

XSD_BOOLEAN = term("xsd:boolean")
XSD_DATE = term("xsd:date")
XSD_DECIMAL = term("xsd:decimal")
XSD_GYEAR = term("xsd:gYear")
XSD_INTEGER = term("xsd:integer")
XSD_ANY_URI = term("xsd:anyURI")

Node = NamedNode | BlankNode | Literal | Triple
"""What a query may return."""

GRAPH_ONTOLOGY = "graph/ontology"
GRAPH_REFERENCE = "graph/reference"
GRAPH_QUARANTINE = "graph/quarantine"

UNLOADABLE = re.compile("[\x00\ufffe\uffff]")
"""A NUL ends a text in programs written in C, and Raptor refuses the other two."""
FORBIDDEN_IN_IRI = re.compile(r"[^\x21-\x7e\u00a0-\U0010ffff]|[<>\"{}|\\^`]")


def resource(path: str, base: str = RESOURCE_BASE) -> NamedNode:
    """Return the IRI of a path; characters that an IRI cannot hold are percent-encoded.

    >>> resource("person/jeff-sessions").value
    'https://w3id.org/policy-kg/id/person/jeff-sessions'
    """
    return NamedNode(base + FORBIDDEN_IN_IRI.sub(lambda match: quote(match.group()), path))


def document_path(identifier: str) -> str:
    """Return the path of a document: its id with everything but unreserved characters percent-encoded.

    >>> document_path("report 7/a")
    'document/report%207%2Fa'
    """
    return f"document/{quote(identifier, safe='')}"


def rule_path(rule: str, version: str) -> str:
    """Return the path of an extraction rule or model in one version.

    >>> rule_path("relations/sued#verb", "0.1.0")
    'rule/relations/sued/verb/0.1.0'
    """
    return f"rule/{quote(rule.replace('#', '/'), safe='/')}/{quote(version, safe='') or '0'}"


def hashed(kind: str, *parts: object) -> str:
    """Return the path of a resource that is named by its content."""
    return f"{kind}/{content_hash(kind, *parts)}"


def text(value: str) -> Literal:
    """Return a plain string; U+0000, U+FFFE and U+FFFF, which other programs refuse to load, become U+FFFD.

    Nothing moves by that: offsets stay right. Raises ValueError for a lone surrogate.
    """
    return Literal(UNLOADABLE.sub("\ufffd", value))


def decimal(value: Decimal) -> Literal:
    """Return a canonical `xsd:decimal`: no exponent, no sign on zero, no trailing zeros.

    >>> decimal(Decimal("0.500")).value, decimal(Decimal("3.15E+8")).value
    ('0.5', '315000000')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Literal("0" if text in {"-0", ""} else text, datatype=XSD_DECIMAL)


def share(value: float) -> Literal:
    """Return a score between 0 and 1 as a decimal of at most four places, so that the last bit of a float is no news."""
    return decimal(Decimal(repr(round(value, 4))))


def integer(value: int) -> Literal:
    """Return a canonical `xsd:integer`."""
    return Literal(str(value), datatype=XSD_INTEGER)


def boolean(value: bool) -> Literal:
    """Return `true` or `false`."""
    return Literal("true" if value else "false", datatype=XSD_BOOLEAN)


def date(value: datetime.date) -> Literal:
    """Return an `xsd:date` without a time zone."""
    return Literal(value.isoformat(), datatype=XSD_DATE)


def year(value: int) -> Literal:
    """Return an `xsd:gYear` of at least four digits."""
    return Literal(f"{value:04d}", datatype=XSD_GYEAR)


def address(value: str) -> Literal:
    """Return a web address as `xsd:anyURI`: as printed, even where it is no valid IRI."""
    return Literal(value, datatype=XSD_ANY_URI)
