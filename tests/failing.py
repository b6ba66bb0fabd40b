"""Hundreds of cases that take no time are one test: as tests of their own they would take longer to collect and to
report than to run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest

Case = TypeVar("Case")


def failing(check: Callable[[Case], object], cases: Iterable[Case], name: Callable[[Case], str] = str) -> list[str]:
    """What a check says of each case that it fails for, after the name of the case; every case is tried."""
    found, tried = [], 0
    for case in cases:
        tried += 1
        try:
            check(case)
        except (Exception, pytest.fail.Exception) as error:
            found.append(f"{name(case)}: {type(error).__name__}: {error}")
    assert tried, "there is no case"
    return found
