"""The real server is killed while people join, vote, ask, and raise and lower hands; the client keeps the ledger.

Nothing acknowledged is lost, doubled, moved or changed, and what was answered before something else was sent has the
smaller number. `ACQUIS_KILLS` is the number of kills (`make torture`: 200).
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import threading
import time
import urllib.error
from pathlib import Path
from typing import Any

import pytest
from benchmarks.voters import SESSION, STATEMENTS
from benchmarks.web import prepare
from tests.effort import times

from acquis import events as ev
from acquis.publication.verify import verify_entries
from acquis.record import Entry
from acquis.record.sqlite import SqliteRecord
from acquis.roster import Roster
from acquis.state import CODES, fold

from .test_kill_http import post, start
from .test_kill_joining import Newcomer

pytestmark = [pytest.mark.server, pytest.mark.slow]

KILLS = int(os.environ.get("ACQUIS_KILLS") or times(6))
PHONES = 6
TOO_FAST = 429
EVENTS: dict[str, type[ev.Event]] = {
    "cast_vote": ev.VoteCast,
    "ask_question": ev.QuestionAsked,
    "withdraw_question": ev.QuestionWithdrawn,
    "raise_hand": ev.HandRaised,
    "lower_hand": ev.HandLowered,
}


class Act:
    """A command of a phone: when it was sent, and when and with which number it was answered."""

    def __init__(self, secret: str, key: str, body: dict[str, Any]) -> None:
        self.secret, self.key, self.body = secret, key, body
        self.sent, self.told, self.seq = time.monotonic(), 0.0, 0

    def send(self, url: str) -> None:
        """Raises OSError, ValueError or HTTPException if it is not known what became of it."""
        try:
            seq = self._post(url)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code >= 500:
                raise
            seq = None  # refused
        assert not self.seq or seq == self.seq, "another number than before"
        self.seq, self.told = seq or 0, self.told or time.monotonic()

    def _post(self, url: str) -> int | None:
        """Sends it, again and again while the server says that it comes too fast, as a phone does: that answer tells
        nothing about what became of it before. Raises OSError, ValueError or HTTPException."""
        while True:
            try:
                return post(url, self.secret, self.key, self.body)
            except urllib.error.HTTPError as error:
                if error.code != TOO_FAST:
                    raise
                error.close()
                time.sleep(int(error.headers["Retry-After"]))


class Phone:
    """A person who acts as fast as the server answers, until it is gone; now and then somebody joins beside."""

    def __init__(self, number: int, secret: str) -> None:
        self.number, self.secret = number, secret
        self.acts: list[Act] = []
        self.newcomers: list[Newcomer] = []
        self.hand = self.question = 0

    def run(self, url: str, turn: int, stop: threading.Event, answered: threading.Semaphore) -> None:
        dice = random.Random(turn * 100 + self.number)
        self.hand = self.question = 0
        for count in range(10_000):
            if stop.is_set():
                return
            try:
                if count % 7 == 3:
                    self.newcomers.append(newcomer := Newcomer())
                    newcomer.join(url)
                else:
                    self.act(url, dice, f"{turn:03d}-{self.number:02d}-{count:06d}")
            except (OSError, ValueError, http.client.HTTPException):
                return
            answered.release()

    def act(self, url: str, dice: random.Random, key: str) -> None:
        body = self.choose(dice)
        self.acts.append(act := Act(self.secret, key, body))
        act.send(url)
        if body["do"] in ("raise_hand", "lower_hand"):
            self.hand = act.seq if body["do"] == "raise_hand" else 0
        if body["do"] in ("ask_question", "withdraw_question"):
            self.question = act.seq if body["do"] == "ask_question" else 0

    def choose(self, dice: random.Random) -> dict[str, Any]:
        kind = dice.choice(("vote", "vote", "hand", "question"))
        if kind == "hand":
            return {"do": "lower_hand", "hand": self.hand} if self.hand else {"do": "raise_hand"}
        if kind == "question":
            if self.question:
                return {"do": "withdraw_question", "question": self.question}
            return {"do": "ask_question", "text": f"Who pays for keeper number {dice.random()}?"}
        choice = dice.choice(("agree", "disagree", "pass"))
        return {"do": "cast_vote", "statement": 4 + dice.randrange(STATEMENTS), "choice": choice}


def one_round(folder: Path, phones: list[Phone], turn: int) -> None:
    process, url = start(folder)
    stop, answered = threading.Event(), threading.Semaphore(0)
    threads = [threading.Thread(target=phone.run, args=(url, turn, stop, answered)) for phone in phones]
    for thread in threads:
        thread.start()
    for _ in range(random.Random(turn).randrange(20, 60)):
        assert answered.acquire(timeout=60), "the server does not answer"
    process.send_signal(signal.SIGKILL)
    stop.set()
    for thread in threads:
        thread.join(60)
    process.communicate()


def finish(folder: Path, phones: list[Phone]) -> None:
    """Send again, twice, whatever was not answered, and stop the server in order."""
    process, url = start(folder)
    for phone in phones:
        for act in phone.acts:
            if not act.told:
                act.send(url)
                act.send(url)
        for newcomer in phone.newcomers:
            newcomer.join(url)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 0


def require_order(acts: list[Act]) -> None:
    """What was answered before something else was sent has the smaller number."""
    earliest = float("inf")
    for act in sorted(acts, key=lambda act: -act.seq):
        assert earliest >= act.sent, f"entry {act.seq} was sent after a later entry was answered"
        earliest = min(earliest, act.told)


def require_whole(entries: list[Entry], acts: list[Act]) -> None:
    """Each act that was acknowledged is there once, under its number, as it was sent."""
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert verify_entries(entries).ok
    by_key = {entry.key: entry for entry in entries}
    assert len(by_key) == len(entries)
    for act in acts:
        kept = by_key.get(act.key)
        assert (kept.seq if kept else 0) == act.seq
        if kept is not None:
            event = ev.from_body(kept.body)
            assert type(event) is EVENTS[act.body["do"]]
            assert all(getattr(event, name) == value for name, value in act.body.items() if name != "do")


def test_killed_again_and_again_nothing_acknowledged_is_lost_doubled_moved_or_changed(tmp_path: Path) -> None:
    secrets = prepare(tmp_path)
    before = len(secrets)
    phones = [Phone(number, secrets[number]) for number in range(PHONES)]
    for turn in range(KILLS):
        one_round(tmp_path, phones, turn)
    finish(tmp_path, phones)

    record, roster = SqliteRecord(tmp_path / "record.db", read_only=True), Roster(tmp_path / "roster.db")
    entries, state = list(record.read(SESSION)), fold(record.scan(SESSION))
    acts = [act for phone in phones for act in phone.acts]
    require_whole(entries, acts)
    require_order([act for act in acts if act.seq])
    newcomers = [newcomer for phone in phones for newcomer in phone.newcomers]
    held = [given for newcomer in newcomers if (given := roster.holder(newcomer.secret))]
    assert len({given.voice for given in held} & {voice.id for voice in state.voices}) == len(newcomers)
    assert len(state.voices) == before + len(newcomers)
    assert roster.marks()[SESSION] == record.head(SESSION)
    roster.close()
    for number, phone in enumerate(phones):
        votes = {
            act.body["statement"]: act
            for act in sorted(phone.acts, key=lambda act: act.seq)
            if "choice" in act.body and act.seq
        }
        cast = {statement: state.votes[statement][state.voice_numbers[f"v{number}"]] for statement in votes}
        assert cast == {statement: CODES[act.body["choice"]] for statement, act in votes.items()}
    assert len([act for act in acts if act.seq]) > 10 * KILLS, json.dumps([act.body for act in acts[-3:]])
