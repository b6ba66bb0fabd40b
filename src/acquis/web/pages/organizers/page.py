"""The organizers of all sessions: their links are made, shown once, given a last day, replaced and revoked. The last
link is never revoked without a new one being shown."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from starlette.responses import Response

from acquis.command import ORGANIZER, Refused
from acquis.i18n import N_
from acquis.roster import Pass
from acquis.web.api.joining import visible_name
from acquis.web.api.schemas import form
from acquis.web.http import lengths, passes
from acquis.web.http.assets import DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint, page
from acquis.web.http.kept import Browser
from acquis.web.pages.plan import links

_NOTICES = {
    "revoked": N_("Access revoked. The link no longer works."),
    "limited": N_("The last day of the link was saved."),
}
ZONE = "UTC"


class Made(msgspec.Struct, frozen=True):
    """A link that was just made: the secret, and for whom it is."""

    secret: str
    given: Pass


@page(
    "/organizers",
    roles=frozenset({ORGANIZER}),
    reads=False,
    scripts=("shared/dom.js", "pages/plan/page.js"),
    styles=(DOCUMENT, "pages/plan/page.css"),
)
async def organizers(context: RequestContext) -> Response:
    """Everybody who organizes all sessions, with what can be done about the link."""
    return _shown(context)


def _shown(context: RequestContext, made: Made | None = None) -> Response:
    shown = [links.link_of(context, made.secret, made.given)] if made else []
    holders = [links.holder_of(context, given, ZONE) for given in context.application.roster.passes("")]
    return context.render(
        "pages/organizers/page.html",
        notice=context.say(_NOTICES.get(context.query("done"), "")) if not context.wrong else "",
        holders=holders,
        monitors={holder.person for holder in holders if holder.role != ORGANIZER},
        made=shown,
        links_csv=links.csv_address(shown),
        roles=context.words(links.ROLES),
        programme=None,
    )


@endpoint(
    "POST",
    "/organizers",
    name="organizers_links",
    roles=frozenset({ORGANIZER}),
    page="organizers",
    accepts=form(
        {
            "act": {"type": "string", "enum": ["give", "rotate", "revoke", "until"]},
            "name": {"type": "string", "maxLength": lengths.NAME},
            "person": {"type": "string"},
            "until": {"type": "string", "maxLength": lengths.DAY},
        },
        ["act"],
    ),
)
async def change(context: RequestContext) -> Response:
    """Make a link and show it once, or revoke or limit one. Raises Refused."""
    fields = await context.form()
    act = _ACTS.get(fields.get("act", ""))
    if act is None:
        raise Refused("bad_fields", field="act")
    person = fields.get("person", "")
    if act is not _give and person not in {given.person for given in context.application.roster.passes("")}:
        raise Refused("no_such_pass_here")
    return act(context, person)


def _give(context: RequestContext, person: str) -> Response:
    name = visible_name(context.typed.get("name", ""))
    return _shown(context, Made(*passes.issue(context.application, "", ORGANIZER, name=name, by=context.actor.person)))


def _rotate(context: RequestContext, person: str) -> Response:
    """Who replaces the own link stays signed in with the new one."""
    browser = Browser(context.application, context.request, "")
    made = passes.rotate(context.application, "", person, context.actor.person)
    if made is None:
        raise Refused("no_such_pass_here")
    response = _shown(context, Made(*made))
    return browser.with_active(*made, keep=False).write(response) if browser.is_here(person) else response


def _revoke(context: RequestContext, person: str) -> Response:
    _keep_one(context, person)
    passes.revoke(context.application, "", person, context.actor.person)
    return context.redirect("/organizers?done=revoked")


def _until(context: RequestContext, person: str) -> Response:
    until = links.end_of_day(context.typed.get("until", ""), context.language, ZONE)
    if until:
        _keep_one(context, person)
    passes.end(context.application, "", person, until, context.actor.person)
    return context.redirect("/organizers?done=limited")


def _keep_one(context: RequestContext, person: str) -> None:
    """Raises Refused("last_organizer") if nobody else organizes all sessions for good."""
    if context.application.roster.is_last_organizer(person):
        raise Refused("last_organizer")


_ACTS: dict[str, Callable[[RequestContext, str], Response]] = {
    "give": _give,
    "rotate": _rotate,
    "revoke": _revoke,
    "until": _until,
}
