"""The one door over HTTP: `POST /s/{session}/do`, for forms, scripts and tests alike.

201 with a number: it is on the record, durable, at that number. 200 without one: it is so already. 4xx: not on the
record and never will be. Anything else: not known; send it again with the same key, which is safe for ever.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from acquis.attributes import Attributes, attributes_of
from acquis.command import CAPTIONER, MODERATORS, PARTICIPANT, Actor, Command, Newcomer, Refused
from acquis.commands import decode, from_form
from acquis.floor.people import Join
from acquis.i18n.refusals import refusal_sentence
from acquis.record import Entry, RecordBroken, RecordFull
from acquis.roster import Pass
from acquis.session import Session
from acquis.web.http import passes
from acquis.web.http.application import Application, house_of, new_key, new_secret
from acquis.web.http.problems import json_response, problem, status_of, wants_json
from acquis.web.http.rendering import language_of

BODY_LIMIT = 64 * 1024
NAME_LIMIT = 80

PageFunction = Callable[[Request, str, dict[str, str], int], Awaitable[Response]]
"""Render a page again: (request, the sentence of what went wrong, what was typed, status)."""

PAGES: dict[str, PageFunction] = {}
"""The pages that forms come back to, by name; the modules of pages enter theirs."""

_KEY = re.compile(r"^[A-Za-z0-9_.:~-]{8,64}$")
_ADDRESSES = {"floor": ""}


def address(session: str, page: str) -> str:
    """The address of a page of a session."""
    tail = _ADDRESSES.get(page, f"/{page}")
    return f"/s/{session}{tail}"


class TooLarge(Exception):
    """A body beyond its limit (bytes)."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


