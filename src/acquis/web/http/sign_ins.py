"""The sessions in which a browser holds passes, as a list that it keeps for itself: ids and roles, and no secret.

The cookies of passes are sent only to the pages of their session, so that no other page could list them.

Also the cookie of a sign-in that was begun at a provider."""

from __future__ import annotations

import re
from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response

from acquis.command.actors import ROLES
from acquis.web.http.cookies import YEAR_S, set_cookie
from acquis.web.http.passes import cookie_name
from acquis.web.http.sign_in_attempts import ATTEMPT_MS, SignInAttempt

SIGN_INS, _ATTEMPT = "signed_in", "sign_in"
MOST = 40
"""The most sessions in the list, so that the cookie stays below 4 KB; of more the oldest is left out."""
_ENTRY = re.compile(r"([\w-]{1,60}):([\w.]{1,120})", re.ASCII)


def sign_ins(request: Request) -> dict[str, tuple[str, ...]]:
    """Session -> the roles of the passes in the browser, as it was noted last. It gives no rights."""
    noted = request.cookies.get(cookie_name("", request.scope["scheme"], SIGN_INS), "").split("~")
    pairs = [match.groups() for entry in noted[:MOST] if (match := _ENTRY.fullmatch(entry))]
    return {session: tuple(role for role in roles.split(".") if role in ROLES) for session, roles in pairs}


def note_sign_in(response: Response, request: Request, session: str, roles: Iterable[str]) -> None:
    """Notes the roles of the passes of a session in the browser; none if it has no more."""
    note_sign_ins(response, request, {session: tuple(roles)})


def note_sign_ins(response: Response, request: Request, now: dict[str, tuple[str, ...]]) -> None:
    """Notes the roles of the passes of some sessions in the browser; none for those of which it has no more."""
    before = sign_ins(request)
    after = now | {session: roles for session, roles in before.items() if session not in now}
    noted = {session: roles for session, roles in after.items() if roles}
    if not noted and not before:
        return
    name = cookie_name("", request.scope["scheme"], SIGN_INS)
    value = "~".join(f"{session}:{'.'.join(theirs)}" for session, theirs in list(noted.items())[:MOST])
    set_cookie(response, request, name, value, YEAR_S if noted else 0, "/")


def attempt_of(request: Request, now: int) -> SignInAttempt | None:
    """The sign-in that was begun in the browser of a request; None if there is none, or it is too old."""
    return SignInAttempt.read(request.cookies.get(cookie_name("", request.scope["scheme"], _ATTEMPT), ""), now)


def keep_attempt(response: Response, request: Request, attempt: SignInAttempt | None) -> None:
    """Sets the cookie of a sign-in that was begun; None: it is over."""
    name, value = cookie_name("", request.scope["scheme"], _ATTEMPT), attempt.written() if attempt else ""
    set_cookie(response, request, name, value, ATTEMPT_MS // 1000 if attempt else 0, "/")
    response.headers["cache-control"] = "no-store"
    response.headers["referrer-policy"] = "no-referrer"  # the address may contain a code
