"""The forms in which a session leaves the house. Each is a pure function from the state (and the log) to bytes."""

from __future__ import annotations

from collections.abc import Iterable

from acquis.record import Entry
from acquis.record.chain import to_line
from acquis.report.public import public_entries
from acquis.state import State


def entries_of_votes(entries: Iterable[Entry]) -> Iterable[tuple[int, int, str, bytes]]:
    """Rows (seq, at, by, body) as the table of votes reads them."""
    return ((entry.seq, entry.at, entry.by, entry.body) for entry in entries)


def log_lines(entries: Iterable[Entry], state: State) -> bytes:
    """The public log, one entry a line. `state` is that of the newest entry."""
    return lines_of(public_entries(entries, state))


def lines_of(entries: Iterable[Entry]) -> bytes:
    """A log as it is, one entry a line."""
    return b"".join(to_line(entry) + b"\n" for entry in entries)
