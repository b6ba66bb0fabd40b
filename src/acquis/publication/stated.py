"""Checks what a log states and nobody can compute again without the votes: that it is possible beside the rest of the
log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from acquis import events as ev
from acquis.attributes import ATTRIBUTES
from acquis.contributions.reasons import reasons
from acquis.state import State
from acquis.state.counting import final_totals
from acquis.statistics.totals import KINDS


def wrong_counts(state: State, event: ev.TotalsPublished) -> str:
    """What is wrong with the numbers of people of totals that are published after `state`; empty if nothing is."""
    groups = [(count.attribute, count.value) for count in event.people]
    asked = [count.question for count in event.supporters]
    if _is_twice(groups):
        return "the people of a group are stated twice"
    if not {attribute for attribute, _ in groups} <= {"", *(attribute.name for attribute in ATTRIBUTES)}:
        return "the people of an unknown kind of group are stated"
    if _is_twice(asked):
        return "the supporters of a question are stated twice"
    if not all(entry in state.questions or entry in state.amendments for entry in asked):
        return "the supporters of something that nobody can support are stated"
    counts = [*(of.people for of in event.people), *(of.people for of in event.supporters)]
    if max(counts, default=0) > _joined(event) or any(of.voters > of.people for of in event.people):
        return "more people are counted than joined"
    return ""


def wrong_statements(state: State, report: ev.ReportPublished, seq: int) -> str:
    """What is wrong with what a report that is published after `state` as entry `seq` states besides its figures; empty
    if nothing is."""
    cited = {cite for sentence in _sentences(report) for cite in sentence.cites}
    if not all(0 < cite < seq for cite in cited):
        return "a sentence cites an entry that is not before the report"
    if report.rest and report.rest not in reasons():
        return f"“{report.rest}” is not in the list of reasons"
    if report.slate is not None:
        even = report.slate.even
        if _is_twice(even) or not {*even} <= {attribute.name for attribute in KINDS}:
            return "the short list is said to be even between unknown groups"
    counted = final_totals(state)
    if report.unput is not None and counted and report.unput.supporters > _joined(counted):
        return "more people are said to have supported questions than joined"
    return ""


def _sentences(report: ev.ReportPublished) -> Iterator[Any]:
    yield from (*report.takeaways, *report.calls_to_action, *report.consensus, *report.concern)
    for section in report.sections:
        yield from section.paragraphs


def _joined(totals: ev.TotalsPublished) -> int:
    return next((count.people for count in totals.people if not count.attribute and not count.value), 0)


def _is_twice(listed: Sequence[object]) -> bool:
    return len(set(listed)) < len(listed)
