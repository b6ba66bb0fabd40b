"""Saves the form of the draft, one entry for each sentence, and then carries out the action of its button."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from starlette.responses import Response

from acquis.command import MODERATORS, ORGANIZER, RAPPORTEUR, Command, Refused
from acquis.floor.queue import NoteTurn
from acquis.i18n.refusals import refusal_sentence
from acquis.report.desk_form import DeskForm, Step, TypedSentence, draft_mark, mark, read
from acquis.state import State
from acquis.state.drafting import drafted
from acquis.web.api.actions import carry_out
from acquis.web.api.schemas import KEY, form
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import REFUSALS, endpoint
from acquis.web.http.problems import json_response, refusal, wants_json

AT_DESK = MODERATORS | {RAPPORTEUR, ORGANIZER}
DRAFT_FORM = form({**{name: {"type": "string"} for name in ("act", "correction", "sure")}, "key": KEY}, ["act", "key"])
"""The request body of every endpoint of the desk: the form of the draft."""
FORM_LIMIT = 1_000_000
FORM_FIELDS = 4000


class NotKept(Refused):
    """A part of a form was refused, and the rest of it was saved.

    typed: the sentences that were not saved, as they were typed, by id; theirs: the ids of those that somebody else has
    changed meanwhile -> whether they removed the sentence; cause: the first refusal for another reason."""

    def __init__(
        self, form: DeskForm, typed: dict[str, TypedSentence], theirs: dict[str, bool], cause: Exception | None
    ) -> None:
        # A conflict is reported before any other refusal, because the writer has to choose a version.
        collision = "sentence_gone" if all(theirs.values()) else "sentence_changed"
        _, code, facts = refusal(cause) if cause is not None and not theirs else (409, collision, {})
        super().__init__(code, **facts)
        self.field = getattr(cause, "field", "") or next((f"s.{id}.text" for id in theirs), "")
        self.form, self.typed, self.theirs, self.cause = form, typed, theirs, cause


@endpoint(
    "POST",
    "/s/{session:slug}/desk",
    name="desk_save",
    roles=AT_DESK,
    names=AT_DESK,
    reads=True,
    page="desk",
    accepts=DRAFT_FORM,
)
async def save(context: RequestContext) -> Response:
    """Save the form; add, cite, move or remove sentences. A script receives the state of each sentence as JSON."""
    refused = None
    await context.form(FORM_LIMIT, FORM_FIELDS)
    try:
        form = await keep(context)
    except NotKept as error:
        if not wants_json(context.request):
            raise
        refused, form = error, error.form
    if wants_json(context.request):
        return _as_json(await context.session.settled(), context.language, form, refused)
    tail = "?only=draft" if "only" in context.typed else f"#{form.target}" if form.target else "?saved=1"
    return context.redirect(f"/s/{context.id}/desk{tail}")


async def keep(context: RequestContext, proposed: Sequence[Step] = ()) -> DeskForm:
    """Carry out the commands of the form, which the handler has read, and then the proposed ones. If one is refused,
    the others are carried out nevertheless.

    Raises NotKept."""
    notes = _notes(context)
    form = read(context.typed, context.state)
    typed, theirs = {row.id: row for row in form.unresolved}, dict[str, bool]()
    cause: Exception | None = None
    for key, command in [*form.steps, *proposed, *notes]:
        try:
            await carry_out(context, command, key)
        except REFUSALS as error:
            sentence = getattr(command, "sentence", "")
            typed |= {row.id: row for row in form.rows if row.id == sentence}
            if isinstance(error, Refused) and error.code in ("sentence_changed", "sentence_gone"):
                theirs[sentence] = error.code == "sentence_gone"
            else:
                cause = cause or (_placed(error, command) if isinstance(error, Refused) else error)
    theirs |= {row.id: drafted(context.session.state, row.id) is None for row in form.unresolved}
    if theirs or cause:
        raise NotKept(form, typed, theirs, cause)
    return form


def _placed(error: Refused, command: Command) -> Refused:
    """The refusal of a command of the form, at the field of the form that holds what was refused."""
    sentence = getattr(command, "sentence", "")
    if isinstance(command, NoteTurn):
        error.field = f"note.{command.turn}"
    elif sentence:
        error.field = f"s.{sentence}.{'about' if error.field == 'about' else 'text'}"
    return error


def _notes(context: RequestContext) -> Iterator[Step]:
    """The commands for the notes of turns that were changed; none if the reader may not write notes."""
    for turn in context.state.turns.values() if context.actor.roles & NoteTurn.roles else ():
        text = context.typed.get(f"note.{turn.seq}", "").replace("\r\n", "\n").strip()
        if text and text != turn.note:
            digest = hashlib.sha256(text.encode()).hexdigest()[:16]
            yield f"note-{turn.seq}-{digest}-{turn.note_entry}", NoteTurn(turn.seq, text)


def _as_json(state: State, language: str, form: DeskForm, refused: NotKept | None) -> Response:
    """The present state of each sentence of a form, which of them somebody else has changed, and what was refused."""
    rows, theirs = {}, {}
    for row in form.rows:
        there = drafted(state, row.id)
        # A sentence that differs from the one sent was changed by somebody else, and the page does not show that yet.
        if there is not None and mark(there) == mark(row):
            rows[row.id] = {"base": there.entry, "was": mark(there)}
    for id, gone in refused.theirs.items() if refused else ():
        there = drafted(state, id)
        said = {"text": there.text, "base": there.entry, "was": mark(there)} if there else {}
        sentence = refusal_sentence(language, "sentence_gone" if gone else "sentence_changed", {})
        theirs[id] = {**said, "gone": gone, "sentence": sentence}
    answer: dict[str, object] = {"mark": draft_mark(state), "rows": rows, "theirs": theirs, "sentence": ""}
    if refused is None or refused.cause is None:
        return json_response(409 if refused else 200, answer)
    status, code, facts = refusal(refused.cause)
    return json_response(status, {**answer, "refused": code, "sentence": refusal_sentence(language, code, facts)})
