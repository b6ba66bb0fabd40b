"""The one door: decided once, kept once, answered when it is durable."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine, Sequence
from typing import Any, ClassVar, Self

import msgspec
import pytest

from acquis import events as ev
from acquis import session
from acquis.command import Actor, Command, Refused
from acquis.erasure import EraseText
from acquis.floor.people import Join
from acquis.floor.questions import ApproveQuestion, AskQuestion, MergeQuestions, SupportQuestion
from acquis.floor.queue import GiveFloor, LowerHand, RaiseHand
from acquis.floor.segments import OpenSession, StartSegment
from acquis.floor.statements import CastVote, SeedStatement
from acquis.record import Draft, Entry, RecordBroken, RecordFull
from acquis.record.sqlite import SqliteRecord
from acquis.session import Session
from acquis.state import AGREE, DISAGREE, State, fold

from .story import ANN, BEN, HOST, PROGRAMME, QUESTIONS, SECOND, T0, actor

LOG = "a-session"


class Keeper(SqliteRecord):
    """The real record, whose next appends can be made to fail, or held until they are let go."""

    def __init__(self) -> None:
        super().__init__(":memory:")
        self.fails: list[Exception] = []
        self.cuts: list[Exception] = []
        """What is raised after the entries are kept."""
        self.held: asyncio.Event | None = None
        self.reached = asyncio.Event()
        self.batches: list[int] = []
        self.blanks = True

    async def append(self, log: str, drafts: Sequence[Draft]) -> list[Entry]:
        if self.held is not None:
            self.reached.set()
            await self.held.wait()
        if self.fails:
            raise self.fails.pop(0)
        self.batches.append(len(drafts))
        entries = await super().append(log, drafts)
        if self.cuts:
            raise self.cuts.pop(0)
        return entries

    async def erase(self, log: str, seq: int, members: Collection[str]) -> Entry:
        if not self.blanks:
            raise RecordFull("no room to write the file anew")
        return await super().erase(log, seq, members)


class House:
    """A session that runs, on a keeper of its own, with keys counted up."""

    def __init__(self, keeper: Keeper, session: Session) -> None:
        self.keeper, self.session, self.keys = keeper, session, 0

    async def do(self, command: Command, by: Actor = HOST, key: str = "") -> Entry | None:
        self.keys += 1
        return await self.session.do(command, by, T0 + self.keys * 2 * SECOND, key or f"key-{self.keys}")

    def refolded_is_live(self) -> bool:
        return fold(self.keeper.scan(LOG)) == self.session.state


def played(play: Callable[[House], Coroutine[Any, Any, None]]) -> None:
    """Run with a session whose segment of questions is open (entries 1 to 3), and hold the state against the log."""

    async def whole() -> None:
        keeper = Keeper()
        try:
            first = [PROGRAMME, ev.SessionOpened(), ev.SegmentStarted(QUESTIONS, ("room", "online", "other"))]
            await keeper.append(LOG, [Draft(ev.to_body(e), "p-host", T0, f"first-{n}") for n, e in enumerate(first)])
            house = House(keeper, await Session.open(keeper, LOG))
            await asyncio.wait_for(play(house), 60)
            assert house.refolded_is_live()
            assert keeper.verify(LOG).ok
        finally:
            await keeper.close()

    asyncio.run(whole())


async def refused(asking: Coroutine[Any, Any, Entry | None]) -> str:
    with pytest.raises(Refused) as refusal:
        await asking
    return refusal.value.code


def test_many_at_once_are_kept_once_each_in_few_transactions() -> None:
    async def play(house: House) -> None:
        await house.do(SeedStatement("Norms suffice."))
        crowd = [actor(f"n{number}") for number in range(300)]
        await asyncio.gather(*(house.do(Join(lane="room"), by) for by in crowd))
        house.keeper.batches.clear()
        kept = await asyncio.gather(*(house.do(CastVote(4, "agree"), by) for by in crowd))
        assert sorted(entry.seq for entry in kept if entry) == list(range(305, 605))
        assert house.session.state.votes[4].count(AGREE) == 300
        assert sum(house.keeper.batches) == 300
        assert len(house.keeper.batches) < 10

    played(play)


def test_commands_one_after_the_other_wait_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the demo and an import play them: for many people, each when the one before was answered."""
    monkeypatch.setattr(session, "GATHER_S", 3600)

    async def play(house: House) -> None:
        for number in range(5):
            await house.do(Join(lane="room"), actor(f"n{number}"))
        assert house.keeper.batches == [3, 1, 1, 1, 1, 1]

    played(play)


