from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acquis.reference.library import Library
from acquis.reference.records import (
    Fact,
    FactCheck,
    Meeting,
    Modalities,
    Opportunity,
    Process,
    ProcessStep,
    Ref,
    ReferenceRecord,
    Years,
)
from acquis.reference.taking_part import Chance, Way, coming, way_in

Day = datetime.date
TODAY = Day(2026, 11, 23)


# --- a small reference, made up ---

NONE = Fact("sourced", "none")


def process(phase: str = "permanent", gaps: tuple[str, ...] = ()) -> Process:
    return Process(
        id="talks",
        title="Talks",
        status="sourced",
        as_of=TODAY,
        checked=FactCheck("nobody", TODAY, ("schema",)),
        refs=(Ref(source="U1"),),
        short="Talks",
        phase=phase,  # type: ignore[arg-type]  # the parameter of a test
        years=Years(2026),
        mandate=(),
        members=NONE,
        decision=NONE,
        stakeholders=Modalities(NONE, NONE, NONE, NONE, NONE),
        cadence=NONE,
        chair=NONE,
        gaps=gaps,
    )


def meeting(id: str, starts: Day | None, ends: Day | None = None, zone: str = "America/New_York") -> Meeting:
    return Meeting(
        id=id,
        title=id,
        status="sourced",
        as_of=TODAY,
        checked=FactCheck("nobody", TODAY, ("schema",)),
        refs=(),
        process="talks",
        certainty="announced",
        starts=starts,
        ends=ends,
        zone=zone,
    )


def step(id: str, number: int = 1, deadline: str = "unknown", opens: str = "unknown", unsure: str = "") -> ProcessStep:
    return ProcessStep(
        id=id,
        title=id,
        status="sourced",
        as_of=TODAY,
        checked=FactCheck("nobody", TODAY, ("schema",)),
        refs=(),
        process="talks",
        number=number,
        who=("company",),
        what=id,
        opens=opens,
        deadline=deadline,
        unsure=unsure,
    )


def chance(id: str, deadline: str = "", at: str = "", certainty: str = "announced", **more: object) -> Opportunity:
    return Opportunity(
        id=id,
        title=id,
        status="sourced",
        as_of=TODAY,
        checked=FactCheck("nobody", TODAY, ("schema",)),
        refs=(),
        process="talks",
        action="attend",
        who=("company",),
        certainty=certainty,  # type: ignore[arg-type]  # the parameter of a test
        deadline=deadline,
        meeting=at,
        **more,  # type: ignore[arg-type]  # the same
    )


def books(*records: ReferenceRecord) -> Library:
    return Library({record.id: record for record in (process(), *records)}, {}, {})


def way(*records: ReferenceRecord, today: Day = TODAY) -> Way:
    return way_in(books(*records), "talks", "company", today)


def ids(chances: tuple[Chance, ...] | list[Chance]) -> list[str]:
    return [one.opportunity.id for one in chances]


# --- steps ---


@pytest.mark.parametrize(
    ("opens", "deadline", "state"),
    [
        ("rolling", "rolling", "open"),
        ("unknown", "rolling", "open"),
        ("2026-12-01", "rolling", "coming"),
        ("2026-11-23", "2026-11-23", "open"),
        ("2026-11-01", "2026-11-22", "closed"),
        ("unknown", "2026-11-22", "closed"),
        ("2026-11-24", "2026-12-24", "coming"),
        ("unknown", "2026-12-24", "unknown"),
        ("2026-11-01", "unknown", "unknown"),
        ("unknown", "unknown", "unknown"),
        ("start(m) - P30D", "start(m) - P1D", "open"),
        ("unknown", "start(m) - P62D", "closed"),
        ("unknown", "start(undated) - P62D", "unknown"),
    ],
)
def test_how_a_step_stands(opens: str, deadline: str, state: str) -> None:
    known = meeting("m", Day(2026, 12, 7)), meeting("undated", None)

    assert way(*known, step("s", opens=opens, deadline=deadline)).steps[0].state == state


@pytest.mark.parametrize("phase", ["closed", "absorbed"])
def test_the_steps_of_a_process_that_is_over_are_closed(phase: str) -> None:
    one = Library({r.id: r for r in (process(phase), step("s", deadline="rolling"), step("t"))}, {}, {})

    assert [now.state for now in way_in(one, "talks", "company", TODAY).steps] == ["closed", "closed"]


def test_steps_come_in_their_order_and_only_those_of_the_asker() -> None:
    found = books(step("later", 2), step("first", 1))

    assert [now.step.id for now in way_in(found, "talks", "company", TODAY).steps] == ["first", "later"]
    assert way_in(found, "talks", "state", TODAY).steps == ()


def test_what_is_not_known_is_said_once() -> None:
    found = Library(
        {
            r.id: r
            for r in (process(gaps=("No dates.",)), step("a", 1, unsure="No dates."), step("b", 2, unsure="Seats."))
        },
        {},
        {},
    )

    assert way_in(found, "talks", "company", TODAY).unknown == ("No dates.", "Seats.")


@pytest.mark.parametrize("id", ["nowhere", "s"])
def test_what_is_no_process_has_no_way_in(id: str) -> None:
    with pytest.raises(LookupError):
        way_in(books(step("s")), id, "company", TODAY)


# --- chances ---


