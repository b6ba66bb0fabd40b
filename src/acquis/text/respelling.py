"""Other readings of a text, in which a word that was taken apart or disguised stands as one word of one script."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from acquis.text.folding import decomposed

_BROKEN = regex.compile(r"(?<=\p{L})[-\u2010\u00ad][^\S\n]*\n\s*(?=\p{L})")
"""A hyphen with the end of a line in a word, as in text that was pasted."""
_SPACED = regex.compile(r"(?<!\p{L})\p{L}(?:[ .·_-]\p{L}(?!\p{L})){3,}")
"""Single letters, each with a sign between it and the next one."""
_BETWEEN = regex.compile(r"[ .·_-]")
_MIXED = regex.compile(r"(?<!\p{L})(?=\p{L}*\p{Script=Latin})(?=\p{L}*[\p{Script=Cyrillic}\p{Script=Greek}])\p{L}+")
"""A word with letters of Latin and of another script of Europe."""
_LATIN = str.maketrans(
    "аеорсухіјѕԁһвнкмтгьѵүҽԛԝАЕОРСУХІЈЅԀҺВНКМТѴҮԌԜӀαεορυχικντσγϲϳΑΕΟΡΥΧΙΚΝΤΒΗΜΖϒϜϹϺͿ",
    "aeopcyxijsdhbhkmtrbvyeqwAEOPCYXIJSDHBHKMTVYGWlaeopuxikvtoycjAEOPYXIKNTBHMZYFCMJ",
)
"""Letters of Cyrillic and Greek -> the Latin letters that look the same (a part of the table of Unicode Technical
Standard 39); used in words that mix scripts only."""

_ALIKE = str.maketrans("01|i", "olll")


def readings(text: str) -> Iterator[tuple[str, list[int]]]:
    """Readings of a text that differ from it, each with the index in the text of each of its characters."""
    for out in (_gaps(_BROKEN.finditer(text)), _gaps(_SPACED.finditer(text), _BETWEEN)):
        if out:
            places = [place for place in range(len(text)) if place not in out]
            yield "".join(text[place] for place in places), places
    if not text.isascii() and _MIXED.search(text):
        yield _MIXED.sub(lambda word: word[0].translate(_LATIN), text), list(range(len(text)))


def skeleton(name: str) -> str:
    """What two names have in common that can be taken for each other: without signs, blanks, marks and case, with one
    letter for those that look the same in Latin, Cyrillic and Greek. (After Unicode Technical Standard 39, with a part
    of its table.)"""
    plain = "".join(sign for sign in decomposed(name.translate(_LATIN)) if sign.isalnum())
    return plain.translate(_ALIKE).replace("rn", "m").replace("vv", "w")


def _gaps(matches: Iterator[regex.Match[str]], between: regex.Pattern[str] | None = None) -> set[int]:
    """The indexes of what is left out: the matches, or the signs between the letters of a match."""
    out: set[int] = set()
    for match in matches:
        span = range(*match.span())
        out.update(place for place in span if between is None or between.match(match.string, place))
    return out
