"""Commands for statements, which are short claims to agree with, disagree with, or pass, and for votes."""

from __future__ import annotations

from typing import Annotated, ClassVar

from acquis import events as ev
from acquis.command import MODERATORS, NOT_ENDED, PEOPLE, RUNNING, Actor, Command, Of, Refused, Text
from acquis.floor.people import voice_number
from acquis.state import CODES, NONE, State, Statement
from acquis.state.counting import strike_of
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


def _must_be_new(state: State, text: str, replaced: Statement | None) -> None:
    others = (statement for statement in state.statements.values() if statement is not replaced)
    fates = {statement.fate for statement in others if caseless(statement.text) == caseless(text)}
    for fate, code in _EXISTS.items():
        if fate in fates:
            raise Refused(code).at("text")


_WITHDRAWING = ("not_yours", "statement_has_votes", "statement_not_open")


def _can_go(statement: Statement, state: State, by: Actor) -> None:
    """Raises Refused unless the actor may withdraw or replace the statement: its author, or for one of a moderator any
    moderator, while nobody has voted on it."""
    if statement.person != by.person and not (statement.seeded and by.roles & MODERATORS):
        raise Refused("not_yours")
    if any(state.votes[statement.seq]):
        raise Refused("statement_has_votes")
    if statement.fate not in ("proposed", "open"):
        raise Refused("statement_not_open", fate=statement.fate)


class ProposeStatement(Command, frozen=True, gc=False):
    """Propose a claim to vote on, also in the place of an own one on which nobody has voted (`replaces`)."""

    roles: ClassVar = PEOPLE
    takes_part: ClassVar = True
    phases: ClassVar = RUNNING
    refusals: ClassVar = ("statements_closed", *_EXISTS.values(), "too_many_statements", *_WITHDRAWING)
    text: Annotated[str, Text(TEXT_LIMIT)]
    replaces: Annotated[int, Of("statements", optional=True)] = 0

    def rule(self, state: State, by: Actor, at: int, replaced: Statement | None) -> ev.Event | None:
        if "statements" in state.measures.closed:
            raise Refused("statements_closed")
        if replaced is not None:
            _can_go(replaced, state, by)
            if replaced.text == self.text:
                return None
        _must_be_new(state, self.text, replaced)
        mine = (
            statement
            for statement in state.statements.values()
            if statement.person == by.person and statement.fate != "withdrawn"
        )
        if sum(statement is not replaced for statement in mine) >= PROPOSALS_EACH:
            raise Refused("too_many_statements", limit=PROPOSALS_EACH)
        return ev.StatementProposed(self.text, self.replaces)


class WithdrawStatement(Command, frozen=True, gc=False):
    """Take one's own statement back, as long as nobody has voted on it."""

    roles: ClassVar = PEOPLE | MODERATORS
    refusals: ClassVar = _WITHDRAWING
    statement: Annotated[int, Of("statements")]

    def rule(self, state: State, by: Actor, at: int, statement: Statement) -> ev.Event | None:
        if statement.fate == "withdrawn":
            return None
        _can_go(statement, state, by)
        return ev.StatementWithdrawn(self.statement)


class SeedStatement(Command, frozen=True, gc=False):
    """Add a statement as a moderator. Voting on it opens immediately, even before the session. It can replace a
    statement of a moderator on which nobody has voted (`replaces`)."""

    roles: ClassVar = MODERATORS
    phases: ClassVar = NOT_ENDED
    refusals: ClassVar = (*_EXISTS.values(), *_WITHDRAWING)
    text: Annotated[str, Text(TEXT_LIMIT)]
    replaces: Annotated[int, Of("statements", optional=True)] = 0

    def rule(self, state: State, by: Actor, at: int, replaced: Statement | None) -> ev.Event | None:
        if replaced is not None:
            _can_go(replaced, state, by)
            if replaced.text == self.text:
                return None
        _must_be_new(state, self.text, replaced)
        return ev.StatementSeeded(self.text, self.replaces)


class OpenStatement(Command, frozen=True, gc=False):
    """Open a statement for votes, for the first time or again. One that was held back can be opened at any time, and
    is again what it was before."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = (*RUNNING.codes, "statement_is_withdrawn")
    statement: Annotated[int, Of("statements")]

    def rule(self, state: State, by: Actor, at: int, statement: Statement) -> ev.Event | None:
        if statement.fate != "held_back":
            RUNNING.check(state.phase)
        if statement.fate == "withdrawn":
            raise Refused("statement_is_withdrawn")
        return None if statement.fate == "open" else ev.StatementOpened(self.statement)


class HoldBackStatement(Command, frozen=True, gc=False):
    """Hold a statement back, whatever its state, with a class of reasons that everybody can see. Its votes do not count
    while it is held back."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("statement_is_withdrawn",)
    statement: Annotated[int, Of("statements")]
    reason: ev.HeldBackReason

    def rule(self, state: State, by: Actor, at: int, statement: Statement) -> ev.Event | None:
        if statement.fate == "withdrawn":
            raise Refused("statement_is_withdrawn")
        if statement.fate == "held_back" and statement.reason == self.reason:
            return None
        return ev.StatementHeldBack(self.statement, self.reason)


class CloseStatement(Command, frozen=True, gc=False):
    """Close a statement for votes. The votes that were cast remain."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("statement_not_open",)
    statement: Annotated[int, Of("statements")]

    def rule(self, state: State, by: Actor, at: int, statement: Statement) -> ev.Event | None:
        if statement.fate == "closed":
            return None
        if statement.fate != "open":
            raise Refused("statement_not_open", fate=statement.fate)
        return ev.StatementClosed(self.statement)


def _require_counted(state: State, by: Actor) -> None:
    """Raises Refused("votes_left_out") if the votes of the actor are left out."""
    if strike_of(state, by.voice):
        raise Refused("votes_left_out")


class CastVote(Command, frozen=True, gc=False):
    """Vote on a statement: agree, disagree or pass. A vote can be changed while the statement is open."""

    roles: ClassVar = PEOPLE
    takes_part: ClassVar = True
    refusals: ClassVar = ("statement_not_open", "not_joined", "votes_left_out")
    statement: Annotated[int, Of("statements")]
    choice: ev.Choice

    def rule(self, state: State, by: Actor, at: int, statement: Statement) -> ev.Event | None:
        if statement.fate != "open":
            raise Refused("statement_not_open", fate=statement.fate)
        number = voice_number(state, by)
        if state.measures.struck:
            _require_counted(state, by)
        same = state.votes[statement.seq][number] == CODES[self.choice]
        return None if same else ev.VoteCast(self.statement, self.choice)

    def signed(self, by: Actor) -> str:
        return by.voice


class WithdrawVote(Command, frozen=True, gc=False):
    """Take one's vote back, as if it had not been given, while the statement is open."""

    roles: ClassVar = PEOPLE
    refusals: ClassVar = ("statement_not_open", "not_joined", "votes_left_out")
    statement: Annotated[int, Of("statements")]

    def rule(self, state: State, by: Actor, at: int, statement: Statement) -> ev.Event | None:
        if statement.fate != "open":
            raise Refused("statement_not_open", fate=statement.fate)
        voted = state.votes[statement.seq][voice_number(state, by)] != NONE
        _require_counted(state, by)
        return ev.VoteWithdrawn(self.statement) if voted else None

    def signed(self, by: Actor) -> str:
        return by.voice


COMMANDS = (
    ProposeStatement,
    WithdrawStatement,
    SeedStatement,
    OpenStatement,
    HoldBackStatement,
    CloseStatement,
    CastVote,
    WithdrawVote,
)
