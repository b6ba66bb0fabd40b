"""The synthesis of a session and of a gathering: what was proposed on each topic and each message, by how many and from
which groups, and what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

from starlette.responses import Response

from acquis.board.synthesis import gathering_synthesis
from acquis.board.synthesis_files import SYNTHESIS_FORMS, synthesis_blocks
from acquis.charts.svg import bare
from acquis.command import Refused
from acquis.contributions.ledger import ledger
from acquis.contributions.synthesis import reported
from acquis.contributions.synthesis import synthesis as synthesis_of
from acquis.documents.blocks import Block, Heading, as_data
from acquis.documents.inputs import synthesis_tables
from acquis.documents.messages import draft_table
from acquis.i18n import N_, say
from acquis.messages.drafts import draft_synthesis
from acquis.plan import dates
from acquis.state import State
from acquis.web.api.feeds import data_file
from acquis.web.http.assets import AGE, DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import JOINED, PUBLIC
from acquis.web.http.endpoint import endpoint, page
from acquis.web.pages.gathering.page import gathering_of


@page("/s/{session:slug}/synthesis", roles=PUBLIC, access=JOINED, styles=(DOCUMENT,))
async def synthesis(context: RequestContext) -> Response:
    """The inputs of a session that has ended by kind, group and topic, and its messages as they are now."""
    state = await context.frozen()
    blocks = await asyncio.to_thread(_blocks, state, context.now, context.language)
    await context.pause()
    return context.render("pages/synthesis/page.html", state=state, blocks=blocks, bare=bare)


def _blocks(state: State, at: int, language: str) -> list[dict[str, Any]]:
    return [as_data(block) for block in _of_session(state, at, language)]


def _of_session(state: State, at: int, language: str) -> Iterator[Block]:
    if lines := ledger(state) if state.is_over else []:
        yield Heading(say(language, N_("Inputs and their outcomes")), anchor="inputs")
        yield from synthesis_tables(synthesis_of(state, lines), reported(state), language)
    if draft := tuple(draft_table(draft_synthesis(state, at), language)):
        yield Heading(say(language, N_("Messages")), anchor="messages")
        yield from draft


@page(
    "/gatherings/{gathering:slug}/synthesis", roles=PUBLIC, name="gathering_synthesis", styles=(DOCUMENT,), scripts=AGE
)
async def of_gathering(context: RequestContext) -> Response:
    """The same over all sessions of a gathering."""
    wanted, language = await gathering_of(context), context.language
    made = await asyncio.to_thread(gathering_synthesis, wanted, context.now)
    blocks = [as_data(block) for block in synthesis_blocks(made, language)]
    return context.render(
        "pages/synthesis/gathering.html", gathering=wanted, blocks=blocks, bare=bare, forms_of=SYNTHESIS_FORMS
    )


@endpoint("GET", "/gatherings/{gathering:slug}/synthesis.{form:slug}", roles=PUBLIC)
async def synthesis_file(context: RequestContext) -> Response:
    """`synthesis.docx`, `.html`, `.md`, `.csv`, `.json`. Raises Refused."""
    form = next((form for form in SYNTHESIS_FORMS if form.ending == context.part("form")), None)
    if form is None:
        raise Refused("no_such_page")
    wanted, now = await gathering_of(context), dates.instant(context.now)
    address = f"{context.base_url.rstrip('/')}/gatherings/{wanted.id}/synthesis"
    of = gathering_synthesis(wanted, context.now)
    made = await asyncio.to_thread(form.write, of, context.language, address, now)
    answer = data_file(made, form.media_type)
    if form.ending in ("docx", "html"):  # the security policy of the application forbids the inline style
        answer.headers["content-disposition"] = f'attachment; filename="{wanted.id}-synthesis.{form.ending}"'
    return answer
