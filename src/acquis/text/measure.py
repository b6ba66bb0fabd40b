"""The width of a text in em, and the narrowest box that holds it on a number of lines.

A page that is read from afar chooses the largest type that fits by these numbers, without a script. The letters are
as wide as in the widest of the usual fonts, so that a text is never wider than it is said to be here; with most fonts
it is a little narrower. Lines break where every browser breaks them: at blanks, after hyphens before a letter,
between Chinese or Japanese signs, at zero-width spaces, and inside a word that is too long for any line.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Mapping

import regex

from acquis.text import letter_widths
from acquis.text.caches import text_cache
from acquis.text.scripts import CJK, EAST_ASIAN_SIGNS

LONGEST_WORD = 20.0
"""A word of more em may be broken anywhere."""
_ROOM = 1.02
"""What letters take beside their width: kerning, and sizes that a browser rounds."""
_DENSE = regex.compile(rf"[{CJK}{EAST_ASIAN_SIGNS}\p{{Script=Hangul}}]")
_WIDE = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}")
_ARABIC = regex.compile(r"\p{Script=Arabic}")
_EMOJI, _UNKNOWN, _WIDEST = 1.4, 1.3, 1.5
_ROUNDING = 1e-9
"""More than what the order of additions changes in a sum of widths."""
"""The width in em of emoji, of letters that the tables do not have, and of the widest letter."""
_PIECE = regex.compile(rf"[{CJK}]\p{{P}}*|\S+?(?:-(?=\p{{L}})|(?=[{CJK}])|\u200b)|\S+")


def _by_letter(table: Mapping[int, str]) -> dict[str, float]:
    return {char: width / 100 for width, chars in table.items() for char in chars}


_WIDTHS = {False: _by_letter(letter_widths.REGULAR), True: _by_letter(letter_widths.BOLD)}
_JOINED = {False: _by_letter(letter_widths.JOINED), True: _by_letter(letter_widths.JOINED_BOLD)}


@functools.lru_cache(maxsize=8192)
def _width_of_letter(char: str, bold: bool) -> float:
    known = _WIDTHS[bold].get(unicodedata.normalize("NFD", char)[0])
    if known is not None:
        return known
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0.0
    if _DENSE.match(char):
        return 1.0
    return _EMOJI if _WIDE.match(char) else _UNKNOWN


def width(text: str, bold: bool = False) -> float:
    """The width of a text on one line in em."""
    joined, total = _JOINED[bold], 0.0
    for char, after in zip(text, text[1:] + " ", strict=True):
        inside = joined.get(char) if char in joined and _follows(after) else None
        total += _width_of_letter(char, bold) if inside is None else inside
    return total * _ROOM


def _follows(char: str) -> bool:
    """Whether an Arabic letter before this character is joined to something."""
    return bool(_ARABIC.match(char)) and char.isalpha()


def pieces(text: str, bold: bool = False) -> list[tuple[float, float]]:
    """What a line break leaves whole: the width in em of the blank before it, if there is one, and of the piece."""
    blank, measured, end = width(" ", bold), [], 0
    for piece in _PIECE.finditer(text):
        measured.append((blank if piece.start() > end else 0.0, width(piece[0], bold)))
        end = piece.end()
    return measured


def lines_in(room: float, parts: Iterable[tuple[float, float]]) -> int:
    """The number of lines of pieces in a box that is `room` em wide, each line as full as it can be."""
    lines, used = 0, room
    for blank, long in parts:
        if used + blank + long <= room + _ROUNDING:
            used += blank + long
        elif long <= room + _ROUNDING:
            lines, used = lines + 1, long
        else:  # it begins on a new line; at the end of each of its lines a letter may find no room
            lines, used = lines + int(long // max(room - _WIDEST, _WIDEST)) + 1, room
    return max(lines, 1)


@text_cache(512)
def _paragraphs(text: str, bold: bool) -> list[list[tuple[float, float]]]:
    return [pieces(paragraph, bold) for paragraph in text.split("\n")]


def narrowest(text: str, lines: int, bold: bool = False) -> float:
    """The width in em of the narrowest box that holds a text on at most `lines` lines, to a hundredth. Words of up to
    `LONGEST_WORD` em are never broken. Each newline begins a line; there are at least as many lines as that takes."""
    paragraphs = _paragraphs(text, bold)
    least = max((min(long, LONGEST_WORD) for paragraph in paragraphs for _, long in paragraph), default=0.0)
    most = max(sum(blank + long for blank, long in paragraph) for paragraph in paragraphs)
    lines = max(lines, len(paragraphs))
    while most - least > 0.01:
        middle = (least + most) / 2
        if sum(lines_in(middle, paragraph) for paragraph in paragraphs) <= lines:
            most = middle
        else:
            least = middle
    return most
