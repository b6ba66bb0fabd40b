"""The events of joining a session and of losing a device."""

from __future__ import annotations

from typing import ClassVar

from acquis.attributes import Attributes
from acquis.events.base import REGIONS, Event, Refreshes


class ParticipantJoined(Event, Attributes, frozen=True, gc=False, omit_defaults=True):
    """A voice joined, or changed its attributes. All attributes are self-declared; an empty text means "not said".
    `ballot`: the random id of its ballot, 32 hexadecimal digits, given when it joins for the first time; empty in older
    logs."""

    seals: ClassVar[bool] = True
    refreshes: ClassVar[Refreshes] = REGIONS
    ballot: str = ""


class DeviceEnded(Event, frozen=True, gc=False, omit_defaults=True):
    """A moderator ended the device that a person had lost, and got a code for another device of this person."""

    refreshes: ClassVar[Refreshes] = REGIONS
    persons: ClassVar[tuple[str, ...]] = ("person",)
    person: str = ""
