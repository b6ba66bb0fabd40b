"""Events of what went wrong beneath the session: at the disk and at the clock of the server."""

from __future__ import annotations

from acquis.events.base import Event


class EntriesLost(Event, frozen=True, gc=False, omit_defaults=True):
    """The log lacked entries that had been acknowledged, and whoever runs the server accepted the loss. `upto`: the
    number of the last of them that is known; `head`: its link in hexadecimal. The numbers from that of this entry up to
    `upto` are given a second time."""

    upto: int
    head: str
