"""The rapporteur's desk: evidence on one side, the draft of the report on the other, the clock above both.

The draft is one form. Every button of it sends the whole form, so that without a script nothing typed is ever lost:
what was typed becomes entries, one a sentence, the button does its own, and the page comes back.
"""

from __future__ import annotations

import functools

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from acquis.captions.align import lines_by_turn
from acquis.documents.view import report_view, sections_of
from acquis.floor.queue import NoteTurn
from acquis.i18n import N_, say
from acquis.reference.library import library
from acquis.reference.records import Item
from acquis.report.confirming import summary_of_draft
from acquis.report.desk_form import TypedSentence, sections, whole
from acquis.report.offers import offers
from acquis.report.publishing import due_at
from acquis.roster import Pass
from acquis.state import State
from acquis.state.drafting import PARTS
from acquis.state.reading import speaker_of
from acquis.statistics.concentration import live_said
from acquis.statistics.evidence import cite
from acquis.statistics.heard import live
from acquis.statistics.summary import figures
from acquis.web.api.actions import PAGES
from acquis.web.http import passes
from acquis.web.http.application import Application, house_of
from acquis.web.http.problems import json_response, wants_json
from acquis.web.http.rendering import language_of, render
from acquis.web.pages.desk.draft import draft_context, draft_mark
from acquis.web.pages.record import page as record_page
from acquis.web.words import dates

_SAVED = N_("Saved.")
HERE_MS = 15_000
"""Somebody whose page asked for news so long ago is still at the desk."""


async def desk(request: Request) -> Response:
    """The desk, or (`?preview=1`) the record as it would look. As JSON: the mark of the draft and who else is here."""
    if wants_json(request):
        return await _news(request)
    return await page(request)


async def again(request: Request, sentence: str, fields: dict[str, str], status: int) -> Response:
    """The desk with a refusal of the one door on top."""
    return await page(request, sentence, status, fields=fields)


async def _news(request: Request) -> Response:
    found = await record_page.published(request, "desk")
    if isinstance(found, Response):
        return found
    session, state, _ = found
    house, me = house_of(request), passes.pass_of(request, session.log)
    return json_response(200, {"mark": draft_mark(state), "others": _others(house, session.log, me)})


def _others(house: Application, id: str, me: Pass) -> list[str]:
    """The names of who else is at the desk, and that this one is."""
    now = house.clock.now()
    here = house.at_desk.setdefault(id, {})
    here[me.person] = now
    names = house.roster.names(id)
    return sorted(
        names.get(person, person[-4:].upper())
        for person, at in here.items()
        if person != me.person and now - at < HERE_MS
    )


async def page(
    request: Request,
    sentence: str = "",
    status: int = 200,
    typed: dict[str, TypedSentence] | None = None,
    theirs: dict[str, bool] | None = None,
    fields: dict[str, str] | None = None,
) -> Response:
    """The desk, with what was typed and could not be kept. Raises nothing; answers who may not see it."""
    found = await record_page.published(request, "desk")
    if isinstance(found, Response):
        return found
    session, state, head = found
    house, id, language = house_of(request), session.log, language_of(request)
    me = passes.pass_of(request, id)
    assert state.programme is not None
    if request.query_params.get("preview"):
        return await preview(request, id, state, head)
    offered = offers(state, language)
    seen = {
        "page": "desk", "session": id, "me": me, "state": state, "names": house.roster.names(id), "problem": sentence,
        "others": _others(house, id, me), "due": due_at(state), "typed": fields or {},
        "notice": say(language, _SAVED) if request.query_params.get("saved") and not sentence else "",
        **draft_context(state, language, offered, typed or {}, theirs or {}),
    }  # fmt: skip
    if "only" in (fields or request.query_params):
        return render(request, "pages/desk/draft.html", status, **seen)
    due = due_at(state)
    seqs = [*state.turns, *state.questions, *state.statements, *state.speech]
    return render(
        request,
        "pages/desk/page.html",
        status,
        **seen
        | {
            "offered": offered,
            "evidence": {evidence.seq: evidence for evidence in cite(state, seqs, figures(state))},
            "spoken": lines_by_turn(state),
            "speaker_of": functools.partial(speaker_of, state),
            "items": library().of(Item),
            "policy": record_page.programme_of(state),
            "balance": live_said(language, live(state, house.clock.now())),
            "due_text": dates.moment(due, state.programme.zone, language) if due else "",
            "summary_of_draft": summary_of_draft(state),
            "may_note": bool(me.roles & NoteTurn.roles),
            "scripts": ("pages/desk/page.js", "pages/desk/evidence.js"),
        },
    )


async def preview(request: Request, id: str, state: State, head: str) -> Response:
    """The record as it would look with the draft."""
    parts = {part: whole(state, part) for part in PARTS}
    longer = sections_of(state, sections(state))
    written = (*parts.values(), *(one.paragraphs for one in longer))
    cited = dict.fromkeys(seq for sentences in written for one in sentences for seq in one.cites)
    view = msgspec.structs.replace(
        report_view(state, head),
        **parts,
        sections=longer,
        version=len(state.reports) + 1,
        correction="",
        evidence=cite(state, cited),
        figures=figures(state),
    )
    return await record_page.show(request, id, state, view, preview=True)


ROUTES = [Route("/s/{session:slug}/desk", desk, methods=["GET"], name="desk")]
PAGES["desk"] = again
