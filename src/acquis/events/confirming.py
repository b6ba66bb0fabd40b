"""The event of confirming the closing summary."""

from __future__ import annotations

from acquis.events.base import Event


class SummaryConfirmed(Event, frozen=True, gc=False, omit_defaults=True):
    """The Chair confirmed the closing summary, sentence by sentence, after it was read out. A later event replaces
    it."""

    consensus: tuple[str, ...] = ()
    concern: tuple[str, ...] = ()
