"""Characters that cannot be seen: what is removed from the texts of people, and whether anything is left to see."""

from __future__ import annotations

import re
import unicodedata

_REMOVED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters (C0 and C1, without tab and line breaks), and those that change the direction of what follows."""
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters, marks and signs without an image: fillers of Hangul, vowels of Khmer, the empty Braille pattern."""
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Cs", "Mn", "Me", "Zl", "Zp", "Zs"})
"""Categories of Unicode that alone show nothing: controls, joiners, blanks, and marks without a letter."""


def cleaned(text: str) -> str:
    """The text without control characters and without blanks at its ends; empty if nothing in it can be seen. Joiners
    are kept, because scripts and emoji need them."""
    text = _REMOVED.sub("", text).strip()
    return text if any(char not in _BLANK and unicodedata.category(char) not in _UNSEEN for char in text) else ""
