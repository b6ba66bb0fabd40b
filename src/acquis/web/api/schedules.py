"""The schedule of a gathering as files for venue apps and calendars."""

from __future__ import annotations

import asyncio

from starlette.responses import Response

from acquis.board.cards import Card
from acquis.board.gatherings import gatherings
from acquis.command import Refused
from acquis.documents.schedules import SCHEDULE_FORMS, ListedSession
from acquis.plan import dates
from acquis.plan.document import Programme, ProgrammeError, from_data
from acquis.web.api.feeds import data_file
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint


@endpoint("GET", "/gatherings/{gathering:slug}/schedule.{form:slug}", roles=PUBLIC)
async def schedule_file(context: RequestContext) -> Response:
    """`schedule.ics`, `.xml`, `.json`, `.csv`: the published sessions that have times, without rehearsals and cancelled
    sessions. Raises Refused."""
    form = next((form for form in SCHEDULE_FORMS if form.ending == context.part("form")), None)
    if form is None:
        raise Refused("no_such_page")
    listing = await context.application.board.listing(context.now)
    wanted = next((place for place in gatherings(listing) if place.id == context.part("gathering")), None)
    if wanted is None:
        raise Refused("no_such_gathering")
    cards = [card for card in wanted.cards if not card.rehearsal]
    listed = [session for card in cards if (session := await _listed(context, card)) is not None]
    made = await asyncio.to_thread(form.write, wanted.name, listed, dates.instant(context.now))
    return data_file(made, form.media_type)


async def _listed(context: RequestContext, card: Card) -> ListedSession | None:
    """A session with its published programme; None if it cannot be read. Under the Chatham House Rule it has only what
    its card says: no person, and no text that may name one."""
    session = await context.application.board.session(card.id)
    if session is None:
        return None
    address = f"{context.base_url.rstrip('/')}/s/{card.id}"
    if session.state.settings.chatham:
        bare = {
            name: getattr(card, name) for name in ("title", "number", "gathering", "starts", "ends", "zone", "room")
        }
        return ListedSession(card.id, Programme(**bare), address, card.cancelled)
    try:
        programme = from_data(session.state.programme.document)
    except ProgrammeError:  # of an earlier version of the program
        return None
    return ListedSession(card.id, programme, address, card.cancelled)
