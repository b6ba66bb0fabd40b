"""What this browser is in a session. A link that is opened where there is a pass already is not taken without asking;
several passes can be kept, of which one is active; a code moves a person to another device."""

from __future__ import annotations

from starlette.responses import Response

from acquis.board import code_of
from acquis.charts.qr import qr_image
from acquis.command import ORGANIZER, PARTICIPANT, Refused
from acquis.roster import Pass
from acquis.web.api.claiming import place_of
from acquis.web.api.schemas import form
from acquis.web.http import lengths, passes
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint, page
from acquis.web.http.moving import CODE_MS
from acquis.web.words.phrases import clock_time

ACTS = ("keep", "replace", "stay", "use", "code", "move", "leave")


@page("/s/{session:slug}/device", roles=PUBLIC, reads=True, drafts=True)
async def device(context: RequestContext) -> Response:
    """A link that was opened is taken at once where there is no other pass. `?code=` is put into the field."""
    browser = context.browser
    if browser.opened is not None and not context.wrong and context.request.method == "GET":
        secret, given = browser.opened
        alone = browser.active is None and not context.organizes_all
        if alone or browser.is_here(given.person):
            return browser.with_active(secret, given).write(context.redirect(place_of(given)))
    return _shown(context)


def _shown(context: RequestContext, code: str = "") -> Response:
    address = f"{(context.application.base_url or context.base_url).rstrip('/')}/s/{context.id}/device"
    return context.render(
        "pages/device/page.html",
        state=context.state,
        browser=context.browser,
        organizer=context.browser.active is None and ORGANIZER in context.actor.roles,
        code=f"{code[:4]}-{code[4:]}" if code else "",
        address=address,
        qr=qr_image(f"{address}?code={code}") if code else "",
        until=clock_time(context.now + CODE_MS, context.zone)[:5],
        typed_code=context.query("code")[: lengths.CODE],
    )


@endpoint(
    "POST",
    "/s/{session:slug}/device",
    roles=PUBLIC,
    reads=True,
    drafts=True,
    page="device",
    accepts=form(
        {
            "act": {"type": "string", "enum": list(ACTS)},
            "person": {"type": "string"},
            "code": {"type": "string", "maxLength": lengths.CODE},
        },
        ["act"],
    ),
)
async def change_device(context: RequestContext) -> Response:
    """Take the pass of a link or not, use a kept pass, sign out, show a code, or move here with a code. Raises
    Refused."""
    fields, browser = await context.form(), context.browser
    act = fields.get("act", "")
    if act not in ACTS:
        raise Refused("bad_fields", field="act")
    if act == "code" and browser.active is not None:
        person = browser.active.given.person
        return _shown(context, context.application.moves.code_for(context.id, person, context.now))
    if act in ("keep", "replace") and browser.opened is not None:
        browser.with_active(*browser.opened, keep=act == "keep")
    elif act == "use":
        chosen = next((entry for entry in browser.kept if entry.given.person == fields.get("person")), None)
        if chosen is not None:
            browser.with_active(*chosen)
    elif act == "leave":
        return _left(context, fields.get("person", ""))
    elif act == "move":
        browser.with_active(*_moved(context, fields.get("code", "")))
    browser.opened = None
    there = browser.active
    return browser.write(context.redirect(place_of(there.given) if there else f"/s/{context.id}"))


def _left(context: RequestContext, person: str) -> Response:
    """Signs out a person, or everybody, on this device. A participant has no link with which to come back, so nobody
    could use the pass but a thief: it is revoked."""
    for secret, given in context.browser.left(person):
        passes.signed_out(context.application, secret, given)
        if given.roles == {PARTICIPANT}:
            passes.revoke(context.application, context.id, given.person)
    return context.browser.write(context.redirect("/signed-in?done=left"))


def _moved(context: RequestContext, typed: str) -> tuple[str, Pass]:
    """The new pass of the person of a code; the earlier passes of this person end. Every try counts, also a right one,
    so that the limit slows whoever guesses. Raises Refused."""
    application = context.application
    if seconds := application.moving.wait(f"{context.id} {context.network}", context.now):
        raise Refused("too_fast", seconds=seconds)
    person = application.moves.take(context.id, code_of(typed), context.now)
    moved = passes.rotate(application, context.id, person) if person else None
    if moved is None:
        raise Refused("no_such_move", code=typed[: lengths.CODE]).at("code")
    return moved
