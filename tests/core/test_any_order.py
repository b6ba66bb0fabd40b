"""No order of commands makes an effect raise, and the state is always what its log adds up to."""

from __future__ import annotations

import functools
import random
from collections.abc import Callable
from typing import Any, Literal, get_args, get_origin, get_type_hints

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times
from tests.failing import failing

from acquis import events as ev
from acquis.attributes import Attributes
from acquis.command import PEOPLE, ROLES, Actor, Command, Refused
from acquis.commands import BY_NAME
from acquis.erasure import EraseText
from acquis.floor.segments import OpenSession
from acquis.floor.undoing import TakeBack, state_without
from acquis.plan.programme import PublishProgramme
from acquis.report.publishing import PublishReport
from acquis.state import CODES, State, fold
from acquis.state.counting import support
from acquis.state.question_order import ListName
from acquis.state.snapshots import snapshot

from .scenarios import DOCUMENT
from .scenarios_registration import LISTED
from .story import OPEN, T0, joined

Row = tuple[int, int, str, bytes]

TEXTS = ("Why?", "How?", "Norms suffice.", "", "x" * 300, "norm-j", "2026-12-31", "A/80/257", "https://example.org")
GROUPS = ("", "Civil Society", "Government", "Martians")
PERSONS = tuple(
    Actor(
        f"p{n}",
        f"v{n}",
        frozenset(ROLES),
        Attributes(lane=("room", "online", "")[n % 3], stakeholder=GROUPS[n % 3]),
        seat=n % 3,
    )
    for n in range(6)
)
TYPES: dict[type[Command], dict[str, Any]] = {
    command: {name: hint for name, hint in get_type_hints(command).items() if name in command.__struct_fields__}
    for command in BY_NAME.values()
    if command not in (PublishProgramme, PublishReport)
}


class Log:
    """A state and the rows it came from. Bodies of erased entries are blanked in the rows, as in the record."""

    def __init__(self, first: tuple[ev.Event, ...] = OPEN) -> None:
        self.state, self.rows, self.at = State(), list[Row](), T0
        self.taken: list[tuple[int, int]] = []
        """Entries of acts, and of what took them back."""
        self.votes: dict[tuple[int, str], str] = {}
        self.copied = State(), State()
        """A snapshot on the way, and the state of which it was made."""
        for event in first:
            self.keep(event, "p-host")

    def do(self, command: Command, by: Actor, passed: int = 1000) -> None:
        self.at += passed
        try:
            event = command.decide(self.state, by, self.at)
        except Refused as refused:
            if refused.code not in command.codes():
                raise AssertionError(f"{type(command).__name__} does not declare {refused.code}") from refused
            return
        if event is not None:
            self.keep(event, command.signed(by))

    def keep_row(self, event: ev.Event, by: str) -> None:
        """Keep an entry and compute the state from the log."""
        self.rows.append((self.state.seq + 1, self.at, by, ev.to_body(event)))
        self.state = fold(self.rows)

    def keep(self, event: ev.Event, by: str) -> None:
        seq = self.state.seq + 1
        row = (seq, self.at, by, ev.to_body(event))
        if isinstance(event, ev.ActTakenBack):
            try:
                self.state = state_without([*self.rows, row], event.entry)
            except Refused:
                return  # people acted on it
            self.taken.append((event.entry, seq))
        else:
            self.state.order.rows(self.state, "asked")  # so that it is kept from one entry to the next
            if self.state.seq % 20 == 0:
                self._check_snapshot()
                self.copied = snapshot(self.state), fold(self.rows)
            self.state.apply(seq, self.at, by, event)
        self.rows.append(row)
        if isinstance(event, ev.TextErased):
            erased, at, whose, body = self.rows[event.entry - 1]
            self.rows[event.entry - 1] = erased, at, whose, ev.to_body(ev.redacted(ev.from_body(body)))
        if isinstance(event, ev.VoteCast):
            self.votes[event.statement, by] = event.choice

    def check(self, cut: int) -> None:
        whole = fold(self.rows)
        assert whole == self.state, "the state is not what its log adds up to"
        if not any(act <= cut < back for act, back in self.taken):
            assert fold(self.rows[cut:], fold(self.rows[:cut])) == whole, "folding in two steps is not folding at once"
        for statement, votes in self.state.votes.items():
            mine = {who: choice for (on, who), choice in self.votes.items() if on == statement}
            assert {v.id: c for v, c in zip(self.state.voices, votes) if c} == {w: CODES[c] for w, c in mine.items()}
        waiting = {seq for seq, hand in self.state.hands.items() if hand.fate == "waiting"}
        assert set(self.state.waiting) == waiting
        assert len(self.state.waiting) == len(waiting)
        self._check_lists(whole)
        copied = snapshot(self.state)
        assert [name for name in State.__struct_fields__ if getattr(copied, name) != getattr(whole, name)] == []
        self._check_snapshot()
        running = [turn.seq for turn in self.state.turns.values() if turn.fate == "running"]
        assert running == ([self.state.turn] if self.state.turn else [])

    def _check_snapshot(self) -> None:
        kept, was = self.copied
        changed = [name for name in State.__struct_fields__ if getattr(kept, name) != getattr(was, name)]
        assert changed == [], "a snapshot changed later"

    def _check_lists(self, whole: State) -> None:
        """Whether lists that were kept as the log went on are those that follow from all of it."""
        names = get_args(ListName)
        kept = {name: [q.seq for q in self.state.order.rows(self.state, name)] for name in names}
        assert kept == {name: [q.seq for q in whole.order.rows(whole, name)] for name in names}
        assert sorted(seq for rows in kept.values() for seq in rows) == sorted(self.state.questions)
        asked = [q for q in self.state.questions.values() if q.fate in ("approved", "on_floor")]
        ranked = sorted(asked, key=lambda q: (q.fate != "on_floor", -support(self.state, q.seq), q.seq))
        assert kept["asked"] == [q.seq for q in ranked]
        assert kept["toapprove"] == [q.seq for q in self.state.questions.values() if q.fate == "waiting"]


