"""What one person sent, folded together on the console: the first question of a list stands for the person."""

from __future__ import annotations

from acquis.state import Question, State
from acquis.state.question_order import ListName, QuestionRows

FOLDED: dict[str, str] = {"toapprove": "waiting", "held_back": "held_back"}
"""The lists in which it is so, those that only moderators see, each with the fate of its questions."""


def rows_of(state: State, name: ListName) -> QuestionRows:
    """A list of questions as the screens show it: those with a final fate and those that are held back from the latest
    on."""
    rows = state.order.rows(state, name)
    return rows[::-1] if name in ("ledger", "held_back") else rows


def first_of_each(state: State, name: ListName, most: int) -> dict[int, list[Question]]:
    """The first question of each person in a folded list, at most so many -> the others of this person. Questions
    without a person stand for themselves."""
    fate, seen, first = FOLDED[name], set[str](), dict[int, list[Question]]()
    for question in rows_of(state, name):
        if question.person in seen:
            continue
        if len(first) == most:
            break
        first[question.seq] = []
        if question.person:
            seen.add(question.person)
            own = (state.questions[seq] for seq in state.asked_by.get(question.person, ()))
            others = [q for q in own if q.fate == fate and q.seq != question.seq]
            first[question.seq] = others[::-1] if name == "held_back" else others
    return first
