"""What `acquis opinion` writes as result.json, and what its page and its lines are made of."""

from __future__ import annotations

from typing import Any

import msgspec


class Counted(msgspec.Struct, frozen=True):
    """Votes of one group on one statement."""

    agree: int
    disagree: int
    passes: int


class AreaLine(msgspec.Struct, frozen=True):
    """A statement in an area: the share (0..1) of the group that decides, its 90 % interval, and the sentence."""

    statement: str
    share: float
    low: float
    high: float
    group: str
    voters: int
    sentence: str


class StatementResult(msgspec.Struct, frozen=True):
    """A statement, its votes by everybody and by each discovered group, and its loadings on the two axes."""

    statement: str
    text: str
    everybody: Counted
    groups: list[Counted]
    axes: tuple[float, float]


class KindLine(msgspec.Struct, frozen=True):
    """A kind of declared groups: who is shown, how the discovered groups follow them (Cramer's V, none without groups),
    the areas over them, and statements on which the two readings differ."""

    kind: str
    groups: dict[str, int]
    not_said: int
    follows: float | None
    areas: dict[str, list[AreaLine]]
    differ: list[AreaLine]


class AlikeLine(msgspec.Struct, frozen=True):
    """Accounts that voted exactly alike, and the statements that are areas of consensus only without them (gained) or
    only with them (lost)."""

    people: list[str]
    gained: list[str]
    lost: list[str]


class Result(msgspec.Struct, frozen=True):
    """Everything `acquis opinion` found. The same votes give the same result; digest names the sums they were read
    from. k: groups drawn, 1 for none."""

    digest: str
    people: int
    grouped: int
    statements: list[StatementResult]
    votes: int
    events: int
    k: int
    sizes: list[int]
    firmness: str
    agreement: float
    flips: float
    explained: tuple[float, float]
    said: str
    areas: dict[str, list[AreaLine]]
    unknown: int
    constituencies: list[KindLine]
    representative: list[list[AreaLine]]
    alike: list[AlikeLine]
    polis: dict[str, Any] | None = None


def schema() -> dict[str, Any]:
    """The JSON Schema of `result.json`."""
    return msgspec.json.schema(Result)
