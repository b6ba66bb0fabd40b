"""The tables of people and of statements of an opinion map as CSV and Parquet."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np

from acquis.documents.parquet import parquet_bytes
from acquis.documents.rows import written_columns
from acquis.opinion.reading import Table


def write_tables(folder: Path, **tables: Table) -> list[str]:
    """Write tables into a folder; the names of the files, which begin with those of the tables."""
    files = []
    for name, table in tables.items():
        for ending, content in (("csv", table_csv(table)), ("parquet", parquet_bytes(table))):
            (folder / f"{name}.{ending}").write_bytes(content)
            files.append(f"{name}.{ending}")
    return files


def table_csv(table: Table) -> bytes:
    """CSV in UTF-8; an empty cell where there is no value (NaN)."""
    return written_columns({name: _cells(values) for name, values in table.items()})


def _cells(values: Any) -> list[Any]:
    cells = values.tolist() if isinstance(values, np.ndarray) else list(values)
    return ["" if isinstance(cell, float) and math.isnan(cell) else cell for cell in cells]
