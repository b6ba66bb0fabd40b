"""The commands with which the server records that entries were lost, or that its clock was wrong."""

from __future__ import annotations

from typing import ClassVar

from acquis import events as ev
from acquis.command import SERVER, Actor, Command
from acquis.state import State


class RecordLoss(Command, frozen=True, gc=False):
    """Record that entries of the log were lost. Only the server itself gives this command."""

    roles: ClassVar = frozenset({SERVER})
    upto: int
    head: str

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        return ev.EntriesLost(self.upto, self.head)


class CorrectClock(Command, frozen=True, gc=False):
    """Record that the clock of the server was wrong. Only the server itself gives this command. `amount`: what is
    added to the times, in milliseconds; `since`: as in the event; `upto`: the last entry that was known. Nothing
    changes if the clock was corrected after it."""

    roles: ClassVar = frozenset({SERVER})
    amount: int
    since: int
    upto: int

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if any(entry > self.upto for entry in state.corrections):
            return None
        return ev.clock_corrected(self.amount, self.since)
