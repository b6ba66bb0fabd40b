"""The state of the server, for organizers of all sessions: what is not well, the disk, the last backup, the version,
how many people join, and the reports that are due."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from starlette.responses import Response

from acquis import __version__
from acquis.board.backup import last_backup
from acquis.board.cards import Card
from acquis.board.gatherings import due_soon, owed
from acquis.command import ORGANIZER
from acquis.i18n import N_, N_plural, say_many
from acquis.i18n.refusals import refusal_sentence
from acquis.plan import dates
from acquis.web.http import inspections
from acquis.web.http.assets import AGE, DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import page
from acquis.web.http.inspections import Inspection
from acquis.web.http.joins import JoinRate
from acquis.web.http.problems import refusal

MOST_REPORTS = 50
INCIDENTS: dict[str, tuple[str, str]] = {
    "disk_full": N_plural(
        "The disk was full, and a request was refused on {when}.",
        "The disk was full, and {n} requests were refused, the last one on {when}.",
    ),
    "files_locked": N_plural(
        "Another program locked the files of the server, and a request was refused on {when}.",
        "Another program locked the files of the server, and {n} requests were refused, the last one on {when}.",
    ),
    "broken": N_plural(
        "The record could not be written, and a request was refused on {when}.",
        "The record could not be written, and {n} requests were refused, the last one on {when}.",
    ),
    "cannot_read": N_plural(
        "A page could not be shown on {when}, because the files of the server could not be read.",
        "{n} pages could not be shown, the last one on {when}, because the files of the server could not be read.",
    ),
    "internal": N_plural(
        "A request failed on {when} because of a defect. The log of the server has the details.",
        "{n} requests failed because of a defect, the last one on {when}. The log of the server has the details.",
    ),
    "clock_set": N_plural(
        "The clock of the server was set on {when}. The times of the sessions were corrected.",
        "The clock of the server was set {n} times, the last time on {when}. The times of the sessions were corrected.",
    ),
    "clock_behind": N_plural(
        "The clock of the server was behind the entries of a session on {when}. Check the clock.",
        "The clock of the server was behind the entries of a session {n} times, the last time on {when}. "
        "Check the clock.",
    ),
    "mail_failed": N_plural(
        "A reminder could not be sent by mail on {when}. It is sent again later.",
        "Reminders could not be sent by mail {n} times, the last time on {when}. They are sent again later.",
    ),
    "webhook_failed": N_plural(
        "The webhook did not accept a reminder on {when}. It will be sent again later.",
        "The webhook did not accept reminders {n} times, the last time on {when}. They will be sent again later.",
    ),
    "floor_webhook_failed": N_plural(
        "A webhook did not accept news of the floor on {when}. The news will be sent again later.",
        "Webhooks did not accept news of the floor {n} times, the last time on {when}. The news will be sent again "
        "later.",
    ),
}
"""What is told of each kind of incident that whoever runs the server has to look at."""


class Joining(NamedTuple):
    """A session that is open, and the rate at which people join it."""

    card: Card
    rate: JoinRate


@page("/status", roles=frozenset({ORGANIZER}), styles=(DOCUMENT,), scripts=AGE)
async def status(context: RequestContext) -> Response:
    """Whether all is well, and what is not."""
    application, language, now = context.application, context.language, context.now
    cards = await application.board.cards(now)
    not_ready = await application.readiness.reason(now)
    looked_at = _inspections(context, cards)
    return context.render(
        "pages/status/page.html",
        problems=[
            *([context.say(not_ready)] if not_ready else []),
            *_sessions(context),
            *_incidents(context),
            *(inspection.sentence for inspection in looked_at if not inspection.is_well),
            *_late(language, cards, now),
        ],
        facts=[inspection.sentence for inspection in looked_at if inspection.is_well],
        version=__version__,
        began=dates.moment(application.clock.began, "UTC", language),
        people=application.board.people(cards),
        joining=[Joining(card, application.joins.rate(card.id, now)) for card in cards if card.phase == "open"],
        reports=due_soon(cards, now, MOST_REPORTS),
        due_at=lambda report: dates.moment(report.due, report.card.zone, language),
    )


def _inspections(context: RequestContext, cards: list[Card]) -> list[Inspection]:
    application, language = context.application, context.language
    recorded = any(card.seq for card in cards)
    looked_at = [inspections.backup(language, last_backup(application.folder), context.now, recorded)]
    with suppress(OSError):  # a disk that does not answer is told as not ready
        looked_at.insert(0, inspections.disk(language, application.folder))
    if (connections := application.connections) is not None:
        looked_at += [
            inspections.connections(language, connections.open, connections.most, connections.refused),
            inspections.capacity(language, connections.most),
        ]
    return looked_at


def _sessions(context: RequestContext) -> Iterator[str]:
    """What is wrong with single sessions: they cannot be read, or are not signed any more."""
    application = context.application
    board = application.board
    for id, error in board.unreadable.items():
        why = refusal_sentence(context.language, refusal(error)[1], {})
        yield context.say(N_("“{title}” cannot be read: {why}"), title=board.title(id), why=why)
    for id in application.checkpoints.refused if application.checkpoints is not None else ():
        yield context.say(
            N_("“{title}” is not signed any more. Restore the newest copy of the record."), title=board.title(id)
        )


def _incidents(context: RequestContext) -> Iterator[str]:
    """What went wrong in the last 24 hours."""
    for incident in context.application.incidents.recent(context.now):
        if incident.kind in INCIDENTS:
            when = dates.moment(incident.last, "UTC", context.language)
            yield say_many(context.language, *INCIDENTS[incident.kind], incident.times, when=when)


def _late(language: str, cards: list[Card], now: int) -> Iterator[str]:
    """How many reports are overdue."""
    if late := sum(report.is_late for report in owed(cards, now)):
        yield say_many(language, *N_plural("{n} report is overdue.", "{n} reports are overdue."), late)
