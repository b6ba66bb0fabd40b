"""Events of drafting the report, one for each change of a sentence."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import DESK, TEAM, Event, Refreshes, SeenBy
from acquis.events.publishing import Origin


class SentenceDrafted(Event, frozen=True, gc=False, omit_defaults=True):
    """A sentence was added to the draft, or its wording was changed. A sentence is identified by the number of the
    entry that added it. Its text is never published; only the report is."""

    refreshes: ClassVar[Refreshes] = TEAM
    seen_by: ClassVar[SeenBy] = DESK
    texts: ClassVar[tuple[str, ...]] = ("text",)
    part: str
    """A part of the report ("takeaways"), or a field of the full report ("field_session_report")."""
    text: str = ""
    cites: tuple[int, ...] = ()
    about: tuple[str, ...] = ()
    sentence: str = ""
    """The sentence whose wording is changed; empty: a new one at the end of its part."""
    origin: Origin = ""


class SentenceMoved(Event, frozen=True, gc=False, omit_defaults=True):
    """A sentence of the draft was moved within its part: behind another one, or (if empty) to the beginning."""

    refreshes: ClassVar[Refreshes] = TEAM
    sentence: str
    after: str = ""


class SentenceDropped(Event, frozen=True, gc=False, omit_defaults=True):
    """A sentence was removed from the draft of the report, by its id."""

    refreshes: ClassVar[Refreshes] = TEAM
    sentence: str
