"""Issues and revokes the passes of the people who run a session."""

from __future__ import annotations

import re

from starlette.responses import Response

from acquis.command import ORGANIZER, Refused
from acquis.web.api.schemas import form
from acquis.web.http import lengths
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint
from acquis.web.http.passes import issue, revoke
from acquis.web.pages.plan.page import STAFF, Form, rendered


@endpoint(
    "POST",
    "/s/{session:slug}/passes",
    name="passes",
    roles=frozenset({ORGANIZER}),
    reads=True,
    drafts=True,
    page="plan",
    accepts=form(
        {
            "role": {"type": "string", "enum": list(STAFF)},
            "seat": {"type": "string", "pattern": "^[0-9]{1,3}$"},
            "name": {"type": "string", "maxLength": lengths.NAME},
            "revoke": {"type": "string"},
        }
    ),
)
async def hand_out(context: RequestContext) -> Response:
    """Issue a pass and show its link once, or revoke the passes of a person. Raises Refused."""
    fields = await context.form()
    if person := fields.get("revoke", ""):
        revoke(context.application, context.id, person)
        return context.redirect(f"/s/{context.id}/plan?done=revoked#passes")
    role, seat, name = fields.get("role", ""), fields.get("seat", "0"), fields.get("name", "").strip()
    if role not in STAFF or not re.fullmatch(r"\d{1,3}", seat, re.ASCII):
        raise Refused("bad_fields", reason="role")
    secret, given = issue(context.application, context.id, role, seat=int(seat), name=name[: lengths.NAME])
    return await rendered(context, Form(link=f"{context.base_url}p/{secret}", given=given))
