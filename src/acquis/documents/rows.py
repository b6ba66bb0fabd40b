"""A table of any rows as CSV (RFC 4180, UTF-8)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from acquis.text.plain_text import guarded, printable

MARK = "\ufeff"
"""The first character of a table for people: without it spreadsheets read letters in the encoding of the country."""


def written(head: Sequence[str], rows: Iterable[Sequence[object]], *, mark: bool = True) -> bytes:
    """A table with its head; texts are guarded and without controls, numbers are as they are. A table for programs that
    would read the mark as part of the first name has none."""
    out = io.StringIO(MARK * mark, newline="")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([guarded(printable(cell)) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode()
