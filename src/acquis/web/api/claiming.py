"""Using the link of a pass."""

from __future__ import annotations

from starlette.responses import Response

from acquis.command import BODY, CAPTIONER, MODERATORS, ORGANIZER, RAPPORTEUR
from acquis.roster import Pass
from acquis.web.http import passes
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint
from acquis.web.http.kept import Browser
from acquis.web.http.problems import problem
from acquis.web.http.sign_ins import sign_ins


@endpoint("GET", "/p/{secret}", roles=PUBLIC)
async def claim(context: RequestContext) -> Response:
    """Open the link of a pass: the secret in the address becomes a cookie. A browser that has another pass is asked
    first."""
    secret = context.part("secret")
    holder = passes.holder_of(context.application, secret)
    if holder is not None:
        response = opened(context, secret, holder)
    else:
        seconds = context.slowed_down()
        context.application.security_log.tell("pass_failed")
        response = problem(context, 429 if seconds else 404, "too_fast" if seconds else "no_such_pass", seconds=seconds)
    response.headers["referrer-policy"] = "no-referrer"  # the address contains the secret
    response.headers["cache-control"] = "no-store"
    return response


def opened(context: RequestContext, secret: str, holder: Pass) -> Response:
    """Leads to the page that asks, or takes the pass of an organizer where there is no other pass."""
    session, browser = holder.session, Browser(context.application, context.request, holder.session)
    alone = browser.active is None and not sign_ins(context.request)
    if not session and context.request.method == "GET" and (alone or browser.is_here(holder.person)):
        return browser.with_active(secret, holder, keep=False).write(context.redirect(place_of(holder)))
    # Only pages of a session receive its cookies, so that one of them asks if there is another pass already.
    response = context.redirect(f"/s/{session}/device" if session else "/signed-in")
    browser.open(response, secret)
    return response


def place_of(holder: Pass) -> str:
    """The address of the main page for the roles of a pass."""
    if holder.session == "":
        return "/organize" if ORGANIZER in holder.roles else "/"
    base = f"/s/{holder.session}"
    if ORGANIZER in holder.roles:
        return f"{base}/plan"
    if holder.roles & MODERATORS:
        return f"{base}/console"
    if RAPPORTEUR in holder.roles:
        return f"{base}/desk"
    if BODY in holder.roles:
        return f"{base}/answer"
    return f"{base}/captions" if CAPTIONER in holder.roles else base
