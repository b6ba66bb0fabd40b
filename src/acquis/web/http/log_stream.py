"""Standard error, written by a thread of its own. Who reads the log may be slow, or may have stopped reading; a write
on the event loop would then hold up everybody."""

from __future__ import annotations

import io
import os
import queue
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

MOST = 20_000
"""How many pieces of text may wait: a line of the log is two."""
LAST_WORDS_S = 2.0
"""How long the end of the server waits for what is not written yet."""


class LogStream(io.TextIOBase):
    """Takes text at once and writes it to a file descriptor in the order in which it came. When `most` pieces wait,
    what comes then is left out, and a line says how many pieces were."""

    def __init__(self, descriptor: int, most: int = MOST) -> None:
        self._descriptor = descriptor
        self._waiting: queue.Queue[str | None] = queue.Queue(most)
        self._left_out = 0
        self._thread = threading.Thread(target=self._write_all, name="log", daemon=True)
        self._thread.start()

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        try:
            if self._left_out:
                self._waiting.put_nowait(f"{self._left_out:,} pieces of the log were left out: nobody read it.\n")
                self._left_out = 0
            self._waiting.put_nowait(text)
        except queue.Full:
            self._left_out += 1
        return len(text)

    def finish(self, seconds: float = LAST_WORDS_S) -> None:
        """Waits until all is written, but not longer than so many seconds."""
        try:
            self._waiting.put(None, timeout=seconds)
        except queue.Full:
            return
        self._thread.join(seconds)

    def _write_all(self) -> None:
        while (text := self._waiting.get()) is not None:
            left = text.encode("utf-8", "backslashreplace")
            while left:
                try:
                    left = left[os.write(self._descriptor, left) :]
                except OSError:
                    break  # whoever read it is gone, and nobody else can be told


@contextmanager
def log_beside() -> Iterator[None]:
    """Has a thread write standard error. Where it is no file, nothing changes."""
    before = sys.stderr
    try:
        descriptor = before.fileno()
    except (AttributeError, OSError):
        yield
        return
    before.flush()
    stream = LogStream(descriptor)
    sys.stderr = stream
    try:
        yield
    finally:
        sys.stderr = before
        stream.finish()
