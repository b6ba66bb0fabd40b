"""Commitments as they are shown and handed on: one row each, from any number of sessions, filtered and counted."""

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
    """One step of a commitment: its entry, when (ms since 1970), whose id signed it, what kind of step, and what it
    says."""

    entry: int
    at: int
    by: str
    kind: str
    """made, amended, or the status it was given."""
    note: str = ""
    symbol: str = ""
    url: str = ""
    on: str = ""


class Tracked(msgspec.Struct, frozen=True):
    """A commitment as it stands at a moment. `due_at` in milliseconds since 1970, 0 where no date is known; `due_on`
    that day at the venue; `days` until it, negative once it is over."""

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
    """A commitment of a session at `now` (ms)."""
    found = standing(commitment, now, books)
    return Tracked(
        session=session,
        session_title=title,
        simulated=simulated,
        entry=commitment.seq,
        what=commitment.what,
        who=commitment.who,
        actor=commitment.actor,
        status=found.status,
        due=commitment.due,
        due_words=commitment.due_words,
        due_on=found.due.day.isoformat() if found.due else "",
        due_at=int(found.due.at.timestamp() * 1000) if found.due else 0,
        days=found.days,
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
    """Which commitments are wanted; empty: any."""

    status: str = ""
    process: str = ""
    item: str = ""
    actor: str = ""
    session: str = ""

    def takes(self, tracked: Tracked) -> bool:
        """Whether a commitment is among them."""
        return (
            self.status in ("", tracked.status)
            and self.process in ("", tracked.process)
            and (not self.item or self.item in tracked.items)
            and self.actor in ("", tracked.actor)
            and self.session in ("", tracked.session)
        )


def board(commitments: Iterable[Tracked]) -> list[Tracked]:
    """Late ones first, the longest late on top, then what is due soonest; what is over last, newest change first."""

    def order(tracked: Tracked) -> tuple[int, float, int]:
        over = tracked.status in ("done", "dropped")
        key = -tracked.changed_at if over else tracked.due_at or float("inf")
        return (int(over), key, tracked.entry)

    return sorted(commitments, key=order)


def counts(commitments: Iterable[Tracked]) -> dict[str, int]:
    """How many there are of each status, none left out."""
    sizes = Counter(one.status for one in commitments)
    return {status: sizes[status] for status in STATUSES}


COLUMNS = (
    "session", "session_title", "simulated", "entry", "status", "what", "who", "actor", "due", "due_on", "due_words",
    "process", "items", "source", "changes", "last_note", "last_symbol", "last_url", "last_on",
)  # fmt: skip


def rows(commitments: Iterable[Tracked]) -> list[list[object]]:
    """A table with the columns of `COLUMNS`, one row a commitment, with its newest change."""
    return [_row(one) for one in commitments]


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
    """All of it, as JSON."""
    return msgspec.json.encode(list(commitments))


def schema() -> dict[str, object]:
    """The JSON Schema of `to_json`."""
    return msgspec.json.schema(list[Tracked])
