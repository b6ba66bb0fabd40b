"""The event of taking an act back."""

from __future__ import annotations

from acquis.events.base import Event


class ActTakenBack(Event, frozen=True, gc=False, omit_defaults=True):
    """The act of an entry was taken back: the state is computed as if it had never happened. Only the latest act of the
    moderators that still counts can be taken back, and only for a short time (`Event.undo_s`)."""

    entry: int
