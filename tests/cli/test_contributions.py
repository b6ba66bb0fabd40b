"""`acquis import contributions`: prints the contributions of files, or enters them on a record, once."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from acquis.cli import main
from acquis.record.sqlite import SqliteRecord
from acquis.state import fold

from .test_captions import house_with_a_session

TABLE = "comment;organization\nKeep the norm.;Grid Institute\nTrain people.;\n"


def imported(*more: str) -> Result:
    return CliRunner().invoke(main, ["import", "contributions", *more])


def test_a_folder_is_entered_once(tmp_path: Path) -> None:
    folder, data = tmp_path / "files", tmp_path / "house"
    folder.mkdir()
    (folder / "a.csv").write_text(TABLE, "utf-8")
    (folder / "b.txt").write_text("Publish a yearly report.", "utf-8")
    printed = imported(str(folder))
    assert [row["text"] for row in json.loads(printed.stdout)] == [
        "Keep the norm.",
        "Train people.",
        "Publish a yearly report.",
    ]
    house_with_a_session(data)
    to = ("--session", "grid", "--data", str(data))
    assert imported(str(folder), *to).stdout == "Entries added: 3.\n"
    assert imported(str(folder), *to).stdout == "Entries added: 0.\n"
    (folder / "b.txt").write_text("Publish a yearly report. ", "utf-8")
    assert imported(str(folder), *to).stdout == "Entries added: 0.\n", "the same words are there already"
    state = fold(SqliteRecord(data / "record.db", read_only=True).scan("grid"))
    assert [made.on_behalf_of for made in state.contributions.values()] == ["Grid Institute", "", ""]


def test_what_cannot_be_read_is_one_clear_line(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Fruit,Price\nApple,3\n", "utf-8")
    made = imported(str(file))
    assert made.exit_code == 1
    assert "“a.csv” has no column “text”." in made.stderr
