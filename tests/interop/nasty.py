"""Literals and IRIs that break careless readers and writers, as triples."""

from pyoxigraph import Literal, NamedNode, Triple

XSD = "http://www.w3.org/2001/XMLSchema#"
EX = "https://w3id.org/policy-kg/id/nasty/"

TEXTS = (
    "", " ", "a\tb\nc\rd", 'say "yes"', "back\\slash", "\\u0041 is no A", "'''", '"""', 'ends with "', "ends with \\",
    "é è 中文 😀 \U0001f468\u200d\U0001f469\u200d\U0001f467", "e\u0301 is not é", "\u202eright to left", "\u2028\u2029", "\ufeffmark",
    "\x7f\x80\x9f", "\ufffd", "<b>&amp;</b> ]]> <!--", "@prefix : <x> .", "# no comment", "a" * 10_000, "{{ 7 * 7 }}", "%41",
    "\x01\x08\x0b\x0c\x1f",
)  # fmt: skip
CANONICAL = (
    ("integer", "7"), ("decimal", "1.5"), ("boolean", "true"), ("date", "2018-01-24"), ("gYear", "2018"),
    ("anyURI", "http://x/a b"), ("string", "plain"),
)  # fmt: skip
TYPED = (
    ("integer", "007"), ("integer", "-0"), ("decimal", "1.50"), ("decimal", "12345678901234567890.5"), ("double", "1.0E6"),
    ("boolean", "1"), ("date", "2018-01-24"), ("date", "2018-01-24Z"), ("gYear", "2018"), ("gYear", "-0044"),
    ("anyURI", "http://x/a b"), ("string", "plain"), ("dateTime", "2018-01-24T24:00:00"), ("integer", "no number"),
)  # fmt: skip
LANGUAGES = ("en", "en-us", "de-ch-1996", "zh-hant")
IRIS = (
    EX + "a%20b", EX + "a,b;c", EX + "a(b)", EX + "ö", EX + "a~b", EX + "a'b", EX + "a?b=c&d=e#f", EX + "-a", EX + "1", EX + "a.",
    "urn:isbn:0451450523", "http://例え.テスト/路径", "https://w3id.org/policy-kg/ontology#a-b", "https://w3id.org/policy-kg/ontology#1",
    "https://w3id.org/policy-kg/ontology#a.b", "https://w3id.org/policy-kg/ontology#a%2Fb", "https://w3id.org/policy-kg/ontology#",
)  # fmt: skip


def triples(typed: tuple[tuple[str, str], ...] = TYPED, without: str | None = None) -> list[Triple]:
    """Return the triples; none has a blank node.

    Stores that keep numbers as numbers need CANONICAL ones; `without` is a character that a reader warns of.
    """
    texts = [text for text in TEXTS if without is None or without not in text]
    says, names = NamedNode(EX + "says"), NamedNode(EX + "names")
    found = [Triple(NamedNode(f"{EX}text{n}"), says, Literal(text)) for n, text in enumerate(texts)]
    found += [
        Triple(NamedNode(f"{EX}typed{n}"), says, Literal(text, datatype=NamedNode(XSD + kind)))
        for n, (kind, text) in enumerate(typed)
    ]
    found += [Triple(NamedNode(EX + "tongues"), says, Literal("gift", language=language)) for language in LANGUAGES]
    found += [Triple(NamedNode(iri), names, NamedNode(other)) for iri, other in zip(IRIS, reversed(IRIS), strict=True)]
    found += [Triple(NamedNode(EX + "x"), NamedNode(iri), Literal("by its predicate")) for iri in IRIS[:10]]
    return found