def test_a_batch_is_decided_one_after_another() -> None:
    async def play(house: House) -> None:
        hands = await asyncio.gather(*(house.do(RaiseHand(), ANN) for _ in range(3)), return_exceptions=True)
        assert [getattr(answer, "code", "kept") for answer in hands] == ["kept", "already_waiting", "already_waiting"]
        calls = await asyncio.gather(*(house.do(GiveFloor(4)) for _ in range(2)), return_exceptions=True)
        assert [getattr(answer, "code", "kept") for answer in calls] == ["kept", "not_waiting"]

    played(play)


def test_the_same_key_is_one_entry_for_ever() -> None:
    async def play(house: House) -> None:
        await house.do(SeedStatement("Norms suffice."))
        await house.do(Join(lane="room"), ANN)
        vote, again = await asyncio.gather(*(house.do(CastVote(4, "agree"), ANN, "one-key") for _ in range(2)))
        assert vote is not None
        assert vote == again
        await house.do(CastVote(4, "disagree"), ANN)
        assert await house.do(CastVote(4, "agree"), ANN, "one-key") == vote
        assert house.session.state.votes[4][0] == DISAGREE
        house.session = await Session.open(house.keeper, LOG)
        assert await house.do(CastVote(4, "agree"), ANN, "one-key") == vote

    played(play)


def test_a_key_used_for_another_thing_is_refused_and_of_another_person_is_not() -> None:
    async def play(house: House) -> None:
        await house.do(SeedStatement("Norms suffice."))
        await house.do(SeedStatement("Norms do not suffice."))
        await asyncio.gather(house.do(Join(lane="room"), ANN), house.do(Join(lane="online"), BEN))
        assert await house.do(CastVote(4, "agree"), ANN, "one-key")
        assert await refused(house.do(CastVote(4, "pass"), ANN, "one-key")) == "key_used"
        assert await refused(house.do(CastVote(5, "agree"), ANN, "one-key")) == "key_used"
        assert await house.do(CastVote(5, "agree"), BEN, "one-key")
        batch = (house.do(CastVote(4, choice), BEN, "two") for choice in ("agree", "pass"))
        answers = await asyncio.gather(*batch, return_exceptions=True)
        assert [getattr(answer, "code", "kept") for answer in answers] == ["kept", "key_used"]

    played(play)


def test_a_retry_of_support_is_known_after_the_question_was_merged() -> None:
    async def play(house: House) -> None:
        await house.do(AskQuestion("Why?"), ANN)
        await house.do(AskQuestion("How?"), BEN)
        await house.do(Join(), ANN)
        await house.do(ApproveQuestion(4))
        await house.do(ApproveQuestion(5))
        await house.do(MergeQuestions(4, 5))
        kept = await house.do(SupportQuestion(4), ANN, "one-key")
        assert kept is not None
        assert await house.do(SupportQuestion(4), ANN, "one-key") == kept

    played(play)


