"""The sessions in which a browser holds passes, as a list that it keeps for itself: ids and roles, and no secret.

The cookies of passes are sent only to the pages of their session, so that no other page could list them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response

from acquis.command.actors import ROLES
from acquis.web.http.passes import YEAR_S, cookie_name

SIGN_INS = "signed_in"
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
    before, now = sign_ins(request), tuple(roles)
    noted = {session: now, **{other: theirs for other, theirs in before.items() if other != session}} if now else before
    if not now and noted.pop(session, None) is None:
        return
    scheme = request.scope["scheme"]
    response.set_cookie(
        cookie_name("", scheme, SIGN_INS),
        "~".join(f"{name}:{'.'.join(theirs)}" for name, theirs in list(noted.items())[:MOST]),
        max_age=YEAR_S if noted else 0,
        path="/",
        secure=scheme == "https",
        httponly=True,
        samesite="lax",
    )
