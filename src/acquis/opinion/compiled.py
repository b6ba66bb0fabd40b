"""Access to the compiled loops of `kernels`, if numba is installed."""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from typing import Any

MANY = 200_000
"""Number of votes from which the compiled loops are faster in spite of the time to load the compiler."""
TWO_THREADS = 1_000_000
"""Number of votes from which a second thread is faster; more than two threads are limited by memory bandwidth."""


def threads_for(votes: int) -> int:
    """The number of threads with which to count this number of votes."""
    return min(2, os.cpu_count() or 1) if votes >= TWO_THREADS else 1


@cache
def kernels() -> Any:
    """The module of compiled loops, or None if numba (the extra `fast`) is not installed."""
    if find_spec("numba") is None:
        return None
    from acquis.opinion import kernels as loops  # noqa: PLC0415  # imported late because numba takes a second to load

    return loops
