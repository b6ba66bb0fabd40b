"""Copies of a session: a duplicate, a rehearsal; and what is put away: a draft, a rehearsal."""

from __future__ import annotations

import re

from msgspec.structs import replace
from starlette.responses import Response

from acquis.command import ORGANIZER, Refused
from acquis.web.api.schemas import form
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint
from acquis.web.http.new_sessions import new_session
from acquis.web.pages.plan.page import programme_of

ACTS = ("duplicate", "rehearse", "restart", "delete")
_DONE = {"duplicate": "copied", "rehearse": "rehearse", "restart": "restart"}
"""What the page of the copy says."""


@endpoint(
    "POST",
    "/s/{session:slug}/copies",
    name="copies",
    roles=frozenset({ORGANIZER}),
    names=frozenset({ORGANIZER}),
    reads=True,
    drafts=True,
    page="plan",
    accepts=form({"act": {"type": "string", "enum": list(ACTS)}}, ["act"]),
)
async def copies(context: RequestContext) -> Response:
    """Copy the programme into a new session or a rehearsal, or put away a draft or a rehearsal. Raises Refused."""
    act = (await context.form()).get("act", "")
    if not context.organizes_all:
        raise Refused("not_allowed", roles=[ORGANIZER])
    if act not in ACTS:
        raise Refused("bad_fields", field="act")
    application, board, state = context.application, context.application.board, context.state
    programme = programme_of(context)[0]
    if act in ("restart", "delete") and not (state.is_draft or state.programme.rehearsal):
        raise Refused("already_published")
    if act == "delete":
        await board.put_away(context.id)
        return context.redirect("/organize")
    if programme is None:
        raise Refused("bad_fields", field="act")
    if act == "duplicate":
        row = new_session(application, replace(programme, starts="", ends="", inferred=()))
    else:
        name = re.sub(r"-rehearsal(-\d+)?$", "", context.id) + "-rehearsal"
        row = new_session(application, replace(programme, rehearsal=True, practice=True), name=name)
    if act == "restart":
        await board.put_away(context.id)
    return context.redirect(f"/s/{row.id}/plan?done={_DONE[act]}")
