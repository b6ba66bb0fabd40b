"""How the longer report may begin: a paragraph that is counted from the log, in nobody's words."""

from __future__ import annotations

from collections import Counter

from acquis.i18n import N_, say, say_many
from acquis.report.publishing import fields_of
from acquis.state import State
from acquis.state.drafting import FIELD
from acquis.state.reading import tally
from acquis.statistics.balance import balance
from acquis.statistics.concentration import live_sentence
from acquis.statistics.heard import live

COUNTED = ("participation", "session_report")
"""The fields that the paragraph fits into; a form that has both gets it in the first."""


def counted_part(state: State) -> str:
    """The part of the draft that the paragraph is proposed for; empty where there is none, or where somebody has
    written already."""
    fields = fields_of(state)
    part = next((FIELD + name for name in COUNTED if name in fields), "")
    return "" if not part or state.draft.get(part) else part


def counted(state: State, language: str) -> str:
    """How many joined, spoke, asked and voted, and how the online room fared. Of everybody, never of a group that is
    too small to be shown."""
    heard = balance(state, state.at)
    turns = sum(heard.lane_turns.values())
    said = [
        say_many(language, N_("{n} person joined."), N_("{n} people joined."), len(state.voices)),
        say_many(
            language, N_("{n} turn was given through the queue."), N_("{n} turns were given through the queue."), turns
        ),
        _questions(state, language),
        _votes(state, language),
        live_sentence(language, live(state, state.at)),
    ]
    return " ".join(one if one.endswith(".") else f"{one}." for one in said if one)


def _questions(state: State, language: str) -> str:
    fates = Counter(question.fate for question in state.questions.values())
    if not fates:
        return say(language, N_("No questions were asked."))
    message = (
        N_("{n} question was asked: {here} answered here, {written} in writing, {never} not reached."),
        N_("{n} questions were asked: {here} answered here, {written} in writing, {never} not reached."),
    )
    facts = {"here": fates["answered_live"], "written": fates["answered_in_writing"], "never": fates["not_reached"]}
    return say_many(language, *message, fates.total(), **facts)


def _votes(state: State, language: str) -> str:
    cast = {seq: tally(state, seq).total for seq in state.votes}
    voted = sum(1 for votes in cast.values() if votes)
    if not voted:
        return ""
    votes = say_many(language, N_("{n} vote"), N_("{n} votes"), sum(cast.values()))
    one, many = N_("{n} statement was voted on: {votes}."), N_("{n} statements were voted on: {votes}.")
    return say_many(language, one, many, voted, votes=votes)
