"""Commands that amend the programme while the session is open, and that choose what the stage shows."""

from __future__ import annotations

from typing import Annotated, ClassVar

from acquis import events as ev
from acquis.command import (
    HOSTS,
    MODERATORS,
    NOT_ENDED,
    ONCE_OPENED,
    ONCE_PUBLISHED,
    RUNNING,
    Actor,
    Command,
    Of,
    Refused,
    SeatNumber,
    SegmentNumber,
    Text,
)
from acquis.state import State, Turn
from acquis.state.reading import scene_of, scenes_of

NAME_LIMIT, ORGANIZATION_LIMIT, REASON_LIMIT, TITLE_LIMIT = 120, 200, 200, 300
MINUTES_LIMIT, SECONDS_LIMIT = 600, 3600
"""The most time of a segment and of a turn; the least is one minute, and ten seconds."""


class AddSpeaker(Command, frozen=True, gc=False):
    """Add a speaker to the programme of the running session: somebody who comes late, or a substitute."""

    roles: ClassVar = HOSTS
    phases: ClassVar = RUNNING
    name: Annotated[str, Text(NAME_LIMIT)]
    organization: Annotated[str, Text(ORGANIZATION_LIMIT, empty=True)] = ""
    stakeholder: Annotated[str, Text(NAME_LIMIT, empty=True)] = ""
    reason: Annotated[str, Text(REASON_LIMIT, empty=True)] = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if any((seat.name, seat.withdrawn) == (self.name, False) for seat in state.seats):
            return None
        return ev.SpeakerAdded(self.name, self.organization, self.reason, stakeholder=self.stakeholder)


class WithdrawSpeaker(Command, frozen=True, gc=False):
    """Take a speaker off the programme of the running session. What the speaker has said stays on the record."""

    roles: ClassVar = HOSTS
    phases: ClassVar = RUNNING
    refusals: ClassVar = ("has_the_floor",)
    seat: Annotated[int, SeatNumber]
    reason: Annotated[str, Text(REASON_LIMIT, empty=True)] = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        turn = state.turns.get(state.turn)
        if turn is not None and turn.seat == self.seat:
            raise Refused("has_the_floor")
        return None if state.seats[self.seat - 1].withdrawn else ev.SpeakerWithdrawn(self.seat, self.reason)


class CorrectSpeaker(Command, frozen=True, gc=False):
    """Correct the name and the organization of a speaker of the programme of the running session."""

    roles: ClassVar = HOSTS
    phases: ClassVar = RUNNING
    seat: Annotated[int, SeatNumber]
    name: Annotated[str, Text(NAME_LIMIT)]
    organization: Annotated[str, Text(ORGANIZATION_LIMIT, empty=True)] = ""
    reason: Annotated[str, Text(REASON_LIMIT, empty=True)] = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        seat = state.seats[self.seat - 1]
        if (seat.name, seat.organization) == (self.name, self.organization):
            return None
        return ev.SpeakerCorrected(self.seat, self.name, self.organization, self.reason)


class CorrectTitle(Command, frozen=True, gc=False):
    """Correct the title of a session that was opened. The record shows the correction with the former title."""

    roles: ClassVar = HOSTS
    phases: ClassVar = ONCE_OPENED
    title: Annotated[str, Text(TITLE_LIMIT)]
    reason: Annotated[str, Text(REASON_LIMIT, empty=True)] = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        return None if self.title == state.programme.title else ev.TitleCorrected(self.title, self.reason)


class CorrectSegmentTitle(Command, frozen=True, gc=False):
    """Correct the title of a segment of a session that was opened. The record shows the former title too."""

    roles: ClassVar = HOSTS
    phases: ClassVar = ONCE_OPENED
    segment: Annotated[int, SegmentNumber]
    title: Annotated[str, Text(TITLE_LIMIT)]
    reason: Annotated[str, Text(REASON_LIMIT, empty=True)] = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        same = self.title == state.segments[self.segment].title
        return None if same else ev.SegmentTitleCorrected(self.segment, self.title, self.reason)


class ChangeSegmentTime(Command, frozen=True, gc=False):
    """Give the running segment so many minutes more, or less if the number is negative. All later segments shift."""

    roles: ClassVar = HOSTS
    phases: ClassVar = RUNNING
    refusals: ClassVar = ("no_segment_runs",)
    not_repeated: ClassVar = frozenset({"minutes"})
    minutes: int
    reason: Annotated[str, Text(REASON_LIMIT, empty=True)] = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if state.now is None:
            raise Refused("no_segment_runs")
        minutes = min(max(state.now.minutes + self.minutes, 1), MINUTES_LIMIT)
        return ev.SegmentTimeChanged(state.segment, minutes, self.reason) if minutes != state.now.minutes else None


class ChangeTurnTime(Command, frozen=True, gc=False):
    """Give the running turn so many seconds more, or less if the number is negative."""

    roles: ClassVar = MODERATORS
    phases: ClassVar = RUNNING
    refusals: ClassVar = ("not_running",)
    turn: Annotated[int, Of("turns")]
    seconds: int
    reason: Annotated[str, Text(REASON_LIMIT, empty=True)] = ""

    def rule(self, state: State, by: Actor, at: int, turn: Turn) -> ev.Event | None:
        if state.turn != self.turn:
            raise Refused("not_running", turn=self.turn)
        limit = min(max(turn.limit_s + self.seconds, 10), SECONDS_LIMIT)
        return ev.TurnTimeChanged(self.turn, limit, self.reason) if turn.limit_s and limit != turn.limit_s else None


class ChooseScene(Command, frozen=True, gc=False):
    """Choose what every stage shows: until the end the questions, what is voted on, the results of votes, the opinion
    map, the closing summary once it is confirmed, or the clock; afterwards the way to the record (`after`), the closing
    summary, the results or the map. Of a message that is too long for one screen `part` is the part that is shown, from
    1; 0: the first, for a number that is too large the last."""

    roles: ClassVar = HOSTS
    phases: ClassVar = ONCE_PUBLISHED
    refusals: ClassVar = ("scene_not_shown",)
    scene: ev.Scene
    part: int = 0

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if self.scene not in scenes_of(state):
            raise Refused("scene_not_shown")
        shown = self.scene == scene_of(state) and self.part == state.scene_part
        return None if shown else ev.SceneChosen(self.scene, self.part)


class ShowResults(Command, frozen=True, gc=False):
    """Let people see on their own device, before the end, the results of the statements that they voted on; or not."""

    roles: ClassVar = HOSTS
    phases: ClassVar = NOT_ENDED
    shown: bool

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        return None if self.shown == state.results_shown else ev.ResultsShown(self.shown)


COMMANDS = (
    AddSpeaker,
    WithdrawSpeaker,
    CorrectSpeaker,
    CorrectTitle,
    CorrectSegmentTitle,
    ChangeSegmentTime,
    ChangeTurnTime,
    ChooseScene,
    ShowResults,
)
