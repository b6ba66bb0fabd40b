"""Effects of replacing people who run a session, and of revoking links."""

from __future__ import annotations

from acquis import events as ev
from acquis.state.amending import amended, put_in_place
from acquis.state.model import State, effect
from acquis.state.queue import lower


@effect(ev.TeamMemberReplaced)
def _(s: State, e: ev.TeamMemberReplaced, seq: int, at: int, by: str) -> None:
    if e.person:
        s.measures.replaced[e.person] = e.successor
    if e.former:
        put_in_place(s, e.role, e.former, e.name)
    amended(s, seq, at, e)


@effect(ev.AccessRevoked)
def _(s: State, e: ev.AccessRevoked, seq: int, at: int, by: str) -> None:
    mine = [number for number in s.waiting if s.hands[number].person == e.person]
    for number in mine if e.person else ():  # a public log may not show whose they are
        lower(s, s.hands.edit(number), at, by)
