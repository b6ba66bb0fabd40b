"""Who was heard: floor time and questions by group. Never a score of a person."""

from __future__ import annotations

from collections import Counter

import msgspec

from acquis.state import State


class Balance(msgspec.Struct, frozen=True):
    """Milliseconds and turns of the queue by lane and by stakeholder group (empty: not said); of the panel, of points of
    order and of replies apart. Questions asked and answered by lane (empty: without a name)."""

    lane_ms: dict[str, int]
    stakeholder_ms: dict[str, int]
    other_ms: dict[str, int]
    lane_turns: dict[str, int]
    lane_hands: dict[str, int]
    first_time: int
    by_rule: int
    by_override: int
    asked: dict[str, int]
    answered: dict[str, int]


def balance(state: State, at: int) -> Balance:
    """The balance as of `at` (ms since 1970)."""
    lane_ms, stakeholder_ms, other_ms = Counter[str](), Counter[str](), Counter[str]()
    turns, asked, answered = Counter[str](), Counter[str](), Counter[str]()
    first = rule = override = 0
    for turn in state.turns.values():
        if turn.fate == "not_responding":
            continue
        if turn.kind != "turn":
            other_ms[turn.kind] += turn.used(at)
            continue
        lane_ms[turn.lane] += turn.used(at)
        stakeholder_ms[turn.stakeholder] += turn.used(at)
        turns[turn.lane] += 1
        first += turn.first
        override, rule = override + bool(turn.override), rule + (not turn.override)
    for question in state.questions.values():
        asked[question.lane] += 1
        answered[question.lane] += question.fate.startswith("answered")
    hands = Counter[str](hand.lane for hand in state.hands.values() if hand.kind == "turn")
    return Balance(
        dict(lane_ms),
        dict(stakeholder_ms),
        dict(other_ms),
        dict(turns),
        dict(hands),
        first,
        rule,
        override,
        dict(asked),
        dict(answered),
    )
