"""Honest phones beside a hostile client (`attack.py`): how long they wait, and what is left of it afterwards."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import msgspec
import uvloop

from benchmarks.measure import Result
from benchmarks.phones import Listener, Screens, Voter, listen_request, quantile, vote_request
from benchmarks.voters import SESSION, STATEMENTS
from benchmarks.web import Server, prepare, server

PHONES, SECONDS, REST_S = 500, 60.0, 25.0
PAUSE_S = 4.0
"""An honest person does something so often, on average."""
LONGEST_S = 0.5
LEFT_MB = 60.0
"""What the server may hold more than before: people who joined are in it, and what Python keeps for later."""


class Outcome(msgspec.Struct):
    """What the honest phones waited (seconds), how long the event loop of the server worked meanwhile, the answers to
    them and to the attacker, and the memory of the server before, at most and afterwards (MB)."""

    waits: list[float] = []
    work: list[float] = []
    statuses: dict[int, int] = {}
    lost: int = 0
    attacker: dict[str, dict[str, int]] = {}
    before_mb: float = 0
    most_mb: float = 0
    after_mb: float = 0
    cpu_s: float = 0


class Person:
    """An honest person: an open screen, and now and then a vote or a page."""

    def __init__(self, running: Server, secret: str, number: int) -> None:
        self.running, self.host, self.number = running, running.host, number
        self.cookie = f"pass_{SESSION}={secret}"
        self.dice = random.Random(number)

    def request(self, count: int) -> bytes:
        if count % 3 == 2:
            return f"GET /s/{SESSION} HTTP/1.1\r\nHost: {self.host}\r\nCookie: {self.cookie}\r\n\r\n".encode()
        key = f"{int(time.time() * 1000):011x}-{self.number:04d}-{count:05d}"
        statement, choice = 4 + self.dice.randrange(STATEMENTS), self.dice.choice(("agree", "disagree", "pass"))
        return vote_request(self.host, SESSION, self.cookie, key, statement, choice)

    async def live(self, until: float, outcome: Outcome) -> None:
        loop, count, port = asyncio.get_running_loop(), 0, self.running.port
        _, phone = await loop.create_connection(Voter, "127.0.0.1", port)
        await asyncio.sleep(self.dice.random() * PAUSE_S)
        while time.perf_counter() < until:
            began, worked = time.perf_counter(), self.running.loop_s()[0]
            if phone.transport.is_closing():  # idle connections are closed, and browsers open new ones
                _, phone = await loop.create_connection(Voter, "127.0.0.1", port)
            try:
                status, _ = await phone.post(self.request(count))
            except ConnectionResetError:
                continue  # as a browser does: closed while it was sent
            outcome.waits.append(time.perf_counter() - began)
            outcome.work.append(self.running.loop_s()[0] - worked)
            outcome.statuses[status] = outcome.statuses.get(status, 0) + 1
            count += 1
            await asyncio.sleep(self.dice.uniform(0.5, 1.5) * PAUSE_S)
        phone.transport.close()


async def _screens(running: Server, secrets: list[str]) -> list[Listener]:
    loop, screens = asyncio.get_running_loop(), Screens()
    path, opened = f"/s/{SESSION}/live/participants", []
    for secret in secrets:
        request = listen_request(running.host, path, f"pass_{SESSION}={secret}")
        opened.append((await loop.create_connection(partial(Listener, request, screens), "127.0.0.1", running.port))[1])
    return opened


def _attack(host: str, secret: str, seconds: float) -> dict[str, dict[str, int]]:
    """Run the attacker in a separate process."""
    command = [sys.executable, "-m", "benchmarks.attack", host, str(seconds)]
    done = subprocess.run(command, input=secret.encode(), stdout=subprocess.PIPE, check=True)
    return msgspec.json.decode(done.stdout, type=dict[str, dict[str, int]])


async def _siege(running: Server, secrets: list[str], people: int, seconds: float, rest_s: float) -> Outcome:
    phones = await _screens(running, secrets[:people])
    await asyncio.sleep(1)
    outcome = Outcome(before_mb=running.memory_mb(), cpu_s=-running.cpu_s())
    attacking = asyncio.create_task(asyncio.to_thread(_attack, running.host, secrets[-1], seconds))
    until = time.perf_counter() + seconds
    honest = [Person(running, secret, n) for n, secret in enumerate(secrets[:people])]
    living = asyncio.gather(*(person.live(until, outcome) for person in honest))
    while not attacking.done():
        await asyncio.sleep(0.5)
        outcome.most_mb = max(outcome.most_mb, running.memory_mb())
    outcome.cpu_s += running.cpu_s()
    await living
    outcome.attacker = await attacking
    await asyncio.sleep(rest_s)
    outcome.lost, outcome.after_mb = sum(phone.lost for phone in phones), running.memory_mb()
    for phone in phones:
        phone.transport.abort()
    await asyncio.sleep(0.1)
    return outcome


def siege(people: int, seconds: float, rest_s: float) -> Outcome:
    """Honest phones on a server of its own, beside the attacker for so many seconds; then it rests."""
    with tempfile.TemporaryDirectory() as name:
        secrets = prepare(Path(name))
        with server(Path(name)) as running:
            return uvloop.run(_siege(running, secrets, people, seconds, rest_s))


def results(people: int = PHONES, seconds: float = SECONDS) -> list[Result]:
    outcome = siege(people, seconds, REST_S)
    longest = max(outcome.waits)
    fine = longest <= LONGEST_S and not outcome.lost and set(outcome.statuses) <= {200, 201}
    attempts = "; ".join(
        f"{kind}: " + ", ".join(f"{number:,} {answer}" for answer, number in sorted(counted.items()))
        for kind, counted in outcome.attacker.items()
    )
    waits, work = (
        f"p50 {quantile(each, 0.5) * 1000:.0f} p99 {quantile(each, 0.99) * 1000:.0f} longest {max(each) * 1000:.0f} ms"
        for each in (outcome.waits, outcome.work)
    )
    return [
        Result(
            f"{people} honest phones beside a hostile client for {seconds:.0f} s: their requests",
            len(outcome.waits) / seconds,
            0,
            f"nobody waits over {LONGEST_S * 1000:.0f} ms, memory comes back",
            fine and outcome.after_mb <= outcome.before_mb + LEFT_MB,
            more=f"{waits}; work of the server meanwhile {work}; answers {outcome.statuses}, "
            f"streams lost {outcome.lost}; server {outcome.cpu_s / seconds:.2f} core, "
            f"{outcome.before_mb:.0f} MB before and {outcome.most_mb:.0f} at most, {outcome.after_mb:.0f} after; "
            f"attempts: {attempts}",
        )
    ]
