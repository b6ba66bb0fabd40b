"""Cuts a text that is too long for the room screen into parts that can be read from the back of a room."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import regex

from acquis.text.caches import text_cache
from acquis.text.differences import Piece
from acquis.text.measure import lines_in
from acquis.text.measure import pieces as measured
from acquis.text.scripts import CJK, has_tall_letters
from acquis.text.sentences import sentence_ends
from acquis.web.words.fitting import GROWTH

READABLE = 1.7
"""The smallest type of a message in hundredths of the width of a 16:9 screen, 3 % of its height: 32 pixels of 1080."""
WIDTH, HEIGHT = 66.0, 17.0
"""The box that a message has at least, in the same unit: with captions, a vote and the Chatham House Rule on the
screen."""
LEADING, TALL_LEADING = 1.25, 1.5
_WORD_END = regex.compile(rf"\s+|(?<=[{CJK}])(?=[{CJK}])")


def parts_of(pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """A text as the parts that are shown one after another, cut between sentences where that is possible. Each part
    fits into the smallest box in readable type; together they are the whole text."""
    text, parts = "".join(piece.text for piece in pieces), []
    start = 0
    for end in _part_ends(text):
        parts.append(_between(pieces, start, end))
        start = end
    return parts


def _between(pieces: Sequence[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """The pieces of a text from an offset to another."""
    cut, at = [], 0
    for piece in pieces:
        if text := piece.text[max(start - at, 0) : max(end - at, 0)]:
            cut.append(Piece(text, piece.kind))
        at += len(piece.text)
    return tuple(cut)


@text_cache(64)
def _part_ends(text: str) -> tuple[int, ...]:
    leading = TALL_LEADING if has_tall_letters(text) else LEADING
    lines = 8 if 8 * leading * READABLE <= HEIGHT else 6  # numbers that the style sheet tries
    ends: list[int] = []
    start = 0
    while start < len(text):
        start = _end_after(text, start, lines)
        ends.append(start)
    return tuple(ends)


def _end_after(text: str, start: int, lines: int) -> int:
    """The end of the longest part that begins at an offset: after a sentence, or else after a word or a letter."""
    room = WIDTH / READABLE / GROWTH  # a class of the style sheet may ask for a wider box by one step of its scale

    def too_long(end: int) -> bool:
        return lines_in(room, measured(text[start:end])) > lines

    words = (match.end() for match in _WORD_END.finditer(text, start))
    for ends in (sentence_ends(text), [*words], range(start + 1, len(text) + 1)):
        later = ends[bisect_right(ends, start) :]
        if fitting := bisect_right(later, False, key=too_long):
            return later[fitting - 1]
    return start + 1
