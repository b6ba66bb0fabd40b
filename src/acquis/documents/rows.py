"""A table of any rows as CSV (RFC 4180, UTF-8)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from acquis.text.plain_text import guarded, printable

MARK = "\ufeff"
"""The first character of a table for people: without it spreadsheets read letters in the encoding of the country."""


def written(head: Sequence[str], rows: Iterable[Sequence[object]], *, mark: bool = True) -> bytes:
    """A table with its head; texts are guarded and without controls, numbers are as they are. A table for programs that
    would read the mark as part of the first name has none."""
    return _written([head], map(_safe, rows), MARK * mark)


def written_columns(columns: Mapping[str, Sequence[object]]) -> bytes:
    """The same from columns of equal length, without the mark."""
    safe = [values if set(map(type, values)) <= {int, float} else _safe(values) for values in columns.values()]
    return _written([list(columns)], zip(*safe, strict=True), "")


def _safe(cells: Iterable[object]) -> list[object]:
    return [guarded(printable(cell)) if isinstance(cell, str) else cell for cell in cells]


def _written(head: Iterable[Sequence[object]], rows: Iterable[Sequence[object]], mark: str) -> bytes:
    out = io.StringIO(mark, newline="")
    out.seek(0, io.SEEK_END)
    csv.writer(out, lineterminator="\r\n").writerows(chain(head, rows))
    return out.getvalue().encode()
