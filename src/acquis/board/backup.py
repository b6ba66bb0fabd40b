"""Backups of a data folder, made while the server runs, and the way back.

A backup is a folder with record.db, roster.db, keys.txt (the public keys), the signing keys if they are wanted, and
backup.json, which is written last: a backup that was cut short has none and is not restored. index.db is left out,
because the server makes it again.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from hashlib import file_digest
from pathlib import Path

import apsw
import msgspec

from acquis import __version__
from acquis.board import Board
from acquis.board.folder import INDEX, RECORD, ROSTER, Loss, open_folder
from acquis.record import RecordBroken
from acquis.record.faults import DataProblem, described
from acquis.record.keys import KNOWN, sync_folder, write_durably
from acquis.record.lock import Lock
from acquis.record.signed import SignedLog
from acquis.record.sqlite import SqliteRecord
from acquis.roster import BUSY_MS

MANIFEST = "backup.json"
FORMAT = 1
NOTED = "last-backup.json"
"""The file of a data folder that says when its last backup was made."""
SIGNING = "keys"
"""The folder of the signing keys in a backup."""


class Backup(msgspec.Struct, frozen=True):
    """What backup.json says. made: ms since 1970; files: path -> SHA-256 in hexadecimal; logs: log -> number of its
    entries; damaged: log -> why it could not be verified."""

    made: int
    files: dict[str, str]
    logs: dict[str, int]
    damaged: dict[str, str] = {}
    format: int = FORMAT
    acquis: str = __version__

    @property
    def has_keys(self) -> bool:
        """Whether the signing keys are in the backup."""
        return any(name.startswith(f"{SIGNING}/") for name in self.files)


class LastBackup(msgspec.Struct, frozen=True):
    """What a data folder says of its last backup. made: ms since 1970; damaged: how many logs in it could not be
    verified."""

    made: int
    damaged: int = 0


def last_backup(data: Path) -> LastBackup | None:
    """The last backup of a data folder; None if none is known."""
    with suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode((data / NOTED).read_bytes(), type=LastBackup)
    return None


def back_up(data: Path, target: Path, now: int, keys: Path | None = None) -> Backup:
    """Copy the files of the folder `data`, which a server may be using, to the new or empty folder `target`, and verify
    every log of the copy. The folder then says that it was done. now: ms since 1970; keys: the folder of the signing
    keys, if they are to be copied. Raises DataProblem, RecordBroken, OSError."""
    for name in (RECORD, ROSTER):
        if not (data / name).is_file():
            raise DataProblem(f"{data / name} is missing. Name the data folder with --data.")
    _make_empty(target)
    # What was signed is copied before the record: a log that is shorter than what was signed is not continued.
    if (data / KNOWN).exists():
        write_durably(target / KNOWN, (data / KNOWN).read_bytes())
    if keys is not None:
        _copy_files(keys, target / SIGNING)
    _copy_databases(data, target)
    logs, damaged = _verified(target)
    files = {path.relative_to(target).as_posix(): _digest(path) for path in _files(target)}
    backup = Backup(now, files, logs, damaged)
    write_durably(target / MANIFEST, msgspec.json.format(msgspec.json.encode(backup), indent=2))
    _note(data, backup)
    return backup


def _note(data: Path, backup: Backup) -> None:
    with suppress(OSError):  # of a folder that is only read, for example: the backup is there
        write_durably(data / NOTED, msgspec.json.encode(LastBackup(backup.made, len(backup.damaged))))


def restore(source: Path, data: Path, keys: Path) -> Backup:
    """Copy a backup to the new or empty folder `data`, and verify every log there. The signing keys, if they are in the
    backup, are copied to `keys` unless there are keys. Raises DataProblem, RecordBroken, RecordInUse, OSError; the
    folder is then not one with which a server starts."""
    backup = read_backup(source)
    if (data / RECORD).exists():
        Lock(str(data / f"{RECORD}.lock")).release()  # says that a server uses the folder
    _make_empty(data)
    if backup.has_keys and not any(keys.glob("*.pem")):
        _copy_files(source / SIGNING, keys)
    if KNOWN in backup.files:
        _copy(source / KNOWN, data / KNOWN)
    for name in (ROSTER, RECORD):  # without a record no server starts
        _copy(source / name, data / name)
    try:
        logs, damaged = _verified(data)
        if (logs, damaged) != (backup.logs, backup.damaged):
            raise DataProblem(f"{data} is not as {source} was when the backup was made. Check the disk.")
    except BaseException:
        for path in data.glob(f"{RECORD}*"):
            path.unlink()
        raise
    _note(data, backup)
    return backup


def read_backup(source: Path) -> Backup:
    """The description of a backup whose files are all as they were made. Raises DataProblem, OSError."""
    try:
        backup = msgspec.json.decode((source / MANIFEST).read_bytes(), type=Backup)
    except FileNotFoundError as error:
        why = f"{source} is not a complete backup: {MANIFEST} is missing"
        raise DataProblem(f"{why}, which is written last. Use another backup.") from error
    except msgspec.MsgspecError as error:
        raise DataProblem(f"{source / MANIFEST} is damaged. Use another backup.") from error
    if backup.format != FORMAT:
        raise DataProblem(f"{source} was made by a newer version of Acquis ({backup.acquis}). Use that version.")
    for name in {RECORD, ROSTER} | set(backup.files):
        path = source / name
        if not path.is_file() or _digest(path) != backup.files.get(name):
            raise DataProblem(f"{path} is missing or was changed since the backup was made. Use another backup.")
    return backup


def lost_since(backup: Backup, former: Path | None, keys: Path) -> list[Loss]:
    """The logs that had more entries than in the backup, according to what was signed (`keys`) and to the record of a
    former data folder, as far as these can be read. The link of the last entry is known only from the latter."""
    newest: dict[str, tuple[int, bytes]] = {}
    for path in sorted((keys / "checkpoints").glob("*.txt")):
        if (signed := SignedLog(path, read_only=True).newest) is not None:
            newest[path.stem] = signed.size, b""
    with suppress(RecordBroken):  # what is damaged tells nothing
        for log, seq, head in _heads(former) if former is not None else ():
            newest[log] = max(newest.get(log, (0, b"")), (seq, head))
    losses = (Loss(log, backup.logs.get(log, 0), seq, head) for log, (seq, head) in sorted(newest.items()))
    return [loss for loss in losses if loss.marked > loss.kept]


def record_losses(data: Path, losses: Iterable[Loss], now: int) -> None:
    """Record in each log of a restored data folder what is lost of it, so that everybody sees that numbers are given a
    second time. now: ms since 1970. Raises DataProblem, RecordBroken, RecordFull, OSError."""
    files = open_folder(data)

    async def record() -> None:
        board = Board(files.record, files.roster, files.index)
        for loss in losses:
            await board.record_loss(loss, now)
        board.mark()
        await files.record.close()

    try:
        asyncio.run(record())
    finally:
        files.index.close()
        files.roster.close()


def _heads(folder: Path) -> Iterator[tuple[str, int, bytes]]:
    """Log, number and link of its last entry, for all logs of a data folder. Raises RecordBroken."""
    if not (folder / RECORD).is_file():
        return
    record = SqliteRecord(folder / RECORD, read_only=True)
    try:
        for log in record.logs():
            yield log, *record.head(log)
    finally:
        record.close_files()


def _make_empty(folder: Path) -> None:
    """Make a folder that only its owner may read. Raises DataProblem if there is something in it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise DataProblem(f"{folder} is not empty. Name a new folder, or move away what is in it.")
    folder.chmod(0o700)


