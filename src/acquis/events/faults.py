"""Events of what went wrong beneath the session: at the disk and at the clock of the server."""

from __future__ import annotations

from acquis.events.base import Event


class EntriesLost(Event, frozen=True, gc=False, omit_defaults=True):
    """The log lacked entries that had been acknowledged, and whoever runs the server accepted the loss. `upto`: the
    number of the last of them that is known; `head`: its link in hexadecimal. The numbers from that of this entry up to
    `upto` are given a second time."""

    upto: int
    head: str


class ClockCorrected(Event, frozen=True, gc=False, omit_defaults=True):
    """The clock of the server had been wrong by `amount` milliseconds (more than 0: it was slow). The stamps of the log
    go on without a jump, as those of a monotonic clock; the time of an entry is its stamp plus all corrections before
    it. `since`: times of the session from this one on (in ms since 1970, as they were before this entry) had been taken
    from the wrong clock, and are moved too."""

    amount: int
    since: int
