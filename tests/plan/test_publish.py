"""Publishing: what a document becomes, and why it is refused."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from acquis import events as ev
from acquis.command import ORGANIZER, Actor, Refused
from acquis.plan.document import FloorSettings, Person, PlannedSegment, Programme, to_data
from acquis.plan.programme import PublishProgramme, published
from acquis.reference import profile
from acquis.state import State

ORGANIZERS = Actor("p-organizer", roles=frozenset({ORGANIZER}))
PROGRAMME = Programme(
    title="Norms and their keeping",
    starts="2026-12-07T15:30:00+01:00",
    ends="2026-12-07T16:30:00+01:00",
    zone="Europe/Warsaw",
    room="Hall 2",
    speakers=(Person("Ada", "Ministry", "Government", "African Group"), Person("Ben", "", "Civil Society")),
    segments=(
        PlannedSegment("Opening", "opening", 15),
        PlannedSegment("Floor", "questions", 45, turn_limit_s=90, fair=False),
    ),
    settings=FloorSettings(balance="stakeholder", moderated=False, anonymous_questions=False),
)


def decide(document: dict[str, Any], state: State | None = None) -> ev.Event | None:
    return PublishProgramme(document).decide(state or State(), ORGANIZERS, 1)


def refusal(document: dict[str, Any], state: State | None = None) -> Refused:
    with pytest.raises(Refused) as refused:
        decide(document, state)
    return refused.value


def after(*happened: ev.Event) -> State:
    state = State()
    for seq, event in enumerate(happened, 1):
        state.apply(seq, seq, "p", event)
    return state


def test_the_event_carries_what_the_floor_needs_and_the_whole_document() -> None:
    event = decide(to_data(PROGRAMME))
    assert isinstance(event, ev.ProgrammePublished)
    assert (event.title, event.zone, event.room) == ("Norms and their keeping", "Europe/Warsaw", "Hall 2")
    assert event.seats == (
        ev.Seat("Ada", "Ministry", stakeholder="Government", region="African Group"),
        ev.Seat("Ben", "", stakeholder="Civil Society"),
    )
    assert (event.settings.balance, event.settings.moderated, event.settings.anonymous) == ("stakeholder", False, False)
    assert event.settings.report_due_min == profile("igf-2021").report.due_minutes
    assert "Civil Society" in event.stakeholder_groups
    assert "African Group" in event.regional_groups
    assert event.document == to_data(PROGRAMME)


def test_a_segment_follows_the_profile_where_the_programme_is_silent() -> None:
    opening, floor = published(PROGRAMME, profile("igf-2021")).segments
    usual = profile("igf-2021").segments["opening"]
    assert (opening.turn_limit_s, opening.fair, opening.open_floor) == (
        usual.turn_limit_s,
        usual.fair,
        usual.open_floor,
    )
    assert (floor.turn_limit_s, floor.fair, floor.minutes) == (90, False, 45)


def test_a_rehearsal_seats_stand_ins() -> None:
    seats = published(msgspec.structs.replace(PROGRAMME, rehearsal=True), profile("igf-2021")).seats
    assert [seat.stakeholder for seat in seats] == ["Government", "Civil Society"]
    assert not any(name in seat.name for seat in seats for name in ("Ada", "Ben"))


def test_a_document_that_is_no_programme_is_refused_with_the_place() -> None:
    refused = refusal({**to_data(PROGRAMME), "segments": [{"title": "a", "kind": "opening", "minutes": "many"}]})
    assert (refused.code, refused.facts["where"]) == ("bad_programme", "segments[0].minutes")
    assert refusal({"title": "a", "colour": "red"}).code == "bad_programme"


def test_a_programme_without_segments_is_refused() -> None:
    assert refusal(to_data(msgspec.structs.replace(PROGRAMME, segments=()))).code == "no_segments"


def test_an_unknown_profile_is_refused() -> None:
    assert refusal(to_data(msgspec.structs.replace(PROGRAMME, profile="nowhere"))).code == "no_such_profile"


def test_it_can_be_published_again_until_the_session_opens() -> None:
    first = published(PROGRAMME, profile(PROGRAMME.profile))
    changed = to_data(msgspec.structs.replace(PROGRAMME, room="Hall 3"))
    assert decide(to_data(PROGRAMME), after(first)) is None
    assert isinstance(decide(changed, after(first)), ev.ProgrammePublished)
    for state in (after(first, ev.SessionOpened()), after(first, ev.SessionOpened(), ev.SessionClosed())):
        assert refusal(changed, state).code == "already_open"
