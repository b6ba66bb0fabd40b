"""What the tests of streams share: a served application, a session in it, and streams that are closed in the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.browser.live_server import LiveServer, served
from tests.web.stream_reader import Listen, Stream


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    folder: Path = tmp_path_factory.mktemp("streams")
    with served(folder) as house:
        yield house


@pytest.fixture
def listen(live: LiveServer) -> Iterator[Listen]:
    """Open streams; they are closed after the test."""
    streams: list[Stream] = []

    def opened(path: str, cookie: str = "", last: str = "", receive: int = 0) -> Stream:
        streams.append(Stream(live, path, cookie, last, receive))
        return streams[-1]

    yield opened
    for stream in streams:
        stream.socket.close()


@pytest.fixture
def session(live: LiveServer) -> str:
    number = len(live.sessions)
    name = f"stream{number}"
    live.add(name, code=f"STRM{number:04d}")
    return name
