"""The organizer's page about the server: that all is well, or what is not, in sentences."""

from __future__ import annotations

import re
import shutil
from collections import namedtuple
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import apsw
import msgspec
import pytest
from click.testing import CliRunner

from acquis.board.backup import NOTED, LastBackup
from acquis.cli import main
from acquis.command import ONSITE, ORGANIZER
from acquis.record import LogUnreadable, RecordBroken, RecordFull
from acquis.session import Session
from acquis.web.http import readiness
from acquis.web.http.inspections import BACKUP_MS
from acquis.web.http.protocol import Connections
from acquis.web.http.timekeeping import follow_wall_clock
from acquis.web.pages.status.page import INCIDENTS

from .client import AppClient, app_client

Usage = namedtuple("Usage", "total used free")
HOUR = 3600 * 1000


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("status")) as app:
        app.hold("grid-norms", close=False)
        yield app


@pytest.fixture
def app(kept: AppClient, monkeypatch: pytest.MonkeyPatch) -> AppClient:
    """A server on which all is well, whatever machine it is."""
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**12, 0, 10**12))
    note(kept, kept.clock.now())
    kept.house.incidents._noted.clear()
    kept.house.connections = Connections(20_000, lambda: 0)
    return kept


def note(app: AppClient, made: int, damaged: int = 0) -> None:
    (app.house.folder / NOTED).write_bytes(msgspec.json.encode(LastBackup(made, damaged)))


def shown(app: AppClient) -> str:
    app.be(ORGANIZER)
    answer = app.client.get("/status")
    assert answer.status_code == 200
    return unescape(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2]))


def problems(app: AppClient) -> list[str]:
    app.be(ORGANIZER)
    text = app.client.get("/status").text
    listed = re.search(r'<ul aria-labelledby="problems">(.*?)</ul>', text, re.DOTALL)
    assert bool(listed) != ("Everything is well." in text)
    return [unescape(item) for item in re.findall(r"<li>(.*?)</li>", listed[1])] if listed else []


def test_a_server_on_which_all_is_well(app: AppClient) -> None:
    text = shown(app)
    assert "Everything is well." in text
    for fact in (r"1,000,000 MB\.", r"The last backup was made on .*\(UTC\)\.", r"Open connections: 0 of 20,000\."):
        assert re.search(fact, text), fact
    assert re.search(r"Acquis [\d.]+\S*, running since", text)


def test_only_organizers_of_all_sessions_see_it(app: AppClient) -> None:
    app.be(ONSITE, "grid-norms")
    assert app.client.get("/status").status_code == 403


def test_little_space_and_a_missing_old_or_damaged_backup_are_told(
    app: AppClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = app.clock.now()
    note(app, now - BACKUP_MS - 1)
    assert re.fullmatch(r"The last backup was made on .*\. Find out why there is no newer one\.", problems(app)[0])
    note(app, now, damaged=2)
    assert "could not be verified: 2." in problems(app)[0]
    (app.house.folder / NOTED).unlink()
    assert problems(app)[0].startswith("No backup has been made.")
    note(app, now)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**9, 10**9, 5_000_000))
    assert problems(app) == ["Free space on the disk of the data: only 5 MB. Make room for 1,000 MB."]


def test_a_backup_is_noted_with_its_time(app: AppClient, tmp_path: Path) -> None:
    (app.house.folder / NOTED).unlink()
    made = CliRunner().invoke(main, ["backup", str(tmp_path / "copy"), "--data", str(app.house.folder)])
    assert made.exit_code == 0, made.output
    assert "The last backup was made on" in shown(app)


@pytest.mark.parametrize(("open", "refused", "sentence"), [(18_500, 0, "more people are turned away"), (5, 3, ": 3.")])
def test_few_free_connections_are_told(app: AppClient, open: int, refused: int, sentence: str) -> None:
    app.house.connections = connections = Connections(20_000, lambda: open)
    connections.refused = refused
    (problem,) = problems(app)
    assert problem.endswith(sentence) or sentence in problem


def test_requests_that_the_disk_refused_are_told_for_a_day(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RecordFull("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Session, "do", refuse)
        app.be(ONSITE, "grid-norms")
        body = {"do": "seed_statement", "text": "Norms."}
        answer = app.client.post("/s/grid-norms/do", json=body, headers={"idempotency-key": "k-full-disk"})
        assert answer.status_code == 507
    assert "The disk was full, and a request was refused on" in problems(app)[0]
    app.clock.forward(24 * HOUR + 1)
    note(app, app.clock.now())
    assert not any("disk was full" in problem for problem in problems(app))


def test_read_errors_defects_and_a_wrong_clock_are_told(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(now: int) -> None:
        raise RecordBroken("I/O error")

    async def defect(now: int) -> None:
        raise ValueError

    board = app.house.board
    for failing in (broken, broken, defect):
        with monkeypatch.context() as patch:
            patch.setattr(board, "listing", failing)
            assert app.client.get("/").status_code in (500, 503)
    monkeypatch.setattr(app.clock, "drift", lambda: 90_000)
    assert app.client.portal is not None
    app.client.portal.call(follow_wall_clock, app.house)
    told = " ".join(problems(app))
    assert "2 pages could not be shown" in told
    assert "because of a defect" in told
    assert "The clock of the server was set on" in told


def test_a_session_that_cannot_be_read_is_named(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.house.board.unreadable, "grid-norms", LogUnreadable("damaged at entry 4"))
    app.house.board.index.drop("grid-norms")  # as in an index that was made anew
    assert problems(app)[0].startswith("“GRID-NOR” cannot be read: ")
    app.house.roster.save_draft("grid-norms", "title: Who keeps the lights on?")
    assert problems(app)[0].startswith("“Who keeps the lights on?” cannot be read: ")


def test_files_that_cannot_be_read_are_told(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise apsw.CorruptError("malformed")

    monkeypatch.setattr(app.house.board.index, "require_readable", fail)
    app.clock.forward(readiness.KEPT_MS)
    assert problems(app) == ["The index cannot be read."]
    monkeypatch.undo()
    app.clock.forward(readiness.KEPT_MS)


def test_each_kind_of_incident_has_a_sentence(app: AppClient) -> None:
    for kind in INCIDENTS:
        app.house.incidents.note(kind, app.clock.now())
        app.house.incidents.note(kind, app.clock.now())
    told = problems(app)
    assert len(told) == len(INCIDENTS)
    assert all("{" not in sentence for sentence in told)


def test_it_shows_how_fast_people_join(app: AppClient) -> None:
    for _ in range(30):
        app.house.joins.count("grid-norms", "a-network", app.clock.now())
    assert "30 people joined in the last minute." in shown(app)
    assert "30 of them from one network" in shown(app)
