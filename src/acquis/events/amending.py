"""Events that amend the programme while the session is open, and the choice of what the stage shows."""

from __future__ import annotations

from typing import ClassVar

from acquis.attributes import Attributes
from acquis.events.base import REGIONS, UNDO_S, Event, Scene


class SpeakerAdded(Event, Attributes, frozen=True, gc=False, omit_defaults=True):
    """A speaker was added to the programme; the seat has the next number."""

    undo_s: ClassVar = UNDO_S
    identifies: ClassVar[tuple[str, ...]] = (
        "name",
        "organization",
        "lane",
        "stakeholder",
        "region",
        "gender",
        "reason",
    )
    name: str = ""
    organization: str = ""
    reason: str = ""


class SpeakerWithdrawn(Event, frozen=True, gc=False, omit_defaults=True):
    """A speaker was taken off the programme. What the speaker has said stays; the numbers of the seats do too."""

    undo_s: ClassVar = UNDO_S
    identifies: ClassVar[tuple[str, ...]] = ("seat", "reason")
    seat: int = 0
    reason: str = ""


class SpeakerCorrected(Event, frozen=True, gc=False, omit_defaults=True):
    """The name and the organization of a speaker of the programme were corrected."""

    undo_s: ClassVar = UNDO_S
    identifies: ClassVar[tuple[str, ...]] = ("seat", "name", "organization", "reason")
    seat: int = 0
    name: str = ""
    organization: str = ""
    reason: str = ""


class TitleCorrected(Event, frozen=True, gc=False, omit_defaults=True):
    """The title of the session was corrected after the opening."""

    undo_s: ClassVar = UNDO_S
    texts: ClassVar[tuple[str, ...]] = ("reason",)
    identifies: ClassVar[tuple[str, ...]] = ("title",)
    title: str = ""
    reason: str = ""


class SegmentTitleCorrected(Event, frozen=True, gc=False, omit_defaults=True):
    """The title of a segment was corrected after the opening."""

    undo_s: ClassVar = UNDO_S
    texts: ClassVar[tuple[str, ...]] = ("reason",)
    identifies: ClassVar[tuple[str, ...]] = ("title",)
    segment: int
    title: str = ""
    reason: str = ""


class SegmentTimeChanged(Event, frozen=True, gc=False, omit_defaults=True):
    """The running segment has another number of minutes; the segments after it keep theirs and begin accordingly."""

    undo_s: ClassVar = UNDO_S
    identifies: ClassVar[tuple[str, ...]] = ("reason",)
    segment: int
    minutes: int
    reason: str = ""


class TurnTimeChanged(Event, frozen=True, gc=False, omit_defaults=True):
    """The running turn has another limit, in seconds."""

    undo_s: ClassVar = UNDO_S
    identifies: ClassVar[tuple[str, ...]] = ("reason",)
    turn: int
    limit_s: int
    reason: str = ""


class SceneChosen(Event, frozen=True, gc=False, omit_defaults=True):
    """The moderators chose what every stage shows. `part`: of a message that has parts, the one that is shown, from 1;
    0: the first."""

    refreshes: ClassVar = REGIONS
    scene: Scene
    part: int = 0


class ResultsShown(Event, frozen=True, gc=False, omit_defaults=True):
    """The moderators allowed people to see, on their own device, the results of the statements that they voted on; or
    no longer."""

    shown: bool
