"""A session that is told entry by entry, for who was heard in it."""

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


class Telling:
    """A session that is told: every entry at a second that is given, by whom."""

    def __init__(self, programme: ev.ProgrammePublished = PROGRAMME) -> None:
        self.state, self.second = State(), 0
        self.tell(programme)
        self.tell(ev.SessionOpened())
        self.tell(ev.SegmentStarted(0, ("room", "online", "other")))

    def tell(self, event: ev.Event, by: str = "p-host") -> int:
        self.state.apply(self.state.seq + 1, T0 + self.second * SECOND, by, event)
        return self.state.seq

    def join(self, n: int, lane: ev.Lane, stakeholder: str, region: str = "") -> None:
        for _ in range(n):
            self.tell(ev.ParticipantJoined(lane, stakeholder, region), f"v{len(self.state.voices)}")

    def speak(self, person: str, seconds: int, lane: ev.Lane, stakeholder: str = "", region: str = "") -> None:
        hand = self.tell(ev.HandRaised("turn", lane, stakeholder, region), person)
        turn = self.tell(ev.FloorGiven(hand))
        self.second += seconds
        self.tell(ev.TurnEnded(turn))

    @property
    def at(self) -> int:
        return T0 + self.second * SECOND


def rows(found: Account, name: str) -> dict[str, Row]:
    (dimension,) = [one for one in found.dimensions if one.name == name]
    return {row.group: row for row in dimension.rows}


def story() -> Telling:
    """Twenty joined: of governments 6 in the room, of civil society 8 online, of the technical community 2 online; 4 in
    the room did not say. The technical community is too small, and with those who did not say they are a row of 6."""
    told = Telling()
    told.join(6, "room", "Government")
    told.join(8, "online", "Civil Society")
    told.join(2, "online", "Technical Community")
    told.join(4, "room", "")
    told.speak("p-a", 90, "room", "Government")
    told.speak("p-a", 60, "room", "Government")
    told.speak("p-b", 30, "online", "Civil Society")
    told.speak("p-c", 20, "online", "Technical Community")
    told.tell(ev.HandRaised("turn", "online", "Civil Society"), "p-d")  # still up
    turn = told.tell(ev.SpeakerGivenFloor(1))
    told.second += 300
    told.tell(ev.TurnEnded(turn))
    return told
