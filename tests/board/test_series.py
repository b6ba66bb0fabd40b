"""Series: what sessions carry on, and how opinion on a repeated statement moved."""

from __future__ import annotations

import pytest

from acquis.board.cards import Card, Line
from acquis.board.series import MovedOpinion, moved_opinion, offered, repeated, series_of
from acquis.events import CommitmentStatus
from acquis.plan.document import CarriedOver
from acquis.state import AGREE, DISAGREE, Commitment
from acquis.statistics.opinion_map import Ballots

KEEPER = "Norms need a keeper."


def call(seq: int, what: str, status: CommitmentStatus = "open") -> Commitment:
    made = Commitment(seq, 0, what, who="", actor="", due="", due_words="", process="", items=(), report=0, call=0)
    made.status = status
    return made


def card(
    id: str, starts: str, *statements: str, series: str = "Norms", calls: tuple[Commitment, ...] = (), **fields: object
) -> Card:
    lines = tuple(Line(id, id, starts, "statement", entry, text) for entry, text in enumerate(statements, 1))
    given = {"phase": "closed", "lines": lines, "commitments": calls, "series": series, "starts": starts, **fields}
    return Card(id, 9, "", **given)  # type: ignore[arg-type]  # fields of a card


def cast(*agree: int, of: int = 40) -> Ballots:
    """So many of the voters agree with the statements 1, 2 and so on, and all others disagree."""
    columns = tuple(bytes([AGREE] * n + [DISAGREE] * (of - n)) for n in agree)
    return Ballots(tuple(range(1, len(agree) + 1)), columns, (("", "", ""),) * of, 9)


def test_a_series_has_its_published_sessions_in_order_of_time() -> None:
    cards = [card("b", "2026-05-01"), card("a", "2025-05-01"), card("c", "", phase="draft"), card("d", "", series="")]
    found = series_of(cards, "norms")
    assert found is not None
    assert (found.name, [one.id for one in found.cards]) == ("Norms", ["a", "b"])
    assert series_of(cards, "nothing") is None


def test_the_same_words_are_the_same_statement_and_rehearsals_are_compared_with_nothing() -> None:
    cards = [
        card("a", "2025", KEEPER, "Only here."),
        card("b", "2026", "Another.", "norms  need a KEEPER."),
        card("c", "2026", KEEPER, rehearsal=True),
    ]
    (found,) = repeated(cards)
    assert found.places == (("a", 1), ("b", 2))


def test_opinion_moves_from_one_session_to_the_next_that_voted() -> None:
    cards = [card("a", "2024", KEEPER), card("b", "2025", KEEPER), card("c", "2026", KEEPER)]
    moved = moved_opinion(repeated(cards), {"a": cast(10), "c": cast(30)})
    (found,) = moved
    assert (found.before, found.after, found.voters) == (("a", 1), ("c", 1), (40, 40))
    assert (found.first, found.last, found.change, found.firm) == (0.25, 0.75, 0.5, True)
    assert 0.3 < found.low < found.change < found.high < 0.7
    assert moved_opinion(repeated(cards), {}) == []


def test_what_is_more_than_chance_is_corrected_for_all_comparisons_of_the_series() -> None:
    texts = [f"Statement number {n}." for n in range(20)]
    cards = [card("a", "2024", *texts), card("b", "2025", *texts[:1]), card("c", "2026", *texts[:1])]
    few = moved_opinion(repeated(cards), {"a": cast(10), "b": cast(19)})
    assert [moved.firm for moved in few] == [True], "alone it is more than chance"
    cards = [card("a", "2024", *texts), card("b", "2025", *texts)]
    many = moved_opinion(repeated(cards), {"a": cast(*[10] * 20), "b": cast(19, *[10] * 19)})
    assert (len(many), many[0].change, many[0].firm) == (20, few[0].change, False)
    assert isinstance(many[0], MovedOpinion)


@pytest.mark.parametrize("status", ["done", "declined", "dropped"])
def test_open_calls_and_statements_are_carried_on_each_once(status: CommitmentStatus) -> None:
    cards = [
        card("a", "2024", KEEPER, calls=(call(5, "Write."), call(6, "Meet.", status))),
        card("b", "2025", "norms need a keeper.", calls=(call(7, "Write."), call(8, ""))),
        card("mine", "2026", "Mine.", phase="published"),
    ]
    assert offered(cards, "mine") == [
        CarriedOver("call", "Write.", "b", 7), CarriedOver("statement", "norms need a keeper.", "b", 1),
    ]  # fmt: skip
    assert offered(cards[2:], "mine") == []
