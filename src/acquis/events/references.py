"""The event of confirming the references of a question or a statement."""

from __future__ import annotations

from acquis.events.base import Event


class ReferencesConfirmed(Event, frozen=True, gc=False, omit_defaults=True):
    """The items of the reference ("norm-j", "cbm-8") that a question or a statement is about were confirmed. The latest
    list counts; an empty list removes them."""

    entry: int
    items: tuple[str, ...]
