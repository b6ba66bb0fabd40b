"""Votes that stand one a row, as columns of numbers: ids are numbered as they come, no row stays a Python object."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from acquis.opinion.sheets import BadFile, Progress, Sheet, header_name, plain
from acquis.opinion.votes import Ints, Votes, votes_from_arrays

Int32s: TypeAlias = np.ndarray[Any, np.dtype[np.int32]]
LARGE = 4_000_000
"""Bytes from which starting pyarrow pays; it takes 0.15 s."""
BLOCK = 1 << 22
CHOICES = {"1": 1, "0": 0, "-1": -1, "1.0": 1, "0.0": 0, "-1.0": -1}
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_TIME = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?")


class Places(NamedTuple):
    """In which column a person, a statement, a vote and (perhaps) the time stand; kinds: kind of constituency ->
    column."""

    person: int
    statement: int
    vote: int
    when: int | None
    kinds: dict[str, int]


def is_number(text: str) -> bool:
    """Whether an id is a whole number plainly written: "7", not "007" or "7.0"."""
    return _NUMBER.fullmatch(text) is not None


class Numbers(dict[str, int]):
    """Cell -> number, given at first sight from 0 on. ids: id -> number. An empty id raises ValueError."""

    SMALL = 1 << 24
    """Whole numbers below it have their numbers in one table, of 128 MB at most."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: dict[str, int] = {}
        self._of_small: Int32s = np.full(1, -1, np.int32)

    def __missing__(self, cell: str) -> int:
        if not (clean := plain(cell)):
            raise ValueError("an id is empty")
        self[cell] = number = self.ids.setdefault(clean, len(self.ids))
        return number

    def of_small(self, ids: Ints) -> Int32s:
        """The numbers of ids that are whole numbers from 0 to SMALL."""
        if (short := int(ids.max()) + 1 - len(self._of_small)) > 0:
            self._of_small = np.append(self._of_small, np.full(short + len(self._of_small), -1, np.int32))
        new = np.zeros(len(self._of_small), np.bool_)
        new[ids[self._of_small[ids] < 0]] = True
        for one in np.flatnonzero(new).tolist():
            self._of_small[one] = self[str(one)]
        found: Int32s = self._of_small[ids]
        return found

    def in_order(self) -> tuple[list[Hashable], Int32s]:
        """The ids sorted, as int where all are whole numbers and as str otherwise; and each number's place there."""
        ids: list[Any] = list(self.ids)
        if all(map(is_number, ids)):
            ids = [int(text) for text in ids]
        order = sorted(range(len(ids)), key=ids.__getitem__)
        place = np.zeros(len(ids), np.int32)
        place[order] = np.arange(len(ids), dtype=np.int32)
        return [ids[number] for number in order], place


class Columns:
    """Votes as they are read: numbers of people and of statements, choices, and when. said: kind of constituency ->
    number of a person -> the time and what was declared last."""

    def __init__(self) -> None:
        self.people, self.statements = Numbers(), Numbers()
        self.said: dict[str, dict[int, tuple[float, str]]] = {}
        self._parts: tuple[list[Any], ...] = ([], [], [], [])

    def __len__(self) -> int:
        return sum(map(len, self._parts[2]))

    def add(self, person: Any, statement: Any, choice: Any, when: Any = None) -> None:
        """More votes: sequences of equal length; when: int64 or float64, or None if the file knows no times."""
        for parts, values, kind in zip(self._parts, (person, statement, choice, when), ("i4", "i4", "i1", None)):
            if values is not None:
                parts.append(np.asarray(values, kind))

    def votes(self) -> Votes:
        """The last vote of each person on each statement. The columns are used up by it."""
        people, person_place = self.people.in_order()
        statements, statement_place = self.statements.in_order()
        person, statement = person_place[_joined(self._parts[0])], statement_place[_joined(self._parts[1])]
        choice, when = _joined(self._parts[2]), _joined(self._parts[3])
        in_time = not len(when) or not (when[1:] < when[:-1]).any()
        return votes_from_arrays(person, statement, choice, None if in_time else when, people, statements)


def _joined(parts: list[Any]) -> np.ndarray[Any, Any]:
    found = np.concatenate(parts) if parts else np.zeros(0, np.int8)
    parts.clear()
    return found


# --- CSV --------------------------------------------------------------------------------------------------------------


