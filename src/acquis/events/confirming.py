"""The event of confirming the closing summary."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import UNDO_S, Event


class SummaryConfirmed(Event, frozen=True, gc=False, omit_defaults=True):
    """The Chair confirmed the closing summary, sentence by sentence, after it was read out. A later event replaces
    it."""

    undo_s: ClassVar = UNDO_S
    identifies: ClassVar[tuple[str, ...]] = ("consensus", "concern")
    consensus: tuple[str, ...] = ()
    concern: tuple[str, ...] = ()
