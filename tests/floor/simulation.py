"""A session driven by random choices, and an account of it that is independent of how the rule is implemented."""

from __future__ import annotations

import random
from itertools import combinations

from acquis import events as ev
from acquis.attributes import Attributes
from acquis.command import MODERATORS, PARTICIPANT, Actor, Command, Refused
from acquis.floor import fairness
from acquis.floor.queue import (
    DeferHand,
    EndTurn,
    EnterHand,
    GiveFloor,
    GiveFloorToSpeaker,
    LowerHand,
    RaiseHand,
    SkipNotResponding,
)
from acquis.state import MIN_CHARGE_MS, State

T0 = 1_700_000_000_000
LIMIT_MS = 180_000
CHAIR = Actor("p-chair", roles=MODERATORS)


class Account:
    """The figures that the bounds are checked against, computed from the commands that were carried out.

    `charged` is the floor time each group was charged, `longest` the longest charge, `overrides` the sum of charges of
    overridden turns. For each pair of groups that both have a hand up, `stretch` holds the least and the largest
    difference of their charges since they both have; for each group that joined at the level line, `behind` counts
    the turns of the other groups that were called since and charged."""

    def __init__(self, groups: tuple[str, ...]) -> None:
        self.charged = dict.fromkeys(groups, 0)
        self.longest = self.overrides = 0
        self.stretch: dict[tuple[str, str], tuple[int, int]] = {}
        self.behind: dict[str, dict[str, int]] = {}
        self.joins = 0

    def slack(self) -> int:
        return self.longest + self.overrides

    def charge(self, group: str, spent: int, override: bool) -> None:
        charge = max(spent, MIN_CHARGE_MS)
        self.charged[group] += charge
        self.longest = max(self.longest, charge)
        if override:
            self.overrides += charge

    def called_by_rule(self, group: str) -> None:
        self.behind.pop(group, None)
        for turns in self.behind.values():
            turns[group] = turns.get(group, 0) + 1

    def taken_back(self) -> None:
        """The speaker did not respond: the group waits again in its former place, ahead of groups that joined
        meanwhile. The wait of those is no longer bounded by one turn of each group, so it is no longer checked."""
        self.behind.clear()

    def look(self, waiting: set[str], level_joins: set[str]) -> None:
        """Take over the groups that wait now; `level_joins` are those that joined with no floor time above the
        level."""
        for group in level_joins:
            self.behind[group] = {}
            self.joins += 1
        for group in set(self.behind) - waiting:
            del self.behind[group]
        for pair in [pair for pair in self.stretch if not waiting.issuperset(pair)]:
            del self.stretch[pair]
        for a, b in combinations(sorted(waiting), 2):
            difference = self.charged[a] - self.charged[b]
            least, most = self.stretch.get((a, b), (difference, difference))
            self.stretch[a, b] = min(least, difference), max(most, difference)


