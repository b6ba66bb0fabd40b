"""What the disk, or another program, does to a request: a true status, one line for the operator, and a way on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest

from acquis.command import ONSITE
from acquis.record import RecordBroken, RecordFull
from acquis.record.sqlite import SqliteRecord

from .client import AppClient, app_client

LINE = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (WARNING|ERROR) acquis: (.+)$")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.hold("open", close=False)
        yield app


def raising(error: Exception) -> Callable[..., Any]:
    def fail(*_: Any, **__: Any) -> Any:
        raise error

    return fail


def raising_later(error: Exception) -> Callable[..., Any]:
    async def fail(*_: Any, **__: Any) -> Any:
        raise error

    return fail


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    found = [LINE.match(line) for line in capsys.readouterr().err.splitlines()]
    return [match[2] for match in found if match]


def join(app: AppClient) -> Any:
    app.be("")
    headers = {"accept": "application/json"}
    return app.client.post("/s/open/join", data={"lane": "room", "name": "Yusra"}, headers=headers)


@pytest.mark.parametrize(
    ("error", "status", "code", "cause"),
    [
        (apsw.FullError("database or disk is full"), 507, "disk_full", "Make room on the disk"),
        (apsw.BusyError("database is locked"), 503, "files_locked", "Another program writes to the file"),
        (apsw.IOError("disk I/O error"), 503, "broken", "Check the disk"),
        (apsw.ReadOnlyError("readonly"), 503, "broken", "writable for the user"),
    ],
)
def test_a_roster_that_cannot_be_written_is_said(
    app: AppClient,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    status: int,
    code: str,
    cause: str,
) -> None:
    voices = len(app.state("open").voices)
    with monkeypatch.context() as patch:
        patch.setattr(app.house.roster, "issue", raising(error))
        refused = join(app)
    assert (refused.status_code, refused.json()["refused"]) == (status, code)
    assert "retry-after" in refused.headers
    (line,) = lines(capsys)
    assert f"refused POST /s/open/join with status {status}" in line
    assert cause in line
    assert len(app.state("open").voices) == voices
    assert join(app).status_code < 400


def test_a_roster_that_is_really_locked_is_said(app: AppClient, tmp_path: Path) -> None:
    app.house.roster._db.set_busy_timeout(0)
    other = apsw.Connection(str(tmp_path / "roster.db"))
    other.execute("begin immediate").fetchall()
    refused = join(app)
    other.execute("rollback").fetchall()
    other.close()
    assert (refused.status_code, refused.json()["refused"]) == (503, "files_locked")
    assert "another program" in refused.json()["sentence"]
    assert join(app).status_code < 400


@pytest.mark.parametrize(
    ("error", "status", "cause"),
    [
        (RecordFull("the disk is full: SQLITE_FULL"), 507, "the disk is full"),
        (RecordBroken("record.db: disk I/O error (SQLITE_IOERR_FSYNC)"), 503, "SQLITE_IOERR_FSYNC"),
    ],
)
def test_each_refused_write_is_a_line_with_the_cause(
    app: AppClient,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    status: int,
    cause: str,
) -> None:
    app.be(ONSITE, "open")
    monkeypatch.setattr(app.house.board.record, "append", raising_later(error))
    for number in range(3):
        body = {"do": "seed_statement", "text": f"Norms, number {number}."}
        answer = app.client.post("/s/open/do", json=body, headers={"idempotency-key": f"refused-{number}"})
        assert answer.status_code == status
    told = lines(capsys)
    assert len(told) == 3
    assert all(cause in line and f"with status {status}" in line for line in told)


def test_the_start_page_is_there_when_the_index_cannot_be_written(
    app: AppClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.house.board.index.drop("open")
    app.house.board._checked.clear()
    monkeypatch.setattr(app.house.board.index, "keep", raising(apsw.FullError("database or disk is full")))
    home = app.client.get("/")
    assert home.status_code == 200
    assert "Who keeps the lights on" in home.text


def test_a_defect_is_no_refusal_of_service(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.house.roster, "issue", raising(apsw.SQLError("near 'selct': syntax error")))
    assert join(app).status_code == 500


def test_a_record_that_was_removed_while_the_server_runs_ends_it(app: AppClient, tmp_path: Path) -> None:
    record = app.house.board.record
    assert isinstance(record, SqliteRecord)
    record.require_place()
    assert not record.broken.is_set()
    (tmp_path / "record.db").unlink()
    record.require_place()
    assert record.broken.is_set()
    assert "record.db was removed or replaced" in record.why_ended
