"""The public state of a session under the Chatham House Rule is kept as the log goes on, off the event loop."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Awaitable, Callable

import pytest
from tests.work import CallClock

from acquis.board import Board
from acquis.command import Actor, Command
from acquis.floor.people import Join
from acquis.floor.questions import ApproveQuestion, AskQuestion
from acquis.floor.segments import CloseSession, OpenSession
from acquis.floor.statements import CastVote, SeedStatement
from acquis.plan.programme import PublishProgramme
from acquis.publication.public_fold import PublicFold
from acquis.record.sqlite import SqliteRecord
from acquis.roster import Roster, SessionRow
from acquis.session import Session
from acquis.state import State
from acquis.web.http import loop

HOST = Actor("p-host", roles=frozenset({"organizer", "onsite_moderator"}))
RULED = {
    "title": "A dialogue",
    "segments": [{"title": "Questions", "kind": "questions", "minutes": 5}],
    "settings": {"chatham_house_rule": True},
}
_KEYS = itertools.count()


def asker(number: int) -> Actor:
    """Somebody who takes part, one of very many."""
    return Actor(f"p-{number}", f"v-{number}", frozenset({"participant"}))


ASKER = asker(-1)


class Hall:
    """A session under the rule in which a statement can be voted on, and how often its public state was computed."""

    def __init__(self, questions: int = 1) -> None:
        self.board = Board(SqliteRecord(":memory:"), Roster(":memory:"))
        self.board.roster.add_session(SessionRow("s", "SSSSSSSS", 1, ""))
        self.questions = questions
        self.at = itertools.count(1_700_000_000_000, 1000)

    async def opened(self) -> Session:
        session = await self.board.session("s")
        assert session is not None
        self.session = session
        for command in (PublishProgramme(RULED), OpenSession(), SeedStatement("Norms bind.")):
            await self.do(command)
        await self.do(Join(lane="room"), ASKER)
        await asyncio.gather(*(self.do(AskQuestion(f"Why {n}?", 0), asker(n)) for n in range(self.questions)))
        return session

    async def do(self, command: Command, by: Actor = HOST) -> int:
        entry = await self.session.do(command, by, next(self.at), f"key-{next(_KEYS)}")
        return entry.seq if entry else 0

    async def public(self) -> State:
        return await self.board.public(self.session, await self.session.settled())


class Threads:
    """How often a public state was computed, and in which threads. It waits for `gate`, which is open by itself."""

    def __init__(self, patched: pytest.MonkeyPatch) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.names: list[str] = []
        upto = PublicFold.upto

        def computed(fold: PublicFold, state: State, people: tuple[str, ...]) -> State:
            self.names.append(threading.current_thread().name)
            assert self.gate.wait(60)
            return upto(fold, state, people)

        patched.setattr(PublicFold, "upto", computed)


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> Threads:
    return Threads(monkeypatch)


def held(work: Callable[[Hall], Awaitable[None]]) -> None:
    async def whole() -> None:
        hall = Hall()
        await hall.opened()
        await work(hall)

    asyncio.run(whole())


def test_it_is_computed_in_a_thread_and_only_when_something_public_was_added(threads: Threads) -> None:
    async def work(hall: Hall) -> None:
        first = await hall.public()
        (question,) = first.questions
        assert first.questions[question].text == ""
        vote = await hall.do(CastVote(next(iter(first.statements)), "agree"), ASKER)
        assert (await hall.public()).seq == vote
        assert len(threads.names) == 1, "a vote is sealed"
        await hall.do(ApproveQuestion(question))
        assert (await hall.public()).questions[question].text == "Why 0?"
        await hall.do(CloseSession())
        assert (await hall.public()).closed_at
        assert len(threads.names) == 3
        assert threading.main_thread().name not in threads.names

    held(work)


def test_all_who_ask_meanwhile_share_what_begins_after_they_asked(threads: Threads) -> None:
    async def work(hall: Hall) -> None:
        threads.gate.clear()
        early = asyncio.create_task(hall.public())
        while not threads.names:
            await asyncio.sleep(0)
        asked = await hall.do(AskQuestion("Who pays?", 0), ASKER)
        late = [asyncio.create_task(hall.public()) for _ in range(5)]
        await asyncio.sleep(0)
        threads.gate.set()
        assert asked not in (await early).questions
        assert all(asked in state.questions for state in await asyncio.gather(*late))
        assert len(threads.names) == 2

    held(work)


def test_whoever_leaves_does_not_take_it_from_the_others(threads: Threads) -> None:
    async def work(hall: Hall) -> None:
        threads.gate.clear()
        leaves, stays = asyncio.create_task(hall.public()), asyncio.create_task(hall.public())
        while not threads.names:
            await asyncio.sleep(0)
        leaves.cancel()
        threads.gate.set()
        assert (await stays).seq == hall.session.state.seq
        assert len(threads.names) == 1

    held(work)


def test_a_fault_is_told_and_the_next_reader_tries_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(hall: Hall) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(PublicFold, "_upto", lambda *_: 1 // 0)
            with pytest.raises(ZeroDivisionError):
                await hall.public()
        assert (await hall.public()).seq == hall.session.state.seq

    held(work)


def calls_of_a_reader(questions: int) -> float:
    """The longest step on the event loop, in calls, for a reader after a new question."""

    async def whole() -> float:
        hall, steps = Hall(questions), list[float]()
        await hall.opened()
        await hall.public()
        await hall.do(AskQuestion("Who pays?", 0), ASKER)
        loop.measure_steps(lambda work, took: steps.append(took), CallClock())
        await asyncio.create_task(hall.public())
        return max(steps)

    return asyncio.run(whole())


def test_the_work_on_the_loop_does_not_grow_with_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "NOTED_S", 0.0)
    assert calls_of_a_reader(300) < 1.1 * calls_of_a_reader(30)
