"""The page of the opinion map, with the position of the reader."""

from __future__ import annotations

import functools

from starlette.responses import Response

from acquis.documents.opinion import followed
from acquis.i18n import N_
from acquis.statistics.opinion_words import TITLES
from acquis.web.http.assets import CHARTS
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import JOINED, PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.live.maps import drawn, map_needs, own_place, texts_of
from acquis.web.live.page import render_live

CONSTITUENCY_KINDS = {
    "stakeholder_group": N_("Stakeholder groups"),
    "regional_group": N_("Regional groups"),
    "lane": N_("In the room and online"),
}


@page("/s/{session:slug}/map", roles=PUBLIC, name="map", access=JOINED, live="participants", styles=(CHARTS,))
async def opinion_map(context: RequestContext) -> Response:
    """The opinion map, which may be a few seconds older than the newest votes."""
    state, language = context.state, context.language
    current = await context.application.maps.first(context.session)
    read, svg = drawn(current, state, language) if current else (None, "")
    own, because = own_place(current, state, context.actor.voice, language) if current else ("", [])
    return render_live(
        context, "pages/map/page.html", read=read, svg=svg, own=own, because=because, texts=texts_of(state),
        map_needs=functools.partial(map_needs, language),
        upto=current.cast.upto if current else 0, area_kinds=tuple(TITLES),
        kinds=context.words(CONSTITUENCY_KINDS),
        followed=functools.partial(followed, language=language),
    )  # fmt: skip
