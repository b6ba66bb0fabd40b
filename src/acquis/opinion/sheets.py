"""Reads CSV files of other programs and of spreadsheets: rows with their line numbers, and one clear sentence for each
fault."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path
from typing import TextIO

from acquis.text.plain_text import unguarded

Progress = Callable[[int, int], None]
CHUNK = 1 << 10
"""Number of rows read at a time; a chunk that fits into the processor cache is read twice as fast as 65,536 rows."""
PERSON = ("voter-id", "participant", "participant-id", "person", "person-id", "pid")
STATEMENT = ("comment-id", "statement-id", "statement", "tid")
VOTE, TEXT = ("vote",), ("comment-body", "text", "txt")
WHEN = ("timestamp", "seq", "modified")
MODERATED, META = ("moderated", "mod"), ("is-meta",)
AGREES, DISAGREES = ("agrees",), ("disagrees",)
CONSTITUENCY_COLUMNS = ("lane", "stakeholder-group", "regional-group")
COUNTS = ("n-comments", "n-votes", "n-agree", "n-disagree", "xid", "group-id")
SHAPES = {
    "votes": ("votes (Polis votes.csv: timestamp, comment-id, voter-id, vote)", "give it as the votes"),
    "matrix": (
        "a matrix of votes (Polis participants-votes.csv: participant, n-votes, one column for each statement)",
        "give it as the votes",
    ),
    "comments": (
        "statements (Polis comments.csv: comment-id, moderated, comment-body)",
        "give it as the comments (--comments)",
    ),
    "summary": ("a summary (Polis summary.csv)", "leave it out"),
    "database": (
        "the table of votes of the database of Polis (zid, pid, tid, vote), in which -1 is agree and 1 is disagree",
        "export the conversation from Polis, which turns the signs",
    ),
    "history": ("counts over time (Polis stats-history.csv)", "leave it out"),
}
"""Kind of file -> what it contains, and what to do with it if another kind is expected."""
_BREAK = re.compile(r"\r\n|\r|\n")


class BadFile(ValueError):
    """A file cannot be read as the kind that is expected. The message says where the fault is and what to do."""


def plain(cell: str) -> str:
    """The cell without surrounding blanks and without the ' that the exports of this project put in front of a text
    that a spreadsheet would read as a formula."""
    return unguarded(cell.strip())


def header_name(cell: str) -> str:
    """A header cell in the form in which it is compared: lower case, with hyphens."""
    return re.sub(r"[\s_]+", "-", cell.strip().lower())


class Sheet:
    """A CSV file whose header has been read. cells: the header cells; names: the same for comparison; line: their line.

    The separator (comma, semicolon, tab) is detected; a byte order mark, any line ends and blank rows are accepted.
    Raises BadFile if the file is empty, binary, not in UTF-8 or badly quoted."""

    def __init__(self, path: Path) -> None:
        self.path, self.name, self.size = path, path.name, path.stat().st_size
        _check_text(path)
        with self._reading() as (_, head, line):
            self.line, self.separator = line, max(",;\t", key=head.count)
            try:
                cells = next(csv.reader([head], delimiter=self.separator, strict=True))
            except csv.Error as error:
                raise self.bad(line, f"the header is not readable ({error})") from None
        while not cells[-1].strip():
            cells.pop()
        self.cells = [plain(cell) for cell in cells]
        self.names = [header_name(cell) for cell in self.cells]

    def column(self, names: Sequence[str]) -> int | None:
        """The column number of the first of these names that is present; None if there is none."""
        return next((self.names.index(name) for name in names if name in self.names), None)

    def bad(self, line: int, what: str) -> BadFile:
        """An error that names the line; to be raised by the caller."""
        return BadFile(f"{self.name}, line {line}: {what}; mend the line or export the file again.")

    def chunks(self, progress: Progress | None = None) -> Iterator[tuple[int, list[list[str]]]]:
        """The line on which a chunk begins, and up to CHUNK raw rows. Raises BadFile if the quoting is broken."""
        with self._reading() as (file, _, _):
            reader = csv.reader(file, delimiter=self.separator, strict=True)
            line = self.line + 1
            try:
                for number in count(1):
                    if not (rows := list(islice(reader, CHUNK))):
                        break
                    yield line, rows
                    line = self.line + 1 + reader.line_num
                    if progress and number % 64 == 0:
                        progress(file.buffer.tell(), self.size)
            except csv.Error as error:
                what = f"not readable ({error}), a quotation mark may be missing or too much"
                raise self.bad(self._last_begun(), what) from None
        if progress:
            progress(self.size, self.size)

    def rows(self, progress: Progress | None = None) -> Iterator[tuple[int, list[str]]]:
        """The line and the cells of each row that is not blank, cut to the length of the header."""
        for line, rows in self.chunks(progress):
            yield from self.checked(line, rows)

    def checked(self, line: int, rows: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
        """The rows of a chunk that begins at this line. Raises BadFile if a row has fewer or more cells than the
        header."""
        width = len(self.names)
        for row in rows:
            if any(map(str.strip, row)):
                if len(row) < width or any(map(str.strip, row[width:])):
                    raise self.bad(line, f"{len(row)} cells where the header has {width}")
                yield line, row[:width]
            line += 1 + sum(len(_BREAK.findall(cell)) for cell in row)

    @contextmanager
    def _reading(self) -> Iterator[tuple[TextIO, str, int]]:
        """The open file positioned after its header, the header, and the line of the header."""
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            try:
                yield file, *_head(file, self.name)
            except UnicodeDecodeError:
                raise BadFile(f"{self.name}, line {self._not_utf8()}: not in UTF-8; save it as CSV UTF-8.") from None

    def _not_utf8(self) -> int:
        with self.path.open("rb") as file:
            for line, content in enumerate(file, 1):
                try:
                    content.decode()
                except UnicodeDecodeError:
                    return line
        return 1

    def _last_begun(self) -> int:
        """The line on which the row begins that the csv module cannot read."""
        with self._reading() as (file, _, _):
            reader, begun = csv.reader(file, delimiter=self.separator, strict=True), 0
            try:
                for _ in reader:
                    begun = reader.line_num
            except csv.Error:
                pass
        return self.line + begun + 1


def _head(file: TextIO, name: str) -> tuple[str, int]:
    """The header and its line. Skips blank lines and the `sep=;` that spreadsheets write."""
    for line, head in enumerate(iter(file.readline, ""), 1):
        if head.strip(" \t\r\n,;") and not head.lower().startswith("sep="):
            return head, line
    raise BadFile(f"{name}: the file is empty; export it again.")


def _check_text(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(1 << 16)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadFile(f"{path.name}: the file is in UTF-16; save it as CSV UTF-8.")
    if b"\0" in start or start.startswith((b"PK\3\4", b"\x1f\x8b")):
        raise BadFile(f"{path.name}: this is no text file; unpack it, or save the table as CSV UTF-8.")


def shape_of(sheet: Sheet) -> str:
    """The kind of the file by its header, a key of SHAPES; empty if it is unknown."""
    person, statement = sheet.column(PERSON), sheet.column(STATEMENT)
    if {"zid", "pid", "tid", "vote"} <= set(sheet.names):
        return "database"
    if statement is not None and sheet.column(VOTE) is not None:
        return "votes" if person is not None else ""
    if statement is not None and (sheet.column(TEXT) is not None or sheet.column(MODERATED) is not None):
        return "comments"
    if person is not None and not {"n-votes", "group-id"}.isdisjoint(sheet.names):
        return "matrix"
    if sheet.names[0] == "topic":
        return "summary"
    return "history" if "n-visitors" in sheet.names else ""


def wrong_file(sheet: Sheet, shape: str, wanted: str) -> BadFile:
    """The error for a file whose kind is unknown or not the expected one."""
    if shape:
        holds, advice = SHAPES[shape]
        return BadFile(f"{sheet.name}: by line {sheet.line} this file holds {holds}, not {wanted}; {advice}.")
    columns = ", ".join(sheet.cells[:8]) + (" ..." if len(sheet.cells) > 8 else "")
    known = ", ".join(SHAPES[known_shape][0] for known_shape in ("votes", "matrix", "comments"))
    return BadFile(
        f"{sheet.name}, line {sheet.line} has the columns {columns[:300]}, which fits nothing that is known: {known}, "
        "or votes as Parquet; name the columns so."
    )
