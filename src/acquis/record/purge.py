"""Removes from a database file what its tables no longer hold."""

import apsw

from acquis.record import RecordInUse


def rewrite(connection: apsw.Connection) -> None:
    """Rewrite the file. secure_delete of SQLite is not sufficient: when cells move to another page, copies of them
    remain in the gaps of the old page. A rewritten file contains only the current data. Raises RecordInUse if another
    process writes."""
    try:
        connection.execute("VACUUM").fetchall()
    except apsw.BusyError:
        raise RecordInUse("another process writes to the file: what was erased is still in it") from None


def empty_log(connection: apsw.Connection) -> None:
    """Move the write-ahead log into the file and make it empty. Raises RecordInUse if another process reads."""
    try:
        connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    except apsw.BusyError:
        raise RecordInUse("another process reads the file: what was erased is still in its write-ahead log") from None
