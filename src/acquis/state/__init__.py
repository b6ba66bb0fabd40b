"""The state of a session, computed from its events.

This package contains effects only. An effect never fails, because what is in the log has happened; decisions are made
by commands. The state of a session is `fold(...)` of its log, and everything that is shown or counted is a function of
it.

Durations are in milliseconds. `at` of an entry comes from a clock that never runs backwards, so differences are never
negative.
"""

from __future__ import annotations

from collections.abc import Iterable

from acquis import events as ev

# These modules register the effects of their events when they are imported.
from acquis.state import (
    amending,
    calls,
    commitments,
    confirming,
    contributions,
    drafting,
    erasure,
    fates,
    faults,
    keys,
    masking,
    meetings,
    messages,
    moderation,
    people,
    programme,
    publishing,
    questions,
    queue,
    references,
    registration,
    segments,
    speech,
    statements,
    team,
    totals,
    turns,
    undoing,
)
from acquis.state.acts import Act, TakenBack
from acquis.state.after import Commitment, Confirmed, Drafted, Report, Step
from acquis.state.agreement import Message, Objection, ProposedAmendment
from acquis.state.asked import OPEN_FATES, Question, QuestionFate
from acquis.state.inputs import WrittenContribution
from acquis.state.model import (
    AGREE,
    CODES,
    DISAGREE,
    EFFECTS,
    MIN_CHARGE_MS,
    NONE,
    PASS,
    Effect,
    Hand,
    State,
    Statement,
    Turn,
    TurnKind,
)
from acquis.state.spoken import SpeechLine
from acquis.state.voters import Tally, Voice


def fold(entries: Iterable[tuple[int, int, str, bytes]], state: State | None = None) -> State:
    """The state after the entries (seq, at, by, body), starting from `state` (changed in place) or from an empty one.
    Acts that were taken back have no effect; an entry that takes back one that is not among `entries` is ignored.
    Raises msgspec.ValidationError if an event is unknown."""
    state = state if state is not None else State()
    decode = ev.from_body
    for seq, at, by, event in undoing.effective((seq, at, by, decode(body)) for seq, at, by, body in entries):
        state.apply(seq, at, by, event)
    return state
