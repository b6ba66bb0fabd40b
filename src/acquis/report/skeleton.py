"""Sentences for a report that are computed from the log: the first paragraph of the full report, the short list that
represents the voters, and the question of the largest group that was never put."""

from __future__ import annotations

from collections import Counter

from acquis.events import SlateFigure
from acquis.i18n import N_, N_plural, say, say_many
from acquis.report.drafting import DraftSentence
from acquis.report.publishing import SENTENCE_LIMIT, fields_of
from acquis.state import State
from acquis.state.counting import joined, tally
from acquis.state.drafting import FIELD
from acquis.state.reading import public_text
from acquis.statistics.balance import balance
from acquis.statistics.concentration import live_sentence
from acquis.statistics.heard import live
from acquis.statistics.slate import slate_figure, unput_figure, unput_sentence
from acquis.statistics.slate_words import slate_sentences

COUNTED = ("participation", "session_report")
"""The fields for the paragraph; if a profile has both, the first gets it."""


def calculated(state: State, language: str) -> dict[str, DraftSentence]:
    """Part of the draft -> the computed sentence that is proposed for it. Parts that already have a text are left
    out."""
    proposed = {counted_part(state): DraftSentence(counted_part(state), counted(state, language))}
    if listed := slate_figure(state):
        proposed["consensus"] = _of_list(state, listed, language)
    if (unput := unput_figure(state)) and unput.question:
        said_of = unput_sentence(language, unput, lambda entry: public_text(state, entry))
        proposed["calls_to_action"] = DraftSentence("calls_to_action", said_of, (unput.question,))
    return {part: sentence for part, sentence in proposed.items() if part and not state.draft.get(part)}


def counted_part(state: State) -> str:
    """The part of the draft for which the paragraph is proposed; empty if there is none or it already has a text."""
    fields = fields_of(state)
    part = next((FIELD + name for name in COUNTED if name in fields), "")
    return "" if not part or state.draft.get(part) else part


_LISTED = N_("These statements represent the voters: {texts}.")


def _of_list(state: State, listed: SlateFigure, language: str) -> DraftSentence:
    """A short list and its audit, which cites its statements; without their texts if these are too long for it."""
    texts = " ".join(f"“{public_text(state, entry)}”" for entry in listed.statements)
    said = list(slate_sentences(language, listed, lambda entry: public_text(state, entry)))
    whole = " ".join([say(language, _LISTED, texts=texts), *said])
    cites = (*listed.statements, listed.outside) if listed.outside else listed.statements
    return DraftSentence("consensus", whole if len(whole) <= SENTENCE_LIMIT else " ".join(said), cites)


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
