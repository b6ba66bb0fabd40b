"""Finds out in which encoding a text is written. A wrong guess would put wrong letters on the record, so where the
bytes leave doubt the text is refused and the person says the encoding."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; that of UTF-32 begins with that of UTF-16, so it comes first."""
_SHIFTS = re.compile(rb"\x1b\$[@B]")
"""The change to Japanese letters in ISO 2022, whose bytes are all ASCII."""
_LOOK = 200_000
"""Number of bytes at the beginning from which an encoding is guessed."""
_LIKE_A_LANGUAGE = 15.0
"""The least coherence in per cent (letter frequencies like those of a language) from which a guess counts."""
_GUESSES = 4
_LATIN = ("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257", "mac_roman")
_ALPHABETS = tuple(
    map(
        frozenset,
        (
            "àâæçéèêëîïôœùûüÿ",  # French
            "áéíñóúüç",  # Spanish
            "àáâãçéêíóôõúü",  # Portuguese
            "äöüßé",  # German
            "àèéìíîòóùú",  # Italian
            "áéèëïíóöúü",  # Dutch
            "åäöéüàæøóôò",  # Scandinavian languages
            "áðéíóúýþæö",  # Icelandic
            "ąćęłńóśźż",  # Polish
            "áäčďéěíľĺňóôŕřšťúůýž",  # Czech and Slovak
            "áéíóöőúüű",  # Hungarian
            "ăâîșțşţ",  # Romanian
            "čćđšž",  # Croatian and Slovene
            "çğ\u0131öşüâî",  # Turkish
            "āčēģīķļņšūž",  # Latvian
            "ąčęėįšųūž",  # Lithuanian
            "äõöüšž",  # Estonian
        ),
    )
)
"""The small letters beyond ASCII of languages that are written with the Latin alphabet."""
_BROKEN = re.compile(
    r"[^\W\d_][\u00a1-\u00a9\u00ac\u00ae-\u00b6\u00b8-\u00bf\u00d7\u00f7\u2020-\u2022][^\W\d_]|[a-zß-ÿ][À-ÖØ-ÞŠŒŽŸ]|"
    r"[^\W\d_][\u00a6\u00ac\u00b1\u00b6\u02c7]|[\u0080-\u009f]"
)
"""A sign inside of a word or at its end, a capital letter after a small one, or a control character: another encoding
was read as this one."""


_DOCUMENTS = (b"{\\rtf", b"%PDF-", b"%!PS")
"""How documents begin whose bytes may all be letters, but are no text."""


class EncodingProblem(ValueError):
    """A text cannot be decoded: a code (not_text, bad_encoding, unknown_encoding) and, for the last two, the encoding
    that was named or those that are possible, in `names`."""

    def __init__(self, code: str, names: str = "") -> None:
        super().__init__(code)
        self.code, self.names = code, names


class Decoded(NamedTuple):
    """A text, its encoding (a name of Python), and whether that is certain or only very likely."""

    text: str
    encoding: str
    certain: bool


def decoded(data: bytes, encoding: str = "") -> Decoded:
    """The text of a file. encoding: as the person says; otherwise it is found out.

    Raises EncodingProblem: not_text, bad_encoding (the one named), unknown_encoding (the possible ones)."""
    if data[:80].lstrip().startswith(_DOCUMENTS):
        raise EncodingProblem("not_text")
    if encoding:
        try:
            return Decoded(data.decode(encoding), encoding, certain=True)
        except (LookupError, UnicodeDecodeError):
            raise EncodingProblem("bad_encoding", encoding[:40]) from None
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(_strict(data, name), name, certain=True)
    if b"\0" in data[:_LOOK]:
        name = _wide(data[:_LOOK])
        return Decoded(_strict(data, name), name, certain=True)
    if _SHIFTS.search(data[:_LOOK]):
        return Decoded(_strict(data, "iso2022_jp"), "iso2022_jp", certain=True)
    try:
        return Decoded(data.decode(), "utf-8", certain=True)
    except UnicodeDecodeError:
        return _guessed(data)


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        raise EncodingProblem("not_text") from None


def _wide(begin: bytes) -> str:
    """UTF-16 without a mark: nearly every second byte of a text with European letters is zero. Raises
    EncodingProblem."""
    even, odd = begin[::2].count(0), begin[1::2].count(0)
    half = len(begin) // 2
    if 2 * odd > half and 50 * even < half:
        return "utf-16-le"
    if 2 * even > half and 50 * odd < half:
        return "utf-16-be"
    raise EncodingProblem("not_text")


def _guessed(data: bytes) -> Decoded:
    """A text in an encoding that only its letters tell. Raises EncodingProblem if they do not."""
    matches = list(from_bytes(data[:_LOOK]))
    latin = {text: name for name in reversed(_LATIN) if (text := _latin(data, name))}
    if len(latin) == 1:
        ((text, name),) = latin.items()
        return Decoded(text, name, certain=False)
    if not latin and matches and matches[0].percent_coherence >= _LIKE_A_LANGUAGE:
        return Decoded(_strict(data, matches[0].encoding), matches[0].encoding, certain=False)
    names = list(latin.values()) or [match.encoding for match in matches[:_GUESSES]]
    raise EncodingProblem("unknown_encoding", ", ".join(names)) if names else EncodingProblem("not_text")


def _latin(data: bytes, encoding: str) -> str:
    """The text in this encoding if it is written in one language of Europe: its letters beyond ASCII all belong to one
    alphabet, no sign stands inside of a word, and no capital letter follows a small one. Otherwise empty."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    letters = {letter for letter in text.lower() if letter > "~" and letter.isalpha()}
    if not letters or not any(letters <= alphabet for alphabet in _ALPHABETS):
        return ""
    return "" if _BROKEN.search(text) else text
