"""Kill a server again and again while clients go on asking, and keep their ledger.

The harness knows neither the server nor its protocol: it is handed the command that starts the one, and a function that
speaks the other. The clients live outside the server and are never killed, so what they were answered stays known.
"""

import asyncio
import contextlib
import random
import signal
from collections.abc import Awaitable, Callable, Sequence

import msgspec

Send = Callable[[str, str, str, str], Awaitable[int]]
"""(log, by, key, body) -> the number answered. Any OSError or EOFError means that the answer is unknown."""


class Wish(msgspec.Struct, frozen=True):
    log: str
    by: str
    key: str
    body: str


class Ledger(msgspec.Struct):
    """What the clients know: the number answered for a wish, and which answers never came."""

    answered: dict[Wish, int] = msgspec.field(default_factory=dict)
    unknown: list[Wish] = msgspec.field(default_factory=list)

    def answer(self, wish: Wish, seq: int) -> None:
        assert self.answered.setdefault(wish, seq) == seq, "two answers with different numbers"


class Harness:
    """`connect` gives a new `Send` for one client, or raises OSError while there is no server."""

    def __init__(
        self, command: Sequence[str], connect: Callable[[], Awaitable[Send]], *, clients: int, chance: random.Random
    ) -> None:
        self.ledger = Ledger()
        self._command = command
        self._connect = connect
        self._clients = clients
        self._chance = chance
        self._made = 0

    async def round(self) -> None:
        """Start the server, let all clients ask, and kill it at a random moment."""
        process = await asyncio.create_subprocess_exec(*self._command)
        try:
            senders = await asyncio.wait_for(asyncio.gather(*(self._reach() for _ in range(self._clients))), 30)
            clients = [asyncio.create_task(self._ask(f"p{n}", send)) for n, send in enumerate(senders)]
            more = len(self.ledger.answered) + self._chance.randrange(1, 200)
            await asyncio.wait_for(self._reached(more), 60)
            await asyncio.sleep(self._chance.uniform(0, 0.02))  # anywhere between two answers
            process.send_signal(signal.SIGKILL)
            await asyncio.gather(*clients)
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def drain(self) -> None:
        """Start the server once more and ask again, with the same keys, whatever was not answered."""
        process = await asyncio.create_subprocess_exec(*self._command)
        try:
            send = await asyncio.wait_for(self._reach(), 30)
            for wish in self.ledger.unknown:
                self.ledger.answer(wish, await send(wish.log, wish.by, wish.key, wish.body))
            self.ledger.unknown.clear()
        finally:
            process.kill()
            await process.wait()

    async def _reach(self) -> Send:
        while True:
            try:
                return await self._connect()
            except OSError:
                await asyncio.sleep(0.01)

    async def _reached(self, count: int) -> None:
        """So many wishes are answered."""
        while len(self.ledger.answered) < count:
            await asyncio.sleep(0.001)

    async def _ask(self, by: str, send: Send) -> None:
        """One client: asks until the server is gone; now and then asks the same twice."""
        while True:
            self._made += 1
            wish = Wish(f"log{self._made % 3}", by, f"key{self._made}", f'{{"wish":{self._made}}}')
            try:
                for _ in range(self._chance.choice([1, 1, 1, 2])):
                    self.ledger.answer(wish, await send(wish.log, wish.by, wish.key, wish.body))
            except (OSError, EOFError):
                if wish not in self.ledger.answered:
                    self.ledger.unknown.append(wish)
                return
