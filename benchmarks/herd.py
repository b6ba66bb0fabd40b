"""Ten thousand phones that lose their streams: the server is killed, started again, and then stands still for 12 s."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import msgspec

from benchmarks.herd_phone import Counts
from benchmarks.measure import Result
from benchmarks.web import prepare, server

STALL_S, BACK_S, GIVE_UP_S = 12, 30, 120
PROCESSES = 2
"""A process may have 20,000 files open here, and a phone has two for a moment."""


class Herd:
    """Processes of phones, and the newest counts of each."""

    def __init__(self, host: str, count: int) -> None:
        each = count // PROCESSES
        self.counts = [Counts() for _ in range(PROCESSES)]
        self._processes = []
        for number in range(PROCESSES):
            command = [sys.executable, "-m", "benchmarks.herd_phone", host, str(each), str(number * each)]
            process = subprocess.Popen(command, stdout=subprocess.PIPE)
            self._processes.append(process)
            threading.Thread(target=self._read, args=(number, process), daemon=True).start()

    def _read(self, number: int, process: subprocess.Popen[bytes]) -> None:
        for line in process.stdout or ():
            self.counts[number] = msgspec.json.decode(line, type=Counts)

    def total(self, name: str) -> int:
        return sum(getattr(counts, name) for counts in self.counts)

    def until(self, on: int) -> float:
        """Waits until so many phones are on a stream. Returns after how many seconds it was so."""
        began = time.monotonic()
        while self.total("on") != on and time.monotonic() < began + GIVE_UP_S:
            time.sleep(0.1)
        return time.monotonic() - began

    def end(self) -> None:
        for process in self._processes:
            process.kill()
            process.wait()


def results(count: int = 10_000) -> list[Result]:
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name))
        with server(Path(name)) as first:
            herd = Herd(first.host, count)
            herd.until(count)
            first.process.kill()
        try:
            with server(Path(name), port=first.port, rested=False) as restarted:
                restarted.process.send_signal(signal.SIGSTOP)
                time.sleep(STALL_S)
                cpu, queued, octets = restarted.cpu_s(), restarted.loop_s()[1], herd.total("octets")
                restarted.process.send_signal(signal.SIGCONT)
                back = herd.until(count)
                on, polls = herd.total("on"), herd.total("polls")
                cpu, queued, octets = (
                    restarted.cpu_s() - cpu,
                    restarted.loop_s()[1] - queued,
                    herd.total("octets") - octets,
                )
                time.sleep(5)
                later = herd.total("polls") - polls
        finally:
            herd.end()
    return [
        Result(
            f"{count:,} phones after a restart and a stall of {STALL_S} s: back on streams",
            on / back,
            cpu / max(on, 1) * 1e6,
            f"all in {BACK_S} s",
            on == count and back <= BACK_S,
            more=f"{on:,} in {back:.1f} s, of which the server had no processor for {queued:.1f} s; {polls:,} polls "
            f"until then, {later:,} in the 5 s after; {octets / 1e6:.0f} MB",
        )
    ]