def _fill(hint: Any, number: Callable[[], int], choose: Callable[[Any], Any]) -> Any:
    """A value for a field: numbers of entries as they come, one of the choices, one of the texts."""
    if hint is int:
        return number()
    if hint is bool:
        return choose((False, True))
    if get_origin(hint) is Literal:
        return choose(get_args(hint))
    if hint is str:
        return choose((*TEXTS, *GROUPS, "p1", "takeaways", "concern"))
    if get_origin(hint) is tuple:
        return (_fill(get_args(hint)[0], number, choose),)
    return choose([value for part in get_args(hint) for value in get_args(part)])  # a union of literals


@settings(max_examples=times(80))
@given(st.data())
def test_whatever_is_asked_the_log_folds(data: st.DataObject) -> None:
    log = Log(data.draw(st.sampled_from([(), OPEN[:1], OPEN])))
    steps = data.draw(st.lists(st.sampled_from([*TYPES, PublishProgramme, PublishReport]), max_size=25))
    drawn: list[Any] = steps  # hypothesis tells no more than "object"
    for command in drawn:
        by = data.draw(st.sampled_from(PERSONS))
        if command in (PublishProgramme, PublishReport):
            log.do(_document(command), by)
            continue
        fields = {
            name: _fill(hint, lambda: data.draw(st.integers(-1, 40)), lambda of: data.draw(st.sampled_from(of)))
            for name, hint in TYPES[command].items()
        }
        log.do(command(**fields), by, data.draw(st.integers(0, 60_000)))
    log.check(data.draw(st.integers(0, len(log.rows))))


def _document(command: type[Command]) -> Command:
    if command is PublishProgramme:
        return PublishProgramme(DOCUMENT)
    return PublishReport((ev.Sentence("Norms suffice."),))


OPENS = {"turn": "turns", "hand": "hands", "question": "questions", "into": "questions", "statement": "statements"}
OPENS |= {"commitment": "commitments", "entry": "statements", "line": "speech", "cites": "turns"}


def _likely(state: State, command: type[Command], name: str, dice: random.Random) -> int:
    """A number that mostly names something there is, so that a long run gets somewhere."""
    if command is TakeBack and state.act and dice.random() < 0.8:
        return state.act.seq
    there = list(getattr(state, OPENS[name])) if name in OPENS else []
    if not there or dice.random() < 0.1:
        return dice.randrange(0, 4)
    number: int = dice.choice(there[-8:])
    return number


