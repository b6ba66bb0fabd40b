"""Groups questions by person on the console: the first question of a person in a list is shown, and the others below
it."""

from __future__ import annotations

from acquis.state import Question, State
from acquis.state.question_order import ListName, QuestionRows

FOLDED: dict[str, str] = {"toapprove": "waiting", "held_back": "held_back"}
"""The lists in which it is so, those that only moderators see, each with the fate of its questions."""


def rows_of(state: State, name: ListName) -> QuestionRows:
    """A list of questions in the order of the screens. Those with a final outcome and those that are withheld come
    latest first."""
    rows = state.order.rows(state, name)
    return rows[::-1] if name in ("ledger", "held_back") else rows


def first_of_each(state: State, name: ListName, most: int) -> dict[int, list[Question]]:
    """The first question of each person in a grouped list, at most `most` -> the person's other questions. Each
    question without a person is a group of its own."""
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
