"""The own words of a participant. People correct the lines of their turns and comment the note of them, speakers answer
in writing: until the report is published."""

from __future__ import annotations

import asyncio

import msgspec
from starlette.responses import Response

from acquis.captions.align import lines_by_turn
from acquis.command import PEOPLE, SPEAKER
from acquis.contributions.wording import input_sentences
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
from acquis.web.pages.lists.pagination import results_page
from acquis.web.pages.mine.ballot import own_ballot
from acquis.web.words.phrases import clock_time

QUESTIONS_EACH = 100
"""How many questions a page of each list has."""


class Own(msgspec.Struct, frozen=True):
    """What somebody said and asked, and what was asked of them. turns: each with its lines; other_lines: their lines
    outside of these turns; to_me: questions for them or, if they are a speaker, for the whole panel."""

    turns: list[tuple[Turn, list[SpeechLine]]]
    other_lines: list[SpeechLine]
    to_me: list[Question]
    asked: list[Question]
    """Those that the person asked, in their order."""
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
    asked = [state.questions[seq] for seq in state.asked_by.get(me.person, ())]
    written = [made for made in state.contributions.values() if made.person and made.person == me.person]
    return Own(turns, other_lines, to_me, asked, written)


def _answerable(question: Question) -> bool:
    return public_question(question) and question.fate != "merged"


@page(
    "/s/{session:slug}/mine",
    roles=PEOPLE,
    names=PEOPLE,
    styles=(DOCUMENT,),
)
async def mine(context: RequestContext) -> Response:
    """`?correct=12` opens the form for a line; `?to=2` is the second page of the questions for a speaker, `?own=2` of
    those of the person."""
    state, zone, language = await context.frozen(), context.zone, context.language
    own = await asyncio.to_thread(own_of, state, context.actor)
    outcome = await asyncio.to_thread(input_sentences, language, state)
    await context.pause()
    answering, to_page = context.number("question"), context.number("to")
    if answering:  # the form of this question was refused
        to_page = next((place // QUESTIONS_EACH + 1 for place, q in enumerate(own.to_me) if q.seq == answering), 1)
    return context.render(
        "pages/mine/page.html",
        state=state,
        own=own,
        to_me=results_page(own.to_me, to_page, QUESTIONS_EACH),
        asked=results_page(own.asked, context.number("own"), QUESTIONS_EACH),
        address_to=lambda n: f"?to={n}#h-to-me",
        address_own=lambda n: f"?own={n}#h-asked",
        ballot=own_ballot(state, context.actor.voice),
        correcting=context.number("line") * bool(context.typed) or context.number("correct"),
        speaker=SPEAKER in context.actor.roles,
        outcome=outcome,
        open=not state.reports,
        due=dates.moment(due_at(state), zone, language) if due_at(state) else "",
        out=dates.moment(state.reports[0].at, zone, language) if state.reports else "",
        clock=lambda at: clock_time(at, zone)[:5],
    )
