"""The session's address: join, then the floor."""

from __future__ import annotations

from starlette.responses import Response

from acquis.command import HOSTS, PEOPLE, READER
from acquis.floor.turns import had, own_turns
from acquis.state.reading import seat_of
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.live.asked import asked_of
from acquis.web.live.page import LIVE, render_live


@page(
    "/s/{session:slug}",
    roles=PUBLIC,
    live="participants",
    scripts=(*LIVE, "pages/captions/page.js"),
)
async def floor(context: RequestContext) -> Response:
    """`?watch=1` shows the floor to readers who do not want to take part, `?join=1` lets people change what they said
    when they joined."""
    state, me, query = context.state, context.actor, context.request.query_params
    form_of_joining = "join" in query or bool(context.typed and "do" not in context.typed)
    guest = me.roles <= PEOPLE | {READER}
    watches = "watch" in query and not context.has_to_join
    outside = me.voice not in state.voice_numbers and not watches
    ask = guest and (outside or form_of_joining) and not state.is_over
    seat = me.seat if seat_of(state, me.seat) else 0
    own_words = bool(me.roles & PEOPLE) and (state.is_over or bool(own_turns(state, me.actor())))
    joining = ask and not seat
    return render_live(
        context,
        f"pages/floor/{'join' if joining else 'page'}.html",
        scripts=("shared/clocks.js",) if joining else None,
        signed_out=context.browser.signed_out,
        asks_where=bool(seat) and ask,
        needs_code=not context.code,
        no_entry="joining" in state.measures.closed and me.voice not in state.voice_numbers,
        had=had,
        asked=asked_of(state.order.rows(state, "asked"), seat),
        own_words=own_words,
        guest=bool(me.roles & (PEOPLE | {READER})),
        host=bool(me.roles & HOSTS),
    )
