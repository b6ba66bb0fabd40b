"""The tables of people and of statements of an opinion map as CSV and Parquet."""

from __future__ import annotations

import io
import math
from pathlib import Path
from typing import Any

import numpy as np

from acquis.documents.rows import written_columns
from acquis.opinion.reading import Table


def write_tables(folder: Path, **tables: Table) -> list[str]:
    """Write tables into a folder; the names of the files, which begin with those of the tables."""
    files = []
    for name, table in tables.items():
        for ending, content in (("csv", table_csv(table)), ("parquet", table_parquet(table))):
            if content is not None:
                (folder / f"{name}.{ending}").write_bytes(content)
                files.append(f"{name}.{ending}")
    return files


def table_csv(table: Table) -> bytes:
    """CSV in UTF-8; an empty cell where there is no value (NaN)."""
    return written_columns({name: _cells(values) for name, values in table.items()})


def _cells(values: Any) -> list[Any]:
    cells = values.tolist() if isinstance(values, np.ndarray) else list(values)
    return ["" if isinstance(cell, float) and math.isnan(cell) else cell for cell in cells]


def table_parquet(table: Table) -> bytes | None:
    """Parquet with the same columns; None if pyarrow is not installed (the extra `parquet`)."""
    try:
        import pyarrow as arrow  # noqa: PLC0415  # an extra
        import pyarrow.parquet as parquet  # noqa: PLC0415  # an extra
    except ImportError:
        return None
    out = io.BytesIO()
    columns = [_column(arrow, values) for values in table.values()]
    parquet.write_table(arrow.Table.from_arrays(columns, list(table)), out)
    return out.getvalue()


def _column(arrow: Any, values: Any) -> Any:
    """A column of whole numbers or fractions, or of texts: ids of several types are written as text, because a column
    of Parquet has one type. It is made from its bytes, because `pyarrow.array` loads pandas where that is installed,
    which takes longer than everything else."""
    numbers = np.array(values) if {type(value) for value in values} <= {int, float} else values
    if isinstance(numbers, np.ndarray) and numbers.dtype.kind in "if":
        kind = arrow.from_numpy_dtype(numbers.dtype)
        return arrow.Array.from_buffers(kind, len(numbers), [None, arrow.py_buffer(np.ascontiguousarray(numbers))])
    texts = [str(value).encode() for value in values]
    ends = np.cumsum([0, *map(len, texts)]).astype(np.int32)
    buffers = [None, arrow.py_buffer(ends), arrow.py_buffer(b"".join(texts))]
    return arrow.Array.from_buffers(arrow.string(), len(texts), buffers)
