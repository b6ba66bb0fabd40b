"""The page of a series: its sessions, what they asked and were promised, and how opinion moved, across years."""

from __future__ import annotations

import asyncio
from itertools import groupby

from starlette.responses import Response

from acquis.board.cards import Card
from acquis.board.series import MovedOpinion, RepeatedStatement, moved_opinion, repeated, series_of
from acquis.command import Refused
from acquis.followup.joining import joined
from acquis.followup.tracking import ANSWERS, STATUSES, answer_counts, board, counts, tracked
from acquis.i18n import N_, say
from acquis.plan import dates
from acquis.record import LogUnreadable
from acquis.reference.library import library
from acquis.state.snapshots import snapshot
from acquis.statistics.opinion_map import Ballots, ballots
from acquis.statistics.opinion_words import percent, points
from acquis.web.http.assets import AGE, DOCUMENT
from acquis.web.http.context import RequestContext, visible
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.words import followup as words
from acquis.web.words.reference import date_words

_CHANGE = N_("Change in points: {change} ({low} to {high})")


@page("/series/{series:slug}", roles=PUBLIC, styles=(DOCUMENT,), scripts=AGE)
async def series(context: RequestContext) -> Response:
    """The sessions of a series by time, its calls with what came of them, and the statements that it voted on again."""
    language, now, books = context.language, context.now, library()
    wanted = series_of(await context.application.board.listing(now), context.part("series"))
    if wanted is None:
        raise Refused("no_such_series")
    statements = repeated(wanted.cards)
    moved = await asyncio.to_thread(moved_opinion, statements, await _cast(context, statements, wanted.cards))
    calls = joined(
        tracked(card.id, card.title, card.rehearsal, call, now, books)
        for card in wanted.cards
        for call in card.commitments
    )
    return context.render(
        "pages/series/page.html",
        series=wanted,
        calls=board(calls),
        counted=counts(calls),
        answered=answer_counts(calls),
        order=STATUSES,
        answer_order=ANSWERS,
        statuses=context.words(words.STATUSES),
        answers=context.words(words.ANSWERS),
        answer_of=lambda call: words.answer_of(language, call),
        own_words=lambda change: words.own_words(language, change),
        due=lambda call: words.due_words(language, call),
        due_before=lambda change: words.due_before(language, change),
        who=lambda call: words.who(language, call),
        date=lambda text: date_words(language, text),
        repeated=[(statement, [m for m in moved if m.before in statement.places]) for statement in statements],
        compared=len(moved),
        firm=sum(change.firm for change in moved),
        percent=percent,
        change=lambda change: _change(language, change),
        card_of={card.id: card for card in wanted.cards},
        year=_year,
        by_year=[(year, list(own)) for year, own in groupby(wanted.cards, _year)],
        day=lambda card: dates.slot(card.starts, card.ends, card.zone, language)[0],
    )


async def _cast(
    context: RequestContext, statements: list[RepeatedStatement], cards: tuple[Card, ...]
) -> dict[str, Ballots]:
    """The published ballots of the sessions that have one of these statements."""
    board = context.application.board
    wanted = {session for statement in statements for session, _ in statement.places}
    cast = {}
    for card in cards:
        if card.id not in wanted or not card.is_over or not card.votes_published:
            continue
        try:
            session = await board.session(card.id)
        except LogUnreadable:
            continue
        if session is not None:
            state, language = await session.settled(), context.language
            seen, _ = await visible(context.application, session, state, live=False, names=False, language=language)
            cast[card.id] = await asyncio.to_thread(ballots, snapshot(seen))
    return cast


def _change(language: str, moved: MovedOpinion) -> str:
    return say(language, _CHANGE, change=points(moved.change), low=points(moved.low), high=points(moved.high))


def _year(card: Card) -> str:
    return card.starts[:4]
