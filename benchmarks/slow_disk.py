"""`python -m benchmarks.slow_disk MS serve …`: the commands of Acquis on a disk that takes MS milliseconds longer for
each sync of a commit of the record and of the roster."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from acquis.cli import main
from acquis.web.http.metrics import Metrics


def slow_down(seconds: float) -> None:
    """Makes every sync take this much longer."""
    sync, commit = os.fsync, Metrics.commit

    def slow_sync(descriptor: int) -> None:
        time.sleep(seconds)
        sync(descriptor)

    @contextmanager
    def slow_commit(metrics: Metrics) -> Iterator[None]:
        with commit(metrics):
            yield
            time.sleep(seconds)

    os.fsync = slow_sync  # type: ignore[assignment]  # it is given descriptors only
    Metrics.commit = slow_commit  # type: ignore[assignment]  # the commits of the record run in it


if __name__ == "__main__":
    slow_down(float(sys.argv.pop(1)) / 1000)
    main()
