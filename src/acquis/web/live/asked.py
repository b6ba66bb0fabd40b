"""The questions for a speaker of the programme."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from acquis.state import Question


class Asked(NamedTuple):
    """A question for a speaker. `when`: on the floor now, next of all questions, or later."""

    question: Question
    when: Literal["on_floor", "next", "later"]


def asked_of(asked: Iterable[Question], seat: int) -> list[Asked]:
    """The questions, in their order, that are for the speaker in a seat (0: none), and those on the floor for the whole
    panel."""
    if not seat:
        return []
    listed, following = list(asked), 0
    for question in listed:
        if question.awaits_answer:
            following = question.seq
            break
    return [
        Asked(q, "on_floor" if q.is_on_floor else "next" if q.seq == following else "later")
        for q in listed
        if q.to == seat or (not q.to and q.fate == "on_floor")
    ]
