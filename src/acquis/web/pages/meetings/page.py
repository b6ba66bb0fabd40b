"""Reports of meeting programs: a preview of the file, taking it in, and the people that attendance reports name."""

from __future__ import annotations

import asyncio

import msgspec
from starlette.datastructures import UploadFile
from starlette.responses import Response

from acquis.command import ORGANIZER, Command, Refused
from acquis.documents.meetings import attendance_sentences
from acquis.floor.meeting_reports import enter_report, rows_of, was_taken_in
from acquis.floor.meetings import ImportMeetingReport
from acquis.i18n import N_
from acquis.meetings import CHATS, FORMS, KINDS, MOST_CHOICES, MeetingReport, MeetingReportError, read_meeting_report
from acquis.meetings.sheets import MAX_BYTES
from acquis.record import Entry
from acquis.roster import Erasure
from acquis.roster.attendees import rows_of_report
from acquis.web.api.actions import carry_out, count_action
from acquis.web.api.schemas import FILE, form, upload
from acquis.web.http.assets import DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint, page

ROLES = ImportMeetingReport.roles
FORM_LIMIT, FIELDS_LIMIT = 8 * 1024 * 1024, MOST_CHOICES + 10
_NOTICES = {
    "taken": N_("The report was added."),
    "known": N_("This file was added before. Nothing was changed."),
    "erased": N_("The names were erased."),
}


@page("/s/{session:slug}/meetings", roles=ROLES, names=ROLES, styles=(DOCUMENT,))
async def meetings(context: RequestContext) -> Response:
    """The reports that were taken in, and the form for another one."""
    return _show(context)


def _show(context: RequestContext, report: MeetingReport | None = None) -> Response:
    state = context.session.state
    organizer = ORGANIZER in context.actor.roles
    return context.render(
        "pages/meetings/page.html",
        state=state,
        report=report,
        written=msgspec.json.encode(report).decode() if report else "",
        known=report is not None and was_taken_in(state, report),
        usual=rows_of(report) if report else (),
        kinds=context.words(KINDS),
        accepted=[form.accepts for form in FORMS] + [accepts for _, _, accepts in CHATS],
        attendance=list(attendance_sentences(state, context.language)),
        attendees=context.application.roster.attendees.of(context.id) if organizer else [],
        notice=context.say(_NOTICES.get(context.query("done"), "")) if not context.wrong else "",
    )


@endpoint(
    "POST", "/s/{session:slug}/meetings/preview",
    roles=ROLES,
    names=ROLES,
    reads=True,
    page="meetings",
    accepts=upload({"file": FILE}),
)  # fmt: skip
async def meetings_preview(context: RequestContext) -> Response:
    """What a report says, before anything of it is on the record."""
    async with context.request.form(max_files=1, max_fields=4, max_part_size=MAX_BYTES) as fields:
        file = fields.get("file")
        data = await file.read(MAX_BYTES + 1) if isinstance(file, UploadFile) else b""
    try:
        report = await asyncio.to_thread(read_meeting_report, data)
    except MeetingReportError as error:
        return await meetings.rendered(context, [("file", error.sentence(context.language))], 422)
    return _show(await context.on(meetings.declaration), report)


@endpoint(
    "POST", "/s/{session:slug}/meetings",
    name="meetings_enter",
    roles=ROLES,
    names=ROLES,
    reads=True,
    page="meetings",
    accepts=form({"report": {"type": "string"}}, ["report"]),
)  # fmt: skip
async def meetings_enter(context: RequestContext) -> Response:
    """Takes in the report of the preview with the rows that were picked. Raises Refused."""
    fields = await context.form(FORM_LIMIT, FIELDS_LIMIT)
    try:
        report = msgspec.json.decode(fields.get("report", ""), type=MeetingReport)
    except msgspec.DecodeError as error:
        raise Refused("bad_fields", field="report", reason="it is not that of a preview") from error
    state = context.session.state
    if was_taken_in(state, report):
        return context.redirect(f"/s/{context.id}/meetings?done=known")
    count_action(context)
    picked = {int(name[5:]) for name in fields if name.startswith("pick.") and name[5:].isdecimal()}

    async def do(command: Command, key: str) -> Entry | None:
        return await carry_out(context, command, key, counted=False)

    await enter_report(report, picked, lambda: context.session.state, do)
    if report.kind == "attendance" and not state.settings.chatham:
        context.application.roster.attendees.keep(context.id, report.origin, rows_of_report(report))
    await context.application.board.reindex(context.session)
    return context.redirect(f"/s/{context.id}/meetings?done=taken")


@endpoint(
    "POST", "/s/{session:slug}/meetings/forget",
    roles=frozenset({ORGANIZER}),
    names=frozenset({ORGANIZER}),
    reads=True,
    page="meetings",
    accepts=form({"attendee": {"type": "integer"}}, ["attendee"]),
)  # fmt: skip
async def meetings_forget(context: RequestContext) -> Response:
    """Erases the name of a person of an attendance report, or all names (0), from every file."""
    fields = await context.form()
    given = fields.get("attendee", "")
    if not given.isdecimal():
        raise Refused("bad_fields", field="attendee", reason="it is not a number")
    roster = context.application.roster
    roster.attendees.forget(context.id, int(given))
    noted = roster.note(Erasure(context.id, reason="personal data", by=context.actor.person))
    await context.application.erasing.carry_out(noted, context.now)
    return context.redirect(f"/s/{context.id}/meetings?done=erased")
