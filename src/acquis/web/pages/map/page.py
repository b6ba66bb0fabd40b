"""The page of the opinion map, with the position of the reader."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.responses import Response

from acquis.board.maps import CurrentMap
from acquis.documents.opinion import followed
from acquis.documents.opinion_axes import axes_sentences
from acquis.documents.opinion_crowds import crowd_sentences
from acquis.documents.opinion_result import Result
from acquis.documents.opinion_statements import NO_AREA, ORDERS, statement_table, table_html
from acquis.documents.opinion_swarm import swarm
from acquis.state import State
from acquis.statistics.opinion_words import TITLES, kind_title
from acquis.web.http.assets import CHARTS
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import JOINED, PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.live.maps import drawn, own_place, texts_of
from acquis.web.live.page import render_live


class Shown(NamedTuple):
    """What the page shows of a map: the result, the map and the chart of statements as SVG, the map with the position
    of the reader and the statements that decide it, the table of statements as HTML, and the areas that have some."""

    read: Result | None = None
    svg: str = ""
    swarm: str = ""
    own: str = ""
    because: tuple[int, ...] = ()
    statements: str = ""
    areas_with_statements: Mapping[str, str] = {}


@page("/s/{session:slug}/map", roles=PUBLIC, name="map", access=JOINED, live="participants", styles=(CHARTS,))
async def opinion_map(context: RequestContext) -> Response:
    """The opinion map, which may be a few seconds older than the newest votes. `?order=` and `?area=` say in which
    order the table has the statements, and of which area."""
    state, language = context.state, context.language
    order = context.query("order") if context.query("order") in ORDERS else next(iter(ORDERS))
    area = context.query("area") if context.query("area") in (*TITLES, NO_AREA) else ""
    current = await context.application.maps.first(context.session)
    shown = Shown()
    if current:
        kept = await context.frozen()
        shown = await asyncio.to_thread(partial(_shown, current, kept, context.actor.voice, language, (order, area)))
    await context.pause()
    return render_live(
        context, "pages/map/page.html", **shown._asdict(), texts=texts_of(state), orders=ORDERS, order=order, area=area,
        upto=current.cast.upto if current else 0, area_kinds=tuple(TITLES),
        kind_title=partial(kind_title, language),
        axes=list(axes_sentences(shown.read, language)) if shown.read else [],
        warned=crowd_sentences(shown.read, language) if shown.read else [],
        followed=partial(followed, language=language),
        home=f"map?{urlencode({'order': order, 'area': area})}",
    )  # fmt: skip


def _shown(current: CurrentMap, state: State, voice: str, language: str, listed: tuple[str, str]) -> Shown:
    """What the page shows to the reader with this voice; listed: the order and the area of the table."""
    read, svg = drawn(current, texts_of(state), language)
    own, because = own_place(current, state, voice, language)
    # Of published ballots anybody can compute it.
    table = statement_table(current.map, read, language, *listed, even=state.totals is not None)
    return Shown(
        read,
        svg,
        swarm=swarm(read, language, alone=False),
        own=own,
        because=tuple(because),
        statements=table_html(table, language),
        areas_with_statements=table.areas,
    )
