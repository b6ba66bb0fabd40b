"""What one person sent, folded together on the console: the first question of a list stands for the person."""

from __future__ import annotations

from collections.abc import Iterable

from acquis.state import Question

FOLDED = ("toapprove", "held_back")
"""The lists in which it is so: those that only moderators see."""


def further_questions(questions: Iterable[Question]) -> dict[int, list[Question]]:
    """The first question of each person in a list -> the others of this person. Questions without a person stand for
    themselves."""
    first: dict[str, int] = {}
    further: dict[int, list[Question]] = {}
    for question in questions:
        if question.person and (stands := first.setdefault(question.person, question.seq)) != question.seq:
            further.setdefault(stands, []).append(question)
    return further
