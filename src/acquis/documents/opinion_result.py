"""The data of `result.json` of `acquis opinion`, from which its page and its text are made."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import msgspec

from acquis.documents.bridging import BridgingLine
from acquis.documents.opinion_polis import PolisResult
from acquis.documents.slate import SlateResult
from acquis.opinion import Structure


class Counted(msgspec.Struct, frozen=True):
    """How many voters of a group agree, disagree and pass on a statement."""

    agree: int
    disagree: int
    passes: int


class AreaLine(msgspec.Struct, frozen=True):
    """A statement in an area: the share (0 to 1) of the group with the least support, the 90 % interval of the share of
    all who were `present` in it (0: not known), the number of its voters, and the sentence. others: the lower end for
    people like them; wider: whether the area holds of them."""

    statement: str
    share: float
    low: float
    high: float
    group: str
    voters: int
    sentence: str
    present: int = 0
    others: float = 0.0
    wider: bool = False


class StatementResult(msgspec.Struct, frozen=True):
    """A statement, its votes by everybody and by each discovered group, and its loadings on the axes."""

    statement: str
    text: str
    everybody: Counted
    groups: list[Counted]
    axes: list[float]


class KindLine(msgspec.Struct, frozen=True):
    """A kind of declared groups: their sizes, Cramér's V of the discovered groups with them (None without groups), the
    areas over them, the statements on which the areas of the two kinds differ, and for each group that cast too few
    votes on some statements to be shown, their number."""

    kind: str
    groups: dict[str, int]
    not_said: int
    follows: float | None
    areas: dict[str, list[AreaLine]]
    differ: list[AreaLine]
    unknown: dict[str, int]


class AlikeLine(msgspec.Struct, frozen=True):
    """Accounts that voted exactly alike, and the statements that are areas of consensus only without them (gained) or
    only with them (lost)."""

    people: list[str]
    gained: list[str]
    lost: list[str]


class CrowdLine(msgspec.Struct, frozen=True):
    """Accounts that vote nearly alike, by their ids. equal: mean share (0 to 1) of the votes of each that are those of
    most of the others."""

    people: list[str]
    equal: float


class ListChange(msgspec.Struct, frozen=True):
    """How a list (`consensus`, `concern` or `divided`) changes without some accounts: its length before and after, and
    the statements that are on it only without them (gained) or only with them (lost)."""

    kind: str
    before: int
    after: int
    gained: list[str]
    lost: list[str]


class CrowdsResult(msgspec.Struct, frozen=True):
    """The crowds of accounts that vote nearly alike, and the result without all of them. compared: number of people
    with enough votes to be compared. verdict: that of the others, see `StructureLine`; empty without crowds. k: the
    number of their groups. said: the sentence on them."""

    compared: int
    crowds: list[CrowdLine] = []
    verdict: str = ""
    k: int = 0
    said: str = ""
    changes: list[ListChange] = []


class InfluenceLine(msgspec.Struct, frozen=True):
    """How few people decide a list (`consensus` or `concern`). people: the most that are removed, 5 % of all. off, on:
    statement -> the smallest number of people whose removal takes it off the list or puts it on; only where that is at
    most `people`."""

    kind: str
    people: int
    off: dict[str, int]
    on: dict[str, int]
    sentence: str


class StructureLine(msgspec.Struct, frozen=True):
    """How opinions are structured. verdict: `camps`, `spectrum`, `undecided`, `none` or `few`. traits: directions of
    the best spread. connected, apart, error: see `opinion.Structure`. people: number of people looked at. same:
    statements that were counted once, because nearly everybody votes alike on them. axis: of too few people, the share
    (0 to 1) of the differences between their votes that one axis explains, and what it would explain at most in 19 of
    20 cases by chance; None if it cannot be said, or people are more."""

    verdict: str
    traits: int
    connected: float
    apart: float
    error: float
    people: int
    same: list[list[str]]
    axis: tuple[float, float] | None = None


class Result(msgspec.Struct, frozen=True):
    """The result of `acquis opinion`, a function of the votes. digest: that of the sums of the votes; k: the number of
    groups, 1 for none; explained: the share (0 to 1) of the variance of the votes that each axis explains; slate: the
    short list that represents the voters; bridging: the agreement of an evenly weighted population; influence: how few
    people decide the lists; these three on the command line only. crowds: None if the votes of single people are not in
    one process."""

    digest: str
    people: int
    grouped: int
    statements: list[StatementResult]
    votes: int
    events: int
    k: int
    sizes: list[int]
    structure: StructureLine
    explained: list[float]
    said: str
    areas: dict[str, list[AreaLine]]
    unknown: int
    constituencies: list[KindLine]
    representative: list[list[AreaLine]]
    alike: list[AlikeLine]
    crowds: CrowdsResult | None = None
    influence: list[InfluenceLine] = []
    slate: SlateResult | None = None
    bridging: list[BridgingLine] = []
    polis: PolisResult | None = None


def structure_line(structure: Structure, statements: Sequence[Hashable]) -> StructureLine:
    """A structure as data, with the ids of statements in place of their numbers."""
    return StructureLine(
        structure.verdict,
        traits=structure.traits,
        connected=structure.connected,
        apart=structure.apart,
        error=structure.error,
        people=structure.sample,
        same=[[str(statements[number]) for number in bundle] for bundle in structure.same],
        axis=(structure.line.share, structure.line.chance) if structure.line else None,
    )


def schema() -> dict[str, Any]:
    """The JSON Schema of `Result`, for `result.json`."""
    return msgspec.json.schema(Result)
