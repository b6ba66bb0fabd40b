"""The agreement of an evenly weighted population with the statements of a session, from the published ballots."""

from __future__ import annotations

import math

import msgspec

from acquis.state import State
from acquis.state.counting import final_totals
from acquis.statistics.opinion_map import ballots, recorded_map

LEAST_PARTS = 2


class EvenAgreement(msgspec.Struct, frozen=True):
    """How many would agree with the statement of an entry if every part of the map had the same weight, with the 90 %
    interval (0 to 1). accounts: how many accounts that vote alike bring it into the first `opinion.bridging.TOP` of the
    list; 0 for those that are, None for more than `opinion.bridging.MOST_ACCOUNTS`."""

    statement: int
    expected: float
    low: float
    high: float
    accounts: int | None


def even_agreement(state: State) -> tuple[EvenAgreement, ...]:
    """The statements whose agreement is known, the one with the highest lower end first. Empty before the totals are
    published: it would tell of the votes of few people, and of published ballots anybody can compute it. Empty too
    if the map has one part only, of which the agreement is the plain share."""
    if final_totals(state) is None or not (cast := ballots(state)).cast:
        return ()
    read = recorded_map(cast).bridging
    assert read is not None, "the votes of a session are in one process"
    if read.regions < LEAST_PARTS:
        return ()
    return tuple(
        EvenAgreement(
            cast.statements[place],
            expected=round(float(read.expected[place]), 4),
            low=round(float(read.low[place]), 4),
            high=round(float(read.high[place]), 4),
            accounts=None if math.isinf(read.accounts[place]) else int(read.accounts[place]),
        )
        for place in read.order()
    )