def long_columns(sheet: Sheet, places: Places, progress: Progress | None = None) -> Columns:
    """Votes from a CSV with one in each row. Raises BadFile, which names the line.

    Files from 4 MB go through pyarrow where it is installed (the extra `parquet`) and they carry no declared groups;
    all others, and those that pyarrow stumbles over, through the csv module. Held are 17 bytes a row and each id once.
    On two slow cores, to read: 2 million rows a second, through the csv module 0.4 million. 5 million rows took 370 MB
    at the peak (150 MB through the csv module), 50 million 1.2 GB; making `Votes` of rows that are not in the order of
    time takes up to 64 bytes a row for a moment (3.2 GB for 50 million).
    """
    if sheet.size >= LARGE and not places.kinds and (found := _csv_by_arrow(sheet, places, progress)) is not None:
        return found
    found = Columns()
    for line, rows in sheet.chunks(progress):
        try:
            _add_chunk(found, list(zip(*rows, strict=True)), places, len(sheet.names))
        except (ValueError, KeyError, OverflowError):  # something in it is wrong, or only unusual: row by row
            if mended := [_mended(sheet, places, at, row) for at, row in sheet.checked(line, rows)]:
                _add_chunk(found, list(zip(*mended)), places, len(sheet.names))
    return found


def _add_chunk(found: Columns, cells: list[tuple[str, ...]], places: Places, width: int) -> None:
    if len(cells) != width:
        raise ValueError("rows longer or shorter than the header")
    choice = list(map(CHOICES.__getitem__, cells[places.vote]))
    when = None if places.when is None else _times(cells[places.when])
    person = list(map(found.people.__getitem__, cells[places.person]))
    found.add(person, list(map(found.statements.__getitem__, cells[places.statement])), choice, when)
    for kind, place in places.kinds.items():
        said = found.said.setdefault(kind, {})
        for number, at, cell in zip(person, [0.0] * len(person) if when is None else when.tolist(), cells[place]):
            if cell.strip() and at >= said.get(number, (at, ""))[0]:
                said[number] = (at, cell)


def _times(cells: Sequence[str]) -> np.ndarray[Any, Any]:
    try:
        return np.array(list(map(int, cells)), np.int64)
    except ValueError:
        if all(map(_TIME.fullmatch, cells)):
            return np.array(list(map(float, cells)))
        raise


def _mended(sheet: Sheet, places: Places, line: int, row: list[str]) -> list[str]:
    """The row without blanks around its cells; raises BadFile for what cannot be read."""
    row = [cell.strip() for cell in row]
    for place in (places.person, places.statement):
        if not plain(row[place]):
            raise sheet.bad(line, f"the {sheet.cells[place]} is empty")
    if row[places.vote] not in CHOICES:
        raise sheet.bad(line, f"the vote is {row[places.vote][:40]!r}; it must be 1 (agree), 0 (pass) or -1 (disagree)")
    if places.when is not None:
        when = row[places.when]
        if not _TIME.fullmatch(when) or abs(float(when)) >= 2**63:
            raise sheet.bad(line, f"the {sheet.cells[places.when]} is {when[:40]!r}; it must be a number in full")
    return row


def _csv_by_arrow(sheet: Sheet, places: Places, progress: Progress | None) -> Columns | None:
    """None where pyarrow is not installed or stumbles; the other reader then finds out on which line."""
    try:
        import pyarrow as pa  # noqa: PLC0415  # an extra
        import pyarrow.csv as arrow  # noqa: PLC0415  # an extra
    except ImportError:
        return None
    wanted = [str(place) for place in places[:4] if place is not None]
    read = arrow.ReadOptions(
        block_size=BLOCK, skip_rows=sheet.line, column_names=[str(number) for number in range(len(sheet.names))]
    )
    convert = arrow.ConvertOptions(
        column_types=dict(zip(wanted, ("string", "string", "int8", "int64"))), include_columns=wanted, null_values=[]
    )
    parse, found = arrow.ParseOptions(delimiter=sheet.separator), Columns()
    try:
        with sheet.path.open("rb") as file, arrow.open_csv(file, read, parse, convert) as batches:
            for batch in batches:
                _add_batch(found, batch.columns)
                if progress:
                    progress(file.tell(), sheet.size)
    except (pa.ArrowException, ValueError):
        return None
    return found


# --- Parquet ----------------------------------------------------------------------------------------------------------


