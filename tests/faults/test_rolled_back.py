"""Files that are missing, foreign or older than they were: nothing begins anew without a word."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
import pytest
from click.testing import CliRunner
from tests.web.client import AppClient, app_client

from acquis import events as ev
from acquis.board.folder import DataFolder, open_folder
from acquis.cli import main
from acquis.floor.statements import SeedStatement
from acquis.record import RecordBroken
from acquis.record.faults import DataProblem
from acquis.web.http.application import open_application


def say(app: AppClient, first: int, until: int) -> None:
    app._keys = 1000 * first  # those of an earlier client are in the log
    for number in range(first, until):
        app.do("grid", SeedStatement(f"Norms need a keeper, number {number}."))


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copies of a data folder: `early`, and `late` with ten entries more, which are in the write-ahead log only."""
    place = tmp_path_factory.mktemp("copies")
    with app_client(place / "data") as app:
        app.add("grid")
        say(app, 1, 21)
    with app_client(place / "data") as app:
        app.state("grid")
        shutil.copytree(place / "data", place / "early")
        say(app, 21, 31)
        app.house.board.mark()
        shutil.copytree(place / "data", place / "late")
    for copy in ("early", "late"):
        (place / copy / "record.db.lock").unlink(missing_ok=True)
    return place


@pytest.fixture
def folder(copies: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(copies / "late", tmp_path / "data"))


@contextmanager
def opened(folder: Path, accept_loss: bool = False) -> Iterator[DataFolder]:
    files = open_folder(folder, accept_loss)
    yield files
    files.index.close()
    files.roster.close()
    asyncio.run(files.record.close())


def refused(folder: Path) -> str:
    """The sentence with which a folder is refused; it is refused again, because nothing was changed."""
    sentences = set()
    for _ in range(2):
        with pytest.raises(DataProblem) as problem, opened(folder):
            pass
        sentences.add(str(problem.value))
    assert len(sentences) == 1
    return sentences.pop()


