"""A clock that tests put forward, so that none of them waits for time to pass."""

from __future__ import annotations

import datetime

from acquis.command import Command
from acquis.floor.queue import GiveFloor, GiveFloorToSpeaker
from acquis.floor.segments import PAUSE_MS, StartSegment
from acquis.web.http.clock import Clock


class MovedClock(Clock):
    """A clock that was set to a moment (ISO 8601) when it was made, by itself now, and can be put forward."""

    def __init__(self, moment: str = "") -> None:
        super().__init__()
        if moment:
            self._offset = int(datetime.datetime.fromisoformat(moment).timestamp()) * 10**9 - self._passed()

    def drift(self) -> int:
        return 0

    def forward(self, ms: int) -> None:
        self._offset += ms * 1_000_000

    def pause(self, command: Command | None = None) -> None:
        """Let so much time pass that the floor can be given again, if the command gives it."""
        if command is None or isinstance(command, GiveFloor | GiveFloorToSpeaker | StartSegment):
            self.forward(PAUSE_MS)
