"""Measures whether votes wait for the opinion map: votes at a steady rate, without and with a screen that shows it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import urllib.request
from pathlib import Path

import msgspec

from benchmarks.measure import Result
from benchmarks.phones import quantile
from benchmarks.voters import SESSION, VOTERS, Voted
from benchmarks.web import Server, prepare, server

PER_SECOND, SECONDS = 500, 20


def _watch(host: str, stop: threading.Event) -> None:
    """Read every frame of the stage until `stop` is set."""
    with urllib.request.urlopen(f"http://{host}/s/{SESSION}/live/stage", timeout=60) as frames:
        while not stop.is_set():
            frames.readline()


def _votes(at: Server, secrets: list[str]) -> tuple[Voted, float]:
    before = at.cpu_s()
    command = [sys.executable, "-m", "benchmarks.voters", at.host, str(PER_SECOND), str(SECONDS)]
    done = subprocess.run(command, input="\n".join(secrets), capture_output=True, text=True, check=True)
    return msgspec.json.decode(done.stdout, type=Voted), at.cpu_s() - before


def results() -> list[Result]:
    """One result without and one with the map."""
    rows = []
    for watched in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            secrets = prepare(Path(folder))
            with server(Path(folder)) as at:
                stop = threading.Event()
                if watched:
                    threading.Thread(target=_watch, args=(at.host, stop), daemon=True).start()
                voted, cpu = _votes(at, secrets)
                stop.set()
        name = f"{PER_SECOND} votes/s of {VOTERS:,} people, " + ("the map on a stage" if watched else "no map")
        p50, p99, worst = (1e3 * quantile(voted.taken, q) for q in (0.5, 0.99, 1.0))
        more = f"acknowledged p50 {p50:.0f} ms, p99 {p99:.0f} ms, at worst {worst:.0f} ms; {cpu / voted.wall:.2f} core"
        rows.append(Result(name, len(voted.taken) / voted.wall, 1e6 * cpu / len(voted.taken), more=more))
    return rows
