"""Columns of numbers that grow while a file is read, without being held twice."""

from __future__ import annotations

from typing import Any

import numpy as np

GROWTH = 1 << 22
"""The most rows by which a column grows ahead of need."""


class GrowingColumn:
    """Numbers of one kind in an array that grows where it is, so that they are not held twice and leave no gaps between
    what is freed."""

    def __init__(self, kind: Any) -> None:
        self._cells, self._used = np.empty(0, kind), 0

    def __len__(self) -> int:
        return self._used

    @property
    def kind(self) -> Any:
        """The type of the numbers."""
        return self._cells.dtype

    @property
    def cells(self) -> np.ndarray[Any, Any]:
        """The numbers so far; the array must not be kept."""
        return self._cells[: self._used]

    def extend(self, numbers: np.ndarray[Any, Any]) -> None:
        """Append numbers. Of those that are too large for the kind, the last bits are kept."""
        begin, size = self._used, len(self._cells)
        self._used += len(numbers)
        if self._used > size:
            self._cells.resize(max(self._used, size + min(size, GROWTH)), refcheck=False)
        self._cells[begin : self._used] = numbers

    def exchange(self, place: np.ndarray[Any, Any]) -> None:
        """Put the place of each number where the number is."""
        for begin in range(0, self._used, GROWTH):
            part = self.cells[begin : begin + GROWTH]
            part[:] = place[part]

    def converted(self, kind: Any, more: int = 0) -> GrowingColumn:
        """Another column with `more` than these numbers."""
        other = GrowingColumn(kind)
        other.extend(self.cells.astype(kind) + more)
        return other

    def taken(self) -> np.ndarray[Any, Any]:
        """The numbers, which the column gives up."""
        numbers, self._cells = self._cells, np.empty(0, self.kind)
        numbers.resize(self._used, refcheck=False)
        self._used = 0
        return numbers


class Times:
    """The times of votes in the order of the rows. Whole numbers that are near each other take four bytes instead of
    eight: they are kept as the distance from the earliest."""

    def __init__(self) -> None:
        self._column = GrowingColumn(np.uint32)
        self._earliest = self._latest = 0
        self._before: Any = None
        self._in_order = True

    def extend(self, times: np.ndarray[Any, Any]) -> None:
        """Append times: int64 or float64."""
        if not len(times):
            return
        if self._before is None:
            self._before = times[0]
            self._earliest = self._latest = int(times[0])
        self._in_order = bool(self._in_order and self._before <= times[0] and (times[1:] >= times[:-1]).all())
        self._before = times[-1]
        if self._column.kind == np.uint32 and not self._is_near(times):
            self._column, self._earliest = self._column.converted(np.int64, self._earliest), 0
        if self._column.kind == np.int64 and times.dtype.kind == "f":
            self._column = self._column.converted(np.float64)
        self._column.extend(times - self._earliest)

    def _is_near(self, times: np.ndarray[Any, Any]) -> bool:
        """Whether four bytes are enough for these times too; the distances are then from the earliest of all."""
        if times.dtype.kind != "i":
            return False
        earliest, latest = min(self._earliest, int(times.min())), max(self._latest, int(times.max()))
        if latest - earliest >= 1 << 32:
            return False
        if earliest < self._earliest:
            cells = self._column.cells
            cells += np.uint32(self._earliest - earliest)
        self._earliest, self._latest = earliest, latest
        return True

    def taken(self) -> np.ndarray[Any, Any] | None:
        """The times, or their distances; None if the rows are in order of time. They are given up."""
        times = self._column.taken()
        return None if self._in_order else times
