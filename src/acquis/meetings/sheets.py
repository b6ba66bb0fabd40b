"""The rows of a table: CSV with any separator and encoding, or a workbook (XLSX)."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator

from acquis.meetings import workbook
from acquis.meetings.report import MeetingReportError
from acquis.text.encoding import EncodingProblem, decoded

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_ROWS = 50_000
MAX_CELLS = 2_000_000
MAX_COLUMNS = 2_000
"""The most columns of a text that are read; no form has so many."""
_SEPARATORS = (",", "\t", ";")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

Row = tuple[str, ...]


def text_of(data: bytes) -> str:
    """The text of a file. Raises MeetingReportError: empty, too_large, not_text, unknown_encoding."""
    if len(data) > MAX_BYTES:
        raise MeetingReportError("too_large", limit=MAX_BYTES)
    try:
        text = decoded(data).text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    except EncodingProblem as problem:
        facts = {"guesses": problem.names} if problem.code == "unknown_encoding" else {}
        raise MeetingReportError(problem.code, **facts) from None
    if not text.strip():
        raise MeetingReportError("empty")
    return text


def is_workbook(data: bytes) -> bool:
    """Whether a file begins like a workbook of a spreadsheet program."""
    return data.startswith((_ZIP, _OLE))


def tables_of(text: str) -> Iterator[list[Row]]:
    """The rows of a text, read with each separator that is in it; a form recognizes its own. Raises
    MeetingReportError: too_many_rows."""
    for separator in _SEPARATORS:
        if separator in text:
            try:
                lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
                few = zip(range(MAX_ROWS + 1), lines, strict=False)
                rows = [tuple(cell.strip() for cell in row[:MAX_COLUMNS]) for _, row in few]
            except csv.Error:  # a cell longer than the module reads
                continue
            if len(rows) > MAX_ROWS:
                raise MeetingReportError("too_many_rows", limit=MAX_ROWS)
            yield rows


def workbook_rows(data: bytes) -> list[Row]:
    """The rows of all sheets of a workbook, with an empty row between two sheets. Raises MeetingReportError: too_large,
    too_many_rows, not_a_table."""
    if len(data) > MAX_BYTES or _unpacked(data) > MAX_UNPACKED:
        raise MeetingReportError("too_large", limit=MAX_BYTES)
    command = [sys.executable, "-I", workbook.__file__, str(MAX_ROWS), str(MAX_CELLS)]
    ran = subprocess.run(command, input=data, capture_output=True, check=False)  # noqa: S603  # no part is from a user
    read = json.loads(ran.stdout) if ran.returncode == 0 else "not_a_table"
    if isinstance(read, str):
        limits = {"too_many_rows": {"limit": MAX_ROWS}, "too_large": {"limit": MAX_BYTES}}
        raise MeetingReportError(read, **limits.get(read, {}))
    return [tuple(row) for row in read]


def _unpacked(data: bytes) -> int:
    if not data.startswith(_ZIP):
        return len(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise MeetingReportError("not_a_table") from error
