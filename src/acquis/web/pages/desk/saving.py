"""What the desk's form does: keep what was typed, one entry a sentence; then its button; publish."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from starlette.responses import Response

from acquis.command import Command, Refused
from acquis.floor.queue import NoteTurn
from acquis.i18n.refusals import refusal_sentence
from acquis.report.desk_form import Asked, TypedSentence, asked, mark, read, sections, whole
from acquis.report.publishing import PublishReport
from acquis.state import State
from acquis.state.drafting import PARTS, drafted
from acquis.web.api.actions import carry_out
from acquis.web.api.schemas import KEY, form
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import REFUSALS, endpoint
from acquis.web.http.problems import json_response, refusal, wants_json
from acquis.web.pages.desk.draft import draft_mark
from acquis.web.pages.desk.page import AT_DESK, Unkept, desk, show

FORM_LIMIT = 1_000_000
FORM_FIELDS = 4000


@endpoint(
    "POST",
    "/s/{session:slug}/desk",
    name="desk_save",
    roles=AT_DESK,
    names=AT_DESK,
    reads=True,
    page="desk",
    accepts=form({"act": {"type": "string"}, "correction": {"type": "string"}, "key": KEY}, ["act", "key"]),
)
async def save(context: RequestContext) -> Response:
    """Carry out the commands of the form, one after another; what is refused does not hold up the others."""
    fields = await context.form(FORM_LIMIT, FORM_FIELDS)
    act, rows = fields.get("act", "save"), read(fields)
    wanted = asked(rows, act, fields, context.state, context.language)
    unkept = Unkept()
    wrong: Exception | None = None
    for key, command in commands_of(context, wanted, fields):
        try:
            await carry_out(context, command, key)
        except REFUSALS as error:
            trouble = _unkept(unkept, rows, command, error)
            wrong = wrong or trouble
    for row in wanted.unresolved:
        unkept.typed[row.id], unkept.theirs[row.id] = row, drafted(context.session.state, row.id) is None
    context = await context.on(desk.declaration)
    if wants_json(context.request):
        return _rows_as_json(context, rows, unkept, wrong)
    if unkept.theirs:  # two wrote the same sentence: that comes before any other trouble
        wrong = Refused("sentence_gone" if all(unkept.theirs.values()) else "sentence_changed")
    if wrong is not None:
        context.status, code, facts = refusal(wrong)
        context.problem = refusal_sentence(context.language, code, facts)
        return show(context, unkept)
    if act == "publish":
        await _publish(context)
        return context.redirect(f"/s/{context.id}/record")
    tail = "?preview=1" if act == "preview" else f"#{wanted.on}" if wanted.on else "?saved=1"
    return context.redirect(f"/s/{context.id}/desk{'?only=draft' if 'only' in fields else tail}")


def commands_of(context: RequestContext, wanted: Asked, fields: dict[str, str]) -> Iterator[tuple[str, Command]]:
    """The commands of a form in their order, each with its key, so that the same form sent twice does everything once.
    A sentence is known by what it says; what a button does, by the form that it was pressed in; a note by its text."""
    for name, command in wanted.steps:
        sentence = getattr(command, "sentence", "")
        of = name if sentence and name[0].isdigit() else f"{fields.get('key', '')}.{name}"
        yield f"draft-{hashlib.sha256(of.encode()).hexdigest()[:24]}", command
    for turn in list(context.state.turns.values()) if context.actor.roles & NoteTurn.roles else ():
        text = fields.get(f"note.{turn.seq}", "").replace("\r\n", "\n").strip()
        if text and text != turn.note:
            digest = hashlib.sha256(text.encode()).hexdigest()[:16]
            yield f"note-{turn.seq}-{digest}-{turn.note_entry}", NoteTurn(turn.seq, text)


def _unkept(unkept: Unkept, rows: list[TypedSentence], command: Command, error: Exception) -> Exception | None:
    """Remember a sentence that was refused as it was typed; the error, unless two wrote the same sentence."""
    sentence = getattr(command, "sentence", "")
    unkept.typed |= {row.id: row for row in rows if row.id == sentence}
    if isinstance(error, Refused) and error.code in ("sentence_changed", "sentence_gone"):
        unkept.theirs[sentence] = error.code == "sentence_gone"
        return None
    return error


def _rows_as_json(
    context: RequestContext, rows: list[TypedSentence], unkept: Unkept, wrong: Exception | None
) -> Response:
    """For the script: where each sentence stands now, and which somebody else changed."""
    state, language = context.state, context.language
    kept = {}
    for row in rows:
        stands = drafted(state, row.id)
        # A sentence that stands otherwise than it was sent is somebody else's work: the page has yet to see it.
        if stands is not None and mark(stands) == mark(row):
            kept[row.id] = {"base": stands.entry, "was": mark(stands)}
    theirs = {id: _theirs(state, id, gone, language) for id, gone in unkept.theirs.items()}
    answer: dict[str, object] = {"mark": draft_mark(state), "rows": kept, "theirs": theirs, "sentence": ""}
    if wrong is not None:
        status, code, facts = refusal(wrong)
        return json_response(status, {**answer, "refused": code, "sentence": refusal_sentence(language, code, facts)})
    return json_response(409 if theirs else 200, answer)


def _theirs(state: State, id: str, gone: bool, language: str) -> dict[str, object]:
    stands = drafted(state, id)
    there = {"text": stands.text, "base": stands.entry, "was": mark(stands)} if stands else {}
    sentence = refusal_sentence(language, "sentence_gone" if gone else "sentence_changed", {})
    return {**there, "gone": gone, "sentence": sentence}


async def _publish(context: RequestContext) -> None:
    state, fields = context.state, context.typed
    parts = {part: whole(state, part) for part in PARTS}
    command = PublishReport(**parts, correction=fields.get("correction", ""), sections=sections(state))
    await carry_out(context, command, fields.get("key", ""))
