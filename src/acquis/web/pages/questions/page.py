"""The page for asking and supporting questions, with the fate of each."""

from __future__ import annotations

from starlette.responses import Response

from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import JOINED, PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.http.outcome_notes import offers_note
from acquis.web.live.page import LIVE, render_live


@page("/s/{session:slug}/questions", roles=PUBLIC, access=JOINED, live="participants", scripts=LIVE)
async def questions(context: RequestContext) -> Response:
    """`?answer=41` opens the form of a speaker's answer in writing."""
    return render_live(
        context,
        "pages/questions/page.html",
        answer=context.number("question") or context.number("answer"),
        notes=offers_note(context.session.state, context.application.sends_notes),
    )
