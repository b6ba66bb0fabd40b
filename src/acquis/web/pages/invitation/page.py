"""The invitation: title, time, place and how to take part, large enough to be read from a few steps away."""

from __future__ import annotations

from starlette.responses import Response

from acquis.plan import dates
from acquis.web.http.assets import DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import page


@page(
    "/s/{session:slug}/invitation",
    roles=PUBLIC,
    scripts=("shared/dom.js", "pages/plan/page.js"),
    styles=(DOCUMENT,),
)
async def invitation(context: RequestContext) -> Response:
    """The invitation of a published session, on one sheet of A4."""
    programme = context.state.programme
    return context.render(
        "pages/invitation/page.html",
        state=context.state,
        programme=programme,
        event=str(programme.document.get("gathering", "")),
        slot=dates.slot(programme.starts, programme.ends, programme.zone, context.language),
        code=context.code,
        address=f"{context.base_url}s/{context.id}",
    )
