"""The programme as it is published: seats, segments, settings."""

from __future__ import annotations

from typing import Any

import msgspec

from acquis.attributes import AskedAttributes, Attributes
from acquis.events.base import Balance, Event, SegmentKind


class Seat(Attributes, frozen=True, gc=False, omit_defaults=True):
    """A speaker of the programme; speakers are numbered from 1 in the programme's order."""

    name: str
    organization: str = ""


class Segment(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A part of the session. `fair` turns the fair rule on; `open_floor` says whether hands may be raised at all."""

    title: str
    kind: SegmentKind = "other"
    minutes: int = 0
    turn_limit_s: int = 180
    fair: bool = True
    open_floor: bool = True
    stakeholders: tuple[str, ...] = ()
    """Stakeholder groups that may ask for the floor; empty: everybody."""


class Settings(AskedAttributes, frozen=True, gc=False, omit_defaults=True):
    """How the floor runs; announced with the programme."""

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
    """The session is held under the Chatham House Rule: what leaves the house does not tell who said what."""


class ProgrammePublished(Event, frozen=True, gc=False, omit_defaults=True):
    """The programme is out: from now on the session is on the record. Published again before the opening, it replaces
    the one before."""

    title: str
    segments: tuple[Segment, ...]
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
    """Everybody who acts is simulated: the seats are stand-ins for the speakers, and every page says so."""
    document: dict[str, Any] = {}
    """The whole programme as it was published, for readers; the fields above are what the floor works with."""
