"""Builds a session entry by entry, for the tests of the figures on who was heard."""

from __future__ import annotations

from acquis import events as ev
from acquis.state import State
from acquis.statistics.heard import Account, Row

T0 = 1_700_000_000_000
SECOND = 1000
GROUPS = ("Civil Society", "Government", "Technical Community")
PROGRAMME = ev.ProgrammePublished(
    "A dialogue",
    (ev.Segment("Questions", "questions", 30),),
    seats=(ev.Seat("A speaker", stakeholder="Government"), ev.Seat("Another speaker")),
    stakeholder_groups=GROUPS,
)


class SessionBuilder:
    """A state to which events are added; `second` is the time of the next one, in seconds after the first."""

    def __init__(self, programme: ev.ProgrammePublished = PROGRAMME) -> None:
        self.state, self.second = State(), 0
        self.add(programme)
        self.add(ev.SessionOpened())
        self.add(ev.SegmentStarted(0, ("room", "online", "other")))

    def add(self, event: ev.Event, by: str = "p-host") -> int:
        self.state.apply(self.state.seq + 1, T0 + self.second * SECOND, by, event)
        return self.state.seq

    def join(self, n: int, lane: ev.Lane, stakeholder: str, region: str = "") -> None:
        for _ in range(n):
            self.add(
                ev.ParticipantJoined(lane=lane, stakeholder=stakeholder, region=region), f"v{len(self.state.voices)}"
            )

    def speak(self, person: str, seconds: int, lane: ev.Lane, stakeholder: str = "", region: str = "") -> None:
        hand = self.add(ev.HandRaised("turn", lane=lane, stakeholder=stakeholder, region=region), person)
        turn = self.add(ev.FloorGiven(hand))
        self.second += seconds
        self.add(ev.TurnEnded(turn))

    @property
    def at(self) -> int:
        return T0 + self.second * SECOND


def rows(found: Account, name: str) -> dict[str, Row]:
    (dimension,) = [one for one in found.dimensions if one.name == name]
    return {row.group: row for row in dimension.rows}


def story() -> SessionBuilder:
    """20 people joined: 6 of governments in the room, 8 of civil society online, 2 of the technical community online,
    and 4 in the room who stated no group. The technical community is too small to be shown: the two and the four are
    reported together as 6."""
    builder = SessionBuilder()
    builder.join(6, "room", "Government")
    builder.join(8, "online", "Civil Society")
    builder.join(2, "online", "Technical Community")
    builder.join(4, "room", "")
    builder.speak("p-a", 90, "room", "Government")
    builder.speak("p-a", 60, "room", "Government")
    builder.speak("p-b", 30, "online", "Civil Society")
    builder.speak("p-c", 20, "online", "Technical Community")
    builder.add(ev.HandRaised("turn", lane="online", stakeholder="Civil Society"), "p-d")  # still up
    turn = builder.add(ev.SpeakerGivenFloor(1))
    builder.second += 300
    builder.add(ev.TurnEnded(turn))
    return builder
