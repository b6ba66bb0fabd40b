"""The command with which speakers comment on the notes of their own turns, until the report is published."""

from __future__ import annotations

from typing import Annotated, ClassVar

from acquis import events as ev
from acquis.command import PEOPLE, Actor, Command, Of, Refused, Text
from acquis.state import State, Turn

COMMENT_LIMIT = 600


def own_turns(state: State, by: Actor) -> list[Turn]:
    """The turns of a person, from the queue or as a speaker of the programme, in order."""
    return [turn for turn in state.turns.values() if had(turn, by) and turn.fate != "not_responding"]


def had(turn: Turn, by: Actor) -> bool:
    """Whether a turn was that of the actor: the same person, or the same seat for a speaker of the programme."""
    return turn.person == by.person if turn.person else 0 < turn.seat == by.seat


class CommentTurn(Command, frozen=True, gc=False):
    """Comment on the rapporteur’s note on your own intervention. Note and comment stand beside each other; a later
    comment replaces the one before, until the report is published."""

    roles: ClassVar = PEOPLE
    takes_part: ClassVar = True
    refusals: ClassVar = ("not_yours", "no_note_yet", "published_already")
    turn: Annotated[int, Of("turns")]
    text: Annotated[str, Text(COMMENT_LIMIT)]

    def rule(self, state: State, by: Actor, at: int, turn: Turn) -> ev.Event | None:
        if not had(turn, by):
            raise Refused("not_yours")
        if not turn.note_entry:
            raise Refused("no_note_yet")
        if state.reports:
            raise Refused("published_already")
        # The same text is a new comment if the note has changed.
        said = self.text == turn.comment and turn.comment_entry > turn.note_entry
        return None if said else ev.TurnCommented(self.turn, self.text)


COMMANDS = (CommentTurn,)
