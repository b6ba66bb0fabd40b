"""A backup that is made while people vote is whole, and a server continues from it."""

from __future__ import annotations

import re
import shutil
import signal
import stat
import threading
from pathlib import Path

import apsw
import pytest
from benchmarks.voters import SESSION
from benchmarks.web import prepare
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.faults.cut_backup import back_up_and_die
from tests.faults.test_kill_http import PHONES, Ledger, phone, post, start
from tests.server_process import status_of

from acquis.board.backup import MANIFEST, back_up, record_losses
from acquis.board.folder import DataFolder, Loss, open_folder
from acquis.cli import main
from acquis.events import EntriesLost, from_body
from acquis.record.keys import folder_beside, open_keys
from acquis.record.notes import Checkpoint, sign
from acquis.record.signed import SignedLog
from acquis.record.sqlite import SqliteRecord


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


def error_of(result: Result, code: int = 65) -> str:
    assert result.exit_code == code, result.output
    return result.stderr


def head(folder: Path) -> int:
    record = SqliteRecord(folder / "record.db", read_only=True)
    try:
        return record.head(SESSION)[0]
    finally:
        record.close_files()


def close(files: DataFolder) -> None:
    files.index.close()
    files.roster.close()
    files.record.close_files()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A data folder with signing keys, and a backup of it."""
    place = tmp_path_factory.mktemp("kept")
    prepare(place / "data")
    open_keys(folder_beside(place / "data"), place / "data")
    result = run("backup", place / "copy", "--data", place / "data")
    assert result.exit_code == 0, result.output
    assert "The signing keys are not in it." in result.output
    return place / "data", place / "copy"


@pytest.fixture
def copy(kept: tuple[Path, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept[1], tmp_path / "copy"))


@pytest.mark.server
@pytest.mark.slow
def test_backups_made_while_people_vote_are_continued_by_a_server(tmp_path: Path) -> None:
    data, ledger, stop = tmp_path / "data", Ledger(), threading.Event()
    secrets = prepare(data)
    process, url = start(data)
    phones = [threading.Thread(target=phone, args=(url, n, secrets[n], 0, ledger, stop)) for n in range(PHONES)]
    for one in phones:
        one.start()
    told = []
    try:
        for number in range(3):
            ledger.reach(len(ledger.told) + 20)
            with ledger.lock:
                told.append(max(ledger.told.values()))
            result = run("backup", tmp_path / f"copy{number}", "--data", data, "--with-keys")
            assert result.exit_code == 0, result.output
    finally:
        stop.set()
        for one in phones:
            one.join(60)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)

    for number, acknowledged in enumerate(told):
        back = tmp_path / f"back{number}"
        result = run("restore", tmp_path / f"copy{number}", "--data", back, "--former", data)
        assert result.exit_code == 0, result.output
        assert head(back) >= acknowledged
        if "at least" in result.output:  # the last entry of the log says so
            missing = head(data) - head(back) + 1
            assert f"at least: {missing} of {SESSION}" in result.output
        else:
            assert head(data) == head(back)
        assert "Verified" in run("verify", SESSION, "--data", back).output
    last = head(back)
    process, url = start(back)
    votes = [{"do": "cast_vote", "statement": 5, "choice": choice} for choice in ("agree", "disagree")]
    try:
        numbers = [post(url, secrets[0], f"after-the-backup-{n}", vote) for n, vote in enumerate(votes)]
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert last < (numbers[-1] or numbers[0] or 0) == head(back)
    assert "Verified" in run("verify", SESSION, "--data", back).output


def test_a_backup_that_is_cut_short_is_not_restored(kept: tuple[Path, Path], tmp_path: Path) -> None:
    """The process is killed at each of its steps, from the first file to the last one but one."""
    steps = ("_make_empty", "_copy_databases", "_copy_database", "_verified", "_digest", "write_durably")
    for step in steps:
        cut = tmp_path / step
        assert status_of(back_up_and_die, step, kept[0], cut) == -signal.SIGKILL
        assert not (cut / MANIFEST).exists()
        assert "is not a complete backup" in error_of(run("restore", cut, "--data", tmp_path / "back"))
        assert not (tmp_path / "back").exists()


def test_only_the_owner_reads_a_backup_and_what_was_restored(copy: Path, tmp_path: Path) -> None:
    assert run("restore", copy, "--data", tmp_path / "back").exit_code == 0
    for folder in (copy, tmp_path / "back"):
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE((tmp_path / "back").stat().st_mode) == 0o700


def test_keys_are_in_a_backup_if_they_are_asked_for(kept: tuple[Path, Path], tmp_path: Path) -> None:
    result = run("backup", tmp_path / "copy", "--data", kept[0], "--with-keys")
    assert result.exit_code == 0, result.output
    assert "not in it" not in result.output
    restored = run("restore", tmp_path / "copy", "--data", tmp_path / "back")
    assert "keys are missing" not in restored.output
    assert (tmp_path / "back-keys" / "1.pem").read_bytes() == (folder_beside(kept[0]) / "1.pem").read_bytes()
    assert stat.S_IMODE((tmp_path / "back-keys" / "1.pem").stat().st_mode) == 0o600
    without = run("restore", kept[1], "--data", tmp_path / "other")
    assert "The signing keys are missing" in without.output


def test_a_folder_with_something_in_it_is_refused(kept: tuple[Path, Path], copy: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine", "utf-8")
    for command in (("backup", tmp_path / "full", "--data", kept[0]), ("restore", copy, "--data", tmp_path / "full")):
        assert "is not empty" in error_of(run(*command))
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["letter.txt"]


def test_a_folder_that_a_server_uses_is_refused(copy: Path, tmp_path: Path) -> None:
    record = SqliteRecord(shutil.copytree(copy, tmp_path / "used") / "record.db")
    try:
        assert "held by another process" in error_of(run("restore", copy, "--data", tmp_path / "used"), 75)
    finally:
        record.close_files()


@pytest.mark.parametrize("name", ["record.db", "roster.db", "keys.txt"])
def test_a_backup_that_was_changed_is_refused(copy: Path, tmp_path: Path, name: str) -> None:
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)
    assert re.search(rf"{name} is missing or was changed", error_of(run("restore", copy, "--data", tmp_path / "back")))


def test_a_damaged_session_is_named_and_the_others_are_kept(kept: tuple[Path, Path], tmp_path: Path) -> None:
    data = shutil.copytree(kept[0], tmp_path / "data")
    record = apsw.Connection(str(data / "record.db"))
    record.execute("update entries set body = x'7b7d' where seq = 3").fetchall()
    record.close()
    result = run("backup", tmp_path / "copy", "--data", data)
    assert result.exit_code == 1
    assert f"{SESSION} is not verified: entry 3" in result.stderr
    restored = run("restore", tmp_path / "copy", "--data", tmp_path / "back")
    assert restored.exit_code == 0
    assert f"{SESSION} is not verified: entry 3" in restored.stderr


def test_what_was_signed_says_what_is_lost(kept: tuple[Path, Path], copy: Path, tmp_path: Path) -> None:
    length = back_up(kept[0], tmp_path / "other", 1).logs[SESSION]
    text = Checkpoint("example.org/s/x", length + 7, bytes(32)).text
    SignedLog(tmp_path / "back-keys" / "checkpoints" / f"{SESSION}.txt").add(
        sign(text, Ed25519PrivateKey.generate(), "example.org/s/x")
    )
    result = run("restore", copy, "--data", tmp_path / "back")
    assert f"at least: 7 of {SESSION}. Their logs say so." in result.output
    record = SqliteRecord(tmp_path / "back" / "record.db", read_only=True)
    try:
        (mark,) = record.read(SESSION, length)
        assert from_body(mark.body) == EntriesLost(length + 7, "")
        assert record.verify(SESSION).ok
    finally:
        record.close_files()
    files = open_folder(tmp_path / "back")  # nothing has to be accepted at the start
    assert files.losses == []
    close(files)


def test_what_a_former_folder_had_more_is_recorded_with_its_link(copy: Path, tmp_path: Path) -> None:
    """The restored copy, in which one more entry was recorded, is the former folder of the next one."""
    assert run("restore", copy, "--data", tmp_path / "former").exit_code == 0
    before = head(tmp_path / "former")
    record_losses(tmp_path / "former", [Loss(SESSION, before, before + 1, b"")], 1)
    record = SqliteRecord(tmp_path / "former" / "record.db", read_only=True)
    link = record.head(SESSION)[1].hex()
    record.close_files()
    result = run("restore", copy, "--data", tmp_path / "back", "--former", tmp_path / "former")
    assert f"at least: 1 of {SESSION}" in result.output
    record = SqliteRecord(tmp_path / "back" / "record.db", read_only=True)
    (mark,) = record.read(SESSION, before)
    record.close_files()
    assert from_body(mark.body) == EntriesLost(before + 1, link)


def test_a_former_folder_may_be_damaged(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "former").mkdir()
    (tmp_path / "former" / "record.db").write_bytes(b"not a database, " * 100)
    result = run("restore", copy, "--data", tmp_path / "back", "--former", tmp_path / "former")
    assert result.exit_code == 0, result.output
    assert "What was recorded after that moment is not in it." in result.output
