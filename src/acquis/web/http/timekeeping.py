"""Notices a wrong clock, tells whoever runs the server, and records it in the logs.

Turns, waits and deadlines are differences of times of the same clock, so a clock that was wrong once must not stay
beside one that is right. A correction is an entry of the log (`ClockCorrected`): the stamps go on without a jump, and
all times of the session that came from the wrong clock are moved.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from acquis.command import THE_SERVER
from acquis.faults import CorrectClock
from acquis.record import RecordFull
from acquis.session import Session
from acquis.web.http.application import Application
from acquis.web.http.clock import JUMP_MS
from acquis.web.http.notices import warn

PERIOD_S = 60


async def keep_time(application: Application) -> None:
    """Compare the clocks at once and every minute, until cancelled."""
    while True:
        with suppress(RecordFull):  # tried again
            await follow_wall_clock(application)
        await asyncio.sleep(PERIOD_S)


async def follow_wall_clock(application: Application) -> None:
    """Compare the clock with that of the machine, which somebody may have set, and with the last stamps of the logs.
    Raises RecordFull, RecordBroken."""
    clock = application.clock
    if abs(clock.drift()) >= JUMP_MS:
        for session in application.board.opened():
            await session.separate_rows()
    by, since = clock.drift(), clock.began
    if abs(by) >= JUMP_MS:
        way = "forward" if by > 0 else "back"
        warn(f"the clock of this machine was set {way} by {_length(by)}; the sessions that run go on without a jump")
        application.incidents.note("clock_set", clock.now())
        stamped = [session for session in application.board.opened() if session.state.at >= since]
        recording = [asyncio.ensure_future(_record(session, by, since, clock.now())) for session in stamped]
        await asyncio.sleep(0)  # the sessions have taken the correction, and decide everything later with the new time
        clock.correct(by)
        await asyncio.gather(*recording)
    for session in application.board.opened():
        await follow_clock(application, session)


async def follow_clock(application: Application, session: Session) -> None:
    """Correct the times of a session whose last entry lies in the future. Raises RecordFull, RecordBroken."""
    now, last = application.clock.now(), session.state.at
    if last - now >= JUMP_MS:
        behind = _length(last - now)
        warn(f"the clock of this machine is {behind} behind the last entry of {session.log}: check the clock")
        application.incidents.note("clock_behind", now)
        await session.separate_rows()
        await _record(session, now - last, now + 1, now)


async def _record(session: Session, by: int, since: int, now: int) -> None:
    upto = session.state.seq
    await session.do(CorrectClock(by, since, upto), THE_SERVER, now, f"clock-{upto}-{by}-{now}")


def _length(ms: int) -> str:
    seconds = abs(ms) // 1000
    if seconds >= 86_400:
        return f"{seconds // 86_400} d {seconds % 86_400 // 3600} h"
    return f"{seconds // 60} min {seconds % 60} s" if seconds >= 60 else f"{seconds} s"