def _folds_with_erasures(seed: int) -> None:
    dice = random.Random(seed)
    log = Log()
    rare = {
        "close_session": 0.0005,
        "start_segment": 0.02,
        "erase_text": 0.2,
        "close_list": 0.2,
        "join": 2.0,
        "take_back": 4.0,
    }
    names = [name for name, command in BY_NAME.items() if command in TYPES]
    weights = [rare.get(name, 1.0) for name in names]
    for name in dice.choices(names, weights, k=400):
        command = BY_NAME[name]
        fields = {
            field: _fill(hint, functools.partial(_likely, log.state, command, field, dice), dice.choice)
            for field, hint in TYPES[command].items()
        }
        drafted = [one for row in log.state.draft.values() for one in row]
        if "sentence" in fields and drafted and dice.random() < 0.8:
            one = dice.choice(drafted)
            fields |= {"sentence": one.id, "part": one.part, "base": one.entry, "after": dice.choice(drafted).id}
            fields = {name: value for name, value in fields.items() if name in TYPES[command]}
        if command is EraseText:
            fields = {"entry": dice.randrange(0, log.state.seq + 2), "reason": "asked to", "rest": ""}
            row = log.rows[fields["entry"] - 1] if 1 <= fields["entry"] <= log.state.seq else None
            fields["rest"] = "0" * 64 if row is not None and ev.from_body(row[3]).texts else ""
        log.do(command(**fields), dice.choice(PERSONS), dice.randrange(0, 60_000))
    assert len(log.rows) > 40
    log.check(dice.randrange(len(log.rows)))


def test_long_sessions_fold_with_erasures() -> None:
    assert failing(_folds_with_erasures, range(times(40))) == []


TROLL = Actor("p1", "v1", PEOPLE, Attributes(lane="online"), seat=2)
HOST = PERSONS[0]
FLOOR = {
    "register_speaker": 2,
    "enter_speaker": 1,
    "start_segment": 3,
    "raise_hand": 9,
    "enter_hand": 3,
    "restore_hand": 4,
    "lower_hand": 1,
    "defer_hand": 1,
    "give_floor": 14,
    "give_floor_to_speaker": 1,
    "skip_not_responding": 3,
    "end_turn": 2,
    "ask_question": 2,
    "propose_statement": 2,
    "silence_person": 2,
    "unsilence_person": 2,
    "take_back": 3,
}
"""Commands by which somebody comes on the list or gets the floor, and how often each is tried."""


def _stays_silent(seed: int) -> None:
    """W M15: until it is lifted, nothing of the person comes in, no hand of the person waits, and the person does not
    get the floor: neither by the person's own commands nor by those of moderators, nor by what is taken back."""
    dice = random.Random(seed)
    log = Log((LISTED,))
    for actor in (TROLL, *PERSONS[2:]):
        log.keep(joined(actor)[1], actor.voice)
    silent = 0
    for step, name in enumerate(dice.choices(list(FLOOR), list(FLOOR.values()), k=600)):
        if step == 20:
            log.do(OpenSession(), HOST)
        command, by = BY_NAME[name], dice.choice((TROLL, TROLL, HOST, HOST, *PERSONS[2:]))
        fields = {
            field: _fill(hint, functools.partial(_likely, log.state, command, field, dice), dice.choice)
            for field, hint in TYPES[command].items()
        }
        if "person" in fields:
            fields["person"] = "p1"
        before, was_silent = log.state.seq, "p1" in log.state.measures.silenced
        log.do(command(**fields), by, dice.choice((500, 4000, 30_000)))
        if "p1" in log.state.measures.silenced:
            silent += 1
            assert not [hand for hand in log.state.hands.values() if hand.person == "p1" and hand.fate == "waiting"]
            assert "p1" not in [log.state.turns[n].person for n in (log.state.turn, log.state.interrupted) if n]
            if was_silent and by is TROLL and command.takes_part:
                assert log.state.seq == before
    assert silent > 20
    log.check(dice.randrange(len(log.rows)))


def test_a_silenced_person_stays_silent_whatever_is_done() -> None:
    assert failing(_stays_silent, range(times(30))) == []
