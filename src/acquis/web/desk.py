"""The rapporteur's desk: evidence on one side, the draft of the report on the other, the clock above both.

The draft is one form. Every button of it sends the whole form, so that without a script nothing typed is ever lost:
the draft is read, the button's change is made, the draft is kept, and the page comes back.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from acquis.command import Refused
from acquis.floor.queue import NoteTurn
from acquis.i18n import N_, say
from acquis.i18n.refusals import refusal_sentence
from acquis.plan.roster import Roster
from acquis.record import RecordBroken, RecordFull
from acquis.reference import Limit, profile
from acquis.reference.library import library
from acquis.reference.records import Item
from acquis.reference.suggest import Suggestion, suggest
from acquis.report.drafting import changed, read
from acquis.report.evidence import candidates, cite
from acquis.report.summary import figures
from acquis.report.takeaways import (
    PARTS,
    PublishReport,
    ReportDraft,
    count,
    draft_json,
    draft_of,
    due_at,
    published_draft,
)
from acquis.report.view import report_view
from acquis.session import Session
from acquis.state import State
from acquis.web import passes, record_page, when
from acquis.web.commands import PAGES, TooLarge, carry_out, form_of, refusal
from acquis.web.house import house_of
from acquis.web.phrases import lines
from acquis.web.problems import json_response, problem, wants_json
from acquis.web.render import language_of, render

TITLES = {
    "takeaways": N_("Key takeaways"),
    "calls_to_action": N_("Call to action"),
    "consensus": N_("Areas of consensus"),
    "concern": N_("Areas of concern"),
}
HINTS = {
    "takeaways": N_("What the session found, in whole sentences."),
    "calls_to_action": N_("Who should do what, where, and by when."),
    "consensus": N_("What everybody could agree to."),
    "concern": N_("What worried people, or divided them."),
}
FORM_LIMIT = 1_000_000
FORM_FIELDS = 4000
_MET = N_(
    "Somebody else saved this draft meanwhile. What you typed is still here; save again to put it in place of theirs."
)
_SAVED = N_("Saved.")
_BECAUSE = N_("because of: {words}")


def kept(roster: Roster, id: str, state: State) -> ReportDraft:
    """The draft as it is kept; the published report where there is none."""
    text = roster.report(id)
    return draft_of(text) if text else published_draft(state)


def suggested(language: str, text: str, tied: Sequence[str]) -> list[Offer]:
    """What a text may be about, with the words that say so; what is tied already is left out."""
    found = []
    for one in _suggested(text) if text.strip() else ():
        record = library().find(one.id)
        if record is not None and one.id not in tied:
            because = say(language, _BECAUSE, words=one.because)
            found.append(Offer(one.id, record.title, because))
    return found


@functools.lru_cache(maxsize=5000)
def _suggested(text: str) -> tuple[Suggestion, ...]:
    return tuple(suggest(library().of(Item), text))


class Offer(msgspec.Struct, frozen=True):
    """An item of the reference that is suggested for a text."""

    id: str
    title: str
    because: str


def mark(draft: ReportDraft) -> str:
    """A mark of a draft, to see that it is still the one that a form was made from."""
    return hashlib.sha256(draft_json(draft).encode()).hexdigest()[:16]


async def desk(request: Request) -> Response:
    """The desk, or (`?preview=1`) the record as it would look."""
    return await _page(request)


async def again(request: Request, sentence: str, typed: dict[str, str], status: int) -> Response:
    """The desk with a refusal of the one door on top."""
    return await _page(request, sentence, status, typed=typed)


async def _page(
    request: Request,
    sentence: str = "",
    status: int = 200,
    draft: ReportDraft | None = None,
    theirs: ReportDraft | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    found = await record_page.published(request, "desk")
    if isinstance(found, Response):
        return found
    session, state, head = found
    house, id, language = house_of(request), session.log, language_of(request)
    me = passes.pass_of(request, id)
    assert state.programme is not None
    stored = kept(house.roster, id, state)
    draft = stored if draft is None else draft
    if request.query_params.get("preview"):
        return await preview(request, id, state, head, draft)
    shown = figures(state)
    seqs = [*state.turns, *state.questions, *state.statements]
    return render(
        request,
        "desk.html",
        status,
        page="desk",
        session=id,
        me=me,
        state=state,
        draft=draft,
        base=mark(stored),
        theirs=theirs,
        titles=lines(language, TITLES),
        hints=lines(language, HINTS),
        parts=PARTS,
        offered=candidates(state),
        evidence={evidence.seq: evidence for evidence in cite(state, seqs, shown)},
        names=house.roster.names(id),
        suggested=functools.partial(suggested, language),
        items=library().of(Item),
        count=count,
        limits=limits(state),
        due=due_at(state),
        due_text=when.moment(due_at(state), state.programme.zone, language) if due_at(state) else "",
        notice=say(language, _SAVED) if request.query_params.get("saved") and not sentence else "",
        may_note=bool(me.roles & NoteTurn.roles),
        scripts=("desk.js",),
        problem=sentence,
        typed=typed or {},
    )


def limits(state: State) -> dict[str, Limit]:
    """The limits of the session's profile."""
    assert state.programme is not None
    try:
        return profile(state.programme.profile).limits
    except LookupError:
        return {}


