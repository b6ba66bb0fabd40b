"""Middleware: security headers on every answer, and a check of every write before it is read."""

from __future__ import annotations

import secrets
import sys
import traceback
from collections.abc import Iterable

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from acquis.web.http.body import TooLarge
from acquis.web.http.context import RequestContext, bare_context
from acquis.web.http.declaration import PUBLIC, EndpointDeclaration
from acquis.web.http.problems import problem

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
"""Bytes of a body: a pasted page of 10 MB and what the form adds. Most endpoints take far less (`body.BODY_LIMIT`)."""


_NOWHERE = EndpointDeclaration(name="problem", path="", roles=PUBLIC)


def _context(scope: Scope) -> RequestContext:
    """The context of an answer that no endpoint gives."""
    return bare_context(Request(scope), _NOWHERE)


async def http_problem(request: Request, error: Exception) -> Response:
    """The answer where no endpoint has the address or the method."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    code = "no_such_page" if status in (404, 405) else "internal"
    return problem(_context(request.scope), status, code, id="")


def _internal(scope: Scope, error: Exception) -> Response:
    """A defect of ours: the reader gets a number to report, the server's own output gets the rest."""
    number = secrets.token_hex(4)
    print(f"acquis: internal error {number}", file=sys.stderr)
    traceback.print_exception(error, file=sys.stderr)
    try:
        return problem(_context(scope), 500, "internal", id=number)
    except Exception:
        return PlainTextResponse(f"Something went wrong here (number {number}). Nothing of yours is lost.", 500)


def _too_large(scope: Scope) -> Response:
    return problem(_context(scope), 413, "too_large", limit=WRITE_LIMIT)


class SecurityMiddleware:
    """Adds the security headers to every answer, also after an internal error, and refuses writes that come from pages
    of other sites or are larger than anything here takes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def with_headers(message: Message) -> None:
            nonlocal begun
            if not begun:
                begun = True
                message["headers"] = _with_headers(message.get("headers", ()), scope["scheme"])
            await send(message)

        try:
            if scope["method"] in READING:
                await self.app(scope, receive, with_headers)
            elif _from_elsewhere(scope):
                await problem(_context(scope), 403, "cross_site")(scope, receive, with_headers)
            else:
                await self.app(scope, _bounded(receive), with_headers)
        except ClientDisconnect:
            return  # nobody is left to answer
        except Exception as error:
            if begun:
                raise  # half of an answer is out already; the server closes the connection
            large = isinstance(error, TooLarge)
            answer = _too_large(scope) if large else _internal(scope, error)
            await answer(scope, receive, with_headers)


def _with_headers(given: Iterable[tuple[bytes, bytes]], scheme: str) -> list[tuple[bytes, bytes]]:
    """The headers of an answer, and the security headers that it does not have itself."""
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
            raise TooLarge(WRITE_LIMIT)
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