def test_a_command_declares_what_it_needs_of_the_session() -> None:
    """A command that no module of the application knows: its texts go, and a retry with another text is the same."""

    class Forget(Command, frozen=True, gc=False):
        roles: ClassVar = HOST.roles
        not_repeated: ClassVar = frozenset({"why"})
        entry: int
        why: str
        rest: str = ""

        def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
            return ev.TextErased(self.entry, self.rest)

        def erases(self) -> int:
            return self.entry

        def with_rest(self, digest: str) -> Self:
            return msgspec.structs.replace(self, rest=digest)

    async def play(house: House) -> None:
        asked = await house.do(AskQuestion("Why?"), ANN)
        assert asked is not None
        gone = await house.do(Forget(asked.seq, "on request"), HOST, "one-key")
        assert gone is not None
        assert house.session.state.questions[asked.seq].text == ""
        assert await house.do(Forget(asked.seq, "in other words"), HOST, "one-key") == gone

    played(play)


def test_who_has_not_the_role_is_refused_and_what_is_so_already_is_nothing() -> None:
    async def play(house: House) -> None:
        assert await refused(house.do(StartSegment(0), ANN)) == "not_allowed"
        assert await refused(house.do(RaiseHand(), HOST)) == "not_allowed"
        assert await house.do(OpenSession()) is None
        assert house.session.state.seq == 3

    played(play)


def test_nothing_that_is_not_durable_is_in_a_settled_state_and_nobody_is_answered_before() -> None:
    async def play(house: House) -> None:
        house.keeper.held = asyncio.Event()
        hand = asyncio.ensure_future(house.do(RaiseHand(), ANN))
        settled = asyncio.ensure_future(house.session.settled())
        refusal = asyncio.ensure_future(house.do(RaiseHand(), ANN))
        await house.keeper.reached.wait()
        assert house.session.state.seq == 4, "decided"
        assert not hand.done()
        assert not settled.done()
        assert not refusal.done()
        house.keeper.held.set()
        assert (await settled).seq == 4
        assert house.keeper.head(LOG)[0] == 4
        assert hand.done()
        assert await refused(_answer(refusal)) == "already_waiting"

    played(play)


async def _answer(asked: asyncio.Future[Entry | None]) -> Entry | None:
    return await asked


def test_a_caller_who_goes_away_leaves_the_others_in_peace() -> None:
    async def play(house: House) -> None:
        house.keeper.held = asyncio.Event()
        gone = asyncio.ensure_future(house.do(RaiseHand(), ANN))
        stays = asyncio.ensure_future(house.do(RaiseHand(), BEN))
        await house.keeper.reached.wait()
        gone.cancel()
        house.keeper.held.set()
        entry = await stays
        assert entry is not None
        assert entry.seq == 5

    played(play)


def test_a_full_disk_applies_nothing_and_writing_resumes_when_there_is_room() -> None:
    async def play(house: House) -> None:
        house.keeper.fails = [RecordFull("full")] * 2
        asked = (house.do(RaiseHand(), by) for by in (ANN, BEN))
        answers = await asyncio.gather(*asked, return_exceptions=True)
        assert [type(answer) for answer in answers] == [RecordFull, RecordFull]
        assert (await house.session.settled()).seq == 3
        with pytest.raises(RecordFull):
            await house.do(RaiseHand(), ANN, "again")
        assert (await house.session.settled()).hands == {}
        crowd = [actor(f"n{number}") for number in range(20)]
        kept = await asyncio.gather(*(house.do(RaiseHand(), by) for by in (ANN, *crowd)))
        assert [entry.seq for entry in kept if entry] == list(range(4, 25))
        assert house.refolded_is_live()

    played(play)


def test_while_the_disk_is_full_a_refusal_and_nothing_new_are_still_answered() -> None:
    async def play(house: House) -> None:
        house.keeper.fails = [RecordFull("full")]
        with pytest.raises(RecordFull):
            await house.do(RaiseHand(), ANN)
        assert await refused(house.do(LowerHand(4), ANN)) == "no_such_hand"
        assert await house.do(OpenSession()) is None

    played(play)


