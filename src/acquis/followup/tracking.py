"""Commitments of any number of sessions for display and export: filtered, sorted and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from acquis import events as ev
from acquis.followup.commitments import UNFINISHED, due_of, standing
from acquis.reference.library import Library, library
from acquis.state import Commitment, Step

STATUSES = ("overdue", "open", "accepted", "in_progress", "done", "dropped")
TERMS = ("what", "who", "actor", "due", "due_words", "process", "items")
"""The fields of a commitment that can be amended."""


class CommitmentChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """One change of a commitment: its entry, its time (ms since 1970), the id that signed it (`by`), its kind, and the
    fields of its event. Of an amendment `before` has what the amended fields said; `due_before` the day that a moved
    date had (ISO 8601)."""

    entry: int
    at: int
    by: str
    kind: str
    """"made", "amended", or the new status."""
    note: str = ""
    symbol: str = ""
    url: str = ""
    on: str = ""
    before: dict[str, str] = {}
    due_before: str = ""


class Tracked(msgspec.Struct, frozen=True):
    """A commitment of a session at a given time. `accepted`: whether the body that it names accepted it; `due_at`: ms
    since 1970, 0 if no date is known; `due_on`: that day at the venue, and `first_due_on` the day on which it was due
    when it was made (ISO 8601); `days`: whole days until it is due, negative afterwards."""

    session: str
    session_title: str
    simulated: bool
    entry: int
    what: str
    who: str
    actor: str
    status: str
    accepted: bool
    due: str
    due_words: str
    due_on: str
    first_due_on: str
    due_at: int
    days: int | None
    process: str
    items: tuple[str, ...]
    source: str
    made_at: int
    changed_at: int
    changes: tuple[CommitmentChange, ...]

    @property
    def is_waiting(self) -> bool:
        """Whether it is a call that still waits for the body that it names. One that is done or dropped waits for
        nothing."""
        return not self.accepted and self.status in ("overdue", *UNFINISHED)


def tracked(
    session: str, title: str, simulated: bool, commitment: Commitment, now: int, books: Library | None = None
) -> Tracked:
    """A commitment of a session as of `now` (ms since 1970)."""
    books = books or library()
    present = standing(commitment, now, books)
    first = due_of(_terms(commitment.steps[0])["due"], books)
    return Tracked(
        session=session,
        session_title=title,
        simulated=simulated,
        entry=commitment.seq,
        what=commitment.what,
        who=commitment.who,
        actor=commitment.actor,
        status=present.status,
        accepted=commitment.is_accepted,
        due=commitment.due,
        due_words=commitment.due_words,
        due_on=present.due.day.isoformat() if present.due else "",
        first_due_on=first.day.isoformat() if first else "",
        due_at=int(present.due.at.timestamp() * 1000) if present.due else 0,
        days=present.days,
        process=commitment.process,
        items=commitment.items,
        source=commitment.source,
        made_at=commitment.at,
        changed_at=commitment.steps[-1].at,
        changes=tuple(_changes(commitment.steps, books)),
    )


def _terms(step: Step) -> dict[str, str]:
    """What a commitment said after this step, if the step sets it; lists of ids are separated by blanks."""
    if isinstance(step.body, ev.CommitmentProgressed):
        return {}
    values = {name: getattr(step.body, name) for name in TERMS}
    return {name: " ".join(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _changes(steps: list[Step], books: Library) -> Iterator[CommitmentChange]:
    said: dict[str, str] = {}
    for step in steps:
        change, terms = _change(step), _terms(step)
        if change.kind == "amended":
            before = {name: said[name] for name in terms if terms[name] != said[name]}
            due = due_of(before["due"], books) if "due" in before else None
            change = msgspec.structs.replace(change, before=before, due_before=due.day.isoformat() if due else "")
        said = terms or said
        yield change


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
    "session", "session_title", "simulated", "entry", "status", "accepted", "what", "who", "actor", "due", "due_on",
    "first_due_on", "due_words", "process", "items", "source", "changes", "last_note", "last_symbol", "last_url",
    "last_on",
)  # fmt: skip


def rows(commitments: Iterable[Tracked]) -> list[list[object]]:
    """A table with the columns of `COLUMNS`: one row per commitment, with its newest change."""
    return [_row(tracked) for tracked in commitments]


def _row(tracked: Tracked) -> list[object]:
    last = tracked.changes[-1]
    cells: dict[str, object] = {
        "items": " ".join(tracked.items),
        "simulated": "yes" if tracked.simulated else "no",
        "accepted": "yes" if tracked.accepted else "no",
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
