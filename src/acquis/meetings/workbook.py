"""Reads the rows of a workbook in a process of its own: `python workbook.py ROWS CELLS`, the workbook is the input.

The reader makes room for every cell between the first and the last one, so that two cells of a small file can ask for
more memory than the machine has, which ends the process. This one has a limit, and nothing else is lost with it. It
writes a list of rows as JSON, or the code of what is wrong with the workbook."""

from __future__ import annotations

import io
import json
import resource
import sys
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

MEMORY = 1 << 30
"""The most bytes of address space."""
CPU_S = 30


def rows_of(data: bytes, most_rows: int, most_cells: int) -> list[list[str]] | str:
    """The rows of all sheets, with an empty row after each; or a code: too_many_rows, too_large, not_a_table."""
    rows: list[list[str]] = []
    cells = 0
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if len(rows) + sheet.total_height > most_rows:
                return "too_many_rows"
            cells += sheet.total_height * sheet.total_width
            if cells > most_cells:
                return "too_large"
            rows += [[_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=True)]
            rows.append([])
    except CalamineError:
        return "not_a_table"
    return rows


def _cell(value: object) -> str:
    """A cell as text: whole numbers without a fraction, times in ISO 8601."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, timedelta):
        return f"{int(value.total_seconds())} s"
    if isinstance(value, datetime | date | time):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return str(value).strip()


def main() -> None:
    """Read the input and write the answer."""
    for kind, limit in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_S), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):  # a system without this limit
            resource.setrlimit(kind, (limit, limit))
    most_rows, most_cells = map(int, sys.argv[1:])
    sys.stdout.write(json.dumps(rows_of(sys.stdin.buffer.read(), most_rows, most_cells)))


if __name__ == "__main__":
    main()
