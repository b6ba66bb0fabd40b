"""A clock that is never set back by itself."""

from __future__ import annotations

import time

JUMP_MS = 2000
"""From how many milliseconds on a difference of two clocks is a wrong clock, and not the time of a request."""
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""A clock that nobody sets. On Linux it goes on while the machine sleeps."""


class Clock:
    """The time of the wall clock at the start of the process plus the time that has passed since. It never runs
    backwards, even if the wall clock is set; whoever notices that (`drift`) can have it corrected."""

    def __init__(self) -> None:
        self._offset = self._wall() - self._passed()
        self.began = self.now()
        """When the clock began, as it would say now."""

    def _wall(self) -> int:
        return time.time_ns()

    def _passed(self) -> int:
        return time.clock_gettime_ns(_CLOCK)

    def now(self) -> int:
        """The present time in milliseconds since 1970, UTC."""
        return (self._offset + self._passed()) // 1_000_000

    def drift(self) -> int:
        """By how many milliseconds the wall clock is ahead of this one."""
        return (self._wall() - self._passed() - self._offset) // 1_000_000

    def correct(self, by: int) -> None:
        """Put the clock forward by some milliseconds; below 0: back."""
        self._offset += by * 1_000_000
        self.began += by
