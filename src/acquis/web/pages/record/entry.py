"""One entry of the public log: what it says, and the line of the log that can be verified."""

from __future__ import annotations

import functools

import msgspec
from starlette.responses import Response

from acquis.captions.align import lines_of
from acquis.command import Refused
from acquis.plan.dates import moment
from acquis.publication.public import public_entries
from acquis.record.lines import to_line
from acquis.state.reading import speaker_of
from acquis.state.times import time_of
from acquis.statistics.evidence import cite
from acquis.web.http.assets import DOCUMENT, EVIDENCE
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import page


@page("/s/{session:slug}/entries/{entry}", roles=PUBLIC, name="entry", styles=(DOCUMENT, EVIDENCE))
async def entry_page(context: RequestContext) -> Response:
    """`/s/{session}/entries/{n}`: an entry as it stands in the public log. Raises Refused if there is none."""
    state, board, number = context.state, context.application.board, context.number("entry")
    if not 1 <= number <= state.seq:
        raise Refused("no_such_page")
    kept = board.record.read(context.id, number - 1, number)
    people = board.roster.names(context.id).values()
    (entry,) = public_entries(kept, context.session.state, people)
    at = time_of(state.corrections, entry.seq, entry.at)
    return context.render(
        "pages/record/entry.html",
        state=state,
        number=number,
        at="" if entry.is_sealed else moment(at, context.zone, context.language),
        line=msgspec.json.format(to_line(entry), indent=2).decode(),
        cited=next(iter(cite(state, [number])), None),
        spoken=lines_of(state, number) if number in state.turns else [],
        speaker_of=functools.partial(speaker_of, state),
    )
