"""Effects of registration before the session, and how the registered come on the list of speakers."""

from __future__ import annotations

from acquis import events as ev
from acquis.attributes import attributes_of
from acquis.state.model import Hand, State, effect
from acquis.state.queue import line_up


@effect(ev.SpeakerRegistered)
def _(s: State, e: ev.SpeakerRegistered, seq: int, at: int, by: str) -> None:
    hand = Hand(seq, at, e.person, "turn", attributes_of(e), about="", entered=by != e.person, place=seq)
    hand.segment, hand.fate = e.segment, "registered"
    s.hands[seq] = hand


@effect(ev.RegistrationWithdrawn)
def _(s: State, e: ev.RegistrationWithdrawn, seq: int, at: int, by: str) -> None:
    s.hands.edit(e.hand).fate = "lowered"


@effect(ev.SpeakersListPublished)
def _(s: State, e: ev.SpeakersListPublished, seq: int, at: int, by: str) -> None:
    s.speakers[e.segment] = e


def registered(s: State, segment: int) -> list[Hand]:
    """Those who registered for a segment and have not withdrawn or spoken, in the published order; who is not on the
    published list comes last, by entry."""
    listed = s.speakers.get(segment)
    order = (*listed.order, *listed.reserve) if listed else ()
    place = {seq: number for number, seq in enumerate(order)}
    mine = [hand for hand in s.hands.values() if hand.segment == segment and hand.fate in ("registered", "waiting")]
    return sorted(mine, key=lambda hand: (place.get(hand.seq, len(place)), hand.seq))


def put_back(s: State) -> None:
    """Take the registered off the list of speakers; their segment can begin again."""
    for seq in [seq for seq in s.waiting if s.hands[seq].segment >= 0]:
        s.hands.edit(seq).fate = "registered"
        s.waiting.remove(seq)


def put_on_list(s: State, at: int) -> None:
    """Put those who registered for the running segment on the list of speakers, before the hands raised in the session:
    their places are lower than any number of an entry in it."""
    for place, listed in enumerate(registered(s, s.segment), 1):
        hand = s.hands.edit(listed.seq)
        hand.place, hand.at, hand.deferred = place, at, False
        line_up(s, hand, at)


def close_registration(s: State) -> None:
    """Mark those who registered and were never on the list as not reached."""
    for hand in s.hands.values():
        if hand.fate == "registered":
            s.hands.edit(hand.seq).fate = "not_reached"
