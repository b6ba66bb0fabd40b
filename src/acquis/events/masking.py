"""The event of publishing the masked form of an entry."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import REGIONS, Event, Refreshes


class TextMasked(Event, frozen=True, gc=False, omit_defaults=True):
    """The server published the form of an entry in which nobody is named, under the Chatham House Rule. `shown` is a
    JSON object: the fields that the public log leaves out of the entry, as everybody may read them. A later event
    replaces it. The original stays in the log and is never shown."""

    refreshes: ClassVar[Refreshes] = REGIONS
    texts: ClassVar[tuple[str, ...]] = ("shown",)
    entry: int
    shown: str = ""
