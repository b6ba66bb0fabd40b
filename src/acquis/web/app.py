"""The application: every address, and the guard around all of them."""

from __future__ import annotations

import secrets
import sys
import traceback

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from acquis.web import commands, data, desk, organize, pages, passes, record_page, static
from acquis.web.access import PAGES
from acquis.web.house import House
from acquis.web.problems import problem

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


def create_app(house: House) -> Starlette:
    """The application of a house."""
    app = Starlette(
        routes=[
            Route("/p/{secret}", passes.claim, name="claim"),
            Route("/s/{session:slug}/do", commands.do, name="do", methods=["POST"]),
            Route("/s/{session:slug}/join", commands.join, name="join", methods=["POST"]),
            *pages.ROUTES,
            *organize.ROUTES,
            *desk.ROUTES,
            *record_page.ROUTES,
            *data.ROUTES,
            *static.ROUTES,
        ],
        exception_handlers={HTTPException: _http_problem, Exception: _internal},
    )
    app.state.house = house
    app.add_middleware(Guard)
    return app


async def _http_problem(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return problem(request, status, "no_such_page" if status in (404, 405) else "internal", id="")


async def _internal(request: Request, error: Exception) -> Response:
    """A defect of ours: the reader gets a number to report, the server's own output gets the rest."""
    number = secrets.token_hex(4)
    print(f"acquis: internal error {number}", file=sys.stderr)
    traceback.print_exception(error, file=sys.stderr)
    try:
        return problem(request, 500, "internal", id=number)
    except Exception:
        return PlainTextResponse(f"Something went wrong here (number {number}). Nothing of yours is lost.", 500)


class Guard:
    """On every answer: the security headers. Before every write: does it come from our own pages?"""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"] = list(message.get("headers", ()))
                named = {name for name, _ in headers}
                headers.extend((name, value) for name, value in HEADERS.items() if name not in named)
                if scope["scheme"] == "https":
                    headers.append((b"strict-transport-security", b"max-age=31536000"))
            await send(message)

        if scope["method"] not in READING and _from_elsewhere(scope):
            response = problem(Request(scope), 403, "cross_site")
            await response(scope, receive, guarded)
            return
        await self.app(scope, receive, guarded)


def _from_elsewhere(scope: Scope) -> bool:
    """Whether a write was made by a page of another site. A browser says where it comes from; a script need not."""
    headers = dict(scope["headers"])
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site not in (b"same-origin", b"none")
    origin = headers.get(b"origin")
    return origin is not None and origin.split(b"://", 1)[-1] != headers.get(b"host")


__all__ = ["HEADERS", "PAGES", "create_app"]
