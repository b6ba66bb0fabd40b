"""The procedure of a gathering: the organizer loads its file once, and each session takes it into its own log."""

from __future__ import annotations

import dataclasses
from typing import Any

from starlette.responses import Response

from acquis.board.gatherings import gatherings, shared_procedure, takes_procedure
from acquis.command import ORGANIZER, Refused
from acquis.floor.messages import ChooseProcedure
from acquis.messages.procedure import LENGTH_LIMIT, SHIPPED, procedure_text, read, shipped_text
from acquis.web.api.actions import carry_out
from acquis.web.api.schemas import KEY, form
from acquis.web.http.assets import DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint, page

FORM_LIMIT = 8 * LENGTH_LIMIT
"""The most bytes of the form."""


@page("/organize/procedure", roles=frozenset({ORGANIZER}), name="organize_procedure", styles=(DOCUMENT,))
async def procedure_page(context: RequestContext) -> Response:
    """`?gathering=igf-2026`: the form for the procedure of a gathering, with the one that it has."""
    listed = gatherings(await context.application.board.listing(context.now))
    wanted = next((gathering for gathering in listed if gathering.id == context.query("gathering")), None)
    chosen = shared_procedure(wanted.cards) if wanted else None
    return context.render(
        "pages/organize/procedure.html",
        listed=listed,
        wanted=wanted.id if wanted else "",
        text=chosen.chosen.text if chosen else "",
        shipped={name: procedure_text(name, read(shipped_text(name)).title, context.language) for name in SHIPPED},
    )


@endpoint(
    "POST",
    "/organize/procedure",
    name="load_procedure",
    roles=frozenset({ORGANIZER}),
    page="organize_procedure",
    accepts=form(
        {
            "gathering": {"type": "string"},
            "procedure": {"type": "string", "enum": [*SHIPPED, "own"]},
            "text": {"type": "string"},
            "key": KEY,
        },
        ["gathering", "procedure", "key"],
    ),
)
async def load_procedure(context: RequestContext) -> Response:
    """Give the procedure in each session of the gathering that did not choose its own. Raises Refused."""
    fields = await context.form(FORM_LIMIT)
    listed = gatherings(await context.application.board.listing(context.now))
    wanted = next((gathering for gathering in listed if gathering.id == fields.get("gathering")), None)
    if wanted is None:
        raise Refused("no_such_gathering").at("gathering")
    name: Any = fields.get("procedure", "")
    if name not in (*SHIPPED, "own"):
        raise Refused("bad_fields", field="procedure")
    command = ChooseProcedure(name, fields.get("text", "") if name == "own" else "", shared=True)
    cards = [card for card in wanted.cards if takes_procedure(card)]
    if not cards:
        raise Refused("no_session_takes_it")
    for number, card in enumerate(cards):
        await _choose(context, card.id, command, f"{fields.get('key', '')[:56]}-{number}", counted=not number)
    return context.redirect(f"/gatherings/{wanted.id}/messages?done=loaded")


async def _choose(context: RequestContext, id: str, command: ChooseProcedure, key: str, *, counted: bool) -> None:
    there = await context.application.board.session(id)
    if there is None:
        raise Refused("no_such_session")
    await carry_out(dataclasses.replace(context, current=there), command, key, counted=counted)
