"""Lines for whoever runs the server, on standard error: the time (UTC), the level, and what happened with its cause."""

from __future__ import annotations

import datetime
import logging
import sys
import time
import traceback

from acquis.text.visible import readable
from acquis.web.http.limits import RateLimit


def warn(sentence: str) -> None:
    """Something was refused, or needs the operator; the server goes on."""
    _write("WARNING", sentence)


def fail(sentence: str, error: BaseException | None = None) -> None:
    """A defect, with its traceback, or the end of the server."""
    _write("ERROR", sentence)
    if error is not None:
        traceback.print_exception(error, file=sys.stderr)


def _write(level: str, sentence: str) -> None:
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    print(readable(f"{now} {level} acquis: {' '.join(sentence.split())}"), file=sys.stderr, flush=True)


class SparingFilter(logging.Filter):
    """Of the warnings of the web server, which a stranger can cause with every connection, 60 are written at once and
    one a second; what is written next says how many were left out."""

    def __init__(self) -> None:
        super().__init__()
        self._written, self._left_out = RateLimit(60, 1), 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line is written. Errors always are."""
        if record.levelno >= logging.ERROR:
            return True
        if self._written.wait("", time.monotonic_ns() // 1_000_000):
            self._left_out += 1
            return False
        if self._left_out:
            record.msg, self._left_out = f"{record.msg} ({self._left_out} such lines were left out.)", 0
        return True
