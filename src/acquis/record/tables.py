"""The tables of a record in SQLite, and what is checked of them when a file is opened."""

from typing import Any

import apsw

from acquis.record import LogUnreadable, RecordBroken
from acquis.record.chain import BEFORE_FIRST, FORMAT, verify
from acquis.record.faults import described
from acquis.record.writer import SELECT, Head, entry_of

_APPLICATION = 0x41435155  # "ACQU": identifies the file format
FILE_FORMAT = 2  # of the file; the format of a log is in the table `logs`

# The key comes before `by` in its index, so that keys that begin with the time are added at one end.
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE logs (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, format INTEGER NOT NULL DEFAULT 1) STRICT;
CREATE TABLE entries (
    log INTEGER NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, key TEXT NOT NULL,
    salt BLOB, lost BLOB, body BLOB NOT NULL, link BLOB NOT NULL, cuts BLOB,
    PRIMARY KEY (log, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX keys ON entries (log, key, by);
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {FILE_FORMAT};
COMMIT;
"""
# A file of format 1 becomes one of format 2; its logs stay in their format.
_UPGRADE = f"""
BEGIN IMMEDIATE;
ALTER TABLE logs ADD COLUMN format INTEGER NOT NULL DEFAULT 1;
ALTER TABLE entries RENAME COLUMN digest TO lost;
ALTER TABLE entries ADD COLUMN cuts BLOB;
PRAGMA user_version = {FILE_FORMAT};
COMMIT;
"""


def require_record(connection: apsw.Connection, path: str, read_only: bool) -> None:
    """Create the tables of a new file. Raises RecordBroken for a file of another program or of a newer format."""
    what = connection.pragma("application_id"), connection.pragma("user_version")
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()[0][0]
    if tables == 0 and what == (0, 0) and not read_only:
        connection.execute(_SCHEMA).fetchall()
    elif what[0] != _APPLICATION:
        raise RecordBroken(f"{path} is not a record of this program")
    elif what[1] == 1 and not read_only:
        connection.execute(_UPGRADE).fetchall()
    elif what[1] == 1:
        raise RecordBroken(f"{path} was written by an earlier version; start the server with it once to convert it")
    elif what[1] != FILE_FORMAT:
        raise RecordBroken(f"{path} has format {what[1]}; this program reads format {FILE_FORMAT}")
    if not read_only and connection.pragma("journal_mode") not in ("wal", "memory"):
        raise RecordBroken(f"{path} is on a file system that cannot carry a write-ahead log")


def newer(log: str, format: int) -> LogUnreadable:
    """What is raised for a log whose format is not known."""
    return LogUnreadable(f"log {log} has format {format}, which this program does not know", newer=True)


def heads_of(connection: apsw.Connection, damaged: dict[str, LogUnreadable]) -> dict[str, Head]:
    """Log -> its head. A log whose format is not known, or whose last two entries are inconsistent, is noted in
    `damaged`; its head only keeps its number from being given to another log."""
    heads: dict[str, Head] = {}
    logs: list[Any] = connection.execute("SELECT id, name, format FROM logs").fetchall()
    for number, name, format in logs:
        try:
            heads[name] = _head(connection, number, name, format)
        except LogUnreadable as error:
            damaged[name] = error
            heads[name] = number, 0, b"", FORMAT
    return heads


def _head(connection: apsw.Connection, number: int, log: str, format: int) -> Head:
    """Raises LogUnreadable."""
    if format not in BEFORE_FIRST:
        raise newer(log, format)
    try:
        rows: list[Any] = connection.execute(SELECT + " ORDER BY seq DESC LIMIT 2", (number,)).fetchall()
    except (apsw.CorruptError, UnicodeDecodeError) as error:
        raise LogUnreadable(f"log {log}: {described(error, connection)}") from error
    if not rows:
        raise LogUnreadable(f"log {log} has a name and no entries")
    last, *others = (entry_of(row, format) for row in rows)
    verdict = verify([last], others[0].link if others else BEFORE_FIRST[format])
    if not verdict.ok or (others and others[0].seq != last.seq - 1):
        raise LogUnreadable(f"log {log}, entry {last.seq}: {verdict.reason or 'number out of order'}")
    return number, last.seq, last.link, format
