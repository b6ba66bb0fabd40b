"""Statements: short claims that everybody can agree with, disagree with, or pass."""

from __future__ import annotations

from typing import ClassVar

from acquis import events as ev
from acquis.command import MODERATORS, PEOPLE, Actor, Command, Refused, short
from acquis.floor.people import voice_number
from acquis.floor.segments import must_run
from acquis.state import CODES, State, Statement

TEXT_LIMIT = 200
PROPOSALS_EACH = 5


def _statement(state: State, seq: int) -> Statement:
    statement = state.statements.get(seq)
    if statement is None:
        raise Refused("no_such_statement", statement=seq)
    return statement


def _new_text(state: State, text: str) -> str:
    trimmed = short(text, TEXT_LIMIT)
    if any(statement.text.casefold() == trimmed.casefold() for statement in state.statements.values()):
        raise Refused("statement_exists")
    return trimmed


class ProposeStatement(Command, frozen=True, gc=False):
    """Propose a claim to vote on."""

    roles: ClassVar = PEOPLE
    refusals: ClassVar = (
        "not_open",
        "session_closed",
        "text_empty",
        "text_too_long",
        "statement_exists",
        "too_many_statements",
    )
    text: str

    def decide(self, state: State, by: Actor, at: int) -> ev.Event | None:
        must_run(state)
        text = _new_text(state, self.text)
        mine = sum(statement.person == by.person for statement in state.statements.values())
        if mine >= PROPOSALS_EACH:
            raise Refused("too_many_statements", limit=PROPOSALS_EACH)
        return ev.StatementProposed(text)


class SeedStatement(Command, frozen=True, gc=False):
    """Put a claim up as a moderator; it is open at once, also before the session."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("not_published", "session_closed", "text_empty", "text_too_long", "statement_exists")
    text: str

    def decide(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if state.phase == "draft":
            raise Refused("not_published")
        if state.phase == "closed":
            raise Refused("session_closed")
        return ev.StatementSeeded(_new_text(state, self.text))


class OpenStatement(Command, frozen=True, gc=False):
    """Open a statement for votes, for the first time or again."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("no_such_statement", "not_open", "session_closed")
    statement: int

    def decide(self, state: State, by: Actor, at: int) -> ev.Event | None:
        must_run(state)
        fate = _statement(state, self.statement).fate
        return None if fate == "open" else ev.StatementOpened(self.statement)


class HoldBackStatement(Command, frozen=True, gc=False):
    """Hold a proposed statement back, with a class of reasons that everybody can see."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("no_such_statement", "statement_has_votes")
    statement: int
    reason: ev.HeldBackReason

    def decide(self, state: State, by: Actor, at: int) -> ev.Event | None:
        statement = _statement(state, self.statement)
        if any(state.votes[statement.seq]):
            # Votes that were cast are on the record: such a statement is closed, not hidden.
            raise Refused("statement_has_votes")
        if statement.fate == "held_back" and statement.reason == self.reason:
            return None
        return ev.StatementHeldBack(self.statement, self.reason)


class CloseStatement(Command, frozen=True, gc=False):
    """No more votes on this statement."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("no_such_statement", "statement_not_open")
    statement: int

    def decide(self, state: State, by: Actor, at: int) -> ev.Event | None:
        statement = _statement(state, self.statement)
        if statement.fate == "closed":
            return None
        if statement.fate != "open":
            raise Refused("statement_not_open", fate=statement.fate)
        return ev.StatementClosed(self.statement)


class CastVote(Command, frozen=True, gc=False):
    """Vote on a statement: agree, disagree or pass. A vote can be changed while the statement is open."""

    roles: ClassVar = PEOPLE
    refusals: ClassVar = ("no_such_statement", "statement_not_open", "not_joined")
    statement: int
    choice: ev.Choice

    def decide(self, state: State, by: Actor, at: int) -> ev.Event | None:
        statement = _statement(state, self.statement)
        if statement.fate != "open":
            raise Refused("statement_not_open", fate=statement.fate)
        number = voice_number(state, by)
        same = state.votes[statement.seq][number] == CODES[self.choice]
        return None if same else ev.VoteCast(self.statement, self.choice)

    def signed(self, by: Actor) -> str:
        return by.voice


COMMANDS = (ProposeStatement, SeedStatement, OpenStatement, HoldBackStatement, CloseStatement, CastVote)
