"""Which work holds the event loop, and for how long.

A task runs in steps, each from one `await` that waits to the next. During a step nothing else runs: no vote is taken
and no frame is sent. So the length of the longest step of each kind of work is measured."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable, Coroutine, Generator
from typing import Any

COLLECT = (20_000, 5, 80)
"""The thresholds of Python's cyclic garbage collector. Requests create few cycles, and with the default thresholds the
collector took 5 % of the time of a vote. A run of the middle generation looks at up to five times the first number of
objects, which a thread that makes a large page has in use; all objects are looked at as often as with 20 and 20."""

Note = Callable[[str, float], None]
"""What a step is told to: the name of its work, and the seconds that it took."""

NOTED_S = 0.005
"""Shorter steps are not noted, so that measuring costs next to nothing."""


class MeasuredCoroutine(Coroutine[Any, Any, Any]):
    """A coroutine whose steps are measured with a clock and noted under the name of its task, or of its function if the
    task has no name of its own."""

    __slots__ = ("_clock", "_coroutine", "_note")

    def __init__(self, coroutine: Coroutine[Any, Any, Any], note: Note, clock: Callable[[], float]) -> None:
        self._coroutine, self._note, self._clock = coroutine, note, clock

    def send(self, value: Any) -> Any:
        return self._step(self._coroutine.send, value)

    def throw(self, *error: Any) -> Any:
        return self._step(self._coroutine.throw, *error)

    def close(self) -> None:
        self._coroutine.close()

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._coroutine.__await__()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._coroutine, name)  # what `inspect` looks at: whether it runs, and where

    def _step(self, go_on: Callable[..., Any], *given: Any) -> Any:
        began = self._clock()
        try:
            return go_on(*given)
        finally:
            took = self._clock() - began
            if took >= NOTED_S:
                self._note(self._name(), took)

    def _name(self) -> str:
        task = asyncio.current_task()
        name = task.get_name() if task is not None else ""
        return name.removeprefix(WORK) if name.startswith(WORK) else getattr(self._coroutine, "__qualname__", "other")


WORK = "work: "
"""What the names of tasks begin with that name their work."""


def name_work(name: str) -> None:
    """Names the work that the running task does from now on, for whoever measures it."""
    task = asyncio.current_task()
    if task is not None:
        task.set_name(WORK + name)


def measure_steps(note: Note, clock: Callable[[], float] = time.perf_counter) -> None:
    """Measures the steps of all tasks that the running event loop begins from now on."""

    def task(loop: asyncio.AbstractEventLoop, coroutine: Any, **named: Any) -> asyncio.Task[Any]:
        return asyncio.Task(MeasuredCoroutine(coroutine, note, clock), loop=loop, **named)

    asyncio.get_running_loop().set_task_factory(task)


def spare_collector() -> None:
    """Lets the garbage collector run less often, and leave alone what was loaded until now, which lives as long as the
    process: no thread runs meanwhile."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT)
