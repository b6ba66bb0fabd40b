"""Events of moderation that can follow at any time, in whatever state a thing is."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import TEAM, UNDO_S, Event, HeldBackReason, Intake, PersonReason, Refreshes


class TextHeldBack(Event, frozen=True, gc=False, omit_defaults=True):
    """A moderator held a text back that is neither a question nor a statement: what a hand is about, the note of a turn
    or the comment on it, a written answer. `entry` is the entry that contains the text."""

    refreshes: ClassVar[Refreshes] = TEAM
    undo_s: ClassVar = UNDO_S
    entry: int
    reason: HeldBackReason


class TextLetThrough(Event, frozen=True, gc=False, omit_defaults=True):
    """A moderator let such a text through, which waited for a moderator or was held back."""

    refreshes: ClassVar[Refreshes] = TEAM
    undo_s: ClassVar = UNDO_S
    entry: int


class IntakeClosed(Event, frozen=True, gc=False, omit_defaults=True):
    """Nothing new of a kind is accepted: no questions, no proposed statements, or nobody who has not joined before."""

    undo_s: ClassVar = UNDO_S
    intake: Intake


class IntakeOpened(Event, frozen=True, gc=False, omit_defaults=True):
    """What is new of that kind is accepted again."""

    undo_s: ClassVar = UNDO_S
    intake: Intake


class SessionPaused(Event, frozen=True, gc=False, omit_defaults=True):
    """The session was paused: nobody can take part, and the clocks of the turn and of the segment stop."""

    undo_s: ClassVar = UNDO_S


class SessionResumed(Event, frozen=True, gc=False, omit_defaults=True):
    """A paused session goes on, and the clocks of the turn and of the segment go on with it."""

    undo_s: ClassVar = UNDO_S


class ParticipantSilenced(Event, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """A person can no longer take part, only read. Hands of the person are taken down and turns ended; what was said
    and voted before stays. `turn`: the turn that it ended; 0: none."""

    undo_s: ClassVar = UNDO_S
    persons: ClassVar[tuple[str, ...]] = ("person",)
    person: str = ""
    reason: PersonReason
    turn: int = 0


class ParticipantUnsilenced(Event, frozen=True, gc=False, omit_defaults=True):
    """A person who was silenced can take part again."""

    undo_s: ClassVar = UNDO_S
    persons: ClassVar[tuple[str, ...]] = ("person",)
    person: str = ""


class VotesStruck(Event, frozen=True, gc=False, omit_defaults=True):
    """The votes of a voice are left out of the ballots and totals that are published after the close. Everybody sees
    that it was done, and why; nobody sees whose voice it is."""

    undo_s: ClassVar = UNDO_S
    secret: ClassVar[tuple[str, ...]] = ("voice",)
    reason: PersonReason
    voice: str = ""


class VotesRestored(Event, frozen=True, gc=False, omit_defaults=True):
    """The votes that were left out by the entry `entry` are counted again."""

    undo_s: ClassVar = UNDO_S
    entry: int


class ParticipantRenamed(Event, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """A moderator changed the name of a person, or removed it. Names are in the roster and not in the log."""

    persons: ClassVar[tuple[str, ...]] = ("person",)
    person: str = ""
    reason: PersonReason
    removed: bool = False
