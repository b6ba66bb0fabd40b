"""The audit: checks from the log of a session whether the floor was given by the fair rule.

The audit does not rely on what the session recorded about its choices: before each `FloorGiven` the fair rule is
evaluated again.

A public log under the Chatham House Rule does not show whose acts its entries are. Then the order inside a group, where
people who have not spoken come first, cannot be evaluated, and neither can any choice after somebody was excluded whose
requests the log does not name. The audit of the whole log, which the operator holds, evaluates both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from statistics import median_low

import msgspec

from acquis import events as ev
from acquis.floor import fairness
from acquis.floor.registration import speakers_list
from acquis.state import MIN_CHARGE_MS, Hand, State, TakenBack, Turn, TurnKind
from acquis.state.undoing import Row, effective, is_valid

_MOVES = (
    ev.SegmentStarted,
    ev.HandRaised,
    ev.HandEntered,
    ev.HandLowered,
    ev.HandRestored,
    ev.FloorGiven,
    ev.SpeakerGivenFloor,
    ev.TurnEnded,
    ev.NotResponding,
    ev.SessionClosed,
    ev.ParticipantSilenced,
)
"""The events that can change a counter or the waiting groups."""


class Floor(msgspec.Struct, frozen=True):
    """The largest spread of the waiting groups in a segment, and the terms of its bound: the `longest` charged turn and
    the total length of the `overridden` turns. Lengths are in ms."""

    segment: int
    fair: bool
    spread: int = 0
    longest: int = 0
    overridden: int = 0

    @property
    def bound(self) -> int:
        """The largest spread that the fair rule allows, in ms: the longest turn and the overridden turns."""
        return self.longest + self.overridden

    @property
    def kept(self) -> bool:
        """Whether the bound was kept; always true without the fair rule."""
        return not self.fair or self.spread <= self.bound


class Share(msgspec.Struct, frozen=True):
    """The floor time (ms) and the turns of one kind, group and lane. Speakers of the programme have no group."""

    kind: TurnKind
    group: str
    lane: str
    turns: int
    ms: int


class Audit(msgspec.Struct, frozen=True):
    """The result of the audit. Dictionaries are counts by code, except `waits`: the median wait in ms from the request
    to the turn, by group."""

    entries: int
    by_rule: int
    by_override: int
    reasons: dict[str, int]
    wrong: tuple[int, ...]
    """Entries that gave the floor against the rule and without a reason."""
    unreadable: int
    """The first entry that is inconsistent with the previous ones, where the audit stopped; 0: none."""
    floors: tuple[Floor, ...]
    shares: tuple[Share, ...]
    first_time: int
    not_responding: int
    points_upheld: int
    waits: dict[str, int]
    hands: dict[str, int]
    questions: dict[str, int]
    held_back: dict[str, int]
    statements_held_back: dict[str, int]
    lists: int = 0
    """The number of lists of registered speakers that were published."""
    misordered: tuple[int, ...] = ()
    """Entries that published a list in another order than the registrations give."""
    taken_back: int = 0
    """The number of acts that were taken back."""
    nameless: bool = False
    """Whether the log does not show whose requests to speak it contains: the choices were judged by groups only."""
    unchecked: int = 0
    """The choices that were not judged at all, because somebody had been excluded of whom the log does not say who it
    is."""

    @property
    def first_bad(self) -> int | None:
        """The first entry that gave the floor wrongly or is inconsistent; None if there is none."""
        bad = [*self.wrong, *self.misordered, *([self.unreadable] if self.unreadable else [])]
        return min(bad, default=None)

    @property
    def ok(self) -> bool:
        """Whether every choice and list followed the rule or has a reason, and the bounds were kept."""
        return self.first_bad is None and all(floor.kept for floor in self.floors)


def audit(entries: Iterable[tuple[int, int, str, bytes]]) -> Audit:
    """The audit of a log, given as (seq, at, by, body) from its first entry."""
    return audit_events((seq, at, by, ev.from_body(body)) for seq, at, by, body in entries)


def audit_events(rows: Iterable[Row]) -> Audit:
    """The audit of a log whose events are already decoded. Acts that were taken back are counted, not judged."""
    judge = _Judge()
    for seq, at, by, event in effective(rows):
        try:
            judge.take(seq, at, by, event)
        except (LookupError, ValueError, AttributeError):  # an effect that fails: this log was not written by a session
            return judge.sentence(unreadable=seq)
        if not is_valid(judge.state, seq, event):
            return judge.sentence(unreadable=seq)
    return judge.sentence()


class _Judge:
    """Applies entries to a state and collects the results of the audit."""

    def __init__(self) -> None:
        self.state = State()
        self.by_rule = 0
        self.reasons: Counter[str] = Counter()
        self.wrong: list[int] = []
        self.floors: list[Floor] = []
        self.lists = 0
        self.misordered: list[int] = []
        self.nameless = False
        """Whether the log does not say whose a hand is: nobody knows then who has spoken."""
        self.excluding = False
        """Whether somebody was excluded of whom the log does not say who it is: nobody knows then whose hands wait."""
        self.unchecked = 0

    def take(self, seq: int, at: int, by: str, event: ev.Event | TakenBack) -> None:
        if isinstance(event, ev.FloorGiven):
            self._judge(at - self.state.ahead, seq, event)
        if isinstance(event, ev.SpeakersListPublished):
            self.lists += 1
            if speakers_list(self.state, event.segment) != event:
                self.misordered.append(seq)
        if isinstance(event, ev.ParticipantSilenced | ev.AccessRevoked) and not event.person:
            self.excluding = True
        running = [number for number in (self.state.turn, self.state.interrupted) if number]
        self.state.apply(seq, at, by, event)
        if seq in self.state.hands and not self.state.hands[seq].person:
            self.nameless = True
        if isinstance(event, _MOVES):
            self._measure([self.state.turns[number] for number in running], event)

    def _judge(self, at: int, seq: int, event: ev.FloorGiven) -> None:
        hand = self.state.hands[event.hand]
        if hand.kind != "turn":
            return
        if event.override:
            self.reasons[event.override] += 1
        elif self.excluding:
            self.unchecked += 1
        elif self._follows(hand, at):
            self.by_rule += 1
        else:
            self.wrong.append(seq)

    def _follows(self, hand: Hand, at: int) -> bool:
        """Whether the rule gives the floor to this hand, as far as the log shows it."""
        if self.nameless:
            return fairness.may_be_next(self.state, at, hand)
        chosen = fairness.pick(self.state, at)
        return chosen is not None and chosen.hand == hand.seq

    def _measure(self, before: list[Turn], event: ev.Event | TakenBack) -> None:
        """Add the turns that have ended to their segment, then measure the spread of the groups."""
        for turn in before:
            if turn.kind == "turn" and turn.fate == "ended" and self.floors:
                charge, floor = max(turn.spent, MIN_CHARGE_MS), self.floors[-1]
                overridden = floor.overridden + (charge if turn.override else 0)
                longest = max(floor.longest, charge)
                self.floors[-1] = msgspec.structs.replace(floor, longest=longest, overridden=overridden)
        if isinstance(event, ev.SegmentStarted):
            now = self.state.now
            self.floors.append(Floor(event.segment, now is not None and now.fair))
        elif self.floors and not self.excluding and (spread := fairness.spread(self.state)) > self.floors[-1].spread:
            self.floors[-1] = msgspec.structs.replace(self.floors[-1], spread=spread)

    def sentence(self, unreadable: int = 0) -> Audit:
        state = self.state
        turns, questions = list(state.turns.values()), list(state.questions.values())
        charged = [turn for turn in turns if turn.kind == "turn" and turn.fate != "not_responding"]
        return Audit(
            entries=state.seq,
            by_rule=self.by_rule,
            by_override=self.reasons.total(),
            reasons=dict(self.reasons),
            wrong=tuple(self.wrong),
            unreadable=unreadable,
            floors=tuple(self.floors),
            shares=_shares(state, turns),
            first_time=sum(turn.first for turn in charged),
            not_responding=sum(turn.fate == "not_responding" for turn in turns),
            points_upheld=sum(turn.upheld is True for turn in turns),
            waits=_waits(state, charged),
            hands=dict(Counter(hand.fate for hand in state.hands.values() if hand.kind == "turn")),
            questions=dict(Counter(question.fate for question in questions)),
            held_back=dict(Counter(question.reason for question in questions if question.fate == "held_back")),
            statements_held_back=dict(Counter(s.reason for s in state.statements.values() if s.fate == "held_back")),
            lists=self.lists,
            misordered=tuple(self.misordered),
            taken_back=len(state.taken_back),
            nameless=self.nameless,
            unchecked=self.unchecked,
        )


def _shares(state: State, turns: list[Turn]) -> tuple[Share, ...]:
    kinds: tuple[TurnKind, ...] = ("turn", "speaker", "right_of_reply", "point_of_order")
    spoken = [turn for turn in turns if turn.fate != "not_responding"]
    keys = sorted({(kinds.index(turn.kind), turn.group, turn.attributes.lane) for turn in spoken})
    return tuple(
        Share(kinds[kind], group, lane, len(mine), sum(turn.used(state.at) for turn in mine))
        for kind, group, lane in keys
        for mine in [[t for t in spoken if (t.kind, t.group, t.attributes.lane) == (kinds[kind], group, lane)]]
    )


def _waits(state: State, charged: list[Turn]) -> dict[str, int]:
    waits: dict[str, list[int]] = {}
    for turn in charged:
        waits.setdefault(turn.group, []).append(turn.at - state.hands[turn.hand].at)
    return {group: median_low(mine) for group, mine in sorted(waits.items())}
