"""Texts that were erased on request."""

from __future__ import annotations

from acquis.events.base import Event


class TextErased(Event, frozen=True, gc=False, omit_defaults=True):
    """The texts of an entry were erased on somebody's request. `rest` is the SHA-256 (hex) of what was left of its
    body, so that nothing else of it can be changed afterwards."""

    entry: int
    rest: str
    reason: str = ""
