"""One thread for products of matrices (BLAS). On a busy machine several threads wait for each other and take ten times
the processor time, and the last bits of a product depend on their number."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

SET_BY = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""Variables of the environment by which the number of threads is given. The command line sets the first one."""


@contextmanager
def one_thread() -> Iterator[None]:
    """Products of matrices of this process take one thread meanwhile, or as many as the environment says. Costs 0.3 ms
    where it says nothing."""
    if any(os.environ.get(name) for name in SET_BY):
        yield
        return
    from threadpoolctl import threadpool_limits  # noqa: PLC0415  # the program sets a variable and does not load it

    with threadpool_limits(limits=1, user_api="blas"):
        yield
