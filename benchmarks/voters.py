"""Simulated voters in a separate process.

`python -m benchmarks.voters HOST PER_SECOND SECONDS` reads the secrets of passes from standard input, one in each line,
votes at this rate (0: each connection as fast as it is answered), and prints the results as JSON.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time

import msgspec
import uvloop

from benchmarks.phones import Voter, vote_request

SESSION = "bench"
VOTERS = 2_000
STATEMENTS = 20
CONNECTIONS = 256


class Voted(msgspec.Struct):
    """The results: seconds that each vote took, entry -> time of its acknowledgement, and the expected tally."""

    taken: list[float]
    acknowledged: dict[int, float]
    tally: dict[int, list[int]]
    refused: int
    wall: float


class Votes:
    """The votes that were posted: the time that each took, and the expected tally."""

    def __init__(self, host: str, secrets: list[str]) -> None:
        self.host, self.secrets = host, secrets
        self.acknowledged: dict[int, float] = {}
        self.dice = random.Random(1)
        self.last: dict[tuple[int, int], str] = {}
        self.taken: list[float] = []
        self.refused = 0
        self.posted = 0

    def next_vote(self) -> tuple[bytes, int, int, str]:
        voter, statement = self.dice.randrange(VOTERS), 4 + self.dice.randrange(STATEMENTS)
        choice = self.dice.choice(("agree", "disagree", "pass"))
        self.posted += 1
        key = f"{int(time.time() * 1000):011x}-{self.posted:08d}"
        cookie = f"pass_{SESSION}={self.secrets[voter]}"
        return vote_request(self.host, SESSION, cookie, key, statement, choice), voter, statement, choice

    async def post(self, phone: Voter) -> None:
        request, voter, statement, choice = self.next_vote()
        began = time.perf_counter()
        status, body = await phone.post(request)
        now = time.perf_counter()
        self.taken.append(now - began)
        if status not in (200, 201):
            self.refused += 1
            return
        self.last[voter, statement] = choice
        if status == 201:
            self.acknowledged[msgspec.json.decode(body)["seq"]] = now

    def expected(self) -> dict[int, list[int]]:
        tally = {4 + n: [0, 0, 0] for n in range(STATEMENTS)}
        for (_, statement), choice in self.last.items():
            tally[statement][("agree", "disagree", "pass").index(choice)] += 1
        return tally


async def _connected(host: str) -> list[Voter]:
    loop, (name, port) = asyncio.get_running_loop(), host.split(":")
    return [(await loop.create_connection(Voter, name, int(port)))[1] for _ in range(CONNECTIONS)]


async def main(host: str, per_second: int, seconds: float, secrets: list[str]) -> Voted:
    votes, phones = Votes(host, secrets), await _connected(host)
    began = time.perf_counter()

    async def keep_voting(phone: Voter) -> None:
        while time.perf_counter() < began + seconds:
            await votes.post(phone)

    if per_second:
        tasks = []
        for number in range(int(per_second * seconds)):
            if (ahead := began + number / per_second - time.perf_counter()) > 0:
                await asyncio.sleep(ahead)
            tasks.append(asyncio.create_task(votes.post(phones[number % CONNECTIONS])))
        await asyncio.gather(*tasks)
    else:
        await asyncio.gather(*(keep_voting(phone) for phone in phones))
    wall = time.perf_counter() - began
    return Voted(votes.taken, votes.acknowledged, votes.expected(), votes.refused, wall)


if __name__ == "__main__":
    result = uvloop.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.stdin.read().split()))
    sys.stdout.buffer.write(msgspec.json.encode(result))
