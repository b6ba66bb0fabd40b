"""Moderation at any time, as people and moderators see it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .client import AppClient, alert, app_client


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("moderation")) as app:
        yield app


@pytest.fixture
def app(shared: AppClient) -> AppClient:
    """One house for the module; each test takes a session of its own."""
    shared.be("")
    return shared


def test_a_name_without_a_visible_character_is_refused_and_its_controls_are_removed(app: AppClient) -> None:
    """B F11, B row 9: nobody is blank on the stage, and no name turns the text around it."""
    app.hold("unseen", close=False)
    fields = {"lane": "room", "key": "key-of-an-unseen", "name": "\u200b\u200d"}
    answer = app.client.post("/s/unseen/join", data=fields)
    assert answer.status_code == 400
    assert "Nothing of this name can be seen" in alert(answer.text)
    assert not set(app.house.roster.names("unseen").values())
    app.client.post("/s/unseen/join", data=fields | {"name": "Ali \u202eecnatsissa\x00"})
    assert list(app.house.roster.names("unseen").values()) == ["Ali ecnatsissa"]
