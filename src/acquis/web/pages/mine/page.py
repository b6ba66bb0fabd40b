"""The own words of a participant. People correct the lines of their turns and comment the note of them, speakers answer
in writing: until the report is published."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from starlette.responses import Response

from acquis.captions.align import lines_by_turn
from acquis.command import PEOPLE, SPEAKER
from acquis.contributions.ledger import ledger
from acquis.contributions.wording import whole_sentence
from acquis.floor.speech import own_lines
from acquis.floor.turns import own_turns
from acquis.plan import dates
from acquis.report.publishing import due_at
from acquis.roster import Pass
from acquis.state import Question, SpeechLine, State, Turn, WrittenContribution
from acquis.state.counting import support
from acquis.state.reading import public_question
from acquis.web.http.assets import DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import page
from acquis.web.pages.mine.ballot import own_ballot
from acquis.web.words.phrases import clock_time


class Own(msgspec.Struct, frozen=True):
    """What somebody said and asked, and what was asked of them. turns: each with its lines; other_lines: their lines
    outside of these turns; to_me: questions for them or, if they are a speaker, for the whole panel."""

    turns: list[tuple[Turn, list[SpeechLine]]]
    other_lines: list[SpeechLine]
    to_me: list[Question]
    asked: list[Question]
    written: list[WrittenContribution]


def own_of(state: State, me: Pass) -> Own:
    """The turns, lines and questions of the holder of a pass."""
    by = me.actor()
    spoken, mine = lines_by_turn(state), own_lines(state, by)
    turns = [(turn, [line for line in spoken.get(turn.seq, ()) if line.seq in mine]) for turn in own_turns(state, by)]
    in_turns = {line.seq for _, lines in turns for line in lines}
    other_lines = [line for line in state.speech.values() if line.seq in mine and line.seq not in in_turns]
    to_me = [q for q in state.questions.values() if me.seat and _answerable(q) and q.to in (0, me.seat)]
    to_me.sort(key=lambda q: (q.to != me.seat, bool(q.answer), -support(state, q.seq), q.seq))
    asked = [q for q in state.questions.values() if q.person and q.person == me.person]
    written = [made for made in state.contributions.values() if made.person and made.person == me.person]
    return Own(turns, other_lines, to_me, asked, written)


def _outcomes(state: State, language: str) -> Callable[[int], str]:
    """What gives the outcome of an input in words; empty before the session has ended."""
    known = {line.input.entry: line for line in ledger(state)} if state.is_over else {}
    return lambda entry: whole_sentence(language, known[entry], known) if entry in known else ""


def _answerable(question: Question) -> bool:
    return public_question(question) and question.fate != "merged"


@page(
    "/s/{session:slug}/mine",
    roles=PEOPLE,
    names=PEOPLE,
    styles=(DOCUMENT,),
)
async def mine(context: RequestContext) -> Response:
    """`?correct=12` opens the form for a line."""
    state, zone, language = context.state, context.zone, context.language
    return context.render(
        "pages/mine/page.html",
        state=state,
        own=own_of(state, context.actor),
        ballot=own_ballot(state, context.actor.voice),
        correcting=context.number("line") * bool(context.typed) or context.number("correct"),
        speaker=SPEAKER in context.actor.roles,
        outcome=_outcomes(state, language),
        open=not state.reports,
        due=dates.moment(due_at(state), zone, language) if due_at(state) else "",
        out=dates.moment(state.reports[0].at, zone, language) if state.reports else "",
        clock=lambda at: clock_time(at, zone)[:5],
    )
