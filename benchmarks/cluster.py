"""`acquis opinion FOLDER` of 5, 50 and 500 million votes on each engine: clock, CPU and the memory of each worker, with
the same files to the last bit. Takes ten minutes of processor time, 5 GB of disk and 4 GB of memory; `quick`
leaves out the 500 million, which take most of it.

Nothing holds all votes: each file is made from its number by a process of its own, with all votes of its people. The
folder is deleted at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pyarrow as arrow
import pyarrow.parquet

from benchmarks.large_files import PROGRAM
from benchmarks.opinion import ROOT, environment, line

STATEMENTS, CAMPS, MEAN_VOTES = 500, 3, 50
WORKERS = 2
SIZES = {"5 million": (4, 25_000), "50 million": (10, 100_000), "500 million": (50, 200_000)}
"""The number of files, and of people in each."""
ENGINES = {"5 million": ("one", "process", "dask"), "50 million": ("process", "dask"), "500 million": ("dask",)}
MIXING = 61_803_419
"""A prime number: the rows go through all votes in steps of so many."""
WATCHED_S = 0.2


@dataclass
class Watched:
    """What a command and the processes it started cost: seconds, and peaks of resident memory in MB (10^6 bytes).
    workers: of each process below the command, the largest first. total: of all at the same moment."""

    clock_s: float = 0.0
    cpu_s: float = 0.0
    command: float = 0.0
    total: float = 0.0
    workers: list[float] = field(default_factory=list)


def table(longest: bool = True) -> str:
    """A row for each size and engine. Ends with an error if two engines write files that differ."""
    head = "| votes | files | engine | clock, s | CPU s | MB of the command | of the largest worker | of all at once |"
    rows = ["## A folder of files on several processes", "", head, "| --- | ---: | --- |" + " ---: |" * 5]
    for name, (files, people) in SIZES.items():
        if name == "500 million" and not longest:
            continue
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "votes"
            votes, bytes_ = _written(folder, files, people)
            results = {}
            for engine in ENGINES[name]:
                watched, results[engine] = _run(folder, engine, Path(place) / "out")
                size = f"{votes:,} of {files * people:,} people, {bytes_ / 1e9:.1f} GB"
                largest = f"{max(watched.workers):,.0f}" if engine != "one" else ""
                memory = (f"{watched.command:,.0f}", largest, f"{watched.total:,.0f}")
                rows.append(line(size, files, engine, watched.clock_s, watched.cpu_s, *memory))
                print(rows[-1], file=sys.stderr, flush=True)
        first, *others = results.values()
        if any(other != first for other in others):
            raise SystemExit(f"{name} votes: the files written on {', '.join(results)} differ")
    return "\n".join(rows) + "\n"


def _written(folder: Path, files: int, people: int) -> tuple[int, int]:
    """The numbers of votes and of bytes of the files, each written by the process that makes its votes."""
    folder.mkdir()
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        votes = sum(pool.map(write, [folder] * files, range(files), [people] * files))
    return votes, sum(path.stat().st_size for path in folder.iterdir())


def write(folder: Path, number: int, people: int) -> int:
    """Write the file of this number: people of three camps, their numbers of votes log-normal, their statements at
    equal distances, the votes of all of them mixed. Returns the number of votes."""
    leaning = np.random.default_rng(1).normal(0.3, 1.4, (CAMPS, STATEMENTS))
    random = np.random.default_rng((2, number))
    weight = random.lognormal(0, 0.8, people)
    count = np.clip(np.round(weight / weight.mean() * MEAN_VOTES), 1, STATEMENTS).astype(np.int32)
    row = np.arange(count.sum()) * MIXING % count.sum()
    person = np.repeat(np.arange(people, dtype=np.int32), count)[row]
    turn = row.astype(np.int32) - (np.cumsum(count, dtype=np.int32) - count)[person]
    steps = np.flatnonzero(np.gcd(np.arange(STATEMENTS), STATEMENTS) == 1).astype(np.int32)
    first, step = random.integers(0, STATEMENTS, people, np.int32), random.choice(steps, people)
    statement = (first[person] + turn * step[person]) % STATEMENTS
    agree = (0.88 / (1 + np.exp(-leaning))).astype(np.float32).ravel()
    camp = random.integers(0, CAMPS, people, np.int32) * STATEMENTS
    dice = random.random(len(row), np.float32)
    against = (dice < 0.88).astype(np.int8)
    columns = {
        "participant": number * people + person,
        "statement": statement.astype(np.int16),
        "vote": np.where(dice < agree[camp[person] + statement], np.int8(1), -against),
        "seq": np.arange(len(row), dtype=np.int32),
    }
    pyarrow.parquet.write_table(arrow.table(columns), folder / f"votes-{number:05d}.parquet")
    return len(row)


def _run(folder: Path, engine: str, out: Path) -> tuple[Watched, dict[str, bytes]]:
    """What the command costs, and what it prints and writes."""
    command = [*PROGRAM, str(folder), "--engine", engine, "--workers", str(WORKERS), "--out", str(out)]
    watched, workers, began = Watched(), dict[int, float](), time.perf_counter()
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(command, stdout=said, cwd=ROOT, env=environment()) as process:
            while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
                watched.command = max(watched.command, _memory(process.pid, "VmHWM"))
                below = _below(process.pid)
                workers |= {pid: max(workers.get(pid, 0.0), _memory(pid, "VmHWM")) for pid in below}
                watched.total = max(watched.total, sum(_memory(pid, "VmRSS") for pid in (process.pid, *below)))
                time.sleep(WATCHED_S)
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        watched.clock_s, watched.cpu_s = time.perf_counter() - began, used.ru_utime + used.ru_stime
        watched.workers = sorted(workers.values(), reverse=True)
        if process.returncode:
            raise SystemExit(f"{command} ended with {process.returncode}")
        said.seek(0)
        written = {"": said.read(), **{path.name: path.read_bytes() for path in sorted(out.iterdir())}}
    shutil.rmtree(out)
    return watched, written


def _below(pid: int) -> list[int]:
    """The processes that this one started, and those that they started."""
    try:
        children = [int(child) for path in Path(f"/proc/{pid}/task").iterdir() for child in _children(path)]
    except OSError:  # it has ended
        return []
    return [*children, *(lower for child in children for lower in _below(child))]


def _children(task: Path) -> list[str]:
    return (task / "children").read_text().split()


def _memory(pid: int, name: str) -> float:
    """A line of its status in MB; 0 if the process has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(row.split()[1]) * 1.024 / 1e3 for row in status.splitlines() if row.startswith(name)), 0.0)
