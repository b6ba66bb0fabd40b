"""How many people took part in a session, in the room and online, and how many of them spoke."""

from __future__ import annotations

from acquis.attributes import LANE
from acquis.charts.seats import Attendance
from acquis.state import State
from acquis.state.counting import joined_by


def attendance(state: State) -> Attendance:
    """The people who joined, by where they are, and those who spoke through the list of speakers: never more than
    joined, because people without a device are entered by hand and do not join. A public log that does not show who
    spoke does not say how many people did: 0."""
    joined = joined_by(state, LANE)
    turns = (turn for turn in state.turns.values() if turn.kind == "turn" and turn.person and turn.was_taken)
    spoke = list({turn.person: turn.attributes.lane for turn in turns}.values())
    room, online = joined["room"], joined["online"]
    return Attendance(
        room,
        online,
        room_spoke=min(room, spoke.count("room")),
        online_spoke=min(online, spoke.count("online")),
    )
