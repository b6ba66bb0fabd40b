"""The fair rule, to be read out to a room:

*The next turn goes to the group with a hand up that has had the least floor time; inside a group, people who have not
spoken come first, then the order in which hands went up. Silence is not saved up: a group that raises its first hand
late joins level with the others, not ahead of them.*

It is start-time fair queueing over groups (Goyal, Vin and Cheng 1996), charged in milliseconds, in integers only. The
counters are effects (`state/queue.py`): at the end of a turn its group is charged max(actual, 20 s); a group that joins
is lifted to the least counter of the groups that wait or speak, or to the level line. Here is the choice, and why.

Bounds, with L the longest charged turn: the counters of waiting groups differ by at most L; over any stretch in which
two groups both wait, their charged times differ by at most 2 L; a group that joins waits for the turn in progress and
at most one turn of each other waiting group. Overrides add their lengths.
"""

from __future__ import annotations

import msgspec

from acquis.state import MIN_CHARGE_MS, Hand, State, Turn


class Pick(msgspec.Struct, frozen=True, gc=False):
    """The next hand by the rule, and the reason: its group has had `behind` ms less floor time than the next of the
    waiting groups (`other`), or it is the only group; `first`: the person has not spoken in this segment. While a turn
    runs, the result may change with time."""

    hand: int
    group: str
    behind: int = 0
    other: str = ""
    first: bool = False
    fair: bool = True
    listed: bool = False
    """The place is one of the published list of those who registered before the session."""


Lines = dict[str, list[Hand]]


def pick(state: State, at: int) -> Pick | None:
    """The next hand by the rule if the floor is given at `at` (ms); None if no hand is waiting. Giving the floor ends
    the running turn, so its time up to `at` is counted. Points of order and replies are not in this queue."""
    queue = state.queue()
    if not queue:
        return None
    lines, counters = _lines(state, queue), _counters(state, at)
    ranked = _ranked(state, lines, counters)
    line, other = ranked[0], ranked[1] if len(ranked) > 1 else ""
    head = lines[line][0]
    if not _fair(state):
        return Pick(head.seq, state.hand_group(head), fair=False, listed=head.segment >= 0)
    behind = counters.get(other, 0) - counters.get(line, 0) if other else 0
    return Pick(head.seq, line, behind, other, head.person not in state.spoken)


def may_be_next(state: State, at: int, hand: Hand) -> bool:
    """Whether a waiting hand can be the next by the rule, if it is not known whose hands wait and who has spoken: its
    group is one of those with the least floor time at `at` (ms). Without the rule the order of the hands decides."""
    chosen, lines = pick(state, at), _lines(state, state.queue())
    if chosen is None or not chosen.fair:
        return chosen is not None and chosen.hand == hand.seq
    counters = _counters(state, at)
    return counters.get(state.hand_group(hand), 0) == min(counters.get(group, 0) for group in lines)


def _counters(state: State, at: int) -> dict[str, int]:
    """The floor time (ms) of the groups, with that of the running turn up to `at`."""
    counters, running = dict(state.counters), _running(state)
    if running is not None:
        counters[running.group] = counters.get(running.group, 0) + max(running.used(at), MIN_CHARGE_MS)
    return counters


def _running(state: State) -> Turn | None:
    """The turn that will be charged when the floor is given: the one that runs, or that is interrupted by a point of
    order. There is at most one."""
    for turn in (state.turns[seq] for seq in (state.turn, state.interrupted) if seq):
        if turn.kind == "turn":
            return turn
    return None


def _fair(state: State) -> bool:
    return state.now is None or state.now.fair


def _lines(state: State, queue: list[Hand]) -> Lines:
    """Group -> its waiting hands in order. Without the fair rule there is a single group."""
    fair, lines = _fair(state), Lines()
    for hand in queue:
        lines.setdefault(state.hand_group(hand) if fair else "", []).append(hand)
    for line in lines.values():
        line.sort(key=lambda hand: (hand.deferred, _place(state, hand)))
    return lines


def _place(state: State, hand: Hand) -> tuple[bool, int]:
    """The sort key of a hand in its group, without deferral."""
    return _fair(state) and hand.person in state.spoken, hand.place


def _ranked(state: State, lines: Lines, counters: dict[str, int]) -> list[str]:
    """The groups in order: the least counter first, then the earliest first hand, then the fixed order of the
    groups."""
    fixed = {group: number for number, group in enumerate(state.groups)}
    return sorted(lines, key=lambda g: (counters.get(g, 0), lines[g][0].place, fixed.get(g, len(fixed))))


def order(state: State, expected_ms: int | None = None) -> list[Hand]:
    """All waiting hands in the expected order, if every turn takes `expected_ms` (default: the turn limit of the
    segment) and nobody joins or leaves. The first is that of `pick(state)` unless a turn is running or interrupted,
    which is then counted with the same length."""
    length = expected_ms if expected_ms is not None else (state.now.turn_limit_s * 1000 if state.now else 0)
    length = max(length, MIN_CHARGE_MS)
    counters, lines, called = dict(state.counters), _lines(state, state.queue()), list[Hand]()
    settled = set[str]()
    running = _running(state)
    if running is not None:
        counters[running.group] = counters.get(running.group, 0) + length
    while lines:
        line = _ranked(state, lines, counters)[0]
        called.append(lines[line].pop(0))
        counters[line] = counters.get(line, 0) + length
        if line not in settled:  # a person who deferred for one turn is in the former place again
            lines[line].sort(key=lambda hand: _place(state, hand))
            settled.add(line)
        if not lines[line]:
            del lines[line]
    return called


def spread(state: State) -> int:
    """The largest difference, in ms, between the counters of the waiting groups."""
    waiting = [state.counters.get(group, 0) for group in state.waiting_groups()]
    return max(waiting) - min(waiting) if waiting else 0
