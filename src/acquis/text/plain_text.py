"""Texts in forms that cannot carry every character: one line, plain signs, XML, feeds, a cell of a spreadsheet,
Markdown."""

from __future__ import annotations

import re

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows, also beyond the text they stand in."""
_UNSAFE = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 forbids, and the line ends besides \\n, which readers of iCalendar take for the end of a line."""
_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"
_SLASHES = "\u2044\u2215\u29f8"
_PLAIN: dict[int, int | str] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},  # full-width forms of ASCII
    **{ord(char): " " for char in _BLANKS + _UNSEEN},
    **{ord(char): "-" for char in _HYPHENS},
    **{ord(char): "/" for char in _SLASHES},
}
_GUARDED = re.compile(r"'[=+\-@\t\r\n\0]")
_MARKUP = re.compile(r"[\\`*_\[\]<>|~]|&(?=[#\w])")
"""Signs that Markdown reads as markup; "&" only where a character reference may follow."""
_BEGINS = re.compile(r"^(\d*)([.)#+=-])")
"""What would begin a heading or a list at the start of a text."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def without_controls(text: str) -> str:
    """The text without the characters that XML 1.0 cannot carry."""
    return _NO_XML.sub("", text)


def clean_lines(text: str) -> str:
    """The text without control characters, with \\n as the only end of a line: for feeds and calendars."""
    return _UNSAFE.sub("", _BREAKS.sub("\n", text))


def plain_signs(text: str) -> str:
    """The text with no-break and invisible characters replaced by blanks, dashes by "-", slashes by "/" and full-width
    forms by ASCII. The result has the same length."""
    return text.translate(_PLAIN)


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
