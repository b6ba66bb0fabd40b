"""Acts that are taken back: the state is the fold of the entries that were not taken back (B F5, W M2)."""

from __future__ import annotations

import asyncio
import functools
import random
from collections.abc import Callable, Set

import pytest
from tests.effort import times
from tests.failing import failing

from acquis import events as ev
from acquis.command import MODERATORS, PEOPLE, Command
from acquis.commands import BY_NAME
from acquis.erasure import EraseText
from acquis.floor import fairness, undoing
from acquis.floor.audit import audit
from acquis.floor.people import Join
from acquis.floor.questions import ApproveQuestion, AskQuestion
from acquis.floor.queue import GiveFloor, RaiseHand
from acquis.floor.segments import CloseList, StartSegment
from acquis.floor.statements import CastVote, SeedStatement
from acquis.floor.undoing import TakeBack
from acquis.record import RecordBroken, RecordFull
from acquis.session import Session
from acquis.state import State, fold
from acquis.state.undoing import GRACE_MS, LookAhead

from .scenarios_undoing import INDEPENDENT
from .story import ANN, BEN, HOST, OPEN, PROGRAMME, SECOND, T0, Happened, actor, asked, given, hand, joined, opened
from .test_any_order import PERSONS, TYPES, Log, _fill, _likely
from .test_session import LOG, House, played, refused

CAT = actor("cat")
NOTHING = ev.ActTakenBack(0)
"""An entry that takes nothing back and has no effect; it keeps the numbers of the others."""


def _some(log: Log, dice: random.Random, fits: Callable[[type[Command]], bool]) -> Command:
    names = [name for name, command in BY_NAME.items() if command in TYPES and fits(command)]
    command = BY_NAME[dice.choice(names)]
    fields = {
        field: _fill(hint, functools.partial(_likely, log.state, command, field, dice), dice.choice)
        for field, hint in TYPES[command].items()
    }
    return command(**fields)


def _is_for_people(command: type[Command]) -> bool:
    return bool(command.roles & PEOPLE) and not command.roles & MODERATORS


def _of_moderators(command: type[Command]) -> bool:
    return bool(command.roles & MODERATORS) and command not in (TakeBack, EraseText)


def _leaves_the_session_as_it_was(seed: int) -> None:
    """Any commands, then an act, then what people do, then the act is taken back: the state is that of the same
    commands without the act, and each of them is decided in the same way."""
    dice = random.Random(seed)
    log = Log()
    for _ in range(60):
        if log.state.closed_at:
            break
        fits = _is_for_people if dice.random() < 0.6 else _of_moderators
        log.do(_some(log, dice, fits), dice.choice(PERSONS), dice.randrange(0, 20_000))
    act, tries = None, 0
    while act is None and tries < 200:
        tries += 1
        before, seq = list(log.rows), log.state.seq
        log.do(_some(log, dice, _of_moderators), HOST, dice.randrange(0, 5000))
        if log.state.seq > seq and log.state.act is not None and log.state.act.seq == log.state.seq:
            act = log.state.act
    if act is None:
        return  # closed early: nothing is left that can be done
    other = Log(())
    other.rows, other.state, other.at = before, fold(before), before[-1][1]
    other.at = act.at
    other.keep_row(NOTHING, HOST.person)
    for _ in range(12):
        command, by, passed = _some(log, dice, _is_for_people), dice.choice(PERSONS), dice.randrange(0, 900)
        seq = log.state.seq
        log.do(command, by, passed)
        other.at = log.at
        if log.state.seq > seq:
            other.do(command, by, 0)
    seq = log.state.seq
    log.do(TakeBack(act.seq), HOST, 100)
    if log.state.seq == seq:
        return  # people acted on it: refused, and nothing has changed
    other.at = log.at
    other.keep_row(NOTHING, HOST.person)
    assert [row[3] for row in log.rows if row[0] not in (act.seq, seq + 1)] == [
        row[3] for row in other.rows if row[0] not in (act.seq, seq + 1)
    ], "somebody would have been answered in another way"
    taken = log.state.taken_back.pop(act.seq).act
    assert (taken.seq, taken.at, taken.by, taken.event) == (act.seq, act.at, act.by, act.event)
    other.state.taken_back.pop(act.seq, None)
    assert log.state == other.state


def test_what_is_taken_back_leaves_the_session_as_if_it_had_not_been_done() -> None:
    assert failing(_leaves_the_session_as_it_was, range(times(100))) == []


