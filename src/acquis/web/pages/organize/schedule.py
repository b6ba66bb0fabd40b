"""An imported schedule: what it adds and changes is shown, and entered when it is confirmed."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.responses import Response

from acquis.command import ORGANIZER, Refused
from acquis.plan import dates
from acquis.plan.document import Programme, ProgrammeError, from_data, to_data, to_yaml
from acquis.plan.doubts import doubts
from acquis.plan.findings import FIELDS
from acquis.plan.importers import ImportFailed
from acquis.plan.importers.lines import MAX_BYTES
from acquis.plan.schedule import MOST_SESSIONS, Schedule, ScheduleComparison, clashes, compare
from acquis.web.api.schemas import upload
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint
from acquis.web.http.new_sessions import add_draft, has_log, programme_in

_WORDS = {"ends": "starts", "zone": "starts", "number": "title", "gathering": "title"}
"""Fields that are shown under the name of another."""
SHOWN = 50
"""The most clashes and doubts that are shown."""


def compared(context: RequestContext, schedule: Schedule, running: Collection[str]) -> ScheduleComparison:
    """The schedule against the sessions that are here, without those that are open or over, which keep their times."""
    rows = context.application.roster.sessions()
    here = [(row.id, programme_in(row.draft)) for row in rows]
    whole = compare(here, schedule)
    return ScheduleComparison(
        whole.new,
        tuple(known for known in whole.known if known.session not in running),
        tuple(id for id in whole.gone if id not in running),
    )


def is_known(context: RequestContext, schedule: Schedule) -> bool:
    """Whether a session of the schedule is here already. The page of an IGF session may be pasted for another session
    too, such as a rehearsal."""
    if all(not programme.source or programme.source.startswith("igf:") for programme in schedule.sessions):
        return False
    return bool(compared(context, schedule, ()).known)


async def running(context: RequestContext) -> set[str]:
    """The ids of the sessions that are open or over."""
    listing = await context.application.board.listing(context.now)
    return {card.id for card in listing if not card.before_opening}


async def schedule_page(context: RequestContext, schedule: Schedule) -> Response:
    """What the schedule would add and change, its clashes and doubts, with the form that confirms it."""
    comparison = compared(context, schedule, await running(context))
    language, sessions = context.language, schedule.sessions
    alike: dict[str, list[str]] = {}
    for programme in sessions:
        for doubt in doubts(programme):
            alike.setdefault(doubt.how, []).append(programme.title)
    names = context.words(FIELDS)
    rows = [row for row in context.application.roster.sessions() if row.id in comparison.gone]
    return context.render(
        "pages/organize/schedule.html",
        comparison=comparison,
        titles={row.id: programme_in(row.draft).title for row in rows},
        gathering=sessions[0].gathering,
        sessions=sessions,
        clashes=clashes(sessions)[:SHOWN],
        doubts=list(alike.items())[:SHOWN],
        when=lambda programme: dates.slot(programme.starts, programme.ends, programme.zone, language)[0],
        fields=lambda known: list(dict.fromkeys(names[_WORDS.get(name, name)] for name in known.fields)),
        encoded=msgspec.json.encode([to_data(programme) for programme in sessions]).decode(),
    )


@endpoint(
    "POST",
    "/organize/schedule",
    name="organize_schedule",
    roles=frozenset({ORGANIZER}),
    page="organize",
    accepts=upload({"schedule": {"type": "string", "maxLength": 2 * MAX_BYTES}}),
)
async def enter_schedule(context: RequestContext) -> Response:
    """New sessions become drafts; the drafts of known ones take over what was ticked. Nothing is published. Raises
    Refused."""
    if int(context.request.headers.get("content-length") or 0) > 3 * MAX_BYTES:
        raise HTTPException(413)
    async with context.request.form(max_files=0, max_fields=2 * MOST_SESSIONS, max_part_size=2 * MAX_BYTES) as form:
        text, ticked = form.get("schedule", ""), {str(value) for value in form.getlist("take")}
    if not isinstance(text, str):
        raise HTTPException(400)
    try:
        schedule = await asyncio.to_thread(_decoded, text)
    except (ProgrammeError, ImportFailed) as error:
        raise Refused("bad_fields") from error
    kept = await running(context)
    ahead = compared(context, schedule, kept)
    chosen = [*ahead.new, *(known.programme for known in ahead.changed)]
    drafts = await asyncio.to_thread(_drafts, [programme for programme in chosen if programme.source in ticked])
    _enter(context, compared(context, schedule, kept), drafts)
    await context.application.roster.synced()
    return context.redirect("/organize#drafts")


def _drafts(programmes: list[Programme]) -> dict[str, tuple[Programme, str]]:
    """Source -> a programme and its YAML, which takes milliseconds for each and is made beside the event loop."""
    return {programme.source: (programme, to_yaml(programme)) for programme in programmes}


def _enter(context: RequestContext, comparison: ScheduleComparison, drafts: dict[str, tuple[Programme, str]]) -> None:
    """Write the drafts without a pause, so that the same form sent twice at once makes no doubles."""
    application = context.application
    with application.roster.written_soon():
        for programme in comparison.new:
            if (made := drafts.get(programme.source)) and made[0] == programme:
                add_draft(application.roster, has_log(application), context.now, programme, draft=made[1])
        for known in comparison.changed:
            if (made := drafts.get(known.programme.source)) and made[0] == known.programme:
                application.roster.save_draft(known.session, made[1])


def _decoded(text: str) -> Schedule:
    """The sessions that the form sent back. Raises ProgrammeError, ImportFailed("no_sessions")."""
    try:
        listed: Any = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as error:
        raise ImportFailed("bad_schedule", reason=str(error)) from error
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST_SESSIONS:
        raise ImportFailed("no_sessions")
    sessions: list[Programme] = [from_data(data) for data in listed]
    return Schedule(tuple(sessions))
