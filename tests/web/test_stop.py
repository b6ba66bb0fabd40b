"""The server stops in order: it answers what is under way, closes the files, and leaves nothing beside them."""

from __future__ import annotations

import asyncio
import http.client
import os
import signal
import threading
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.server_process import ServerProcess

from acquis.command import PARTICIPANT, Actor
from acquis.floor.questions import ApproveQuestion, AskQuestion
from acquis.floor.segments import OpenSession
from acquis.record import RecordInUse
from acquis.record.lock import Lock
from acquis.record.sqlite import SqliteRecord

from .client import BOSS, app_client

pytestmark = pytest.mark.server

ANN = Actor("p-ann", "v-ann", roles=frozenset({PARTICIPANT}))
LEFT = ("index.db", "keys.txt", "record.db", "roster.db")


def started(folder: Path) -> tuple[ServerProcess, str]:
    """A server on the data of a folder, and its address."""
    process = ServerProcess(folder, reads_errors=True)
    return process, urlsplit(process.url).netloc


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with app_client(tmp_path / "data") as app:
        app.add("grid")
        app.do("grid", OpenSession(), BOSS)
        app.do("grid", ApproveQuestion(app.do("grid", AskQuestion("Who pays?"), ANN)))
        asyncio.run(app.house.close())
    return tmp_path / "data"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_after_a_signal_the_files_are_closed_and_the_status_is_0(folder: Path, number: int) -> None:
    process, address = started(folder)
    answers: list[tuple[int, bytes]] = []
    sent = threading.Event()

    def poll(number: int) -> None:
        with closing(http.client.HTTPConnection(address)) as waiting:
            waiting.request("GET", f"/s/grid/live/pages?poll={number}")
            sent.set()
            answer = waiting.getresponse()
            answers.append((answer.status, answer.read()[:1]))

    with (
        closing(http.client.HTTPConnection(address)) as stream,
        closing(http.client.HTTPConnection(address)) as page,
    ):
        stream.request("GET", "/s/grid/live/pages")
        with closing(stream.getresponse()) as opened:
            assert opened.status == 200
            frame = next(line for line in iter(opened.readline, b"") if line.startswith(b"id: "))
            polling = threading.Thread(target=poll, args=(int(frame[4:]),))
            polling.start()
            assert sent.wait(30)
            page.request("GET", "/s/grid")  # answered after the poll was taken
            with closing(page.getresponse()) as answered:
                assert answered.status == 200
            process.send_signal(number)
            _, errors = process.communicate(timeout=60)
            polling.join(60)
    others = [line for line in errors.splitlines() if '"log":"security"' not in line]
    assert (process.returncode, others) == (0, [])
    assert answers == [(200, b"{")]
    assert sorted(os.listdir(folder)) == list(LEFT)


def test_a_lock_whose_file_was_removed_is_taken_anew(tmp_path: Path) -> None:
    path = str(tmp_path / "record.db.lock")
    first = Lock(path)
    os.unlink(path)
    second = Lock(path)
    first.release()
    with pytest.raises(RecordInUse):
        Lock(path)
    second.release()
    assert not os.path.exists(path)


def test_a_closed_record_leaves_no_lock(tmp_path: Path) -> None:
    asyncio.run(SqliteRecord(tmp_path / "record.db").close())
    assert os.listdir(tmp_path) == ["record.db"]
