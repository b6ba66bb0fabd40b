"""Measures one conversation in a separate process: `python -m benchmarks.opinion_case votes.npz [plain]`. Prints
JSON."""

from __future__ import annotations

import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from acquis.opinion import LiveSums, areas, fit_axes, representative, structure, votes_from_arrays
from acquis.opinion import compiled as compiled_loops
from acquis.opinion.reading import VoterSubset, one_part, outline


def peak_mb() -> float:
    """The peak memory of this process in MB, without that of its parent process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return float(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1.024 / 1e3


NONE = np.zeros(0, np.int64)
EMPTY = votes_from_arrays(NONE, NONE, NONE)


def whole(data: Any) -> tuple[float, float, VoterSubset]:
    """Compute axes, positions, camps, areas and representative statements from columns, as the pipeline of red-dwarf
    does."""
    began, cpu = time.perf_counter(), time.process_time()
    out = set(data["out"].tolist())
    if len(out):
        votes = votes_from_arrays(data["person"], data["statement"], data["choice"]).without_statements(out)
    else:
        sizes = (int(data["person"].max()) + 1, int(data["statement"].max()) + 1)
        votes = votes_from_arrays(
            data["person"], data["statement"], data["choice"], people=range(sizes[0]), statements=range(sizes[1])
        )
    part = VoterSubset(votes)
    outlined = outline(one_part(part), structure=structure(votes))
    part.positions(outlined.axes)
    areas(outlined.counts)
    representative(outlined.counts)
    return time.perf_counter() - began, time.process_time() - cpu, part


def refresh(part: VoterSubset) -> float:
    """Seconds to compute axes, positions, counts and areas from existing sums and camps."""
    total, known = part.sums(), structure(part.votes)
    began = time.perf_counter()
    axes = fit_axes(total, number=known.axes)
    part.positions(axes)
    areas(part.tally(known.camps)[1:])
    return time.perf_counter() - began


def live(part: VoterSubset) -> float:
    """Seconds to add one vote to `LiveSums`."""
    votes = part.votes
    order = np.random.default_rng(0).permutation(len(votes))[:200_000]
    person, statement, choice = (
        votes.person[order].tolist(),
        votes.statement[order].tolist(),
        votes.choice[order].tolist(),
    )
    follow = LiveSums(range(len(votes.statements)), len(votes.people), compiled=True)
    follow.vote(person[0], statement[0], choice[0])
    began = time.perf_counter()
    for p, s, c in zip(person, statement, choice):
        follow.vote(p, s, c)
    return (time.perf_counter() - began) / len(person)


if __name__ == "__main__":
    with np.load(sys.argv[1]) as file:
        data = {name: file[name] for name in file}
    if "plain" in sys.argv:
        compiled_loops.MANY = 1 << 60
        for module in ("fast", "votes"):
            import_module(f"acquis.opinion.{module}").__dict__["MANY"] = 1 << 60
    many = len(data["person"])
    clocks = []
    for _ in range(5 if many < 1_000_000 else 3):
        part = VoterSubset(EMPTY)  # only one conversation in memory at a time
        wall, cpu, part = whole(data)
        clocks.append((wall, cpu))
    measured: dict[str, float] = {"wall": min(clocks)[0], "cpu": min(clocks)[1], "first": clocks[0][0]}
    if "more" in sys.argv:
        measured["refresh"] = min(refresh(part) for _ in range(5))
        measured["live"] = live(part)
    columns = [data[name] for name in ("person", "statement", "choice")]
    began = time.perf_counter()
    for column in columns:
        column.copy()
    measured["copy"] = time.perf_counter() - began
    measured["mb"] = peak_mb()
    print(json.dumps(measured))
