"""Lost devices: moderators sign one out, which is on the record, and show its owner a code for another one."""

from __future__ import annotations

from starlette.responses import Response

from acquis.command import MODERATORS
from acquis.floor.people import EndDevice
from acquis.state.reading import handle
from acquis.text.folding import folded
from acquis.web.api.actions import carry_out, people_of
from acquis.web.api.schemas import KEY, form
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint, page
from acquis.web.http.moving import CODE_MS
from acquis.web.words.phrases import clock_time


@page("/s/{session:slug}/lost", roles=MODERATORS, names=MODERATORS)
async def lost(context: RequestContext) -> Response:
    """Everybody who takes part with a device, by name: the order must not tell when somebody joined."""
    return _shown(context)


def _shown(context: RequestContext, person: str = "", code: str = "") -> Response:
    language = context.language
    people = {
        given.person: context.names.get(given.person, handle(given.person, language)) for given in people_of(context)
    }
    return context.render(
        "pages/device/lost.html",
        state=context.state,
        people=sorted(people.items(), key=lambda row: folded(row[1])),
        name=people.get(person, ""),
        code=f"{code[:4]}-{code[4:]}",
        address=f"{(context.application.base_url or context.base_url).rstrip('/')}/s/{context.id}/device",
        until=clock_time(context.now + CODE_MS, context.zone)[:5],
    )


@endpoint(
    "POST",
    "/s/{session:slug}/lost",
    roles=MODERATORS,
    names=MODERATORS,
    reads=True,
    page="lost",
    accepts=form({"person": {"type": "string"}, "key": KEY}, ["person", "key"]),
)
async def end_lost(context: RequestContext) -> Response:
    """Sign out the device of a person, and show a code for another one. Raises Refused."""
    fields = await context.form()
    person = fields.get("person", "")
    await carry_out(context, EndDevice(person), fields.get("key", ""))
    return _shown(context, person, context.application.moves.code_for(context.id, person, context.now))
