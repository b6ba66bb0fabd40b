"""One thread for products of matrices (BLAS). On a busy machine several threads wait for each other and take ten times
the processor time, and the last bits of a product depend on their number."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

SET_BY = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""Variables of the environment by which the number of threads is given. The command line sets the first one."""


@contextmanager
def one_thread() -> Iterator[None]:
    """Products of matrices of this process take one thread meanwhile; if the environment gives a number, so many."""
    if any(os.environ.get(name) for name in SET_BY):
        yield
        return
    with _libraries().limit(limits=1, user_api="blas"):
        yield


@cache
def _libraries() -> Any:
    """The libraries of this process that have threads; to find them takes a millisecond or two."""
    from threadpoolctl import ThreadpoolController  # noqa: PLC0415  # not loaded by the program, which sets a variable

    return ThreadpoolController()
