"""The command with which the server announces the key of its checkpoints."""

from __future__ import annotations

from typing import ClassVar

from acquis import events as ev
from acquis.command import ONCE_OPENED, SERVER, Actor, Command
from acquis.state import State


class AnnounceKey(Command, frozen=True, gc=False):
    """Announce the key with which the server signs from now on. Only the server itself gives this command."""

    roles: ClassVar = frozenset({SERVER})
    phases: ClassVar = ONCE_OPENED
    key: str
    signature: str = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        return None if state.keys and state.keys[-1] == self.key else ev.KeyAnnounced(self.key, self.signature)
