"""Brings what many requests wrote to the disk together: one sync for all of them, in a thread."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from pathlib import Path

import apsw


class GroupSync:
    """Syncs the write-ahead log of a database in WAL mode to which transactions were added with `synchronous = normal`:
    SQLite adds them to that file and leaves the sync to whoever wants it."""

    def __init__(self, path: str | Path) -> None:
        self._path = f"{path}-wal"
        self._next: asyncio.Task[None] | None = None
        """The sync that has not begun, which everybody who comes now waits for."""
        self._running: asyncio.Task[None] | None = None

    async def wait(self) -> None:
        """Returns when everything that was written before is on the disk. Raises apsw.IOError if that failed."""
        if self._next is None:
            self._next = asyncio.get_running_loop().create_task(self._sync(self._running))
        await asyncio.shield(self._next)

    async def _sync(self, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            with suppress(apsw.IOError):
                await asyncio.shield(before)
        self._running, self._next = self._next, None  # who comes from now on may have written after it began
        try:
            await asyncio.to_thread(synced, self._path)
        except OSError as error:
            raise apsw.IOError(f"{self._path} could not be brought to the disk: {error.strerror}") from error


def synced(path: str) -> None:
    """Brings a file to the disk. A write-ahead log that is gone is part of its database. Raises OSError."""
    with suppress(FileNotFoundError):
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
