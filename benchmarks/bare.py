"""The physical limit of live screens: writes the same bytes to every socket each half second, and does nothing else.

`python -m benchmarks.bare SOCKETS BYTES` prints its port, waits for the sockets, writes for five seconds, and prints
the number of frames, the time and the CPU time.
"""

from __future__ import annotations

import asyncio
import sys
import time
from typing import Any

import uvloop

TICKS = 10


async def main(sockets: int, octets: int) -> None:
    transports: list[Any] = []

    class Phone(asyncio.Protocol):
        def connection_made(self, transport: Any) -> None:
            transports.append(transport)

    server = await asyncio.get_running_loop().create_server(Phone, "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    while len(transports) < sockets:
        await asyncio.sleep(0.05)
    frame = b"x" * octets
    began, cpu = time.perf_counter(), time.process_time()
    for tick in range(TICKS):
        await asyncio.sleep(max(0, began + tick * 0.5 - time.perf_counter()))
        for number, transport in enumerate(transports, 1):
            transport.write(frame)
            if number % 100 == 0:
                await asyncio.sleep(0)
    print(TICKS * sockets, time.perf_counter() - began, time.process_time() - cpu, flush=True)


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), int(sys.argv[2])))
