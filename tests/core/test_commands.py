"""Every command, every case: what is accepted, what changes nothing, and every way it is refused."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys

import pytest
from tests.failing import failing

import acquis
from acquis import commands
from acquis import events as ev
from acquis.command import BODY, PEOPLE, ROLES, SERVER, Command, Refused
from acquis.command.base import fields_of
from acquis.floor.segments import StartSegment
from acquis.i18n.refusals import refusal_sentence
from acquis.plan.programme import PublishProgramme

from .cases import CASES
from .scenarios import DOCUMENT, PUBLISHED, Case, Refusal
from .story import HOST, given, when

ACCEPTED = [case for case in CASES if isinstance(case.then, ev.Event)]
KNOWN = sorted(commands.COMMANDS, key=lambda command: command.__name__)

ALWAYS_SOMETHING = {
    "RenamePerson",
    "AskQuestion",
    "BeginSilence",
    "CaptionSpeech",
    "EndDevice",
    "EnterHand",
    "EnterSpeaker",
    "GiveFloor",
    "RaiseHand",
    "RegisterSpeaker",
    "ReplaceTeamMember",
    "RevokeAccess",
    "WriteContribution",
}
"""Commands that never find that it is so already."""


def _name(case: Case) -> str:
    then = case.then.code if isinstance(case.then, Refusal) else type(case.then).__name__
    return f"{type(case.command).__name__}-{then}"


def _holds(case: Case) -> None:
    state = given(*case.given)
    if not isinstance(case.then, Refusal):
        assert when(state, case.command, case.by, state.at + case.after) == case.then
        return
    with pytest.raises(Refused) as refused:
        when(state, case.command, case.by, state.at + case.after)
    assert (refused.value.code, refused.value.facts) == case.then
    assert refused.value.code in type(case.command).codes()


def test_every_case() -> None:
    assert failing(_holds, CASES, _name) == []


def test_a_refusal_is_told_in_one_sentence_with_its_facts() -> None:
    """Without a fact that is not filled in, and without a code, which is no word."""
    told = {_name(c): refusal_sentence("en", c.then.code, c.then.facts) for c in CASES if isinstance(c.then, Refusal)}
    assert {name: sentence for name, sentence in told.items() if "{" in sentence or "_" in sentence} == {}


def _takes_effect(case: Case) -> None:
    state = given(*case.given)
    event = when(state, case.command, case.by, state.at + case.after)
    assert event is not None
    before = given(*case.given)
    if isinstance(event, ev.ActTakenBack):
        state = given(*case.given, event)
    state.apply(state.seq + 1, state.at, case.command.signed(case.by), event)
    state.seq = before.seq
    assert state != before, "the event has no effect"


def test_what_is_accepted_takes_effect() -> None:
    assert failing(_takes_effect, ACCEPTED, _name) == []


def _is_known_again(case: Case) -> None:
    assert isinstance(case.then, ev.Event)
    state = given(*case.given)
    assert case.command.matches(case.then, state)
    assert case.command.matches(ev.redacted(case.then), state), "also after its texts were erased"


def test_what_is_sent_again_is_known_as_the_same() -> None:
    assert failing(_is_known_again, ACCEPTED, _name) == []


def test_every_way_is_covered() -> None:
    for command in KNOWN:
        cases = [case for case in CASES if type(case.command) is command]
        refused = {case.then.code for case in cases if isinstance(case.then, Refusal)}
        assert refused == set(command.codes()), command
        if command is not PublishProgramme:
            assert any(isinstance(case.then, ev.Event) for case in cases), command
            known = any(case.then is None for case in cases)
            assert known == (command.__name__ not in ALWAYS_SOMETHING), command


def test_publishing_a_programme_and_publishing_it_again() -> None:
    event = when(given(), PublishProgramme(DOCUMENT))
    assert isinstance(event, ev.ProgrammePublished)
    assert [(s.title, s.minutes, s.turn_limit_s, s.fair) for s in event.segments] == [("Questions", 30, 60, True)]
    assert ev.from_body(ev.to_body(event)) == event, "published again after a restart it must be the same"
    assert when(given(event), PublishProgramme(DOCUMENT)) is None
    assert when(given(*PUBLISHED), PublishProgramme(DOCUMENT)) == event


def test_every_command_says_what_it_is_and_who_may() -> None:
    for command in KNOWN:
        assert command.__doc__, command
        assert command.roles, command
        assert command.roles <= set(ROLES), command
        declared = {code for field in fields_of(command) if field.declaration for code in field.declaration.codes}
        assert len(set(command.refusals)) == len(command.refusals), command
        assert not set(command.refusals) & {*command.phases.codes, *declared}, f"{command} declares it twice"


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


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"do": "start_a_riot"}, "unknown_command"),
        ({}, "unknown_command"),
        ({"do": "lower_hand"}, "bad_fields"),
        ({"do": "lower_hand", "hand": "four"}, "bad_fields"),
        ({"do": "lower_hand", "hand": "4", "foot": "1"}, "bad_fields"),
    ],
)
def test_a_form_that_is_no_command_is_refused(fields: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        commands.from_form(fields)
    assert refused.value.code == code


def test_roles_of_the_story_are_enough() -> None:
    assert all(HOST.roles & command.roles or command.roles <= PEOPLE | {BODY} for command in KNOWN)


def test_no_command_of_the_source_is_missing() -> None:
    for module in pkgutil.walk_packages(acquis.__path__, "acquis."):
        if not module.name.startswith(("acquis.web", "acquis.cli", "acquis.demo", "acquis.opinion")):
            importlib.import_module(module.name)
    written = {command for command in Command.__subclasses__() if command.__module__.startswith("acquis.")}
    asked = {command for command in written if command.roles != {SERVER}}  # nobody asks for the others
    assert asked == set(commands.COMMANDS)
    assert len(commands.BY_NAME) == len(commands.COMMANDS)


@pytest.mark.parametrize("first", ["acquis.session", "acquis.board", "acquis.web.app", "acquis.commands"])
def test_decoding_does_not_depend_on_what_was_imported_before(first: str) -> None:
    program = f"""
import {first}
from acquis.commands import decode
print(type(decode(b'{{"do": "cast_vote", "statement": 4, "choice": "agree"}}')).__name__)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "CastVote"
