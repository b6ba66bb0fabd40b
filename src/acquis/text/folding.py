"""Normal forms of text for comparison: without case, accents and compatibility forms of letters."""

from __future__ import annotations

import unicodedata

_ALIKE = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t",
    "ـ": "", "ى": "ي", "ة": "\u0647", "ی": "ي", "ک": "ك",
    "\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u2010": "-", "\u2011": "-", "\u2013": "-",
})  # fmt: skip
"""Characters that the compatibility decomposition does not unify: letters with strokes, Arabic letters that are typed
for one another, the Arabic tatweel, apostrophes and hyphens."""
_OWN_LETTERS = {("\u0438", "\u0306"), ("\u0418", "\u0306")}
"""Letter and mark that together are another letter: Cyrillic short i."""
_VOICED = frozenset("\u3099\u309a")
"""The marks of voiced Japanese consonants, which make another letter of a kana."""


def decomposed(text: str) -> str:
    """The text case-folded and decomposed into letters and marks (NFKD), with equivalent letters unified."""
    if text.isascii():
        return text.lower().replace("`", "'")
    return unicodedata.normalize("NFKD", text).casefold().translate(_ALIKE)


def folded(text: str) -> str:
    """The text case-folded and without accents, with ASCII apostrophes and hyphens, in NFC. Marks that make another
    letter are kept: those of the Cyrillic short i and of voiced kana, and vowel signs."""
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
    """The text with its case folded and its accents kept, for sorting and comparing."""
    return text.casefold()
