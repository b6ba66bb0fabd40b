"""Taking part in a session, and using the link of a pass."""

from __future__ import annotations

from msgspec.structs import asdict
from starlette.responses import Response

from acquis.attributes import Attributes, attributes_of
from acquis.command import CAPTIONER, MODERATORS, ORGANIZER, PARTICIPANT, RAPPORTEUR, Actor, Refused
from acquis.commands import from_form
from acquis.floor.people import Join, check_hand
from acquis.roster import Pass
from acquis.text.visible import cleaned
from acquis.web.api.actions import carry_out
from acquis.web.api.schemas import KEY, fields_schema, form
from acquis.web.http import lengths, newcomers, passes
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint
from acquis.web.http.ids import new_key
from acquis.web.http.kept import Browser
from acquis.web.http.problems import problem


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


@endpoint("GET", "/p/{secret}", roles=PUBLIC)
async def claim(context: RequestContext) -> Response:
    """Open the link of a pass: the secret in the address becomes a cookie. Where the browser has another pass of the
    session, it is asked first."""
    secret = context.part("secret")
    holder = passes.holder_of(context.application, secret)
    if holder is not None:
        session = holder.session
        # Only pages of the session receive its cookies, so that one of them asks if there is another pass already.
        response: Response = context.redirect(f"/s/{session}/device" if session else place_of(holder))
        if session:
            Browser(context.application, context.request, session).open(response, secret)
        else:
            passes.remember(response, context.request.url, session, secret)
    else:
        seconds = context.slowed_down()
        response = problem(context, 429 if seconds else 404, "too_fast" if seconds else "no_such_pass", seconds=seconds)
    response.headers["referrer-policy"] = "no-referrer"  # the address contains the secret
    response.headers["cache-control"] = "no-store"
    return response


def place_of(holder: Pass) -> str:
    """The address of the main page for the roles of a pass."""
    if holder.session == "":
        return "/organize"
    base = f"/s/{holder.session}"
    if ORGANIZER in holder.roles:
        return f"{base}/plan"
    if holder.roles & MODERATORS:
        return f"{base}/console"
    if RAPPORTEUR in holder.roles:
        return f"{base}/desk"
    return f"{base}/captions" if CAPTIONER in holder.roles else base
