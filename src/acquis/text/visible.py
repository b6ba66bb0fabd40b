"""Characters that cannot be seen: what is removed from the texts of people, and whether anything is left to see."""

from __future__ import annotations

import unicodedata

import regex

_REMOVED = regex.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\p{Noncharacter_Code_Point}]"
    r"|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+"
)
"""Control characters (C0 and C1, without tab and line breaks), those that change the direction of what follows, those
of interlinear annotation, code points that are no characters, and tags but for those of a flag."""
_STEERING = regex.compile(
    r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]|(?!\A)\r",
)
"""Control characters without tab and line feed, those that turn the direction of what follows, and other line ends; a
line of progress begins with a carriage return."""
_MARKS = regex.compile(r"(\p{M}{8})\p{M}+")
"""More than eight marks on one letter, which cover the lines above and below. Hebrew with accents has five."""
_HIDDEN_IN_NAMES = regex.compile(r"[\u00ad\u200b\u2060-\u2064\ufeff]")
"""Blanks and joints without a width, which no name needs."""
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters, marks and signs without an image: fillers of Hangul, vowels of Khmer, the empty Braille pattern."""
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Cs", "Mn", "Me", "Zl", "Zp", "Zs"})
"""Categories of Unicode that alone show nothing: controls, joiners, blanks, and marks without a letter."""


def cleaned(text: str) -> str:
    """The text without control characters, more than eight marks on a letter, and blanks at its ends; empty if nothing
    in it can be seen. Joiners are kept, because scripts and emoji need them."""
    text = _REMOVED.sub("", text).strip()
    if text.isascii():
        return text
    text = _MARKS.sub(r"\1", text)
    return text if any(char not in _BLANK and unicodedata.category(char) not in _UNSEEN for char in text) else ""


def cleaned_name(text: str, limit: int) -> str:
    """A name on one line, without characters that cannot be seen, of at most `limit` characters as people count them:
    a letter with its marks or an emoji of several people is one (grapheme clusters, Unicode Standard Annex 29)."""
    name = " ".join(_HIDDEN_IN_NAMES.sub("", cleaned(text)).split())
    return name if len(name) <= limit else "".join(regex.findall(r"\X", name)[:limit]).rstrip()


def readable(text: str) -> str:
    """The text with a sign in the place of each character that would steer a terminal."""
    return _STEERING.sub("\ufffd", text)
