"""What a reader who comes back with the number of a frame is sent."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from acquis.web.http.changes import Changes
from acquis.web.http.streams import Channel, Streams


def test_what_changed_since_a_known_frame() -> None:
    changes = Changes(1000)
    assert changes.since(1000) is None  # before the first frame
    for regions in (["now", "queue"], ["queue"], [], ["q7"]):
        changes.note(regions)
    assert changes.number == 1004
    assert [changes.since(number) for number in (1001, 1002, 1003, 1004)] == [["queue", "q7"], ["q7"], ["q7"], []]
    assert [changes.since(number) for number in (1000, 1005, -1, 3)] == [None] * 4  # all regions


class GivenFrames:
    """Frames whose regions are set from outside."""

    def __init__(self) -> None:
        self.seq = self.page = 0
        self.html: dict[str, str] = {"now": "Nobody speaks.", "queue": ""}
        self.coming: dict[str, str] = dict(self.html)

    async def render(self) -> dict[str, str]:
        changed, self.coming = self.coming, {}
        self.html.update(changed)
        self.seq += bool(changed)
        return changed

    def outdated(self) -> bool:
        return False


def test_a_poll_gets_what_changed_since_its_number_and_a_foreign_one_gets_everything() -> None:
    async def talk() -> None:
        frames, streams = GivenFrames(), Streams(lambda: 5, lambda: None)
        channel = Channel(frames, streams)
        other = Channel(GivenFrames(), streams)

        async def poll(number: int) -> dict[str, Any]:
            frame: dict[str, Any] = json.loads(await channel.after(number))
            return frame

        first = await poll(-1)
        assert first == {"seq": 1, "number": first["number"], "at": 5, "page": 0, "html": frames.html}
        waiting = asyncio.create_task(poll(first["number"]))
        frames.coming = {"queue": "h8"}
        second = await waiting
        assert second["html"] == {"queue": "h8"}
        waiting = asyncio.create_task(poll(second["number"]))
        frames.coming = {"now": "Ms One speaks."}
        third = await waiting
        assert third["html"] == {"now": "Ms One speaks."}
        assert (await poll(first["number"]))["html"] == {"queue": "h8", "now": "Ms One speaks."}
        assert (await poll(json.loads(await other.after(-1))["number"]))["html"] == frames.html
        for each in (channel, other):
            each.stop()

    asyncio.run(talk())


def test_listeners_get_a_change_that_somebody_else_had_rendered() -> None:
    """Who opens a stream while an outdated frame must not be sent has it rendered between two ticks."""

    async def talk() -> None:
        frames, streams = GivenFrames(), Streams(lambda: 5, lambda: None)
        channel = Channel(frames, streams)
        await channel.since(-1)
        sent: list[bytes] = []

        async def keep(event: bytes) -> None:
            sent.append(event)

        channel._send = keep  # type: ignore[method-assign]  # what is written to sockets is seen instead
        channel._polled = asyncio.get_running_loop().time()
        channel._start()
        frames.coming = {"now": "The session is over."}
        await channel._render()
        while not sent:
            await asyncio.sleep(0)
        assert b"The session is over." in sent[0]
        channel.stop()

    asyncio.run(talk())
