"""The classes of the state for people who vote and for the votes together."""

from __future__ import annotations

import msgspec

from acquis import events as ev
from acquis.attributes import Attributes


class Tally(msgspec.Struct, frozen=True):
    """How many voters agree, disagree and pass on a statement."""

    agree: int = 0
    disagree: int = 0
    passes: int = 0

    @property
    def total(self) -> int:
        """The number of people who voted on the statement, passes included."""
        return self.agree + self.disagree + self.passes


class Totals(msgspec.Struct, frozen=True):
    """The totals of the votes, and in them the tally of each statement and the number of supporters of each question.
    `final`: they were published after the close; others are the tallies that everybody may see before that, and have no
    support, which is counted then."""

    body: ev.TotalsPublished
    tallies: dict[int, Tally]
    support: dict[int, int]
    final: bool = True


class FirstMoment(msgspec.Struct, frozen=True, gc=False):
    """The votes on a statement, one byte for each voice, when entry `seq` ended the first vote on it."""

    seq: int
    votes: bytes


class Voice(msgspec.Struct, frozen=True, gc=False):
    """A participant who can vote and support, identified by a number (the index in `State.voices`) and a random id.
    `ballot`: the random id under which its votes are published after the close; empty in older logs."""

    id: str
    attributes: Attributes
    ballot: str = ""