def parquet_columns(path: Path, names: Sequence[Sequence[str]], progress: Progress | None = None) -> Columns:
    """Votes from a Parquet file. names: what the columns of person, statement, vote and time may be called; the last
    may be absent. Raises BadFile, which names the row, counted from 1."""
    try:
        import pyarrow as pa  # noqa: PLC0415  # an extra
        import pyarrow.parquet as parquet  # noqa: PLC0415  # an extra
    except ImportError:
        raise BadFile(f"{path.name}: reading Parquet needs pyarrow; install acquis[parquet].") from None
    try:
        with parquet.ParquetFile(path) as file:
            wanted = _wanted(path, {header_name(name): name for name in file.schema_arrow.names}, names)
            found, rows = Columns(), file.metadata.num_rows
            for batch in file.iter_batches(1 << 18, columns=wanted):
                _add_parquet(found, [batch.column(name) for name in wanted], path.name)
                if progress:
                    progress(path.stat().st_size * len(found) // rows, path.stat().st_size)
    except pa.ArrowException as error:
        reason = str(error).splitlines()[0]
        raise BadFile(f"{path.name}: not readable as Parquet ({reason}); write the file again.") from None
    return found


def _wanted(path: Path, columns: dict[str, str], names: Sequence[Sequence[str]]) -> list[str]:
    found = [next((columns[name] for name in of_one if name in columns), None) for of_one in names]
    if None in found[:3]:
        listed = ", ".join(list(columns)[:8])
        raise BadFile(
            f"{path.name}: has the columns {listed}; name those of the votes participant, statement, vote and, where "
            "there are times, timestamp or seq."
        )
    return [name for name in found if name is not None]


def _add_parquet(found: Columns, columns: list[Any], name: str) -> None:
    before = len(found)
    try:
        _add_batch(found, [_id(columns[0]), _id(columns[1]), columns[2].cast("int8"), *map(_time, columns[3:])])
    except ValueError as error:  # pyarrow's, too
        for row, cells in enumerate(zip(*(column.to_pylist() for column in columns)), before + 1):
            if any(cell is None or cell == "" for cell in cells):
                raise BadFile(f"{name}, row {row}: a cell is empty; fill it or leave the row out.") from None
            if str(cells[2]) not in CHOICES:
                raise BadFile(f"{name}, row {row}: the vote is {cells[2]!r}; it must be 1, 0 or -1.") from None
        reason = str(error).splitlines()[0]
        raise BadFile(f"{name}, from row {before + 1} on: {reason}; write the file again.") from None


def _id(column: Any) -> Any:
    """Whole numbers that stand there as floats, as notebooks write them, are whole numbers."""
    return column.cast("int64") if column.type in ("float", "double") else column


def _time(column: Any) -> Any:
    return column if column.type in ("float", "double") else column.cast("int64")


def _add_batch(found: Columns, columns: Sequence[Any]) -> None:
    """Votes from pyarrow's arrays of a person, a statement, a vote and perhaps a time. Raises ValueError."""
    person, statement, vote, *when = columns
    if any(column.null_count for column in columns):
        raise ValueError("a cell is empty")
    choice = vote.to_numpy(zero_copy_only=False)
    if len(choice) and (choice.min() < -1 or choice.max() > 1):
        raise ValueError("a vote is none")
    numbered = _numbered(person, found.people), _numbered(statement, found.statements)
    times = when[0].to_numpy(zero_copy_only=False) if when else None
    if times is not None and not np.isfinite(times).all():
        raise ValueError("a time is no number")
    found.add(*numbered, choice, times)


def _numbered(column: Any, numbers: Numbers) -> Int32s:
    """Whole numbers up to `Numbers.SMALL` through one table for all; other ids through those of this batch."""
    whole = _whole(column)
    if whole is not None and len(whole) and whole.min() >= 0 and whole.max() < numbers.SMALL:
        return numbers.of_small(whole)
    encoded = column if hasattr(column, "dictionary") else column.dictionary_encode()
    number = np.array([numbers[str(one)] for one in encoded.dictionary.to_pylist()], np.int32)
    found: Int32s = number[encoded.indices.to_numpy(zero_copy_only=False)]
    return found


def _whole(column: Any) -> Ints | None:
    """The ids as numbers where that is how all of them are written."""
    try:
        numbers = column.cast("int64")
    except ValueError:
        return None
    same = column.type not in ("string", "large_string") or numbers.cast(column.type).equals(column)
    found: Ints | None = numbers.to_numpy() if same else None
    return found
