"""The data of a report with its times as people read them."""

from __future__ import annotations

import msgspec

from acquis.documents.view import ReportView
from acquis.plan.dates import instant, moment, zone_or_utc
from acquis.report.publishing import due_at
from acquis.state import State
from acquis.text.plain_text import one_line


def in_words(view: ReportView, state: State, language: str) -> ReportView:
    """The view with its times on the clock of the venue, in the words of a language: "31 December 2026, 16:30
    (Europe/Warsaw)". What the Chair confirmed during the session has the time of day only."""
    if view.confirmed and state.confirmed:
        clock = f"{instant(state.confirmed.at).astimezone(zone_or_utc(view.zone)):%H:%M}"
        view = msgspec.structs.replace(view, confirmed=msgspec.structs.replace(view.confirmed, at=clock))
    zone = one_line(view.zone)
    at = {report.version: moment(report.at, zone, language) for report in state.reports}
    return msgspec.structs.replace(
        view,
        versions=[msgspec.structs.replace(line, published=at[line.version]) for line in view.versions],
        published=at.get(view.version, view.published),
        due=moment(due_at(state), zone, language) if due_at(state) else "",
    )
