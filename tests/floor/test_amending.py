"""What amendments of the programme do to a running session (W M14, B row 42)."""

from __future__ import annotations

from tests.core.story import OPEN, given

from acquis import events as ev
from acquis.floor.segments import ending
from acquis.publication.chatham import unnamed

MINUTE = 60_000
DOCUMENT = {"speakers": [{"name": "A speaker", "organization": "A ministry"}, {"name": "Another speaker"}]}


def test_a_substitute_has_a_number_of_its_own_and_readers_see_who_speaks() -> None:
    """W M14: the numbers of the others stay, so that what was said and asked before still belongs to them."""
    published, *rest = OPEN
    assert isinstance(published, ev.ProgrammePublished)
    with_document = ev.ProgrammePublished(
        published.title, published.segments, seats=published.seats, settings=published.settings, document=DOCUMENT
    )
    state = given(
        with_document,
        *rest,
        ev.SpeakerWithdrawn(1, "Ill."),
        ev.SpeakerAdded("A substitute", "A ministry", stakeholder="Government"),
        ev.SpeakerCorrected(2, "Another Speaker", "A company"),
    )
    assert [(seat.name, seat.withdrawn) for seat in state.seats] == [
        ("A speaker", True),
        ("Another Speaker", False),
        ("A substitute", False),
    ]
    assert [one["name"] for one in state.programme.document["speakers"]] == ["Another Speaker", "A substitute"]
    assert state.seats[2].stakeholder == "Government"
    assert DOCUMENT["speakers"][0]["name"] == "A speaker"


def test_a_minute_more_moves_the_expected_end_and_not_the_planned_one() -> None:
    """B F12, row 42."""
    before, state = given(*OPEN), given(*OPEN, ev.SegmentTimeChanged(1, 33))
    assert ending(state).planned == ending(before).planned
    assert ending(state).expected(state.at) == ending(before).expected(state.at) + 3 * MINUTE


def test_an_amendment_that_was_taken_back_changed_nothing() -> None:
    state = given(*OPEN, ev.SegmentTimeChanged(1, 33), ev.ActTakenBack(4), ev.SpeakerWithdrawn(1), ev.ActTakenBack(6))
    assert state.seats == given(*OPEN).seats
    assert ending(state) == ending(given(*OPEN))


def test_under_the_chatham_house_rule_amendments_name_nobody() -> None:
    for event in (
        ev.SpeakerAdded("A substitute", "A ministry", "For A speaker.", stakeholder="Government", region="Africa"),
        ev.SpeakerCorrected(2, "A. Speaker", "A ministry", "A. Speaker is the name."),
        ev.SpeakerWithdrawn(2, "A. Speaker is ill."),
        ev.SegmentTimeChanged(1, 31, "For A. Speaker."),
        ev.TurnTimeChanged(5, 240, "For A. Speaker."),
    ):
        bare = ev.to_body(unnamed(event)).decode()
        assert not any(
            word in bare for word in ("peaker is", "substitute", "A. Speaker", "ministry", "Africa", '"seat":2')
        )
