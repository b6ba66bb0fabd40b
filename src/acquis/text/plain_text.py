"""Texts for targets that do not allow every character: one line, XML, feeds, spreadsheet cells, Markdown."""

from __future__ import annotations

import html
import re

_NO_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Bidirectional control characters, which can affect the text after the one that contains them."""
TURNING_SIGNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
"""These characters, and the marks for single letters."""
_UNSAFE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 forbids, and the line ends other than \\n, which end a line in iCalendar."""
_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_NO_CHARACTER = re.compile("&#[0-9]{8,};?")
"""The number of no character. Python refuses to read numbers of more than 4,300 digits."""
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
"""Characters that Markdown reads as markup; "&" only before a possible character reference."""
_BEGINS = re.compile(r"^(\d*)([.)#+=-])")
"""The beginning of a heading or a list."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def without_controls(text: str) -> str:
    """The text without the characters that XML 1.0 forbids."""
    return _NO_XML.sub("", text)


def without_turning(text: str) -> str:
    """The text without bidirectional controls; the marks for single letters (LRM, RLM) are kept."""
    return _TURNING.sub("", text)


def printable(text: str) -> str:
    """The text without the characters that XML forbids and without bidirectional controls; the marks for single letters
    (LRM, RLM) are kept."""
    return without_turning(without_controls(text))


def clean_lines(text: str) -> str:
    """The text without control characters, with \\n as the only end of a line: for feeds and calendars."""
    return _UNSAFE.sub("", _BREAKS.sub("\n", text))


def unescaped(text: str) -> str:
    """The text of HTML with its character references replaced; the number of no character becomes U+FFFD."""
    return html.unescape(_NO_CHARACTER.sub("\ufffd", text))


def plain_signs(text: str) -> str:
    """The text with no-break and invisible characters replaced by blanks, dashes by "-", slashes by "/" and full-width
    forms by ASCII. The result has the same length."""
    return text.translate(_PLAIN)


def one_line(text: str) -> str:
    """The text in one line and `printable`."""
    return " ".join(printable(text).split())


def guarded(cell: str) -> str:
    """The text with an apostrophe in front if a spreadsheet would read it as a formula (OWASP ASVS 5.0, 1.2.10)."""
    return "'" + cell if cell.startswith(_FORMULA) else cell


def unguarded(cell: str) -> str:
    """The inverse of `guarded`: removes the apostrophe in front of a formula."""
    return cell[1:] if _GUARDED.match(cell) else cell


def markdown_inline(text: str) -> str:
    """The text in one line, with Markdown escapes for use inside a line."""
    return _MARKUP.sub(r"\\\g<0>", one_line(text))


def markdown_line(text: str) -> str:
    """The text in one line, with Markdown escapes for use at the start of a line."""
    return _BEGINS.sub(r"\1\\\2", markdown_inline(text))
