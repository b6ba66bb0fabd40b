"""The sessions of an organizer, and a new one from a pasted page."""

from __future__ import annotations

import asyncio

import msgspec
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from acquis.command import ORGANIZER
from acquis.plan import dates
from acquis.plan.document import ProgrammeError
from acquis.plan.importers import IMPORTERS, ImportFailed, Schedule, read_sessions
from acquis.plan.importers.lines import MAX_BYTES, to_text
from acquis.reference import profile
from acquis.roster import SessionRow
from acquis.web.api.schemas import FILE, answer, upload
from acquis.web.http.assets import AGE, DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint, page
from acquis.web.http.new_sessions import EMPTY, PROFILE, new_session, programme_in
from acquis.web.http.problems import json_response, wants_json
from acquis.web.pages.organize.schedule import is_known, schedule_page


@page("/organize", roles=frozenset({ORGANIZER}), styles=(DOCUMENT,), scripts=AGE)
async def organize(context: RequestContext) -> Response:
    """The organizer's sessions, and the form to import a programme."""
    board, now = context.application.board, context.now
    return context.render(
        "pages/organize/page.html",
        drafts=[_draft(row, context.language) for row in await board.drafts(now)],
        listing=await board.listing(now),
        importers=IMPORTERS,
    )


class DraftLine(msgspec.Struct, frozen=True):
    """A draft in the list: what is known of its programme, and the day on which it was made."""

    id: str
    title: str
    rehearsal: bool
    when: str
    made: str


def _draft(row: SessionRow, language: str) -> DraftLine:
    programme = programme_in(row.draft)
    when = dates.slot(programme.starts, programme.ends, programme.zone, language)[0]
    return DraftLine(row.id, programme.title, programme.rehearsal, when, dates.day(row.created, language))


@endpoint(
    "POST",
    "/organize",
    name="organize_paste",
    roles=frozenset({ORGANIZER}),
    page="organize",
    bearer=True,
    answers=answer(session={"type": "string"}, code={"type": "string"}),
    accepts=upload(
        {
            "pasted": {"type": "string", "maxLength": MAX_BYTES},
            "file": FILE,
            "do": {"type": "string", "enum": ["", "blank"]},
        }
    ),
)
async def paste(context: RequestContext) -> Response:
    """A page becomes a draft, and a schedule is shown to be confirmed; what cannot be read comes back with one
    sentence. Who asks for JSON is told the id of the session and its code."""
    if int(context.request.headers.get("content-length") or 0) > 2 * MAX_BYTES:  # pasted and as a file, and no more
        return await _failed(context, ImportFailed("too_large", limit=MAX_BYTES), 413)
    pasted, data, blank = await _sent(context)
    context.typed = {"pasted": pasted}
    try:
        schedule = Schedule((EMPTY,))
        if not blank:
            schedule = await asyncio.to_thread(read_sessions, data or pasted, profile(PROFILE))
    except (ImportFailed, ProgrammeError) as error:
        return await _failed(context, error, 422)
    if len(schedule.sessions) > 1 or is_known(context, schedule):
        return await schedule_page(context, schedule)
    kept = await asyncio.to_thread(to_text, data) if data and not blank else pasted
    row = new_session(context.application, schedule.sessions[0], kept)
    if wants_json(context.request):
        return json_response(200, {"session": row.id, "code": f"{row.code[:4]}-{row.code[4:]}"})
    return context.redirect(f"/s/{row.id}/plan")


async def _failed(context: RequestContext, error: ImportFailed | ProgrammeError, status: int) -> Response:
    field = "pasted" if context.typed.get("pasted") else "file"
    return await organize.rendered(context, [(field, error.sentence(context.language))], status)


async def _sent(context: RequestContext) -> tuple[str, bytes, bool]:
    """What the form brought: the pasted text, the file, and whether an empty programme is wanted."""
    async with context.request.form(max_files=1, max_fields=8, max_part_size=MAX_BYTES + 1) as form:
        if not all(isinstance(form.get(name, ""), str) for name in ("pasted", "do")):
            raise HTTPException(400)
        file = form.get("file")
        # One byte more than is allowed is enough to know that it is too much.
        data = await file.read(MAX_BYTES + 1) if isinstance(file, UploadFile) else b""
        return str(form.get("pasted", "")), data, form.get("do") == "blank"
