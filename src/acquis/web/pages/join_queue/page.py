"""The queue in which people wait to join: the page loads itself again when the turn comes, with or without a script."""

from __future__ import annotations

from starlette.responses import Response

from acquis.web.api.joining import joined
from acquis.web.http import newcomers
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint

SHORTEST_S, REFRESH_S = 2, 20
"""After how many seconds the page is loaded again, at least and at most."""


@endpoint("GET", "/s/{session:slug}/join", roles=PUBLIC, reads=True, page="floor")
async def join_queue(context: RequestContext) -> Response:
    """Shows how long it takes, and completes the joining when the turn has come. Who does not wait is led to the
    session. Raises Refused."""
    secret = newcomers.secret_to_be(context)
    waiting = context.application.waiting.get(secret)
    if waiting is None:
        return context.redirect(context.way)
    left = waiting.turn - context.now
    if left <= 0 and context.request.method == "GET":
        context.typed = dict(waiting.fields)
        return await joined(context)
    seconds = max(0, -(-left // 1000))
    response = context.render("pages/join_queue/page.html", state=context.state, seconds=seconds)
    response.headers["refresh"] = str(min(max(seconds, SHORTEST_S), REFRESH_S))
    return response
