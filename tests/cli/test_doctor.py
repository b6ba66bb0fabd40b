"""`acquis doctor` says what is well, and what is not and what to do."""

from __future__ import annotations

import resource
import shutil
import socket
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from click.testing import CliRunner, Result

from acquis.cli import main
from acquis.documents import pdf
from acquis.record.keys import folder_beside, open_keys
from acquis.record.sqlite import SqliteRecord
from acquis.roster import Roster
from acquis.web.http import protocol, serving

Usage = namedtuple("Usage", "total used free")
Change = Callable[[Path, pytest.MonkeyPatch], None]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder on a machine on which all is well, whatever machine it is."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    SqliteRecord(folder / "record.db").close_files()
    Roster(folder / "roster.db").close()
    open_keys(folder_beside(folder), folder)
    monkeypatch.setattr(pdf, "languages_without_fonts", list)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**12, 0, 10**12))
    monkeypatch.setattr(resource, "getrlimit", lambda which: (1024, 20_000))
    monkeypatch.setattr(serving, "listening", lambda host, port: socket.socket())
    return folder


def run(data: Path) -> Result:
    return CliRunner().invoke(main, ["doctor", "--data", str(data)])


def test_a_folder_in_which_all_is_well(data: Path) -> None:
    result = run(data)
    assert result.exit_code == 0, result.output
    assert {line.partition(":")[0] for line in result.output.splitlines()} == {"well"}
    assert "in format" in result.output


def test_a_folder_that_is_not_there_yet_is_well(data: Path, tmp_path: Path) -> None:
    result = run(tmp_path / "other")
    assert result.exit_code == 0, result.output
    assert "no sessions yet" in result.output
    assert not (tmp_path / "other").exists()


def test_a_server_that_runs_is_well(data: Path) -> None:
    record = SqliteRecord(data / "record.db")
    try:
        assert "well: A server is running" in run(data).output
        assert (data / "record.db.lock").exists()
    finally:
        record.close_files()


def lose_the_roster(data: Path, patch: pytest.MonkeyPatch) -> None:
    (data / "roster.db").unlink()


def renew(data: Path, patch: pytest.MonkeyPatch) -> None:
    connection = apsw.Connection(str(data / "roster.db"))
    connection.pragma("user_version", 99)
    connection.close()


def garble(data: Path, patch: pytest.MonkeyPatch) -> None:
    (data / "record.db").write_bytes(b"not a database, " * 100)


def lose_the_key(data: Path, patch: pytest.MonkeyPatch) -> None:
    (folder_beside(data) / "1.pem").unlink()


def show_names(data: Path, patch: pytest.MonkeyPatch) -> None:
    data.chmod(0o755)


def limit(data: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(resource, "getrlimit", lambda which: (1024, 1024))


def stamp_in_the_future(data: Path, patch: pytest.MonkeyPatch) -> None:
    connection = apsw.Connection(str(data / "record.db"))
    connection.execute("insert into logs values(1, 'grid', 2)").fetchall()
    row = "insert into entries(log, seq, at, by, key, body, link) values(1, 1, ?, '', 'k', x'7b7d', x'00')"
    connection.execute(row, (1 << 50,)).fetchall()
    connection.close()


def fill_the_disk(data: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(shutil, "disk_usage", lambda path: Usage(10**9, 10**9, 5))


def remove_fonts(data: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(pdf, "languages_without_fonts", lambda: ["ar", "zh"])


def take_the_port(data: Path, patch: pytest.MonkeyPatch) -> None:
    def refuse(host: str, port: int) -> socket.socket:
        raise serving.PortProblem(f"Port {port} of {host} is in use.")

    patch.setattr(serving, "listening", refuse)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lose_the_roster, "roster.db is missing"),
        (renew, "has format 99"),
        (garble, "record.db cannot be read"),
        (lose_the_key, "Restore that folder from a backup"),
        (show_names, "chmod -R go="),
        (limit, "LimitNOFILE="),
        (stamp_in_the_future, "ahead of the clock"),
        (fill_the_disk, "Make room"),
        (remove_fonts, "ar, zh. Install"),
        (take_the_port, "Port 8000 of 127.0.0.1 is in use"),
    ],
)
def test_what_is_not_well_is_named_with_the_remedy(
    data: Path, monkeypatch: pytest.MonkeyPatch, change: Change, sentence: str
) -> None:
    change(data, monkeypatch)
    result = run(data)
    assert result.exit_code == 1
    assert any(line.startswith("NOT WELL: ") and sentence in line for line in result.output.splitlines()), result.output


def test_the_server_takes_as_many_connections_as_the_doctor_says(data: Path) -> None:
    assert f"same time: {protocol.allowed_connections():,}." in run(data).output
