"""The test of many cases at once (`failing`)."""

from __future__ import annotations

import pytest
from tests.failing import failing


def test_every_case_that_fails_is_named_with_what_is_wrong() -> None:
    def check(number: int) -> None:
        assert number < 3
        with pytest.raises(ZeroDivisionError):
            _ = number / (number - 1)

    assert [line.splitlines()[0] for line in failing(check, range(5), lambda number: f"case {number}")] == [
        "case 0: Failed: DID NOT RAISE ZeroDivisionError",
        "case 2: Failed: DID NOT RAISE ZeroDivisionError",
        "case 3: AssertionError: assert 3 < 3",
        "case 4: AssertionError: assert 4 < 3",
    ]


def test_no_case_is_an_error() -> None:
    with pytest.raises(AssertionError, match="no case"):
        failing(bool, ())
