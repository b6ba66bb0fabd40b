"""The list of speakers on live screens: who is waiting, in which place, and for about how long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from acquis.floor import fairness
from acquis.floor.segments import SegmentClock
from acquis.state import MIN_CHARGE_MS, Hand, State
from acquis.state.reading import display_name
from acquis.web.words import phrases

HANDS_SHOWN = 30
STEP_MIN = 5
"""The waits of people further down the list are rounded to so many minutes. They are estimates, and each change is sent
to every phone."""
ENOUGH_TURNS = 3
"""The number of interventions from which their mean length predicts the wait, in place of the limit."""


class Waiting(msgspec.Struct, frozen=True):
    """A request to speak: its place in its group, from 1, and the expected wait in minutes, 0 for no wait. With place 0
    it waits for another segment (`waits`)."""

    hand: Hand
    name: str
    place: int = 0
    minutes: int = 0
    spoke: bool = False
    waits: str = ""
    reserve: bool = False
    """Registered before the session, to speak if time permits."""


def line_of(
    state: State, names: Mapping[str, str], language: str, clock: SegmentClock, picked: fairness.Pick | None
) -> list[Waiting]:
    """The requests in the order of calling: first the one that the rule selects now, last those that wait for another
    segment."""
    each = _expected(state)
    order = fairness.order(state, each)
    order.sort(key=lambda hand: picked is None or hand.seq != picked.hand)
    places: dict[str, int] = {}
    line = []
    for number, hand in enumerate(order):
        group = state.hand_group(hand)
        places[group] = places.get(group, 0) + 1
        wait = max(clock.turn_left, 0) + number * each
        name = display_name(state, hand, names, language)
        minutes = _minutes(wait, 1 if number < HANDS_SHOWN else STEP_MIN)
        spoke, reserve = hand.person in state.spoken, is_reserve(state, hand)
        line.append(Waiting(hand, name, places[group], minutes, spoke, reserve=reserve))
    return line + [_set_aside(state, names, language, hand) for hand in state.queue(admitted=False)]


def is_reserve(state: State, hand: Hand) -> bool:
    """Whether a person registered, but is not among those for whom the segment has time."""
    listed = state.speakers.get(hand.segment)
    return listed is not None and hand.seq not in listed.order


def _minutes(ms: int, step: int) -> int:
    """A time in minutes, rounded up to a multiple of `step`."""
    return -(-ms // (60_000 * step)) * step


def _set_aside(state: State, names: Mapping[str, str], language: str, hand: Hand) -> Waiting:
    waits = phrases.waits_for(language, state.now, hand.attributes.stakeholder) if state.now else ""
    name = display_name(state, hand, names, language)
    return Waiting(hand, name, spoke=hand.person in state.spoken, waits=waits)


def interventions_of(state: State, names: Mapping[str, str], language: str) -> list[Waiting]:
    """The points of order and replies that are waiting, in the order of arrival."""
    waiting = (state.hands[seq] for seq in state.waiting)
    return [Waiting(hand, display_name(state, hand, names, language)) for hand in waiting if hand.kind != "turn"]


def _expected(state: State) -> int:
    """The expected length of an intervention in ms: the mean of this segment, or the limit while there are few."""
    spent = [t.spent for t in state.turns.values() if t.kind == "turn" and t.segment == state.segment and t.spent]
    if len(spent) >= ENOUGH_TURNS:
        return max(sum(spent) // len(spent), MIN_CHARGE_MS)
    return max(state.now.turn_limit_s * 1000 if state.now else 0, MIN_CHARGE_MS)


def queue_order(line: Iterable[Waiting]) -> str:
    """The requests, each as "entry:place:minutes:person". The script of a page finds those of its reader by the person.
    Requests that wait for another segment have no place."""
    return " ".join(f"{entry.hand.seq}:{entry.place or ''}:{entry.minutes}:{entry.hand.person}" for entry in line)
