"""Where this browser is signed in: as an organizer of all sessions, and in which sessions in which roles."""

from __future__ import annotations

from typing import NamedTuple

from starlette.responses import Response

from acquis.command import Refused
from acquis.web.api.schemas import form
from acquis.web.http import passes
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint, page
from acquis.web.http.kept import Browser
from acquis.web.http.sign_ins import sign_ins

ACTS = ("take", "stay", "leave")


class SignIn(NamedTuple):
    """A session in which the browser holds passes, with their roles."""

    session: str
    title: str
    roles: tuple[str, ...]


@page("/signed-in", roles=PUBLIC, reads=False)
async def signed_in(context: RequestContext) -> Response:
    """The sessions and roles of the browser with a button to leave each, and the organizer's link that was opened where
    there was another pass."""
    board, noted = context.application.board, sign_ins(context.request)
    titles = {card.id: card.title for card in await board.listing(context.now)} if noted else {}
    return context.render(
        "pages/signed_in/page.html",
        browser=_browser(context),
        sign_ins=[SignIn(session, titles.get(session, session), roles) for session, roles in noted.items()],
        left=context.query("done") == "left",
        openid=context.application.openid,
    )


@endpoint(
    "POST",
    "/signed-in",
    name="change_sign_in",
    roles=PUBLIC,
    page="signed_in",
    accepts=form({"act": {"type": "string", "enum": list(ACTS)}}, ["act"]),
)
async def change(context: RequestContext) -> Response:
    """Take the organizer's link that was opened or not, or sign out as organizer. Raises Refused."""
    fields, browser = await context.form(), _browser(context)
    act, opened, address = fields.get("act", ""), browser.opened, "/signed-in"
    if act not in ACTS:
        raise Refused("bad_fields", field="act")
    if act == "take" and opened is not None:
        browser.with_active(*opened, keep=False)
        address = "/organize"
    elif act == "leave":
        for secret, given in browser.left():
            passes.signed_out(context.application, secret, given)
        address += "?done=left"
    browser.opened = None
    return browser.write(context.redirect(address))


def _browser(context: RequestContext) -> Browser:
    """The organizer's passes of the browser."""
    return Browser(context.application, context.request, "")
