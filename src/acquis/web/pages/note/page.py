"""The page on which a person leaves a mail address for one note at publication, or erases it again. No page shows the
address, and nobody else learns that there is one."""

from __future__ import annotations

import re

from starlette.responses import Response

from acquis.command import PEOPLE, Refused
from acquis.roster.addresses import NoteAddress
from acquis.web.api.actions import count_action
from acquis.web.api.schemas import form
from acquis.web.http.assets import DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint, page
from acquis.web.http.outcome_notes import offers_note, why_no_note

LIMIT = 254
"""The most characters of an address (RFC 5321)."""
_ADDRESS = re.compile(r"[^\s<>,;:()\[\]\"\\@]{1,64}@[^\s<>,;:()\[\]\"\\@]+\.[^\s<>,;:()\[\]\"\\@.]+")


@page("/s/{session:slug}/note", roles=PEOPLE, styles=(DOCUMENT,))
async def note(context: RequestContext) -> Response:
    """Whether an address is kept, and the form to leave or to erase it."""
    application = context.application
    return context.render(
        "pages/note/page.html",
        state=context.state,
        why_not=why_no_note(context.session.state, application.sends_notes),
        kept=application.roster.addresses.has(context.id, context.actor.person),
        limit=LIMIT,
        notice=context.query("done") if not context.wrong else "",
    )


@endpoint(
    "POST",
    "/s/{session:slug}/note",
    name="note_keep",
    roles=PEOPLE,
    reads=True,
    page="note",
    accepts=form(
        {
            "act": {"type": "string", "enum": ["leave", "erase"]},
            "address": {"type": "string", "format": "email", "maxLength": LIMIT},
        },
        ["act"],
    ),
)
async def keep_address(context: RequestContext) -> Response:
    """Leave an address in place of an earlier one, or erase it. Raises Refused."""
    fields, table = await context.form(), context.application.roster.addresses
    count_action(context)
    if fields.get("act") == "erase":
        table.forget(context.id, context.actor.person)
        return context.redirect(f"/s/{context.id}/note?done=erased")
    if fields.get("act") != "leave":
        raise Refused("bad_fields", field="act")
    if not offers_note(context.session.state, context.application.sends_notes):
        raise Refused("no_notes")
    address = fields.get("address", "").strip()
    if len(address) > LIMIT or not address.isprintable() or not _ADDRESS.fullmatch(address):
        raise Refused("bad_address").at("address")
    given = NoteAddress(context.id, context.actor.person, address, context.language, context.now)
    table.keep(given)
    return context.redirect(f"/s/{context.id}/note?done=kept")
