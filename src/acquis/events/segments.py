"""Events of the session and its segments: opening, segments, settings, list of speakers, close."""

from __future__ import annotations

from acquis.events.base import Event


class SessionOpened(Event, frozen=True, gc=False, omit_defaults=True):
    """The session was opened."""


class SegmentStarted(Event, frozen=True, gc=False, omit_defaults=True):
    """A segment of the programme (numbered from 0) began. This ends the previous segment and its turn, and resets the
    counters. Waiting hands are kept if `carry` is true."""

    segment: int
    groups: tuple[str, ...]
    """The groups that the fair rule balances, in a fixed order."""
    carry: bool = True


class SettingsChanged(Event, frozen=True, gc=False, omit_defaults=True):
    """The moderators turned moderation or anonymous questions on or off."""

    moderated: bool
    anonymous: bool


class ListClosed(Event, frozen=True, gc=False, omit_defaults=True):
    """The list of speakers was closed, except for points of order and rights of reply."""


class ListOpened(Event, frozen=True, gc=False, omit_defaults=True):
    """The list of speakers was opened again."""


class SessionClosed(Event, frozen=True, gc=False, omit_defaults=True):
    """The session was closed: the turn ends, votes are final, hands and questions that remain are marked as not
    reached, and the time for the report starts."""
