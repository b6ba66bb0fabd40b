"""The event of confirming the references of a question, a statement or a written contribution."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import TEAM, Event, Refreshes


class ReferencesConfirmed(Event, frozen=True, gc=False, omit_defaults=True):
    """The items of the reference ("norm-j", "cbm-8") that a question, a statement or a written contribution is about
    were confirmed. The latest list counts; an empty list removes them."""

    refreshes: ClassVar[Refreshes] = TEAM
    entry: int
    items: tuple[str, ...]
