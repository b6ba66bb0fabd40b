"""Events of what went wrong beneath the session: at the disk and at the clock of the server."""

from __future__ import annotations

from acquis.events.base import Event


class EntriesLost(Event, frozen=True, gc=False, omit_defaults=True):
    """The log lacked entries that had been acknowledged, and whoever runs the server accepted the loss. `upto`: the
    number of the last of them that is known; `head`: its link in hexadecimal, or empty if only its number is known. The
    numbers from that of this entry up to `upto` are given a second time."""

    upto: int
    head: str


class ClockCorrected(Event, frozen=True, gc=False, omit_defaults=True):
    """The clock of the server had been wrong: `slow` or `fast` by so many milliseconds (the other is 0, because the
    numbers of the record have no sign). The stamps of the log go on without a jump, as those of a monotonic clock; the
    time of an entry is its stamp plus all corrections before it. `since`: times of the session from this one on (in ms
    since 1970, as they were before this entry) had been taken from the wrong clock, and are moved too."""

    since: int
    slow: int = 0
    fast: int = 0

    @property
    def amount(self) -> int:
        """What is added to the times, in milliseconds; less than 0 if the clock was fast."""
        return self.slow - self.fast


def clock_corrected(amount: int, since: int) -> ClockCorrected:
    """The event for a correction by `amount` milliseconds, which may be less than 0."""
    return ClockCorrected(since, slow=max(amount, 0), fast=max(-amount, 0))
