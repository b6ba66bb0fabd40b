"""In which turn a live line was said.

*No turn holds words of somebody else, or of nobody.* Captions are delayed, so a line was said at some moment before it
arrives. Only if all that is known leads to one turn, the line is in it. Otherwise it is in none, and the turn that had
the floor for most of that time is offered as the likely one.
"""

from __future__ import annotations

from typing import NamedTuple

from acquis.captions.align import may_have_asked
from acquis.state import State

DELAY_MS = 10_000
"""The longest usual delay of captions: a line that states no time was said within this time before it arrived."""
OLDEST_MS = 600_000
"""A line that states an older time is in no turn: a clock that is wrong must not decide who spoke. A time that is later
than now is left aside."""


class StatedTimes(NamedTuple):
    """What a line states of its time, in ms since 1970, 0: nothing. It was said at `said_at`, or, with the usual delay,
    before `captioned_at`, when it was written down."""

    said_at: int = 0
    captioned_at: int = 0


def turn_of_line(state: State, at: int, times: StatedTimes, seat: int, speaker: str) -> tuple[int, int]:
    """The turn of a live line, and the likely turn if that is in doubt; 0: none. seat, speaker: the speaker of the
    programme and the name that the line states, if any."""
    now = at - state.ahead
    end = times.said_at or times.captioned_at
    exact = times.said_at > 0
    if not 0 < end <= now:
        end, exact = now, False
    if end < now - OLDEST_MS:
        return 0, 0
    durations = _floor_between(state, end if exact else end - DELAY_MS, end)
    fitting = {turn: time for turn, time in durations.items() if _fits(state, turn, seat, speaker)}
    likely = max(fitting, key=fitting.__getitem__, default=0)
    certain = len(fitting) == 1 and (bool(seat) or len(durations) == 1)
    return (likely, 0) if certain else (0, likely)


def _fits(state: State, number: int, seat: int, speaker: str) -> bool:
    """Whether a line that states this speaker may be of a turn; 0: of nobody's. Names of the audience are not in the
    state."""
    if seat or not speaker:
        return not seat or (number > 0 and state.turns[number].seat == seat)
    return number > 0 and not state.turns[number].seat and may_have_asked(state, speaker)


def _floor_between(state: State, begin: int, end: int) -> dict[int, int]:
    """Turn -> for how many ms of this time it had the floor, the latest first; 0 -> nobody. Begin and end may be the
    same moment. A turn whose speaker did not respond had no words."""
    durations: dict[int, int] = {}
    until = end
    for handover in reversed(state.handovers):
        if handover.at > end:
            continue
        since = max(handover.at, begin)
        if since < until or begin == end:
            turn = state.turns.get(handover.turn)
            holder = turn.seq if turn is not None and turn.was_taken else 0
            durations[holder] = durations.get(holder, 0) + until - since
        until = since
        if handover.at <= begin:
            return durations
    durations[0] = durations.get(0, 0) + until - begin
    return durations
