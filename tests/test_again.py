"""A test that failed and is tried once more finds the fixtures of its module new."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.again import finish_fixtures_of_module


@pytest.fixture(scope="module")
def sessions() -> Iterator[list[str]]:
    sessions: list[str] = []
    yield sessions
    sessions.append("closed")


@pytest.fixture(scope="module")
def joined(sessions: list[str]) -> Iterator[list[str]]:
    yield sessions
    sessions.append("left")


@pytest.mark.usefixtures("joined")
def test_what_a_module_shares_is_made_anew(request: pytest.FixtureRequest, sessions: list[str]) -> None:
    assert sessions == []
    finish_fixtures_of_module(request.node)
    assert sessions == ["left", "closed"]


def test_a_further_test_has_what_was_made_anew(joined: list[str]) -> None:
    assert joined == []
