"""Commitments of any number of sessions for display and export: filtered, sorted and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec
from msgspec.structs import replace

from acquis import events as ev
from acquis.followup.commitments import UNFINISHED, due_of, standing
from acquis.reference.library import Library, library
from acquis.state import Commitment, Step

STATUSES = ("overdue", "open", "accepted", "in_progress", "done", "declined", "dropped")
FINISHED = ("done", "declined", "dropped")
"""The statuses of which nothing is to be done any more."""
ANSWERS = ("accepted", "amended", "declined", "replied", "unanswered", "not_asked")
"""What the body that a call names said: it accepted, also in its own words, declined, replied otherwise, was asked and
has not answered, or was not asked."""
TERMS = ("what", "who", "actor", "due", "due_words", "process", "items")
"""The fields of a commitment that can be amended."""


class CommitmentChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """One change of a commitment: its entry, its time (ms since 1970), the id that signed it (`by`), its kind, and the
    fields of its event.

    Of an amendment, `before` has the earlier fields and `due_before` the earlier day (ISO 8601). Of an answer, `what`
    and `due_on` are the words and the day of the body itself, `office` and `signer` the function and the id of the
    person who signed. `session` and `other`: the call with which it was joined. `of`: the session in whose log the
    change is, in a row of joined calls."""

    entry: int
    at: int
    by: str
    kind: str
    """"made", "amended", the new status, "asked", "body_" and an answer, "joined" or "parted"."""
    note: str = ""
    symbol: str = ""
    url: str = ""
    on: str = ""
    before: dict[str, str] = {}
    due_before: str = ""
    what: str = ""
    due_on: str = ""
    office: str = ""
    signer: str = ""
    session: str = ""
    other: int = 0
    of: str = ""

    @property
    def is_answer(self) -> bool:
        """Whether the body said it itself."""
        return self.kind.startswith("body_")


class SessionCall(msgspec.Struct, frozen=True):
    """One of several calls that are joined, as its own session has it; the fields are those of `Tracked`."""

    session: str
    session_title: str
    entry: int
    what: str
    status: str
    answer: str
    due_on: str
    due_words: str


class Tracked(msgspec.Struct, frozen=True):
    """A commitment of a session at a given time.

    `accepted`: whether the body that it names accepted it. `answer`: the answer of that body, one of `ANSWERS`;
    `own_words` and `own_due_on`: its own words and day, if it gave any. `same`: session and entry of each call that is
    followed as the same one; `calls`: all calls of a joined row (`followup.joining`), empty for one call. `due_at`: ms
    since 1970, 0 if no date is known; `due_on`: that day at the venue; `first_due_on`: the first due day (ISO 8601);
    `days`: whole days until it is due, negative afterwards."""

    session: str
    session_title: str
    simulated: bool
    entry: int
    what: str
    who: str
    actor: str
    status: str
    accepted: bool
    answer: str
    own_words: str
    own_due_on: str
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
    same: tuple[tuple[str, int], ...] = ()
    calls: tuple[SessionCall, ...] = ()

    @property
    def earlier(self) -> tuple[CommitmentChange, ...]:
        """The changes that replaced a wording or a date, the first one first."""
        return tuple(change for change in self.changes if change.before.keys() & {"what", "due", "due_words"})

    @property
    def last_answer(self) -> CommitmentChange | None:
        """The latest answer of the body itself; None if it gave none."""
        return next((change for change in reversed(self.changes) if change.is_answer), None)

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
    changes = tuple(_changes(commitment.steps, books))
    own = next((change for change in reversed(changes) if change.is_answer), None)
    amended = own if own is not None and own.kind == "body_amended" else None
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
        answer=_answer(commitment),
        own_words=amended.what if amended else "",
        own_due_on=amended.due_on if amended else "",
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
        changes=changes,
        same=commitment.same,
    )


def _answer(commitment: Commitment) -> str:
    """What the body said, one of `ANSWERS`; what others recorded of it counts where it did not say so here."""
    if commitment.answer is not None:
        return commitment.answer.answer
    if commitment.is_accepted:
        return "accepted"
    if commitment.status == "declined":
        return "declined"
    return "unanswered" if commitment.is_asked else "not_asked"


def _terms(step: Step) -> dict[str, str]:
    """What a commitment said after this step, if the step sets it; lists of ids are separated by blanks."""
    if not isinstance(step.body, ev.CommitmentMade | ev.CommitmentAmended):
        return {}
    values = {name: getattr(step.body, name) for name in TERMS}
    return {name: " ".join(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _changes(steps: list[Step], books: Library) -> Iterator[CommitmentChange]:
    said: dict[str, str] = {}
    for step in steps:
        change, terms = _change(step, books), _terms(step)
        if change.kind == "amended":
            before = {name: said[name] for name in terms if terms[name] != said[name]}
            due = due_of(before["due"], books) if "due" in before else None
            change = replace(change, before=before, due_before=due.day.isoformat() if due else "")
        said = terms or said
        yield change


def _change(step: Step, books: Library) -> CommitmentChange:
    body, bare = step.body, CommitmentChange(step.seq, step.at, step.by, "made")
    match body:
        case ev.CommitmentAmended():
            return replace(bare, kind="amended", note=body.why)
        case ev.CommitmentProgressed():
            return replace(bare, kind=body.status, note=body.note, symbol=body.symbol, url=body.url, on=body.on)
        case ev.BodyAsked():
            return replace(bare, kind="asked")
        case ev.CallAnswered():
            due = due_of(body.due, books)
            own = {"what": body.what, "note": body.note, "office": body.office, "signer": body.signer}
            return replace(bare, kind=f"body_{body.answer}", due_on=due.day.isoformat() if due else "", **own)
        case ev.CallsJoined() | ev.CallsParted():
            kind = "joined" if isinstance(body, ev.CallsJoined) else "parted"
            return replace(bare, kind=kind, session=body.session, other=body.other)
    return bare


def board(commitments: Iterable[Tracked]) -> list[Tracked]:
    """Sorts commitments: first the unfinished by due date, the earliest first and those without one last; then the
    finished, the newest change first."""

    def order(tracked: Tracked) -> tuple[int, float, int]:
        finished = tracked.status in FINISHED
        key = -tracked.changed_at if finished else tracked.due_at or float("inf")
        return (int(finished), key, tracked.entry)

    return sorted(commitments, key=order)


def counts(commitments: Iterable[Tracked]) -> dict[str, int]:
    """Status -> number of commitments, including 0."""
    sizes = Counter(tracked.status for tracked in commitments)
    return {status: sizes[status] for status in STATUSES}


def answer_counts(commitments: Iterable[Tracked]) -> dict[str, int]:
    """Answer of the body -> number of commitments, including 0."""
    sizes = Counter(tracked.answer for tracked in commitments)
    return {answer: sizes[answer] for answer in ANSWERS}


COLUMNS = (
    "session", "session_title", "simulated", "entry", "status", "accepted", "answer", "what", "who", "actor", "due",
    "due_on", "first_due_on", "own_words", "own_due_on", "due_words", "process", "items", "source", "changes",
    "last_note", "last_symbol", "last_url", "last_on", "calls",
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
        "calls": " ".join(f"{call.session}:{call.entry}" for call in tracked.calls),
    }
    return [cells[name] if name in cells else getattr(tracked, name) for name in COLUMNS]


def to_json(commitments: Iterable[Tracked]) -> bytes:
    """The commitments as a JSON array in UTF-8, in the given order."""
    return msgspec.json.encode(list(commitments))


def schema() -> dict[str, object]:
    """The JSON Schema of the output of `to_json`."""
    return msgspec.json.schema(list[Tracked])
