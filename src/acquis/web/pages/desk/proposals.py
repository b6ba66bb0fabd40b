"""Adds a proposal to the draft as a sentence: a piece of evidence, or a paragraph that is counted from the log."""

from __future__ import annotations

import re

from starlette.responses import Response

from acquis.report.desk_form import idempotency_key
from acquis.report.drafting import DraftSentence
from acquis.report.skeleton import calculated
from acquis.state import State
from acquis.statistics.evidence import cite
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint
from acquis.web.pages.desk.saving import AT_DESK, DRAFT_FORM, FORM_FIELDS, FORM_LIMIT, keep

_ACT = re.compile(r"(?:begin:(?P<counted>[a-z_]{1,60})|use:(?P<part>[a-z_]{1,60}):(?P<entry>\d{1,9}))", re.ASCII)
"""The value of a button: a part of the report and, unless its text is counted, the entry to add to it."""


@endpoint(
    "POST",
    "/s/{session:slug}/desk/take",
    name="desk_take",
    roles=AT_DESK,
    names=AT_DESK,
    reads=True,
    page="desk",
    accepts=DRAFT_FORM,
)
async def take(context: RequestContext) -> Response:
    """Save the form and add a proposal to the draft."""
    fields = await context.form(FORM_LIMIT, FORM_FIELDS)
    act = fields.get("act", "")
    key = idempotency_key(f"{fields.get('key', '')}.{act}")
    part, sentence = proposed(act, context.state, context.language)
    await keep(context, [(key, sentence)] if sentence else ())
    tail = "?only=draft" if "only" in fields else f"#{part}"
    return context.redirect(f"/s/{context.id}/desk{tail}")


def proposed(act: str, state: State, language: str) -> tuple[str, DraftSentence | None]:
    """The part of the report that a button names, and the sentence to add to it; None if there is no such proposal."""
    match = _ACT.fullmatch(act)
    if match is None:
        return "", None
    if part := match["counted"]:
        return part, calculated(state, language).get(part)
    part = match["part"]
    evidence = next(iter(cite(state, [int(match["entry"])])), None)
    if evidence is None:
        return part, None
    return part, DraftSentence(part, evidence.text, (evidence.seq,), state.about.get(evidence.seq, ()))
