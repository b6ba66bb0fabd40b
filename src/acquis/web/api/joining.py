"""Taking part in a session."""

from __future__ import annotations

from msgspec.structs import asdict
from starlette.responses import Response

from acquis.attributes import Attributes, attributes_of
from acquis.command import PARTICIPANT, Actor, Refused
from acquis.commands import from_form
from acquis.floor.people import Join, check_hand
from acquis.text.visible import cleaned
from acquis.web.api.actions import carry_out
from acquis.web.api.schemas import KEY, fields_schema, form
from acquis.web.http import lengths, newcomers, passes
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint
from acquis.web.http.ids import new_key


@endpoint(
    "POST",
    "/s/{session:slug}/join",
    roles=PUBLIC,
    page="floor",
    accepts=form(fields_schema(Join) | {"name": {"type": "string", "maxLength": lengths.NAME}, "key": KEY}),
)
async def join(context: RequestContext) -> Response:
    """Join a session: issues a pass if there is none, stores the person's data in the roster, and records the voice."""
    application, fields = context.application, await context.form()
    key = fields.get("key") or new_key(context.now)
    new, secret = not _takes_part(context), passes.secret_of(context.request, context.id)
    if new:
        secret = newcomers.secret_to_be(context)
        if not secret:
            return newcomers.sent_again(context)
        # A repeated request: the response with the pass was lost, or the button was pressed twice.
        context.actor = application.roster.holder(secret) or context.actor
        new = not _takes_part(context)
    command = from_form({"do": "join", **_stated(context)})
    assert isinstance(command, Join)
    me = context.actor
    name = visible_name(me.name if me.seat else fields.get("name", me.name))
    by = Actor("", "", Join.roles) if new else me.actor()
    command.decide(context.session.state, by, context.now)  # a refusal must come before a pass is issued
    attributes = attributes_of(command)
    if me.person in context.session.state.measures.renamed:
        name = me.name  # moderators decided about it
    check_hand(context.session.state, by.person, attributes)
    if new:
        context.actor = passes.issue(
            application, context.id, PARTICIPANT, name=name, attributes=attributes, secret=secret
        )[1]
    else:
        application.roster.describe(secret, name, attributes)
        application.holders.pop(secret, None)
    await carry_out(context, command, key)
    response = context.browser.with_active(secret, context.actor).write(context.redirect(f"/s/{context.id}"))
    return newcomers.joined(context, response)


def _takes_part(context: RequestContext) -> bool:
    """Whether the reader has a pass of this session with which one takes part."""
    return bool(context.actor.roles & Join.roles) and context.actor.session == context.id


def visible_name(typed: str) -> str:
    """The name that was typed, of at most the usual length; empty if there is none. Raises Refused("no_visible_name")
    if nothing in it can be seen."""
    name = cleaned(typed)[: lengths.NAME].strip()
    if typed.strip() and not name:
        raise Refused("no_visible_name").at("name")
    return name


def _stated(context: RequestContext) -> dict[str, str]:
    """The attributes in the form; a speaker says only the lane, because the programme states the others."""
    given = {name: context.typed.get(name, "") for name in Attributes.__struct_fields__}
    if context.actor.seat:
        return {**asdict(context.actor.attributes), "lane": given["lane"]}
    return given