def test_a_segment_begun_by_slip_leaves_no_trace_on_the_floor() -> None:
    """B F5: the speaker lost the floor, who had spoken was forgotten, the counters and the clock began again."""
    before: tuple[Happened, ...] = (*OPEN, hand(ANN), hand(BEN), ev.FloorGiven(4), 30 * SECOND, ev.FloorGiven(5))
    slip: tuple[Happened, ...] = (ev.SegmentStarted(0, ("room", "online", "other")), ev.ActTakenBack(8))
    was, state = given(*before), given(*before, *slip)
    assert (state.segment, state.segment_at, state.turn, state.spoken) == (1, was.segment_at, 7, {ANN.person})
    assert (state.counters, state.turns, state.hands) == (was.counters, was.turns, was.hands)
    assert state.taken_back[8].by == HOST.person


@pytest.mark.parametrize(
    ("entries", "wrong"),
    [
        ((ev.ListClosed(), ev.ActTakenBack(4)), 0),
        ((ev.ListClosed(), 10 * SECOND, ev.ActTakenBack(4)), 0),
        ((ev.ListClosed(), 10 * SECOND + GRACE_MS + 1, ev.ActTakenBack(4)), 5),  # too late
        ((ev.ListClosed(), ev.ListOpened(), ev.ActTakenBack(4)), 6),  # a later act counts
        ((ev.ListClosed(), ev.ListOpened(), ev.ActTakenBack(5), ev.ActTakenBack(4)), 0),
        ((ev.ListClosed(), ev.ActTakenBack(4), ev.ActTakenBack(4)), 6),  # twice
        ((ev.ListClosed(), ev.ActTakenBack(9)), 5),  # unknown
        ((ev.ListClosed(), ev.ActTakenBack(5)), 5),  # itself
        ((hand(ANN), ev.ActTakenBack(4)), 5),  # of a person
        ((hand(ANN), (ANN.person, ev.HandLowered(4)), ev.ActTakenBack(5)), 6),  # the own hand
        ((hand(ANN), (HOST.person, ev.HandLowered(4)), ev.ActTakenBack(5)), 0),
    ],
)
def test_a_log_that_takes_back_what_cannot_be_is_named_by_the_audit_and_ignored_by_the_fold(
    entries: tuple[Happened, ...], wrong: int
) -> None:
    rows, at = list[tuple[int, int, str, bytes]](), T0
    for thing in (*OPEN, *entries):
        if isinstance(thing, int):
            at += thing
            continue
        by, event = thing if isinstance(thing, tuple) else (HOST.person, thing)
        rows.append((len(rows) + 1, at, by, ev.to_body(event)))
    assert audit(rows).unreadable == wrong
    state = fold(rows)
    assert state.seq == len(rows)
    if wrong:
        ignored = [row if row[0] != wrong else (*row[:3], ev.to_body(NOTHING)) for row in rows]
        assert state == fold(ignored)


def test_an_entry_is_held_back_only_while_it_can_be_taken_back() -> None:
    asks = [(seq, T0 + seq * SECOND, ANN.person, ev.QuestionAsked(f"{seq}?")) for seq in range(2, 30)]
    ahead = LookAhead()
    settled = dict[int, int]()
    for row in ((1, T0, HOST.person, ev.ListClosed()), *asks):
        settled |= {seq: row[0] for seq, *_ in ahead.take(row)}
    assert settled[1] == 14, "an act waits for its window and the grace"
    assert settled[29] == 29


# --- commands that undo at any time (B F5, B 27 to 29) --------------------------------------------------------------


def _supporters(state: State, *questions: int) -> list[Set[int]]:
    return [state.questions[seq].supporters for seq in questions]


def test_a_merged_question_is_split_and_its_supporters_go_back_as_they_were() -> None:
    people = [joined(actor(name)) for name in ("a", "b", "c", "d")]
    support = [(f"v-{name}", ev.QuestionSupported(seq)) for name, seq in (("a", 8), ("b", 8), ("b", 9))]
    state = given(
        *opened(moderated=False),
        *people,
        asked(ANN),
        asked(BEN, "How?"),
        *support,
        ev.QuestionMerged(8, 9),
        ("v-c", ev.QuestionSupported(9)),
    )
    assert _supporters(state, 9) == [{0, 1, 2}]
    split(state, 8)
    assert _supporters(state, 8, 9) == [{0, 1}, {1, 2}]
    assert (state.questions[8].fate, state.questions[8].into) == ("approved", 0)


