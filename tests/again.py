"""A test that is tried once more (`pytest-rerunfailures`) begins where it began the first time."""

from __future__ import annotations

import pytest


def finish_fixtures_of_module(item: pytest.Item) -> None:
    """Let the fixtures of the module of a test be made anew, without what the test left in them."""
    assert isinstance(item, pytest.Function)
    for fixtures in item._fixtureinfo.name2fixturedefs.values():
        for fixture in fixtures:
            if fixture.scope == "module":
                fixture.finish(item._request)  # type: ignore[arg-type]  # it asks for the node only
