"""A session as data: its public state, and its address as a QR code."""

from __future__ import annotations

import asyncio
from typing import Any, Literal

import msgspec
from starlette.responses import Response

from acquis.charts.qr import qr_svg
from acquis.floor import fairness
from acquis.state import State
from acquis.state.counting import joined, support, tally
from acquis.state.reading import public_question, public_statement, public_text
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint
from acquis.web.http.problems import json_response

SESSION_FORMAT = 1
"""Incremented when a field of `/s/{id}.json` is renamed, removed or changes its meaning, not for a new field."""


PART = 1000
"""How many questions are encoded at once."""


class StatementData(msgspec.Struct, frozen=True):
    """An approved statement in `state.json`, with the number of its entry and its tally."""

    entry: int
    text: str
    fate: str
    agree: int
    disagree: int
    passes: int


class QuestionData(msgspec.Struct, frozen=True):
    """A question with its fate, and its text if it is public."""

    entry: int
    text: str
    fate: str
    support: int
    to: int
    merged_into: int
    reason: str
    origin: str = ""
    votes_elsewhere: int = 0


class HandData(msgspec.Struct, frozen=True):
    """A waiting hand, without a name. `set_aside`: it waits for another segment, because this one does not admit it."""

    entry: int
    kind: str
    lane: str
    group: str
    set_aside: bool = False


class SessionData(msgspec.Struct, frozen=True):
    """The public state of a session after entry `seq`. Times are in milliseconds since 1970, UTC; 0 means not yet."""

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


def session_data(id: str, state: State, head: str) -> SessionData:
    """The public data of a state of a session; `head`: the link of the newest entry, hexadecimal."""
    programme = state.programme
    order, aside = fairness.order(state), state.queue(admitted=False)
    interventions = [hand for hand in (state.hands[seq] for seq in state.waiting) if hand.kind != "turn"]
    return SessionData(
        id,
        programme.title,
        phase=state.phase,
        seq=state.seq,
        head=head,
        opened_at=state.opened_at,
        closed_at=state.closed_at,
        segment=state.segment,
        rehearsal=programme.rehearsal,
        voices=joined(state),
        queue=[
            HandData(hand.seq, hand.kind, hand.attributes.lane, state.hand_group(hand), hand in aside)
            for hand in (*interventions, *order, *aside)
        ],
        counters_ms=state.counters,
        questions=[
            QuestionData(
                q.seq,
                public_text(state, q.seq),
                fate=q.fate,
                support=support(state, q.seq),
                to=q.to,
                merged_into=q.into,
                reason=q.reason,
                origin=q.origin,
                votes_elsewhere=q.votes,
            )
            for q in state.questions.values()
            if public_question(q) or q.fate == "held_back"
        ],
        statements=[
            StatementData(s.seq, s.text, s.fate, *msgspec.structs.astuple(tally(state, s.seq)))
            for s in state.statements.values()
            if public_statement(s)
        ],
        reports=len(state.reports),
        programme=programme.document,
    )


def encoded(data: SessionData) -> bytes:
    """The data in JSON. The questions, which may be very many, are encoded in parts, because no other thread runs while
    a value is encoded."""
    parts = (data.questions[first : first + PART] for first in range(0, len(data.questions), PART))
    rows = b",".join(msgspec.json.encode(part)[1:-1] for part in parts)
    return msgspec.json.encode(msgspec.structs.replace(data, questions=msgspec.Raw(b"[%b]" % rows)))


@endpoint("GET", "/s/{session:slug}.json", roles=PUBLIC, reads=True)
async def session_json(context: RequestContext) -> Response:
    """`/s/{id}.json`: the public state of a session."""
    head, state = context.head, await context.frozen()
    return await asyncio.to_thread(_json, context.id, state, head)


def _json(id: str, state: State, head: str) -> Response:
    return json_response(200, msgspec.Raw(encoded(session_data(id, state, head))))


@endpoint("GET", "/s/{session:slug}/qr.svg", roles=PUBLIC, reads=True)
async def qr(context: RequestContext) -> Response:
    """The address with which one joins the session as a QR code: with the session code for readers who may know it."""
    return Response(qr_svg(context.way_in), 200, {"cache-control": "private, max-age=3600"}, "image/svg+xml")
