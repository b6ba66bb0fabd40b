"""Data folders that earlier versions wrote are opened, continued and verified.

Each of `tests/samples/folders` was written by the last version with these formats of record and roster; they never
change, and a new format adds one.
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.web.client import HOST, app_client

from acquis.cli import main
from acquis.floor.statements import SeedStatement
from acquis.publication.verify import verify_entries
from acquis.record.sqlite import SqliteRecord
from acquis.record.tables import FILE_FORMAT as RECORD_FORMAT
from acquis.roster.tables import FORMAT as ROSTER_FORMAT

FOLDERS = sorted((Path(__file__).parents[1] / "samples" / "folders").glob("*.zip"))


def test_there_is_a_folder_of_the_present_formats() -> None:
    assert f"record-{RECORD_FORMAT}-roster-{ROSTER_FORMAT}.zip" in {path.name for path in FOLDERS}


@pytest.mark.parametrize("archive", FOLDERS, ids=lambda path: path.stem)
def test_a_folder_of_an_earlier_version_goes_on(archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as files:
        files.extractall(tmp_path)
    for path in tmp_path.glob("*.db"):
        shutil.copy(path, tmp_path / f"{path.name}.before")
    with app_client(tmp_path) as app:
        (log,) = app.house.board.record.logs()
        before = app.house.board.record.head(log)[0]
        assert before > 50
        assert app.client.get("/").status_code == 200
        assert app.client.get(f"/s/{log}/record").status_code == 200
        assert list(app.house.roster.passes(log))
        assert app.do(log, SeedStatement("Norms need a keeper that is known."), HOST) == before + 1
        assert verify_entries(app.house.board.record.read(log)).ok
        assert not app.house.board.unreadable
    with app_client(tmp_path) as app:  # and once more, in the present formats
        assert app.house.board.record.head(log)[0] == before + 1


def test_a_roster_that_cannot_be_opened_is_told_with_what_can_be_done(tmp_path: Path) -> None:
    """Here one that is no database; a folder that cannot be written is told in the same way."""
    with zipfile.ZipFile(FOLDERS[-1]) as files:
        files.extractall(tmp_path)
    record = SqliteRecord(tmp_path / "record.db")
    (log,) = record.logs()
    record.close_files()
    (tmp_path / "roster.db").write_bytes(b"no database" * 100)
    given = ["export", log, "--data", str(tmp_path), "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(main, given)
    assert result.exit_code != 0
    assert "(NotADBError). Keep a copy of the file, then restore the newest backup." in result.stderr
