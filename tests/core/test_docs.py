"""What is written about the actions is what the code does."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from tests.failing import failing
from tools import actions, events

from acquis import commands
from acquis import events as ev
from acquis.command.base import fields_of

from .cases import CASES
from .scenarios import Case, Refusal

ROOT = Path(__file__).resolve().parents[2]
KNOWN = sorted(commands.BY_NAME.items())


@cache
def page() -> str:
    return actions.page()


def test_the_page_of_actions_is_that_of_the_code() -> None:
    assert actions.PAGE.read_text("utf-8") == page(), "commands changed: run `make docs`"


def test_every_action_is_on_the_page() -> None:
    assert re.findall(r"^### `(\w+)`$", page(), re.MULTILINE) == list(commands.BY_NAME)


def test_the_example_of_an_action_is_one() -> None:
    for name, command in KNOWN:
        assert type(commands.decode(actions.example_of(name, command).encode())) is command


def test_an_action_yields_what_the_page_says() -> None:
    for _, command in KNOWN:
        happened = {type(c.then).__name__ for c in CASES if type(c.command) is command and isinstance(c.then, ev.Event)}
        assert set(actions.yields_of(command)) == (happened or {"ProgrammePublished"}), command


def _limits_are_on_the_page(case: Case) -> None:
    assert isinstance(case.then, Refusal)
    command = type(case.command)
    schemas = [field.declaration.schema() for field in fields_of(command) if field.declaration]
    limits = [schema["maxLength"] for schema in schemas if "maxLength" in schema]
    assert case.then.facts["limit"] in limits or command.__name__ == "PublishReport"
    section = page().split(f"### `{command.__struct_config__.tag}`")[1].split("\n### ")[0]
    assert all(f"at most {limit} characters" in section for limit in limits)


def test_the_limits_of_the_page_are_those_of_the_commands() -> None:
    cases = [case for case in CASES if isinstance(case.then, Refusal) and case.then.code == "text_too_long"]
    assert failing(_limits_are_on_the_page, cases) == []


def test_the_table_of_the_record_format_is_that_of_the_events() -> None:
    assert events.PAGE.read_text("utf-8") == events.page(), "events changed: run `make docs`"
