"""Passes at the door: a cookie tells who somebody is.

A pass is a link once (`/p/...`), then a cookie that scripts cannot read. It is kept hashed; who loses it gets another.
"""

from __future__ import annotations

from msgspec.structs import replace
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from acquis.attributes import NOT_SAID, Attributes
from acquis.command import CAPTIONER, MODERATORS, PARTICIPANT, RAPPORTEUR, READER, SPEAKER
from acquis.roster import Pass
from acquis.state import State
from acquis.web.http.application import Application, house_of, new_id, new_secret

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


def pass_of(request: Request, session: str) -> Pass:
    """Who is asking, in this session: the session's pass; the organizer's; both together; or a reader without an id."""
    house = house_of(request)
    own = _holder(house, secret_of(request, session))
    if own is not None and own.session != session:
        own = None
    organizer = organizer_of(request)
    if own is None:
        return organizer or STRANGER
    if organizer is None:
        return own
    return replace(own, roles=own.roles | organizer.roles)


def has_to_join(state: State, actor: Pass) -> bool:
    """Whether somebody has to join before they see what goes on: under the Chatham House Rule, readers without a pass
    of the session, until it has ended; then everybody sees what is left without names."""
    return state.settings.chatham and not state.closed_at and actor is STRANGER


def organizer_of(request: Request) -> Pass | None:
    """The organizer's pass, if one is held."""
    found = _holder(house_of(request), secret_of(request, ""))
    return found if found is not None and found.session == "" else None


def secret_of(request: Request, session: str) -> str:
    """The secret of the session's pass (or the organizer's, session empty), empty if there is none."""
    return request.cookies.get(cookie_name(session, request.scope["scheme"]), "")


def _holder(house: Application, secret: str) -> Pass | None:
    if not 20 <= len(secret) <= 64:
        return None
    if secret not in house.holders:
        if len(house.holders) > 100_000:
            house.holders.clear()
        found = house.roster.holder(secret)
        if found is None:
            return None  # not kept: whoever guesses must not fill the memory
        house.holders[secret] = found
    return house.holders[secret]


def issue(
    house: Application,
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
        issued=house.clock.now(),
    )
    secret = new_secret()
    house.roster.issue(secret, given)
    return secret, given


def revoke(house: Application, session: str, person: str) -> None:
    """Make somebody's passes worthless, at once and on open streams too."""
    house.roster.revoke(session, person)
    house.holders.clear()
    house.streams.drop(person)


def remember(response: Response, url: URL, session: str, secret: str) -> Response:
    """Put the pass into a cookie: for one session's pages, or for the whole house (an organizer's)."""
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


def place_of(found: Pass) -> str:
    """Where the holder of a pass works."""
    if found.session == "":
        return "/organize"
    base = f"/s/{found.session}"
    if found.roles & MODERATORS:
        return f"{base}/console"
    if RAPPORTEUR in found.roles:
        return f"{base}/desk"
    if CAPTIONER in found.roles:
        return f"{base}/captions"
    return base


async def claim(request: Request) -> Response:
    """The first visit with a pass link: the secret leaves the address and becomes a cookie."""
    response = _claim(request)
    response.headers["referrer-policy"] = "no-referrer"  # the address is the secret
    response.headers["cache-control"] = "no-store"
    return response


def _claim(request: Request) -> Response:
    house = house_of(request)
    secret = request.path_params["secret"]
    found = house.roster.holder(secret)
    if found is None:
        from acquis.web.http.problems import problem  # noqa: PLC0415  # the problem page knows the passes

        address = request.client.host if request.client else ""
        seconds = house.claims.wait(address, house.clock.now())
        return problem(request, 429 if seconds else 404, "too_fast" if seconds else "no_such_pass", seconds=seconds)
    response = RedirectResponse(place_of(found), 303)
    return remember(response, request.url, found.session, secret)
