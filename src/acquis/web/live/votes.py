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
    def bars(self) -> list[tuple[str, int, float, float]]:
        """Choice, number of votes, and start and length of the bar in per cent of the total."""
        begin, bars = 0.0, []
        for choice, votes in zip(("agree", "disagree", "pass"), msgspec.structs.astuple(self.tally)):
            long = round(100 * votes / self.total, 1) if self.total else 0.0
            bars.append((choice, votes, round(begin, 1), long))
            begin += long
        return bars
