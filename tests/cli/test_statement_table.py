"""The table of all statements: orders, filter, few votes, and the HTML of it."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import pytest
from tests.opinion.makers import camps

from acquis.documents.opinion import result
from acquis.documents.opinion_result import Result
from acquis.documents.opinion_statements import NO_AREA, ORDERS, StatementTable, statement_table, table_html
from acquis.opinion import Conversation, OpinionMap, opinion_map, votes_from_arrays


@pytest.fixture(scope="module")
def made() -> tuple[OpinionMap, Result]:
    """Two camps of sixty people on thirty statements, and one more statement on which four people have voted."""
    person, statement, choice = camps(120, 30, strength=3.0)
    person, statement = np.append(person, range(4)), np.append(statement, [30] * 4)
    votes = votes_from_arrays(person, statement, np.append(choice, [1] * 4))
    regions: dict[Hashable, tuple[str, ...]] = {n: ("North" if n % 2 else "South",) for n in range(120)}
    memberships = {"region": regions}
    reading = opinion_map(votes, memberships=memberships)
    source = Conversation(votes, texts={0: "Norms & <rules>"}, memberships=memberships)
    return reading, result(reading, source, None)


def table(made: tuple[OpinionMap, Result], order: str = "agree", area: str = "") -> StatementTable:
    return statement_table(*made, "en", order, area)


def test_every_statement_has_a_row_and_every_group_a_column(made: tuple[OpinionMap, Result]) -> None:
    whole = table(made)
    assert len(whole.rows) == 31
    assert whole.groups == ("North", "South", "Group A", "Group B")
    assert all(len(row.groups) == 4 for row in whole.rows)
    counted = {row.statement: row.everybody for row in made[1].statements}
    assert all(
        row.voters == counted[row.statement].agree + counted[row.statement].disagree + counted[row.statement].passes
        for row in whole.rows
    )


@pytest.mark.parametrize("order", ORDERS)
def test_the_rows_are_in_the_order_that_was_asked_for(made: tuple[OpinionMap, Result], order: str) -> None:
    keys = [ORDERS[order][1](row) for row in table(made, order).rows]
    assert keys == sorted(keys)


def test_a_filter_shows_one_area_and_the_areas_share_no_statement(made: tuple[OpinionMap, Result]) -> None:
    areas = table(made).areas
    listed = [row.statement for area in areas for row in table(made, area=area).rows]
    assert sorted(listed) == sorted(row.statement for row in table(made).rows)


def test_the_frame_of_statements_has_the_same_areas(made: tuple[OpinionMap, Result]) -> None:
    areas = {row.statement: row.area for row in table(made).rows if row.area != NO_AREA}
    frame = made[0].statement_table()
    assert areas == {str(s): name for s, name in zip(frame["statement"], frame["category"]) if name}


def test_of_fewer_than_five_voters_only_their_number_is_shown(made: tuple[OpinionMap, Result]) -> None:
    (row,) = [row for row in table(made).rows if row.voters == 4]
    assert (row.agree, row.passes, row.disagree, row.low, row.high, row.area) == (None, None, None, None, None, NO_AREA)
    assert all(cell.agree is None for cell in row.groups)


def test_a_column_has_the_agreement_of_an_evenly_weighted_population(made: tuple[OpinionMap, Result]) -> None:
    even = statement_table(*made, "en", "number", even=True)
    frame = made[0].statement_table()
    for row, share, low, high in zip(even.rows, frame["even_share"], frame["even_low"], frame["even_high"]):
        assert row.even == (None if np.isnan(share) else tuple(round(100 * value) for value in (share, low, high)))
    assert sum(row.even is None for row in even.rows) < len(even.rows) // 2
    html = table_html(even, "en")
    assert "every part of the map with the same weight" in html
    assert "every part of the map" not in table_html(table(made), "en")


def test_the_table_as_html(made: tuple[OpinionMap, Result]) -> None:
    html = table_html(table(made), "en")
    assert html.count("<tr>") == 32
    assert "Norms &amp; &lt;rules&gt;" in html
    assert "heat-agree-strong" in html
