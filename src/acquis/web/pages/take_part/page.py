"""How to take part: the steps for one kind of participant, and the dated opportunities."""

from __future__ import annotations

from typing import get_args

from starlette.responses import Response

from acquis.i18n import N_
from acquis.plan import dates
from acquis.reference.deadlines import Due
from acquis.reference.library import library
from acquis.reference.records import Who
from acquis.reference.taking_part import coming, way_in
from acquis.web.api.opportunities import asked_of
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.pages.reference.page import show


@page("/reference/take-part", roles=PUBLIC, name="reference_take_part", styles=("pages/reference/page.css",))
async def take_part(context: RequestContext) -> Response:
    """`/reference/take-part?who=company&process=global-mechanism`: the steps, or the choice of both."""
    books, today = library(), dates.date_of(context.now)
    asked = asked_of(context, books)
    way = way_in(books, asked.process, asked.who, today) if asked.who and asked.process else None
    if asked.wrong:
        context.status = 404
        context.typed = {name: context.query(name) for name in ("who", "process")}
        sentence = context.say(N_("“{name}” was not found. Choose from the lists."), name=context.typed[asked.wrong])
        context.wrong = [(asked.wrong, sentence)]
    return show(
        context,
        "take_part",
        "pages/take_part/page.html",
        asked=asked,
        way=way,
        open_to=books.processes,
        whos=get_args(Who),
        soon=[] if way else coming(books, today, 8),
        at=lambda due: moments(context.language, due),
    )


def moments(language: str, due: Due) -> tuple[str, str]:
    """A deadline in the time zone of the venue, and in UTC (empty if the zone is UTC)."""
    ms = int(due.at.timestamp() * 1000)
    zone = getattr(due.at.tzinfo, "key", "UTC")
    return dates.moment(ms, zone, language), "" if zone == "UTC" else dates.moment(ms, "UTC", language)