def split(state: State, question: int) -> None:
    state.apply(state.seq + 1, state.at, HOST.person, ev.QuestionSplit(question))


def test_who_withdrew_support_of_a_merged_question_or_gave_it_anew_is_counted_so_after_the_split() -> None:
    support = [(f"v-{name}", ev.QuestionSupported(6)) for name in ("a", "b")]
    later = [("v-a", ev.SupportWithdrawn(7)), ("v-b", ev.SupportWithdrawn(7)), ("v-b", ev.QuestionSupported(7))]
    questions = (asked(ANN), asked(BEN, "How?"))
    people = (joined(actor(name)) for name in ("a", "b"))
    state = given(*opened(moderated=False), *people, *questions, *support, ev.QuestionMerged(6, 7), *later)
    split(state, 6)
    assert _supporters(state, 6, 7) == [{1}, {1}]


def test_a_chain_of_merges_is_split_link_by_link() -> None:
    state = given(
        *opened(moderated=False),
        joined(actor("a")),
        *(asked(ANN, text) for text in ("1?", "2?", "3?")),
        ("v-a", ev.QuestionSupported(5)),
        ev.QuestionMerged(5, 6),
        ev.QuestionMerged(6, 7),
    )
    assert [state.questions[seq].into for seq in (5, 6, 7)] == [7, 7, 0]
    split(state, 6)
    assert [state.questions[seq].into for seq in (5, 6, 7)] == [6, 0, 0]
    assert _supporters(state, 5, 6, 7) == [{0}, {0}, set()]
    split(state, 5)
    assert _supporters(state, 5, 6, 7) == [{0}, set(), set()]


def test_the_first_link_of_a_chain_is_split_alone() -> None:
    state = given(
        *opened(moderated=False),
        joined(actor("a")),
        *(asked(ANN, text) for text in ("1?", "2?", "3?")),
        ("v-a", ev.QuestionSupported(5)),
        ev.QuestionMerged(5, 6),
        ev.QuestionMerged(6, 7),
    )
    split(state, 5)
    assert _supporters(state, 5, 6, 7) == [{0}, set(), set()]
    assert [state.questions[seq].into for seq in (5, 6, 7)] == [0, 7, 0]


@pytest.mark.parametrize(
    ("before", "fate"),
    [
        ((), "approved"),
        ((ev.QuestionPut(4),), "approved"),
        ((ev.QuestionAnswered(4),), "answered_live"),
        ((ev.AnswerWritten(4, "So."),), "answered_in_writing"),
        ((ev.QuestionMerged(4, 5),), "merged"),
        ((ev.SessionClosed(),), "not_reached"),
    ],
)
def test_a_question_is_held_back_whatever_happened_to_it_and_is_that_again_when_let_through(
    before: tuple[Happened, ...], fate: str
) -> None:
    """B F6."""
    held = (*opened(moderated=False), asked(ANN), asked(BEN, "How?"), *before, ev.QuestionHeldBack(4, "abusive"))
    question = given(*held).questions[4]
    assert (question.fate, question.public) == ("held_back", False)
    question = given(*held, ev.QuestionApproved(4)).questions[4]
    assert (question.fate, question.public) == (fate, True)


def test_a_hand_that_is_put_back_has_its_old_place() -> None:
    """B F5."""
    state = given(*OPEN, hand(ANN), hand(CAT), ev.HandLowered(4), ev.HandRestored(4))
    assert [one.seq for one in fairness.order(state)] == [4, 5]
    assert (state.hands[4].lowered_at, state.hands[4].lowered_by_moderator) == (0, False)


def test_it_is_known_of_every_event_what_it_needs() -> None:
    """What comes after an act that is taken back must be possible without it: as a command, or in the phase."""
    needing = {*undoing._COMMANDS, *undoing._PHASES}
    assert needing | INDEPENDENT | {event for event in ev.ALL if event.undo_s} == set(ev.ALL)
    assert not needing & INDEPENDENT


# --- in a session ------------------------------------------------------------------------------------------------


def test_an_act_is_taken_back_once_and_a_retry_is_the_same() -> None:
    async def play(house: House) -> None:
        await house.do(RaiseHand(), ANN)
        call = await house.do(GiveFloor(4))
        assert call is not None
        back = await house.do(TakeBack(call.seq), key="one-key")
        assert back is not None
        assert house.session.state.turn == 0
        assert house.session.state.waiting == [4]
        assert await house.do(TakeBack(call.seq), key="one-key") == back
        assert await house.do(TakeBack(call.seq), key="of another moderator") is None
        assert house.refolded_is_live()
        house.session = await Session.open(house.keeper, LOG)
        assert await house.do(TakeBack(call.seq), key="one-key") == back

    played(play)


