"""A session as data: the public state, the log, the exports, the QR code, the description of the API."""

from __future__ import annotations

import io
import re
from typing import Any, Literal

import msgspec
import segno
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from acquis.documents.formats import BY_NAME
from acquis.floor import fairness
from acquis.i18n import DOCUMENT_LANGUAGES
from acquis.publication.public import public_entries
from acquis.record.chain import to_line
from acquis.session import Session
from acquis.state import State
from acquis.state.reading import public_question, public_statement, public_text, tally
from acquis.web.api import documents
from acquis.web.api.openapi import openapi
from acquis.web.http import passes
from acquis.web.http.application import house_of
from acquis.web.http.problems import json_response, problem
from acquis.web.http.rendering import language_of

SESSION_FORMAT = 1
"""Raised when a field of `/s/{id}.json` is renamed, removed or gets another meaning; a new field leaves it as it is."""


class StatementData(msgspec.Struct, frozen=True):
    """A statement that was let through, and its tally."""

    entry: int
    text: str
    fate: str
    agree: int
    disagree: int
    passes: int


class QuestionData(msgspec.Struct, frozen=True):
    """A question with its fate; the text only if it was let through."""

    entry: int
    text: str
    fate: str
    support: int
    to: int
    merged_into: int
    reason: str


class HandData(msgspec.Struct, frozen=True):
    """A hand that waits, in the order of calling; without a name."""

    entry: int
    kind: str
    lane: str
    group: str


class SessionData(msgspec.Struct, frozen=True):
    """The public state of a session as of entry `seq`. Times are milliseconds since 1970, UTC; 0 is 'not yet'."""

    id: str
    title: str
    phase: Literal["draft", "published", "open", "closed"]
    seq: int
    head: str
    opened_at: int
    closed_at: int
    segment: int
    rehearsal: bool
    voices: int
    queue: list[HandData]
    counters_ms: dict[str, int]
    questions: list[QuestionData]
    statements: list[StatementData]
    reports: int
    programme: dict[str, Any]
    format: int = SESSION_FORMAT


def session_data(session: Session, state: State, head: str) -> SessionData:
    """The public state."""
    programme = state.programme
    order = fairness.order(state)
    beside = [hand for hand in (state.hands[seq] for seq in state.waiting) if hand.kind != "turn"]
    return SessionData(
        session.log,
        programme.title if programme else "",
        state.phase,
        state.seq,
        head,
        state.opened_at,
        state.closed_at,
        state.segment,
        bool(programme and programme.rehearsal),
        len(state.voices),
        [HandData(hand.seq, hand.kind, hand.attributes.lane, state.hand_group(hand)) for hand in (*beside, *order)],
        state.counters,
        [
            QuestionData(q.seq, public_text(state, q.seq), q.fate, len(q.supporters), q.to, q.into, q.reason)
            for q in state.questions.values()
            if public_question(q) or q.fate == "held_back"
        ],
        [
            StatementData(s.seq, s.text, s.fate, *msgspec.structs.astuple(tally(state, s.seq)))
            for s in state.statements.values()
            if public_statement(s)
        ],
        len(state.reports),
        programme.document if programme else {},
    )


async def _session(request: Request) -> Session | None:
    """The published session of the address; drafts are nobody's business."""
    session = await house_of(request).board.session(request.path_params["session"])
    return session if session is not None and session.state.programme is not None else None


async def session_json(request: Request) -> Response:
    """`/s/{id}.json`"""
    session = await _session(request)
    if session is None:
        return problem(request, 404, "no_such_session")
    state = await session.settled()
    board = house_of(request).board
    head = board.record.head(session.log)[1].hex()
    return json_response(200, session_data(session, board.public(session.log, state), head))


async def log(request: Request) -> Response:
    """`/s/{id}/log.jsonl`: the public log, whole, one entry a line."""
    session = await _session(request)
    if session is None:
        return problem(request, 404, "no_such_session")
    state = await session.settled()
    board = house_of(request).board
    entries = board.record.read(session.log, 0, state.seq)
    people = board.roster.names(session.log).values()
    lines = (to_line(entry) + b"\n" for entry in public_entries(entries, state, people))
    return StreamingResponse(lines, media_type="application/jsonl")


async def export(request: Request) -> Response:
    """`/s/{id}/report.pdf` and the other files of the record; `?version=n` and `?lang=ar` choose."""
    session = await _session(request)
    if session is None:
        return problem(request, 404, "no_such_session")
    declared, asked = BY_NAME[request.path_params["name"]], request.query_params.get("lang", "")
    language = asked if asked in DOCUMENT_LANGUAGES else language_of(request)
    state = await session.settled()
    if declared.live and passes.has_to_join(state, passes.pass_of(request, session.log)):
        return problem(request, 403, "join_first", session=session.log)
    try:
        version = int(request.query_params.get("version", "0"))
        board = house_of(request).board
        people = tuple(sorted(board.roster.names(session.log).values()))
        content = await documents.document(board.record, session.log, declared.name, version, language, people)
    except (LookupError, ValueError):
        return problem(request, 404, "no_such_page")
    headers = {"cache-control": "no-store"}
    if declared.saved:
        stem, ending = declared.file_name
        numbered = f"-v{version}" if version else ""
        headers["content-disposition"] = f'attachment; filename="{session.log}-{stem}{numbered}.{ending}"'
    return Response(content, 200, headers, declared.media_type)


async def qr(request: Request) -> Response:
    """`/s/{id}/qr.svg`: the address of the session."""
    session = await _session(request)
    if session is None:
        return problem(request, 404, "no_such_session")
    out = io.BytesIO()
    url = f"{house_of(request).streams.base_url or str(request.base_url).rstrip('/')}/s/{session.log}"
    segno.make(url, error="m").save(out, kind="svg", xmldecl=False, border=2, scale=4, svgclass=None, lineclass=None)
    return Response(out.getvalue(), 200, {"cache-control": "max-age=3600"}, "image/svg+xml")


async def openapi_json(request: Request) -> Response:
    """`/openapi.json`"""
    return json_response(200, openapi())


class _File(Convertor[str]):
    """The name of an output file in an address."""

    regex = "|".join(re.escape(name) for name in BY_NAME)

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("file", _File())

ROUTES = [
    Route("/openapi.json", openapi_json, name="openapi"),
    Route("/s/{session:slug}.json", session_json, name="session_json"),
    Route("/s/{session:slug}/log.jsonl", log, name="log"),
    Route("/s/{session:slug}/qr.svg", qr, name="qr"),
    Route("/s/{session:slug}/{name:file}", export, name="export"),
]
