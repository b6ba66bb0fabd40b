"""The start page: sessions by date, and the way in with a code."""

from __future__ import annotations

import functools

from starlette.responses import Response

from acquis.board import code_of
from acquis.board.cards import Card
from acquis.board.gatherings import due_soon, gatherings
from acquis.charts.seats import FEWEST_APART, Attendance, seats_svg
from acquis.command import Refused
from acquis.i18n.refusals import refusal_sentence
from acquis.plan import dates
from acquis.reference.library import library
from acquis.reference.taking_part import coming
from acquis.web.http import lengths
from acquis.web.http.assets import AGE
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.http.problems import refusal
from acquis.web.words.reference import chance_words, href

MOST = 6
"""The most sessions of each list; all are on the pages of their gatherings."""

EACH = 2
"""The most sentences of a session in the list of what was agreed."""


def attendance(cards: list[Card]) -> Attendance:
    """The people in the room and online of some sessions together."""
    return Attendance(sum(card.in_room for card in cards), sum(card.online for card in cards))


@page("/", roles=PUBLIC, scripts=("shared/clocks.js", *AGE))
async def home(context: RequestContext) -> Response:
    """`/`: the sessions that run, come next and have ended, what is due, and opportunities to take part."""
    language, now = context.language, context.now
    listing = await context.application.board.listing(now)
    live, recent = ([card for card in listing if card.phase == phase] for phase in ("open", "closed"))
    there = attendance(live or recent[:1])
    return context.render(
        "pages/home/page.html",
        live=live,
        coming=sorted((card for card in listing if card.phase == "published"), key=lambda card: card.starts)[:MOST],
        recent=recent[:MOST],
        agreed=[(text, card) for card in recent for text in card.agreed[:EACH]][:MOST],
        unreadable=_unreadable(context),
        seats=seats_svg(there),
        people=there.people,
        fewest=FEWEST_APART,
        gatherings=gatherings(listing)[:MOST],
        due=due_soon(listing, now),
        due_at=lambda owed: dates.moment(owed.due, owed.card.zone, language),
        chances=coming(library(), dates.date_of(now), 3),
        chance_words=functools.partial(chance_words, language),
        href=href,
        openid=context.application.openid,
    )


def _unreadable(context: RequestContext) -> list[tuple[str, str]]:
    """The titles of the sessions that cannot be read, each with the sentence that says why."""
    board = context.application.board
    return [
        (board.title(id), refusal_sentence(context.language, refusal(error)[1], {}))
        for id, error in board.unreadable.items()
    ]


@page("/join", roles=PUBLIC, page="home", scripts=("shared/clocks.js",))
async def join_code(context: RequestContext) -> Response:
    """`/join?code=`: the session of a code, or the form for a code. Raises Refused."""
    typed = context.query("code")[: lengths.CODE]
    context.typed = {"code": typed}
    if not typed:
        return await home.handler(context)
    application = context.application
    row = application.roster.session_of_code(code_of(typed))
    session = await application.board.session(row.id) if row else None
    if row is not None and session is not None and not session.state.is_draft:
        return context.redirect(f"/s/{row.id}?code={row.code[:4]}-{row.code[4:]}")
    if seconds := context.slowed_down():
        raise Refused("too_fast", seconds=seconds)
    raise Refused("no_such_code", code=typed).at("code")
