"""Signing in with the provider of the settings (OpenID Connect)."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from acquis.command import Refused
from acquis.command.actors import ROLES
from acquis.roster import Pass
from acquis.text.visible import cleaned_name
from acquis.web.api.claiming import opened
from acquis.web.http import lengths, passes
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint
from acquis.web.http.kept import Browser
from acquis.web.http.openid import OpenId, SignInFault
from acquis.web.http.openid_access import granted
from acquis.web.http.problems import problem, refusal
from acquis.web.http.security_log import SecurityEvent
from acquis.web.http.sign_in_attempts import SignInAttempt
from acquis.web.http.sign_ins import attempt_of, keep_attempt, note_sign_ins

MOST = 20
"""The most sessions to which one sign-in gives access, so that the header of the answer stays small."""


@endpoint("GET", "/sign-in", roles=PUBLIC)
async def sign_in(context: RequestContext) -> Response:
    """Sign in with the provider of the settings: leads to its page."""
    openid = _provider(context)
    attempt = SignInAttempt.new(context.now)
    try:
        _slow_down(context, openid)
        response: Response = context.redirect(await openid.address(attempt, _back(context)))
    except (SignInFault, Refused) as error:
        return _failed(context, openid, error)
    keep_attempt(response, context.request, attempt)
    return response


@endpoint("GET", "/sign-in/back", roles=PUBLIC)
async def sign_in_back(context: RequestContext) -> Response:
    """Come back from the page of the provider: the sign-in becomes a pass."""
    openid = _provider(context)
    if context.request.method != "GET":
        return Response()  # a preview of the address uses nothing up
    try:
        response = await _signed_in(context, openid)
    except (SignInFault, Refused) as error:
        response = _failed(context, openid, error)
    keep_attempt(response, context.request, None)
    return response


async def _signed_in(context: RequestContext, openid: OpenId) -> Response:
    """The answer to a browser that comes back. Raises SignInFault, Refused."""
    _slow_down(context, openid)
    attempt = attempt_of(context.request, context.now)
    if attempt is None or context.query("state") != attempt.derived("state"):
        raise SignInFault("sign_in_expired", "the state is of no sign-in of this browser")
    if not context.query("code") or context.query("error"):
        raise SignInFault("sign_in_refused", "the provider refused")
    code, issuer = context.query("code"), context.query("iss")
    return _taken(context, openid, await openid.claims(attempt, code, issuer, _back(context)))


def _taken(context: RequestContext, openid: OpenId, claims: dict[str, Any]) -> Response:
    """The answer to a person who signed in: leads to the page of the role. Raises Refused."""
    application, settings = context.application, openid.settings
    allowed = granted(settings.access, claims)
    allowed = {session: allowed[session] for session in allowed if not session or application.roster.session(session)}
    if not allowed:
        raise Refused("no_access", name=settings.name)
    name = claims.get("name")
    given = [
        passes.sign_in(
            application,
            session,
            roles,
            f"{settings.issuer} {claims['sub']}",
            cleaned_name(name, lengths.NAME) if isinstance(name, str) else "",
            settings.hours,
        )
        for session, roles in list(allowed.items())[:MOST]
    ]
    taken = [entry for entry in given if entry is not None]
    if not taken:
        raise Refused("access_revoked")
    return _opened(context, taken, settings.hours)


def _opened(context: RequestContext, taken: list[tuple[str, Pass]], hours: int) -> Response:
    """Leads to the page of the only session, to that of organizers, or to the list of the sessions. The pass of a
    session is taken on its page, which asks where there is another one."""
    if len(taken) == 1:
        return opened(context, *taken[0])
    of_all = next((entry for entry in taken if not entry[1].session), None)
    response = opened(context, *of_all) if of_all else context.redirect("/signed-in")
    of_sessions = [(secret, given) for secret, given in taken if given.session]
    for secret, given in of_sessions:
        Browser(context.application, context.request, given.session).open(response, secret, hours * 3600)
    roles = {given.session: tuple(role for role in ROLES if role in given.roles) for _, given in of_sessions}
    note_sign_ins(response, context.request, roles)
    return response


def _failed(context: RequestContext, openid: OpenId, error: SignInFault | Refused) -> Response:
    """The page with the one sentence that says why nobody was signed in."""
    if isinstance(error, SignInFault):
        log: SecurityEvent = "sign_in_refused" if error.code == "sign_in_refused" else "sign_in_failed"
        context.application.security_log.tell(log, reason=error.reason)
        error = Refused(error.code, name=openid.settings.name)
    elif error.code != "too_fast":
        context.application.security_log.tell("sign_in_refused", reason=error.code)
    status, code, facts = refusal(error)
    return problem(context, status, code, **facts)


def _provider(context: RequestContext) -> OpenId:
    """The provider of the settings. Raises Refused."""
    if context.application.openid is None:
        raise Refused("no_such_page")
    return context.application.openid


def _slow_down(context: RequestContext, openid: OpenId) -> None:
    """Raises Refused("too_fast") after too many sign-ins from the network of the client."""
    if seconds := openid.limit.wait(context.network, context.now):
        raise Refused("too_fast", seconds=seconds)


def _back(context: RequestContext) -> str:
    """The address to which the provider sends a browser back; it is registered there."""
    return f"{(context.application.base_url or context.base_url).rstrip('/')}/sign-in/back"
