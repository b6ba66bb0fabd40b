"""The schedule of a gathering as files for venue apps and calendars."""

from __future__ import annotations

import asyncio

from starlette.responses import Response

from acquis.board.gatherings import gatherings
from acquis.command import Refused
from acquis.documents.schedules import SCHEDULE_FORMS, ListedSession
from acquis.plan import dates
from acquis.plan.document import ProgrammeError, from_data
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
    ids = [card.id for card in wanted.cards if not card.rehearsal]
    listed = [session for id in ids if (session := await _listed(context, id)) is not None]
    made = await asyncio.to_thread(form.write, wanted.name, listed, dates.instant(context.now))
    return data_file(made, form.media_type)


async def _listed(context: RequestContext, id: str) -> ListedSession | None:
    """A session with its published programme; None if it cannot be read."""
    session = await context.application.board.session(id)
    if session is None:
        return None
    try:
        programme = from_data(session.state.programme.document)
    except ProgrammeError:  # of an earlier version of the program
        return None
    address = f"{context.base_url.rstrip('/')}/s/{id}"
    return ListedSession(id, programme, address, bool(session.state.cancelled_at))
