"""Joins the same call of several sessions, and parts it again: in the log of each session that has it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import TypeAlias

from starlette.responses import Response

from acquis.command import ORGANIZER, Command, Refused
from acquis.followup.calls import JoinCalls, PartCalls
from acquis.followup.joining import CallPlace, joined, places_of
from acquis.followup.tracking import Tracked
from acquis.web.api.actions import carry_out
from acquis.web.api.followup import all_tracked
from acquis.web.api.schemas import KEY, form
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint

_SESSION = {"type": "string", "maxLength": 40}
_Task: TypeAlias = tuple[str, Command]
"""A session and a command in it."""


@endpoint(
    "POST",
    "/followup/joined",
    name="join_calls",
    roles=frozenset({ORGANIZER}),
    page="followup_board",
    accepts=form(
        {
            "act": {"type": "string", "enum": ["join", "part"]},
            "session": _SESSION,
            "commitment": {"type": "integer"},
            "other_session": _SESSION,
            "other": {"type": "integer"},
            "key": KEY,
        },
        ["act", "session", "commitment", "key"],
    ),
)
async def join_or_part(context: RequestContext) -> Response:
    """Join a call with one of another session, or part it from all with which it is joined. Raises Refused."""
    fields, calls = await context.form(), await all_tracked(context)
    place = fields.get("session", ""), context.number("commitment")
    _call_at(place, calls)
    if fields.get("act") == "join":
        other = fields.get("other_session", ""), context.number("other")
        if _call_at(other, calls).simulated != _call_at(place, calls).simulated or other[0] == place[0]:
            raise Refused("bad_fields", field="other")
        tasks: list[_Task] = [(place[0], JoinCalls(place[1], *other)), (other[0], JoinCalls(other[1], *place))]
    elif fields.get("act") == "part":
        tasks = list(_parting(place, calls))
    else:
        raise Refused("bad_fields", field="act")
    for session, command in tasks:
        await _carry_out(context, session, command, fields.get("key", ""))
    shown = next(row for row in joined(await all_tracked(context)) if place in places_of(row))
    return context.redirect(f"/followup#{shown.session}-{shown.entry}")


def _call_at(place: CallPlace, calls: Iterable[Tracked]) -> Tracked:
    """The call with this entry in the log of this session. Raises Refused."""
    for call in calls:
        if (call.session, call.entry) == place:
            return call
    raise Refused("no_such_commitment", commitment=place[1])


def _parting(place: CallPlace, calls: Iterable[Tracked]) -> Iterable[_Task]:
    """What parts a call from every other one: what its own log says of the others, and theirs of it."""
    for call in calls:
        here = call.session, call.entry
        for other in call.same:
            if place in (here, other):
                yield here[0], PartCalls(here[1], *other)


async def _carry_out(context: RequestContext, session: str, command: Command, key: str) -> None:
    """Give a command in a session, whose log need not be that of the page. Raises Refused."""
    there = await context.application.board.session(session)
    if there is None:
        raise Refused("no_such_session")
    await carry_out(dataclasses.replace(context, current=there), command, key)
