"""The agreement of an evenly weighted population, as data and as lines, for `acquis opinion`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import msgspec

from acquis.i18n import N_, N_plural, say, say_many
from acquis.opinion import OpinionMap
from acquis.opinion.bridging import MOST_ACCOUNTS, TOP
from acquis.statistics.opinion_words import percent

TITLE = N_("Agreement if every part of the map had the same weight")
_AGREE = N_("{share}% agree. Within the range of uncertainty, {low}% to {high}%.")
_INTO = N_plural(
    "{n} account that votes the same way could bring it into the first {top}.",
    "{n} accounts that vote the same way could bring it into the first {top}.",
)
_NEVER = N_("More than {n} accounts that vote the same way could not bring it into the first {top}.")


class BridgingLine(msgspec.Struct, frozen=True):
    """The agreement with a statement of an evenly weighted population, with its 90 % interval (0 to 1). accounts: how
    many accounts that vote alike bring it into the first TOP of this list; 0 for those that are, None for more than
    MOST_ACCOUNTS."""

    statement: str
    expected: float
    low: float
    high: float
    accounts: int | None
    sentence: str


def bridging_list(opinion: OpinionMap, language: str) -> list[BridgingLine]:
    """The statements whose evenly weighted agreement is known, the one with the highest lower end first."""
    read, made = opinion.bridging, []
    if read is None:
        return []
    for j in read.order():
        accounts = None if math.isinf(read.accounts[j]) else int(read.accounts[j])
        expected, low, high = float(read.expected[j]), float(read.low[j]), float(read.high[j])
        sentence = say(language, _AGREE, share=percent(expected), low=int(100 * low), high=math.ceil(100 * high))
        if accounts is None:
            sentence += " " + say(language, _NEVER, n=MOST_ACCOUNTS, top=TOP)
        elif accounts:
            sentence += " " + say_many(language, *_INTO, accounts, top=TOP)
        made.append(BridgingLine(str(opinion.statements[j]), expected, low, high, accounts, sentence))
    return made


def bridging_lines(listed: list[BridgingLine], named: Callable[[str], str], language: str) -> Iterator[str]:
    """The first TOP of the list in lines of text for a terminal."""
    if listed:
        yield ""
        yield f"{say(language, TITLE)} ({len(listed)})"
        for line in listed[:TOP]:
            yield f"  {named(line.statement)}\n      {line.sentence}"
