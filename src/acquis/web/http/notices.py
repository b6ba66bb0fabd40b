"""Lines for whoever runs the server, on standard error: the time (UTC), the level, and what happened with its cause."""

from __future__ import annotations

import datetime
import sys
import traceback


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
    print(f"{now} {level} acquis: {' '.join(sentence.split())}", file=sys.stderr, flush=True)
