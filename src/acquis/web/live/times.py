"""Speaking times on the moderators' console."""

from __future__ import annotations

import msgspec

from acquis.state import State, Turn

STEP_MS = 10_000
"""The time of a running intervention is counted in steps, so that frames do not change every second."""


class LaneTime(msgspec.Struct, frozen=True, gc=False):
    """The speaking time of one kind of attendance in ms, and its share of the whole in per cent."""

    lane: str
    ms: int
    share: float


def by_attendance(state: State, at: int) -> list[LaneTime]:
    """The speaking time in the room and online up to `at` (ms since 1970), without points of order, replies and the
    panel; empty if nobody has spoken."""
    spent = {"room": 0, "online": 0}
    for turn in state.turns.values():
        if turn.kind == "turn" and turn.attributes.lane in spent:
            spent[turn.attributes.lane] += _used(turn, at)
    whole = sum(spent.values())
    return [LaneTime(lane, ms, round(100 * ms / whole, 1)) for lane, ms in spent.items()] if whole else []


def of_seat(state: State, seat: int, at: int) -> int:
    """How many ms a panellist has had the floor up to `at`."""
    return sum(_used(turn, at) for turn in state.turns.values() if turn.seat == seat)


def _used(turn: Turn, at: int) -> int:
    return max(turn.spent, turn.used(at - at % STEP_MS))
