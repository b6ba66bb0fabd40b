"""Commitments of any number of sessions for display and export: filtered, sorted and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from acquis import events as ev
from acquis.followup.commitments import standing
from acquis.reference.library import Library
from acquis.state import Commitment, Step

STATUSES = ("overdue", "open", "in_progress", "done", "dropped")


class CommitmentChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """One change of a commitment: its entry, its time (ms since 1970), the id that signed it (`by`), its kind, and the
    fields of its event."""

    entry: int
    at: int
    by: str
    kind: str
    """"made", "amended", or the new status."""
    note: str = ""
    symbol: str = ""
    url: str = ""
    on: str = ""


class Tracked(msgspec.Struct, frozen=True):
    """A commitment of a session at a given time. `due_at`: ms since 1970, 0 if no date is known; `due_on`: that day at
    the venue (ISO 8601); `days`: whole days until then, negative afterwards."""

    session: str
    session_title: str
    simulated: bool
    entry: int
    what: str
    who: str
    actor: str
    status: str
    due: str
    due_words: str
    due_on: str
    due_at: int
    days: int | None
    process: str
    items: tuple[str, ...]
    source: str
    made_at: int
    changed_at: int
    changes: tuple[CommitmentChange, ...]


def tracked(
    session: str, title: str, simulated: bool, commitment: Commitment, now: int, books: Library | None = None
) -> Tracked:
    """A commitment of a session as of `now` (ms since 1970)."""
    present = standing(commitment, now, books)
    return Tracked(
        session=session,
        session_title=title,
        simulated=simulated,
        entry=commitment.seq,
        what=commitment.what,
        who=commitment.who,
        actor=commitment.actor,
        status=present.status,
        due=commitment.due,
        due_words=commitment.due_words,
        due_on=present.due.day.isoformat() if present.due else "",
        due_at=int(present.due.at.timestamp() * 1000) if present.due else 0,
        days=present.days,
        process=commitment.process,
        items=commitment.items,
        source=commitment.source,
        made_at=commitment.at,
        changed_at=commitment.steps[-1].at,
        changes=tuple(map(_change, commitment.steps)),
    )


def _change(step: Step) -> CommitmentChange:
    body = step.body
    if isinstance(body, ev.CommitmentMade):
        return CommitmentChange(step.seq, step.at, step.by, "made")
    if isinstance(body, ev.CommitmentAmended):
        return CommitmentChange(step.seq, step.at, step.by, "amended", body.why)
    return CommitmentChange(
        step.seq, step.at, by=step.by, kind=body.status, note=body.note, symbol=body.symbol, url=body.url, on=body.on
    )


class Filter(msgspec.Struct, frozen=True):
    """Selects commitments; an empty field accepts any value."""

    status: str = ""
    process: str = ""
    item: str = ""
    actor: str = ""
    session: str = ""

    def takes(self, tracked: Tracked) -> bool:
        """Whether the filter accepts a commitment."""
        return (
            self.status in ("", tracked.status)
            and self.process in ("", tracked.process)
            and (not self.item or self.item in tracked.items)
            and self.actor in ("", tracked.actor)
            and self.session in ("", tracked.session)
        )


def board(commitments: Iterable[Tracked]) -> list[Tracked]:
    """Sorts commitments: first the unfinished by due date, the earliest first and those without one last; then the
    finished, the newest change first."""

    def order(tracked: Tracked) -> tuple[int, float, int]:
        finished = tracked.status in ("done", "dropped")
        key = -tracked.changed_at if finished else tracked.due_at or float("inf")
        return (int(finished), key, tracked.entry)

    return sorted(commitments, key=order)


def counts(commitments: Iterable[Tracked]) -> dict[str, int]:
    """Status -> number of commitments, including 0."""
    sizes = Counter(tracked.status for tracked in commitments)
    return {status: sizes[status] for status in STATUSES}


COLUMNS = (
    "session", "session_title", "simulated", "entry", "status", "what", "who", "actor", "due", "due_on", "due_words",
    "process", "items", "source", "changes", "last_note", "last_symbol", "last_url", "last_on",
)  # fmt: skip


def rows(commitments: Iterable[Tracked]) -> list[list[object]]:
    """A table with the columns of `COLUMNS`: one row per commitment, with its newest change."""
    return [_row(tracked) for tracked in commitments]


def _row(tracked: Tracked) -> list[object]:
    last = tracked.changes[-1]
    cells: dict[str, object] = {
        "items": " ".join(tracked.items),
        "simulated": "yes" if tracked.simulated else "no",
        "changes": len(tracked.changes),
        "last_note": last.note,
        "last_symbol": last.symbol,
        "last_url": last.url,
        "last_on": last.on,
    }
    return [cells[name] if name in cells else getattr(tracked, name) for name in COLUMNS]


def to_json(commitments: Iterable[Tracked]) -> bytes:
    """The commitments as a JSON array in UTF-8, in the given order."""
    return msgspec.json.encode(list(commitments))


def schema() -> dict[str, object]:
    """The JSON Schema of the output of `to_json`."""
    return msgspec.json.schema(list[Tracked])
