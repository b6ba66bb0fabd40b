"""Commands for the session and its segments, and the clocks of the floor."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec

from acquis import events as ev
from acquis.attributes import ATTRIBUTES
from acquis.command import HOSTS, MODERATORS, NOT_ENDED, ONCE_OPENED, RUNNING, Actor, Command, Refused, SegmentNumber
from acquis.state import State
from acquis.state.people import choices

PAUSE_MS = 1500
"""The least time between two calls."""


class OpenSession(Command, frozen=True, gc=False):
    """Open the session: from now on it is live."""

    roles: ClassVar = HOSTS
    phases: ClassVar = NOT_ENDED
    refusals: ClassVar = ("session_cancelled",)

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if state.cancelled_at:
            raise Refused("session_cancelled")
        return ev.SessionOpened(state.settings.chatham) if state.phase == "published" else None


class StartSegment(Command, frozen=True, gc=False):
    """Begin a segment of the programme (numbered from 0). Hands that wait stay up unless `carry` is false."""

    roles: ClassVar = MODERATORS
    conducts: ClassVar = True
    phases: ClassVar = RUNNING
    refusals: ClassVar = ("called_just_now",)
    segment: Annotated[int, SegmentNumber]
    carry: bool = True

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if self.segment == state.segment:
            return None
        require_pause(state, at)
        return ev.SegmentStarted(self.segment, groups(state), self.carry)


def require_pause(state: State, at: int) -> None:
    """Raises Refused("called_just_now") if the floor was given or a segment started less than PAUSE_MS ago, by anybody:
    a key that is held, or two moderators at once, give the floor to one person only. Points of order do not count."""
    calls = (turn.at for turn in reversed(state.turns.values()) if turn.kind != "point_of_order")
    if at - max(state.segment_at, next(calls, 0)) < PAUSE_MS:
        raise Refused("called_just_now")


def groups(state: State) -> tuple[str, ...]:
    """The groups that the fair rule balances in this session, in a fixed order; `other` is always the last one."""
    balanced = next(attribute for attribute in ATTRIBUTES if attribute.name == state.settings.balance)
    return (*(group for group in choices(state, balanced) if group != ev.OTHER), ev.OTHER)


class CloseSession(Command, frozen=True, gc=False):
    """End the session. Votes are frozen, what was not reached is marked so, the clock of the report starts."""

    roles: ClassVar = HOSTS
    phases: ClassVar = ONCE_OPENED

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        return None if state.is_over else ev.SessionClosed()


class ChangeSettings(Command, frozen=True, gc=False):
    """Turn moderation before publication, or questions without a name, on or off."""

    roles: ClassVar = HOSTS
    phases: ClassVar = NOT_ENDED
    moderated: bool
    anonymous: bool

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if (self.moderated, self.anonymous) == (state.settings.moderated, state.settings.anonymous):
            return None
        return ev.SettingsChanged(self.moderated, self.anonymous)


class CloseList(Command, frozen=True, gc=False):
    """Close the list of speakers. Points of order and rights of reply can still be asked for."""

    roles: ClassVar = MODERATORS
    phases: ClassVar = RUNNING

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        return ev.ListClosed() if state.list_open else None


class OpenList(Command, frozen=True, gc=False):
    """Open the list of speakers again, so that hands can be raised."""

    roles: ClassVar = MODERATORS
    phases: ClassVar = RUNNING

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        return None if state.list_open else ev.ListOpened()


class SegmentClock(msgspec.Struct, frozen=True, gc=False):
    """The clocks at one moment, in ms. `left` becomes negative when the time is exceeded. `more` is the number of full
    turns that fit into the segment after the running one."""

    segment_used: int = 0
    segment_left: int = 0
    session_used: int = 0
    session_left: int = 0
    turn_used: int = 0
    turn_left: int = 0
    more: int = 0
    cue: Literal["", "five_minutes", "one_minute", "over"] = ""


class Ending(msgspec.Struct, frozen=True, gc=False):
    """When the session ends. `planned`: by the minutes of the programme as it was published, counted from the opening;
    `segment_ends`: the end of the running segment; both in ms since 1970, 0 if there is none. `later`: the minutes of
    the segments after it, in ms."""

    planned: int = 0
    segment_ends: int = 0
    later: int = 0

    def expected(self, at: int) -> int:
        """When the session ends if the running segment ends in time, or now if its time is exceeded, and each later one
        takes its minutes."""
        return max(at, self.segment_ends) + self.later


def ending(state: State) -> Ending:
    """When the session ends; all is zero unless it is open."""
    minutes = [segment.minutes for segment in state.segments]
    if not state.is_open or not any(minutes):
        return Ending()
    later = sum(minutes[state.segment + 1 :]) * 60_000
    segment_ends = state.segment_at + state.now.minutes * 60_000 if state.now else 0
    planned = state.opened_at + (sum(minutes) - state.added_min) * 60_000
    return Ending(planned, segment_ends, later)


def clock(state: State, at: int) -> SegmentClock:
    """The clocks at `at` (ms since 1970); all are zero before and after the session."""
    if not state.is_open:
        return SegmentClock()
    planned = sum(segment.minutes for segment in state.programme.segments) * 60_000
    used = at - state.opened_at
    turn = state.turns.get(state.turn)
    turn_used = turn.used(at) if turn else 0
    turn_left = (turn.limit_s * 1000 - turn_used) if turn else 0
    if (now := state.now) is None:
        return SegmentClock(session_used=used, session_left=planned - used, turn_used=turn_used, turn_left=turn_left)
    segment_used = at - state.segment_at
    segment_left = now.minutes * 60_000 - segment_used
    more = max(0, (segment_left - max(turn_left, 0)) // (now.turn_limit_s * 1000)) if now.turn_limit_s else 0
    return SegmentClock(
        segment_used,
        segment_left,
        session_used=used,
        session_left=planned - used,
        turn_used=turn_used,
        turn_left=turn_left,
        more=more,
        cue=_cue(segment_left),
    )


def _cue(segment_left: int) -> Literal["", "five_minutes", "one_minute", "over"]:
    if segment_left < 0:
        return "over"
    if segment_left <= 60_000:
        return "one_minute"
    return "five_minutes" if segment_left <= 300_000 else ""


COMMANDS = (OpenSession, StartSegment, CloseSession, ChangeSettings, CloseList, OpenList)
