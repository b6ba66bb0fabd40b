"""The part of the state that moderators and organizers change: what is withheld, and what was the case before."""

from __future__ import annotations

import msgspec

from acquis import events as ev


class Amendment(msgspec.Struct, frozen=True):
    """A change of the programme after the opening, or of the team: its entry, and what was there before in words; empty
    if there was nothing."""

    seq: int
    at: int
    event: ev.Event
    before: str = ""


class Masked(msgspec.Struct, frozen=True):
    """The form in which everybody may read what the public log leaves out of an entry (a JSON object; empty if it was
    erased), and the numbers of the entries that contain it or an earlier form of it."""

    shown: str
    entries: tuple[int, ...]


class Struck(msgspec.Struct, frozen=True):
    """The votes of a voice that are left out, and the reason. `voice` is empty in a public log."""

    voice: str
    reason: str


class Measures(msgspec.Struct):
    """The measures of moderators that are in force."""

    withheld: dict[int, str] = msgspec.field(default_factory=dict)
    """Entry of a text that is neither a question nor a statement -> the reason for which it is held back; empty if no
    moderator has read it yet."""
    fates: dict[int, str] = msgspec.field(default_factory=dict)
    """Question or statement that is held back -> its fate before that."""
    devices_ended: int = 0
    """The number of lost devices that moderators signed out; the passes are in the roster."""
    closed: set[str] = msgspec.field(default_factory=set)
    """Of what nothing new is accepted: `Intake`."""
    paused_at: int = 0
    """When the running pause began (ms since 1970); 0: the session is not paused."""
    silenced: dict[str, str] = msgspec.field(default_factory=dict)
    """Person who cannot take part -> the reason."""
    struck: dict[int, Struck] = msgspec.field(default_factory=dict)
    """Entry that left the votes of a voice out -> these, unless they are counted again."""
    renamed: dict[str, str] = msgspec.field(default_factory=dict)
    """Person whose name moderators changed or removed -> the reason."""
    replaced: dict[str, str] = msgspec.field(default_factory=dict)
    """Person who ran the session in a role -> the person who took it over."""
    amendments: list[Amendment] = msgspec.field(default_factory=list)
    masked: dict[int, Masked] = msgspec.field(default_factory=dict)
    """Entry -> its form in which nobody is named, under the Chatham House Rule."""
