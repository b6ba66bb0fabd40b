"""A backup in a process that is killed at one of its steps."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from acquis.board import backup


def back_up_and_die(step: str, data: Path, copy: Path) -> None:
    """Back up until a step, a function of the module, is done, or until it would write the list of the files."""
    whole = getattr(backup, step)

    def last(*given: Any) -> None:
        if backup.MANIFEST not in str(given[0]):
            whole(*given)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(backup, step, last)
    backup.back_up(data, copy, 1)
