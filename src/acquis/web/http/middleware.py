"""Middleware: security headers of all responses, checks of all writes, and compression."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from starlette.exceptions import HTTPException
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from acquis.web.http.address import at_address, known_host
from acquis.web.http.body import TooLarge
from acquis.web.http.context import RequestContext, bare_context
from acquis.web.http.declaration import PUBLIC, READING, EndpointDeclaration
from acquis.web.http.headers import HEADERS
from acquis.web.http.notices import fail
from acquis.web.http.problems import problem

OTHER_HOST = "This server does not have that name. Whoever runs it can name it with `acquis serve --url`.\n"
WRITE_LIMIT = 17 * 1024 * 1024
"""The limit of any body in bytes: a pasted page of 10 MB and the overhead of its form."""


_NOWHERE = EndpointDeclaration(name="problem", path="", roles=PUBLIC)


def _context(scope: Scope) -> RequestContext:
    """The context of a response without an endpoint."""
    return bare_context(Request(scope), _NOWHERE)


async def http_problem(request: Request, error: Exception) -> Response:
    """The response if no endpoint has the path or the method. Who opens the address of a form, for example because a
    page that was refused is loaded again, is sent to the page of the form."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 405 and request.method in READING and (address := _page_of_form(request)):
        return RedirectResponse(address, 303)
    code = "no_such_page" if status in (404, 405) else "internal"
    return problem(_context(request.scope), status, code, id="")


def _page_of_form(request: Request) -> str:
    """The address of the page from which forms are sent to the address of a request; empty if there is none."""
    declarations = {declared.name: declared for declared in request.app.state.declarations}
    for route in request.app.routes:
        match, matched = route.matches(request.scope)
        if match is Match.PARTIAL and (page := declarations.get(declarations[route.name].page)):
            return str(page.address(matched["path_params"].get("session", "")))
    return ""


def _internal(scope: Scope, error: Exception) -> Response:
    """The response to an unexpected error: a number to report, with which the traceback is printed on the server."""
    number = secrets.token_hex(4)
    fail(f"internal error {number} at {scope['method']} {scope['path']}", error)
    try:
        return problem(_context(scope), 500, "internal", id=number)
    except Exception:
        return PlainTextResponse(f"Something went wrong here (number {number}). Nothing of yours is lost.", 500)


def _too_large(scope: Scope) -> Response:
    return problem(_context(scope), 413, "too_large", limit=WRITE_LIMIT)


class SecurityMiddleware:
    """Adds the security headers to every response, including those of internal errors. Refuses writes from pages of
    other sites and bodies above `WRITE_LIMIT`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        application = scope["app"].state.application
        known = not application.base_url or known_host(scope, application.base_url)
        if application.public_url:
            scope = at_address(scope, application.public_url)
        begun = False

        async def with_headers(message: Message) -> None:
            nonlocal begun
            if not begun:
                begun = True
                headers = message.get("headers", ())
                if scope["method"] == "HEAD":  # a preview of a link, for example, takes and changes nothing
                    headers = [pair for pair in headers if pair[0] != b"set-cookie"]
                message["headers"] = _with_headers(headers, scope["scheme"])
            await send(message)

        try:
            if not known:
                await PlainTextResponse(OTHER_HOST, 421)(scope, receive, with_headers)
            elif scope["method"] in READING:
                await self.app(scope, receive, with_headers)
            elif _from_elsewhere(scope):
                application.metrics.refused("cross_site")
                await problem(_context(scope), 403, "cross_site")(scope, receive, with_headers)
            else:
                await self.app(scope, _bounded(receive), with_headers)
        except ClientDisconnect:
            return  # the client is gone
        except Exception as error:
            if begun:
                raise  # part of a response was sent already; the server closes the connection
            large = isinstance(error, TooLarge)
            if not large:
                application.incidents.note("internal", application.clock.now())
            if scope["method"] not in READING:
                application.metrics.refused("too_large" if large else "internal")
            answer = _too_large(scope) if large else _internal(scope, error)
            await answer(scope, receive, with_headers)


_COMPRESSED = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/jsonl",
)
"""Media types of files that are compressed already, or never, beyond those that Starlette knows."""


class CompressionMiddleware:
    """Compresses pages and data, but no stream of events, and nothing that a page of another site may have asked for
    with the cookies of the reader: from the length of such a response it could guess a secret in it (BREACH)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        kinds = (*DEFAULT_EXCLUDED_CONTENT_TYPES, *_COMPRESSED)
        self.compressing = GZipMiddleware(app, compresslevel=6, exclude_content_types=kinds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        chosen = self.compressing if scope["type"] == "http" and _asked_here(scope) else self.app
        await chosen(scope, receive, send)


def _asked_here(scope: Scope) -> bool:
    """Whether the request has no cookies, or its browser says that no page of another site made it."""
    headers = dict(scope["headers"])
    return b"cookie" not in headers or headers.get(b"sec-fetch-site") in (b"same-origin", b"none")


def _with_headers(given: Iterable[tuple[bytes, bytes]], scheme: str) -> list[tuple[bytes, bytes]]:
    """The given headers and the security headers that are not among them."""
    headers = list(given)
    named = {name for name, _ in headers}
    headers.extend(pair for pair in HEADERS.items() if pair[0] not in named)
    if scheme == "https":
        headers.append((b"strict-transport-security", b"max-age=31536000"))
    return headers


def _bounded(receive: Receive) -> Receive:
    """A `receive` that raises TooLarge after `WRITE_LIMIT` bytes."""
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
    """Whether a page of another site makes the request. Browsers send its origin; other clients need not."""
    headers = dict(scope["headers"])
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site not in (b"same-origin", b"none")
    origin = headers.get(b"origin")
    return origin is not None and origin.split(b"://", 1)[-1] != headers.get(b"host")
