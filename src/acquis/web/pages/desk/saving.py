"""Saving the draft: what was typed into its form is kept, one entry a sentence, and then its button does its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from starlette.responses import Response

from acquis.command import MODERATORS, ORGANIZER, RAPPORTEUR, Refused
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
DRAFT_FORM = form({"act": {"type": "string"}, "correction": {"type": "string"}, "key": KEY}, ["act", "key"])
"""What every endpoint of the desk accepts: the whole form of the draft."""
FORM_LIMIT = 1_000_000
FORM_FIELDS = 4000


class NotKept(Refused):
    """Something of a form was refused, and the rest of it was kept.

    typed: the sentences that were not kept, as they were typed, by id; theirs: those of them that somebody else changed
    meanwhile, and whether they took the sentence out; cause: what else was refused first."""

    def __init__(
        self, form: DeskForm, typed: dict[str, TypedSentence], theirs: dict[str, bool], cause: Exception | None
    ) -> None:
        # A sentence that two people wrote comes before anything else, because it waits for a choice.
        collision = "sentence_gone" if all(theirs.values()) else "sentence_changed"
        _, code, facts = refusal(cause) if cause is not None and not theirs else (409, collision, {})
        super().__init__(code, **facts)
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
    """Keep what was typed, add, cite, move and remove sentences. A script is told where each sentence stands now."""
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
    """Carry out the commands of the form, which the handler has read, and then the proposed ones. What is refused does
    not hold up the others.

    Raises NotKept."""
    form = read(context.typed, context.state)
    typed, theirs = {row.id: row for row in form.unresolved}, dict[str, bool]()
    cause: Exception | None = None
    for key, command in [*form.steps, *proposed, *_notes(context)]:
        try:
            await carry_out(context, command, key)
        except REFUSALS as error:
            sentence = getattr(command, "sentence", "")
            typed |= {row.id: row for row in form.rows if row.id == sentence}
            if isinstance(error, Refused) and error.code in ("sentence_changed", "sentence_gone"):
                theirs[sentence] = error.code == "sentence_gone"
            else:
                cause = cause or error
    theirs |= {row.id: drafted(context.session.state, row.id) is None for row in form.unresolved}
    if theirs or cause:
        raise NotKept(form, typed, theirs, cause)
    return form


def _notes(context: RequestContext) -> Iterator[Step]:
    """The notes of turns that were typed in or changed, of somebody who may write them."""
    for turn in context.state.turns.values() if context.actor.roles & NoteTurn.roles else ():
        text = context.typed.get(f"note.{turn.seq}", "").replace("\r\n", "\n").strip()
        if text and text != turn.note:
            digest = hashlib.sha256(text.encode()).hexdigest()[:16]
            yield f"note-{turn.seq}-{digest}-{turn.note_entry}", NoteTurn(turn.seq, text)


def _as_json(state: State, language: str, form: DeskForm, refused: NotKept | None) -> Response:
    """Where each sentence of a form stands now, which of them somebody else changed, and what was refused."""
    rows, theirs = {}, {}
    for row in form.rows:
        there = drafted(state, row.id)
        # A sentence that stands otherwise than it was sent is somebody else's work: the page has yet to see it.
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
