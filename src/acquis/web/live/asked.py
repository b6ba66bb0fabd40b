"""The questions without an answer in their order, and those that a speaker of the programme has to answer."""

from __future__ import annotations

from typing import Literal, NamedTuple

from acquis.state import Question, State
from acquis.state.counting import support
from acquis.state.reading import public_question


class Asked(NamedTuple):
    """A question for a speaker. `when`: on the floor now, the next of all questions, or later."""

    question: Question
    when: Literal["on_floor", "next", "later"]


def in_order(state: State) -> list[Question]:
    """The public questions without an answer: first those on the floor, then the most supported."""
    asked = [q for q in state.questions.values() if public_question(q) and q.fate in ("approved", "on_floor")]
    return sorted(asked, key=lambda q: (q.fate != "on_floor", -support(state, q.seq), q.seq))


def asked_of(asked: list[Question], seat: int) -> list[Asked]:
    """Of questions in their order those to the speaker in a seat (0: none), and those on the floor to the whole
    panel."""
    if not seat:
        return []
    following = next((q for q in asked if q.awaits_answer), None)
    return [
        Asked(q, "on_floor" if q.is_on_floor else "next" if q is following else "later")
        for q in asked
        if q.to == seat or (q.is_on_floor and not q.to)
    ]
