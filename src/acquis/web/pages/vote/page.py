"""The page for voting on one statement at a time."""

from __future__ import annotations

from starlette.responses import Response

from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import JOINED, PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.live.page import LIVE, render_live
from acquis.web.live.regions import choose


@page("/s/{session:slug}/vote", roles=PUBLIC, access=JOINED, live="participants", scripts=LIVE)
async def vote(context: RequestContext) -> Response:
    """The next statement to vote on; `?statement=41` shows that statement again."""
    return render_live(context, "pages/vote/page.html", again=context.number("statement"), choose=choose)
