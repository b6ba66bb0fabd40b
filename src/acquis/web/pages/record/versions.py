"""Two versions of a report side by side, for any reader."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from acquis.i18n import N_, say
from acquis.report.publishing import fields_of
from acquis.report.versions import compared
from acquis.state import State
from acquis.state.drafting import FIELD
from acquis.state.reading import public_text
from acquis.web.http import passes
from acquis.web.http.problems import problem
from acquis.web.http.rendering import language_of, render
from acquis.web.pages.desk.draft import TITLES
from acquis.web.pages.record import page as record_page
from acquis.web.words import dates
from acquis.web.words.phrases import lines

KINDS = {
    "same": N_("as it was"),
    "changed": N_("changed"),
    "removed": N_("taken out"),
    "added": N_("new"),
}


async def compare(request: Request) -> Response:
    """`/s/{id}/record/compare?a=1&b=2`; without numbers the newest version beside the one before."""
    found = await record_page.published(request, "record_compare")
    if isinstance(found, Response):
        return found
    session, state, _ = found
    newest = len(state.reports)
    try:
        a, b = (int(request.query_params.get(name, newest - back)) for name, back in (("a", 1), ("b", 0)))
    except ValueError:
        return problem(request, 404, "no_such_page")
    if a == b or not (1 <= a <= newest and 1 <= b <= newest):
        return problem(request, 404, "no_such_page")
    language, zone = language_of(request), state.programme.zone if state.programme else "UTC"
    before, after = state.reports[a - 1], state.reports[b - 1]
    both = await asyncio.to_thread(compared, before.body, after.body)
    return render(
        request, "pages/record/versions.html", 200, page="record", session=session.log,
        me=passes.pass_of(request, session.log),
        state=state, before=before, after=after, both=both, titles=_titles(state, language),
        kinds=lines(language, KINDS), when_of=lambda report: dates.moment(report.at, zone, language),
        statement=lambda seq: _statement(state, seq, language),
    )  # fmt: skip


def _titles(state: State, language: str) -> dict[str, str]:
    """What the parts of a report are called, those of the longer one too."""
    fields = {FIELD + name: title for name, title in fields_of(state).items()}
    return lines(language, TITLES) | fields


def _statement(state: State, seq: int, language: str) -> str:
    return public_text(state, seq) or say(language, N_("A statement whose text is not public."))


ROUTES = [Route("/s/{session:slug}/record/compare", compare, methods=["GET"], name="record_compare")]
