"""The stage: the page for the projector in the room; and the clock, the page for the screen in front of speakers."""

from __future__ import annotations

from starlette.responses import Response

from acquis.charts.qr import qr_image
from acquis.state.reading import scene_of, scenes_of
from acquis.web.http.assets import CHARTS
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import JOINED, PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.live.page import LIVE, address_of, render_live, view
from acquis.web.live.speech import stage_captions

SCRIPTS = (*(script for script in LIVE if script != "shared/forms.js"), "live/keys.js", "pages/stage/fit.js")
STYLES = (CHARTS, *(f"pages/stage/{part}.css" for part in ("type", "scenes", "cover", "clock", "narrow")))


@page("/s/{session:slug}/stage", roles=PUBLIC, access=JOINED, live="stage", scripts=SCRIPTS, styles=STYLES)
async def stage(context: RequestContext) -> Response:
    """The stage shows the scene that the console chose last; `?scene=map` selects another one until then, and with
    `keep=1` for good."""
    scene = context.query("scene")
    at = scene if scene in (*scenes_of(context.state), "clock") else scene_of(context.state)
    printed = address_of(context) + ("/record" if context.state.is_over else "")
    scanned = printed if context.state.is_over else context.way_in
    return render_live(
        context, "pages/stage/page.html", macros="live/stage.html",
        at=at, live_lines=stage_captions(view(context)),
        printed=printed, qr=qr_image(scanned),
    )  # fmt: skip
