"""The fair rule, to be read out to a room:

*The next turn goes to the group with a hand up that has had the least floor time; inside a group, people who have not
spoken come first, then the order in which hands went up. Silence is not saved up: a group that raises its first hand
late joins level with the others, not ahead of them.*

It is start-time fair queueing over groups (Goyal, Vin and Cheng 1996), charged in milliseconds, in integers only. The
counters are effects (`state.py`): at the end of a turn its group is charged max(actual, 20 s); a group that joins is
lifted to the least counter of the waiting groups, or to the level line. Here is the choice, and its reason.

Bounds, with L the longest charged turn: the counters of waiting groups differ by at most L; over any stretch in which
two groups both wait, their charged times differ by at most 2 L; a group that joins waits for the turn in progress and
at most one turn of each other waiting group. Overrides add their lengths.
"""

from __future__ import annotations

import msgspec

from acquis.state import MIN_CHARGE_MS, Hand, State


class Pick(msgspec.Struct, frozen=True, gc=False):
    """The hand the rule names, and why: its group has had `behind` ms less floor time than the next least one of the
    waiting groups (`other`), or there is only this group; `first` if the person has not spoken in this segment."""

    hand: int
    group: str
    behind: int = 0
    other: str = ""
    first: bool = False
    fair: bool = True


Lines = dict[str, list[Hand]]


def pick(state: State) -> Pick | None:
    """The next hand by the rule, None if no hand is up. Points of order and replies are not in this queue."""
    queue = state.queue()
    if not queue:
        return None
    if state.now is not None and not state.now.fair:
        first = min(queue, key=lambda hand: (hand.deferred, hand.place))
        return Pick(first.seq, state.hand_group(first), fair=False)
    lines = _lines(state, queue)
    ranked = _ranked(state, lines, state.counters)
    group, other = ranked[0], ranked[1] if len(ranked) > 1 else ""
    behind = state.counters.get(other, 0) - state.counters.get(group, 0) if other else 0
    head = lines[group][0]
    return Pick(head.seq, group, behind, other, head.person not in state.spoken)


def _lines(state: State, queue: list[Hand]) -> Lines:
    """The waiting hands of each group, who comes first at the front."""
    lines: Lines = {}
    for hand in sorted(queue, key=lambda hand: (hand.deferred, hand.person in state.spoken, hand.place)):
        lines.setdefault(state.hand_group(hand), []).append(hand)
    return lines


def _ranked(state: State, lines: Lines, counters: dict[str, int]) -> list[str]:
    """The groups that wait: least counter first, then the earliest hand at the head, then the fixed order."""
    fixed = {group: number for number, group in enumerate(state.groups)}
    return sorted(lines, key=lambda g: (counters.get(g, 0), lines[g][0].place, fixed.get(g, len(fixed))))


def order(state: State, expected_ms: int | None = None) -> list[Hand]:
    """The whole list in the order in which it would be called, if every turn took `expected_ms` (default: the turn
    limit of the segment) and nobody joined or left. The first is `pick(state)`'s unless a turn is running, which is
    then counted as if it took as long."""
    if state.now is not None and not state.now.fair:
        return sorted(state.queue(), key=lambda hand: (hand.deferred, hand.place))
    length = expected_ms if expected_ms is not None else (state.now.turn_limit_s * 1000 if state.now else 0)
    length = max(length, MIN_CHARGE_MS)
    counters, lines, called = dict(state.counters), _lines(state, state.queue()), list[Hand]()
    running = state.turns.get(state.turn or state.interrupted)
    if running is not None and running.kind == "turn":
        counters[running.group] = counters.get(running.group, 0) + length
    while lines:
        group = _ranked(state, lines, counters)[0]
        called.append(lines[group].pop(0))
        counters[group] = counters.get(group, 0) + length
        # Who stepped back for one turn is in their old place again.
        lines[group].sort(key=lambda hand: (hand.person in state.spoken, hand.place))
        if not lines[group]:
            del lines[group]
    return called


def spread(state: State) -> int:
    """The largest difference, in ms, between the counters of the groups that wait now."""
    waiting = [state.counters.get(group, 0) for group in state.waiting_groups()]
    return max(waiting) - min(waiting) if waiting else 0
