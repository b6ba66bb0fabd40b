"""The public record of a session, for later readers, and the audit of its floor."""

from __future__ import annotations

import asyncio
import functools
from collections import Counter
from typing import Any
from weakref import WeakKeyDictionary

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from acquis.captions.align import lines_by_turn
from acquis.documents.event import event_script
from acquis.documents.formats import GROUPS, listed
from acquis.documents.heard_chart import heard_picture
from acquis.documents.view import QuestionLine, ReportView, report_view
from acquis.floor.audit import Audit, audit
from acquis.floor.audit_words import KINDS, audit_lines
from acquis.followup.commitments import KEEPERS
from acquis.i18n import N_, say
from acquis.plan.document import Programme, ProgrammeError, from_data
from acquis.reference.library import library
from acquis.report.confirming import one_line, told
from acquis.report.publishing import due_at
from acquis.session import Session
from acquis.state import State
from acquis.state.reading import speaker_of
from acquis.statistics.concentration import TITLES as DIMENSIONS
from acquis.statistics.concentration import chosen_said, dimension_said, row_name
from acquis.statistics.heard import account
from acquis.statistics.opinion_words import TITLES, area_sentence
from acquis.statistics.summary import StatementArea
from acquis.web.http import passes
from acquis.web.http.application import house_of
from acquis.web.http.problems import problem
from acquis.web.http.rendering import RIGHT_TO_LEFT, language_of, render
from acquis.web.live.maps import recorded
from acquis.web.pages.floor.page import open_session
from acquis.web.words import dates
from acquis.web.words.phrases import clock_time, lines, times
from acquis.web.words.reference import href

FATES = (
    "answered_live",
    "answered_in_writing",
    "on_floor",
    "approved",
    "not_reached",
    "merged",
    "waiting",
    "held_back",
    "withdrawn",
)
"""The fates of questions in the order of the page."""
ROLES = {
    "organizers": N_("Organizers"),
    "onsite_moderators": N_("On-site moderation"),
    "online_moderators": N_("Online moderation"),
    "rapporteurs": N_("Rapporteur"),
    "speakers": N_("Speakers"),
}


INSIDE = ("desk", "desk_save", "mine")
"""Pages of those who took part or write: there names stand also under the Chatham House Rule."""


async def published(request: Request, page: str) -> tuple[Session, State, str] | Response:
    """The session of the address with its settled state and the head of its log, for a page of it that one may see; or
    the answer that says why not."""
    found = await open_session(request, page)
    if isinstance(found, Response):
        return found
    house, session, _ = found
    state = await session.settled()
    if state.programme is None:
        return problem(request, 404, "not_published")
    if page not in INSIDE:
        state = house.board.public(session.log, state)
    return session, state, house.board.record.head(session.log)[1].hex()


async def record(request: Request) -> Response:
    """`/s/{id}/record`, the newest version or `?version=n`."""
    found = await published(request, "record")
    if isinstance(found, Response):
        return found
    session, state, head = found
    try:
        view = report_view(state, head, int(request.query_params.get("version", "0")))
    except (LookupError, ValueError):
        return problem(request, 404, "no_such_page")
    return await show(request, session.log, state, view)


async def show(request: Request, id: str, state: State, view: ReportView, preview: bool = False) -> Response:
    """The record with the report of a view."""
    language, programme = language_of(request), programme_of(state)
    return render(
        request,
        "pages/record/page.html",
        200,
        page="record",
        session=id,
        me=passes.pass_of(request, id),
        state=state,
        view=view,
        event=event_script(view, language),
        preview=preview,
        programme=programme,
        numbers={evidence.seq: number for number, evidence in enumerate(view.evidence, 1)},
        evidence={evidence.seq: evidence for evidence in view.evidence},
        spoken=lines_by_turn(state) if any(one.kind == "turn" for one in view.evidence) else {},
        speaker_of=functools.partial(speaker_of, state),
        **_confirmed(view, state),
        statements={line.entry: line for line in view.statements},
        areas=_areas(view, language),
        heard_by=_heard(state, language) if state.turns else None,
        area_titles=lines(language, TITLES),
        opinion=await recorded(state, language) if state.phase == "closed" else None,
        fates=_by_fate(view),
        slot=dates.slot(view.starts, view.ends, view.zone, language),
        starts=times(language, view.starts, view.zone)[2],
        scripts=("shared/clocks.js",),
        due=dates.moment(due_at(state), view.zone, language) if due_at(state) else "",
        published=[dates.moment(report.at, view.zone, language) for report in state.reports],
        role_names=lines(language, ROLES),
        record_of=library().find,
        href=href,
        followable=bool(passes.pass_of(request, id).roles & KEEPERS),
        schedule=dates.schedule(programme) if programme else [],
        base_url=str(request.base_url),
        formats=listed(state),
        format_groups=lines(language, {str(group): title for group, title in GROUPS.items()}),
    )


