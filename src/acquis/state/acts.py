"""Acts that conduct a session, and how it is known that one was taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

import msgspec

from acquis import events as ev


class Act(msgspec.Struct, frozen=True):
    """An act that conducted the session, and its entry."""

    seq: int
    at: int
    by: str
    event: ev.Event
    ended: tuple[int, ...] = ()
    """The interventions that had the floor, or were interrupted, and that the act ended."""
    stopped: int = 0
    """The intervention that goes on later, and whose time the act stopped; 0: none."""


def floor_taken(fates: Mapping[int, str], ran: int, runs: int) -> tuple[tuple[int, ...], int]:
    """What an act did to the interventions that had the floor: those that it ended, and the one whose time it stopped
    (0: none). fates: each of them -> its status after the act; ran, runs: whose time ran before the act, and after."""
    stopped = ran if ran != runs and fates.get(ran) in ("running", "interrupted") else 0
    return tuple(turn for turn, fate in fates.items() if fate == "ended"), stopped


class TakenBack(msgspec.Struct, frozen=True):
    """An act that was taken back, and the entry that took it back. In a sequence of effective events
    (`undoing.effective`) it is at the place of the act."""

    undo_s: ClassVar[int] = 0
    refreshes: ClassVar[ev.Refreshes] = ev.REGIONS
    act: Act
    seq: int
    at: int
    by: str


_OWN = (ev.HandLowered, ev.HandRestored, ev.HandDeferred)


def is_act(event: ev.Event, by: str, owner: Callable[[int], str]) -> bool:
    """Whether an event conducts the session and can be taken back. What people do with their own hands is not such an
    act; `owner` gives the person of a hand. Where a public log does not show who it was (`by` is empty), it may be."""
    return event.undo_s > 0 and not (isinstance(event, _OWN) and by and owner(event.hand) == by)


def may_be_own(act: Act) -> bool:
    """Whether an act may be what somebody did with the own hand, because it is not known who it was."""
    return isinstance(act.event, _OWN) and not act.by
