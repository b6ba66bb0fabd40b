"""A copy of a state that later entries do not change, to be read in a thread while the session goes on."""

from __future__ import annotations

from copy import copy
from typing import Any

import msgspec

from acquis.state.measures import Measures
from acquis.state.model import State
from acquis.state.question_order import QuestionOrder

_APART = ("order", "measures", "questions", "voices")
"""Objects of their own that change in place; the voices, which are replaced and do not change; the questions."""


def snapshot(state: State) -> State:
    """The copy. Only what changes in place is copied."""
    copied = {name: _copied(getattr(state, name)) for name in State.__struct_fields__ if name not in _APART}
    questions = {seq: copy(question) for seq, question in state.questions.items()}
    for question in questions.values():
        if question.supporters:
            question.supporters = question.supporters.copy()
        if question.brought:
            question.brought = question.brought.copy()
    for commitment in copied["commitments"].values():
        commitment.steps = commitment.steps[:]
    copied["draft"] = {part: _copied(sentences) for part, sentences in state.draft.items()}
    measures = {name: _copied(getattr(state.measures, name)) for name in Measures.__struct_fields__}
    return State(
        **copied,
        questions=questions,
        voices=state.voices[:],
        order=QuestionOrder(state.order.identity),
        measures=Measures(**measures),
    )


def _copied(value: Any) -> Any:
    """A collection with copies of the objects in it that change; any other value as it is."""
    if isinstance(value, dict):
        sample = next(iter(value.values()), None)
        if isinstance(sample, msgspec.Struct) and not sample.__struct_config__.frozen:
            return {key: copy(of) for key, of in value.items()}
        if isinstance(sample, bytearray | list):
            return {key: of[:] for key, of in value.items()}
        return value.copy()
    if isinstance(value, list):
        sample = value[0] if value else None
        if isinstance(sample, msgspec.Struct) and not sample.__struct_config__.frozen:
            return [copy(of) for of in value]
        return value[:]
    return value.copy() if isinstance(value, set) else value
