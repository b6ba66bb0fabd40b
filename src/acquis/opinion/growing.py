"""Columns of numbers that grow while a file is read, without a second copy in memory."""

from __future__ import annotations

from typing import Any

import numpy as np

GROWTH = 1 << 22
"""The most rows by which a column is enlarged ahead of need."""


class GrowingColumn:
    """Numbers of one type in an array that is enlarged in place, so that no copies or gaps use memory."""

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
        """The numbers so far, as a view that is valid until the next `extend`."""
        return self._cells[: self._used]

    def extend(self, numbers: np.ndarray[Any, Any]) -> None:
        """Appends numbers. Of numbers that are too large for the type, the low bits are kept."""
        begin, size = self._used, len(self._cells)
        self._used += len(numbers)
        if self._used > size:
            self._cells.resize(max(self._used, size + min(size, GROWTH)), refcheck=False)
        self._cells[begin : self._used] = numbers

    def exchange(self, place: np.ndarray[Any, Any]) -> None:
        """Replaces each number i by place[i]."""
        for begin in range(0, self._used, GROWTH):
            part = self.cells[begin : begin + GROWTH]
            part[:] = place[part]

    def converted(self, kind: Any, more: int = 0) -> GrowingColumn:
        """A column of another type with these numbers, increased by `more`."""
        other = GrowingColumn(kind)
        other.extend(self.cells.astype(kind) + more)
        return other

    def taken(self) -> np.ndarray[Any, Any]:
        """Returns the numbers and empties the column."""
        numbers, self._cells = self._cells, np.empty(0, self.kind)
        numbers.resize(self._used, refcheck=False)
        self._used = 0
        return numbers


class Times:
    """The times of votes in the order of the rows. Whole numbers within a range of 2³² are stored in four bytes, as the
    distance from the earliest."""

    def __init__(self) -> None:
        self._column = GrowingColumn(np.uint32)
        self._earliest = self._latest = 0
        self._before: Any = None
        self._in_order = True

    def extend(self, times: np.ndarray[Any, Any]) -> None:
        """Appends times (int64 or float64)."""
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
        """Whether these times fit into four bytes too. If so, all distances are updated to the new earliest time."""
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
        """Returns the times, or their distances from the earliest, and empties the column. None if the rows are in
        order of time."""
        times = self._column.taken()
        return None if self._in_order else times
