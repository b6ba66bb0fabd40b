"""The forms in which a session leaves the house. Each is a pure function from the state (and the log) to bytes."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acquis.i18n import LANGUAGES
from acquis.record import Entry
from acquis.record.chain import to_line
from acquis.report.exports import documents, tables
from acquis.report.public import public_entries
from acquis.state import State


def files(state: State, entries: Iterable[Entry], head: str, language: str = LANGUAGES[0]) -> dict[str, bytes]:
    """The whole record of a session: file name -> content. `state` is that of the newest of `entries`, `head` its link
    in hexadecimal."""
    kept = list(entries)
    found = {
        "log.jsonl": log_lines(kept, state),
        "questions.csv": tables.questions(state),
        "votes.csv": tables.votes(entries_of_votes(kept)),
        "comments.csv": tables.comments(state),
        "participants-votes.csv": tables.participants_votes(state),
        "report.json": documents.report_json(state, head),
        "report.md": documents.markdown(state, head, language=language).encode(),
    }
    if state.programme is not None:
        found["programme.json"] = msgspec.json.format(msgspec.json.encode(state.programme.document), indent=2)
    return found


def entries_of_votes(entries: Iterable[Entry]) -> Iterable[tuple[int, int, str, bytes]]:
    """Rows (seq, at, by, body) as the table of votes reads them."""
    return ((entry.seq, entry.at, entry.by, entry.body) for entry in entries)


def log_lines(entries: Iterable[Entry], state: State) -> bytes:
    """The public log, one entry a line. `state` is that of the newest entry."""
    return b"".join(to_line(entry) + b"\n" for entry in public_entries(entries, state))
