"""What is wrong with a query that does not parse, for people: where it is, and the way out.

In go the text, what the engine said, and the names that may be used; out comes a `Mistake`. The engine's own place and
expectations are used where no usual mistake is found. Nothing here decides whether a query may run.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from kg.graph.guard import declared_prefixes, tokens

KEYWORDS = (
    "SELECT", "DISTINCT", "REDUCED", "CONSTRUCT", "DESCRIBE", "ASK", "WHERE", "FROM", "NAMED", "PREFIX", "BASE",
    "ORDER", "BY", "ASC", "DESC", "LIMIT", "OFFSET", "GROUP", "HAVING", "VALUES", "OPTIONAL", "GRAPH", "UNION",
    "MINUS", "FILTER", "BIND", "AS", "NOT", "EXISTS", "IN", "UNDEF", "SEPARATOR", "SILENT", "A", "TRUE", "FALSE",
)  # fmt: skip
AGGREGATES = (
    "COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT",
)  # fmt: skip
FUNCTIONS = (
    "STR", "LANG", "LANGMATCHES", "DATATYPE", "BOUND", "IRI", "URI", "BNODE", "RAND", "ABS", "CEIL", "FLOOR",
    "ROUND", "CONCAT", "STRLEN", "UCASE", "LCASE", "ENCODE_FOR_URI", "CONTAINS", "STRSTARTS", "STRENDS",
    "STRBEFORE", "STRAFTER", "YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS", "TIMEZONE", "TZ", "NOW",
    "UUID", "STRUUID", "MD5", "SHA1", "SHA256", "SHA384", "SHA512", "COALESCE", "IF", "STRLANG", "STRDT",
    "SAMETERM", "ISIRI", "ISURI", "ISBLANK", "ISLITERAL", "ISNUMERIC", "REGEX", "SUBSTR", "REPLACE",
)  # fmt: skip
WORDS = frozenset((*KEYWORDS, *AGGREGATES, *FUNCTIONS))
CLOSING = {"}": "{", ")": "(", "]": "["}
POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
EXPECTED = re.compile(r"\b[A-Z]{2,}(?: [A-Z]{2,})*\b|\"[^\"]\"")
NOISE = frozenset({"FDCF", "FFFD", "EFFFF"})
SIMILAR = 75


@dataclass(frozen=True, slots=True)
class Mistake:
    """Where something is wrong, what it is, and the way out."""

    start: int
    end: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A token or a sign between tokens, with its kind: those of `guard.TOKEN`, "number" or "sign"."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """The keyword in capitals, "" for everything else."""
        return self.text.upper() if self.kind == "word" else ""


def explain(text: str, said: str, prefixes: Mapping[str, str], names: Collection[str]) -> Mistake:
    """Return what is wrong with a query that the engine refused with the words `said`."""
    pieces = list(_pieces(text))
    if wrong := _prefix(pieces, text, prefixes):
        return wrong
    for look in (_empty, _quotes, _slashes, _clauses, _words, _projection, _signs, _brackets, _triples):
        wrong = look(pieces, names)
        if wrong is not None:
            return wrong
    return _ungrouped(pieces, said) or _as_the_engine_says(text, said)


def nearest(name: str, known: Collection[str], before: str = "", after: str = "", cutoff: float = 50) -> str:
    """Return a question whether the nearest known name was meant, or the known names where none is near."""
    found = process.extractOne(name, sorted(known), scorer=fuzz.ratio, score_cutoff=cutoff, processor=str.lower)
    if found:
        return f"Did you mean {before}{found[0]}{after}?"
    return f"Known are {', '.join(f'{before}{known_name}{after}' for known_name in sorted(known)[:30])}"


def _pieces(text: str) -> Iterator[Piece]:
    """Yield tokens and the signs and numbers between them, without comments."""
    last = 0
    for token in [*tokens(text), None]:
        start = len(text) if token is None else token.start()
        for match in re.finditer(r"\d+(?:\.\d+)?|==|&&|\|\||!=|<=|>=|\S", text[last:start]):
            kind = "number" if match[0][0].isdigit() else "sign"
            yield Piece(kind, match[0], last + match.start(), last + match.end())
        if token is not None:
            last = token.end()
            if token.lastgroup != "comment":
                yield Piece(token.lastgroup or "", token.group(), token.start(), token.end())


def _empty(pieces: list[Piece], _: Collection[str]) -> Mistake | None:
    return None if pieces else Mistake(0, 0, "the query is empty", "Look at a saved one: kg query --list")


def _quotes(pieces: list[Piece], _: Collection[str]) -> Mistake | None:
    for piece in pieces:
        if piece.kind == "sign" and piece.text in "\"'":
            return _mistake(
                piece, "the quotation mark is not closed", f"A text ends as it begins: {piece.text}…{piece.text}"
            )
        if piece.kind == "sign" and piece.text in "“”‘’":
            return _mistake(piece, "this is no quotation mark of SPARQL", "Write straight ones: \"…\" or '…'")
    return None


def _slashes(pieces: list[Piece], _: Collection[str]) -> Mistake | None:
    """Find `id:person/ann-lee`, where a slash would be a path."""
    for number, piece in enumerate(pieces):
        if piece.kind != "name" or not piece.text.startswith("id:"):
            continue
        joined = [piece]
        for after in pieces[number + 1 :]:
            if after.start != joined[-1].end:
                break
            joined.append(after)
        whole = "".join(one.text for one in joined)
        if "/" in whole.replace("\\/", ""):
            fixed = re.sub(r"(?<!\\)/", r"\\/", whole)
            hint = f"Write {fixed}, or the whole IRI in <…>"
            return Mistake(piece.start, joined[-1].end, "a slash in a prefixed name needs a backslash", hint)
    return None


def _words(pieces: list[Piece], names: Collection[str]) -> Mistake | None:
    """Find a word that is none of SPARQL: misspelt, a name without its prefix, a text without quotation marks."""
    for piece in pieces:
        if not piece.word or piece.word in WORDS:
            continue
        local = next((name for name in sorted(names) if name.lower() == piece.text.lower()), None)
        if local is not None:
            return _mistake(piece, "a name needs its prefix", f"Write pol:{local}")
        found = process.extractOne(piece.word, sorted(WORDS), scorer=fuzz.ratio, score_cutoff=SIMILAR)
        if found:
            return _mistake(piece, "SPARQL has no such word", f"Did you mean {found[0]}?")
        hint = f'A variable is written ?{piece.text}, a text "{piece.text}", a name of the ontology pol:{piece.text}'
        return _mistake(piece, "SPARQL has no such word", hint)
    return None


def _projection(pieces: list[Piece], _: Collection[str]) -> Mistake | None:
    """Find what SELECT cannot list: commas, and calculations without brackets and a name."""
    inside, depth, opened = False, 0, None
    for piece in pieces:
        if piece.word in {"SELECT"}:
            inside, depth = True, 0
        elif inside and (piece.text == "{" or piece.word in {"WHERE", "FROM"}):
            inside = False
        elif inside and piece.text == "(":
            depth += 1
            opened = (piece, False) if depth == 1 else opened
        elif inside and piece.text == ")":
            depth -= 1
            if depth == 0 and opened is not None and not opened[1]:
                hint = "Write a name behind it: (… AS ?name)"
                return Mistake(opened[0].start, piece.end, "what SELECT calculates needs a name", hint)
        elif inside and piece.word == "AS" and opened is not None:
            opened = (opened[0], True)
        elif inside and depth == 0 and piece.text == ",":
            return _mistake(piece, "SELECT lists variables without commas", "Write SELECT ?a ?b")
        elif inside and depth == 0 and piece.word in WORDS.difference(KEYWORDS):
            hint = f"Write it in brackets: ({piece.word}(…) AS ?name)"
            return _mistake(piece, "what SELECT calculates needs brackets and a name", hint)
    return None


def _signs(pieces: list[Piece], _: Collection[str]) -> Mistake | None:
    for piece in pieces:
        if piece.text == "==":
            return _mistake(piece, "SPARQL has no such sign", "Equality is written =")
        if piece.kind == "sign" and piece.text == "&":
            return _mistake(piece, "SPARQL has no such sign", "And is written &&")
    return None


def _clauses(pieces: list[Piece], _: Collection[str]) -> Mistake | None:
    """Find a keyword that something else must follow."""
    for number, piece in enumerate(pieces):
        after = pieces[number + 1] if number + 1 < len(pieces) else Piece("end", "", piece.end, piece.end)
        there = after if after.text else piece
        if piece.word in {"ORDER", "GROUP"} and after.word != "BY":
            return _mistake(piece, f"{piece.word} needs BY", f"Write {piece.word} BY ?variable")
        if piece.word in {"LIMIT", "OFFSET"} and after.kind != "number":
            return _mistake(there, f"{piece.word} needs a number", f"Write {piece.word} 10")
        if piece.word == "FILTER" and after.text != "(" and after.kind not in {"word", "name", "iri"}:
            return _mistake(there, "FILTER needs brackets", 'Write FILTER(?x = "…")')
        if piece.word == "BIND" and after.text != "(":
            return _mistake(piece, "BIND needs brackets", "Write BIND(… AS ?name)")
        if piece.word in {"WHERE", "OPTIONAL", "UNION", "MINUS", "EXISTS"} and after.text != "{":
            return _mistake(piece, f"{piece.word} needs a group in braces", f"Write {piece.word} {{ … }}")
    return None


def _triples(pieces: list[Piece], _: Collection[str]) -> Mistake | None:
    """Find a triple of fewer or more than three parts; where lists or blank nodes stand, nothing is looked for."""
    count, braces, brackets, skipped = 0, 0, 0, False
    last: Piece | None = None
    for piece in pieces:
        before, last = last, piece
        braces += (piece.text == "{") - (piece.text == "}")
        brackets += (piece.text == "(") - (piece.text == ")")
        if piece.text == "[" or piece.word == "VALUES":
            return None
        if brackets or not (braces or piece.text == "}") or piece.kind == "language":
            continue
        if piece.text in {".", "}", "{"} or (piece.word and piece.word not in {"A", "TRUE", "FALSE"}):
            if count == 2 or (count == 1 and piece.text != "{" and before is not None and before.text != ";"):
                return _mistake(
                    piece, "the triple before this has fewer than three parts", "Write ?subject property ?object ."
                )
            count = 0
            skipped = piece.word == "GRAPH"
        elif piece.text in {";", ","}:
            count = 1 if piece.text == ";" else 2
        elif piece.text in {"/", "|", "^"}:
            count -= piece.text != "^" or (before is not None and before.text == "^" and count == 3)
        elif piece.kind != "sign":
            count += not skipped
            skipped = False
        if count > 3:
            return _mistake(
                piece, "a full stop is missing before this", "Triples end with . and share their subject with ;"
            )
    return None


def _brackets(pieces: list[Piece], _: Collection[str]) -> Mistake | None:
    opened: list[Piece] = []
    for piece in pieces:
        if piece.kind != "sign":
            continue
        if piece.text in CLOSING.values():
            opened.append(piece)
        elif piece.text in CLOSING:
            if not opened:
                return _mistake(
                    piece, "nothing is open that this closes", f"Delete it, or open one with {CLOSING[piece.text]}"
                )
            start = opened.pop()
            if start.text != CLOSING[piece.text]:
                return _mistake(start, "this is not closed", f"It is closed by {piece.text}, which is another kind")
    if opened:
        wanted = next(end for end, start in CLOSING.items() if start == opened[-1].text)
        return _mistake(opened[-1], "this is not closed", f"Write {wanted} where it ends")
    return None


def _prefix(pieces: list[Piece], text: str, prefixes: Mapping[str, str]) -> Mistake | None:
    declared = declared_prefixes(text, prefixes)
    for piece in pieces:
        prefix = piece.text.partition(":")[0]
        if piece.kind == "name" and prefix not in declared:
            return Mistake(
                piece.start,
                piece.start + len(prefix) + 1,
                "the prefix is not declared",
                nearest(prefix, declared, "", ":"),
            )
    return None


def _ungrouped(pieces: list[Piece], said: str) -> Mistake | None:
    """Find the variable that is neither grouped nor calculated, where the engine says that there is one."""
    if "unbound" not in said:
        return None
    grouped: set[str] = set()
    for number, piece in enumerate(pieces):
        if piece.word == "GROUP":
            rest = pieces[number + 2 :]
            stop = next(
                (n for n, p in enumerate(rest) if p.word in {"HAVING", "ORDER", "LIMIT", "OFFSET"} or p.text == "}"),
                None,
            )
            grouped |= {p.text for p in rest[:stop] if p.kind == "variable"}
    depth = 0
    for piece in pieces[1:]:
        depth += (piece.text == "(") - (piece.text == ")")
        if piece.text == "{" or piece.word == "WHERE":
            break
        if piece.kind == "variable" and depth == 0 and piece.text not in grouped:
            hint = f"Add it to GROUP BY, or write (SAMPLE({piece.text}) AS {piece.text}One)"
            return _mistake(piece, "this variable is neither grouped nor calculated", hint)
    return None


def _as_the_engine_says(text: str, said: str) -> Mistake:
    match = POSITION.match(said)
    if match is None:
        return Mistake(0, max(1, len(text.split("\n", 1)[0])), "the query is no valid SPARQL 1.1", said)
    lines = text.split("\n")
    line, column = min(int(match[1]), len(lines)), int(match[2])
    start = min(sum(len(one) + 1 for one in lines[: line - 1]) + column - 1, len(text))
    expected = [word for word in dict.fromkeys(EXPECTED.findall(match[3])) if word not in NOISE]
    hint = (
        f"Expected here: {', '.join(expected)}"
        if 0 < len(expected) <= 6
        else "Compare it with a saved query: kg query --list"
    )
    return Mistake(start, start + 1, "the query is no valid SPARQL 1.1", hint)


def _mistake(piece: Piece, message: str, hint: str) -> Mistake:
    return Mistake(piece.start, piece.end, message, hint)
