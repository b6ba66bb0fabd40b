"""The page of the speakers who register before the session: to register, to publish the order, to read it."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from acquis import events as ev
from acquis.command import HOSTS
from acquis.floor.registration import speakers_list
from acquis.state import Hand, State
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import JOINED, PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.live.page import render_live


class Listed(msgspec.Struct, frozen=True):
    """The list of a segment (numbered from 0). `published`: whether it is the published one and not the order that the
    registrations give now; `late`: registrations that the published one does not have."""

    number: int
    segment: ev.Segment
    order: list[Hand]
    reserve: list[Hand]
    late: list[Hand]
    published: bool


def listed(state: State, number: int) -> Listed:
    """The published list of a segment, else the order that the registrations give now; without who withdrew."""
    published = state.speakers.get(number)
    made = published or speakers_list(state, number)
    mine = {seq: hand for seq, hand in state.hands.items() if hand.segment == number and hand.fate != "lowered"}
    order, reserve = ([mine[seq] for seq in part if seq in mine] for part in (made.order, made.reserve))
    known = {*made.order, *made.reserve}
    late = [hand for seq, hand in mine.items() if seq not in known]
    return Listed(number, state.segments[number], order, reserve, late, published is not None)


@page("/s/{session:slug}/speakers", roles=PUBLIC, access=JOINED, live="participants", names=HOSTS)
async def speakers(context: RequestContext) -> Response:
    """The lists of all segments for which speakers register."""
    state = context.state
    lists = [listed(state, number) for number, part in enumerate(state.segments) if part.registered]
    return render_live(context, "pages/speakers/page.html", lists=lists, team=bool(context.actor.roles & HOSTS))
