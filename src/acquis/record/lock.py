"""The lock of a record against other processes that write."""

import fcntl
import os
from contextlib import suppress

from acquis.record import RecordInUse


class Lock:
    """A file beside the record that is locked against other processes, and removed when it is released. The database
    itself is not used, because closing a handle of it would release the locks of SQLite. Raises RecordInUse if another
    process has the lock."""

    def __init__(self, path: str) -> None:
        self._path = path
        while True:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                os.close(self._handle)
                raise RecordInUse(f"{path} is held by another process: it writes this record already") from error
            if self._is_at_path():
                return
            os.close(self._handle)  # the process that had it removed the file in between

    def _is_at_path(self) -> bool:
        try:
            return os.path.samestat(os.fstat(self._handle), os.stat(self._path))
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Remove the file, while it is locked, and close it."""
        if self._is_at_path():
            with suppress(OSError):
                os.unlink(self._path)
        os.close(self._handle)
