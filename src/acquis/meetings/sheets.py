"""The rows of a table: CSV with any separator and encoding, or a workbook (XLSX)."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from acquis.meetings.report import MeetingReportError
from acquis.text.encoding import EncodingProblem, decoded

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_ROWS = 50_000
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
                rows = [tuple(cell.strip() for cell in row) for _, row in zip(range(MAX_ROWS + 1), lines, strict=False)]
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
    rows: list[Row] = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if len(rows) + sheet.total_height > MAX_ROWS:
                raise MeetingReportError("too_many_rows", limit=MAX_ROWS)
            rows += [tuple(map(_cell, row)) for row in sheet.to_python(skip_empty_area=True)]
            rows.append(())
    except CalamineError as error:
        raise MeetingReportError("not_a_table") from error
    return rows


def _unpacked(data: bytes) -> int:
    if not data.startswith(_ZIP):
        return len(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise MeetingReportError("not_a_table") from error


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