def _confirmed(view: ReportView, state: State) -> dict[str, Any]:
    """How the sentences of the closing summary stand beside what the chair confirmed in the room."""
    sentences = told(state, view.consensus, view.concern) if view.version else ()
    found = {(one.part, one.published): one for one in sentences if one.published}
    zone = state.programme.zone if state.programme else "UTC"
    return {
        "confirmed": lambda part, text: found.get((part, one_line(text))),
        "left_out": lambda part: [one for one in sentences if one.part == part and one.fate == "left_out"],
        "confirmed_at": clock_time(state.confirmed.at, zone)[:5] if state.confirmed else "",
    }


def programme_of(state: State) -> Programme | None:
    """The document that was published; None where a log holds one that is not known any more."""
    assert state.programme is not None
    try:
        return from_data(state.programme.document)
    except ProgrammeError:
        return None


def _areas(view: ReportView, language: str, most: int = 5) -> dict[str, list[tuple[StatementArea, str]]]:
    """What the votes show, beside what the rapporteur wrote: the first few areas of each kind, with a sentence."""
    return {
        kind: [(area, area_sentence(language, kind, area)) for area in getattr(view.areas, kind)[:most]]
        for kind in TITLES
    }


def _heard(state: State, language: str) -> dict[str, Any]:
    """Who was heard: the picture, and for each way to look at the room its rows and what there is to say."""
    found = account(state, state.at)
    return {
        "picture": heard_picture(found, language, rtl=language in RIGHT_TO_LEFT),
        "everybody": found.everybody,
        "dimensions": [
            (say(language, DIMENSIONS[one.name]), one, dimension_said(language, one)) for one in found.dimensions
        ],
        "named": functools.partial(row_name, language),
        "chosen": chosen_said(language, found.chosen),
    }


def _by_fate(view: ReportView) -> list[tuple[str, list[QuestionLine]]]:
    """The questions by fate, the most supported first."""
    found: dict[str, list[QuestionLine]] = {fate: [] for fate in FATES}
    for question in sorted(view.questions, key=lambda question: (-question.support, question.entry)):
        found[question.fate].append(question)
    return [(fate, questions) for fate, questions in found.items() if questions]


# --- the audit --------------------------------------------------------------------------------------------------

_JUDGED: WeakKeyDictionary[Session, tuple[int, Audit]] = WeakKeyDictionary()
"""The last audit of each session and the entry it went up to: a log that did not grow is not read again."""


async def audit_page(request: Request) -> Response:
    """`/s/{id}/audit`: how the floor was run, judged again from the log."""
    found = await published(request, "audit")
    if isinstance(found, Response):
        return found
    session, state, head = found
    record, language = house_of(request).board.record, language_of(request)
    upto, judged = _JUDGED.get(session, (-1, None))
    if judged is None or upto != state.seq:
        upto = state.seq
        judged = await asyncio.to_thread(lambda: audit(row for row in record.scan(session.log) if row[0] <= upto))
        _JUDGED[session] = (upto, judged)
    state = house_of(request).board.public(session.log, await session.settled())
    return render(
        request,
        "pages/record/audit.html",
        200,
        page="audit",
        session=session.log,
        me=passes.pass_of(request, session.log),
        state=state,
        judged=judged,
        verdict=audit_lines(language, judged)[0],
        overrides=[turn for turn in state.turns.values() if turn.override],
        missed=Counter(state.hand_group(hand) for hand in state.hands.values() if hand.fate == "not_reached"),
        at=functools.partial(clock_time, zone=state.programme.zone if state.programme else "UTC"),
        kinds=lines(language, {str(kind): word for kind, word in KINDS.items()}),
        head=head,
        base_url=str(request.base_url),
    )


ROUTES = [
    Route("/s/{session:slug}/audit", audit_page, methods=["GET"], name="audit"),
    Route("/s/{session:slug}/record", record, methods=["GET"], name="record"),
]
