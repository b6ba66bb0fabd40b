"""A clock that is never set back."""

from __future__ import annotations

import time


class Clock:
    """The time of the wall clock at the start of the process plus the monotonic clock. It never runs backwards, even if
    the wall clock is changed."""

    def __init__(self) -> None:
        self._offset = time.time_ns() - time.monotonic_ns()

    def now(self) -> int:
        """The present time in milliseconds since 1970, UTC."""
        return (self._offset + time.monotonic_ns()) // 1_000_000
