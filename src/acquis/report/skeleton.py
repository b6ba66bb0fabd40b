"""The proposed first paragraph of the full report, computed from the log."""

from __future__ import annotations

from collections import Counter

from acquis.i18n import N_, N_plural, say, say_many
from acquis.report.publishing import fields_of
from acquis.state import State
from acquis.state.counting import joined, tally
from acquis.state.drafting import FIELD
from acquis.statistics.balance import balance
from acquis.statistics.concentration import live_sentence
from acquis.statistics.heard import live

COUNTED = ("participation", "session_report")
"""The fields for the paragraph; if a profile has both, the first gets it."""


def counted_part(state: State) -> str:
    """The part of the draft for which the paragraph is proposed; empty if there is none or it already has a text."""
    fields = fields_of(state)
    part = next((FIELD + name for name in COUNTED if name in fields), "")
    return "" if not part or state.draft.get(part) else part


def counted(state: State, language: str) -> str:
    """The numbers of people who joined, of turns, questions and votes, and the share of a lane or group (`live`)."""
    heard = balance(state, state.at)
    turns = sum(heard.lane_turns.values())
    sentences = [
        say_many(language, N_("{n} person joined."), N_("{n} people joined."), joined(state)),
        say_many(
            language,
            N_("{n} intervention was made from the list of speakers."),
            N_("{n} interventions were made from the list of speakers."),
            turns,
        ),
        _questions(state, language),
        _votes(state, language),
        live_sentence(language, live(state, state.at)),
    ]
    return " ".join(line if line.endswith(".") else f"{line}." for line in sentences if line)


def _questions(state: State, language: str) -> str:
    fates = Counter(question.fate for question in state.questions.values())
    if not fates:
        return say(language, N_("No questions were asked."))
    message = N_plural(
        "{n} question was asked. Answered in the session: {here}, in writing: {written}, not reached: {never}.",
        "{n} questions were asked. Answered in the session: {here}, in writing: {written}, not reached: {never}.",
    )
    facts = {"here": fates["answered_live"], "written": fates["answered_in_writing"], "never": fates["not_reached"]}
    return say_many(language, *message, fates.total(), **facts)


def _votes(state: State, language: str) -> str:
    cast = {seq: tally(state, seq).total for seq in state.statements}
    voted = sum(1 for votes in cast.values() if votes)
    if not voted:
        return ""
    votes = say_many(language, N_("{n} vote"), N_("{n} votes"), sum(cast.values()))
    single, many = N_plural("{n} statement was voted on: {votes}.", "{n} statements were voted on: {votes}.")
    return say_many(language, single, many, voted, votes=votes)
