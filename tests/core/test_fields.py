"""What the fields of commands may hold, and in which phases a command can be given."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from acquis.command import (
    ANY_TIME,
    ENDED,
    NOT_ENDED,
    ONCE_OPENED,
    ONCE_PUBLISHED,
    RUNNING,
    UNTIL_OPENED,
    Declaration,
    Of,
    Phases,
    References,
    Refused,
    SeatNumber,
    SegmentNumber,
    Text,
    Word,
    Written,
)
from acquis.command.base import fields_of
from acquis.command.phases import Phase
from acquis.commands import COMMANDS

from .scenarios import RUNNING as WITH_A_TURN
from .story import given

STATE = given(*WITH_A_TURN)
TURN = next(iter(STATE.turns.values()))
LANGUAGE = Word("[a-z]{2}", 5, "bad_language", "language", empty=True)


def refused(declaration: Declaration, value: Any) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Refused) as refused:
        declaration.take(value, STATE)
    assert refused.value.code in declaration.codes
    return refused.value.code, refused.value.facts


@pytest.mark.parametrize(
    ("declaration", "value", "taken"),
    [
        (Text(3), " abc ", "abc"),
        (Text(3, empty=True), "  ", ""),
        (LANGUAGE, "en", "en"),
        (LANGUAGE, "", ""),
        (Written(str.upper, (), "letters"), "abc", "ABC"),
        (Written(str.strip, (), "letters", limit=3), " abc ", "abc"),
        (Of("turns"), TURN.seq, TURN),
        (Of("questions", optional=True), 0, None),
        (SeatNumber(), 2, 2),
        (SeatNumber(optional=True), 0, 0),
        (SegmentNumber(), 0, 0),
        (References(), "norm-j, cbm-8 norm-j", ("norm-j", "cbm-8")),
        (Text(9), "Ali\u202e\x00", "Ali"),
        (Text(9, empty=True), "\u200d", ""),
    ],
)
def test_what_a_field_takes(declaration: Declaration, value: Any, taken: Any) -> None:
    assert declaration.take(value, STATE) == taken


def test_a_text_that_needs_no_trimming_is_the_same_object() -> None:
    text = "a text without white space around it"
    assert Text(100).take(text, STATE) is text, "a command is copied only if a field changes"


@pytest.mark.parametrize(
    ("declaration", "value", "code", "facts"),
    [
        (Text(3), "abcd", "text_too_long", {"limit": 3, "length": 4}),
        (Text(3), " ", "text_empty", {}),
        (Text(3), "\u200b\u200d", "text_empty", {}),
        (Written(str.strip, (), "letters", limit=3), "abcd", "text_too_long", {"limit": 3, "length": 4}),
        (LANGUAGE, "english", "bad_language", {"language": "english"}),
        (Word("[a-z]", 1, "no_such_part"), "", "no_such_part", {}),
        (Of("turns"), 99, "no_such_turn", {"turn": 99}),
        (Of("turns"), 0, "no_such_turn", {"turn": 0}),
        (Of("speech"), 3, "no_such_line", {"line": 3}),
        (SeatNumber(), 0, "no_such_seat", {"seat": 0}),
        (SeatNumber(optional=True), 3, "no_such_seat", {"seat": 3}),
        (SegmentNumber(), 3, "no_such_segment", {"segment": 3}),
        (References(), "x" * 733, "text_too_long", {"limit": 732, "length": 733}),
        (References(), "norm-z", "no_such_reference", {"id": "norm-z"}),
    ],
)
def test_what_a_field_refuses(declaration: Declaration, value: Any, code: str, facts: dict[str, Any]) -> None:
    assert refused(declaration, value) == (code, facts)


def test_what_stands_in_for_a_field_is_taken() -> None:
    for field in (field for command in COMMANDS for field in fields_of(command)):
        if field.declaration is not None:
            for sample in field.declaration.samples(STATE):
                field.declaration.take(sample, STATE)


@pytest.mark.parametrize(
    ("phases", "answers"),
    [
        (ANY_TIME, ("", "", "", "")),
        (UNTIL_OPENED, ("", "", "already_open", "already_open")),
        (ONCE_PUBLISHED, ("not_published", "", "", "")),
        (NOT_ENDED, ("not_published", "", "", "session_closed")),
        (RUNNING, ("not_open", "not_open", "", "session_closed")),
        (ONCE_OPENED, ("not_open", "not_open", "", "")),
        (ENDED, ("not_closed", "not_closed", "not_closed", "")),
    ],
)
def test_phases(phases: Phases, answers: tuple[str, ...]) -> None:
    codes = []
    for phase in get_args(Phase):
        try:
            phases.check(phase)
            codes.append("")
        except Refused as refused:
            codes.append(refused.code)
    assert tuple(codes) == answers
    assert set(codes) - {""} == set(phases.codes)
