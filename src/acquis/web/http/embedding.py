"""Pages in a frame of another site: who may embed them, and the pass that begins there.

Everything that a frame may do has an address below `/s/{session}/embed`. There a reader has no pass but the one of a
participant who joined in the frame: its cookie is sent to these addresses only, and the cookies of the site itself
count for nothing, so that a site which deceives somebody about where they click gains no act of staff by it.
"""

from __future__ import annotations

from ipaddress import ip_address

from starlette.requests import Request
from starlette.responses import Response

from acquis.command import PARTICIPANT
from acquis.roster import Pass
from acquis.web.http.application import Application
from acquis.web.http.cookies import YEAR_S, set_cookie
from acquis.web.http.passes import STRANGER, cookie_name, holder_of

PASS = "embedded"


def from_the_frame(request: Request) -> bool:
    """Whether the browser says that a page of this server makes the request. Cookies of a frame are sent whoever makes
    it, so that here silence is no answer."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("origin", "") == f"{request.scope['scheme']}://{request.headers.get('host', '')}"


def keeps_a_pass(request: Request) -> bool:
    """Whether browsers keep a cookie in a frame: over HTTPS, or from this machine, which they trust."""
    host = request.url.hostname or ""
    try:
        here = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        here = False
    return here or request.scope["scheme"] == "https"


def embedded_secret(request: Request, session: str) -> str:
    """The secret in the cookie of the frame; "" if there is none."""
    return request.cookies.get(cookie_name(session, request.scope["scheme"], PASS), "")


def embedded_pass(application: Application, request: Request, session: str) -> Pass:
    """The pass that began in the frame, or STRANGER. One of staff is nothing here, however its secret came there."""
    holder = holder_of(application, embedded_secret(request, session))
    usable = holder is not None and holder.session == session and holder.roles == {PARTICIPANT} and not holder.seat
    return holder if holder is not None and usable else STRANGER


def keep_embedded(response: Response, request: Request, session: str, secret: str, path: str) -> Response:
    """The same response, with the cookie of a pass for the pages below a path."""
    name = cookie_name(session, request.scope["scheme"], PASS)
    set_cookie(response, request, name, secret, YEAR_S, path, embedded=True)
    response.headers["cache-control"] = "no-store"
    return response
