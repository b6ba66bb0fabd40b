"""Letters in the form in which words are compared: without case, accents and the many forms that one letter has."""

from __future__ import annotations

import unicodedata

_ALIKE = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t",
    "ـ": "", "ى": "ي", "ة": "\u0647", "ی": "ي", "ک": "ك",
    "\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u2010": "-", "\u2011": "-", "\u2013": "-",
})  # fmt: skip
"""What the compatibility decomposition leaves apart: letters, Arabic letters that are typed for one another (tatweel
only stretches a word), apostrophes and hyphens."""
_OWN_LETTERS = {("\u0438", "\u0306"), ("\u0418", "\u0306")}
"""A letter and a mark that are another letter, not an accent: Cyrillic short i."""
_VOICED = frozenset("\u3099\u309a")
"""The marks of Japanese consonants: they make another letter of any kana."""


def decomposed(text: str) -> str:
    """The text without case, each letter apart from its marks (NFKD), letters of one sound or form made one."""
    if text.isascii():
        return text.lower().replace("`", "'")
    return unicodedata.normalize("NFKD", text).casefold().translate(_ALIKE)


def folded(text: str) -> str:
    """The text without case and accents, with plain apostrophes and hyphens. Marks that make another letter stay: the
    Cyrillic short i, voiced kana, vowel signs. Composed (NFC)."""
    plain = decomposed(text)
    if plain.isascii():
        return plain
    kept = [
        sign
        for before, sign in zip(" " + plain, plain)
        if not unicodedata.combining(sign) or sign in _VOICED or (before, sign) in _OWN_LETTERS
    ]
    return unicodedata.normalize("NFC", "".join(kept))


def caseless(text: str) -> str:
    """The text without case: for what must otherwise be equal, accents included."""
    return text.casefold()
