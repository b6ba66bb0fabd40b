"""The commitments of all sessions as calendar, feed, table and data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from msgspec.structs import replace
from starlette.responses import Response

from acquis.command import Refused
from acquis.documents.rows import written
from acquis.followup.commitments import UNFINISHED
from acquis.followup.filtering import Filter
from acquis.followup.joining import apart, joined
from acquis.followup.tracking import COLUMNS, Tracked, board, rows, to_json, tracked
from acquis.i18n import N_, say
from acquis.plan import dates
from acquis.reference.feeds import FeedEntry
from acquis.reference.library import library
from acquis.web.api.feeds import data_file, feed_of
from acquis.web.http import lengths
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
    """The filter that the query parameters ask for; each value is cut after `SEARCH` characters."""
    return Filter(**{name: context.query(name)[: lengths.SEARCH] for name in Filter.__struct_fields__})


@endpoint("GET", "/followup.{form:slug}", roles=PUBLIC)
async def followup_feed(context: RequestContext) -> Response:
    """`/followup.ics`, `.atom`, `.csv`, `.json`, with the filters of the page. As data, calls that are joined are one
    row; the calendar and the feed have each of them. Raises Refused."""
    language, kind, base = context.language, context.part("form"), context.base_url.rstrip("/")
    chosen, everything = wanted(context), await all_tracked(context)
    listed = board(row for row in joined(everything) if chosen.takes(row))
    if kind == "csv":
        return data_file(written(COLUMNS, rows(listed)), "text/csv; charset=utf-8")
    if kind == "json":
        return data_file(to_json(listed), "application/json")
    entries = _entries(language, kind, apart(listed, everything), base, titles_of(everything))
    return feed_of(context, entries, context.say(TITLE), "/followup", "follow-up")


@endpoint("GET", "/s/{session:slug}/followup/{commitment:int}.{form:slug}", roles=PUBLIC, reads=True)
async def commitment_feed(context: RequestContext) -> Response:
    """One commitment, to subscribe to: `/s/{session}/followup/41.ics` has its dates and `.atom` its changes. Raises
    Refused."""
    state, entry = context.state, int(context.part("commitment"))
    if entry not in state.commitments:
        raise Refused("no_such_commitment", commitment=entry)
    base, programme = context.base_url.rstrip("/"), state.programme
    followed = tracked(context.id, programme.title, programme.rehearsal, state.commitments[entry], context.now)
    titles = titles_of(await all_tracked(context)) if followed.same else {}
    entries = _entries(context.language, context.part("form"), [followed], base, titles)
    title = followed.what[:120] or context.say(TITLE)
    return feed_of(context, entries, title, f"/s/{context.id}/followup#c{entry}", f"follow-up-{context.id}-{entry}")


def titles_of(listed: list[Tracked]) -> dict[str, str]:
    """Session -> its title, of the sessions of these commitments."""
    return {commitment.session: commitment.session_title for commitment in listed}


def _entries(language: str, kind: str, listed: list[Tracked], base: str, titles: Mapping[str, str]) -> list[FeedEntry]:
    """The due dates for a calendar, or the newest changes for a feed. titles: session -> its title. Raises Refused for
    another kind."""
    if kind == "ics":
        return [date for commitment in listed for date in _dates(language, commitment, base)]
    if kind != "atom":
        raise Refused("no_such_page")
    changes = [
        _changed(language, commitment, number, base, titles)
        for commitment in listed
        for number in range(len(commitment.changes))
    ]
    return sorted(changes, key=lambda entry: (entry.updated, entry.id), reverse=True)[:MOST]


def _place(tracked: Tracked, base: str) -> str:
    return f"{base}/s/{tracked.session}/followup#c{tracked.entry}"


def _dates(language: str, tracked: Tracked, base: str) -> Iterator[FeedEntry]:
    """The due day of a commitment and that which the body gave itself, as entries of a calendar. Each change makes a
    new revision of them, so that a calendar takes over a date that moved."""
    text = " · ".join(
        (words.who(language, tracked), say(language, words.STATUSES[tracked.status]), tracked.session_title)
    )
    due = FeedEntry(
        id=f"{tracked.session}-{tracked.entry}",
        title=tracked.what[:120],
        text=text,
        starts=dates.instant(tracked.due_at),
        day=True,
        url=_place(tracked, base),
        updated=dates.instant(tracked.changed_at),
        cancelled=tracked.status in ("declined", "dropped"),
        revision=len(tracked.changes) - 1,
        alarm_days=(7, 1) if tracked.status in ("overdue", *UNFINISHED) else (),
    )
    if tracked.due_at:
        yield due
    if tracked.own_due_on:
        day = datetime.fromisoformat(tracked.own_due_on).replace(tzinfo=UTC)
        yield replace(due, id=f"{due.id}-own", title=(tracked.own_words or tracked.what)[:120], starts=day)


def _changed(language: str, tracked: Tracked, number: int, base: str, titles: Mapping[str, str]) -> FeedEntry:
    """A change of a commitment as an entry of a feed."""
    change = tracked.changes[number]
    return FeedEntry(
        id=f"{tracked.session}-{change.entry}",
        title=f"{say(language, words.CHANGE_KINDS.get(change.kind, change.kind))}: {tracked.what[:100]}",
        text=words.entry_text(language, tracked, change, titles),
        url=_place(tracked, base),
        updated=dates.instant(change.at),
    )
