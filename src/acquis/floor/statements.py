"""Commands for statements, which are short claims to agree with, disagree with, or pass, and for votes."""

from __future__ import annotations

from typing import Annotated, ClassVar

from acquis import events as ev
from acquis.command import MODERATORS, NOT_ENDED, PEOPLE, RUNNING, Actor, Command, Of, Refused, Text
from acquis.floor.people import voice_number
from acquis.state import CODES, State, Statement
from acquis.text.folding import caseless

TEXT_LIMIT = 200
PROPOSALS_EACH = 5


_EXISTS = {
    "open": "statement_exists",
    "closed": "statement_is_closed",
    "proposed": "statement_waits",
    "held_back": "statement_was_held_back",
}
"""Fate of a statement -> the code with which the same text is refused: only an open one can be voted on."""


def _must_be_new(state: State, text: str) -> None:
    fates = {statement.fate for statement in state.statements.values() if caseless(statement.text) == caseless(text)}
    for fate, code in _EXISTS.items():
        if fate in fates:
            raise Refused(code)


class ProposeStatement(Command, frozen=True, gc=False):
    """Propose a claim to vote on."""

    roles: ClassVar = PEOPLE
    phases: ClassVar = RUNNING
    refusals: ClassVar = (*_EXISTS.values(), "too_many_statements")
    text: Annotated[str, Text(TEXT_LIMIT)]

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        _must_be_new(state, self.text)
        mine = sum(statement.person == by.person for statement in state.statements.values())
        if mine >= PROPOSALS_EACH:
            raise Refused("too_many_statements", limit=PROPOSALS_EACH)
        return ev.StatementProposed(self.text)


class SeedStatement(Command, frozen=True, gc=False):
    """Put a claim up as a moderator; it is open at once, also before the session."""

    roles: ClassVar = MODERATORS
    phases: ClassVar = NOT_ENDED
    refusals: ClassVar = tuple(_EXISTS.values())
    text: Annotated[str, Text(TEXT_LIMIT)]

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        _must_be_new(state, self.text)
        return ev.StatementSeeded(self.text)


class OpenStatement(Command, frozen=True, gc=False):
    """Open a statement for votes, for the first time or again."""

    roles: ClassVar = MODERATORS
    phases: ClassVar = RUNNING
    statement: Annotated[int, Of("statements")]

    def rule(self, state: State, by: Actor, at: int, statement: Statement) -> ev.Event | None:
        return None if statement.fate == "open" else ev.StatementOpened(self.statement)


class HoldBackStatement(Command, frozen=True, gc=False):
    """Hold a proposed statement back, with a class of reasons that everybody can see."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("statement_has_votes",)
    statement: Annotated[int, Of("statements")]
    reason: ev.HeldBackReason

    def rule(self, state: State, by: Actor, at: int, statement: Statement) -> ev.Event | None:
        if any(state.votes[statement.seq]):
            # Votes that were cast are on the record, so such a statement can only be closed.
            raise Refused("statement_has_votes")
        if statement.fate == "held_back" and statement.reason == self.reason:
            return None
        return ev.StatementHeldBack(self.statement, self.reason)


class CloseStatement(Command, frozen=True, gc=False):
    """No more votes on this statement."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("statement_not_open",)
    statement: Annotated[int, Of("statements")]

    def rule(self, state: State, by: Actor, at: int, statement: Statement) -> ev.Event | None:
        if statement.fate == "closed":
            return None
        if statement.fate != "open":
            raise Refused("statement_not_open", fate=statement.fate)
        return ev.StatementClosed(self.statement)


class CastVote(Command, frozen=True, gc=False):
    """Vote on a statement: agree, disagree or pass. A vote can be changed while the statement is open."""

    roles: ClassVar = PEOPLE
    refusals: ClassVar = ("statement_not_open", "not_joined")
    statement: Annotated[int, Of("statements")]
    choice: ev.Choice

    def rule(self, state: State, by: Actor, at: int, statement: Statement) -> ev.Event | None:
        if statement.fate != "open":
            raise Refused("statement_not_open", fate=statement.fate)
        number = voice_number(state, by)
        same = state.votes[statement.seq][number] == CODES[self.choice]
        return None if same else ev.VoteCast(self.statement, self.choice)

    def signed(self, by: Actor) -> str:
        return by.voice


COMMANDS = (ProposeStatement, SeedStatement, OpenStatement, HoldBackStatement, CloseStatement, CastVote)
