"""A session that cannot be read is shown as such, and takes no other down with it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from click.testing import CliRunner
from tests.web.client import PROGRAMME, app_client

from acquis.board.erasing import Erasing
from acquis.cli import main
from acquis.command import ONSITE
from acquis.plan.document import Programme
from acquis.record import Draft, LogUnreadable
from acquis.record.sqlite import SqliteRecord
from acquis.roster import Erasure

NEWER, DAMAGED = "made by a newer version of Acquis", "its record is damaged"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    with app_client(folder) as app:
        app.hold("good")
        app.add("other", Programme(title="What else there is", starts=PROGRAMME.starts, segments=PROGRAMME.segments))
        assert app.client.get("/").status_code == 200
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "data"))


def of_a_newer_version(folder: Path) -> None:
    async def use() -> None:
        record = SqliteRecord(folder / "record.db")
        await record.append("other", [Draft(b'{"event":"SomethingNew","what":1}', "p-1", 5, "newer")])
        await record.close()

    asyncio.run(use())


def _change(folder: Path, column: str, value: bytes, seq: int) -> None:
    connection = apsw.Connection(str(folder / "record.db"))
    where = "log = (select id from logs where name = 'other') and seq = ?"
    connection.execute(f"update entries set {column} = ? where {where}", (value, seq))
    connection.close()


def with_a_damaged_end(folder: Path) -> None:
    _change(folder, "link", b"x" * 32, 1)


def with_a_damaged_body(folder: Path) -> None:
    _change(folder, "body", b'{"event":"Progr', 1)


CASES = [(of_a_newer_version, NEWER), (with_a_damaged_end, DAMAGED), (with_a_damaged_body, DAMAGED)]
ADDRESSES = ("/s/other", "/s/other/record", "/s/other.json", "/s/other/log.jsonl", "/s/other/stage")


@pytest.mark.parametrize(("damage", "why"), CASES)
def test_the_others_go_on(folder: Path, damage: Callable[[Path], None], why: str) -> None:
    damage(folder)
    with app_client(folder) as app:
        app.be(ONSITE, "other")
        home = app.client.get("/")
        assert home.status_code == 200
        assert "Who keeps the lights on" in home.text
        for address in ADDRESSES:
            answer = app.client.get(address)
            assert (answer.status_code, why in answer.text) == (503, True), address
        for address in (
            "/s/good",
            "/s/good/record",
            "/s/good/log.jsonl",
            "/said?words=keeper",
            "/followup",
        ):
            assert app.client.get(address).status_code < 500, address
        work = app.client.portal
        assert work is not None
        home = app.client.get("/")
        assert "What else there is" in home.text
        assert why in home.text
        assert app.client.get("/s/other").status_code == 503
        work.call(app.house.board.check, "good")
        assert not app.house.board.record.broken.is_set()


@pytest.mark.parametrize(("damage", "why"), CASES)
def test_a_note_of_an_erasure_in_it_does_not_stop_the_server(
    folder: Path, damage: Callable[[Path], None], why: str
) -> None:
    damage(folder)
    with app_client(folder) as app:
        erasing: Erasing = app.house.erasing
        app.house.roster.note(Erasure("other", (1,), "other", "p-1"))
        assert app.client.portal is not None
        app.client.portal.call(erasing.finish, 5)
        assert len(app.house.roster.erasures()) == 1


def test_damage_in_the_middle_is_found_while_the_session_runs(folder: Path) -> None:
    with app_client(folder) as app:
        app.state("good")
        connection = apsw.Connection(str(folder / "record.db"))
        body = "cast(replace(body, 'Norms', 'Forms') as blob)"
        connection.execute(f"update entries set body = {body} where log = 1 and seq > 1")
        damaged = connection.changes()
        connection.close()
        assert app.client.portal is not None
        if damaged:
            with pytest.raises(LogUnreadable, match="damaged at entry"):
                app.client.portal.call(app.house.board.check, "good")
            assert app.client.get("/s/good").status_code == 503


def command(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.output


@pytest.mark.parametrize(("damage", "why"), CASES)
def test_the_commands_for_the_others_work(
    folder: Path, tmp_path: Path, damage: Callable[[Path], None], why: str
) -> None:
    damage(folder)
    data = ("--data", str(folder))
    assert command("verify", "good", *data)[0] == 0
    assert command("replay", "good", *data)[0] == 0
    assert command("export", "good", *data, "--out", str(tmp_path / "out"))[0] == 0
    status, output = command("verify", "other", *data)
    assert status == 1
    if damage is of_a_newer_version:
        assert "newer version of Acquis" in output
        assert "newer version of Acquis" in command("replay", "other", *data)[1]
