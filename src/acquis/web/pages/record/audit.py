"""The page of the audit of the floor, computed from the log."""

from __future__ import annotations

import asyncio
import functools
from collections import Counter
from weakref import WeakKeyDictionary

from starlette.responses import Response

from acquis.floor.audit import Audit, audit_events
from acquis.floor.audit_words import audit_lines, limits
from acquis.session import Session
from acquis.web.http.assets import DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.words.phrases import clock_time

_JUDGED: WeakKeyDictionary[Session, tuple[int, Audit]] = WeakKeyDictionary()
"""Session -> its last audit and the number of its newest entry, so that an unchanged log is not audited again."""


@page("/s/{session:slug}/audit", roles=PUBLIC, name="audit", styles=(DOCUMENT,))
async def audit_page(context: RequestContext) -> Response:
    """`/s/{session}/audit`: the result of the audit of all entries of a session, and its head."""
    board, state = context.application.board, context.state
    upto, judged = _JUDGED.get(context.session, (-1, None))
    if judged is None or upto != state.seq:
        upto = state.seq
        judged = await asyncio.to_thread(audit_events, await board.events(context.session))
        _JUDGED[context.session] = (upto, judged)
    return context.render(
        "pages/record/audit.html",
        state=state,
        judged=judged,
        limits=limits(context.language, judged),
        verdict=audit_lines(context.language, judged)[0],
        overrides=[turn for turn in state.turns.values() if turn.override],
        missed=Counter(state.hand_group(hand) for hand in state.hands.values() if hand.fate == "not_reached"),
        at=functools.partial(clock_time, zone=context.zone),
        head=context.head,
        base_url=context.base_url,
    )
