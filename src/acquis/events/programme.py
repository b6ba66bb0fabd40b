"""The event of publishing the programme, with its seats, segments and settings."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from acquis.attributes import AskedAttributes, Attributes
from acquis.events.base import Balance, Event, SegmentKind


class Seat(Attributes, frozen=True, gc=False, omit_defaults=True):
    """A speaker of the programme; speakers are numbered from 1 in the order of the programme."""

    name: str
    organization: str = ""
    withdrawn: bool = False
    """Taken off the programme after the session was opened."""


class Segment(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A segment of the session. `fair` turns the fair rule on; `open_floor`: whether people may ask for the floor."""

    title: str
    kind: SegmentKind = "other"
    minutes: int = 0
    turn_limit_s: int = 180
    fair: bool = True
    open_floor: bool = True
    stakeholders: tuple[str, ...] = ()
    """Stakeholder groups that may ask for the floor; empty: all."""
    registered: bool = False
    """Speakers register before the session and are called in a published order. Other hands come after them."""

    def admits(self, stakeholder: str) -> bool:
        """Whether people of a stakeholder group may take the floor from the list."""
        return self.open_floor and (not self.stakeholders or stakeholder in self.stakeholders)


class Settings(AskedAttributes, frozen=True, gc=False, omit_defaults=True):
    """The settings of the floor, published with the programme."""

    balance: Balance = "lane"
    moderated: bool = True
    anonymous: bool = True
    order_limit_s: int = 60
    reply_limit_s: int = 120
    replies_each: int = 2
    answer_limit_s: int = 180
    open_questions_each: int = 3
    report_due_min: int = 120
    chatham: bool = False
    """The session is held under the Chatham House Rule: published files do not show who said what."""
    publish_ballots: bool = True
    """After the close the ballots are published, without names, groups, times or order; otherwise only the totals."""


class SessionCancelled(Event, frozen=True, gc=False, omit_defaults=True):
    """The session will not take place. A programme that is published later announces it again."""


class ProgrammePublished(Event, frozen=True, gc=False, omit_defaults=True):
    """The programme was published, and the record of the session begins. A later programme, published before the
    session opens, replaces it."""

    identifies: ClassVar[tuple[str, ...]] = ("title", "segments", "room", "seats", "document")
    title: str = ""
    segments: tuple[Segment, ...] = ()
    starts: str = ""
    ends: str = ""
    zone: str = "UTC"
    room: str = ""
    profile: str = ""
    seats: tuple[Seat, ...] = ()
    settings: Settings = Settings()
    stakeholder_groups: tuple[str, ...] = ()
    regional_groups: tuple[str, ...] = ()
    rehearsal: bool = False
    """A rehearsal: the seats have stand-in names, and every page says so."""
    document: dict[str, Any] = {}
    """The complete programme for readers; the floor uses the fields above."""
    practice: bool = False
    """In a rehearsal, people practise for a session; otherwise everybody in it is simulated."""
