"""`acquis doctor`: whether a machine and a data folder are ready for a session, in one line for each thing."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import click

from acquis.cli.parts import DATA, KEYS, example

ROOM_MB = 1000
"""The free disk space that a long session with its documents and a backup does not need."""
PRIVATE = 0o077
"""The permissions of others, of which none is given."""
AHEAD_MS = 2000


class Inspection(NamedTuple):
    """One thing that was looked at: whether it is well, and a sentence, which says what to do if it is not."""

    is_well: bool
    sentence: str


@click.command()
@example("acquis doctor --data /srv/acquis --port 8080")
@DATA
@KEYS
@click.option("--host", default="127.0.0.1", show_default=True, help="The address on which the server will listen.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Its port.")
def doctor(data: Path, keys: Path | None, host: str, port: int) -> None:
    """Look at the data folder and the machine, and say what is well, and what is not and what to do. No data are
    changed, and the server may be running. Run it as the user who runs the server.

    Exits with status 0 if all is well, and 1 if not."""
    from acquis.record.keys import folder_beside

    signing = keys or folder_beside(data)
    inspections = [
        *_files(data),
        _signing(data, signing),
        _permissions(data, signing),
        _descriptors(),
        _clock(data),
        _disk(data),
        _fonts(),
        _port(data, host, port),
    ]
    for inspection in inspections:
        click.echo(f"{'well' if inspection.is_well else 'NOT WELL'}: {inspection.sentence}")
    if not all(inspection.is_well for inspection in inspections):
        sys.exit(1)


def _files(data: Path) -> Iterator[Inspection]:
    """Whether both databases are there, in a format that this version reads."""
    import apsw

    from acquis.board.folder import RECORD, ROSTER
    from acquis.record.faults import described
    from acquis.record.tables import FILE_FORMAT
    from acquis.roster.tables import FORMAT

    if not any((data / name).exists() for name in (RECORD, ROSTER)):
        yield Inspection(True, f"{data} has no sessions yet; the first start of the server makes its files.")
        return
    for name, newest in ((RECORD, FILE_FORMAT), (ROSTER, FORMAT)):
        path = data / name
        if not path.is_file():
            yield Inspection(False, f"{path} is missing. Is the disk mounted? Otherwise restore the newest backup.")
            continue
        try:
            connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
            format = int(connection.pragma("user_version"))
            connection.close()
        except apsw.Error as error:
            yield Inspection(False, f"{path} cannot be read: {described(error)}")
            continue
        if format > newest:
            why = f"{path} has format {format}, and this version reads formats up to {newest}"
            yield Inspection(False, f"{why}. Use the newer version that made it.")
        else:
            converted = "" if format == newest else f"; the next start converts it to format {newest}"
            yield Inspection(True, f"{path} is there, in format {format}{converted}.")


def _signing(data: Path, keys: Path) -> Inspection:
    """Whether the signing key that the data knows is in the folder of the keys."""
    from acquis.record.keys import KeyProblem, require_known_key

    try:
        require_known_key(keys, data)
    except (KeyProblem, OSError) as error:
        return Inspection(False, str(error))
    if not any(keys.glob("*.pem")):
        return Inspection(True, f"There is no signing key yet; the first start of the server makes it in {keys}.")
    return Inspection(True, f"The signing key is in {keys}. Back it up elsewhere, because nobody can replace it.")


def _permissions(*folders: Path) -> Inspection:
    """Whether only the owner can open the folders, and the present user is the owner of all that is in them."""
    for folder in filter(Path.exists, folders):
        if stat.S_IMODE(folder.stat().st_mode) & PRIVATE:
            return Inspection(False, f"Other users can open {folder}: chmod -R go= {folder}")
        for path in (folder, *folder.rglob("*")):
            with suppress(FileNotFoundError):  # the server may have removed it
                if path.stat().st_uid != os.geteuid():
                    why = f"{path} belongs to another user. Run this as the user of the server."
                    return Inspection(False, why)
    return Inspection(True, "Only the owner can read the data and the keys.")


def _descriptors() -> Inspection:
    """How many phones the limit of open files allows."""
    from acquis.web.http.protocol import allowed_connections
    from acquis.web.http.serving import FEW

    most = allowed_connections()
    sentence = f"{most:,} phones can be connected at the same time"
    if most >= FEW:
        return Inspection(True, f"{sentence}.")
    return Inspection(False, f"Only {sentence}. Raise the hard limit of open files (LimitNOFILE=, ulimit -Hn).")


def _clock(data: Path) -> Inspection:
    """Whether an entry of a log has a stamp of the future."""
    import apsw

    from acquis.board.folder import RECORD

    last = 0
    if (data / RECORD).is_file():
        try:
            connection = apsw.Connection(str(data / RECORD), flags=apsw.SQLITE_OPEN_READONLY)
            stamps = "select (select at from entries where log=id order by seq desc limit 1) from logs"
            last = max((int(str(at)) for (at,) in connection.execute(stamps) if at is not None), default=0)
            connection.close()
        except apsw.Error:
            return Inspection(False, f"The last stamps in {data / RECORD} cannot be read.")
    ahead = last - time.time_ns() // 1_000_000
    if ahead >= AHEAD_MS:
        why = f"The last entry of a log is {ahead // 1000:,} s ahead of the clock of this machine"
        return Inspection(False, f"{why}. Set the clock (timedatectl set-ntp true).")
    return Inspection(True, "The clock is not behind the last entries of the logs.")


def _disk(data: Path) -> Inspection:
    """Whether there is room on the disk of the data folder."""
    there = next(path for path in (data.absolute(), *data.absolute().parents) if path.exists())
    free = shutil.disk_usage(there).free // 1_000_000
    if free < ROOM_MB:
        return Inspection(False, f"Only {free:,} MB are free on the disk of {data}. Make room for {ROOM_MB:,} MB.")
    return Inspection(True, f"{free:,} MB are free on the disk of {data}.")


def _fonts() -> Inspection:
    """Whether there are fonts for the PDF in all scripts for which some are named."""
    from acquis.documents.pdf import languages_without_fonts

    missing = languages_without_fonts()
    if missing:
        why = f"No installed font is known for PDF documents in these languages: {', '.join(missing)}"
        return Inspection(False, f"{why}. Install fonts-noto-core and fonts-noto-cjk (Debian, Ubuntu).")
    return Inspection(True, "There are fonts for PDF documents in all scripts.")


def _port(data: Path, host: str, port: int) -> Inspection:
    """Whether the port is free, or the server with this folder runs."""
    from acquis.board.folder import RECORD
    from acquis.record import RecordInUse
    from acquis.record.lock import Lock
    from acquis.web.http.serving import PortProblem, listening

    lock = data / f"{RECORD}.lock"
    if lock.exists():  # it is made only by a server
        try:
            Lock(str(lock)).release()
        except RecordInUse:
            return Inspection(True, f"A server is running with {data}, so the port is not tried.")
        except OSError as error:
            return Inspection(False, f"{lock}: {error.strerror}.")
    try:
        listening(host, port).close()
    except PortProblem as error:
        return Inspection(False, str(error))
    return Inspection(True, f"Port {port} of {host} is free.")
