"""A statement with its votes on live screens."""

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
        """Whether the statement is public."""
        return public_statement(self.statement)

    @property
    def counts(self) -> str:
        """The numbers of those who agree, disagree and pass, as "12:3:1"."""
        return ":".join(map(str, msgspec.structs.astuple(self.tally)))

    @property
    def bars(self) -> list[tuple[str, int, str, str]]:
        """Choice, number of votes, and start and length of the bar in per cent of the total."""
        begin, bars = 0, []
        for choice, votes in zip(("agree", "disagree", "pass"), msgspec.structs.astuple(self.tally)):
            bars.append((choice, votes, self._share(begin), self._share(votes)))
            begin += votes
        return bars

    def _share(self, votes: int) -> str:
        """Votes in per cent of the total, in tenths, as `results.js` calculates it."""
        return f"{(2000 * votes + self.total) // (2 * (self.total or 1)) / 10:g}"
