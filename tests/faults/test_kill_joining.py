"""The real server is killed while people join; each of them is one person and one voice in the end."""

from __future__ import annotations

import http.client
import re
import signal
import threading
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from benchmarks.voters import SESSION
from benchmarks.web import prepare
from tests.effort import times

from acquis.record.sqlite import SqliteRecord
from acquis.roster import Roster, hashed
from acquis.state import fold
from acquis.web.http.ids import new_secret
from acquis.web.http.newcomers import JOINING
from acquis.web.http.passes import cookie_name

from .test_kill_http import start

pytestmark = [pytest.mark.server, pytest.mark.slow]

ROUNDS, PHONES = times(6), 8
CODE = "BENCH000"
"""The session code of `benchmarks.web.prepare`."""


class Newcomer:
    """A browser in which somebody joins: the secret in its cookie, the key of its form, and whether it was answered."""

    def __init__(self) -> None:
        self.secret, self.key, self.answered = new_secret(), new_secret()[:20], False

    def join(self, url: str) -> None:
        """Send the joining; what became of it is not known if the server is gone. Raises OSError, HTTPException."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{cookie_name(SESSION, kind=JOINING)}={self.secret}",
        }
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        try:
            connection.request(
                "POST", f"/s/{SESSION}/join", urlencode({"lane": "room", "key": self.key, "code": CODE}), headers
            )
            answer = connection.getresponse()
            answer.read()
        finally:
            connection.close()
        assert answer.status == 303, answer.status
        cookies = " ".join(answer.headers.get_all("set-cookie") or [])
        assert re.search(rf"\b{cookie_name(SESSION)}={self.secret};", cookies)
        self.answered = True


def crowd(url: str, people: list[Newcomer], stop: threading.Event, arrived: threading.Semaphore) -> None:
    while not stop.is_set():
        people.append(newcomer := Newcomer())
        try:
            newcomer.join(url)
        except (OSError, http.client.HTTPException):
            return
        arrived.release()


def one_round(folder: Path, turn: int) -> list[Newcomer]:
    """People join until the server is killed in the midst of it."""
    process, url = start(folder)
    stop, arrived = threading.Event(), threading.Semaphore(0)
    lists: list[list[Newcomer]] = [[] for _ in range(PHONES)]
    phones = [threading.Thread(target=crowd, args=(url, people, stop, arrived)) for people in lists]
    for phone in phones:
        phone.start()
    for _ in range(20 + 7 * turn):
        assert arrived.acquire(timeout=60), "the server does not answer"
    process.send_signal(signal.SIGKILL)
    stop.set()
    for phone in phones:
        phone.join(60)
    process.communicate()
    return [newcomer for people in lists for newcomer in people]


def test_killed_while_people_join_each_is_one_person_and_one_voice(tmp_path: Path) -> None:
    """R 10: a joining sent again after a crash, by the form or by a new one, is never a second vote."""
    before = len(prepare(tmp_path))
    people = [newcomer for turn in range(ROUNDS) for newcomer in one_round(tmp_path, turn)]
    assert any(not newcomer.answered for newcomer in people), "nobody was interrupted"
    process, url = start(tmp_path)
    for newcomer in people:
        for key in (newcomer.key, newcomer.key, new_secret()[:20]):
            newcomer.key = key
            newcomer.join(url)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)

    record, roster = SqliteRecord(tmp_path / "record.db", read_only=True), Roster(tmp_path / "roster.db")
    state = fold(record.scan(SESSION))
    held = [given for newcomer in people if (given := roster.holder(newcomer.secret))]
    roster.close()
    assert len(held) == len({given.person for given in held}) == len({hashed(one.secret) for one in people})
    voices = {voice.id for voice in state.voices}
    assert {given.voice for given in held} <= voices
    assert len(state.voices) == before + len(people)
