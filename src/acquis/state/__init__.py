"""What the events of one session add up to.

Effects only, and an effect never refuses: what is in the log has happened. Decisions are in the commands. The state of
a session is `fold(...)` of its log, whatever shows or counts anything is a function of it.

Durations are milliseconds. `at` of an entry comes from a clock that never runs backwards (the web's), so differences
are safe to take.
"""

from __future__ import annotations

from collections.abc import Iterable

from acquis import events as ev
from acquis.state import (
    commitments,
    confirming,
    drafting,
    erasure,
    people,
    programme,
    publishing,
    questions,
    queue,
    references,
    segments,
    speech,
    statements,
    turns,
)
from acquis.state.model import (
    AGREE,
    CODES,
    DISAGREE,
    EFFECTS,
    MIN_CHARGE_MS,
    NONE,
    OPEN_FATES,
    PASS,
    Commitment,
    Confirmed,
    Drafted,
    Effect,
    Hand,
    Question,
    QuestionFate,
    Report,
    SpeechLine,
    State,
    Statement,
    Step,
    Turn,
    TurnKind,
    Voice,
)

__all__ = [
    "AGREE",
    "CODES",
    "DISAGREE",
    "EFFECTS",
    "MIN_CHARGE_MS",
    "NONE",
    "OPEN_FATES",
    "PASS",
    "Commitment",
    "Confirmed",
    "Drafted",
    "Effect",
    "Hand",
    "Question",
    "QuestionFate",
    "Report",
    "SpeechLine",
    "State",
    "Statement",
    "Step",
    "Turn",
    "TurnKind",
    "Voice",
    "fold",
]

_FILES = (
    programme,
    segments,
    people,
    queue,
    turns,
    speech,
    questions,
    statements,
    references,
    drafting,
    confirming,
    publishing,
    commitments,
    erasure,
)
"""The effects: each file enters its own when it is imported."""


def fold(entries: Iterable[tuple[int, int, str, bytes]], state: State | None = None) -> State:
    """The state after the given (seq, at, by, body) rows, starting from `state` (changed in place) or from nothing."""
    state = state if state is not None else State()
    decode = ev.from_body
    for seq, at, by, body in entries:
        event = decode(body)
        EFFECTS[type(event)](state, event, seq, at, by)
        state.seq, state.at = seq, at
    return state
