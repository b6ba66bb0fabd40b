"""Acts that were taken back: which entries of a log have an effect.

*The state is the fold of the entries that were not taken back.* An act can be taken back for a few seconds only
(`Event.undo_s`), and only if no later act counts that conducted the session. Therefore a short look-ahead is enough to
know whether an entry has an effect, and no decision of a moderator was ever made on a state that was changed
afterwards: the audit of the floor remains exact.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TypeAlias

import msgspec

from acquis import events as ev
from acquis.state.acts import Act, TakenBack, is_act, may_be_own
from acquis.state.model import State, effect

GRACE_MS = 3000
"""The time for the way of a request, in addition to the seconds that the button shows."""

Row: TypeAlias = tuple[int, int, str, ev.Event]
Effective: TypeAlias = tuple[int, int, str, ev.Event | TakenBack]


def undo_until(act: Act) -> int:
    """The last moment at which an act can be taken back, in ms since 1970."""
    return act.at + act.event.undo_s * 1000 + GRACE_MS


class LookAhead:
    """Holds entries until it is known whether they have an effect. `take` and `rest` give those that are settled, in
    their order: an act that was taken back is replaced by `TakenBack`."""

    def __init__(self) -> None:
        self._waiting: deque[Effective] = deque()
        self._owners: dict[int, str] = {}

    def take(self, row: Row) -> Iterable[Effective]:
        """Add the next entry (seq, at, by, event)."""
        seq, at, by, event = row
        if isinstance(event, ev.HandRaised):
            self._owners[seq] = by
        if not self._waiting and not event.undo_s:
            return (row,)
        if isinstance(event, ev.ActTakenBack):
            self._take_back(seq, at, by, event.entry)
        self._waiting.append(row)
        return self._settled(at)

    def rest(self) -> Iterable[Effective]:
        """The entries that were held; there are no later ones."""
        return self._waiting

    def _settled(self, at: int) -> list[Effective]:
        settled = []
        while self._waiting and ((act := self._act(self._waiting[0])) is None or undo_until(act) < at):
            settled.append(self._waiting.popleft())
        return settled

    def _act(self, row: Effective) -> Act | None:
        seq, at, by, event = row
        if isinstance(event, TakenBack) or not is_act(event, by, lambda hand: self._owners.get(hand, "")):
            return None
        return Act(seq, at, by, event)

    def _take_back(self, seq: int, at: int, by: str, entry: int) -> None:
        """Replace the act of an entry if it is the latest one that counts and it is not too late."""
        for place in reversed(range(len(self._waiting))):
            act = self._act(self._waiting[place])
            if act is None or (act.seq != entry and may_be_own(act)):
                continue
            if act.seq == entry and at <= undo_until(act):
                self._waiting[place] = (act.seq, act.at, act.by, TakenBack(act, seq, at, by))
            return


def effective(rows: Iterable[Row]) -> Iterator[Effective]:
    """The entries of a log (seq, at, by, event) as they have an effect: all of them, with `TakenBack` in the place of
    each act that was taken back. An `ActTakenBack` that is not valid takes nothing back."""
    ahead = LookAhead()
    for row in rows:
        yield from ahead.take(row)
    yield from ahead.rest()


def is_valid(state: State, seq: int, event: ev.Event | TakenBack) -> bool:
    """Whether an entry, applied to the state, took back what it says; always true for other events."""
    if not isinstance(event, ev.ActTakenBack):
        return True
    taken = state.taken_back.get(event.entry)
    return taken is not None and taken.seq == seq


@effect(TakenBack)
def _(s: State, e: TakenBack, seq: int, at: int, by: str) -> None:
    act = msgspec.structs.replace(e.act, at=e.act.at - s.ahead)
    s.taken_back[seq] = msgspec.structs.replace(e, at=e.at - s.ahead, act=act) if s.ahead else e


@effect(ev.ActTakenBack)
def _(s: State, e: ev.ActTakenBack, seq: int, at: int, by: str) -> None:
    """Nothing: what it took back has no effect already."""
