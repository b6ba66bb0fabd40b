"""Writes a table as a Parquet file (format 2, thrift compact protocol): one row group, one uncompressed page of plain
values for each column, no value missing. Any program that reads Parquet reads it, and nothing has to be loaded to write
it; the extra `parquet` is needed for reading only.

Format: https://parquet.apache.org/docs/file-format/"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

Value: TypeAlias = "bytes | tuple[int, int] | list[Value] | dict[int, Value]"
"""Of a field: a text; the type and the number; the values of a list; or the fields of a structure by their numbers."""
INT32, INT64, BINARY, LIST, STRUCTURE = 5, 6, 8, 9, 12
"""The types of the compact protocol that are used."""
WHOLE, FRACTION, TEXT = 2, 5, 6
"""The types of a column: 64-bit whole numbers, double precision, bytes."""
MARK = b"PAR1"


def parquet_bytes(table: Mapping[str, Any]) -> bytes:
    """The file of a table: column name -> the values, an array or a list, all of one length. A column of whole numbers
    or fractions stays one; anything else becomes text, because a column of Parquet has one type."""
    rows = len(next(iter(table.values()), ()))
    content = bytearray(MARK)
    chunks: list[Value] = []
    columns: list[Value] = []
    for name, values in table.items():
        kind, plain = _plain(values)
        counted: dict[int, Value] = {1: (INT32, rows), 2: _number(0), 3: _number(3), 4: _number(3)}
        page = _structure({1: _number(0), 2: _number(len(plain)), 3: _number(len(plain)), 5: counted}) + plain
        begin = (INT64, len(content))
        size = (INT64, len(page))
        described: dict[int, Value] = {
            1: _number(kind),
            2: [_number(0), _number(3)],
            3: [name.encode()],
            4: _number(0),
            5: (INT64, rows),
            6: size,
            7: size,
            9: begin,
        }
        chunks.append({2: begin, 3: described})
        named: dict[int, Value] = {1: _number(kind), 3: _number(0), 4: name.encode()}
        columns.append({**named, 6: _number(0), 10: {1: {}}} if kind == TEXT else named)
        content += page
    root: dict[int, Value] = {4: b"schema", 5: _number(len(columns))}
    group: dict[int, Value] = {1: chunks, 2: (INT64, len(content) - len(MARK)), 3: (INT64, rows)}
    foot = _structure({1: _number(2), 2: [root, *columns], 3: (INT64, rows), 4: [group], 6: b"acquis"})
    return bytes(content) + foot + struct.pack("<I", len(foot)) + MARK


def _plain(values: Sequence[Any] | np.ndarray[Any, Any]) -> tuple[int, bytes]:
    """The type of a column, and its values as the encoding PLAIN has them."""
    numbers = np.array(values) if {type(value) for value in values} <= {int, float} else values
    if isinstance(numbers, np.ndarray) and numbers.dtype.kind in "if":
        whole = numbers.dtype.kind == "i"
        return (WHOLE, numbers.astype("<i8").tobytes()) if whole else (FRACTION, numbers.astype("<f8").tobytes())
    texts = [str(value).encode() for value in values]
    return TEXT, b"".join(struct.pack("<I", len(text)) + text for text in texts)


def _number(value: int) -> tuple[int, int]:
    return INT32, value


def _structure(fields: Mapping[int, Value]) -> bytes:
    """A structure: before each field the distance of its number from that of the field before it, and its type."""
    content, before = bytearray(), 0
    for number, value in fields.items():
        content.append((number - before) << 4 | _type(value))
        content += _encoded(value)
        before = number
    return bytes(content) + b"\0"


def _type(value: Value) -> int:
    if isinstance(value, tuple):
        return value[0]
    return BINARY if isinstance(value, bytes) else LIST if isinstance(value, list) else STRUCTURE


def _encoded(value: Value) -> bytes:
    if isinstance(value, tuple):
        return _variable(value[1] << 1)  # zigzag: no number here is negative
    if isinstance(value, bytes):
        return _variable(len(value)) + value
    if isinstance(value, dict):
        return _structure(value)
    short = len(value) < 15
    head = bytes([min(len(value), 15) << 4 | _type(value[0])]) + (b"" if short else _variable(len(value)))
    return head + b"".join(map(_encoded, value))


def _variable(value: int) -> bytes:
    """A whole number in groups of seven bits, the lowest first."""
    content = bytearray()
    while value > 0x7F:
        content.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*content, value])
