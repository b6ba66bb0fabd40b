"""The event of erasing a personal text."""

from __future__ import annotations

from acquis.events.base import Event


class TextErased(Event, frozen=True, gc=False, omit_defaults=True):
    """The texts of an entry were erased on request. `rest` is the SHA-256 (hex) of the remaining body, so that it
    cannot be changed afterwards."""

    entry: int
    rest: str
    reason: str = ""
