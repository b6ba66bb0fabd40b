"""The clock of the application."""

from __future__ import annotations

import time


class Clock:
    """Milliseconds since 1970, UTC: the wall clock at the start, carried on by the monotonic one, so that it never runs
    backwards while the process runs, whatever is done to the wall clock."""

    def __init__(self) -> None:
        self._offset = time.time_ns() - time.monotonic_ns()

    def now(self) -> int:
        """Now."""
        return (self._offset + time.monotonic_ns()) // 1_000_000
