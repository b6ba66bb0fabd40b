"""The organizer's table: the sessions there are, and a new one from a pasted page."""

from __future__ import annotations

import asyncio
import functools

import apsw
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from acquis.plan.document import Programme, ProgrammeError, from_yaml, to_yaml
from acquis.plan.editing import slug
from acquis.plan.importers import IMPORTERS, ImportFailed, read_programme
from acquis.plan.importers.lines import MAX_BYTES
from acquis.reference import profile
from acquis.roster import SessionRow
from acquis.web.http import passes
from acquis.web.http.application import Application, house_of, new_code
from acquis.web.http.problems import problem
from acquis.web.http.rendering import language_of, render
from acquis.web.pages.plan import page as programme_page

PROFILE = "igf-2021"


async def organize(request: Request) -> Response:
    """The list and the paste box."""
    if passes.organizer_of(request) is None:
        return problem(request, 403, "not_allowed", roles=["organizer"])
    return await _page(request)


async def _page(request: Request, status: int = 200, sentence: str = "", pasted: str = "") -> Response:
    board, now = house_of(request).board, house_of(request).clock.now()
    drafts = [(row.id, title_of(row.draft)) for row in await board.drafts(now)]
    listing = await board.listing(now)
    return render(
        request,
        "pages/plan/organize.html",
        status,
        page="organize",
        me=passes.organizer_of(request),
        drafts=drafts,
        listing=listing,
        problem=sentence,
        typed={"pasted": pasted},
        importers=IMPORTERS,
    )


@functools.lru_cache(maxsize=1000)
def title_of(draft: str) -> str:
    """The title in a draft; empty where it cannot be read."""
    try:
        return from_yaml(draft).title
    except ProgrammeError:
        return ""


async def paste(request: Request) -> Response:
    """A page becomes a draft; a page that cannot be read comes back with one sentence."""
    if passes.organizer_of(request) is None:
        return problem(request, 403, "not_allowed", roles=["organizer"])
    language = language_of(request)
    if int(request.headers.get("content-length") or 0) > 2 * MAX_BYTES:  # a page both pasted and as a file, and no more
        return await _page(request, 413, ImportFailed("too_large", limit=MAX_BYTES).sentence(language))
    pasted, data, blank = await _sent(request)
    try:
        programme = (
            Programme(title="") if blank else await asyncio.to_thread(read_programme, data or pasted, profile(PROFILE))
        )
    except (ImportFailed, ProgrammeError) as failure:
        return await _page(request, 422, failure.sentence(language), pasted)
    kept = pasted if not data else data.decode(errors="replace")
    row = new_session(house_of(request), programme, kept)
    return RedirectResponse(f"/s/{row.id}/plan", 303)


async def _sent(request: Request) -> tuple[str, bytes, bool]:
    """What the form brought: the pasted text, the file, and whether an empty programme is wanted."""
    async with request.form(max_files=1, max_fields=8, max_part_size=MAX_BYTES + 1) as form:
        if not all(isinstance(form.get(name, ""), str) for name in ("pasted", "do")):
            raise HTTPException(400)
        file = form.get("file")
        # One byte more than is allowed is enough to know that it is too much.
        data = await file.read(MAX_BYTES + 1) if isinstance(file, UploadFile) else b""
        return str(form.get("pasted", "")), data, form.get("do") == "blank"


def new_session(house: Application, programme: Programme, page: str = "") -> SessionRow:
    """A new session in the roster, with an id that tells the gathering and the number."""
    name, now, draft = slug(programme, profile(PROFILE)), house.clock.now(), to_yaml(programme)
    number = 1
    while True:
        row = SessionRow(name if number == 1 else f"{name}-{number}", new_code(), now, draft, page)
        try:
            house.roster.add_session(row)
        except apsw.ConstraintError:
            number += 1  # the id is taken, or (once in a trillion) the code
        else:
            return row


ROUTES = [
    Route("/organize", organize, methods=["GET"], name="organize"),
    Route("/organize", paste, methods=["POST"], name="organize_paste"),
    *programme_page.ROUTES,
]
