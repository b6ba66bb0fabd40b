"""Texts in forms that cannot carry every character: one line, XML, a cell of a spreadsheet, Markdown."""

from __future__ import annotations

import re

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows, also beyond the text they stand in."""
_GUARDED = re.compile(r"'[=+\-@\t\r\n\0]")
_MARKUP = re.compile(r"[\\`*_\[\]<>|~]|&(?=[#\w])")
"""Signs that Markdown reads as markup; "&" only where a character reference may follow."""
_BEGINS = re.compile(r"^(\d*)([.)#+=-])")
"""What would begin a heading or a list at the start of a text."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def without_controls(text: str) -> str:
    """The text without the characters that XML 1.0 cannot carry."""
    return _NO_XML.sub("", text)


def one_line(text: str) -> str:
    """A text in one line, without the characters that no XML can carry, and without marks that would turn the writing
    around it (those of single letters stay)."""
    return " ".join(_TURNING.sub("", without_controls(text)).split())


def guarded(cell: str) -> str:
    """A text that no spreadsheet takes for a formula: where it begins like one, a ' is put before it (OWASP ASVS 5.0,
    1.2.10)."""
    return "'" + cell if cell.startswith(_FORMULA) else cell


def unguarded(cell: str) -> str:
    """A cell as it was before `guarded`."""
    return cell[1:] if _GUARDED.match(cell) else cell


def markdown_inline(text: str) -> str:
    """A text in one line that Markdown does not take for markup inside a line."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))


def markdown_line(text: str) -> str:
    """A text in one line that Markdown does not take for markup, also where it begins a line."""
    return _BEGINS.sub(r"\1\\\2", markdown_inline(text))
