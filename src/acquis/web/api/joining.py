"""Taking part in a session."""

from __future__ import annotations

from msgspec.structs import asdict
from starlette.responses import Response

from acquis.attributes import Attributes, attributes_of
from acquis.command import PARTICIPANT, Actor, Refused
from acquis.commands import from_form
from acquis.floor.people import Join, check_hand
from acquis.text.visible import cleaned_name
from acquis.web.api.actions import carry_out
from acquis.web.api.schemas import KEY, fields_schema, form
from acquis.web.http import lengths, newcomers, passes
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.embedding import keep_embedded
from acquis.web.http.endpoint import endpoint
from acquis.web.http.ids import new_key
from acquis.web.http.joins import WaitingJoin

MOST_WAITING = 50_000
"""The most joinings that wait, of all sessions."""
_LONGEST = 16 * lengths.NAME
"""The most code points of a field: a character of a name may consist of several."""
_KEPT = frozenset({*Attributes.__struct_fields__, "name", "code", "key"})


@endpoint(
    "POST",
    "/s/{session:slug}/join",
    roles=PUBLIC,
    page="floor",
    accepts=form(
        fields_schema(Join)
        | {
            "name": {"type": "string", "maxLength": lengths.NAME},
            "code": {"type": "string", "maxLength": lengths.CODE},
            "key": KEY,
        }
    ),
)
async def join(context: RequestContext) -> Response:
    """Join a session: issues a pass if there is none, stores the person's data in the roster, and records the voice.
    Who has no link needs the session code."""
    await context.form()
    return await joined(context)


async def joined(context: RequestContext) -> Response:
    """The answer to a joining with the typed fields of a context. If very many people join, it leads to the queue.
    Raises Refused."""
    application, fields = context.application, context.typed
    new, secret = not _takes_part(context), context.secret
    if new:
        secret = newcomers.secret_to_be(context)
        if not secret:
            return newcomers.sent_again(context)
        # A repeated request: the response with the pass was lost, or the button was pressed twice.
        context.actor = application.roster.holder(secret) or context.actor
        new = not _takes_part(context)
    command = from_form({"do": "join", **_stated(context)})
    assert isinstance(command, Join)
    name, attributes = _checked(context, command, new)
    if new and _has_to_wait(context, secret):
        return context.redirect(f"{context.way}/join")
    with application.roster.written_soon():
        if new:
            context.actor = passes.issue(
                application, context.id, PARTICIPANT, name=name, attributes=attributes, secret=secret
            )[1]
            application.joins.count(context.id, context.network, context.now)
        else:
            application.roster.describe(secret, name, attributes)
            application.holders.pop(secret, None)
    await application.roster.synced()  # one sync for all who join now; no voice may be there before its pass is
    await carry_out(context, command, fields.get("key") or new_key(context.now))
    response = context.redirect(context.way)
    if context.embedded:
        keep_embedded(response, context.request, context.id, secret, context.way)
    else:
        context.browser.with_active(secret, context.actor).write(response)
    return newcomers.joined(context, response)


def _takes_part(context: RequestContext) -> bool:
    """Whether the reader has a pass of this session with which one takes part."""
    return bool(context.actor.roles & Join.roles) and context.actor.session == context.id


def _checked(context: RequestContext, command: Join, new: bool) -> tuple[str, Attributes]:
    """The name and the attributes of a person who joins. Raises Refused, before a pass is issued."""
    me, state = context.actor, context.session.state
    name = visible_name(me.name if me.seat else context.typed.get("name", me.name))
    _require_code(context)
    by = Actor("", "", Join.roles) if new else me.actor()
    command.decide(state, by, context.now)
    attributes = attributes_of(command)
    check_hand(state, by.person, attributes)
    return me.name if me.person in state.measures.renamed else name, attributes  # moderators decided about it


def _require_code(context: RequestContext) -> None:
    """Raises Refused if the reader has no pass and did not bring the session code."""
    if context.code:
        return
    if not context.typed_code.strip():
        raise Refused("code_needed").at("code")
    context.application.security_log.tell("code_failed", context.id)
    if seconds := context.slowed_down():
        raise Refused("too_fast", seconds=seconds)
    raise Refused("wrong_code", code=context.typed_code).at("code")


def _has_to_wait(context: RequestContext, secret: str) -> bool:
    """Whether a new person has to wait, because very many people join. The form is kept until the turn comes. Raises
    Refused("queue_full")."""
    application, now = context.application, context.now
    before = application.waiting.pop(secret, None)
    turn = before.turn if before else application.joins.turn(context.id, now)
    if not turn:
        raise Refused("queue_full")
    if turn <= now:
        return False
    fields = {name: value[:_LONGEST] for name, value in context.typed.items() if name in _KEPT}
    application.waiting[secret] = WaitingJoin(turn, fields)
    if len(application.waiting) > MOST_WAITING:
        del application.waiting[next(iter(application.waiting))]
    return True


def visible_name(typed: str) -> str:
    """The name that was typed, of at most the usual length; empty if there is none. Raises Refused("no_visible_name")
    if nothing in it can be seen."""
    name = cleaned_name(typed, lengths.NAME)
    if typed.strip() and not name:
        raise Refused("no_visible_name").at("name")
    return name


def _stated(context: RequestContext) -> dict[str, str]:
    """The attributes in the form; a speaker says only the lane, because the programme states the others."""
    given = {name: context.typed.get(name, "") for name in Attributes.__struct_fields__}
    if context.actor.seat:
        return {**asdict(context.actor.attributes), "lane": given["lane"]}
    return given