class Simulation:
    """Changes a state by decided commands only, so that everything that happens could happen in a session."""

    def __init__(
        self,
        dice: random.Random,
        groups: tuple[str, ...],
        overrides: float = 0.0,
        lanes: bool = True,
        restricted: tuple[str, ...] = (),
    ) -> None:
        """`restricted`: the groups that the second segment admits; empty: all."""
        self.dice, self.overrides = dice, overrides
        self.named = groups[:-1]
        self.state, self.at = State(), T0
        self.log: list[tuple[int, int, str, bytes]] = []
        self.people = 0
        self.account = Account(groups)
        self.entry(
            ev.ProgrammePublished(
                "A dialogue",
                (
                    ev.Segment("Questions", "questions", 45),
                    ev.Segment("More questions", "questions", 45, stakeholders=restricted),
                ),
                seats=(ev.Seat("A speaker"),),
                settings=ev.Settings(balance="stakeholder"),
                stakeholder_groups=self.named,
            )
        )
        self.entry(ev.SessionOpened())
        self.entry(ev.SegmentStarted(0, groups))

    def entry(self, event: ev.Event, by: str = CHAIR.person) -> None:
        seq = self.state.seq + 1
        self.log.append((seq, self.at, by, ev.to_body(event)))
        self.state.apply(seq, self.at, by, event)

    def do(self, command: Command, by: Actor = CHAIR) -> bool:
        """Carry out a command; whether it changed the state. Raises Refused if the command does not declare the
        code."""
        try:
            event = command.decide(self.state, by, self.at)
        except Refused as refused:
            if refused.code not in command.codes():
                raise
            return False
        if event is not None:
            self.entry(event, by.person)
        return event is not None

    def run(self, steps: int) -> None:
        for _ in range(steps):
            self.at += self.dice.randrange(0, 40_000)
            seq = self.state.seq
            self.dice.choices(
                (self.raise_hand, self.lower, self.defer, self.next, self.end, self.no_answer, self.unscheduled),
                (45, 5, 4, 30, 8, 3, 6),
            )[0]()
            if self.state.seq != seq:
                self.check()

    # -- what may happen -----------------------------------------------------------------------------------------------

    def raise_hand(self) -> None:
        group = self.dice.choice((*self.named, self.named[0], "somebody else"))
        name = f"p{self.dice.randrange(12)}" if self.dice.random() < 0.4 else f"new{self.people}"
        self.people += 1
        if self.dice.random() < 0.8:
            by = Actor(f"{name}-{group}", roles=frozenset({PARTICIPANT}), attributes=Attributes(stakeholder=group))
            self.joining(RaiseHand(), by)
        else:
            known = group if group in self.named else ev.OTHER
            self.joining(EnterHand(person=f"{name}-{group}", stakeholder=known), CHAIR)

    def joining(self, command: Command, by: Actor) -> None:
        state = self.state
        before = state.waiting_groups()
        counters, line = dict(state.counters), state.level
        level = min((counters[group] for group in before), default=line)
        if not self.do(command, by):
            return
        # The group that has the floor pays for its turn after it has joined: its wait has no such bound.
        joined = state.waiting_groups() - before - self.speaking()
        self.account.look(state.waiting_groups(), {group for group in joined if counters[group] <= level})

    def speaking(self) -> set[str]:
        """The group that has the floor, also while a point of order interrupts it."""
        turns = [self.state.turns[seq] for seq in (self.state.turn, self.state.interrupted) if seq]
        return {turn.group for turn in turns if turn.kind == "turn"}

    def waiting(self) -> int:
        return self.dice.choice(self.state.waiting) if self.state.waiting else 0

    def lower(self) -> None:
        self.do(LowerHand(self.waiting()))

    def defer(self) -> None:
        self.do(DeferHand(self.waiting()))

    def next(self) -> None:
        self.at += self.dice.choice(
            (0, 5_000, 100_000, LIMIT_MS)
        )  # people do not stop at the limit: the longest counts
        picked = fairness.pick(self.state, self.at)
        assert (picked is None) == (not self.state.queue()), "the floor may not be idle while a hand is up"
        if picked is None:
            return
        seq = picked.hand
        if self.dice.random() < self.overrides:
            seq = self.dice.choice(self.state.queue()).seq
        self.call(seq)

    def call(self, seq: int) -> None:
        before = (self.state.turn, self.state.interrupted)
        assert self.do(GiveFloor(seq, "relevance"))
        self.charges(before)
        turn = self.state.turns[self.state.turn]
        if turn.kind == "turn" and not turn.override:
            self.account.called_by_rule(turn.group)
        elif turn.kind == "turn":
            self.account.behind.pop(turn.group, None)

    def charges(self, before: tuple[int, int]) -> None:
        for seq in before:
            turn = self.state.turns.get(seq)
            if turn is not None and turn.kind == "turn" and turn.fate == "ended":
                self.account.charge(turn.group, turn.spent, bool(turn.override))

    def end(self) -> None:
        before = (self.state.turn, self.state.interrupted)
        if self.do(EndTurn(self.state.turn)):
            self.charges(before)

    def no_answer(self) -> None:
        turn = self.state.turns.get(self.state.turn)
        if turn is not None and self.do(SkipNotResponding(turn.seq)) and turn.kind == "turn":
            self.account.taken_back()

    def unscheduled(self) -> None:
        """A point of order, a reply, or the panel: lanes that the rule does not charge."""
        by = Actor(f"p{self.dice.randrange(12)}-{self.named[0]}", roles=frozenset({PARTICIPANT}))
        before = (self.state.turn, self.state.interrupted)
        match self.dice.randrange(4):
            case 0:
                self.do(GiveFloorToSpeaker(1))
            case 1:
                self.do(RaiseHand("right_of_reply"), by)
            case 2:
                self.do(RaiseHand("point_of_order"), by)
            case _:
                up = [seq for seq in self.state.waiting if self.state.hands[seq].kind != "turn"]
                if up:
                    self.do(GiveFloor(up[0]))
        self.charges(before)

    # -- what must hold ------------------------------------------------------------------------------------------------

    def check(self) -> None:
        state, account = self.state, self.account
        account.look(state.waiting_groups(), set())
        assert all(type(counter) is int for counter in state.counters.values())
        assert fairness.spread(state) <= account.slack(), "counters of waiting groups"
        for least, most in account.stretch.values():
            assert most - least <= 2 * account.longest + account.overrides, "charged times while both wait"
        for turns in account.behind.values():
            assert max(turns.values(), default=0) <= 1, "a group that joined waits for one turn of each other group"
