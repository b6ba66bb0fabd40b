"""Events of moderation that can follow at any time, in whatever state a thing is."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import TEAM, UNDO_S, Event, HeldBackReason, Refreshes


class TextHeldBack(Event, frozen=True, gc=False, omit_defaults=True):
    """A moderator held a text back that is neither a question nor a statement: what a hand is about, the note of a turn
    or the comment on it, a written answer. `entry` is the entry that contains the text."""

    refreshes: ClassVar[Refreshes] = TEAM
    undo_s: ClassVar = UNDO_S
    entry: int
    reason: HeldBackReason


class TextLetThrough(Event, frozen=True, gc=False, omit_defaults=True):
    """A moderator let such a text through, which waited for a moderator or was held back."""

    refreshes: ClassVar[Refreshes] = TEAM
    undo_s: ClassVar = UNDO_S
    entry: int
