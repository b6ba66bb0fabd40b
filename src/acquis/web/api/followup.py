"""The commitments of all sessions as calendar, feed, table and data."""

from __future__ import annotations

from starlette.responses import Response

from acquis.command import Refused
from acquis.documents.tables import written
from acquis.followup.commitments import UNFINISHED
from acquis.followup.tracking import COLUMNS, Filter, Tracked, board, rows, to_json, tracked
from acquis.i18n import N_, say
from acquis.plan import dates
from acquis.reference.feeds import FeedEntry
from acquis.reference.library import library
from acquis.web.api.feeds import data_file, feed_of
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint
from acquis.web.words import followup as words

TITLE = N_("Follow-up: calls to action and progress")
MOST = 200
"""The most entries of a feed."""


async def all_tracked(context: RequestContext) -> list[Tracked]:
    """The commitments of all sessions as of now."""
    now, books = context.now, library()
    cards = await context.application.board.listing(now)
    return [tracked(c.id, c.title, c.rehearsal, commitment, now, books) for c in cards for commitment in c.commitments]


def wanted(context: RequestContext) -> Filter:
    """The filter that the query parameters ask for; each value is cut after 120 characters."""
    return Filter(**{name: context.query(name)[:120] for name in Filter.__struct_fields__})


@endpoint("GET", "/followup.{form:slug}", roles=PUBLIC)
async def followup_feed(context: RequestContext) -> Response:
    """`/followup.ics`, `.atom`, `.csv`, `.json`, with the filters of the page. Raises Refused."""
    language, kind, base = context.language, context.part("form"), context.base_url.rstrip("/")
    chosen = wanted(context)
    listed = board(commitment for commitment in await all_tracked(context) if chosen.takes(commitment))
    if kind == "csv":
        return data_file(written(COLUMNS, rows(listed)), "text/csv; charset=utf-8")
    if kind == "json":
        return data_file(to_json(listed), "application/json")
    if kind == "ics":
        entries = [_date(language, commitment, base) for commitment in listed if commitment.due_at]
    elif kind == "atom":
        changes = [
            _changed(language, commitment, number, base)
            for commitment in listed
            for number in range(len(commitment.changes))
        ]
        entries = sorted(changes, key=lambda entry: (entry.updated, entry.id), reverse=True)[:MOST]
    else:
        raise Refused("no_such_page")
    return feed_of(context, entries, context.say(TITLE), "/followup", "follow-up")


def _place(tracked: Tracked, base: str) -> str:
    return f"{base}/s/{tracked.session}/followup#c{tracked.entry}"


def _date(language: str, tracked: Tracked, base: str) -> FeedEntry:
    """The due day of a commitment as an entry of a calendar."""
    text = " · ".join(
        (words.who(language, tracked), say(language, words.STATUSES[tracked.status]), tracked.session_title)
    )
    return FeedEntry(
        id=f"{tracked.session}-{tracked.entry}",
        title=tracked.what[:120],
        text=text,
        starts=dates.instant(tracked.due_at),
        day=True,
        url=_place(tracked, base),
        updated=dates.instant(tracked.changed_at),
        alarm_days=(7, 1) if tracked.status in ("overdue", *UNFINISHED) else (),
    )


def _changed(language: str, tracked: Tracked, number: int, base: str) -> FeedEntry:
    """A change of a commitment as an entry of a feed."""
    change = tracked.changes[number]
    return FeedEntry(
        id=f"{tracked.session}-{change.entry}",
        title=f"{say(language, words.CHANGE_KINDS.get(change.kind, change.kind))}: {tracked.what[:100]}",
        text=words.entry_text(language, tracked, change),
        url=_place(tracked, base),
        updated=dates.instant(change.at),
    )
