"""The reports that are due, as a calendar and as a feed."""

from __future__ import annotations

from starlette.responses import Response

from acquis.board.gatherings import Owed, due_soon
from acquis.i18n import N_
from acquis.plan import dates
from acquis.reference.feeds import FeedEntry
from acquis.web.api.feeds import feed_of
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint

MOST = 200


@endpoint("GET", "/reports.{form:slug}", roles=PUBLIC, name="reports_feed")
async def reports_feed(context: RequestContext) -> Response:
    """`/reports.ics`, `.atom`, `.json`: each report that is due or overdue, until it is published. Raises Refused."""
    listing = await context.application.board.listing(context.now)
    entries = [_entry(context, report) for report in due_soon(listing, context.now, MOST)]
    return feed_of(context, entries, context.say(N_("Reports due")), "/", "reports")


def _entry(context: RequestContext, report: Owed) -> FeedEntry:
    """A report; it is news when it can be filed, and again when its deadline has passed."""
    card = report.card
    message = N_("Report overdue: {title}") if report.is_late else N_("Report due: {title}")
    when = dates.moment(report.due, card.zone, context.language)
    return FeedEntry(
        id=f"{card.id}-{report.what}-{report.state}",
        title=context.say(message, title=card.title),
        text=context.say(N_("Deadline: {when}"), when=when),
        starts=dates.instant(report.due),
        url=f"{context.base_url.rstrip('/')}/s/{card.id}/record",
        updated=dates.instant(report.due if report.is_late else card.closed_at or report.due),
    )
