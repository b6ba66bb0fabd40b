"""Notes it when a thread is given, or reads, what the event loop changes: the state of a session, its tables, and the
rows that no snapshot shares."""

from __future__ import annotations

import asyncio
import functools
import inspect
import threading
import traceback
from asyncio.base_events import BaseEventLoop
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from types import CellType, FunctionType, GeneratorType, MethodType
from typing import Any

import msgspec
import pytest

from acquis.board import Board
from acquis.state import Hand, Question, State, Statement, Turn
from acquis.state.rows import SharedRows

_get = object.__getattribute__
_ROWS = (Hand, Question, Statement, Turn)
"""The classes of rows that are watched when they are read."""
_VALUES = (str, bytes, int, float, type(None), type)


class ThreadGuard:
    """Watches the sessions of a board. `touched`: what was done that no thread may do, and where."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self.touched: list[str] = []
        self.given = 0
        """How often work was given to a thread."""
        self._watching = threading.local()

    def _states(self) -> list[State]:
        return [session._state for session in self._board.opened()]

    def _live(self) -> dict[int, str]:
        """Id of an object that the loop changes -> where it is in a state."""
        found: dict[int, str] = {}
        for state in self._states():
            found[id(state)] = "the state"
            for name in State.__struct_fields__:
                _changing(_get(state, name), name, found)
        return found

    def _is_live(self, of: Any) -> bool:
        """Whether an object is a live state, another one with its tables, or a row of one that no snapshot has."""
        for state in self._states():
            if isinstance(of, State):
                if _get(of, "questions") is _get(state, "questions"):
                    return True
                continue
            for name in ("hands", "questions", "statements", "turns"):
                table = _get(state, name)
                seq = _get(of, "seq")
                if dict.get(table, seq) is of and (table._own is None or seq in table._own):
                    return True
        return False

    def read(self, of: Any, name: str) -> Any:
        """What reads an attribute while the guard is on."""
        thread, quiet = threading.current_thread(), getattr(self._watching, "quiet", False)
        works = thread is not threading.main_thread() and thread.name.startswith(("asyncio_", "transcripts", "index"))
        if works and not quiet and not name.startswith("__"):
            self._watching.quiet = True
            try:
                if self._is_live(of):
                    self._note(f"{type(of).__name__}.{name} was read")
            finally:
                self._watching.quiet = False
        return _get(of, name)

    def give(self, work: tuple[Any, ...]) -> None:
        """Note what of the work for a thread is live."""
        self.given += 1
        live = self._live()
        for path in sorted({live[id(thing)] for thing in _reached(work) if id(thing) in live}):
            self._note(f"{path} was given to a thread")

    def _note(self, what: str) -> None:
        frames = [frame for frame in traceback.extract_stack() if "/acquis/" in frame.filename]
        where = f"{frames[-1].filename.rpartition('/acquis/')[2]}:{frames[-1].lineno}" if frames else "a test"
        self.touched.append(f"{what} at {where}")


def _changing(value: Any, path: str, found: dict[int, str]) -> None:
    """The objects in a part of a state that change in place."""
    if isinstance(value, SharedRows):
        own = value._own
        found |= {id(row): f"{path}.{key}" for key, row in value.items() if own is None or key in own}
    elif isinstance(value, dict):
        for key, row in value.items():
            _changing(row, f"{path}.{key}", found)
    elif isinstance(value, list):
        for place, row in enumerate(value):
            _changing(row, f"{path}.{place}", found)
    elif isinstance(value, msgspec.Struct) and not value.__struct_config__.frozen:
        for name in value.__struct_fields__:
            _changing(_get(value, name), f"{path}.{name}", found)
    elif not isinstance(value, set | bytearray):
        return
    found[id(value)] = path


def _reached(work: Any) -> Iterator[Any]:
    """All that work for a thread has at hand: values, and what is in functions and collections. Objects that only have
    a state somewhere are not looked into: reading it is noticed."""
    seen: dict[int, Any] = {}
    waiting = [work]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, _VALUES) or id(thing) in seen:
            continue
        seen[id(thing)] = thing
        yield thing
        waiting += _inside(thing)


def _inside(thing: Any) -> list[Any]:
    if isinstance(thing, functools.partial):
        return [thing.func, *thing.args, *thing.keywords.values()]
    if isinstance(thing, FunctionType):
        return [*(thing.__closure__ or ()), *(thing.__defaults__ or ())]
    if isinstance(thing, CellType):
        return [thing.cell_contents]
    if isinstance(thing, MethodType):
        return [thing.__func__] if not isinstance(thing.__self__, msgspec.Struct) else [thing.__self__]
    if isinstance(thing, GeneratorType):
        return [*inspect.getgeneratorlocals(thing).values()]
    if isinstance(thing, Mapping):
        return [*thing.values()]
    if isinstance(thing, list | tuple | set | frozenset):
        return [*thing]
    if isinstance(thing, msgspec.Struct):
        return [_get(thing, name) for name in thing.__struct_fields__]
    return [_get(thing, field.name) for field in fields(thing)] if is_dataclass(thing) and _plain(thing) else []


def _plain(thing: Any) -> bool:
    """Whether a data class holds data, and not the application with all in it."""
    return not hasattr(thing, "application")


@contextmanager
def guarded(board: Board) -> Iterator[ThreadGuard]:
    """Watches what threads are given and read while sessions of a board go on."""
    guard, given = ThreadGuard(board), BaseEventLoop.run_in_executor

    def run(loop: asyncio.AbstractEventLoop, executor: Any, work: Any, *arguments: Any) -> Any:
        guard.give((work, arguments))
        return given(loop, executor, work, *arguments)  # type: ignore[arg-type]  # the loop of the application

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(BaseEventLoop, "run_in_executor", run)
        for watched in (State, *_ROWS):
            patched.setattr(watched, "__getattribute__", lambda of, name: guard.read(of, name), raising=False)
        yield guard
