"""The pages for agreeing on messages: for everybody, for those who conduct it, and the history of one message."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.responses import Response

from acquis.command import WRITERS, Refused
from acquis.documents.messages import FATES, PARTS, history, outcome_sentences, standing_sentence, vote_sentence
from acquis.i18n import N_, say
from acquis.messages.lines import MessageLine, message_lines, procedure_line
from acquis.messages.procedure import SHIPPED, procedure_text, read, shipped_text
from acquis.messages.standing import objected, objections_to, procedure_of, span_of, steps_now
from acquis.plan.dates import moment
from acquis.state import Message, Objection, ProposedAmendment, State
from acquis.state.reading import seat_of, shown_text
from acquis.statistics.summary import StatementAreas, areas, figures
from acquis.text.differences import Piece, word_by_word
from acquis.web.http.assets import DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import JOINED, PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.live.agreed import difference, signature
from acquis.web.live.page import LIVE, render_live


@page("/s/{session:slug}/messages", roles=PUBLIC, name="messages", access=JOINED, live="participants", scripts=LIVE)
async def messages(context: RequestContext) -> Response:
    """The messages of the session. Whoever has joined can object, state a reservation, amend and support."""
    common = _common(context, await _areas(context))
    return render_live(context, "pages/messages/page.html", also=f"messages={signature(context.state)}", **common)


@page("/s/{session:slug}/messages/chair", roles=WRITERS, name="messages_chair")
async def messages_chair(context: RequestContext) -> Response:
    """What moderators and the rapporteur do with messages."""
    return context.render(
        "pages/messages/chair.html",
        s=context.state,
        shipped={name: read(shipped_text(name)) for name in SHIPPED},
        **_common(context, await _areas(context), everything=True),
    )


@page("/s/{session:slug}/messages/{message}", roles=PUBLIC, name="message", access=JOINED, styles=(DOCUMENT,))
async def message_page(context: RequestContext) -> Response:
    """The history of a message: its wordings side by side, and all that happened to it. Raises Refused if there is no
    such message."""
    common = _common(context, await _areas(context))
    line = next((line for line in common["lines"] if line.entry == context.number("message")), None)
    if line is None:
        raise Refused("no_such_page")
    return context.render(
        "pages/messages/history.html",
        s=context.state,
        line=line,
        rows=list(history(line, context.language)),
        versions=_versions(line),
        **common,
    )


async def _areas(context: RequestContext) -> StatementAreas | None:
    """The areas of agreement in which the votes on messages are; None without such votes. They are computed in a
    thread, because a large session has many votes."""
    tests = {seq for message in context.state.messages.values() for seq in message.tests}
    if not tests:
        return None
    made = await asyncio.to_thread(_areas_of, await context.frozen(), tests)
    await context.pause()
    return made


def _areas_of(state: State, tests: set[int]) -> StatementAreas:
    return areas(state, tuple(figure for figure in figures(state) if figure.statement in tests))


def _common(context: RequestContext, ranked: StatementAreas | None, everything: bool = False) -> dict[str, Any]:
    """The template variables of all three pages. `everything`: whether the texts that are not public are shown too; by
    itself only to their authors."""
    state, language = context.state, context.language
    procedure = procedure_of(state)
    return {
        "lines": message_lines(state, ranked, context.now),
        "procedure": procedure_line(state),
        "running": [
            (step, _until(context, span_of(state, step)[1])) for step in steps_now(state, procedure, context.now)
        ]
        if procedure
        else [],
        "fates": context.words(FATES),
        "part_words": context.words(PARTS),
        "why": lambda line: list(outcome_sentences(line, context.zone, language)),
        "counted": lambda line: standing_sentence(line.objections, language),
        "voted": lambda vote: vote_sentence(vote, language),
        "procedure_text": lambda text, name="": procedure_text(
            name or (state.procedure.procedure if state.procedure else ""), text, language
        ),
        "mine_of": lambda message: _own(context, message),
        "is_mine": lambda entry: _is_by(state.amendments[entry], context.actor.person),
        "pieces": lambda entry: _pieces(state, entry, everything, context.actor.person),
        "party": lambda message: _party(state, message, context.actor.seat),
    }


def _until(context: RequestContext, at: int | None) -> str:
    return (
        say(context.language, N_("It ends on {time}."), time=moment(at, context.zone, context.language)) if at else ""
    )


def _own(context: RequestContext, message: int) -> list[Objection]:
    """The objections and reservations of the reader to a message."""
    actor = context.actor
    standing = objections_to(context.state, message)
    return [objection for objection in standing if objected(objection, actor.person, actor.voice)]


def _is_by(written: ProposedAmendment, person: str) -> bool:
    """Whether a person wrote it; nobody did where the record does not say who."""
    return bool(person) and written.person == person


def _pieces(state: State, entry: int, everything: bool, person: str) -> tuple[Piece, ...]:
    """The difference that an amendment makes, if its text is public, or the reader wrote it, or sees everything."""
    amendment = state.amendments[entry]
    seen = everything or _is_by(amendment, person)
    text = amendment.text if seen else shown_text(state, amendment)
    return difference(state.messages[amendment.message], amendment, text)


def _party(state: State, message: Message, number: int) -> str:
    """The party to the silence procedure for which the speaker with this seat speaks; empty: none."""
    seat = seat_of(state, number)
    if seat is None or message.silence is None:
        return ""
    return next((name for name in (seat.organization, seat.name) if name in message.silence.parties), "")


def _versions(line: MessageLine) -> list[tuple[Any, tuple[Piece, ...]]]:
    """Each wording with its difference from the one before it."""
    texts = ["", *(wording.text for wording in line.wordings)]
    return [
        (wording, word_by_word(before, wording.text) if number else ())
        for number, (before, wording) in enumerate(zip(texts, line.wordings))
    ]
