"""The rows of a table of the state, which its snapshots share: a row is copied when it changes after a snapshot.

So a snapshot costs one copy of the table, in which nothing is done for each row, and a change costs one row at most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Self, TypeVar

import msgspec

from acquis.state.snapshots import copier_of, copies

AT_ONCE = 4_000
"""How many rows `separated` copies in a step."""
Key = TypeVar("Key")
Row = TypeVar("Row", bound=msgspec.Struct)


class SharedRows(dict[Key, Row]):
    """Key -> row. Whoever changes a row takes it from `edit`, because any other may belong to snapshots too."""

    __slots__ = ("_own",)

    def __init__(self, rows: dict[Key, Row] | None = None) -> None:
        super().__init__({} if rows is None else rows)
        self._own: set[Key] | None = None
        """The keys of the rows that no snapshot has; None: all, because there was none."""

    def __setitem__(self, key: Key, row: Row) -> None:
        super().__setitem__(key, row)
        if self._own is not None:
            self._own.add(key)

    def __copy__(self) -> Self:
        """A table of the same rows, which belong to neither from now on."""
        copied = type(self)(self)
        copied._own, self._own = set(), set()
        return copied

    def edit(self, key: Key) -> Row:
        """The row of a key, to be changed in place. Raises KeyError."""
        row = self[key]
        if self._own is None or key in self._own:
            return row
        kind: Any = type(row)
        if (copier := copier_of(kind)) is not None:
            row = self[key] = copier(row)
        return row

    def edit_all(self, keys: Iterable[Key]) -> list[Row]:
        """The rows of many keys, as `edit` gives each. Raises KeyError."""
        wanted = [*keys]
        if self._own is not None and not self._own.issuperset(wanted):
            shared = [key for key in wanted if key not in self._own]
            self.update(zip(shared, copies([self[key] for key in shared]), strict=True))
            self._own.update(shared)
        return [*map(self.__getitem__, wanted)]

    def shared(self) -> list[Key]:
        """The keys of the rows that snapshots may have, too."""
        return [] if self._own is None else [key for key in self if key not in self._own]


def separated(state: msgspec.Struct) -> Iterator[None]:
    """Copies the rows of a state that snapshots share, some in each step, so that a change of all of them takes less
    time in one piece. What happens between the steps does no harm."""
    for name in state.__struct_fields__:
        table = getattr(state, name)
        if isinstance(table, SharedRows):
            keys = table.shared()
            for first in range(0, len(keys), AT_ONCE):
                table.edit_all(key for key in keys[first : first + AT_ONCE] if key in table)
                yield
