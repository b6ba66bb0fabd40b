"""The page of the opinion map, with the position of the reader."""

from __future__ import annotations

import functools

from starlette.responses import Response

from acquis.documents.opinion import followed
from acquis.documents.opinion_swarm import swarm
from acquis.statistics.opinion_words import TITLES, kind_title
from acquis.web.http.assets import CHARTS
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import JOINED, PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.live.maps import drawn, own_place, texts_of
from acquis.web.live.page import render_live


@page("/s/{session:slug}/map", roles=PUBLIC, name="map", access=JOINED, live="participants", styles=(CHARTS,))
async def opinion_map(context: RequestContext) -> Response:
    """The opinion map, which may be a few seconds older than the newest votes."""
    state, language = context.state, context.language
    current = await context.application.maps.first(context.session)
    read, svg = drawn(current, state, language) if current else (None, "")
    own, because = own_place(current, state, context.actor.voice, language) if current else ("", [])
    return render_live(
        context, "pages/map/page.html", read=read, svg=svg,
        swarm=swarm(read, language, alone=False) if read else "", own=own, because=because, texts=texts_of(state),
        upto=current.cast.upto if current else 0, area_kinds=tuple(TITLES),
        kind_title=functools.partial(kind_title, language),
        followed=functools.partial(followed, language=language),
    )  # fmt: skip
