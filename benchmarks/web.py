"""Votes over HTTP and phones that listen; the server runs in a separate process, the phones in this one.

Compared, in the same run, with a bare loop that writes the same number of bytes to the same number of sockets.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import uvloop

from acquis import events as ev
from acquis.command import PARTICIPANT
from acquis.roster import Pass, SessionRow
from acquis.web.http.application import open_application
from benchmarks.measure import Result
from benchmarks.phones import Listener, Screens, Voter, listen_request, quantile
from benchmarks.sessions import draft
from benchmarks.voters import CONNECTIONS, SESSION, STATEMENTS, VOTERS, Voted

SECONDS = 8.0
BARE_FRAME = 1_000


def prepare(folder: Path) -> list[str]:
    """Create a running session with voters who have joined. Returns the secrets of their passes."""

    async def fill() -> list[str]:
        house = open_application(folder)
        house.roster.add_session(SessionRow(SESSION, "BENCH000", 0, ""))
        before: list[tuple[str, ev.Event]] = [
            ("o", ev.ProgrammePublished("Benchmark", (ev.Segment("Votes", "questions", 60),))),
            ("o", ev.SessionOpened()),
            ("o", ev.SegmentStarted(0, ("room", "online", "other"))),
            *(("o", ev.StatementSeeded(f"Statement number {n} says something short.")) for n in range(STATEMENTS)),
            *((f"v{n}", ev.ParticipantJoined(lane="online" if n % 2 else "room")) for n in range(VOTERS)),
        ]
        now = house.clock.now()
        drafts = [draft(event, by, now, f"bench{n:06d}") for n, (by, event) in enumerate(before)]
        await house.board.record.append(SESSION, drafts)
        secrets = [f"{'secret-of-a-voter-'}{n:08d}-{os.urandom(6).hex()}" for n in range(VOTERS)]
        for n, secret in enumerate(secrets):
            house.roster.issue(secret, Pass(SESSION, frozenset({PARTICIPANT}), f"p{n}", f"v{n}"))
        await house.board.record.close()
        house.roster.close()
        return secrets

    return asyncio.run(fill())


class Server:
    """The process of the server, with its CPU time and memory."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process, self.port = process, port
        self.host = f"127.0.0.1:{port}"

    def cpu_s(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def loop_s(self) -> tuple[float, float]:
        """How long the thread of the event loop worked, and how long it had work and no processor: on a busy machine
        that is most of what anybody waits."""
        worked, queued, _ = Path(f"/proc/{self.process.pid}/schedstat").read_text().split()
        return int(worked) / 1e9, int(queued) / 1e9

    def rest(self) -> None:
        """Waits until the server works next to nothing in a second."""
        worked = -1.0
        while self.cpu_s() - worked > 0.05:
            worked = self.cpu_s()
            time.sleep(1)

    def memory_mb(self) -> float:
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6


@contextmanager
def server(folder: Path, sync_ms: float = 0, port: int = 0, rested: bool = True) -> Iterator[Server]:
    """The running server on a folder. sync_ms: how much longer each sync of the disk takes than it does. port: 0 for
    any that is free. rested: once it has loaded what it prepares at its start, which takes some seconds of CPU."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.slow_disk",
        str(sync_ms),
        "serve",
        "--data",
        str(folder),
        "--keys",
        str(folder / "keys"),
        "--port",
        str(port),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    try:
        running = Server(process, int(line.rsplit(":", 1)[1]))
        if rested:
            running.rest()
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


async def connect(count: int, make: Any, port: int) -> list[Any]:
    """Connections from a loopback address for each thousand: strangers of one network have 2,000 streams at most."""
    loop = asyncio.get_running_loop()
    made = []
    for start in range(0, count, 100):
        own = (f"127.0.0.{2 + start // 1000}", 0)
        size = min(100, count - start)
        group = (loop.create_connection(make, "127.0.0.1", port, local_addr=own) for _ in range(size))
        made += [protocol for _, protocol in await asyncio.gather(*group)]
    return made


async def _tally(host: str, port: int) -> dict[int, list[int]]:
    phone = (await connect(1, Voter, port))[0]
    _, body = await phone.post(
        f"GET /s/{SESSION}.json HTTP/1.1\r\nHost: {host}\r\nConnection: keep-alive\r\n\r\n".encode()
    )
    statements = msgspec.json.decode(body)["statements"]
    phone.transport.close()
    return {s["entry"]: [s["agree"], s["disagree"], s["passes"]] for s in statements}


def _vote(host: str, secrets: list[str], per_second: int) -> Voted:
    """Run the voters in a separate process, so that their timing does not depend on the listeners."""
    command = [sys.executable, "-m", "benchmarks.voters", host, str(per_second), str(SECONDS)]
    done = subprocess.run(command, input="\n".join(secrets).encode(), stdout=subprocess.PIPE, check=True)
    return msgspec.json.decode(done.stdout, type=Voted)


async def _burst(running: Server, secrets: list[str]) -> Result:
    """The maximum rate of votes from many connections with one vote in flight each."""
    cpu = running.cpu_s()
    votes = await asyncio.to_thread(_vote, running.host, secrets, 0)
    cpu = running.cpu_s() - cpu
    exact = await _tally(running.host, running.port) == votes.tally
    rate, p99 = len(votes.taken) / votes.wall, quantile(votes.taken, 0.99) * 1000
    return Result(
        f"votes over HTTP, {CONNECTIONS} connections",
        rate,
        cpu / len(votes.taken) * 1e6,
        "3,000/s, p99 150 ms",
        rate >= 3000 and p99 <= 150 and exact and not votes.refused,
        more=f"ack p50 {quantile(votes.taken, 0.5) * 1000:.1f} p99 {p99:.1f} ms, server {cpu / votes.wall:.2f} core, "
        f"refused {votes.refused}, tally {'exact' if exact else 'WRONG'}",
    )


async def listening(running: Server, secrets: list[str], listeners: int, per_second: int) -> Result:
    """Phones that listen while others vote at a fixed rate, independent of the server."""
    screens = Screens()
    request = listen_request(running.host, f"/s/{SESSION}/live/participants")
    crowd = await connect(listeners, lambda: Listener(request, screens), running.port)
    await asyncio.sleep(2)
    voting = asyncio.create_task(asyncio.to_thread(_vote, running.host, secrets, per_second))
    await asyncio.sleep(1.5)  # time for the voters to connect
    screens.measuring, screens.octets, screens.frames = True, 0, 0
    began, cpu = time.perf_counter(), running.cpu_s()
    await asyncio.sleep(SECONDS - 1)
    wall, cpu, memory = time.perf_counter() - began, running.cpu_s() - cpu, running.memory_mb()
    screens.measuring, frames = False, max(1, screens.frames)
    votes = await voting
    exact = await _tally(running.host, running.port) == votes.tally
    lost = sum(phone.lost for phone in crowd)
    delays = screens.delays(votes.acknowledged)
    ack, screen = quantile(votes.taken, 0.99) * 1000, quantile(delays, 0.99)
    fine = ack <= 100 and screen <= 1 and cpu / wall <= 0.9 and memory <= 200 and exact and not lost
    aimed = listeners == 10_000
    return Result(
        f"{listeners:,} phones listening, {per_second:,} votes/s: frames",
        frames / wall,
        cpu / frames * 1e6,
        "ack p99 100 ms, screens p99 1 s, 0.9 core, 200 MB" if aimed else "",
        fine if aimed else None,
        more=f"ack p50 {quantile(votes.taken, 0.5) * 1000:.1f} p99 {ack:.1f} ms, on screens p50 "
        f"{quantile(delays, 0.5):.2f} p99 {screen:.2f} s, server {cpu / wall:.2f} core, {memory:.0f} MB, "
        f"{screens.octets / frames:.0f} bytes a frame, lost {lost}, gaps {screens.gaps}, "
        f"tally {'exact' if exact else 'WRONG'}",
    )


class _Bare(asyncio.Protocol):
    """The client of the bare loop: it discards what it reads."""


def bare_fan_out(sockets: int) -> tuple[float, float]:
    """(frames per second, CPU µs per frame) of writing 1 KB to every socket each half second, in a separate process."""
    command = [sys.executable, "-m", "benchmarks.bare", str(sockets), str(BARE_FRAME)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())

        async def read() -> None:
            crowd = await connect(sockets, _Bare, port)
            await asyncio.sleep(6)
            del crowd

        uvloop.run(read())
        frames, wall, cpu = map(float, process.stdout.readline().split())
    return frames / wall, cpu / frames * 1e6


def votes_over_http() -> list[Result]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        secrets = prepare(folder)
        with server(folder) as running:
            return [uvloop.run(_burst(running, secrets))]


def phones(counts: tuple[int, ...] = (1_000, 5_000, 10_000), per_second: int = 1_000) -> list[Result]:
    results = []
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            secrets = prepare(folder)
            with server(folder) as running:
                result = uvloop.run(listening(running, secrets, count, per_second))
        rate, cpu = bare_fan_out(count)
        result.limit, result.of = rate, f"bare socket writes ({cpu:.1f} µs each),"
        results.append(result)
    return results
