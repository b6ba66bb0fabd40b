"""Shared by the benchmarks: the result, the timing, the table, and the description of the machine."""

from __future__ import annotations

import os
import platform
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import apsw


@dataclass
class Result:
    """A row of the table. `rate` is per second; `cpu_us` is CPU microseconds per operation; `limit` is the rate of the
    physical limit or the peer measured in the same run, and `of` is its name."""

    what: str
    rate: float
    cpu_us: float
    aim: str = ""
    reached: bool | None = None
    limit: float | None = None
    of: str = ""
    more: str = ""


@dataclass
class Timing:
    wall: float = 0.0
    cpu: float = 0.0
    started: tuple[float, float] = field(default_factory=lambda: (time.perf_counter(), time.process_time()))

    def stop(self) -> Timing:
        self.wall = time.perf_counter() - self.started[0]
        self.cpu = time.process_time() - self.started[1]
        return self


def best(run: Callable[[], Timing], times: int = 3) -> Timing:
    """The fastest of some runs, because noise on a shared machine can only add time."""
    return min((run() for _ in range(times)), key=lambda timing: timing.wall)


def memory_mb() -> float:
    """Present resident memory of this process in MB (10^6 bytes)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def machine() -> list[str]:
    model = "unknown processor"
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    libraries = ("apsw", "msgspec", "starlette", "uvicorn", "uvloop", "httptools")
    return [
        f"{os.cpu_count()} x {model}, {platform.system()} {platform.release()}, Python {platform.python_version()}",
        f"SQLite {apsw.sqlite_lib_version()}, " + ", ".join(f"{name} {version(name)}" for name in libraries),
        f"load average at the start {os.getloadavg()[0]:.2f}",
    ]


def table(title: str, results: list[Result]) -> str:
    rows = [
        "| what | per second | CPU µs each | aim | met | beside it in the same run | more |",
        "| --- | ---: | ---: | --- | --- | --- | --- |",
    ]
    for result in results:
        comparison = ""
        if result.limit:
            comparison = f"{result.of} {result.limit:,.0f}/s: {result.rate / result.limit:.2f} of it"
        reached = {True: "yes", False: "NO", None: ""}[result.reached]
        cpu = f"{result.cpu_us:.1f}" if result.cpu_us else ""
        rows.append(
            f"| {result.what} | {result.rate:,.0f} | {cpu} | {result.aim} | {reached} | {comparison} | {result.more} |"
        )
    return "\n".join([f"## {title}", "", *rows, ""])
