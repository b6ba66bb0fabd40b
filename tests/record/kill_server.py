"""A record behind a socket, to be killed: `python kill_server.py FILE SOCKET`.

A line asked is {"log", "by", "key", "body"}; a line answered is {"key", "seq", "link"}, once the entry is durable.
"""

import asyncio
import sys

import msgspec

from acquis.record import Draft, RecordInUse
from acquis.record.sqlite import SqliteRecord


async def main(path: str, socket: str) -> None:
    record = SqliteRecord(path)
    turn = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal turn
        while line := await reader.readline():
            asked = msgspec.json.decode(line)
            turn += 1
            draft = Draft(asked["body"].encode(), asked["by"], turn, asked["key"])
            entry = (await record.append(asked["log"], [draft]))[0]
            writer.write(msgspec.json.encode({"key": entry.key, "seq": entry.seq, "link": entry.link.hex()}) + b"\n")

    server = await asyncio.start_unix_server(serve, socket)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    try:
        asyncio.run(main(*sys.argv[1:]))
    except RecordInUse as error:
        sys.exit(str(error))
