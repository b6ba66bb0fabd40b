"""The browser of a person who is about to join: the secret of the pass to come is a cookie before it is a pass.

The first request to join only receives this cookie, and is sent again by the browser (307). So a joining whose answer
was lost, even because the server was killed, is the same person when it is sent again, and two people who send the
same form are two. Nothing is kept for it but the pass itself, whose hash is in the roster."""

from __future__ import annotations

import re

from starlette.responses import RedirectResponse, Response

from acquis.command import Refused
from acquis.web.http import embedding
from acquis.web.http.context import RequestContext
from acquis.web.http.cookies import set_cookie
from acquis.web.http.ids import new_secret
from acquis.web.http.passes import cookie_name

JOINING = "joining"
JOINING_S = 3600
"""For how long a joining can be sent again, in seconds."""
_SECRET = re.compile(r"[\w-]{43}", re.ASCII)


def secret_to_be(context: RequestContext) -> str:
    """The secret that the browser brings for a new pass; empty if it brings none that can be used: one of another
    session, or of a pass that has ended."""
    secret, roster = _brought(context), context.application.roster
    if not _SECRET.fullmatch(secret):
        return ""
    holder = roster.holder(secret)
    usable = holder.session == context.id if holder is not None else not roster.has_ended(secret)
    return secret if usable else ""


def sent_again(context: RequestContext) -> Response:
    """Gives the browser a secret for a new pass, and lets it send the same form again. Raises Refused("no_cookies") or,
    in a frame, "no_cookies_in_frame" if it did so and kept no secret."""
    if "again" in context.request.query_params and not _brought(context):
        raise Refused("no_cookies_in_frame" if context.embedded else "no_cookies")
    response = RedirectResponse(f"{_path(context)}?again=1", 307)
    _set(context, response, new_secret(), JOINING_S)
    return response


def joined(context: RequestContext, response: Response) -> Response:
    """The same response, after which the browser no longer has the secret as one of a pass to come."""
    if _brought(context):
        _set(context, response, "", 0)
    return response


def _brought(context: RequestContext) -> str:
    return context.request.cookies.get(_name(context), "")


def _name(context: RequestContext) -> str:
    kind = f"{JOINING}_{embedding.PASS}" if context.embedded else JOINING
    return cookie_name(context.id, context.request.scope["scheme"], kind)


def _path(context: RequestContext) -> str:
    return f"{context.way}/join"


def _set(context: RequestContext, response: Response, secret: str, seconds: int) -> None:
    path = _path(context)
    set_cookie(response, context.request, _name(context), secret, seconds, path, embedded=context.embedded)
    response.headers["cache-control"] = "no-store"
