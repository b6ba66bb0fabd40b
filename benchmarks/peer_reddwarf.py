"""Runs red-dwarf on one conversation in its own environment: `python peer_reddwarf.py votes.npz`. Prints JSON.

Only `run_pipeline` is timed, without making its list of dicts and removing superseded votes. With
`votes.csv comments.csv OUT` the program reads the files and writes the groups of people to OUT; then the whole process
is timed from outside.
"""

import csv
import json
import os
import sys
import time
import warnings
from pathlib import Path

import numpy as np


def from_files(votes: str, comments: str, out: str) -> None:
    """The groups of the people of a conversation in files of Polis."""
    from reddwarf.implementations.base import run_pipeline  # noqa: PLC0415  # in its own environment

    with open(votes, encoding="utf-8", newline="") as file:
        cast = {
            (int(row["voter-id"]), int(row["comment-id"])): (int(row["vote"]), int(row["timestamp"]))
            for row in csv.DictReader(file)
        }
    rows = [
        {"participant_id": person, "statement_id": statement, "vote": vote, "modified": when}
        for (person, statement), (vote, when) in cast.items()
    ]
    with open(comments, encoding="utf-8", newline="") as file:
        hidden = [int(row["comment-id"]) for row in csv.DictReader(file) if row["moderated"] == "-1"]
    result = run_pipeline(votes=rows, mod_out_statement_ids=hidden, random_state=0)
    Path(out).write_text(str(result), "utf-8")


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    if len(sys.argv) > 2:
        from_files(*sys.argv[1:4])
        sys.exit()
    data = np.load(sys.argv[1])
    columns = (data[name].tolist() for name in ("person", "statement", "choice"))
    votes = [
        {"participant_id": p, "statement_id": s, "vote": c, "modified": i} for i, (p, s, c) in enumerate(zip(*columns))
    ]
    from reddwarf.implementations.base import run_pipeline

    clocks = []
    for _ in range(5 if len(votes) < 100_000 else 1):
        before, began = os.times(), time.perf_counter()
        run_pipeline(votes=votes, mod_out_statement_ids=data["out"].tolist(), random_state=0)
        wall, after = time.perf_counter() - began, os.times()
        cpu = after.user + after.system - before.user - before.system
        clocks.append((wall, cpu))
    best = min(clocks)
    status = Path("/proc/self/status").read_text().splitlines()
    memory = float(next(line for line in status if line.startswith("VmHWM")).split()[1]) * 1.024 / 1e3
    print(json.dumps({"wall": best[0], "cpu": best[1], "mb": memory}))
