"""Captions that captioning programs push in their own forms."""

from __future__ import annotations

import asyncio

from starlette.responses import PlainTextResponse, Response

from acquis.captions.pushed import BY_NAME, PushProblem, read_push
from acquis.command import CAPTIONER, Refused
from acquis.floor.speech import CaptionSpeech
from acquis.web.api.actions import carry_out
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint


@endpoint(
    "POST",
    "/s/{session:slug}/captions/push/{form}",
    name="captions_program",
    roles=frozenset({CAPTIONER}),
    in_address="pass",
    accepts={
        "text/plain": {"type": "string", "minLength": 1},
        "application/json": {"type": "object", "required": ["transcript", "sequence"]},
    },
)
async def push_form(context: RequestContext) -> Response:
    """Captions of a captioning program, in the form that the address names, with the secret of a captioner's link in
    its parameter `pass`. 200 when every line is durable; the same request again adds nothing."""
    form = BY_NAME.get(context.part("form"))
    if form is None:
        raise Refused("no_such_page")
    try:
        lines = read_push(form, await context.body(), context.request.query_params)
    except PushProblem as error:
        raise Refused("bad_fields", field="", reason=str(error)) from error
    commands = [CaptionSpeech(line.text, language=line.language, said_at=line.said_at) for line in lines]
    await asyncio.gather(
        *(carry_out(context, command, line.key) for command, line in zip(commands, lines, strict=True))
    )
    context.application.partials[context.id] = ""
    return PlainTextResponse("", headers={"cache-control": "no-store"})
