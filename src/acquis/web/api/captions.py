"""Captions of a session: a captioner pushes lines.

A final line is carried out like every other command; a partial one is shown and forgotten.
"""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
from starlette.responses import Response

from acquis.command import Refused, bad_fields
from acquis.floor.speech import LINE_LIMIT, CaptionSpeech
from acquis.i18n.refusals import refusal_sentence
from acquis.record import RecordBroken, RecordFull
from acquis.web.api.actions import carry_out
from acquis.web.api.schemas import KEY, fields_schema
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint
from acquis.web.http.problems import json_response, refusal

LINES_A_PUSH = 200
STATED = ("text", "speaker", "language", "said_at", "captioned_at", "transcript")
"""The fields of `CaptionSpeech` that a captioner sends."""


class Pushed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line as a captioner sends it. `key` makes sending it again harmless; final lines need one, or the request's
    Idempotency-Key. The times and `transcript` are those of `CaptionSpeech`. A partial line (`final` false) replaces
    the partial one before."""

    text: str
    final: bool = True
    speaker: str = ""
    language: str = ""
    said_at: int = 0
    captioned_at: int = 0
    transcript: bool = False
    key: str = ""

    def command(self) -> CaptionSpeech:
        """The command that records the line."""
        return CaptionSpeech(
            self.text,
            self.speaker,
            language=self.language,
            said_at=self.said_at,
            captioned_at=self.captioned_at,
            transcript=self.transcript,
        )


class Push(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a request of a captioner: lines of speech in the order in which they were said."""

    lines: list[Pushed]


LINE = {
    "type": "object",
    "required": ["text"],
    "additionalProperties": False,
    "properties": {
        **{name: fields_schema(CaptionSpeech)[name] for name in STATED},
        "final": {"type": "boolean", "default": True},
        "key": KEY,
    },
}
LINES = {
    "type": "object",
    "required": ["lines"],
    "additionalProperties": False,
    "properties": {"lines": {"type": "array", "items": LINE, "maxItems": LINES_A_PUSH}},
}


@endpoint(
    "POST",
    "/s/{session:slug}/captions",
    name="captions_push",
    roles=CaptionSpeech.roles,
    bearer=True,
    accepts={
        "application/json": {"oneOf": [LINE, LINES]},
        "text/plain": {"type": "string", "minLength": 1, "maxLength": LINE_LIMIT},
    },
)
async def push(context: RequestContext) -> Response:
    """A line or a batch, as JSON, or one final line as plain text; with the cookie of a pass, or its secret as a bearer
    token. 200 when every line is durable: the number of each; else what was refused."""
    return await _keep(context, _lines(await context.body(), context.request.headers))


def _lines(body: bytes, headers: Any) -> list[Pushed]:
    key = headers.get("idempotency-key", "")
    if not headers.get("content-type", "").startswith("application/json"):
        try:
            return [Pushed(body.decode().strip(), key=key)]
        except UnicodeDecodeError as error:
            raise Refused("bad_fields", field="", reason="it is not UTF-8 text") from error
    try:
        whole = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
        lines = (
            msgspec.json.decode(body, type=Push).lines if "lines" in whole else [msgspec.json.decode(body, type=Pushed)]
        )
    except (msgspec.DecodeError, RecursionError) as error:  # the latter: nested too deeply
        raise bad_fields(error) from error
    if len(lines) > LINES_A_PUSH:
        raise Refused("bad_fields", field="lines", reason=f"there are more than {LINES_A_PUSH} lines at once")
    return [
        msgspec.structs.replace(line, key=line.key or (f"{key}-{n}" if key else "")) for n, line in enumerate(lines)
    ]


async def _keep(context: RequestContext, lines: list[Pushed]) -> Response:
    """Records all final lines concurrently, so that they share a commit, then stores the newest partial line."""
    final = [line for line in lines if line.final]
    asked = [line.command() for line in final]
    outcomes = await asyncio.gather(
        *(carry_out(context, command, line.key) for command, line in zip(asked, final, strict=True)),
        return_exceptions=True,
    )
    if lines:
        last = lines[-1]
        context.application.partials[context.id] = "" if last.final else " ".join(last.text.split())[-LINE_LIMIT:]
    results = [_result(context, outcome) for outcome in outcomes]
    worst = max((status for status, _ in results), default=200)
    answer = {"lines": [result for _, result in results]}
    if worst == 200:
        return json_response(200, answer)
    first = next(result for status, result in results if status == worst)
    return json_response(worst, {**first, **answer})


def _result(context: RequestContext, outcome: object) -> tuple[int, dict[str, object]]:
    if isinstance(outcome, Refused | RecordFull | RecordBroken):
        status, code, facts = refusal(outcome)
        return status, {
            "refused": code,
            "field": getattr(outcome, "field", ""),
            "facts": facts,
            "sentence": refusal_sentence(context.language, code, facts),
        }
    if isinstance(outcome, BaseException):
        raise outcome
    return 200, {"seq": getattr(outcome, "seq", None)}
