"""Passes: a cookie tells who somebody is.

A pass is a link once (`/p/...`), then a cookie that scripts cannot read. It is kept hashed; who loses it gets another.
"""

from __future__ import annotations

from msgspec.structs import replace
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import Response

from acquis.attributes import NOT_SAID, Attributes
from acquis.command import PARTICIPANT, READER, SPEAKER
from acquis.roster import Pass
from acquis.web.http.application import Application
from acquis.web.http.ids import new_id, new_secret

ORGANIZER_COOKIE = "pass"
YEAR_S = 365 * 24 * 3600
STRANGER = Pass("", frozenset({READER}), "", "")


def cookie_name(session: str, scheme: str = "http") -> str:
    """The cookie of a session's pass, or of an organizer's (session empty). Over TLS its prefix makes browsers refuse
    one that was set over plain HTTP, and an organizer's also one that a neighbouring host has set."""
    name = f"pass_{session}" if session else ORGANIZER_COOKIE
    if scheme != "https":
        return name
    return f"__Secure-{name}" if session else f"__Host-{name}"


def pass_of(application: Application, request: Request, session: str) -> Pass:
    """The pass of a reader in this session (empty: outside of sessions): the session's, the organizer's, both together,
    or STRANGER."""
    own = _holder(application, secret_of(request, session)) if session else None
    if own is not None and own.session != session:
        own = None
    organizer = _holder(application, secret_of(request, ""))
    if organizer is not None and organizer.session != "":
        organizer = None
    if own is None:
        return organizer or STRANGER
    if organizer is None:
        return own
    return replace(own, roles=own.roles | organizer.roles)


def secret_of(request: Request, session: str) -> str:
    """The secret of the session's pass (or the organizer's, session empty), empty if there is none."""
    return request.cookies.get(cookie_name(session, request.scope["scheme"]), "")


def bearer_of(application: Application, request: Request, session: str) -> Pass | None:
    """Who holds the bearer token of the `Authorization` header, in this session; None without one."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not 20 <= len(secret) <= 64:
        return None
    holder = application.roster.holder(secret.strip())
    return holder if holder is not None and holder.session in (session, "") else None


def _holder(application: Application, secret: str) -> Pass | None:
    if not 20 <= len(secret) <= 64:
        return None
    if secret not in application.holders:
        if len(application.holders) > 100_000:
            application.holders.clear()
        found = application.roster.holder(secret)
        if found is None:
            return None  # not kept: whoever guesses must not fill the memory
        application.holders[secret] = found
    return application.holders[secret]


def issue(
    application: Application,
    session: str,
    role: str,
    seat: int = 0,
    name: str = "",
    attributes: Attributes = NOT_SAID,
) -> tuple[str, Pass]:
    """A new pass for one role: its secret, which is shown once, and what is kept. A speaker takes part too."""
    roles = frozenset({role, PARTICIPANT}) if role == SPEAKER else frozenset({role})
    given = Pass(
        session=session,
        roles=roles,
        person=new_id("p"),
        voice=new_id("v"),
        seat=seat,
        name=name,
        attributes=attributes,
        issued=application.clock.now(),
    )
    secret = new_secret()
    application.roster.issue(secret, given)
    return secret, given


def revoke(application: Application, session: str, person: str) -> None:
    """Make somebody's passes worthless, at once and on open streams too."""
    application.roster.revoke(session, person)
    application.holders.clear()
    application.streams.drop(person)


def remember(response: Response, url: URL, session: str, secret: str) -> Response:
    """Put the pass into a cookie: for one session's pages, or for the whole server (an organizer's)."""
    response.set_cookie(
        cookie_name(session, url.scheme),
        secret,
        max_age=YEAR_S,
        path=f"/s/{session}" if session else "/",
        secure=url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    response.headers["cache-control"] = "no-store"
    return response
