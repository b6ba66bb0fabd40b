"""The tables of people and of statements of an opinion map as CSV and Parquet."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np

from acquis.documents.tables import written
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
    columns = [_cells(values) for values in table.values()]
    return written(list(table), zip(*columns, strict=True), mark=False)


def _cells(values: Any) -> list[Any]:
    cells = values.tolist() if isinstance(values, np.ndarray) else list(values)
    return ["" if isinstance(cell, float) and np.isnan(cell) else cell for cell in cells]


def table_parquet(table: Table) -> bytes | None:
    """Parquet with the same columns; None if pyarrow is not installed (the extra `parquet`)."""
    try:
        import pyarrow as arrow  # noqa: PLC0415  # an extra
        import pyarrow.parquet as parquet  # noqa: PLC0415  # an extra
    except ImportError:
        return None
    out = io.BytesIO()
    parquet.write_table(arrow.table({name: _column(values) for name, values in table.items()}), out)
    return out.getvalue()


def _column(values: Any) -> Any:
    """Ids of several types in one column are written as text, because a column of Parquet has one type."""
    if isinstance(values, list) and len({type(value) for value in values}) > 1:
        return [str(value) for value in values]
    return values
