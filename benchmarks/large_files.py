"""How long the whole command takes for files with millions of votes: five million as CSV, fifty million as Parquet."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as arrow
import pyarrow.csv
import pyarrow.parquet

from benchmarks.opinion import LARGEST, ROOT, SYNTHETIC, environment, line, synthetic

PROGRAM = [sys.executable, "-c", "from acquis.cli import main; main()", "opinion"]
BEGAN_MS = 1_700_000_000_000


class Cost(NamedTuple):
    """Of a process: seconds on the clock, seconds of processor time, and its peak of memory in MB (10^6 bytes)."""

    clock_s: float
    cpu_s: float
    mb: float


def table(longest: bool = True) -> str:
    """A row for each file, beside a program that only reads its columns with pyarrow."""
    rows = ["## Large files", "", "| votes | clock, s | CPU s | MB | columns only, clock, s | aim | met |"]
    rows.append("| --- |" + " ---: |" * 4 + " --- | --- |")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        five = _written(folder / "votes.csv", SYNTHETIC[-1])
        rows.append(_row("5 million of 100,000 people, CSV", five, ["--out", str(folder / "out")], 8, None))
        five.unlink()
        if longest:
            fifty = _written(folder / "votes.parquet", LARGEST)
            rows.append(_row("50 million of 1,000,000 people, Parquet, printed only", fifty, [], 30, 1500))
    return "\n".join(rows) + "\n"


def _written(path: Path, size: tuple[int, int, int]) -> Path:
    """The file, written by a process of its own: the system counts the memory of a parent as that of its children."""
    writer = multiprocessing.get_context("spawn").Process(target=write, args=(path, size))
    writer.start()
    writer.join()
    if writer.exitcode:
        raise SystemExit(f"{path} was not written")
    return path


def write(path: Path, size: tuple[int, int, int]) -> None:
    """Made votes in order of time, as a file of the form that the end of its name says."""
    made = synthetic(*size)
    columns = {
        "timestamp": BEGAN_MS + 10 * np.arange(len(made["person"]), dtype=np.int64),
        "comment-id": made["statement"],
        "voter-id": made["person"],
        "vote": made["choice"],
    }
    written = arrow.table(columns)
    if path.suffix == ".csv":
        pyarrow.csv.write_csv(written, path)
    else:
        pyarrow.parquet.write_table(written, path)


def cost(command: list[str]) -> Cost:
    """What a process costs that ends well; the second of two runs, for which everything is compiled."""
    for _ in range(2):
        began = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT, env=environment()) as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{command} ended with {process.returncode}")
        clock_s = time.perf_counter() - began
    return Cost(clock_s, used.ru_utime + used.ru_stime, used.ru_maxrss * 1.024 / 1e3)


def _row(what: str, path: Path, more: list[str], aim_s: int, aim_mb: int | None) -> str:
    module = "csv" if path.suffix == ".csv" else "parquet"
    read = f"import pyarrow.{module} as form; form.read_{'csv' if module == 'csv' else 'table'}({str(path)!r})"
    whole, limit = cost([*PROGRAM, str(path), *more]), cost([sys.executable, "-c", read])
    reached = whole.clock_s <= aim_s and (aim_mb is None or whole.mb <= aim_mb)
    aim = f"{aim_s} s" + (f", {aim_mb:,} MB" if aim_mb else "")
    cells = (whole.clock_s, whole.cpu_s, f"{whole.mb:,.0f}", limit.clock_s, aim, "yes" if reached else "NO")
    return line(what, *cells)