def test_a_chance_is_due_at_its_deadline_on_the_clock_of_the_venue() -> None:
    (one,) = way(meeting("m", Day(2026, 12, 7), zone="Pacific/Kiritimati"), chance("c", "start(m) - P3D", "m")).next

    assert one.due is not None
    assert one.due.at.astimezone(datetime.UTC).isoformat() == "2026-12-04T09:59:59+00:00"
    assert (one.due.day, one.days_left) == (Day(2026, 12, 4), 11)


def test_a_rule_counts_on_the_clock_of_the_meeting_that_it_names() -> None:
    east = meeting("east", Day(2026, 12, 7), zone="Pacific/Kiritimati")
    (one,) = way(east, meeting("west", Day(2026, 12, 20)), chance("c", "start(east) - P1D", "west")).next

    assert one.due is not None
    assert one.due.day == Day(2026, 12, 6)


@pytest.mark.parametrize(
    ("today", "day", "left"),
    [
        (Day(2026, 12, 1), Day(2026, 12, 7), 6),
        (Day(2026, 12, 7), Day(2026, 12, 7), 0),
        (Day(2026, 12, 9), Day(2026, 12, 11), 2),
        (Day(2026, 12, 11), Day(2026, 12, 11), 0),
    ],
)
def test_a_meeting_counts_down_to_its_first_day_and_then_to_its_last(today: Day, day: Day, left: int) -> None:
    (one,) = way(meeting("m", Day(2026, 12, 7), Day(2026, 12, 11)), chance("c", at="m"), today=today).next

    assert one.due is not None
    assert (one.due.day, one.days_left) == (day, left)


def test_the_day_after_the_last_it_is_over() -> None:
    found = way(meeting("m", Day(2026, 12, 7), Day(2026, 12, 11)), chance("c", at="m"), today=Day(2026, 12, 12))

    assert (ids(found.next), ids(found.past)) == ([], ["c"])
    assert found.past[0].days_left == -1


def test_its_own_days_go_before_those_of_the_meeting() -> None:
    held = meeting("m", Day(2026, 12, 7), Day(2026, 12, 11))
    (one,) = way(held, chance("c", at="m", starts=Day(2026, 12, 9)), today=Day(2026, 12, 9)).next

    assert one.days_left == 0
    assert ids(way(held, chance("c", at="m", starts=Day(2026, 12, 9)), today=Day(2026, 12, 10)).past) == ["c"]


def test_on_the_same_day_what_is_announced_comes_before_what_is_guessed() -> None:
    found = way(
        chance("a-guess", "2026-12-07", certainty="predicted"),
        chance("b-hint", "2026-12-07", certainty="tentative"),
        chance("c-fact", "2026-12-07"),
        chance("d-earlier-guess", "2026-12-06", certainty="predicted"),
    )

    assert ids(found.next) == ["d-earlier-guess", "c-fact", "b-hint", "a-guess"]
    assert [one.certainty for one in found.next] == ["predicted", "announced", "tentative", "predicted"]


def test_first_what_is_dated_then_what_is_always_open_then_what_has_no_day() -> None:
    found = way(
        chance("a", "unknown"),
        chance("b", "rolling"),
        chance("c", "2029-01-01"),
        meeting("m", None),
        chance("d", at="m"),
    )

    assert ids(found.next) == ["c", "b", "a", "d"]
    assert [one.due is None for one in found.next] == [False, True, True, True]
    assert [one.rolling for one in found.next] == [False, True, False, False]


def test_a_guess_whose_day_has_passed_is_no_precedent() -> None:
    found = way(chance("guess", "2026-11-22", certainty="predicted"), chance("fact", "2026-11-21", certainty="held"))

    assert (ids(found.next), ids(found.past), ids(found.lapsed)) == ([], ["fact"], ["guess"])


def test_what_was_held_on_days_that_nobody_looked_up_is_over() -> None:
    found = way(meeting("m", None), chance("c", at="m", certainty="held"), chance("b", "2020-01-01", certainty="held"))

    assert (ids(found.next), ids(found.past)) == ([], ["b", "c"])


def test_the_latest_precedents_come_first_and_are_few() -> None:
    found = way(*(chance(f"c{year}", f"{year}-01-01", certainty="held") for year in range(2000, 2020)))

    assert ids(found.past) == ["c2019", "c2018", "c2017", "c2016", "c2015", "c2014"]


def test_what_comes_is_dated_or_open_and_is_for_somebody() -> None:
    found = books(
        chance("undated", "unknown"),
        chance("open", "rolling"),
        chance("over", "2026-11-22"),
        chance("far", "2027-01-01"),
        chance("near", "2026-11-23"),
        Opportunity(
            id="letter",
            title="letter",
            status="sourced",
            as_of=TODAY,
            checked=FactCheck("nobody", TODAY, ("schema",)),
            refs=(),
            process="talks",
            action="watch",
            who=(),
            certainty="announced",
            starts=Day(2026, 11, 30),
        ),
    )

    assert ids(coming(found, TODAY, 10)) == ["near", "far", "open"]
    assert ids(coming(found, TODAY, 1)) == ["near"]


@given(st.dates(Day(2024, 1, 1), Day(2030, 1, 1)), st.lists(st.dates(Day(2024, 1, 1), Day(2030, 1, 1)), max_size=12))
def test_every_chance_is_ahead_or_behind_and_in_order(today: Day, days: list[Day]) -> None:
    found = way(*(chance(f"c{number}", day.isoformat()) for number, day in enumerate(days)), today=today)

    left = [one.days_left for one in found.next]
    assert left == sorted((day - today).days for day in days if day >= today)
    assert [one.days_left for one in found.past] == sorted(((d - today).days for d in days if d < today), reverse=True)[
        :6
    ]