def cut(folder: Path, copies: Path) -> None:
    log = folder / "record.db-wal"
    with log.open("r+b") as file:
        file.truncate(log.stat().st_size * 2 // 3)


def remove(folder: Path, copies: Path) -> None:
    (folder / "record.db-wal").unlink()


def restore(folder: Path, copies: Path) -> None:
    remove(folder, copies)
    shutil.copy(copies / "early" / "record.db", folder)


def of_another_house(folder: Path, copies: Path) -> None:
    """As long as the other one, and with a session of the same name."""
    with app_client(folder / "other") as app:
        app.add("grid")
        say(app, 1, 31)
    remove(folder, copies)
    shutil.copy(folder / "other" / "record.db", folder)


ROLLED_BACK = [cut, remove, restore, of_another_house]


def test_an_untouched_folder_is_opened(folder: Path) -> None:
    for _ in range(2):
        with opened(folder) as files:
            assert files.record.head("grid")[0] == 31
            assert files.losses == []


@pytest.mark.parametrize("damage", ROLLED_BACK)
def test_a_record_that_lacks_what_was_acknowledged_is_refused(
    folder: Path, copies: Path, damage: Callable[[Path, Path], None]
) -> None:
    damage(folder, copies)
    sentence = refused(folder)
    for word in ("record.db lacks", "grid", "31", "Restore the newest record.db", "--accept-loss"):
        assert word in sentence


def test_the_index_remembers_it_too(folder: Path, copies: Path) -> None:
    """Record and roster were restored together, and a newer index was left."""
    with app_client(folder) as app:
        assert app.client.get("/").status_code == 200
    for name in ("record.db", "roster.db"):
        shutil.copy(copies / "early" / name, folder)
    assert "entries 22 to 31" in refused(folder)


@pytest.mark.parametrize("damage", ROLLED_BACK)
def test_a_loss_that_was_accepted_is_on_the_record(
    folder: Path, copies: Path, damage: Callable[[Path, Path], None]
) -> None:
    damage(folder, copies)
    application = open_application(folder, accept_loss=True)

    async def work() -> None:
        kept = application.board.record.head("grid")[0]
        await application.board.record_losses(5)
        (entry,) = application.board.record.read("grid", kept)
        event = ev.from_body(entry.body)
        assert isinstance(event, ev.EntriesLost)
        assert event.upto == 31
        assert len(event.head) == 64
        assert application.board.record.verify("grid").ok
        await application.close()

    asyncio.run(work())
    with opened(folder) as files:
        assert files.losses == []


@pytest.mark.parametrize(("gone", "left"), [("record.db", "roster.db"), ("roster.db", "record.db")])
def test_a_missing_file_is_no_new_installation(folder: Path, gone: str, left: str) -> None:
    for path in folder.glob(f"{gone}*"):
        path.unlink()
    sentence = refused(folder)
    assert f"{gone} is missing" in sentence
    assert left in sentence
    assert not (folder / "roster.db").exists() or gone == "record.db"
    result = CliRunner().invoke(main, ["serve", "--data", str(folder), "--port", "0"])
    assert result.exit_code == 65
    assert f"{gone} is missing" in result.stderr


def test_an_index_alone_is_no_new_installation(folder: Path) -> None:
    for path in [*folder.glob("record.db*"), *folder.glob("roster.db*")]:
        path.unlink()
    assert "record.db is missing" in refused(folder)


def test_a_fresh_folder_and_a_first_start_that_was_cut_short_are_fine(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    for path in tmp_path.glob("[ir][no]*"):  # index.db and roster.db were not made yet
        path.unlink()
    with opened(tmp_path):
        assert {path.name for path in tmp_path.glob("*.db")} == {"record.db", "roster.db", "index.db"}


def test_a_lost_roster_can_be_accepted_and_its_sessions_are_there(folder: Path) -> None:
    for path in folder.glob("roster.db*"):
        path.unlink()
    application = open_application(folder, accept_loss=True)
    (row,) = application.roster.sessions()
    assert (row.id, len(row.code)) == ("grid", 8)
    assert "Who keeps the lights on" in row.draft
    asyncio.run(application.close())
    with opened(folder) as files:
        assert files.strange == []


def test_the_roster_of_another_house_is_refused(folder: Path, tmp_path: Path) -> None:
    with app_client(tmp_path / "other"):
        pass
    for path in folder.glob("roster.db*"):
        path.unlink()
    shutil.copy(tmp_path / "other" / "roster.db", folder)
    (folder / "index.db").unlink()
    assert "roster.db knows nothing of grid" in refused(folder)


@pytest.mark.parametrize("name", ["roster.db", "index.db", "record.db"])
def test_the_database_of_another_program_is_named_and_kept(folder: Path, name: str) -> None:
    for path in folder.glob(f"{name}*"):
        path.unlink()
    other = apsw.Connection(str(folder / name))
    other.execute("create table shoes(size integer)").fetchall()
    other.close()
    with pytest.raises((DataProblem, RecordBroken), match=f"{name}.* (program|roster)"), opened(folder):
        pass
    other = apsw.Connection(str(folder / name))
    assert other.execute("select count(*) from shoes").fetchall() == [(0,)]
    other.close()


def test_garbage_instead_of_a_roster_is_named(folder: Path) -> None:
    (folder / "roster.db").write_bytes(b"not a database at all, " * 100)
    (folder / "roster.db-wal").unlink(missing_ok=True)
    sentence = refused(folder)
    assert "roster.db cannot be opened" in sentence
    assert "restore the newest backup" in sentence


def test_an_index_that_is_missing_or_garbage_is_made_again(folder: Path) -> None:
    for content in (None, b"garbage" * 1000):
        for path in folder.glob("index.db*"):
            path.unlink()
        if content is not None:
            (folder / "index.db").write_bytes(content)
        with opened(folder) as files:
            assert files.index.cards == {}


def test_a_draft_that_was_put_away_is_remembered(folder: Path) -> None:
    with app_client(folder) as app:
        app.add("rehearsal")
        assert app.client.portal is not None
        app.house.board.mark()
        app.client.portal.call(app.house.board.put_away, "rehearsal")
    with opened(folder) as files:
        assert files.roster.ids() == ["grid"]


def test_a_mark_costs_no_sync_and_the_roster_syncs_as_before(folder: Path) -> None:
    with opened(folder) as files:
        files.roster.mark("grid", 1, b"x")
        assert files.roster._db.pragma("synchronous") == 2
