"""The stage: the page for the projector in the room."""

from __future__ import annotations

from starlette.responses import Response

from acquis.web.http.assets import CHARTS
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import JOINED, PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.live.page import LIVE, render_live, view
from acquis.web.live.regions import stage_captions

SCENES = ("questions", "results", "map")


@page(
    "/s/{session:slug}/stage",
    roles=PUBLIC,
    access=JOINED,
    live="stage",
    scripts=(*(script for script in LIVE if script != "shared/forms.js"), "live/keys.js"),
    styles=(CHARTS,),
)
async def stage(context: RequestContext) -> Response:
    """The stage; `?scene=map` selects its first scene."""
    scene = context.query("scene")
    at = scene if scene in SCENES else SCENES[0]
    return render_live(context, "pages/stage/page.html", at=at, scenes=SCENES, live_lines=stage_captions(view(context)))
