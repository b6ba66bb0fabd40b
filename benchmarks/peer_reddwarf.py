"""Runs red-dwarf on one conversation in its own environment: `python peer_reddwarf.py votes.npz`. Prints JSON.

Only `run_pipeline` is timed, without making its list of dicts and removing superseded votes.
"""

import json
import os
import sys
import time
import warnings
from pathlib import Path

import numpy as np

if __name__ == "__main__":
    warnings.filterwarnings("ignore")
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
