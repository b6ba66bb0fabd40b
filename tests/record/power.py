"""A file system layer for SQLite on which a test can cut the power, fill the disk or fail an operation.

It writes through to real files and remembers, for each, the bytes as of its last sync and the writes since. After a cut
a disk may hold the synced bytes and any of those writes, in any order, the last ones torn at a sector.
"""

import random
from collections.abc import Callable
from pathlib import Path

import apsw

SECTOR = 512
Write = tuple[int, bytes | None]  # offset and bytes; None: cut off at the offset


class Image:
    """What a disk surely holds of one file, and what it may hold besides."""

    def __init__(self) -> None:
        self.synced = bytearray()
        self.pending: list[Write] = []

    def sync(self) -> None:
        for write in self.pending:
            put(self.synced, write)
        self.pending.clear()


def put(content: bytearray, write: Write) -> None:
    offset, data = write
    if data is None:
        del content[offset:]
        return
    content.extend(bytes(max(0, offset + len(data) - len(content))))
    content[offset : offset + len(data)] = data


class Disk(apsw.VFS):
    """`fault(operation, file name)` is called before each read, write and sync, and may raise; `honest` disks sync."""

    def __init__(self, name: str, *, honest: bool = True) -> None:
        super().__init__(name, "")
        self.images: dict[str, Image] = {}
        self.honest = honest
        self.fault: Callable[[str, str], None] = lambda operation, file: None

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802  # SQLite's name
        return _File(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802  # SQLite's name
        super().xDelete(filename, syncdir)
        self.images.pop(Path(filename).name, None)

    def cut(self, folder: Path, chance: random.Random) -> None:
        """Write into `folder` what the disk may hold if the power goes now."""
        for name, image in self.images.items():
            content = bytearray(image.synced)
            for write in _survivors(image.pending, chance):
                put(content, write)
            (folder / name).write_bytes(content)


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        super().__init__("", name, flags)
        full = name.filename() if isinstance(name, apsw.URIFilename) else name or "temporary"
        self._disk, self._name = disk, Path(full).name
        self._image = disk.images.setdefault(self._name, Image())

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802  # SQLite's name
        self._disk.fault("read", self._name)
        return super().xRead(amount, offset)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802  # SQLite's name
        self._disk.fault("write", self._name)
        super().xWrite(data, offset)
        self._image.pending.append((offset, bytes(data)))

    def xTruncate(self, size: int) -> None:  # noqa: N802  # SQLite's name
        self._disk.fault("write", self._name)
        super().xTruncate(size)
        self._image.pending.append((size, None))

    def xSync(self, flags: int) -> None:  # noqa: N802  # SQLite's name
        self._disk.fault("sync", self._name)
        super().xSync(flags)
        if self._disk.honest:
            self._image.sync()


def _survivors(pending: list[Write], chance: random.Random) -> list[Write]:
    """None of the writes, all, the first few, or any of them; of a part some are torn."""
    how = chance.choice(["none", "all", "prefix", "subset"])
    if how in ("none", "all"):
        return pending if how == "all" else []
    if how == "prefix":
        some = pending[: chance.randrange(len(pending) + 1)]
    else:
        some = [write for write in pending if chance.random() < 0.5]
    return [_torn(write, chance) if chance.random() < 0.3 else write for write in some]


def _torn(write: Write, chance: random.Random) -> Write:
    offset, data = write
    if data is None or len(data) <= SECTOR:
        return write
    return offset, data[: SECTOR * chance.randrange(1, len(data) // SECTOR)]
