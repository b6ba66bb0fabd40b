"""A code of the program is called by one word in each register, and no other module keeps words for it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import get_args

import pytest
from tests.source import nodes

from acquis import events as ev
from acquis.i18n import PSEUDO
from acquis.i18n.vocabulary import VOCABULARY, Kind, Register, labels, word
from acquis.state import QuestionFate, TurnKind

SOURCE = Path(__file__).parents[1] / "src" / "acquis"
CODES = {code for kind in ("fate", "reason", "turn", "phase") for code in VOCABULARY[kind]} - {"open", "other"}
"""Codes that nothing else has: commitments are open too, and many lists have an `other`."""


def test_every_code_that_a_session_can_have_has_a_word() -> None:
    assert set(get_args(QuestionFate)) <= set(VOCABULARY["fate"])
    reasons = (ev.HeldBackReason, ev.OverrideReason, ev.PersonReason)
    assert {code for kind in reasons for code in get_args(kind)} == set(VOCABULARY["reason"])
    assert set(get_args(TurnKind)) == set(VOCABULARY["turn"])


@pytest.mark.parametrize("kind", VOCABULARY)
def test_a_code_has_one_word_in_each_register_and_no_two_codes_share_it(kind: Kind) -> None:
    for register in get_args(Register):
        words = [word("en", kind, code, register) for code in VOCABULARY[kind]]
        assert all(words)
        shared = {one for one in words if words.count(one) > 1}
        # What waits for a moderator is a question or a statement.
        assert shared <= {"a moderator has not reviewed it yet"}
    assert labels(kind) == {code: word("en", kind, code) for code in VOCABULARY[kind]}


def test_a_word_is_said_in_the_language_of_the_reader() -> None:
    assert word(PSEUDO, "fate", "not_reached") != word("en", "fate", "not_reached") == "not reached"
    assert word(PSEUDO, "group", "Civil Society") == "Civil Society"
    assert word("en", "turn", "point_of_order", "plural") == "points of order"
    assert word("en", "fate", "closed", "clause") == "voting is over"


def test_no_other_module_keeps_a_table_of_words_for_these_codes() -> None:
    tables = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in sorted(SOURCE.rglob("*.py"))
        if path != SOURCE / "i18n" / "vocabulary.py"
        for node in nodes(path)
        if isinstance(node, ast.Dict)
        and len({key.value for key in node.keys if isinstance(key, ast.Constant)} & CODES) > 1
        and any(isinstance(value, ast.Call) and getattr(value.func, "id", "") in ("N_", "say") for value in node.values)
    ]
    assert tables == []


def test_no_template_keeps_a_word_for_these_codes() -> None:
    pattern = re.compile(rf'"({"|".join(sorted(CODES))})": ?_\(')
    assert [
        f"{path.relative_to(SOURCE)}: {found[0]}"
        for path in sorted(SOURCE.rglob("*.html"))
        for found in pattern.finditer(path.read_text("utf-8"))
    ] == []