def test_what_comes_at_the_same_moment_is_decided_before_or_after() -> None:
    async def play(house: House) -> None:
        closed = await house.do(CloseList())
        assert closed is not None
        commands = (RaiseHand(), TakeBack(closed.seq), RaiseHand(), TakeBack(closed.seq), AskQuestion("Why?"))
        people = (ANN, HOST, BEN, HOST, ANN)
        answers = await asyncio.gather(*map(house.do, commands, people), return_exceptions=True)
        assert [getattr(a, "code", getattr(a, "seq", None)) for a in answers] == ["list_closed", 5, 6, None, 7]
        assert house.session.state.list_open

    played(play)


def test_a_held_key_calls_one_person_and_a_retry_is_no_second_call() -> None:
    """B F3: Space held for three seconds gave the floor to six people."""

    async def play(house: House) -> None:
        for number in range(6):
            await house.do(RaiseHand(), actor(f"n{number}"))
        at, answers = T0 + 100 * SECOND, list[object]()
        for press in range(90):
            picked = fairness.pick(house.session.state, at + press * 33)
            assert picked is not None
            answers += await asyncio.gather(
                house.session.do(GiveFloor(picked.hand), HOST, at + press * 33, f"press-{press}"),
                return_exceptions=True,
            )
        codes = [getattr(answer, "code", "given") for answer in answers]
        assert codes.count("given") == 2, "three seconds hold two pauses"
        assert set(codes) == {"given", "called_just_now"}
        first = await house.session.do(GiveFloor(4), HOST, at, "press-0")
        assert first == answers[0]

    played(play)


def test_what_people_acted_on_stays_and_nothing_is_stored() -> None:
    async def play(house: House) -> None:
        await house.do(Join(lane="room"), ANN)
        await house.do(SeedStatement("Norms suffice."))
        await house.do(CastVote(5, "agree"), ANN)
        assert await refused(house.do(TakeBack(5))) == "act_used"
        assert house.keeper.head(LOG)[0] == house.session.state.seq == 6
        await house.do(AskQuestion("Why?"), ANN)
        assert await house.do(ApproveQuestion(7)) is not None

    played(play)


def test_a_failure_of_the_record_takes_nothing_back_and_leaves_the_state_of_the_log() -> None:
    async def play(house: House) -> None:
        await house.do(RaiseHand(), ANN)
        await house.do(GiveFloor(4))
        for failure in (RecordFull("full"), RecordBroken("I/O error")):
            house.keeper.fails = [failure]
            with pytest.raises(type(failure)):
                await house.do(TakeBack(5), key="one-key")
            assert (await house.session.settled()).turn == 5
        assert await house.do(TakeBack(5), key="one-key") is not None
        assert house.session.state.turn == 0
        assert await house.do(RaiseHand(), BEN) is not None

    played(play)


def test_a_power_cut_after_the_entry_is_kept_leaves_it_taken_back() -> None:
    async def play(house: House) -> None:
        await house.do(RaiseHand(), ANN)
        await house.do(StartSegment(0))
        house.keeper.cuts = [RecordBroken("the process ends here")]
        with pytest.raises(RecordBroken):
            await house.do(TakeBack(5), key="one-key")
        house.session = await Session.open(house.keeper, LOG)
        assert house.session.state.segment == 1
        again = await house.do(TakeBack(5), key="one-key")
        assert again is not None
        assert again.seq == 6

    played(play)


def test_a_text_that_is_erased_is_gone_from_what_was_taken_back() -> None:
    async def play(house: House) -> None:
        await house.do(SeedStatement("Ann Example said this."))
        await house.do(TakeBack(4))
        await house.do(EraseText(4, "on request"))
        assert "Example" not in repr(house.session.state)
        await house.do(SeedStatement("Ann Example said that."))
        await house.do(EraseText(7, "on request"))
        assert "Example" not in repr(house.session.state)

    played(play)


def test_the_opening_can_be_taken_back_for_a_minute_as_long_as_nobody_acted() -> None:
    """W M1."""
    state = given(PROGRAMME, ev.SessionOpened(), 59 * SECOND, ev.ActTakenBack(2))
    assert (state.phase, state.opened_at) == ("published", 0)
    assert given(PROGRAMME, ev.SessionOpened(), 70 * SECOND, ev.ActTakenBack(2)).phase == "open"
