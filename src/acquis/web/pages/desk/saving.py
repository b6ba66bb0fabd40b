"""What the desk's form does: keep what was typed, one entry a sentence; then its button; publish."""

from __future__ import annotations

import hashlib

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from acquis.command import Refused
from acquis.floor.queue import NoteTurn
from acquis.i18n.refusals import refusal_sentence
from acquis.record import RecordBroken, RecordFull
from acquis.report.desk_form import Step, TypedSentence, asked, mark, read, sections, whole
from acquis.report.publishing import PublishReport
from acquis.session import Session
from acquis.state import State
from acquis.state.drafting import PARTS, drafted
from acquis.web.api.actions import TooLarge, carry_out, form_of, refusal
from acquis.web.http import passes
from acquis.web.http.application import house_of
from acquis.web.http.problems import json_response, problem, wants_json
from acquis.web.http.rendering import language_of
from acquis.web.pages.desk.draft import draft_mark
from acquis.web.pages.desk.page import page
from acquis.web.pages.record import page as record_page

FORM_LIMIT = 1_000_000
FORM_FIELDS = 4000
Trouble = Refused | RecordFull | RecordBroken


class SaveOutcome(msgspec.Struct):
    """What became of a form. typed: the sentences that could not be kept, as they were typed; theirs: those that
    somebody else changed meanwhile, and whether they took them out; wrong: the first other trouble."""

    typed: dict[str, TypedSentence] = msgspec.field(default_factory=dict)
    theirs: dict[str, bool] = msgspec.field(default_factory=dict)
    wrong: Trouble | None = None


async def desk_save(request: Request) -> Response:
    """Keep what was typed, then what the button says; or publish."""
    found = await record_page.published(request, "desk_save")
    if isinstance(found, Response):
        return found
    session, state, _ = found
    try:
        fields = await form_of(request, FORM_LIMIT, FORM_FIELDS)
    except (TooLarge, Refused) as error:
        status, code, facts = refusal(error)
        return problem(request, status, code, **facts)
    act = fields.get("act", "save")
    rows = read(fields)
    wanted = asked(rows, act, fields, state, language_of(request))
    outcome = await _carried_out(request, session, wanted.steps, rows, fields.get("key", ""))
    for row in wanted.held:
        outcome.typed[row.id], outcome.theirs[row.id] = row, drafted(session.state, row.id) is None
    outcome.wrong = outcome.wrong or await _note(request, session, state, fields)
    state = await session.settled()
    if wants_json(request):
        return _told(request, state, rows, outcome)
    if trouble := _trouble(outcome):
        status, code, facts = refusal(trouble)
        sentence = refusal_sentence(language_of(request), code, facts)
        return await page(request, sentence, status, outcome.typed, outcome.theirs, fields)
    if act == "publish":
        return await _publish(request, session, state, fields)
    tail = "?preview=1" if act == "preview" else f"#{wanted.on}" if wanted.on else "?saved=1"
    if "only" in fields:
        tail = "?only=draft"
    return RedirectResponse(f"/s/{session.log}/desk{tail}", 303)


def _trouble(outcome: SaveOutcome) -> Trouble | None:
    """What to say on top of the page: a collision first."""
    if outcome.theirs:
        return Refused("sentence_gone" if all(outcome.theirs.values()) else "sentence_changed")
    return outcome.wrong


async def _carried_out(
    request: Request, session: Session, todo: list[Step], rows: list[TypedSentence], key: str
) -> SaveOutcome:
    """Each step through the door. What is refused is remembered with what was typed, and the others go on."""
    house, me = house_of(request), passes.pass_of(request, session.log)
    typed = {row.id: row for row in rows}
    outcome = SaveOutcome()
    for name, command in todo:
        sentence = getattr(command, "sentence", "")
        # A sentence is known by what it says; what a button does, by the form that it was pressed in.
        of = name if sentence and name[0].isdigit() else f"{key}.{name}"
        try:
            digest = hashlib.sha256(of.encode()).hexdigest()[:24]
            await carry_out(house, session, me, command, f"draft-{digest}")
        except (Refused, RecordFull, RecordBroken) as error:
            if sentence in typed:
                outcome.typed[sentence] = typed[sentence]
            if isinstance(error, Refused) and error.code in ("sentence_changed", "sentence_gone"):
                outcome.theirs[sentence] = error.code == "sentence_gone"
            else:
                outcome.wrong = outcome.wrong or error
    return outcome


def _told(request: Request, state: State, rows: list[TypedSentence], outcome: SaveOutcome) -> Response:
    """For the script: where each sentence stands now, and which somebody else changed."""
    language = language_of(request)
    kept = {}
    for row in rows:
        found = drafted(state, row.id)
        # A sentence that stands otherwise than it was sent is somebody else's work: the page has yet to see it.
        if found is not None and mark(found) == mark(row):
            kept[row.id] = {"base": found.entry, "was": mark(found)}
    met = {}
    for id, gone in outcome.theirs.items():
        found = drafted(state, id)
        there = {"text": found.text, "base": found.entry, "was": mark(found)} if found else {}
        sentence = refusal_sentence(language, "sentence_gone" if gone else "sentence_changed", {})
        met[id] = {**there, "gone": gone, "sentence": sentence}
    told: dict[str, object] = {"mark": draft_mark(state), "rows": kept, "theirs": met, "sentence": ""}
    if outcome.wrong is not None:
        status, code, facts = refusal(outcome.wrong)
        return json_response(status, {**told, "refused": code, "sentence": refusal_sentence(language, code, facts)})
    return json_response(409 if met else 200, told)


async def _note(request: Request, session: Session, state: State, fields: dict[str, str]) -> Trouble | None:
    """Keep the notes of turns that were changed in the same form; the first trouble."""
    house, me = house_of(request), passes.pass_of(request, session.log)
    for turn in list(state.turns.values()) if me.roles & NoteTurn.roles else ():
        text = fields.get(f"note.{turn.seq}", "").replace("\r\n", "\n").strip()
        if text and text != turn.note:
            # Said by its content, so that the same form sent twice is one note.
            digest = hashlib.sha256(text.encode()).hexdigest()[:16]
            key = f"note-{turn.seq}-{digest}-{turn.note_entry}"
            try:
                await carry_out(house, session, me, NoteTurn(turn.seq, text), key)
            except (Refused, RecordFull, RecordBroken) as error:
                return error
    return None


async def _publish(request: Request, session: Session, state: State, fields: dict[str, str]) -> Response:
    parts = {part: whole(state, part) for part in PARTS}
    command = PublishReport(**parts, correction=fields.get("correction", ""), sections=sections(state))
    me = passes.pass_of(request, session.log)
    try:
        await carry_out(house_of(request), session, me, command, fields.get("key", ""))
    except (Refused, RecordFull, RecordBroken) as error:
        status, code, facts = refusal(error)
        return await page(request, refusal_sentence(language_of(request), code, facts), status, fields=fields)
    return RedirectResponse(f"/s/{session.log}/record", 303)


ROUTES = [Route("/s/{session:slug}/desk", desk_save, methods=["POST"], name="desk_save")]
