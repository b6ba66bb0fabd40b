"""Effects of the session and its segments: opening, segments, settings, list of speakers, close."""

from __future__ import annotations

import msgspec

from acquis import events as ev
from acquis.state.amending import show
from acquis.state.asked import OPEN_FATES
from acquis.state.model import State, effect
from acquis.state.queue import drop_hands, stop
from acquis.state.registration import close_registration, put_back, put_on_list
from acquis.state.statements import keep_moment


@effect(ev.SessionOpened)
def _(s: State, e: ev.SessionOpened, seq: int, at: int, by: str) -> None:
    s.opened_at = at


@effect(ev.SegmentStarted)
def _(s: State, e: ev.SegmentStarted, seq: int, at: int, by: str) -> None:
    stop(s, at)
    s.segment, s.segment_at = e.segment, at
    s.segment_times.append(at)
    for statement in s.statements:
        keep_moment(s, statement, seq)
    s.groups, s.counters, s.level, s.spoken = e.groups, dict.fromkeys(e.groups, 0), 0, set()
    s.list_open = True
    if s.scene == "summary":
        show(s, "questions", seq)
    put_back(s)
    if not e.carry:
        drop_hands(s)
    put_on_list(s, at)


@effect(ev.SettingsChanged)
def _(s: State, e: ev.SettingsChanged, seq: int, at: int, by: str) -> None:
    s.settings = msgspec.structs.replace(s.settings, moderated=e.moderated, anonymous=e.anonymous)


@effect(ev.ListClosed)
def _(s: State, e: ev.ListClosed, seq: int, at: int, by: str) -> None:
    s.list_open = False


@effect(ev.ListOpened)
def _(s: State, e: ev.ListOpened, seq: int, at: int, by: str) -> None:
    s.list_open = True


@effect(ev.SessionClosed)
def _(s: State, e: ev.SessionClosed, seq: int, at: int, by: str) -> None:
    stop(s, at)
    drop_hands(s)
    close_registration(s)
    s.closed_at = at
    show(s, "after", seq)
    s.measures.paused_at = 0
    unanswered = [question.seq for question in s.questions.values() if question.fate in OPEN_FATES]
    for question in s.questions.edit_all(unanswered):
        question.fate = "not_reached"
    s.order.note_all()
    for statement in s.statements.values():
        if statement.fate == "open":
            s.statements.edit(statement.seq).fate = "closed"
