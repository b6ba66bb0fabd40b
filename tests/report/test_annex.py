"""The annex of a report: every statement with its shares, those of groups, and the evenly weighted agreement."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

import msgspec
import pytest

from acquis import events as ev
from acquis.documents.blocks import Table
from acquis.documents.contents import contents
from acquis.documents.formats import files
from acquis.documents.statement_annex import SIDE_BY_SIDE, statement_annex
from acquis.documents.view import report_view
from acquis.documents.widths import LEAST, columns
from acquis.i18n import say

from .story import PROGRAMME, Recorded, outside, published, recorded, then, votes, with_votes

GROUPS = ("Academia", "Civil Society", "Government", "Intergovernmental Organization", "Private Sector")
EACH = 10
PEOPLE = EACH * len(GROUPS)
FIRST = PEOPLE + 3
"""The entry of the first of eight statements."""


@cache
def held() -> Recorded:
    """Ten people of each group voted: on most statements alike in every group; with the third one only seven people of
    one group agree; four people voted on the last one."""
    lanes: tuple[ev.Lane, ...] = ("room", "online")
    joined = [
        (
            f"v{n}",
            ev.ParticipantJoined(
                lane=lanes[n % 2], stakeholder=GROUPS[n // EACH], ballot=sha256(f"{n}".encode()).hexdigest()[:32]
            ),
        )
        for n in range(PEOPLE)
    ]
    happened = [
        PROGRAMME,
        *joined,
        ev.SessionOpened(chatham=False),
        *[ev.StatementSeeded(f"Statement {n}.") for n in range(8)],
        *[vote for n in (0, 3, 4, 5, 6) for vote in votes(FIRST + n, "++++++--00" * len(GROUPS))],
        *votes(FIRST + 1, "+++++++++-" * len(GROUPS)),
        *votes(FIRST + 2, "+++++++---" + "----------" * (len(GROUPS) - 1)),
        *votes(FIRST + 7, "++++"),
    ]
    return recorded(happened)


@cache
def closed() -> Recorded:
    return with_votes(then(held(), ev.SessionClosed()))


@cache
def ended() -> Recorded:
    return outside(closed())


def tables(found: Recorded, language: str = "en") -> list[Table]:
    view = report_view(found.state, "")
    return [block for block in statement_annex(view, found.state, language) if isinstance(block, Table)]


def test_every_statement_has_its_votes_shares_and_range() -> None:
    everybody = tables(ended())[0]
    assert everybody.head == ("Entry", "Statement", "Votes", "Agree", "Pass / unsure", "Disagree")
    assert len(everybody.rows) == 7, "no share is shown of four votes"
    assert (*everybody.rows[:2], everybody.rows[-1]) == (
        (str(FIRST + 1), "Statement 1.", "50", "90%\n81–95%", "0%", "10%"),
        (str(FIRST), "Statement 0.", "50", "60%\n48–71%", "20%", "20%"),
        (str(FIRST + 2), "Statement 2.", "50", "14%\n8–24%", "0%", "86%"),
    )


def test_each_group_that_is_shown_has_a_column() -> None:
    groups = [table for table in tables(ended()) if table.caption == "Stakeholder groups"]
    assert [len(table.head) - 2 for table in groups] == [SIDE_BY_SIDE, 1]
    assert tuple(name for table in groups for name in table.head[2:]) == GROUPS
    assert groups[0].rows[-1] == (
        str(FIRST + 2), "Statement 2.", "70% (10)\n44–87%", *["0% (10)\n0–21%"] * 3
    )  # fmt: skip


def test_a_group_that_is_not_shown_has_no_share() -> None:
    """The figures of a small group are in no total, so they are not in the annex either."""
    state = ended().state
    assert state.totals is not None
    kept = tuple(figure for figure in state.totals.body.figures if figure.group != "Academia")
    view = report_view(ended().state, "")
    lines = [
        msgspec.structs.replace(line, figures=tuple(figure for figure in line.figures if figure in kept))
        for line in view.statements
    ]
    blocks = statement_annex(msgspec.structs.replace(view, statements=lines), state, "en")
    assert not any("Academia" in block.head for block in blocks if isinstance(block, Table))


def test_the_evenly_weighted_agreement_is_in_the_annex_and_in_the_data() -> None:
    weighed = tables(ended())[-1]
    assert weighed.caption == "Evenly weighted agreement"
    data = msgspec.json.decode(files(published(closed(), ev.Sentence("We agree.", (FIRST,))).entries)["report.json"])
    assert [row[0] for row in weighed.rows] == [str(line["statement"]) for line in data["even"]]
    assert all(line["low"] <= line["expected"] <= line["high"] for line in data["even"])


def test_before_the_votes_are_published_there_is_no_annex() -> None:
    assert tables(held()) == []
    assert tables(recorded([PROGRAMME])) == []


@pytest.mark.parametrize("wide", [470.0, 480.0])
def test_the_tables_fit_a_page_in_portrait(wide: float) -> None:
    for table in tables(ended()):
        fitted = columns(table, wide)
        assert sum(fitted.widths) <= wide + 0.1
        assert fitted.size > LEAST, table.caption


def test_it_stands_at_the_end_of_every_report() -> None:
    found = ended()
    blocks = contents(report_view(found.state, ""), found.state, "fr").blocks
    assert isinstance(blocks[-1], Table)
    assert blocks[-1].caption == say("fr", "Evenly weighted agreement")
