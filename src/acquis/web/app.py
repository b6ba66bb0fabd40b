"""The application: every address, and the guard around all of them."""

from __future__ import annotations

import secrets
import sys
import traceback
from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from acquis.web.api import actions as commands
from acquis.web.api import session_data as data
from acquis.web.http import passes, static
from acquis.web.http.access import PAGES
from acquis.web.http.application import Application
from acquis.web.http.problems import problem
from acquis.web.pages.captions import page as captions
from acquis.web.pages.desk import page as desk
from acquis.web.pages.desk import saving as desk_saving
from acquis.web.pages.floor import page as pages
from acquis.web.pages.followup import page as followup_pages
from acquis.web.pages.gathering import page as gathering_pages
from acquis.web.pages.mine import page as own_words
from acquis.web.pages.plan import organize
from acquis.web.pages.record import page as record_page
from acquis.web.pages.record import versions as versions_page
from acquis.web.pages.reference import page as reference_pages
from acquis.web.pages.take_part import page as take_part

HEADERS = {
    b"content-security-policy": (
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}
READING = frozenset({"GET", "HEAD"})
WRITE_LIMIT = 11 * 1024 * 1024
"""Bytes of a body: a pasted page of 10 MB and what the form adds. Most doors take far less (`commands.BODY_LIMIT`)."""


def create_app(house: Application) -> Starlette:
    """The application of a house. Raises LookupError for a page that is not in the access table."""
    routes = [
        Route("/s/{session:slug}/do", commands.do, name="do", methods=["POST"]),
        Route("/s/{session:slug}/join", commands.join, name="join", methods=["POST"]),
        Route("/p/{secret}", passes.claim, name="claim"),
        *pages.ROUTES,
        *captions.ROUTES,
        *organize.ROUTES,
        *desk.ROUTES,
        *desk_saving.ROUTES,
        *record_page.ROUTES,
        *versions_page.ROUTES,
        *own_words.ROUTES,
        *followup_pages.ROUTES,
        *gathering_pages.ROUTES,
        *reference_pages.ROUTES,
        *take_part.ROUTES,
        *data.ROUTES,
        *static.ROUTES,
    ]
    if unmapped := {route.name for route in routes} - PAGES.keys():
        raise LookupError(f"nobody has decided who may open these pages (web/http/access.py): {sorted(unmapped)}")
    app = Starlette(routes=routes, exception_handlers={HTTPException: _http_problem})
    app.state.house = house
    app.add_middleware(Guard)
    return app


async def _http_problem(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return problem(request, status, "no_such_page" if status in (404, 405) else "internal", id="")


def _internal(request: Request, error: Exception) -> Response:
    """A defect of ours: the reader gets a number to report, the server's own output gets the rest."""
    number = secrets.token_hex(4)
    print(f"acquis: internal error {number}", file=sys.stderr)
    traceback.print_exception(error, file=sys.stderr)
    try:
        return problem(request, 500, "internal", id=number)
    except Exception:
        return PlainTextResponse(f"Something went wrong here (number {number}). Nothing of yours is lost.", 500)


class Guard:
    """On every answer, of our defects too: the security headers. Before every write: does it come from our own pages,
    and is it of a size that anything here takes?"""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if not begun:
                begun = True
                message["headers"] = _with_headers(message.get("headers", ()), scope["scheme"])
            await send(message)

        try:
            if scope["method"] in READING:
                await self.app(scope, receive, guarded)
            elif _from_elsewhere(scope):
                await problem(Request(scope), 403, "cross_site")(scope, receive, guarded)
            else:
                await self.app(scope, _bounded(receive), guarded)
        except ClientDisconnect:
            return  # nobody is left to answer
        except Exception as error:
            if begun:
                raise  # half of an answer is out already; the server closes the connection
            large = isinstance(error, commands.TooLarge)
            request = Request(scope)
            answer = problem(request, 413, "too_large", limit=WRITE_LIMIT) if large else _internal(request, error)
            await answer(scope, receive, guarded)


def _with_headers(given: Iterable[tuple[bytes, bytes]], scheme: str) -> list[tuple[bytes, bytes]]:
    """The headers of an answer, and those of the guard that it has none of its own of."""
    headers = list(given)
    named = {name for name, _ in headers}
    headers.extend(pair for pair in HEADERS.items() if pair[0] not in named)
    if scheme == "https":
        headers.append((b"strict-transport-security", b"max-age=31536000"))
    return headers


def _bounded(receive: Receive) -> Receive:
    """The same body, of which no more than the largest that anything here takes is ever let in."""
    left = WRITE_LIMIT

    async def bounded() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise commands.TooLarge(WRITE_LIMIT)
        return message

    return bounded


def _from_elsewhere(scope: Scope) -> bool:
    """Whether a write was made by a page of another site. A browser says where it comes from; a script need not."""
    headers = dict(scope["headers"])
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site not in (b"same-origin", b"none")
    origin = headers.get(b"origin")
    return origin is not None and origin.split(b"://", 1)[-1] != headers.get(b"host")


__all__ = ["HEADERS", "PAGES", "create_app"]
