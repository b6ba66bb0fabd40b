"""The session and its segments: the opening, the segments, the list of speakers, the close."""

from __future__ import annotations

from acquis.events.base import Event


class SessionOpened(Event, frozen=True, gc=False, omit_defaults=True):
    """The chair has opened the session."""


class SegmentStarted(Event, frozen=True, gc=False, omit_defaults=True):
    """A segment of the programme began (numbered from 0); the one before is over, its turn ended, its counters gone.
    Hands that were waiting stay up if `carry`."""

    segment: int
    groups: tuple[str, ...]
    """The groups the fair rule weighs, in their fixed order."""
    carry: bool = True


class SettingsChanged(Event, frozen=True, gc=False, omit_defaults=True):
    """The moderators turned moderation or anonymous questions on or off."""

    moderated: bool
    anonymous: bool


class ListClosed(Event, frozen=True, gc=False, omit_defaults=True):
    """The list of speakers is closed: no new hand but points of order and rights of reply."""


class ListOpened(Event, frozen=True, gc=False, omit_defaults=True):
    """The list of speakers is open again."""


class SessionClosed(Event, frozen=True, gc=False, omit_defaults=True):
    """The session ended: the turn is over, votes are frozen, what was not reached is marked so; the report clock
    starts."""
