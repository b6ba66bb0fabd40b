"""The floor, the questions and the vote in a frame of another site (`http/embedding.py`), with what a participant does
there. They are the same pages; what else a frame would lead to opens in a tab of its own."""

from __future__ import annotations

from starlette.responses import Response

from acquis.web.api import actions, joining
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import EMBEDDED, JOINED, PUBLIC
from acquis.web.http.embedding import keeps_a_pass
from acquis.web.http.endpoint import endpoint, page
from acquis.web.live.page import render_live
from acquis.web.pages.floor.page import floor
from acquis.web.pages.join_queue.page import join_queue
from acquis.web.pages.questions.page import questions
from acquis.web.pages.vote.page import vote


@page(EMBEDDED, roles=PUBLIC, live="participants", scripts=floor.declaration.scripts, embedded=True)
async def embedded_floor(context: RequestContext) -> Response:
    """The session in a frame: join, then the floor. Where no browser would keep the pass, it says what to do."""
    watches = "watch" in context.request.query_params and not context.has_to_join
    if keeps_a_pass(context.request) or context.state.is_over or watches:
        return await floor.handler(context)
    return render_live(context, "pages/embed/page.html", scripts=())


@page(
    f"{EMBEDDED}/questions",
    roles=PUBLIC,
    access=JOINED,
    live="participants",
    scripts=questions.declaration.scripts,
    embedded=True,
)
async def embedded_questions(context: RequestContext) -> Response:
    """The questions of a session in a frame."""
    return await questions.handler(context)


@page(
    f"{EMBEDDED}/vote",
    roles=PUBLIC,
    access=JOINED,
    live="participants",
    scripts=vote.declaration.scripts,
    embedded=True,
)
async def embedded_vote(context: RequestContext) -> Response:
    """The votes of a session in a frame."""
    return await vote.handler(context)


@endpoint(
    "POST",
    f"{EMBEDDED}/join",
    roles=PUBLIC,
    page="embedded_floor",
    accepts=joining.join.declaration.accepts,
    embedded=True,
)
async def embedded_join(context: RequestContext) -> Response:
    """Join a session in a frame of another site. The pass counts there and nowhere else."""
    return await joining.join.handler(context)


@endpoint("GET", f"{EMBEDDED}/join", roles=PUBLIC, reads=True, page="embedded_floor", embedded=True)
async def embedded_join_queue(context: RequestContext) -> Response:
    """The queue in which people wait to join in a frame."""
    return await join_queue.handler(context)


@endpoint("POST", f"{EMBEDDED}/do", roles=PUBLIC, accepts=actions.do.declaration.accepts, embedded=True)
async def embedded_do(context: RequestContext) -> Response:
    """Carry out one command of a participant in a frame of another site."""
    return await actions.do.handler(context)
