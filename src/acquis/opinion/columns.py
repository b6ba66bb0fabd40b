"""Files with one vote in each row, read into columns of numbers. Ids are numbered in order of appearance, and no row is
kept as a Python object."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from acquis.opinion.arrays import Ints
from acquis.opinion.growing import GrowingColumn, Times
from acquis.opinion.sheets import BadFile, Progress, Sheet, header_name, plain
from acquis.opinion.votes import MOST_STATEMENTS, Votes, too_many, votes_from_arrays

Int32s: TypeAlias = np.ndarray[Any, np.dtype[np.int32]]
LARGE = 4_000_000
"""File size in bytes from which reading with pyarrow is faster; importing it takes 0.15 s."""
BLOCK = 1 << 22
CHOICES = {"1": 1, "0": 0, "-1": -1, "1.0": 1, "0.0": 0, "-1.0": -1}
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_TIME = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?")


class Places(NamedTuple):
    """Column numbers of the person, the statement, the vote and, if there is one, the time; kinds: kind of constituency
    -> column number."""

    person: int
    statement: int
    vote: int
    when: int | None
    kinds: dict[str, int]


def is_number(text: str) -> bool:
    """Whether an id is a whole number in canonical form: "7", not "007" or "7.0"."""
    return _NUMBER.fullmatch(text) is not None


class Numbers(dict[str, int]):
    """Cell -> number, assigned from 0 in order of first appearance. ids: id -> number. An empty id raises
    ValueError."""

    SMALL = 1 << 24
    """Ids that are whole numbers below this limit are looked up in one array of at most 128 MB."""

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
        """The numbers of ids that are whole numbers from 0 to SMALL - 1."""
        if (short := int(ids.max()) + 1 - len(self._of_small)) > 0:
            self._of_small = np.append(self._of_small, np.full(short + len(self._of_small), -1, np.int32))
        numbers: Int32s = self._of_small[ids]
        if len(new := np.unique(ids[numbers < 0])):
            self._of_small[new] = [self.ids.setdefault(str(small), len(self.ids)) for small in new.tolist()]
            numbers = self._of_small[ids]
        return numbers


def in_order(texts: Collection[str]) -> tuple[list[Hashable], Int32s]:
    """The sorted ids, as int if all are whole numbers and as str otherwise; and the position of each text in them."""
    ids: list[Any] = list(texts)
    if all(map(_NUMBER.fullmatch, ids)):
        ids = list(map(int, ids))
        order = np.argsort(np.array(ids, np.int64))
    else:
        order = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)
    place = np.zeros(len(ids), np.int32)
    place[order] = np.arange(len(ids), dtype=np.int32)
    return [ids[number] for number in order.tolist()], place


class Columns:
    """Votes while they are read: numbers of people and statements, choices and times. said: kind of constituency ->
    number of a person -> the time and the text of the latest declaration."""

    def __init__(self) -> None:
        self.people, self.statements = Numbers(), Numbers()
        self.said: dict[str, dict[int, tuple[float, str]]] = {}
        self._person, self._statement, self._choice = map(GrowingColumn, (np.int32, np.uint16, np.int8))
        self._times = Times()

    def __len__(self) -> int:
        return len(self._choice)

    def add(self, person: Any, statement: Any, choice: Any, when: Any = None) -> None:
        """Append votes: sequences of equal length; when: int64 or float64, or None if the file has no times."""
        for column, numbers in ((self._person, person), (self._statement, statement), (self._choice, choice)):
            column.extend(np.asarray(numbers))
        if when is not None:
            self._times.extend(when)

    def votes(self, only: Sequence[Hashable] | None = None) -> Votes:
        """The last vote of each person on each statement. only: the statements to keep, in this order, whether they
        occur or not; by default all that occur, in the order of their ids. Empties the columns to save memory. Raises
        ValueError if there are more than MOST_STATEMENTS statements."""
        if len(self.statements.ids) > MOST_STATEMENTS:  # more than two bytes can number, perhaps
            raise too_many(len(self.statements.ids))
        people, place = in_order(self.people.ids)
        self._person.exchange(place)
        statements, place = in_order(self.statements.ids) if only is None else _after(only, self.statements.ids)
        self._statement.exchange(place)
        person, statement, choice = (column.taken() for column in (self._person, self._statement, self._choice))
        votes = votes_from_arrays(person, statement, choice, self._times.taken(), people, statements)
        return votes if only is None else votes.without_statements(statements[len(only) :])


def _after(first: Sequence[Hashable], texts: Collection[str]) -> tuple[list[Hashable], Int32s]:
    """The ids `first` and those of the texts that are not among them; and the position of each text in all of them."""
    places = {str(id): number for number, id in enumerate(first)}
    place = [places.setdefault(text, len(places)) for text in texts]
    return [*first, *list(places)[len(first) :]], np.array(place, np.int32)


# --- CSV --------------------------------------------------------------------------------------------------------------


def long_columns(sheet: Sheet, places: Places, progress: Progress | None = None) -> Columns:
    """Votes from a CSV file with one vote in each row. Raises BadFile, which names the line.

    Files of 4 MB or more without declared groups are read with pyarrow if it is installed (the extra `parquet`). All
    others, and those that pyarrow cannot read, are read with the csv module. Memory: 11 bytes a row and each id once.
    docs/benchmarks.md says how long it takes.
    """
    if sheet.size >= LARGE and not places.kinds and (columns := _csv_by_arrow(sheet, places, progress)) is not None:
        return columns
    columns = Columns()
    for line, rows in sheet.chunks(progress):
        try:
            _add_chunk(columns, list(zip(*rows, strict=True)), places, len(sheet.names))
        except (ValueError, KeyError, OverflowError):  # an invalid or unusual cell: read the chunk row by row
            if mended := [_mended(sheet, places, at, row) for at, row in sheet.checked(line, rows)]:
                _add_chunk(columns, list(zip(*mended)), places, len(sheet.names))
    return columns


def _add_chunk(columns: Columns, cells: list[tuple[str, ...]], places: Places, width: int) -> None:
    if len(cells) != width:
        raise ValueError("rows longer or shorter than the header")
    choice = list(map(CHOICES.__getitem__, cells[places.vote]))
    when = None if places.when is None else _times(cells[places.when])
    person = list(map(columns.people.__getitem__, cells[places.person]))
    columns.add(person, list(map(columns.statements.__getitem__, cells[places.statement])), choice, when)
    for kind, place in places.kinds.items():
        declared = columns.said.setdefault(kind, {})
        for number, at, cell in zip(person, [0.0] * len(person) if when is None else when.tolist(), cells[place]):
            if cell.strip() and at >= declared.get(number, (at, ""))[0]:
                declared[number] = (at, cell)


def _times(cells: Sequence[str]) -> np.ndarray[Any, Any]:
    try:
        return np.array(list(map(int, cells)), np.int64)
    except ValueError:
        if all(map(_TIME.fullmatch, cells)):
            return np.array(list(map(float, cells)))
        raise


def _mended(sheet: Sheet, places: Places, line: int, row: list[str]) -> list[str]:
    """The row with its cells stripped. Raises BadFile if a cell cannot be read."""
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
    """None if pyarrow is not installed or cannot read the file; the csv reader then finds the line of the fault."""
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
        column_types=dict.fromkeys(wanted, pa.string()), include_columns=wanted, null_values=[]
    )
    parse, columns = arrow.ParseOptions(delimiter=sheet.separator), Columns()
    try:
        with sheet.path.open("rb") as file, arrow.open_csv(file, read, parse, convert) as batches:
            for batch in batches:
                _add_batch(columns, [*batch.columns[:3], *map(_time, batch.columns[3:])])
                if progress:
                    progress(file.tell(), sheet.size)
    except (pa.ArrowException, ValueError):
        return None
    return columns


# --- Parquet ----------------------------------------------------------------------------------------------------------


def parquet_columns(path: Path, names: Sequence[Sequence[str]], progress: Progress | None = None) -> Columns:
    """Votes from a Parquet file. names: the accepted column names of person, statement, vote and time; the time may be
    absent. Raises BadFile, which names the row, counted from 1, or the missing extra `parquet`."""
    try:
        import pyarrow as pa  # noqa: PLC0415  # an extra
        import pyarrow.parquet as parquet  # noqa: PLC0415  # an extra
    except ImportError:
        raise BadFile(f"{path.name}: reading Parquet needs pyarrow; install acquis[parquet].") from None
    try:
        with parquet.ParquetFile(path, pre_buffer=False) as file:  # otherwise the whole file is held
            wanted = _wanted(path, {header_name(name): name for name in file.schema_arrow.names}, names)
            columns, rows = Columns(), file.metadata.num_rows
            for batch in file.iter_batches(1 << 18, columns=wanted):
                _add_parquet(columns, [batch.column(name) for name in wanted], path.name)
                if progress:
                    progress(path.stat().st_size * len(columns) // rows, path.stat().st_size)
    except pa.ArrowException as error:
        reason = str(error).splitlines()[0]
        raise BadFile(f"{path.name}: not readable as Parquet ({reason}); write the file again.") from None
    return columns


def _wanted(path: Path, columns: dict[str, str], names: Sequence[Sequence[str]]) -> list[str]:
    present = [next((columns[name] for name in of_one if name in columns), None) for of_one in names]
    if None in present[:3]:
        listed = ", ".join(list(columns)[:8])
        raise BadFile(
            f"{path.name}: has the columns {listed}; name those of the votes participant, statement, vote and, where "
            "there are times, timestamp or seq."
        )
    return [name for name in present if name is not None]


def _add_parquet(table: Columns, columns: list[Any], name: str) -> None:
    before = len(table)
    try:
        _add_batch(table, [_id(columns[0]), _id(columns[1]), columns[2], *map(_time, columns[3:])])
    except ValueError as error:  # includes the errors of pyarrow
        for row, cells in enumerate(zip(*(column.to_pylist() for column in columns)), before + 1):
            if any(cell is None or cell == "" for cell in cells):
                raise BadFile(f"{name}, row {row}: a cell is empty; fill it or leave the row out.") from None
            if str(cells[2]) not in CHOICES:
                raise BadFile(f"{name}, row {row}: the vote is {cells[2]!r}; it must be 1, 0 or -1.") from None
        reason = str(error).splitlines()[0]
        raise BadFile(f"{name}, from row {before + 1} on: {reason}; write the file again.") from None


def _id(column: Any) -> Any:
    """Ids as whole numbers if the column holds floats, as notebooks often write them."""
    return column.cast("int64") if column.type in ("float", "double") else column


def _time(column: Any) -> Any:
    if column.type in ("float", "double"):
        return column
    whole = column.cast("int64")
    if _is_text(column) and (_text(column)[0] > ord("9")).any():
        raise ValueError("a time is no number in full")  # such as 0x10, which pyarrow reads as 16
    return whole


def _choices(column: Any) -> np.ndarray[Any, Any]:
    """The choices of a column of numbers or of the texts 1, 0 and -1. Raises ValueError if there is another one."""
    if not _is_text(column):
        choice: np.ndarray[Any, Any] = column.cast("int8").to_numpy(zero_copy_only=False)
        if len(choice) and (choice.min() < -1 or choice.max() > 1):
            raise ValueError("a vote is none")
        return choice
    signs, edges = _text(column)
    length = np.diff(edges)
    against = length == 2
    if not ((length == 1) | against).all() or (signs[edges[:-1][against]] != ord("-")).any():
        raise ValueError("a vote is none")
    last = signs[edges[1:] - 1]
    if not ((last == ord("1")) | (~against & (last == ord("0")))).all():
        raise ValueError("a vote is none")
    return np.where(against, np.int8(-1), (last - ord("0")).astype(np.int8))


def _is_text(column: Any) -> bool:
    return column.type in ("string", "large_string")


def _text(column: Any) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """The bytes of all texts of a column, and (n + 1,) where each of them begins and ends."""
    _, ends, signs = column.buffers()
    if not len(column) or signs is None:
        return np.zeros(0, np.uint8), np.zeros(len(column) + 1, np.int64)
    wide = np.int64 if column.type == "large_string" else np.int32
    edges = np.frombuffer(ends, wide)[column.offset : column.offset + len(column) + 1]
    return np.frombuffer(signs, np.uint8)[edges[0] : edges[-1]], edges - edges[0]


def _add_batch(table: Columns, columns: Sequence[Any]) -> None:
    """Add votes from pyarrow arrays: person, statement, vote and, optionally, time. Raises ValueError for an invalid
    cell."""
    person, statement, vote, *when = columns
    if any(column.null_count for column in columns):
        raise ValueError("a cell is empty")
    choice = _choices(vote)
    numbered = _numbered(person, table.people), _numbered(statement, table.statements)
    times = when[0].to_numpy(zero_copy_only=False) if when else None
    if times is not None and not np.isfinite(times).all():
        raise ValueError("a time is no number")
    table.add(*numbered, choice, times)


def _numbered(column: Any, numbers: Numbers) -> Int32s:
    """The number of each id: small whole numbers by `Numbers.of_small`, other ids by the dictionary of the batch."""
    whole = _whole(column)
    if whole is not None and len(whole) and whole.min() >= 0 and whole.max() < numbers.SMALL:
        return numbers.of_small(whole)
    encoded = column if hasattr(column, "dictionary") else column.dictionary_encode()
    number = np.array([numbers[str(id)] for id in encoded.dictionary.to_pylist()], np.int32)
    codes: Int32s = number[encoded.indices.to_numpy(zero_copy_only=False)]
    return codes


def _whole(column: Any) -> Ints | None:
    """The ids as whole numbers; None if one of them is not a whole number in canonical form."""
    try:
        whole: Ints = column.cast("int64").to_numpy()
    except ValueError:
        return None
    return whole if not _is_text(column) or _is_canonical(column, whole) else None


def _is_canonical(column: Any, whole: Ints) -> bool:
    """Whether these texts, which were read as whole numbers, are numbers in canonical form and not negative: they hold
    nothing but digits, and no more of them than the numbers need."""
    if not len(column):
        return True
    signs, _ = _text(column)
    digits = len(whole) + sum(
        int(np.count_nonzero(whole >= 10**power)) for power in range(1, len(str(int(whole.max()))))
    )
    return len(signs) == digits and not ((signs < ord("0")) | (signs > ord("9"))).any()
