"""Events of the session and its segments: opening, segments, settings, list of speakers, close."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import UNDO_OPENING_S, UNDO_S, Event


class SessionOpened(Event, frozen=True, gc=False, omit_defaults=True):
    """The session was opened: people can take part from now on. `chatham`: whether it is held under the Chatham House
    Rule. The public log shows this entry with its salt, so that nobody can add the rule afterwards in order to show
    other entries without theirs. None in logs that do not say it."""

    undo_s: ClassVar = UNDO_OPENING_S
    chatham: bool | None = None


class SegmentStarted(Event, frozen=True, gc=False, omit_defaults=True):
    """A segment of the programme (numbered from 0) began. This ends the previous segment and its turn, and resets the
    counters. Waiting hands are kept if `carry` is true."""

    undo_s: ClassVar = UNDO_S
    segment: int
    groups: tuple[str, ...]
    """The groups that the fair rule balances, in a fixed order."""
    carry: bool = True


class SettingsChanged(Event, frozen=True, gc=False, omit_defaults=True):
    """The moderators turned moderation or anonymous questions on or off."""

    undo_s: ClassVar = UNDO_S
    moderated: bool
    anonymous: bool


class ListClosed(Event, frozen=True, gc=False, omit_defaults=True):
    """The list of speakers was closed, except for points of order and rights of reply."""

    undo_s: ClassVar = UNDO_S


class ListOpened(Event, frozen=True, gc=False, omit_defaults=True):
    """The list of speakers was opened again, so that hands can be raised."""

    undo_s: ClassVar = UNDO_S


class SessionClosed(Event, frozen=True, gc=False, omit_defaults=True):
    """The session was closed: the turn ends, votes are final, hands and questions that remain are marked as not
    reached, and the time for the report starts."""

    undo_s: ClassVar = UNDO_S
