"""Addresses for whoever runs the server: whether it lives, whether it is ready, and its figures."""

from __future__ import annotations

import math
import shutil
from collections import Counter
from contextlib import suppress
from typing import get_args

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import Response

from acquis.board.gatherings import OwedState, owed
from acquis.command import MONITOR, ORGANIZER
from acquis.command.phases import Phase
from acquis.web.http.application import Application
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint


def _plain(text: str | bytes, status: int = 200, kind: str = "text/plain; charset=utf-8") -> Response:
    return Response(text, status, {"cache-control": "no-store", "content-type": kind})


@endpoint("GET", "/healthz", roles=PUBLIC)
async def healthz(context: RequestContext) -> Response:
    """`ok`: the process answers."""
    return _plain("ok\n")


@endpoint("GET", "/readyz", roles=PUBLIC)
async def readyz(context: RequestContext) -> Response:
    """`ok`, or 503 with the reason: whether the files can be read and the record can be written."""
    application = context.application
    stopping = "The server is stopping." if application.streams.stopped else ""
    reason = stopping or await application.readiness.reason(context.now)
    return _plain(f"{reason}\n", 503) if reason else _plain("ok\n")


@endpoint("GET", "/metrics", roles=frozenset({ORGANIZER, MONITOR}), bearer=True)
async def metrics(context: RequestContext) -> Response:
    """The figures of the server, for Prometheus."""
    await _measure(context.application, context.now)
    return _plain(context.application.metrics.text(), kind=CONTENT_TYPE_LATEST)


async def _measure(application: Application, now: int) -> None:
    """Set the gauges. The card of a running session is not made anew for them."""
    figures, board = application.metrics, application.board
    cards = await board.cards(now, math.inf)
    phases = Counter(card.phase for card in cards)
    for phase in get_args(Phase):
        figures.sessions.labels(phase).set(phases[phase])
    figures.unreadable.set(len(board.unreadable))
    figures.people.set(board.people(cards))
    figures.streams.set(application.streams.open)
    figures.waiting.set(board.record.waiting)
    with suppress(OSError):
        figures.disk.set(shutil.disk_usage(application.folder).free)
    reports = owed(cards, now)
    states = Counter(report.state for report in reports)
    for state in get_args(OwedState):
        figures.reports.labels(state).set(states[state])
    figures.deadline.set(min((report.due for report in reports if report.state == "due"), default=0) / 1000)
