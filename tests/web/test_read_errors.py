"""A log that cannot be read is never an empty session: the page says so, and nothing is decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from acquis.command import ONSITE
from acquis.record import RecordBroken

from .client import AppClient, app_client


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.hold("open", close=False)
        yield app


def unreadable(*_: Any) -> Any:
    raise RecordBroken("record.db cannot be read: disk I/O error")


def post(app: AppClient, key: str) -> Any:
    return app.client.post(
        "/s/open/do", json={"do": "seed_statement", "text": "Norms."}, headers={"idempotency-key": key}
    )


def test_after_a_read_error_the_session_is_not_emptied(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    app.be(ONSITE, "open")
    record = app.house.board.record
    before = record.head("open")
    with monkeypatch.context() as patch:
        patch.setattr(record, "append", unreadable)
        patch.setattr(record, "scan", unreadable)
        assert post(app, "while-it-fails").status_code == 503
    # The disk reads again, but nobody knows whether the state is that of the log: only a new start does.
    for address in ("/s/open", "/s/open.json", "/s/open/console"):
        answer = app.client.get(address)
        assert (answer.status_code, "cannot be read" in answer.text) == (503, True), address
    assert post(app, "afterwards-too").status_code == 503
    assert record.broken.is_set()
    assert "disk I/O error" in record.why_ended
    assert record.head("open") == before


def test_a_session_that_cannot_be_read_at_first_is_read_later(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    app.house.board._open.clear()
    with monkeypatch.context() as patch:
        patch.setattr(app.house.board.record, "scan", unreadable)
        assert app.client.get("/s/open.json").status_code == 503
    assert app.client.get("/s/open.json").status_code == 200
