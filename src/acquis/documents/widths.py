"""The widths of the columns of a table, from what they contain: no word of the head is broken, and long texts get the
room that is left."""

from __future__ import annotations

import re

import msgspec

from acquis.documents.blocks import Table
from acquis.text.scripts import ems

SIZE, LEAST = 9.0, 6.5
"""The usual size of the text of a table in points, and the least one to which a wide table is reduced."""
PADDING = 9.0
"""Points between the texts of two columns."""
LONGEST = 14.0
"""Ems: a longer word of a cell, such as an address, may be broken."""
_NARROW, _BROAD = re.compile("[fijlrtI.,:;'|!()\\[\\] -]"), re.compile("[mwMW%@]")
_BOLD = 1.1


class ColumnWidths(msgspec.Struct, frozen=True):
    """The widths of the columns in points, and the size of the text in points."""

    widths: tuple[float, ...]
    size: float


def columns(table: Table, wide: float) -> ColumnWidths:
    """The columns of a table that is `wide` points wide. Only if the words of the head do not fit at the least size are
    columns narrower than their words."""
    cells = list(zip(table.head, *table.rows, strict=True))
    needed = [max(_word(head, bold=True), *(_word(cell) for cell in column), 0.0) for head, *column in cells]
    wanted = [max(_line(head, bold=True), *(_line(cell) for cell in column), 0.0) for head, *column in cells]
    room = wide - PADDING * len(cells)
    size = min(SIZE, max(LEAST, room / max(sum(needed), 1e-9)))
    free = room / size - sum(needed)
    if free < 0:
        unit = room / sum(needed)
        return ColumnWidths(tuple(PADDING + unit * need for need in needed), size)
    more = [max(0.0, want - need) for need, want in zip(needed, wanted, strict=True)]
    # What is left over when every line fits goes to the text, so that columns of figures stay close together.
    rest = max(0.0, free - sum(more))
    given = [part * min(1.0, free / max(sum(more), 1e-9)) for part in more]
    texts = [column for column, figures in enumerate(table.figures) if not figures]
    given[max(texts, key=wanted.__getitem__)] += rest
    widths = (PADDING + size * (need + extra) for need, extra in zip(needed, given, strict=True))
    return ColumnWidths(tuple(widths), size)


def _width(text: str, bold: bool = False) -> float:
    """The width of a text in ems, of a wide font."""
    narrow, broad = len(_NARROW.findall(text)), len(_BROAD.findall(text))
    capitals = sum(map(str.isupper, text))
    return (ems(text, 0.64) - 0.22 * narrow + 0.3 * broad + 0.12 * capitals) * (_BOLD if bold else 1.0)


def _word(text: str, bold: bool = False) -> float:
    """The width of the longest word; of a head the whole word, of a cell at most `LONGEST`."""
    longest = max((_width(word, bold) for word in text.split()), default=0.0)
    return longest if bold else min(longest, LONGEST)


def _line(text: str, bold: bool = False) -> float:
    return max((_width(line, bold) for line in text.split("\n")), default=0.0)
