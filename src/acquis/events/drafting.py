"""The draft of the report, sentence by sentence."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import DESK, Event, SeenBy


class SentenceDrafted(Event, frozen=True, gc=False, omit_defaults=True):
    """Somebody at the desk began a sentence of the draft, or worded one anew; it is known by the number of the entry
    that began it. Its text never leaves the house: what counts is what is published."""

    seen_by: ClassVar[SeenBy] = DESK
    texts: ClassVar[tuple[str, ...]] = ("text",)
    part: str
    """A part of the report ("takeaways"), or a field of the longer one ("field_session_report")."""
    text: str
    cites: tuple[int, ...] = ()
    about: tuple[str, ...] = ()
    sentence: str = ""
    """The sentence that is worded anew; empty: a new one, at the end of its part."""


class SentenceMoved(Event, frozen=True, gc=False, omit_defaults=True):
    """A sentence of the draft stands elsewhere in its part: behind another one, or (empty) at the beginning."""

    sentence: str
    after: str = ""


class SentenceDropped(Event, frozen=True, gc=False, omit_defaults=True):
    """A sentence was taken out of the draft."""

    sentence: str
