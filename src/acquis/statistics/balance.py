"""Floor time, turns, waits and questions by group. No figure is about one person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from acquis.attributes import LANE
from acquis.state import State, Turn
from acquis.state.counting import joined_by


class Balance(msgspec.Struct, frozen=True):
    """Milliseconds and turns of the queue by lane ("": not given); milliseconds of the panel, of points of order and of
    replies by kind. Questions asked and answered by lane ("": without a name)."""

    lane_ms: dict[str, int]
    other_ms: dict[str, int]
    lane_turns: dict[str, int]
    first_time: int
    by_rule: int
    by_override: int
    asked: dict[str, int]
    answered: dict[str, int]
    joined: dict[str, int]
    """Voices by lane."""
    spoke: int
    """People who spoke through the queue at least once; 0, as `first_time` is, if the log does not show who spoke."""


def balance(state: State, at: int) -> Balance:
    """Counts a session for `Balance`; a running turn counts until `at` (ms since 1970)."""
    taken = [turn for turn in state.turns.values() if turn.fate != "not_responding"]
    queued = [turn for turn in taken if turn.kind == "turn"]
    asked, answered = Counter[str](), Counter[str]()
    for question in state.questions.values():
        asked[question.attributes.lane] += 1
        answered[question.attributes.lane] += question.fate.startswith("answered")
    return Balance(
        lane_ms=_spent(at, ((turn.attributes.lane, turn) for turn in queued)),
        other_ms=_spent(at, ((turn.kind, turn) for turn in taken if turn.kind != "turn")),
        lane_turns=dict(Counter(turn.attributes.lane for turn in queued)),
        first_time=sum(turn.first for turn in queued),
        by_rule=sum(not turn.override for turn in queued),
        by_override=sum(bool(turn.override) for turn in queued),
        asked=dict(asked),
        answered=dict(answered),
        joined=dict(joined_by(state, LANE)),
        spoke=len({turn.person for turn in queued if turn.person}),
    )


def _spent(at: int, turns: Iterable[tuple[str, Turn]]) -> dict[str, int]:
    spent = Counter[str]()
    for name, turn in turns:
        spent[name] += turn.used(at)
    return dict(spent)
