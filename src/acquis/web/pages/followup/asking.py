"""Makes and revokes the link with which the body that a call names can answer it."""

from __future__ import annotations

from starlette.responses import Response

from acquis.command import ORGANIZER, Refused
from acquis.floor.team import RevokeAccess
from acquis.followup.calls import AskBody
from acquis.i18n import N_
from acquis.web.api.actions import carry_out
from acquis.web.api.schemas import KEY, form
from acquis.web.http import lengths, passes
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint
from acquis.web.pages.followup.page import MadeLink, followup, shown
from acquis.web.pages.plan.links import end_of_day

DAYS = 90
"""For how many days a link works if no last day is given."""
DAY_MS = 86_400_000
_LETTER = N_("""{body}

The session “{title}” addressed this call to you:

{what}

With this link you can accept it, accept it in your own words, decline it or reply, without an account:

{link}

Whoever has the link can answer for you. It works for this call only.""")


@endpoint(
    "POST",
    "/s/{session:slug}/followup/link",
    roles=frozenset({ORGANIZER}),
    reads=True,
    page="followup",
    accepts=form(
        {
            "act": {"type": "string", "enum": ["ask", "revoke"]},
            "commitment": {"type": "integer"},
            "until": {"type": "string", "maxLength": lengths.DAY},
            "key": KEY,
        },
        ["act", "commitment", "key"],
    ),
)
async def ask_body(context: RequestContext) -> Response:
    """Make a link for the body and show it once, or revoke it. Raises Refused."""
    fields, entry = await context.form(), context.number("commitment")
    call = context.session.state.commitments.get(entry)
    if call is None:
        raise Refused("no_such_commitment", commitment=entry)
    earlier, by = call.addressee, context.actor.person
    if fields.get("act") == "revoke":
        if not earlier:
            raise Refused("no_such_person")
        await carry_out(context, RevokeAccess(earlier), fields.get("key", ""))
        return context.redirect(f"/s/{context.id}/followup#c{entry}")
    if fields.get("act") != "ask":
        raise Refused("bad_fields", field="act")
    until = end_of_day(fields.get("until", ""), context.language, context.zone) or context.now + DAYS * DAY_MS
    if until <= context.now:
        raise Refused("bad_date", date=fields.get("until", "")[: lengths.DAY]).at("until")
    command, key = AskBody(entry), fields.get("key", "")
    await carry_out(context, command, key)
    person = command.keyed(key).addressee
    if earlier and earlier != person:
        passes.revoke(context.application, context.id, earlier, by)
    passes.end(context.application, context.id, person, until, by)
    made = passes.rotate(context.application, context.id, person, by)  # nobody knows the secret of the first one
    if made is None:
        raise Refused("no_such_person")
    address = f"{context.base_url}p/{made[0]}"
    public = context.state.commitments[entry]
    facts = {"body": public.who, "title": context.state.programme.title, "what": public.what, "link": address}
    there = await context.on(followup.declaration)
    there.source = f"/s/{context.id}/followup"
    return await shown(there, MadeLink(entry, address, context.say(_LETTER, **facts).strip()))