def test_an_unknown_failure_reaches_everybody_and_the_state_is_that_of_the_log() -> None:
    async def play(house: House) -> None:
        house.keeper.fails = [RecordBroken("I/O error")]
        asked = (house.do(RaiseHand(), by) for by in (ANN, BEN))
        answers = await asyncio.gather(*asked, return_exceptions=True)
        assert [type(answer) for answer in answers] == [RecordBroken, RecordBroken]
        assert (await house.session.settled()).hands == {}

    played(play)


def test_when_the_log_cannot_be_read_either_nobody_is_left_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    async def play(house: House) -> None:
        def unreadable(log: str, after: int = 0) -> Any:
            raise RecordBroken("damaged")

        house.keeper.fails = [RecordBroken("I/O error")]
        with monkeypatch.context() as patch:
            patch.setattr(house.keeper, "scan", unreadable)
            with pytest.raises(RecordBroken):
                await house.do(RaiseHand(), ANN)
            with pytest.raises(RecordBroken, match="damaged"):
                await house.session.settled()
            assert house.keeper.broken.is_set()
            with pytest.raises(RecordBroken):
                await house.do(RaiseHand(), BEN)
        house.session = await Session.open(house.keeper, LOG)

    played(play)


def test_time_never_runs_backwards_in_the_log() -> None:
    async def play(house: House) -> None:
        await house.session.do(RaiseHand(), ANN, T0 + 9000, "k1")
        entry = await house.session.do(RaiseHand(), BEN, T0 + 5000, "k2")
        assert entry is not None
        assert entry.at == T0 + 9000

    played(play)


def test_an_anonymous_question_is_signed_by_nobody() -> None:
    async def play(house: House) -> None:
        entry = await house.do(AskQuestion("Why?", anonymous=True), ANN)
        assert entry is not None
        assert entry.by == ""
        assert ev.from_body(entry.body) == ev.QuestionAsked("Why?")
        vote = await house.do(Join(lane="room"), ANN)
        assert vote is not None
        assert vote.by == ANN.voice

    played(play)


# --- erasing ----------------------------------------------------------------------------------------------------

SECRET = "My telephone number is 555 0100."


def test_a_text_is_erased_and_the_fact_stays() -> None:
    async def play(house: House) -> None:
        await house.do(AskQuestion(SECRET), ANN)
        erased = await house.do(EraseText(4, "asked to"), key="one-key")
        assert erased is not None
        assert house.session.state.questions[4].text == ""
        assert all(b"555" not in entry.body for entry in house.keeper.read(LOG))
        verdict = house.keeper.verify(LOG)
        assert (verdict.ok, verdict.incomplete) == (True, 1)
        assert await house.do(EraseText(4, "asked to"), key="one-key") == erased
        assert await house.do(EraseText(4, "asked once more")) is None
        assert house.session.state.questions[4].fate == "waiting"

    played(play)


@pytest.mark.parametrize("entry", [0, -1, 99, 10**30])
def test_what_is_not_there_cannot_be_erased(entry: int) -> None:
    async def play(house: House) -> None:
        assert await refused(house.do(EraseText(entry, "asked to"))) == "no_such_entry"
        assert await refused(house.do(EraseText(2, "asked to"))) == "nothing_to_erase"
        assert await refused(house.do(EraseText(2, "asked to", rest="0" * 64))) == "nothing_to_erase"

    played(play)


def test_an_erasure_that_a_crash_cut_short_is_carried_out_at_the_next_start() -> None:
    async def play(house: House) -> None:
        await house.do(AskQuestion(SECRET), ANN)
        house.keeper.blanks = False
        with pytest.raises(RecordFull):
            await house.do(EraseText(4, "asked to"))
        assert any(b"555" in entry.body for entry in house.keeper.read(LOG))
        house.keeper.blanks = True
        house.session = await Session.open(house.keeper, LOG)
        assert all(b"555" not in entry.body for entry in house.keeper.read(LOG))
        assert house.session.state.questions[4].text == ""
        assert house.keeper.verify(LOG).incomplete == 1

    played(play)
