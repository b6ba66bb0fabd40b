"""Every command, every case: what is accepted, what changes nothing, and every way it is refused."""

from __future__ import annotations

import pytest

from acquis import command as commands
from acquis import events as ev
from acquis.command import Command, Refused
from acquis.floor.segments import StartSegment
from acquis.i18n.refusals import refusal_sentence
from acquis.plan.programme import PublishProgramme

from . import scenarios_after, scenarios_desk, scenarios_own, scenarios_speech, scenarios_words
from .scenarios import CASES, DOCUMENT, PUBLISHED, Case, Refusal
from .story import HOST, given, when

KNOWN = sorted(commands.known().values(), key=lambda command: command.__name__)

assert scenarios_words.ANSWERED, "importing the second half adds its cases"
assert scenarios_after.ABOUT, "and the third part"
assert scenarios_speech.SAID, "and the fourth"
assert scenarios_desk.TWO, "and the fifth"
assert scenarios_own.NOTED, "and the sixth"

ALWAYS_SOMETHING = {
    "AskQuestion",
    "CaptionSpeech",
    "EnterHand",
    "GiveFloor",
    "ProposeStatement",
    "RaiseHand",
    "SeedStatement",
}
"""Commands for which "it is so already" is a refusal."""


def _name(case: Case) -> str:
    then = case.then.code if isinstance(case.then, Refusal) else type(case.then).__name__
    return f"{type(case.command).__name__}-{then}"


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_case(case: Case) -> None:
    state = given(*case.given)
    if not isinstance(case.then, Refusal):
        assert when(state, case.command, case.by) == case.then
        return
    with pytest.raises(Refused) as refused:
        when(state, case.command, case.by)
    assert (refused.value.code, refused.value.facts) == case.then
    assert refused.value.code in type(case.command).refusals


@pytest.mark.parametrize("case", [c for c in CASES if isinstance(c.then, Refusal)], ids=_name)
def test_a_refusal_is_told_in_one_sentence_with_its_facts(case: Case) -> None:
    assert isinstance(case.then, Refusal)
    sentence = refusal_sentence("en", case.then.code, case.then.facts)
    assert "{" not in sentence
    assert "_" not in sentence, "a code is no word"


@pytest.mark.parametrize("case", [c for c in CASES if isinstance(c.then, ev.Event)], ids=_name)
def test_what_is_accepted_takes_effect(case: Case) -> None:
    state = given(*case.given)
    event = when(state, case.command, case.by)
    assert event is not None
    before = given(*case.given)
    state.apply(state.seq + 1, state.at, case.command.signed(case.by), event)
    state.seq = before.seq
    assert state != before, "the event has no effect"


@pytest.mark.parametrize("command", KNOWN, ids=lambda command: command.__name__)
def test_every_way_is_covered(command: type[Command]) -> None:
    cases = [case for case in CASES if type(case.command) is command]
    refused = {case.then.code for case in cases if isinstance(case.then, Refusal)}
    assert refused == set(command.refusals)
    if command is not PublishProgramme:
        assert any(isinstance(case.then, ev.Event) for case in cases)
        assert any(case.then is None for case in cases) == (command.__name__ not in ALWAYS_SOMETHING)


def test_publishing_a_programme_and_publishing_it_again() -> None:
    event = when(given(), PublishProgramme(DOCUMENT))
    assert isinstance(event, ev.ProgrammePublished)
    assert [(s.title, s.minutes, s.turn_limit_s, s.fair) for s in event.segments] == [("Questions", 30, 60, True)]
    assert ev.from_body(ev.to_body(event)) == event, "published again after a restart it must be the same"
    assert when(given(event), PublishProgramme(DOCUMENT)) is None
    assert when(given(*PUBLISHED), PublishProgramme(DOCUMENT)) == event


@pytest.mark.parametrize("command", KNOWN, ids=lambda command: command.__name__)
def test_every_command_says_what_it_is_and_who_may(command: type[Command]) -> None:
    assert command.__doc__
    assert command.roles
    assert command.roles <= set(commands.ROLES)
    assert len(set(command.refusals)) == len(command.refusals)


def test_a_command_comes_from_json_and_from_a_form_alike() -> None:
    json = b'{"do": "start_segment", "segment": 1, "carry": false}'
    form = {"do": "start_segment", "segment": "1", "carry": "false"}
    assert commands.decode(json) == commands.from_form(form) == StartSegment(1, carry=False)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"do": "start_a_riot"}', "unknown_command"),
        (b"{}", "unknown_command"),
        (b'{"do": "lower_hand"}', "bad_fields"),
        (b'{"do": "lower_hand", "hand": "four"}', "bad_fields"),
        (b'{"do": "lower_hand", "hand": 4, "foot": 1}', "bad_fields"),
        (b'{"do": "lower_hand", "hand": 1e99}', "bad_fields"),
        (b'{"do": "ask_question", "text": "\\ud800"}', "bad_fields"),
        (b'{"do": "ask_question", "text": "\xff"}', "bad_fields"),
        (b'{"do": "cast_vote", "statement": 4, "choice": "maybe"}', "bad_fields"),
        (b"[]", "bad_fields"),
        (b"not JSON", "bad_fields"),
        (b"", "bad_fields"),
    ],
)
def test_what_is_no_command_is_refused(body: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        commands.decode(body)
    assert refused.value.code == code


def test_roles_of_the_story_are_enough() -> None:
    assert all(HOST.roles & command.roles or command.roles <= commands.PEOPLE for command in KNOWN)
