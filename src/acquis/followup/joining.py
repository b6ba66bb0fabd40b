"""The same call of several sessions: one row for the calls that were joined, and an offer of those that are alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from acquis.followup.commitments import UNFINISHED
from acquis.followup.tracking import STATUSES, CommitmentChange, SessionCall, Tracked
from acquis.text.folding import folded
from acquis.text.likeness import alike

CallPlace: TypeAlias = tuple[str, int]
"""The session of a call and its entry."""
MOST_OFFERED = 20
"""The most pairs of calls that are offered."""
COMPARED = 1_000
"""The most calls to one body that are compared with each other, the newest ones."""


class AlikeCalls(msgspec.Struct, frozen=True):
    """Two calls of different sessions to the same body that may be the same, the earlier one first; the score (0 to 1)
    and the common words as `text.likeness.alike` gives them."""

    first: Tracked
    second: Tracked
    score: float
    because: tuple[str, ...]


def joined(calls: Iterable[Tracked]) -> list[Tracked]:
    """One row for each call, and one for all calls that are joined with each other, directly or through others. A
    rehearsal is joined with rehearsals only; a call that is not among these is passed over."""
    listed = {(call.session, call.entry): call for call in calls}
    neighbours = defaultdict[CallPlace, set[CallPlace]](set)
    for place, call in listed.items():
        for other in call.same:
            if other != place and other in listed and listed[other].simulated == call.simulated:
                neighbours[place].add(other)
                neighbours[other].add(place)
    rows, seen = list[Tracked](), set[CallPlace]()
    for place, call in listed.items():
        if place not in seen:
            group = _reached(place, neighbours)
            seen |= group
            rows.append(_row([listed[other] for other in group]) if len(group) > 1 else call)
    return rows


def apart(rows: Iterable[Tracked], calls: Iterable[Tracked]) -> list[Tracked]:
    """The calls of which these rows are made, each for itself."""
    kept = {place for row in rows for place in places_of(row)}
    return [call for call in calls if (call.session, call.entry) in kept]


def places_of(row: Tracked) -> tuple[CallPlace, ...]:
    """Session and entry of each call of a row."""
    return tuple((call.session, call.entry) for call in row.calls) or ((row.session, row.entry),)


def offers(rows: Iterable[Tracked], most: int = MOST_OFFERED) -> list[AlikeCalls]:
    """At most `most` pairs of rows that may be the same call, the most alike first: those that name the same body, of
    other sessions, by the likeness of their words."""
    of_body = defaultdict[tuple[str, bool], list[Tracked]](list)
    for row in sorted(rows, key=_made):
        if row.what and (body := " ".join(folded(row.who).split())):
            of_body[body, row.simulated].append(row)
    pairs = chain.from_iterable(_alike(listed[-COMPARED:], most) for listed in of_body.values())
    return sorted(pairs, key=lambda pair: (-pair.score, _made(pair.first), _made(pair.second)))[:most]


def _alike(rows: Sequence[Tracked], most: int) -> Iterator[AlikeCalls]:
    sessions = [{session for session, _ in places_of(row)} for row in rows]
    for pair in alike([(number, row.what) for number, row in enumerate(rows)], 10 * most):
        if not sessions[pair.first] & sessions[pair.second]:
            yield AlikeCalls(rows[pair.first], rows[pair.second], pair.score, pair.because)


def _made(call: Tracked) -> tuple[int, str, int]:
    return call.made_at, call.session, call.entry


def _reached(start: CallPlace, neighbours: dict[CallPlace, set[CallPlace]]) -> set[CallPlace]:
    reached, open_ends = {start}, [start]
    while open_ends:
        new = neighbours.get(open_ends.pop(), set()) - reached
        reached |= new
        open_ends += new
    return reached


def _row(group: Iterable[Tracked]) -> Tracked:
    """The row of calls that are the same: the call that was made first, with the earliest date, the answer of the body
    and the status that were given last in any session, and the changes of all of them."""
    calls = sorted(group, key=_made)
    answered, moved = max(calls, key=_answer_rank), max(calls, key=_moved_at)
    due = min((call for call in calls if call.due_at), key=lambda call: call.due_at, default=None)
    due = due or next((call for call in calls if call.due_words), calls[0])
    unfinished = moved.status in ("overdue", *UNFINISHED)
    is_late = unfinished and due.days is not None and due.days < 0
    changes = [replace(change, of=call.session) for call in calls for change in call.changes]
    return replace(
        calls[0],
        status="overdue" if is_late else moved.status,
        accepted=answered.accepted,
        answer=answered.answer,
        own_words=answered.own_words,
        own_due_on=answered.own_due_on,
        due=due.due,
        due_words=due.due_words,
        due_on=due.due_on,
        first_due_on=due.first_due_on,
        due_at=due.due_at,
        days=due.days,
        process=next((call.process for call in calls if call.process), ""),
        items=tuple(dict.fromkeys(chain.from_iterable(call.items for call in calls))),
        changed_at=max(call.changed_at for call in calls),
        changes=tuple(sorted(changes, key=lambda change: (change.at, change.of, change.entry))),
        calls=tuple(_session_call(call) for call in calls),
    )


def _session_call(call: Tracked) -> SessionCall:
    return SessionCall(**{name: getattr(call, name) for name in SessionCall.__struct_fields__})


def _answer_rank(call: Tracked) -> tuple[int, int]:
    """What a body said itself counts before what others recorded of it; of several answers the latest one."""
    if call.last_answer is not None:
        return 3, call.last_answer.at
    return ("not_asked", "unanswered").index(call.answer) if call.answer in ("not_asked", "unanswered") else 2, (
        call.changed_at
    )


def _moved_at(call: Tracked) -> int:
    """When the status of a call last changed (ms since 1970); 0 if it never did."""
    return max((change.at for change in call.changes if _moves(change)), default=0)


def _moves(change: CommitmentChange) -> bool:
    return change.kind in STATUSES or (change.is_answer and change.kind != "body_replied")
