"""How much work something is, counted in calls: a bound on it does not depend on how fast the machine is."""

from __future__ import annotations

import cProfile
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """The collector of cycles does not run: its work depends on what other tests have left, and what it frees may call
    functions."""
    ran = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if ran:
            gc.enable()


def calls(do: Callable[[], object]) -> int:
    """How often a function is entered or left while `do` runs. They are counted in C: a function of Python that counts
    takes longer than most of those that it would count."""
    profile = cProfile.Profile()
    with uncollected():
        profile.runcall(do)
    return 2 * sum(entry.callcount for entry in profile.getstats())


class CallClock:
    """A clock that counts the calls in the thread that asks it first, in place of seconds."""

    def __init__(self) -> None:
        self._profile = cProfile.Profile(subcalls=False)
        self._counted = 0

    def __call__(self) -> float:
        self._profile.disable()
        self._counted += sum(entry.callcount for entry in self._profile.getstats())
        self._profile.clear()
        self._profile.enable()
        return self._counted
