"""A backup has what was erased after it was made. The folder that is restored from it has it no longer."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.web.client import BOSS, app_client

from acquis.board.backup import back_up
from acquis.cli import main
from acquis.erasure import EraseText
from acquis.publication.verify import verify_entries
from acquis.record.sqlite import SqliteRecord

from .test_person import NAME, TRACES, erased, prepare
from .texts import WORDS, holding

Folders = tuple[Path, Path]
"""The former data folder, in which a caption and a person were erased, and a backup from before that."""


@pytest.fixture(scope="module")
def former(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    place = tmp_path_factory.mktemp("former")
    with app_client(place / "data") as app:
        prepare(app)
        caption = next(
            seq for seq, _, _, body in app.house.board.record.scan("grid") if WORDS["caption"].encode() in body
        )
        back_up(place / "data", place / "copy", 1)
        erased(app)
        app.do("grid", EraseText(caption, "on request"), BOSS)
        asyncio.run(app.house.close())
    return place / "data", place / "copy"


def restored(former: Folders, place: Path, *options: str) -> str:
    result = CliRunner().invoke(main, ["restore", str(former[1]), "--data", str(place), *options])
    assert result.exit_code == 0, result.output
    return result.output


def test_what_was_erased_since_the_backup_is_erased_again(former: Folders, tmp_path: Path) -> None:
    assert {found.rpartition(": ")[2] for found in holding(former[1], *TRACES)} == set(TRACES)
    assert "People: 1." in restored(former, tmp_path / "data", "--former", str(former[0]))
    with app_client(tmp_path / "data") as app:
        assert app.client.portal is not None
        app.client.portal.call(app.house.erasing.finish, app.house.clock.now())
        assert holding(tmp_path, *TRACES, WORDS["caption"]) == []
        assert app.house.roster.erasures() == []
        assert not app.house.roster.knows("grid", "p-ann")
    assert holding(tmp_path, *TRACES, WORDS["caption"]) == []
    record = SqliteRecord(tmp_path / "data" / "record.db", read_only=True)
    assert verify_entries(list(record.read("grid"))).ok


def test_without_the_former_folder_it_is_told_that_it_is_back(former: Folders, tmp_path: Path) -> None:
    assert "that was erased after that moment is back" in restored(former, tmp_path / "data")
    assert holding(tmp_path, NAME) != []


@pytest.mark.parametrize("name", ["roster.db", "record.db"])
def test_a_former_folder_that_cannot_be_read_erases_what_the_rest_of_it_tells(
    former: Folders, tmp_path: Path, name: str
) -> None:
    folder = Path(shutil.copytree(former[0], tmp_path / "former"))
    for path in folder.glob(f"{name}*"):
        path.unlink()
    (folder / name).write_bytes(b"not a database, " * 100)
    said = restored(former, tmp_path / "data", "--former", str(folder))
    assert ("People: 0." in said) == (name == "roster.db")
    assert ("Texts: 0." in said) == (name == "record.db")
