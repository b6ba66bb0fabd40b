"""The real server is killed under load, again and again; the client keeps the ledger.

The record alone is killed a hundred times in tests/record; here the whole way is: HTTP, the door, the state, the disk.
"""

from __future__ import annotations

import http.client
import json
import random
import signal
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from benchmarks.voters import SESSION, STATEMENTS
from benchmarks.web import prepare
from tests.effort import times
from tests.server_process import ServerProcess

from acquis.publication.verify import verify_entries
from acquis.record.sqlite import SqliteRecord

pytestmark = [pytest.mark.server, pytest.mark.slow]

ROUNDS = times(8)
PHONES = 8


class Ledger:
    """What a phone knows of each of its votes: the number it was told, or that it was told nothing."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.told: dict[str, int] = {}
        self.unknown: dict[str, tuple[str, dict[str, Any]]] = {}
        self._news = threading.Condition(self.lock)

    def tell(self, key: str, seq: int | None) -> None:
        """A vote was answered."""
        with self._news:
            del self.unknown[key]
            if seq is not None:
                self.told[key] = seq
            self._news.notify_all()

    def reach(self, count: int) -> None:
        """Wait until so many votes are known to be kept."""
        with self._news:
            assert self._news.wait_for(lambda: len(self.told) >= count, 60), "the server does not answer"


def start(folder: Path) -> tuple[ServerProcess, str]:
    process = ServerProcess(folder)
    return process, process.url


def post(url: str, secret: str, key: str, body: dict[str, Any]) -> int | None:
    """The number of the entry, None if nothing changed; raises OSError, ValueError or HTTPException: not known."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": key, "Cookie": f"pass_{SESSION}={secret}"}
    request = urllib.request.Request(f"{url}/s/{SESSION}/do", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        seq: int | None = json.load(answer)["seq"]
        return seq


def phone(url: str, number: int, secret: str, turn: int, ledger: Ledger, stop: threading.Event) -> None:
    dice = random.Random(turn * 100 + number)
    for count in range(10_000):
        if stop.is_set():
            return
        key = f"{turn:03d}-{number:02d}-{count:06d}"
        statement = 4 + dice.randrange(STATEMENTS)
        body = {"do": "cast_vote", "statement": statement, "choice": dice.choice(("agree", "disagree", "pass"))}
        with ledger.lock:
            ledger.unknown[key] = (secret, body)
        try:
            seq = post(url, secret, key, body)
        except (OSError, ValueError, http.client.HTTPException):
            return  # the server is gone, and what became of this vote is not known
        ledger.tell(key, seq)


def one_round(folder: Path, secrets: list[str], turn: int, ledger: Ledger) -> None:
    process, url = start(folder)
    stop = threading.Event()
    phones = [
        threading.Thread(target=phone, args=(url, number, secrets[number], turn, ledger, stop))
        for number in range(PHONES)
    ]
    for one in phones:
        one.start()
    ledger.reach(len(ledger.told) + random.Random(turn).randrange(30, 60))
    process.send_signal(signal.SIGKILL)
    stop.set()
    for one in phones:
        one.join(60)
    process.communicate()


def test_killed_under_load_nothing_acknowledged_is_lost_and_a_retry_lands_once(tmp_path: Path) -> None:
    secrets, ledger = prepare(tmp_path), Ledger()
    for turn in range(ROUNDS):
        one_round(tmp_path, secrets, turn, ledger)
    process, url = start(tmp_path)
    retried = dict(ledger.unknown)
    for key, (secret, body) in retried.items():
        for _ in range(2):
            seq = post(url, secret, key, body)
            if seq is not None:
                assert ledger.told.setdefault(key, seq) == seq
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)

    record = SqliteRecord(tmp_path / "record.db", read_only=True)
    entries = list(record.read(SESSION))
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    kept = {entry.key: entry.seq for entry in entries if entry.key in ledger.told}
    assert len(ledger.told) > 100
    assert kept == ledger.told
    assert len({entry.key for entry in entries}) == len(entries)
    assert verify_entries(entries).ok