async def body_of(request: Request, limit: int = BODY_LIMIT) -> bytes:
    """The body, never more of it than `limit` bytes in memory. Raises TooLarge."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise TooLarge(limit)
    return body


async def form_of(request: Request, limit: int = BODY_LIMIT, fields: int = 200) -> dict[str, str]:
    """The fields of an HTML form, urlencoded, at most `fields` of them. Raises TooLarge, Refused("bad_fields")."""
    from urllib.parse import parse_qsl  # noqa: PLC0415  # scripts and phones with JavaScript never come here

    body = await body_of(request, limit)
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=fields))
    except ValueError as error:
        raise Refused("bad_fields", reason=str(error)) from error


async def do(request: Request) -> Response:
    """The door."""
    house = house_of(request)
    session = await house.board.session(request.path_params["session"])
    if session is None:
        return problem(request, 404, "no_such_session")
    me = passes.pass_of(request, session.log)
    if request.headers.get("content-type", "").startswith("application/json"):
        return await _do_json(request, house, session, me)
    return await _do_form(request, house, session, me)


async def _do_json(request: Request, house: Application, session: Session, me: Pass) -> Response:
    try:
        command = decode(await body_of(request))
        entry = await carry_out(house, session, me, command, request.headers.get("idempotency-key", ""))
    except (Refused, RecordFull, RecordBroken, TooLarge) as error:
        status, code, facts = refusal(error)
        return problem(request, status, code, **facts)
    return _seq(entry)


async def _do_form(request: Request, house: Application, session: Session, me: Pass) -> Response:
    fields: dict[str, str] = {}
    page = "floor"
    try:
        fields = await form_of(request)
        page, key = fields.pop("page", page), fields.pop("key", "")
        entry = await carry_out(house, session, me, from_form(fields), key)
    except (Refused, RecordFull, RecordBroken, TooLarge) as error:
        status, code, facts = refusal(error)
        again = PAGES.get(page)
        if again is None or code == "not_allowed" or wants_json(request):
            return problem(request, status, code, **facts)
        return await again(request, refusal_sentence(language_of(request), code, facts), fields, status)
    if wants_json(request):
        return _seq(entry)
    return RedirectResponse(address(session.log, page if page in PAGES else "floor"), 303)


def _seq(entry: Entry | None) -> Response:
    return json_response(201 if entry else 200, {"seq": entry.seq if entry else None})


async def carry_out(house: Application, session: Session, me: Pass, command: Command, key: str) -> Entry | None:
    """One command of one person, with what a command may need of the application: rate limits, the names of the roster,
    a thread for slow work.

    Raises Refused, RecordFull, RecordBroken."""
    if not _KEY.match(key):
        raise Refused("key_missing")
    if not me.roles & command.roles:
        raise Refused("not_allowed", roles=sorted(command.roles))
    now, actor, command = house.clock.now(), me.actor(), command.keyed(key)
    if not me.roles & (MODERATORS | {CAPTIONER}) and (seconds := house.actions.wait(me.person, now)):
        raise Refused("too_fast", seconds=seconds)
    if not command.signed(actor) and (seconds := house.nameless.wait(me.person, now)):
        raise Refused("too_fast", seconds=seconds)
    slow = command.prepare(session.state, lambda: house.roster.names(session.log).values())
    if slow is not None:
        await asyncio.to_thread(slow)
    entry = await session.do(command, actor, now, key)
    if entry is not None and (newcomer := command.newcomer()):
        _remember_name(house, session.log, newcomer)
    if command.erases():
        await house.board.reindex(session)
    return entry


def _remember_name(house: Application, session: str, newcomer: Newcomer) -> None:
    if newcomer.person in house.roster.names(session):
        return
    given = Pass(
        session=session,
        roles=frozenset(),
        person=newcomer.person,
        voice="",
        name=newcomer.name,
        attributes=newcomer.attributes,
        issued=house.clock.now(),
    )
    house.roster.issue(new_secret(), given)


async def join(request: Request) -> Response:
    """Take part: a pass if there is none, what one says of oneself into the roster, the voice into the log."""
    house = house_of(request)
    session = await house.board.session(request.path_params["session"])
    if session is None:
        return problem(request, 404, "no_such_session")
    fields: dict[str, str] = {}
    me = passes.pass_of(request, session.log)
    try:
        fields = await form_of(request)
        wish = {field: fields.get(field, "") for field in Attributes.__struct_fields__}
        command = from_form({"do": "join", **wish})
        assert isinstance(command, Join)
        key = fields.get("key") or new_key(house.clock.now())
        secret = house.joined.get(key, "")  # sent again: the answer with the cookie was lost, or they tapped twice
        me = house.roster.holder(secret) or me if secret else me
        new = not me.roles & Join.roles or me.session != session.log
        actor = Actor("", "", Join.roles) if new else me.actor()
        command.decide(session.state, actor, house.clock.now())  # refused before a pass is made for nothing
        name = fields.get("name", "").strip()[:NAME_LIMIT]
        if new:
            attributes = attributes_of(command)
            secret, me = passes.issue(house, session.log, PARTICIPANT, name=name, attributes=attributes)
            house.remember_join(key, secret)
        else:
            secret = secret or passes.secret_of(request, session.log)
            house.roster.describe(secret, name or me.name, attributes_of(command))
            house.holders.pop(secret, None)
        await carry_out(house, session, me, command, key)
    except (Refused, RecordFull, RecordBroken, TooLarge) as error:
        status, code, facts = refusal(error)
        return await PAGES["floor"](request, refusal_sentence(language_of(request), code, facts), fields, status)
    response = RedirectResponse(address(session.log, "floor"), 303)
    return passes.remember(response, request.url, session.log, secret)


def refusal(error: Exception) -> tuple[int, str, dict[str, object]]:
    """The status, code and facts of what a command ended in."""
    if isinstance(error, Refused):
        return status_of(error.code), error.code, error.facts
    if isinstance(error, TooLarge):
        return 413, "too_large", {"limit": error.limit}
    code = "disk_full" if isinstance(error, RecordFull) else "broken"
    return status_of(code), code, {}
