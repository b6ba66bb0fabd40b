"""Previews and publishes the draft."""

from __future__ import annotations

from starlette.responses import Response

from acquis.report.desk_form import sections, whole
from acquis.report.publishing import PublishReport
from acquis.state.drafting import PARTS
from acquis.web.api.actions import carry_out
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint
from acquis.web.pages.desk.saving import AT_DESK, DRAFT_FORM, FORM_FIELDS, FORM_LIMIT, keep


@endpoint(
    "POST",
    "/s/{session:slug}/desk/preview",
    name="desk_preview",
    roles=AT_DESK,
    names=AT_DESK,
    reads=True,
    page="desk",
    accepts=DRAFT_FORM,
)
async def preview(context: RequestContext) -> Response:
    """Save the form and show the record as it would look."""
    await context.form(FORM_LIMIT, FORM_FIELDS)
    await keep(context)
    return context.redirect(f"/s/{context.id}/desk?preview=1")


@endpoint(
    "POST",
    "/s/{session:slug}/desk/publish",
    name="desk_publish",
    roles=AT_DESK,
    names=AT_DESK,
    reads=True,
    page="desk",
    accepts=DRAFT_FORM,
)
async def publish(context: RequestContext) -> Response:
    """Save the form and publish the report, or a correction of it."""
    await context.form(FORM_LIMIT, FORM_FIELDS)
    await keep(context)
    state = await context.session.settled()
    parts = {part: whole(state, part) for part in PARTS}
    command = PublishReport(**parts, correction=context.typed.get("correction", ""), sections=sections(state))
    await carry_out(context, command, context.typed.get("key", ""))
    return context.redirect(f"/s/{context.id}/record")
