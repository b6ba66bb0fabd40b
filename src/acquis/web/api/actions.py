"""Actions of people in a session: `POST /s/{session}/do`, for forms, scripts and tests alike.

201 with a number: it is on the record, durable, at that number. 200 without one: it is so already. 202 with a number: a
text is erased and shown nowhere, and is being removed from the files. 4xx: not on the record and never will be.
Anything else: not known; send it again with the same key, which is safe for ever.
"""

from __future__ import annotations

import asyncio
import re

from starlette.responses import Response

from acquis.command import CAPTIONER, MODERATORS, Command, KnownPerson, Refused
from acquis.commands import decode, from_form
from acquis.floor.people import Join
from acquis.plan.programme import PublishProgramme
from acquis.record import Entry
from acquis.roster import Pass
from acquis.web.api.schemas import KEY, form
from acquis.web.http import passes
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import address, endpoint
from acquis.web.http.ids import new_ballot, new_secret
from acquis.web.http.problems import json_response, wants_json

_KEY = re.compile(r"^[A-Za-z0-9_.:~-]{8,64}$")


@endpoint(
    "POST",
    "/s/{session:slug}/do",
    roles=PUBLIC,
    bearer=True,
    accepts={
        "application/json": {"type": "object", "required": ["do"]},
        **form({"do": {"type": "string"}, "page": {"type": "string"}, "key": KEY}, ["do", "key"]),
    },
)
async def do(context: RequestContext) -> Response:
    """Carry out one command, as JSON or as a form. A form comes back to the page that it names."""
    if context.request.headers.get("content-type", "").startswith("application/json"):
        command = decode(await context.body())
        entry = await carry_out(context, command, context.request.headers.get("idempotency-key", ""))
        return _seq(context, command, entry)
    prefix = "embedded_" if context.embedded else ""
    context.page = f"{prefix}floor"
    fields = await context.form()
    (page, _, context.back), key = fields.pop("page", "floor").partition("?"), fields.pop("key", "")
    context.page = f"{prefix}{page}"
    command = from_form(fields)
    entry = await carry_out(context, command, key)
    row = f"#q{fields['question']}" if context.back and "question" in fields else ""  # where the reader was in a list
    return _seq(context, command, entry) if wants_json(context.request) else context.redirect(address(context) + row)


def _seq(context: RequestContext, command: Command, entry: Entry | None) -> Response:
    """The answer with the number of the entry; 202 while a text that was erased may still be in a file."""
    if entry is None:
        return json_response(200, {"seq": None})
    remains = command.erases() and context.application.erasing.is_under_way(context.id)
    return json_response(202 if remains else 201, {"seq": entry.seq})


def count_action(context: RequestContext) -> None:
    """Count an action of the reader for the rate limit. Raises Refused("too_fast")."""
    application, me = context.application, context.actor
    if me.roles & (MODERATORS | {CAPTIONER}):
        return
    if seconds := application.actions.wait(me.person, application.clock.now()):
        raise Refused("too_fast", seconds=seconds)


async def carry_out(context: RequestContext, command: Command, key: str, *, counted: bool = True) -> Entry | None:
    """One command of the reader, with what a command may need of the application: rate limits, the names of the roster,
    a thread for slow work. counted: false for a line of a file, because the file is counted as one action.

    Raises Refused, RecordFull, RecordBroken."""
    application, session, me = context.application, context.session, context.actor
    if not _KEY.match(key):
        raise Refused("key_missing")
    if not me.roles & command.roles:
        raise Refused("not_allowed", roles=sorted(command.roles))
    now, command = application.clock.now(), command.keyed(key)
    actor = me.actor(new_ballot() if isinstance(command, Join) else "")
    if counted:
        count_action(context)
    if not command.signed(actor) and (seconds := application.nameless.wait(me.person, now)):
        raise Refused("too_fast", seconds=seconds)
    command = command.meant(lambda: application.shown_names.people(session.log, session.state, context.language))
    if (person := command.signs_out()) and person not in application.roster.participants(session.log):
        raise Refused("no_such_person")
    if (person := command.concerns()) and not is_known(context, person):
        raise Refused("no_such_person")
    command = command.with_voice(application.roster.voice(session.log, person) if person else "")
    successor, authors = command.hands_over(), application.roster.authors
    if successor and successor.former and successor.role not in authors(session.log).get(successor.former, ()):
        raise Refused("no_such_person")
    if before := command.follows(session.state):
        await session.publish(before, now)
    slow = command.prepare(session.state, lambda: application.roster.names(session.log).values())
    if slow is not None:
        await asyncio.to_thread(slow)
    erases = application.erasing.text if command.erases() else None
    entry = await (erases(session, command, actor, now, key) if erases else session.do(command, actor, now, key))
    if entry is not None and (newcomer := command.newcomer()):
        _remember_name(context, newcomer)
    if entry is not None and (person := command.signs_out()):
        passes.rotate(application, context.id, person)  # nobody learns the new secret: a code replaces it
    if entry is not None and successor:
        passes.hand_over(application, context.id, successor)
    if entry is not None and (person := command.revokes()):
        passes.revoke(application, context.id, person, me.person)
    if entry is not None and (renamed := command.renames()):
        _rename(context, *renamed)
    if entry is not None and isinstance(command, PublishProgramme) and session.state.procedure is None:
        taken = await application.board.procedure_of(str(command.document.get("gathering", "")), now)
        if taken is not None:
            await carry_out(context, taken, f"{key[:56]}-taken", counted=False)
    if entry is not None and application.checkpoints is not None:
        application.checkpoints.notice(session)
    return entry


def is_known(context: RequestContext, person: str) -> bool:
    """Whether a person has ever held a pass to the session, or was put on the list without a name."""
    if context.application.roster.knows(context.id, person):
        return True
    return any(hand.person == person for hand in context.session.state.hands.values())


def _rename(context: RequestContext, person: str, name: str) -> None:
    """Store the new name of a person; somebody who was put on the list without a name gets the first one."""
    application = context.application
    if application.roster.knows(context.id, person):
        application.roster.rename(context.id, person, name)
    elif name:
        hand = next(hand for hand in context.session.state.hands.values() if hand.person == person)
        _remember_name(context, KnownPerson(person, name, hand.attributes))
    application.holders.clear()


def _remember_name(context: RequestContext, newcomer: KnownPerson) -> None:
    roster = context.application.roster
    if newcomer.person in roster.names(context.id):
        return
    given = Pass(
        session=context.id,
        roles=newcomer.roles,
        person=newcomer.person,
        voice="",
        name=newcomer.name,
        attributes=newcomer.attributes,
        issued=context.now,
    )
    roster.issue(new_secret(), given)
