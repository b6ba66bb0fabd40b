"""Whether compiled loops are at hand."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Any

MANY = 200_000
"""Votes from which starting the compiler pays."""


@cache
def kernels() -> Any:
    """The compiled loops, or None where numba (the extra `fast`) is not installed."""
    if find_spec("numba") is None:
        return None
    from acquis.opinion import kernels as loops  # noqa: PLC0415  # late: it imports numba, which takes a second

    return loops
