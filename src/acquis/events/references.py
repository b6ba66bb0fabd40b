"""What a question or a statement is about."""

from __future__ import annotations

from acquis.events.base import Event


class ReferencesConfirmed(Event, frozen=True, gc=False, omit_defaults=True):
    """Somebody of the session confirmed which items of the reference ("norm-j", "cbm-8") a question or a statement is
    about; the newest list counts, an empty one takes them away."""

    entry: int
    items: tuple[str, ...]
