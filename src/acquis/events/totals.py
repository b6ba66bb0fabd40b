"""The events by which votes become public: the ballots, which stand under no name, time, order or group, and the
totals."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acquis.events.base import TEAM, Event, Refreshes
from acquis.figures import Figure


class PeopleCount(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """How many people who joined stated a value of an attribute; without an attribute, all who joined. `voters` cast
    `votes`; these are 0 for an attribute whose votes are not shown. The other counts are those of the floor, as in
    `statistics.heard.Row`, and are given for attributes that are never shown beside a person, because nobody can count
    them in the public log."""

    attribute: str = ""
    value: str = ""
    people: int = 0
    voters: int = 0
    votes: int = 0
    hands: int = 0
    floor_ms: int = 0
    turns: int = 0
    first_time: int = 0
    panel_ms: int = 0
    asked: int = 0
    put: int = 0
    answered: int = 0
    proposed: int = 0


class SupportCount(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """How many people supported a question, or an amendment of a message (`question` is then its entry)."""

    question: int
    people: int


class MovedFigure(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """How the people voted who had voted on a statement by entry `entry` and still do at the close: `voters`, of whom
    `agree` agreed at the first moment, `came` came to agree and `left` ceased to."""

    statement: int
    entry: int
    voters: int = 0
    agree: int = 0
    came: int = 0
    left: int = 0


class BallotsPublished(Event, frozen=True, gc=False, omit_defaults=True):
    """The server published the ballots after the close. A ballot is its random id (32 hexadecimal digits) and one
    character for each of the `statements`: "+" agree, "-" disagree, "0" pass, "." no vote. They are sorted, so that
    their order tells nothing."""

    refreshes: ClassVar[Refreshes] = TEAM
    statements: tuple[int, ...] = ()
    ballots: tuple[str, ...] = ()


class TotalsPublished(Event, frozen=True, gc=False, omit_defaults=True):
    """The server published the totals after the close, counted up to entry `upto`, of which `sealed` entries are
    neither shown nor attributed: votes, support and joining. Figures of groups follow
    `statistics.suppression`, those of two moments (`moved`) that of `opinion.moments`."""

    upto: int = 0
    sealed: int = 0
    figures: tuple[Figure, ...] = ()
    people: tuple[PeopleCount, ...] = ()
    supporters: tuple[SupportCount, ...] = ()
    moved: tuple[MovedFigure, ...] = ()
