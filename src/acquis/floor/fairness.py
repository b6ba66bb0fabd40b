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
    """The hand the rule names, and why: its group has had `behind` ms less floor time than the next least one of the
    waiting groups (`other`), or there is only this group; `first` if the person has not spoken in this segment. While
    a turn runs, another hand may be named as its time passes."""

    hand: int
    group: str
    behind: int = 0
    other: str = ""
    first: bool = False
    fair: bool = True


Lines = dict[str, list[Hand]]


def pick(state: State, at: int) -> Pick | None:
    """The next hand by the rule if the floor is given at `at`, None if no hand is up. The turn that runs is over then,
    so its time up to `at` is counted. Points of order and replies are not in this queue."""
    queue = state.queue()
    if not queue:
        return None
    lines = _lines(state, queue)
    counters = dict(state.counters)
    running = _running(state)
    if running is not None:
        counters[running.group] = counters.get(running.group, 0) + max(running.used(at), MIN_CHARGE_MS)
    ranked = _ranked(state, lines, counters)
    line, other = ranked[0], ranked[1] if len(ranked) > 1 else ""
    head = lines[line][0]
    if not _fair(state):
        return Pick(head.seq, state.hand_group(head), fair=False)
    behind = counters.get(other, 0) - counters.get(line, 0) if other else 0
    return Pick(head.seq, line, behind, other, head.person not in state.spoken)


def _running(state: State) -> Turn | None:
    """The turn that is charged when somebody else is called: the one that runs, or waits for the end of a point of
    order. There is never more than one."""
    for turn in (state.turns[seq] for seq in (state.turn, state.interrupted) if seq):
        if turn.kind == "turn":
            return turn
    return None


def _fair(state: State) -> bool:
    return state.now is None or state.now.fair


def _lines(state: State, queue: list[Hand]) -> Lines:
    """The waiting hands of each group, who comes first at the front. Without the fair rule all stand in one line."""
    fair, lines = _fair(state), Lines()
    for hand in queue:
        lines.setdefault(state.hand_group(hand) if fair else "", []).append(hand)
    for line in lines.values():
        line.sort(key=lambda hand: (hand.deferred, _place(state, hand)))
    return lines


def _place(state: State, hand: Hand) -> tuple[bool, int]:
    """Where a hand stands in its line when nobody steps back."""
    return _fair(state) and hand.person in state.spoken, hand.place


def _ranked(state: State, lines: Lines, counters: dict[str, int]) -> list[str]:
    """The lines: least counter first, then the earliest hand at the head, then the fixed order of the groups."""
    fixed = {group: number for number, group in enumerate(state.groups)}
    return sorted(lines, key=lambda g: (counters.get(g, 0), lines[g][0].place, fixed.get(g, len(fixed))))


def order(state: State, expected_ms: int | None = None) -> list[Hand]:
    """The whole list in the order in which it would be called, if every turn took `expected_ms` (default: the turn
    limit of the segment) and nobody joined or left. The first is `pick(state)`'s unless a turn is running (or waits
    for the end of a point of order), which is then counted as if it took as long."""
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
        if line not in settled:  # who stepped back for one turn is in their old place again
            lines[line].sort(key=lambda hand: _place(state, hand))
            settled.add(line)
        if not lines[line]:
            del lines[line]
    return called


def spread(state: State) -> int:
    """The largest difference, in ms, between the counters of the groups that wait now."""
    waiting = [state.counters.get(group, 0) for group in state.waiting_groups()]
    return max(waiting) - min(waiting) if waiting else 0
