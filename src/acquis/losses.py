"""The command with which the server records that entries were lost."""

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
