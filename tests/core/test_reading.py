"""One answer to each question about a state: who said it, what of it is public, how the votes stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from acquis import events as ev
from acquis.state import State, Tally, counting, reading

SEATS = (ev.Seat("Amara Specimen"), ev.Seat("Bo Sample"))
SOURCE = Path(reading.__file__).parents[1]


def state_of(*events: ev.Event) -> State:
    state = State()
    for seq, event in enumerate((ev.ProgrammePublished("x", (), seats=SEATS), ev.SessionOpened(), *events), 1):
        state.apply(seq, 1_000 * seq, "p-ab12", event)
    return state


HAND, TURN = ev.HandRaised("turn", lane="room"), ev.FloorGiven(3)


@pytest.mark.parametrize(
    ("events", "recorded", "shown"),
    [
        ((ev.SpeechCaptioned("Norms.", "", 2),), "Bo Sample", "Bo Sample"),
        ((ev.SpeakerGivenFloor(1), ev.SpeechCaptioned("Norms.", "", 0, 3)), "Amara Specimen", "Amara Specimen"),
        ((ev.SpeechCaptioned("Norms.", "SOMEBODY"),), "SOMEBODY", "SOMEBODY"),
        ((HAND, TURN, ev.SpeechCaptioned("Norms.", "", 0, 4)), "", "Participant AB12"),
        ((HAND, TURN, ev.SpeechCaptioned("Norms.", "SOMEBODY", 0, 4)), "SOMEBODY", "SOMEBODY"),
        ((ev.SpeechCaptioned("Norms."),), "", ""),
    ],
)
def test_who_says_a_line(events: tuple[ev.Event, ...], recorded: str, shown: str) -> None:
    state = state_of(*events)
    (line,) = state.speech.values()
    assert reading.speaker_of(state, line) == recorded
    assert reading.speaker_of(state, line, {}) == shown


@pytest.mark.parametrize(
    ("events", "recorded", "shown"),
    [
        ((ev.SpeakerGivenFloor(1), ev.SpeechCaptioned("Norms.", likely=3)), "Amara Specimen", "Amara Specimen"),
        ((HAND, TURN, ev.SpeechCaptioned("Norms.", likely=4)), "", "Participant AB12"),
        ((ev.SpeakerGivenFloor(1), ev.SpeechCaptioned("Norms.", "SOMEBODY", likely=3)), "", ""),
        ((ev.SpeakerGivenFloor(1), ev.SpeechCaptioned("Norms.", "", 2, likely=3)), "", ""),
        ((ev.SpeakerGivenFloor(1), ev.SpeechCaptioned("Norms.", likely=3), ev.SpeechPlaced(4, 3)), "", ""),
    ],
)
def test_who_says_a_line_likely(events: tuple[ev.Event, ...], recorded: str, shown: str) -> None:
    state = state_of(*events)
    (line,) = state.speech.values()
    assert reading.likely_speaker(state, line) == recorded
    assert reading.likely_speaker(state, line, {}) == shown


def test_a_given_name_is_told_only_to_who_may_see_names() -> None:
    state = state_of(HAND, TURN, ev.SpeechCaptioned("Norms.", "", 0, 4))
    (line,) = state.speech.values()
    assert reading.speaker_of(state, line) == ""
    assert reading.speaker_of(state, line, {"p-ab12": "Noor Example"}) == "Noor Example"


def test_a_seat_that_the_programme_does_not_have_is_nobody() -> None:
    state = state_of()
    assert [reading.seat_name(state, number) for number in (-1, 0, 1, 2, 3)] == [
        "", "", "Amara Specimen", "Bo Sample", "",
    ]  # fmt: skip
    assert reading.seat_of(State(), 1) is None


def test_a_text_is_public_once_it_was_let_through() -> None:
    state = state_of(ev.QuestionAsked("Whose norms?", 0, lane="room"), ev.StatementProposed("Norms bind."))
    assert [reading.public_text(state, seq) for seq in (3, 4, 1, 99)] == ["", "", "", ""]
    state.apply(5, 5_000, "m", ev.QuestionApproved(3))
    state.apply(6, 6_000, "m", ev.StatementOpened(4))
    assert [reading.public_text(state, seq) for seq in (3, 4)] == ["Whose norms?", "Norms bind."]
    state.apply(7, 7_000, "m", ev.QuestionHeldBack(3, "off_topic"))
    assert reading.public_text(state, 3) == ""


def test_votes_are_counted_in_one_place() -> None:
    state = state_of(ev.StatementProposed("Norms bind."), ev.StatementOpened(3))
    for number, choice in enumerate(("agree", "agree", "disagree", "pass", "agree")):
        state.apply(10 + 2 * number, 10_000, f"v{number}", ev.ParticipantJoined(lane="room"))
        state.apply(11 + 2 * number, 10_000, f"v{number}", ev.VoteCast(3, choice))  # type: ignore[arg-type]  # a choice
    assert counting.tally(state, 3) == Tally(3, 1, 1)
    assert counting.tally(state, 3).total == 5


def test_no_other_module_answers_the_same_questions() -> None:
    answers = {name for name in vars(reading) if callable(getattr(reading, name)) and name[0].islower()}
    answers -= {"say"}
    function = re.compile(rf"^def ({'|'.join(answers - {'tally'})})\(", re.MULTILINE)
    again = [
        f"{path.relative_to(SOURCE)}: {name}"
        for path in sorted(SOURCE.rglob("*.py"))
        if path != Path(reading.__file__)
        for name in function.findall(path.read_text("utf-8"))
    ]
    assert again == []
