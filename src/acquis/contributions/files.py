"""Reads written contributions from files: a table (CSV, workbook) with one in each row, or a document (text, DOCX) that
is one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from acquis.captions.turns import CaptionsError
from acquis.captions.word import LARGEST_TEXT, word_text
from acquis.command import Refused
from acquis.meetings.report import MeetingReportError
from acquis.meetings.sheets import MAX_BYTES, Row, is_workbook, tables_of, text_of, workbook_rows
from acquis.text.folding import folded
from acquis.text.visible import cleaned

MOST_ROWS = 20_000
"""The most contributions of one import."""
_NAMES = {
    "text": ("text", "contribution", "written contribution", "comment", "comments", "input", "submission"),
    "on_behalf_of": ("on behalf of", "organization", "organisation", "name of organization", "entity"),
    "stakeholder": ("stakeholder", "stakeholder group", "group", "sector"),
    "region": ("region", "regional group"),
    "language": ("language",),
}
"""Field -> the titles of the column that has it, folded, with blanks for other signs."""
_DOCX = b"PK\x03\x04"


class ContributionRow(msgspec.Struct, frozen=True):
    """A contribution of a file. `source`: the digest of the file and the number of the row in it."""

    text: str
    source: str
    on_behalf_of: str = ""
    stakeholder: str = ""
    region: str = ""
    language: str = ""


def document_text(name: str, data: bytes) -> str:
    """The text of a document with this file name. Raises Refused: file_unreadable (file), file_too_large (file,
    limit)."""
    if len(data) > MAX_BYTES:
        raise Refused("file_too_large", file=name[:80], limit=MAX_BYTES // 1024 // 1024)
    try:
        written = word_text(data, LARGEST_TEXT)[0] if data.startswith(_DOCX) else text_of(data)
    except (CaptionsError, MeetingReportError) as error:
        if error.code == "too_large":
            raise Refused("file_too_large", file=name[:80], limit=LARGEST_TEXT // 1024 // 1024) from error
        raise Refused("file_unreadable", file=name[:80]) from error
    text = "\n".join(line.rstrip() for line in written.replace("\r\n", "\n").split("\n"))
    if not cleaned(text):
        raise Refused("file_unreadable", file=name[:80])
    return cleaned(text)


def read_contributions(files: Iterable[tuple[str, bytes]]) -> list[ContributionRow]:
    """The contributions of files (name, content) in their order. Raises Refused: as `document_text`; no_text_column
    (file); too_many_rows (limit)."""
    rows: list[ContributionRow] = []
    for name, data in files:
        rows += _rows_of(name, data)
        if len(rows) > MOST_ROWS:
            raise Refused("too_many_rows", limit=MOST_ROWS)
    return rows


def _rows_of(name: str, data: bytes) -> list[ContributionRow]:
    digest = hashlib.sha256(data).hexdigest()[:16]
    ending = name.lower().rpartition(".")[2]
    if ending not in ("csv", "tsv", "xlsx"):
        return [ContributionRow(document_text(name, data), f"{digest}-1")]
    try:
        tables = [workbook_rows(data)] if is_workbook(data) else list(tables_of(text_of(data)))
    except MeetingReportError as error:
        raise Refused("file_unreadable", file=name[:80]) from error
    for table in tables:
        if columns := _columns(table):
            return list(_of_table(table, columns, digest))
    raise Refused("no_text_column", file=name[:80])


def _columns(table: Sequence[Row]) -> dict[str, int]:
    """Field -> its column, by the first row; empty if it has no column with texts."""
    titles = [" ".join(folded(cell).replace("_", " ").split()) for cell in table[0]] if table else []
    named = {
        field: next(place for place, title in enumerate(titles) if title in names)
        for field, names in _NAMES.items()
        if any(title in names for title in titles)
    }
    return named if "text" in named else {}


def _of_table(table: Sequence[Row], columns: dict[str, int], digest: str) -> Iterable[ContributionRow]:
    for number, row in enumerate(table[1:], 1):
        said = {field: cleaned(row[place]) for field, place in columns.items() if place < len(row)}
        if said.get("text"):
            yield ContributionRow(source=f"{digest}-{number}", **said)
