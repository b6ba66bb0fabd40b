"""A statement in an area of agreement, and its figures."""

from __future__ import annotations

import msgspec


class StatementArea(msgspec.Struct, frozen=True):
    """A statement and the group that agrees (disagrees, passes) least with it, "" for everybody: `share` of its `of`
    voters, with a 90 % interval from `low` to `high` (all 0 to 1) if the voters are a sample. In a division `least` is
    the group that agrees least and `against` the one that agrees most. `missing`: groups with too few votes. `present`:
    the people of the group who were there, about whom the interval is; 0 if that is not known. `others`: the same lower
    end for people like them, in the group where it is lowest; `wider`: whether the area holds of them."""

    statement: int
    share: float
    low: float
    high: float
    least: str
    of: int
    against: str = ""
    against_share: float = 0.0
    missing: tuple[str, ...] = ()
    present: int = 0
    others: float = 0.0
    wider: bool = False
