"""Namespaces, resource paths and content hashes: the only place that knows how IRIs look.

A *path* is what follows the base of the resources ("person/jeff-sessions"); records carry paths,
and only `kg.graph` turns them into IRIs, so that the base stays configurable.
"""

import hashlib
import json
import re
import unicodedata

ONTOLOGY_BASE = "https://w3id.org/policy-kg/ontology#"
RESOURCE_BASE = "https://w3id.org/policy-kg/id/"

HASH_LENGTH = 20
"""Hex digits kept of a SHA-256: 80 bits, so a collision is out of reach for any corpus we can store."""


def content_hash(*parts: object) -> str:
    """Hash the content of a record: 20 hex digits of the SHA-256 of the parts as canonical JSON.

    >>> content_hash("a", 1) == content_hash("a", 1)
    True
    >>> content_hash("a", "1") == content_hash("a", 1)
    False
    """
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_LENGTH]


def slug(text: str) -> str:
    """Fold a name into the part of a path: ASCII letters, digits and single hyphens.

    >>> slug("Carlos A. Giménez")
    'carlos-a-gimenez'
    >>> slug("Prince George’s County")
    'prince-georges-county'
    """
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    folded = re.sub(r"['.]", "", folded)
    return re.sub(r"[^a-z0-9]+", "-", folded.lower()).strip("-") or content_hash(text)
