"""After an erasure no file of the server has the text: while it runs, when it has stopped, after the next start."""

from __future__ import annotations

import asyncio
import http.client
import json
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import apsw
import pytest
from click.testing import CliRunner
from tests.server_process import ServerProcess, status_of
from tests.web.client import BOSS, app_client

from acquis.cli import main
from acquis.command import ORGANIZER
from acquis.publication.verify import verify_entries
from acquis.record.sqlite import SqliteRecord
from acquis.web.http import passes

from .crash import PLACES, erase_and_die
from .texts import WORDS, holding, play

pytestmark = pytest.mark.server
PAGES = ("", "/console", "/desk", "/captions", "/record", "/report.md", "/log.jsonl", "/people")


class Served:
    """A server on the data of a folder, asked as the organizer."""

    def __init__(self, folder: Path, secret: str) -> None:
        self.process = ServerProcess(folder, reads_errors=True)
        self._address = urlsplit(self.process.url).netloc
        self._cookie = {"cookie": f"{passes.ORGANIZER_COOKIE}={secret}"}

    def get(self, path: str) -> tuple[int, bytes]:
        return self._ask("GET", path, None, {})

    def erase(self, entry: int) -> int:
        body = json.dumps({"do": "erase_text", "entry": entry, "reason": "on request"})
        headers = {"content-type": "application/json", "idempotency-key": f"erase-{entry:06}"}
        return self._ask("POST", "/s/grid/do", body, headers)[0]

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, bytes]:
        with closing(http.client.HTTPConnection(self._address, timeout=60)) as asking:
            asking.request(method, path, body, {**headers, **self._cookie})
            answer = asking.getresponse()
            return answer.status, answer.read()


@contextmanager
def served(folder: Path, secret: str) -> Iterator[Served]:
    server = Served(folder, secret)
    try:
        yield server
    finally:
        server.process.send_signal(signal.SIGTERM)
        _, errors = server.process.communicate(timeout=60)
    # The entries were made on a clock that each of them moves on, so that a fast server starts before the last of them.
    told = ('"log":"security"', "the clock of this machine")
    others = [line for line in errors.splitlines() if not any(words in line for words in told)]
    assert (server.process.returncode, others) == (0, [])


Prepared = tuple[Path, str, dict[str, int]]
"""The files of a server that was stopped, the secret of an organizer, and the entries of the texts."""


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("played") / "data"
    with app_client(folder) as app:
        entries = play(app)
        secret, _ = passes.issue(app.house, "", ORGANIZER)
        asyncio.run(app.house.close())
    return folder, secret, entries


@pytest.fixture
def prepared(played: Prepared, tmp_path: Path) -> Prepared:
    """The same in files of its own."""
    folder, secret, entries = played
    return shutil.copytree(folder, tmp_path / "data"), secret, entries


def test_nine_kinds_of_texts_are_in_no_file_after_their_erasure(tmp_path: Path, prepared: Prepared) -> None:
    folder, secret, entries = prepared
    with served(folder, secret) as server:
        for page in PAGES:
            assert server.get(f"/s/grid{page}")[0] == 200, page
        assert {found.rpartition(" ")[2] for found in holding(tmp_path, *WORDS.values())} == set(WORDS.values())
        assert any("index.db" in found for found in holding(tmp_path, *WORDS.values()))
        for kind, entry in entries.items():
            assert server.erase(entry) == 201
            assert holding(tmp_path, WORDS[kind]) == []
        for page in PAGES:
            status, content = server.get(f"/s/grid{page}")
            assert status == 200
            assert not [word for word in WORDS.values() if word.encode() in content]
        assert holding(tmp_path, *WORDS.values()) == []
    assert holding(tmp_path, *WORDS.values()) == []
    with served(folder, secret) as server:
        server.get("/s/grid/record")
        assert holding(tmp_path, *WORDS.values()) == []
    record = SqliteRecord(folder / "record.db", read_only=True)
    assert verify_entries(list(record.read("grid"))).ok


def test_while_somebody_reads_a_file_an_erasure_is_not_called_finished(tmp_path: Path, prepared: Prepared) -> None:
    folder, secret, entries = prepared
    with served(folder, secret) as server:
        server.get("/s/grid/record")
        reader = apsw.Connection(str(folder / "record.db"), flags=apsw.SQLITE_OPEN_READONLY)
        reader.execute("begin")
        reader.execute("select count(*) from entries").fetchall()
        assert server.erase(entries["question"]) == 202
        assert WORDS["question"].encode() not in server.get("/s/grid")[1]
        assert holding(tmp_path, WORDS["question"]) != []
        reader.execute("rollback")
        reader.close()
        gone = threading.Event()
        for _ in range(600):
            if holding(tmp_path, WORDS["question"]) == []:
                break
            gone.wait(0.1)
        assert holding(tmp_path, WORDS["question"]) == []


def test_the_command_line_erases_while_the_server_runs(tmp_path: Path, prepared: Prepared) -> None:
    folder, secret, entries = prepared
    with served(folder, secret) as server:
        server.get("/s/grid/record")
        arguments = ["erase", "text", "grid", str(entries["caption"]), "--data", str(folder), "--yes"]
        done = CliRunner().invoke(main, arguments)
        assert (done.exit_code, done.output.splitlines()[-1][:7]) == (0, "Erased."), done.output
        assert holding(tmp_path, WORDS["caption"]) == []
        assert b"(erased)" in server.get("/s/grid/captions")[1]


@pytest.mark.parametrize("place", PLACES)
def test_an_erasure_that_was_killed_is_completed_at_the_next_start(
    tmp_path: Path, prepared: Prepared, place: str
) -> None:
    folder, _, entries = prepared
    assert status_of(erase_and_die, folder, place, entries["question"], BOSS) == -signal.SIGKILL
    with app_client(folder) as app:
        assert app.client.portal is not None
        app.client.portal.call(app.house.erasing.finish, app.house.clock.now())
        assert holding(tmp_path, WORDS["question"]) == []
        assert app.state("grid").questions[entries["question"]].text == ""
    assert holding(tmp_path, WORDS["question"]) == []