async def preview(request: Request, id: str, state: State, head: str, draft: ReportDraft) -> Response:
    """The record as it would look with this draft."""
    cited = dict.fromkeys(seq for sentence in draft.sentences() for seq in sentence.cites)
    view = msgspec.structs.replace(
        report_view(state, head),
        **msgspec.structs.asdict(draft),
        version=len(state.reports) + 1,
        correction="",
        evidence=cite(state, cited),
        figures=figures(state),
    )
    return await record_page.show(request, id, state, view, preview=True)


# --- changing ---------------------------------------------------------------------------------------------------


async def desk_save(request: Request) -> Response:
    """Keep the draft after a button; or publish it."""
    house = house_of(request)
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
    draft, part = changed(read(fields), act, fields, state)
    stored = kept(house.roster, session.log, state)
    if fields.get("base") != mark(stored) and draft != stored:
        return await _met(request, draft, stored, fields)
    house.roster.save_report(session.log, draft_json(draft), house.clock.now())
    try:
        await _note(request, session, state, fields)
    except (Refused, RecordFull, RecordBroken) as error:
        status, code, facts = refusal(error)
        return await _page(request, refusal_sentence(language_of(request), code, facts), status, draft, typed=fields)
    if act == "publish":
        return await _publish(request, session, draft, fields)
    if wants_json(request):
        return json_response(200, {"base": mark(draft)})
    tail = "?preview=1" if act == "preview" else f"#{part}" if part else "?saved=1"
    return RedirectResponse(f"/s/{session.log}/desk{tail}", 303)


async def _note(request: Request, session: Session, state: State, fields: dict[str, str]) -> None:
    """Keep the notes of turns that were changed in the same form. Raises Refused, RecordFull, RecordBroken."""
    house, me = house_of(request), passes.pass_of(request, session.log)
    for turn in list(state.turns.values()) if me.roles & NoteTurn.roles else ():
        text = fields.get(f"note.{turn.seq}", "").replace("\r\n", "\n").strip()
        if text and text != turn.note:
            # Said by its content, so that the same form sent twice is one note.
            digest = hashlib.sha256(text.encode()).hexdigest()[:16]
            await carry_out(house, session, me, NoteTurn(turn.seq, text), f"note-{turn.seq}-{digest}-{turn.note_entry}")


async def _met(request: Request, draft: ReportDraft, stored: ReportDraft, fields: dict[str, str]) -> Response:
    """Two people write at once: nobody's words are lost in silence."""
    sentence = say(language_of(request), _MET)
    if wants_json(request):
        return json_response(409, {"refused": "draft_changed", "facts": {}, "sentence": sentence})
    return await _page(request, sentence, 409, draft, stored, fields)


async def _publish(request: Request, session: Session, draft: ReportDraft, fields: dict[str, str]) -> Response:
    house, language = house_of(request), language_of(request)
    whole = {part: tuple(s for s in getattr(draft, part) if s.text.strip() or s.cites) for part in PARTS}
    command = PublishReport(**whole, correction=fields.get("correction", ""))
    me = passes.pass_of(request, session.log)
    try:
        await carry_out(house, session, me, command, fields.get("key", ""))
    except (Refused, RecordFull, RecordBroken) as error:
        status, code, facts = refusal(error)
        return await _page(request, refusal_sentence(language, code, facts), status, draft, typed=fields)
    return RedirectResponse(f"/s/{session.log}/record", 303)


ROUTES = [
    Route("/s/{session:slug}/desk", desk, methods=["GET"], name="desk"),
    Route("/s/{session:slug}/desk", desk_save, methods=["POST"], name="desk_save"),
]
PAGES["desk"] = again