def _copy_databases(data: Path, target: Path) -> None:
    """Copy both databases as they are at one moment. The roster remembers how far each log has come, so its moment is
    the earlier one by the time that one statement takes."""
    with ExitStack() as stack:
        opened = []
        for name in (ROSTER, RECORD):
            try:
                connection = apsw.Connection(str(data / name), flags=apsw.SQLITE_OPEN_READONLY)
                stack.callback(connection.close)
                connection.set_busy_timeout(BUSY_MS)
                connection.execute("begin; select count(*) from sqlite_schema").fetchall()
            except apsw.Error as error:
                raise DataProblem(f"{data / name} cannot be read: {described(error)}") from error
            opened.append((name, connection))
        for name, connection in opened:
            _copy_database(connection, target / name)
    sync_folder(target)


def _copy_database(source: apsw.Connection, path: Path) -> None:
    path.touch(0o600, exist_ok=False)
    target = apsw.Connection(str(path))
    try:
        with target.backup("main", source, "main") as copying:
            copying.step(-1)
        target.pragma("journal_mode", "delete")  # so that the copy is one file
    except apsw.Error as error:
        raise DataProblem(f"{path} cannot be written: {described(error, target)}") from error
    finally:
        target.close()


def _verified(folder: Path) -> tuple[dict[str, int], dict[str, str]]:
    """Open a copy as the server does, and verify every log. Returns log -> number of entries, and log -> why it is not
    verified. Raises DataProblem, RecordBroken."""
    files = open_folder(folder)
    logs, damaged = {}, {}
    try:
        for log in files.record.logs():
            verdict = files.record.verify(log)
            logs[log] = verdict.entries
            if not verdict.ok:
                damaged[log] = f"entry {verdict.first_bad}: {verdict.reason}"
    finally:
        files.index.close()
        files.roster.close()
        asyncio.run(files.record.close())
        for path in folder.glob(f"{INDEX}*"):
            path.unlink()
    return logs, damaged


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _copy_files(source: Path, target: Path) -> None:
    if not any(source.glob("*.pem")):
        raise DataProblem(f"There are no signing keys in {source}. Name their folder with --keys.")
    for path in _files(source):
        place = target / path.relative_to(source)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _copy(path, place)


def _copy(source: Path, target: Path) -> None:
    """Copy a file that only its owner may read, as a whole or not at all."""
    part = target.with_name(f".{target.name}.part")
    part.touch(0o600)
    with source.open("rb") as read, part.open("wb") as written:
        shutil.copyfileobj(read, written, 1 << 20)
        written.flush()
        os.fsync(written.fileno())
    part.replace(target)
    sync_folder(target.parent)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
