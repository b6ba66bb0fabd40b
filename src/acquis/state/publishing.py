"""The effect of publishing the report; the draft continues from the published version."""

from __future__ import annotations

from acquis import events as ev
from acquis.state.after import Report
from acquis.state.drafting import redraft
from acquis.state.model import State, effect


@effect(ev.ReportPublished)
def _(s: State, e: ev.ReportPublished, seq: int, at: int, by: str) -> None:
    s.reports.append(Report(seq, at, len(s.reports) + 1, e))
    redraft(s, e, seq)
