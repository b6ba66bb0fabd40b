"""Given, when, then: what the tests of the rules are written with."""

from __future__ import annotations

import copy
from collections.abc import Iterable

from msgspec.structs import asdict

from acquis import events as ev
from acquis.attributes import Attributes
from acquis.command import HOSTS, ORGANIZER, PARTICIPANT, RAPPORTEUR, SPEAKER, Actor, Command
from acquis.state import State
from acquis.state.undoing import Row, effective

T0 = 1_700_000_000_000
SECOND = 1000

HOST = Actor("p-host", "v-host", HOSTS | {RAPPORTEUR, ORGANIZER})
GROUPS = ("Civil Society", "Government")
REGIONS = ("Africa", "Asia-Pacific")

PROGRAMME = ev.ProgrammePublished(
    "A dialogue",
    segments=(
        ev.Segment("Panel", "panel", 15, open_floor=False),
        ev.Segment("Questions", "questions", 30, turn_limit_s=180),
        ev.Segment("States first", "questions", 10, fair=False, stakeholders=("Government",)),
    ),
    seats=(ev.Seat("A speaker"), ev.Seat("Another speaker")),
    stakeholder_groups=GROUPS,
    regional_groups=REGIONS,
)
QUESTIONS = 1
"""The number of the segment with an open floor."""

Happened = ev.Event | tuple[str, ev.Event] | int


def actor(name: str, lane: ev.Lane = "room", stakeholder: str = "", region: str = "", seat: int = 0) -> Actor:
    """Somebody of the audience, or with a `seat` a speaker. They act as p-NAME and vote as v-NAME."""
    role = SPEAKER if seat else PARTICIPANT
    return Actor(
        f"p-{name}",
        f"v-{name}",
        frozenset({role}),
        Attributes(lane=lane, stakeholder=stakeholder, region=region),
        seat=seat,
    )


ANN, BEN, EVE = actor("ann"), actor("ben", "online"), actor("eve", "online", "Government")
PANELLIST = actor("panellist", seat=1)


def covering(logs: Iterable[tuple[Happened, ...]]) -> list[tuple[Happened, ...]]:
    """Of some logs those in which every kind of event occurs that occurs in any of them, the longest first."""
    found: list[tuple[Happened, ...]] = []
    known: set[type] = set()
    for log in sorted(logs, key=len, reverse=True):
        kinds = {type(item[1] if isinstance(item, tuple) else item) for item in log}
        if not kinds <= known:
            known |= kinds
            found.append(log)
    return found


def given(*happened: Happened) -> State:
    """The state after these events, each by the host or by the id it comes with, one second apart. A number lets so
    many milliseconds pass. Entries are numbered from 1."""
    rows, at = list[Row](), T0
    for thing in happened:
        if isinstance(thing, int):
            at += thing - SECOND
            continue
        by, event = thing if isinstance(thing, tuple) else (HOST.person, thing)
        rows.append((len(rows) + 1, at, by, event))
        at += SECOND
    state = State()
    for row in effective(rows):
        state.apply(*row)
    return state


def when(state: State, command: Command, by: Actor = HOST, at: int = 0) -> ev.Event | None:
    """What the command decides, two seconds after the last entry if no time is given. Raises Refused. Deciding must
    leave the state as it was."""
    before = copy.deepcopy(state)
    try:
        return command.decide(state, by, at or state.at + 2 * SECOND)
    finally:
        assert state == before, "deciding changed the state"


def opened(balance: ev.Balance = "lane", moderated: bool = True) -> tuple[ev.Event, ...]:
    """Entries 1 to 3: published, opened, the segment with the open floor begun."""
    groups = {"lane": ("room", "online", "other"), "stakeholder": (*GROUPS, "other"), "region": (*REGIONS, "other")}
    programme = ev.ProgrammePublished(
        PROGRAMME.title,
        PROGRAMME.segments,
        seats=PROGRAMME.seats,
        settings=ev.Settings(balance=balance, moderated=moderated),
        stakeholder_groups=GROUPS,
        regional_groups=REGIONS,
    )
    return programme, ev.SessionOpened(), ev.SegmentStarted(QUESTIONS, groups[balance])


OPEN = opened()


def hand(by: Actor, kind: ev.HandKind = "turn", about: str = "") -> tuple[str, ev.Event]:
    return by.person, ev.HandRaised(kind, **asdict(by.attributes), about=about)


def joined(by: Actor) -> tuple[str, ev.Event]:
    return by.voice, ev.ParticipantJoined(**asdict(by.attributes))


def asked(by: Actor, text: str = "Why?", to: int = 0) -> tuple[str, ev.Event]:
    return by.person, ev.QuestionAsked(text, to, **asdict(by.attributes))
