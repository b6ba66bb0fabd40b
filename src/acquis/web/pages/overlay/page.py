"""The overlay: a page without a ground that a streaming program such as OBS lays over the picture. It has who has the
floor with the clock, the question that was put to the panel, and the captions."""

from __future__ import annotations

from starlette.responses import Response

from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import JOINED, PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.live.page import LIVE, render_live, view
from acquis.web.live.speech import stage_captions

SCRIPTS = tuple(script for script in LIVE if script != "shared/forms.js")
STYLES = ("pages/stage/type.css",)


@page("/s/{session:slug}/overlay", roles=PUBLIC, access=JOINED, live="stage", scripts=SCRIPTS, styles=STYLES)
async def overlay(context: RequestContext) -> Response:
    """Regions of the room screen, kept current by its frames. Under the Chatham House Rule there is neither a name nor
    a spoken line, because a picture is seen by others than those who joined."""
    return render_live(
        context, "pages/overlay/page.html", macros="live/stage.html", live_lines=stage_captions(view(context))
    )
