"""The closing summary, as the chair confirmed it."""

from __future__ import annotations

from acquis.events.base import Event


class SummaryConfirmed(Event, frozen=True, gc=False, omit_defaults=True):
    """The closing summary was read out and the chair confirmed it on the spot, sentence by sentence; a later one
    replaces the one before."""

    consensus: tuple[str, ...] = ()
    concern: tuple[str, ...] = ()
