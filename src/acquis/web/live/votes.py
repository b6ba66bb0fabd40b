"""A statement with its votes, as live screens show it."""

from __future__ import annotations

import msgspec

from acquis.state import Statement, Tally
from acquis.state.reading import public_statement


class StatementVotes(msgspec.Struct, frozen=True):
    """A statement and how many voters agree, disagree and pass on it."""

    statement: Statement
    tally: Tally

    @property
    def total(self) -> int:
        """The number of people who voted on the statement, passes included."""
        return self.tally.total

    @property
    def public(self) -> bool:
        """Whether everybody may read the statement."""
        return public_statement(self.statement)

    @property
    def counts(self) -> str:
        """The numbers of those who agree, disagree and pass, as "12:3:1"."""
        return ":".join(map(str, msgspec.structs.astuple(self.tally)))

    @property
    def bars(self) -> list[tuple[str, int, int]]:
        """Choice, number of votes, and number of votes in the bars before it: a bar is as long as its votes."""
        begin, bars = 0, []
        for choice, votes in zip(("agree", "disagree", "pass"), msgspec.structs.astuple(self.tally)):
            bars.append((choice, votes, begin))
            begin += votes
        return bars
