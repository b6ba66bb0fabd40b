"""What was erased after a backup was made: a folder that is restored from the backup has it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import apsw

from acquis import events as ev
from acquis.board.folder import RECORD, ROSTER
from acquis.record import RecordBroken
from acquis.record.sqlite import SqliteRecord
from acquis.roster import Erasure, Roster, erased_hashes

AGAIN = "erased before, and back from a backup"
"""The reason of an erasure of which no other one is known."""


def erase_again(data: Path, former: Path) -> tuple[int, int]:
    """Note in the roster of the restored folder `data` what was erased in the folder `former` since the backup, so that
    a server erases it when it starts. The number of texts and that of people, as far as `former` can be read. Raises
    RecordBroken, OSError."""
    texts = list(_texts(data, former))
    try:
        hashes = erased_hashes(former / ROSTER)
    except apsw.Error:  # missing or damaged: it tells nothing
        hashes = set()
    roster = Roster(data / ROSTER)
    try:
        for erasure in texts:
            roster.note(erasure)
        people = roster.holders(hashes)
        for session, person in people:
            name = roster.names(session).get(person, "")
            roster.forget(Erasure(session, person=person, reason=AGAIN), name)
    finally:
        roster.close()
    return len(texts), len(people)


def _texts(data: Path, former: Path) -> Iterator[Erasure]:
    """An erasure for each text that the former record has erased and the restored one has."""
    if not (former / RECORD).is_file():
        return
    with suppress(RecordBroken):
        before, restored = (SqliteRecord(folder / RECORD, read_only=True) for folder in (former, data))
        try:
            for log in set(before.logs()) & set(restored.logs()):
                erased = _erased(restored, log)
                for entry, reason in _erased(before, log).items():
                    if entry not in erased and _link(before, log, entry) == _link(restored, log, entry):
                        yield Erasure(log, (entry,), reason=reason or AGAIN)
        finally:
            before.close_files()
            restored.close_files()


def _erased(record: SqliteRecord, log: str) -> dict[int, str]:
    """Entry whose texts were erased -> the reason."""
    events = (ev.from_body(body) for _, _, _, body in record.scan(log) if b'"TextErased"' in body)
    return {event.entry: event.reason for event in events if isinstance(event, ev.TextErased)}


def _link(record: SqliteRecord, log: str, seq: int) -> bytes:
    """The link of an entry; empty if there is none."""
    return next((entry.link for entry in record.read(log, seq - 1, seq)), b"")
