"""Commands of moderation that can follow at any time, in whatever state a thing is."""

from __future__ import annotations

from typing import ClassVar

from acquis import events as ev
from acquis.command import MODERATORS, Actor, Command, Refused
from acquis.state import State
from acquis.state.reading import other_text


class HoldBackText(Command, frozen=True, gc=False):
    """Hold back a text that is neither a question nor a statement: what a hand is about, the note of a turn or the
    comment on it, a written answer. `entry` is the entry that contains it."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("no_such_text",)
    entry: int
    reason: ev.HeldBackReason

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        _must_be_there(state, self.entry)
        same = state.measures.withheld.get(self.entry) == self.reason
        return None if same else ev.TextHeldBack(self.entry, self.reason)


class LetTextThrough(Command, frozen=True, gc=False):
    """Let such a text through to everybody, which waits to be read or was held back."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("no_such_text",)
    entry: int

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        _must_be_there(state, self.entry)
        return ev.TextLetThrough(self.entry) if self.entry in state.measures.withheld else None


def _must_be_there(state: State, entry: int) -> None:
    """Raises Refused("no_such_text", entry) if the entry contains no such text."""
    if not other_text(state, entry):
        raise Refused("no_such_text", entry=entry)


COMMANDS = (HoldBackText, LetTextThrough)
