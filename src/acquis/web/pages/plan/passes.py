"""Makes, replaces, limits and revokes the access links of the people who run a session."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec
from starlette.responses import Response

from acquis.command import ORGANIZER, SPEAKER, Refused
from acquis.floor.amending import REASON_LIMIT
from acquis.floor.team import FORMER_LIMIT, ReplaceTeamMember, RevokeAccess
from acquis.state.reading import seat_of
from acquis.web.api.actions import carry_out
from acquis.web.api.joining import visible_name
from acquis.web.api.schemas import KEY, answer, form
from acquis.web.http import lengths, passes
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint
from acquis.web.http.problems import json_response, wants_json
from acquis.web.pages.plan.links import ROLES, Link, end_of_day, holders, link_of
from acquis.web.pages.plan.page import Form, rendered

_TOLD = ("role", "name", "address")
ACTS = ("give", "missing", "rotate", "rotate_all", "replace", "revoke", "until")


@endpoint(
    "POST",
    "/s/{session:slug}/passes",
    name="passes",
    roles=frozenset({ORGANIZER}),
    names=frozenset({ORGANIZER}),
    reads=True,
    drafts=True,
    page="plan",
    bearer=True,
    answers=answer(links={"type": "array", "items": answer(**{name: {"type": "string"} for name in _TOLD})}),
    accepts=form(
        {
            "act": {"type": "string", "enum": list(ACTS)},
            "role": {"type": "string", "enum": list(ROLES)},
            "seat": {"type": "string", "pattern": "^[0-9]{1,3}$"},
            "name": {"type": "string", "maxLength": lengths.NAME},
            "person": {"type": "string"},
            "until": {"type": "string", "maxLength": lengths.DAY},
            "reason": {"type": "string", "maxLength": REASON_LIMIT},
            "former": {"type": "string", "maxLength": FORMER_LIMIT},
            "key": KEY,
        },
        ["act"],
    ),
)
async def hand_out(context: RequestContext) -> Response:
    """Make links and show them once, or revoke or limit that of a person. Who asks for JSON gets the new links as data.
    Raises Refused."""
    fields = await context.form()
    act, person = fields.get("act", ""), fields.get("person", "")
    if act == "revoke":
        await carry_out(context, RevokeAccess(person, fields.get("reason", "")), fields.get("key", ""))
        return context.redirect(f"/s/{context.id}/plan?done=revoked#links")
    if act == "until":
        until = end_of_day(fields.get("until", ""), context.language, context.zone)
        passes.end(context.application, context.id, person, until, context.actor.person)
        return context.redirect(f"/s/{context.id}/plan?done=limited#links")
    if act != "replace" and act not in _MAKERS:
        raise Refused("bad_fields", field="act")
    links = await _replaced(context) if act == "replace" else _MAKERS[act](context)
    if wants_json(context.request):
        return json_response(200, {"links": [{name: getattr(link, name) for name in _TOLD} for link in links]})
    return await rendered(context, Form(links=tuple(links)))


def _give(context: RequestContext) -> list[Link]:
    fields = context.typed
    role, seat, name = fields.get("role", ""), fields.get("seat", "0"), visible_name(fields.get("name", ""))
    if role not in ROLES or not re.fullmatch(r"\d{1,3}", seat, re.ASCII):
        raise Refused("bad_fields", field="role")
    if role == SPEAKER and seat_of(context.state, int(seat)) is None:
        raise Refused("no_such_seat", seat=int(seat))
    return [_made(context, role, int(seat), name)]


def _missing(context: RequestContext) -> list[Link]:
    return [_made(context, holder.role, holder.seat, holder.name) for holder in holders(context) if not holder.person]


def _rotate(context: RequestContext) -> list[Link]:
    return _rotated(context, {context.typed.get("person", "")})


def _rotate_all(context: RequestContext) -> list[Link]:
    """New links for everybody but the organizer who asks."""
    listed = {holder.person for holder in holders(context) if holder.person}
    return _rotated(context, listed - {context.actor.person}) + _missing(context)


def _rotated(context: RequestContext, people: set[str]) -> list[Link]:
    known = [holder.person for holder in holders(context) if holder.person in people]
    made = [passes.rotate(context.application, context.id, person, context.actor.person) for person in known]
    return [link_of(context, *link) for link in made if link is not None]


async def _replaced(context: RequestContext) -> list[Link]:
    """The link of the person who takes over the role of another one."""
    fields = {name: context.typed.get(name, "") for name in ("role", "person", "name", "reason", "former")}
    try:
        command = msgspec.convert({"do": "replace_team_member", **fields}, ReplaceTeamMember)
    except msgspec.ValidationError as error:
        raise Refused("bad_fields", field="role") from error
    command = msgspec.structs.replace(command, name=visible_name(command.name))
    key = context.typed.get("key", "")
    await carry_out(context, command, key)
    return _rotated(context, {command.keyed(key).successor})


def _made(context: RequestContext, role: str, seat: int, name: str) -> Link:
    return link_of(context, *passes.issue(context.application, context.id, role, seat, name, by=context.actor.person))


_MAKERS: dict[str, Callable[[RequestContext], list[Link]]] = {
    "give": _give,
    "missing": _missing,
    "rotate": _rotate,
    "rotate_all": _rotate_all,
}
