"""What the shipped data say about taking part."""

from __future__ import annotations

import datetime
from typing import get_args

import pytest

from acquis.reference.deadlines import Rule, parse_deadline
from acquis.reference.library import Library, library
from acquis.reference.records import Meeting, Opportunity, ProcessStep, Who
from acquis.reference.taking_part import Chance, coming, spans, way_in

Day = datetime.date
TODAY = Day(2026, 11, 23)
WHO: tuple[Who, ...] = get_args(Who)


def ids(chances: tuple[Chance, ...] | list[Chance]) -> list[str]:
    return [one.opportunity.id for one in chances]


@pytest.fixture(scope="module")
def shipped() -> Library:
    return library()


def test_a_company_reads_how_it_takes_part_in_the_global_mechanism(shipped: Library) -> None:
    found = way_in(shipped, "global-mechanism", "company", TODAY)

    groups = next(one for one in found.next if one.opportunity.id == "gm-thematic-2026-12")
    held = shipped.records["gm-dtg-2026-12"]
    assert isinstance(held, Meeting)
    assert (held.starts, held.ends) == (Day(2026, 12, 7), Day(2026, 12, 11))
    assert (groups.days_left, groups.certainty) == (14, "announced")
    assert found.next[0] == groups  # nothing comes before it
    assert any("seat" in sentence and "thematic groups" in sentence for sentence in found.unknown)

    first = found.steps[0]
    assert first.step.id == "gm-mailing-form"
    assert first.state == "open"
    assert "does not carry over" in first.step.what
    assert first.step.where == "https://meetings.unoda.org/meeting/76825"
    assert "gm-subscribe" in [one.opportunity.id for one in found.next if one.rolling]


def test_a_company_goes_the_way_of_other_organizations(shipped: Library) -> None:
    found = way_in(shipped, "global-mechanism", "company", TODAY)
    other = way_in(shipped, "global-mechanism", "organization", TODAY)

    assert [now.step.id for now in found.steps] == [now.step.id for now in other.steps]
    assert "gm-ecosoc" not in [now.step.id for now in found.steps]
    assert any("A company has no ECOSOC status" in now.step.what for now in found.steps)


def test_the_guessed_round_of_accreditation_has_passed_and_is_shown_as_a_guess(shipped: Library) -> None:
    found = way_in(shipped, "global-mechanism", "company", TODAY)

    (round,) = found.lapsed
    assert round.opportunity.id == "gm-accreditation-2026-12"
    assert round.due is not None
    assert (round.due.day, round.days_left) == (Day(2026, 10, 6), -48)
    assert "Our guess" in round.opportunity.note
    assert "6 October 2026" in round.opportunity.note


def test_a_person_is_told_that_no_way_of_their_own_is_known(shipped: Library) -> None:
    for id in ("oewg-2", "global-mechanism", "ahc-cybercrime"):
        found = way_in(shipped, id, "individual", TODAY)
        assert any("person" in sentence for sentence in found.unknown)
        assert not any("accreditation" in now.step.id or now.step.id.endswith("-apply") for now in found.steps)


def test_the_working_group_is_over(shipped: Library) -> None:
    found = way_in(shipped, "oewg-2", "company", TODAY)

    assert {now.state for now in found.steps} == {"closed"}
    assert found.next == found.lapsed == ()
    assert found.past[0].opportunity.id == "oewg-2-attend-s11"


def test_states_may_sign_the_convention_until_the_end_of_the_year(shipped: Library) -> None:
    found = way_in(shipped, "ahc-cybercrime", "state", TODAY)

    assert [now.state for now in found.steps if now.step.id == "ahc-sign"] == ["open"]
    assert [(one.opportunity.id, one.days_left) for one in found.next] == [("ahc-sign-2026-12", 38)]


def test_the_page_of_what_comes_has_the_near_and_the_open(shipped: Library) -> None:
    assert ids(coming(shipped, TODAY, 5)) == ["gm-thematic-2026-12", "ahc-sign-2026-12", "gm-subscribe"]


def test_the_observed_timing_of_2022_is_what_the_rules_say(shipped: Library) -> None:
    found = way_in(shipped, "oewg-2", "company", TODAY)

    apply = next(now for now in found.steps if now.step.id == "oewg-2-apply")
    assert apply.due is not None
    assert apply.due.day == Day(2022, 5, 24)
    precedent = shipped.records["oewg-2-accreditation-2022-07"]
    assert isinstance(precedent, Opportunity)
    assert precedent.outcome == {"applied": 86, "accepted": 54, "refused": 32}


def test_every_guess_has_its_precedent_and_counts_as_it_did(shipped: Library) -> None:
    guesses = [one for one in shipped.opportunities() if one.certainty == "predicted"]

    assert guesses != []
    for guess in guesses:
        precedent = shipped.records[guess.after]
        assert isinstance(precedent, Opportunity)
        assert (precedent.certainty, precedent.action, precedent.who) == ("held", guess.action, guess.who)
        rule, was = parse_deadline(guess.deadline), parse_deadline(precedent.deadline)
        assert isinstance(rule, Rule)
        assert isinstance(was, Day)
        assert rule.delta == was - spans(shipped)[precedent.meeting].start.date()
        assert (guess.status, guess.note.startswith("Our guess")) == ("unknown", True)


def test_only_a_guess_names_a_precedent(shipped: Library) -> None:
    assert [one.id for one in shipped.opportunities() if one.after and one.certainty != "predicted"] == []


def test_every_name_in_steps_and_chances_is_known(shipped: Library) -> None:
    processes = {one.id for one in shipped.processes}
    meetings = {one.id for one in shipped.meetings()}
    chances, steps = shipped.opportunities(), shipped.of(ProcessStep)
    written = [*(s.deadline for s in steps), *(s.opens for s in steps), *(c.deadline for c in chances)]
    rules = [parse_deadline(text) for text in written]

    assert {*(one.process for one in chances), *(one.process for one in steps)} <= processes
    assert {one.meeting for one in chances if one.meeting} <= meetings
    assert {rule.name for rule in rules if isinstance(rule, Rule)} <= meetings


def test_steps_are_numbered_without_gaps_in_every_process(shipped: Library) -> None:
    for one in shipped.processes:
        numbers = [step.number for step in shipped.steps(one.id)]
        assert numbers == list(range(1, len(numbers) + 1))


def test_every_chance_has_a_day_or_says_that_it_has_none(shipped: Library) -> None:
    silent = [one.id for one in shipped.opportunities() if not one.deadline and not one.starts and not one.meeting]
    assert silent == []


def test_what_is_announced_or_held_is_no_surer_than_its_meeting(shipped: Library) -> None:
    for one in shipped.opportunities():
        held = shipped.records.get(one.meeting)
        if isinstance(held, Meeting) and not one.deadline and not one.starts:
            assert (one.id, one.certainty) == (one.id, held.certainty)


def test_what_was_held_has_passed_and_what_is_to_come_was_not_held(shipped: Library) -> None:
    for who in WHO:
        for one in shipped.processes:
            found = way_in(shipped, one.id, who, TODAY)
            assert [c.opportunity.id for c in found.next if c.certainty == "held"] == []
            assert [c.opportunity.id for c in found.past if c.certainty in ("predicted", "unknown")] == []


@pytest.mark.parametrize("who", WHO)
def test_everybody_reads_something_about_the_permanent_processes(shipped: Library, who: Who) -> None:
    for id in ("global-mechanism", "igf"):
        found = way_in(shipped, id, who, TODAY)
        assert found.steps
        assert found.next
        assert found.unknown
