"""The page of the opinion map, with the position of the reader."""

from __future__ import annotations

import asyncio
import functools

import msgspec
from starlette.responses import Response

from acquis.board.maps import CurrentMap
from acquis.documents.opinion import followed
from acquis.documents.opinion_crowds import crowd_sentences
from acquis.documents.opinion_result import Result
from acquis.documents.opinion_swarm import swarm
from acquis.state import State
from acquis.statistics.opinion_words import TITLES, kind_title
from acquis.web.http.assets import CHARTS
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import JOINED, PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.live.maps import drawn, own_place, texts_of
from acquis.web.live.page import render_live

_NO_CHARTS: tuple[Result | None, str, str, str, list[int]] = None, "", "", "", []


@page("/s/{session:slug}/map", roles=PUBLIC, name="map", access=JOINED, live="participants", styles=(CHARTS,))
async def opinion_map(context: RequestContext) -> Response:
    """The opinion map, which may be a few seconds older than the newest votes."""
    state, language = context.state, context.language
    current = await context.application.maps.first(context.session)
    # The charts are drawn in a thread, of a copy of what the session adds to.
    kept = msgspec.structs.replace(state, statements={**state.statements}, votes={**state.votes})
    charts = functools.partial(_charts, current, kept, context.actor.voice, language) if current else None
    read, svg, columns, own, because = await asyncio.to_thread(charts) if charts else _NO_CHARTS
    await context.pause()
    return render_live(
        context, "pages/map/page.html", read=read, svg=svg, swarm=columns, own=own, because=because,
        texts=texts_of(state),
        upto=current.cast.upto if current else 0, area_kinds=tuple(TITLES),
        kind_title=functools.partial(kind_title, language),
        warned=crowd_sentences(read, language) if read else [],
        followed=functools.partial(followed, language=language),
    )  # fmt: skip


def _charts(current: CurrentMap, state: State, voice: str, language: str) -> tuple[Result, str, str, str, list[int]]:
    """The map as data and as SVG, the chart of statements, and what `own_place` gives."""
    read, svg = drawn(current, state, language)
    own, because = own_place(current, state, voice, language)
    return read, svg, swarm(read, language, alone=False), own, because
