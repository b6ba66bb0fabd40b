"""Two versions of a report side by side, for any reader."""

from __future__ import annotations

import asyncio

from starlette.responses import Response

from acquis.command import Refused
from acquis.i18n import N_
from acquis.plan import dates
from acquis.report.publishing import fields_of
from acquis.report.versions import compared
from acquis.state.drafting import FIELD
from acquis.state.reading import public_text
from acquis.web.http.assets import DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.words.report import TITLES

CHANGE_KINDS = {
    "same": N_("unchanged"),
    "changed": N_("changed"),
    "removed": N_("removed"),
    "added": N_("new"),
}


@page("/s/{session:slug}/record/compare", roles=PUBLIC, name="record_compare", styles=(DOCUMENT,))
async def compare(context: RequestContext) -> Response:
    """`?a=1&b=2`: the comparison of two versions, by default of the newest with the one before."""
    state, newest = context.state, len(context.state.reports)
    try:
        a, b = (int(context.query(name, str(newest - back))) for name, back in (("a", 1), ("b", 0)))
    except ValueError as error:
        raise Refused("no_such_page") from error
    if a == b or not (1 <= a <= newest and 1 <= b <= newest):
        raise Refused("no_such_page")
    before, after = state.reports[a - 1], state.reports[b - 1]
    return context.render(
        "pages/record/versions.html",
        state=state,
        before=before,
        after=after,
        both=await asyncio.to_thread(compared, before.body, after.body),
        titles=_titles(context),
        kinds=context.words(CHANGE_KINDS),
        when_of=lambda report: dates.moment(report.at, context.zone, context.language),
        statement=lambda seq: _statement(context, seq),
    )


def _titles(context: RequestContext) -> dict[str, str]:
    """The titles of all parts of a report, including the fields of the full report."""
    fields = {FIELD + name: title for name, title in fields_of(context.state).items()}
    return context.words(TITLES) | fields


def _statement(context: RequestContext, seq: int) -> str:
    return public_text(context.state, seq) or context.say(N_("A statement whose text is not public."))
