"""A draft of the report that was made elsewhere: it is pasted or uploaded, shown with what the record says of it, and
its selected sentences become sentences of the draft, marked with who wrote them."""

from __future__ import annotations

import asyncio
import functools
import re
from collections.abc import Iterator, Mapping
from typing import get_args

from starlette.datastructures import UploadFile
from starlette.responses import Response

from acquis.claims.coverage import covered_session
from acquis.claims.facts import facts
from acquis.claims.outside import (
    MAX_BYTES,
    MAX_TEXT,
    MOST_SENTENCES,
    OutsideDraft,
    OutsideDraftError,
    origin_of,
    read_outside_draft,
)
from acquis.command import Refused
from acquis.events import Origin
from acquis.report.desk_form import Step, idempotency_key
from acquis.report.drafting import DRAFTS_LIMIT, DraftSentence
from acquis.report.publishing import fields_of
from acquis.state import State
from acquis.state.drafting import FIELD, PARTS
from acquis.statistics.summary import figures
from acquis.web.api.actions import carry_out, count_action
from acquis.web.api.schemas import FILE, KEY, form, upload
from acquis.web.http.assets import DOCUMENT, EVIDENCE
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint, page
from acquis.web.pages.desk.saving import AT_DESK
from acquis.web.pages.elsewhere.preview import DraftPreview, compared, draft_preview
from acquis.web.words.phrases import lines
from acquis.web.words.report import ORIGINS, TITLES, named

TEXT = {"type": "string"}
FORM_LIMIT, FORM_FIELDS = 4_000_000, 20 * MOST_SENTENCES
_TEXT_FIELD = re.compile(r"text\.(\d{1,4})", re.ASCII)
_CITE_FIELD = re.compile(r"cite\.(\d{1,4})\.(\d{1,9})", re.ASCII)


@page("/s/{session:slug}/desk/elsewhere", roles=AT_DESK, names=AT_DESK, styles=(DOCUMENT, EVIDENCE))
async def elsewhere(context: RequestContext) -> Response:
    """The form in which a draft is pasted or uploaded."""
    return _show(context)


def _show(context: RequestContext, preview: DraftPreview | None = None) -> Response:
    state, language = context.state, context.language
    fields = {FIELD + name: title for name, title in fields_of(state).items()}
    return context.render(
        "pages/elsewhere/page.html",
        state=state,
        preview=preview,
        parts=lines(language, TITLES) | fields,
        origins=lines(language, ORIGINS),
        named=functools.partial(named, language),
        limits={"file": MAX_BYTES // 1_000_000, "text": MAX_TEXT // 1_000, "sentences": MOST_SENTENCES},
    )


@endpoint(
    "POST",
    "/s/{session:slug}/desk/elsewhere/preview",
    name="elsewhere_preview",
    roles=AT_DESK,
    names=AT_DESK,
    reads=True,
    page="elsewhere",
    accepts=upload({"file": FILE, "text": TEXT, "origin": TEXT}),
)
async def elsewhere_preview(context: RequestContext) -> Response:
    """What a draft says, compared with the record, before anything of it is kept."""
    async with context.request.form(max_files=1, max_fields=10, max_part_size=MAX_BYTES) as sent:
        file = sent.get("file")
        data = await file.read(MAX_BYTES + 1) if isinstance(file, UploadFile) else b""
        context.typed = {key: value for key, value in sent.items() if isinstance(value, str)}
    fields = {title: FIELD + name for name, title in fields_of(context.state).items()}
    source = data or context.typed.get("text", "").strip()
    try:
        draft = await asyncio.to_thread(read_outside_draft, source, fields)
        origin = origin_of(draft, context.typed.get("origin", ""))
    except OutsideDraftError as error:
        field = "origin" if error.code == "origin_missing" else "file" if data else "text"
        return await elsewhere.rendered(context, [(field, error.sentence(context.language))], 422)
    there = await context.on(elsewhere.declaration)
    return _show(there, await _preview(there, draft, origin))


async def _preview(context: RequestContext, draft: OutsideDraft, origin: Origin) -> DraftPreview:
    state = await context.frozen()
    preview = await asyncio.to_thread(_compared, state, context.language, draft, origin)
    await context.pause()
    return preview


def _compared(state: State, language: str, draft: OutsideDraft, origin: Origin) -> DraftPreview:
    listed = figures(state)
    read = compared(draft, facts(state, listed), covered_session(state))
    return draft_preview(state, language, draft, read, origin, listed)


@endpoint(
    "POST",
    "/s/{session:slug}/desk/elsewhere",
    name="elsewhere_enter",
    roles=AT_DESK,
    names=AT_DESK,
    reads=True,
    page="elsewhere",
    accepts=form({"origin": TEXT, "key": KEY}, ["origin", "key"]),
)
async def elsewhere_enter(context: RequestContext) -> Response:
    """The selected sentences of the preview become sentences of the draft, with the evidence that was selected. Raises
    Refused."""
    fields = await context.form(FORM_LIMIT, FORM_FIELDS)
    steps = list(_steps(fields))
    if not steps:
        raise Refused("text_empty")
    if len(steps) + sum(map(len, context.state.draft.values())) > DRAFTS_LIMIT:
        raise Refused("too_many_sentences", limit=DRAFTS_LIMIT)
    count_action(context)
    outcomes = await asyncio.gather(
        *(carry_out(context, command, key, counted=False) for key, command in steps), return_exceptions=True
    )
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    return context.redirect(f"/s/{context.id}/desk?saved=1")


def _steps(fields: Mapping[str, str]) -> Iterator[Step]:
    """The commands for the selected sentences of a form, in their order."""
    origin: Origin = next((name for name in get_args(Origin) if name and name == fields.get("origin")), "both")
    cites: dict[str, list[int]] = {}
    for name in fields:
        if match := _CITE_FIELD.fullmatch(name):
            cites.setdefault(match[1], []).append(int(match[2]))
    for name, text in fields.items():
        match = _TEXT_FIELD.fullmatch(name)
        if match and f"pick.{match[1]}" in fields and text.strip():
            part = fields.get(f"part.{match[1]}", "") or PARTS[0]
            command = DraftSentence(part, text.strip(), tuple(cites.get(match[1], ())), origin=origin)
            yield idempotency_key(f"{fields.get('key', '')}.{match[1]}"), command
