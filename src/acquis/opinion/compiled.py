"""Whether compiled loops are at hand."""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from typing import Any

MANY = 200_000
"""Votes from which starting the compiler pays."""


TWO_THREADS = 1_000_000
"""Votes from which a second thread pays; more than two wait for the memory."""


def threads_for(votes: int) -> int:
    """How many threads count so many votes."""
    return min(2, os.cpu_count() or 1) if votes >= TWO_THREADS else 1


@cache
def kernels() -> Any:
    """The compiled loops, or None where numba (the extra `fast`) is not installed."""
    if find_spec("numba") is None:
        return None
    from acquis.opinion import kernels as loops  # noqa: PLC0415  # late: it imports numba, which takes a second

    return loops
