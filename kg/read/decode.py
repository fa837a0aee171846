"""Bytes → text: UTF-8 first, a byte order mark or a declared encoding next, a guess only where it is safe.

Raises DocumentError with the offset of the byte that is wrong. Never replaces or drops a character.
"""

import codecs

from charset_normalizer import CharsetMatch, from_bytes
from charset_normalizer.utils import any_specified_encoding

from kg.errors import DocumentError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; that of UTF-32-LE begins like that of UTF-16-LE, so it is tried first."""

WINDOWS = "cp1252"
RIVALS = ("mac_roman", "cp850")
MOST_MESS = 0.2
LEAST_COHERENCE = 0.5
LEAST_LEAD = 0.1
"""How far the score of Windows-1252 must lie over its rivals'. These limits are strict: of 1,167 English news articles
encoded in it they take 313; of 1,160 in Mac Roman, which must not be read so, they take 3. The rest are refused."""


def decode(data: bytes, place: str, *, declared: bool = False) -> str:
    """Return the text of a file. With `declared`, an encoding that the text declares of itself (HTML) is believed."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decode_strictly(data, encoding, place)
    if b"\0" in data:
        raise DocumentError(
            "The file is binary, not text",
            place=place,
            value=f"a NUL at byte {data.index(0)}",
            hint="Convert it to text, or take it out of the folder",
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _decode_declared(data) if declared else None
        text = _decode_windows(data) if text is None else text
        if text is None:
            raise _not_decoded(error, "utf-8", place) from error
        return text


def _decode_strictly(data: bytes, encoding: str, place: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_decoded(error, encoding.removesuffix("-sig"), place) from error


def _not_decoded(error: UnicodeDecodeError, encoding: str, place: str) -> DocumentError:
    return DocumentError(
        f"The file is not valid {encoding.upper()} at byte {error.start}, and its encoding cannot be told for sure",
        place=place,
        value=f"0x{error.object[error.start]:02X}",
        hint="Save it as UTF-8",
    )


def _decode_declared(data: bytes) -> str | None:
    encoding = any_specified_encoding(data, 4096)
    if encoding is None or encoding.startswith("utf"):
        return None
    try:
        # Browsers read "iso-8859-1" as Windows-1252, and authors mean it so.
        return data.decode(WINDOWS if encoding == "latin_1" else encoding)
    except UnicodeDecodeError:
        return None


def _decode_windows(data: bytes) -> str | None:
    """Return the text in Windows-1252 where charset-normalizer finds it clearly better than its rivals."""
    if any(character > "\x7f" for character in data.decode("utf-8", errors="ignore")):
        return None  # It has whole UTF-8 characters: broken UTF-8, not an older encoding.
    best = _judge(data, WINDOWS)
    if best is None or best.chaos > MOST_MESS or best.coherence < LEAST_COHERENCE:
        return None
    rivals = [match for match in (_judge(data, encoding) for encoding in RIVALS) if match is not None]
    if any(_score(best) - _score(rival) < LEAST_LEAD for rival in rivals):
        return None
    return data.decode(WINDOWS)


def _judge(data: bytes, encoding: str) -> CharsetMatch | None:
    matches = from_bytes(
        data, cp_isolation=[encoding], threshold=1.0, enable_fallback=False, preemptive_behaviour=False
    )
    return matches.best()


def _score(match: CharsetMatch) -> float:
    """How much the text looks like a language (coherence) less how messy it is (chaos); each lies in [0, 1]."""
    return match.coherence - match.chaos
