"""The table of all statements of a result: the votes of everybody and, shaded like a heat map, the share of each group
that agrees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from acquis.charts.beeswarm import evenness
from acquis.charts.heat import heat
from acquis.documents.opinion_areas import group_names
from acquis.documents.opinion_result import Result, StatementResult
from acquis.documents.templates import template
from acquis.i18n import N_, say
from acquis.i18n.vocabulary import word
from acquis.opinion import AGREE, OpinionMap, interval
from acquis.opinion.bridging import Bridging
from acquis.opinion.consensus import FEWEST
from acquis.statistics.opinion_words import TITLES, area_title, percent

NO_AREA = "none"
"""The name of the filter for statements that are in no area."""


@dataclass(frozen=True)
class Cell:
    """The share (per cent) of a group that agrees, None if too few voted; shade: the class for it."""

    agree: int | None
    shade: str


@dataclass(frozen=True)
class StatementRow:
    """A statement: how many voted, the shares in per cent, the 90 % interval of the share that agrees, its area (a key
    of `TITLES`, or `NO_AREA`) in words, and a cell for each group. even: the share of an evenly weighted population
    that agrees, and its 90 % interval, in per cent. Without `FEWEST` voters all shares are None."""

    statement: str
    text: str
    voters: int
    agree: int | None
    passes: int | None
    disagree: int | None
    low: int | None
    high: int | None
    area: str
    area_said: str
    groups: tuple[Cell, ...]
    divided: float
    even: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class StatementTable:
    """groups: the names at the head of the columns of groups. rows: the statements in the order asked for. areas: the
    areas that have statements, with their titles, for a filter. even: whether there is a column for an evenly weighted
    population."""

    groups: tuple[str, ...]
    rows: tuple[StatementRow, ...]
    areas: dict[str, str]
    even: bool = False


ORDERS: dict[str, tuple[str, Callable[[StatementRow], Any]]] = {
    "agree": (N_("Most agreement"), lambda row: -(row.agree or 0)),
    "disagree": (N_("Most disagreement"), lambda row: -(row.disagree or 0)),
    "divided": (N_("Most divided"), lambda row: -row.divided),
    "pass": (N_("Most “pass” votes"), lambda row: -(row.passes or 0)),
    "votes": (N_("Most votes"), lambda row: -row.voters),
    "number": (N_("Order of the statements"), lambda row: 0),
}
"""Orders of the table: their names, and the key of a row. Rows that are equal stay in the order of the statements."""


def statement_table(
    opinion: OpinionMap, read: Result, language: str, order: str = "agree", area: str = "", *, even: bool = False
) -> StatementTable:
    """All statements. order: a key of `ORDERS`. area: a key of `TITLES` or `NO_AREA`, to show only these. even: with
    the agreement of an evenly weighted population, which tells of the votes of small parts of the map."""
    names, counts = _groups(opinion, read, language)
    titles = {kind: area_title(language, kind, bool(names) or kind == "apart") for kind in TITLES}
    titles[NO_AREA] = say(language, N_("None of these"))
    rows = [
        _row(row, [of_group[j] for of_group in counts], category or NO_AREA, titles)
        for j, (row, category) in enumerate(zip(read.statements, opinion.categories()))
    ]
    known = [_evenly(opinion.bridging, j) if even and row.agree is not None else None for j, row in enumerate(rows)]
    rows = [replace(row, even=share) for row, share in zip(rows, known)]
    present = {kind: title for kind, title in titles.items() if any(row.area == kind for row in rows)}
    shown = [row for row in rows if not area or row.area == area]
    return StatementTable(names, tuple(sorted(shown, key=ORDERS[order][1])), present, any(known))


def _groups(opinion: OpinionMap, read: Result, language: str) -> tuple[tuple[str, ...], Sequence[Any]]:
    """The names and the counts (m, 3) of the declared groups that may be shown, then of the discovered ones."""
    names: list[str] = []
    counts: list[Any] = []
    for kind in read.constituencies:
        declared = opinion.constituencies[kind.kind]
        names += [word(language, "group", name) for name in declared.names]
        counts += list(declared.counts)
    if opinion.k > 1:
        names += group_names(language, opinion.k)
        counts += list(opinion.counts)
    return tuple(names), counts


def _row(read: StatementResult, of_groups: Sequence[Any], area: str, titles: dict[str, str]) -> StatementRow:
    counted = read.everybody
    voters = counted.agree + counted.disagree + counted.passes
    row = StatementRow(
        read.statement,
        read.text,
        voters,
        agree=None,
        passes=None,
        disagree=None,
        low=None,
        high=None,
        area=NO_AREA,
        area_said="",
        groups=tuple(map(_cell, of_groups)),
        divided=0.0,
    )
    if voters < FEWEST:
        return row
    low, high = interval(np.array(counted.agree), np.array(voters))
    sides = counted.agree + counted.disagree
    return replace(
        row,
        agree=percent(counted.agree / voters),
        passes=percent(counted.passes / voters),
        disagree=percent(counted.disagree / voters),
        low=percent(float(low)),
        high=percent(float(high)),
        area=area,
        area_said=titles[area] if area != NO_AREA else "",
        divided=evenness(counted.agree, counted.disagree) if sides >= FEWEST else 0.0,
    )


def _evenly(read: Bridging | None, j: int) -> tuple[int, int, int] | None:
    if read is None or np.isnan(read.expected[j]):
        return None
    share, low, high = (percent(float(values[j])) for values in (read.expected, read.low, read.high))
    return share, low, high


def _cell(votes: Any) -> Cell:
    voters = int(votes.sum())
    if voters < FEWEST:
        return Cell(None, "")
    agree = percent(float(votes[AGREE + 1]) / voters)
    return Cell(agree, heat(agree))


def table_html(table: StatementTable, language: str) -> str:
    """The table as HTML, in a box of its own that scrolls."""
    return template("statement_table.html").render(
        _=lambda message, **facts: say(language, message, **facts), table=table
    )
