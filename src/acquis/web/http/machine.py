"""What `acquis doctor` alone looks at, before a server runs: the files, the signing key, the permissions, the clock,
the fonts and the port."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import apsw

from acquis.board.backup import last_backup
from acquis.board.folder import RECORD, ROSTER
from acquis.documents import pdf
from acquis.record import RecordInUse
from acquis.record.faults import described
from acquis.record.keys import KeyProblem, require_known_key
from acquis.record.lock import Lock
from acquis.record.tables import FILE_FORMAT
from acquis.roster.tables import FORMAT
from acquis.web.http import inspections, serving
from acquis.web.http.clock import JUMP_MS
from acquis.web.http.inspections import Inspection

LANGUAGE = "en"
"""The language of the command line."""
PRIVATE = 0o077
"""The permissions of others, of which none is given."""


def files(data: Path) -> Iterator[Inspection]:
    """Whether both databases are there, in a format that this version reads."""
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


def signing_key(data: Path, keys: Path) -> Inspection:
    """Whether the signing key that the data knows is in the folder of the keys."""
    try:
        require_known_key(keys, data)
    except (KeyProblem, OSError) as error:
        return Inspection(False, str(error))
    if not any(keys.glob("*.pem")):
        return Inspection(True, f"There is no signing key yet; the first start of the server makes it in {keys}.")
    return Inspection(True, f"The signing key is in {keys}. Back it up elsewhere, because nobody can replace it.")


def permissions(*folders: Path) -> Inspection:
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


def clock(data: Path, now: int) -> Inspection:
    """Whether an entry of a log has a stamp of the future."""
    try:
        ahead = _last_stamp(data) - now
    except apsw.Error:
        return Inspection(False, f"The last stamps in {data / RECORD} cannot be read.")
    if ahead >= JUMP_MS:
        why = f"The last entry of a log is {ahead // 1000:,} s ahead of the clock of this machine"
        return Inspection(False, f"{why}. Set the clock (timedatectl set-ntp true).")
    return Inspection(True, "The clock is not behind the last entries of the logs.")


def _last_stamp(data: Path) -> int:
    """The latest of the last stamps of all logs (ms since 1970); 0 if there are none. Raises apsw.Error."""
    if not (data / RECORD).is_file():
        return 0
    with closing(apsw.Connection(str(data / RECORD), flags=apsw.SQLITE_OPEN_READONLY)) as connection:
        stamps = "select (select at from entries where log=id order by seq desc limit 1) from logs"
        return max((int(str(at)) for (at,) in connection.execute(stamps) if at is not None), default=0)


def backup(data: Path, now: int) -> Inspection:
    """Whether there is a recent backup, if something has been recorded."""
    recorded = False
    with suppress(apsw.Error):  # which `files` tells
        recorded = bool(_last_stamp(data))
    return inspections.backup(LANGUAGE, last_backup(data), now, needed=recorded)


def fonts() -> Inspection:
    """Whether there are fonts for the PDF in all scripts for which some are named."""
    missing = pdf.languages_without_fonts()
    if missing:
        why = f"No installed font is known for PDF documents in these languages: {', '.join(missing)}"
        return Inspection(False, f"{why}. Install fonts-noto-core and fonts-noto-cjk (Debian, Ubuntu).")
    return Inspection(True, "There are fonts for PDF documents in all scripts.")


def free_port(data: Path, host: str, port: int) -> Inspection:
    """Whether the port is free, or the server with this folder runs."""
    lock = data / f"{RECORD}.lock"
    if lock.exists():  # it is made only by a server
        try:
            Lock(str(lock)).release()
        except RecordInUse:
            return Inspection(True, f"A server is running with {data}, so the port is not tried.")
        except OSError as error:
            return Inspection(False, f"{lock}: {error.strerror}.")
    try:
        serving.listening(host, port).close()
    except serving.PortProblem as error:
        return Inspection(False, str(error))
    return Inspection(True, f"Port {port} of {host} is free.")
