"""Effects of the queue: hands, turns, and the counters of the fair rule."""

from __future__ import annotations

from collections.abc import Callable

from acquis import events as ev
from acquis.attributes import attributes_of
from acquis.state.model import MIN_CHARGE_MS, Hand, State, Turn, effect
from acquis.state.speech import without_turn


@effect(ev.HandRaised)
def _(s: State, e: ev.HandRaised, seq: int, at: int, by: str) -> None:
    _raise(s, Hand(seq, at, by, e.kind, attributes_of(e), e.about, entered=False, place=seq))
    if e.unread:
        s.measures.withheld[seq] = ""


@effect(ev.HandEntered)
def _(s: State, e: ev.HandEntered, seq: int, at: int, by: str) -> None:
    _raise(s, Hand(seq, at, e.person, e.kind, attributes_of(e), e.about, entered=True, place=seq))


def _raise(s: State, hand: Hand) -> None:
    """Add a hand to the list. The counter of a group that joins is raised to the level of the others, so that a group
    cannot accumulate credit by waiting."""
    if hand.kind == "turn" and s.admits(hand):
        group, waiting = s.hand_group(hand), s.waiting_groups()
        if group not in waiting:
            level = min((s.counters.get(g, 0) for g in waiting), default=s.level)
            s.counters[group] = max(s.counters.get(group, 0), level)
    s.hands[hand.seq] = hand
    line_up(s, hand, hand.at)


def line_up(s: State, hand: Hand, at: int) -> None:
    """Put a hand, which may be changed, on the list; one of a silenced person stays down, whatever brings it there."""
    if hand.person in s.measures.silenced:
        hand.fate, hand.lowered_at, hand.lowered_by_moderator = "lowered", at, True
    else:
        hand.fate, hand.lowered_at, hand.lowered_by_moderator = "waiting", 0, False
        if hand.seq not in s.waiting:  # a public log may not show that it was taken down
            s.waiting.append(hand.seq)


@effect(ev.HandLowered)
def _(s: State, e: ev.HandLowered, seq: int, at: int, by: str) -> None:
    lower(s, s.hands.edit(e.hand), at, by)


def lower(s: State, hand: Hand, at: int, by: str) -> None:
    """Take a hand that waits, which may be changed, out of the queue at `at` (ms since 1970). `by`: the person who did
    it."""
    hand.fate, hand.lowered_at, hand.lowered_by_moderator = "lowered", at, by != hand.person
    s.waiting.remove(hand.seq)


@effect(ev.HandRestored)
def _(s: State, e: ev.HandRestored, seq: int, at: int, by: str) -> None:
    _raise(s, s.hands.edit(e.hand))


@effect(ev.HandDeferred)
def _(s: State, e: ev.HandDeferred, seq: int, at: int, by: str) -> None:
    s.hands.edit(e.hand).deferred = True


@effect(ev.FloorGiven)
def _(s: State, e: ev.FloorGiven, seq: int, at: int, by: str) -> None:
    hand = s.hands.edit(e.hand)
    if hand.kind == "point_of_order":
        _interrupt(s, at)
    else:
        stop(s, at)
    hand.fate = "called"
    s.waiting.remove(hand.seq)
    group = s.hand_group(hand)
    if hand.kind == "turn" and s.admits(hand):  # the counter of a hand that was set aside says nothing of the level
        s.level = s.counters.get(group, 0)
        _undefer(s, group)
    turn = Turn(seq, at, hand.kind, person=hand.person, hand=hand.seq, group=group, segment=s.segment, since=at)
    turn.attributes = hand.attributes
    turn.limit_s, turn.override, turn.first = _limit(s, hand.kind), e.override, _is_first(s, hand.person)
    s.turns[seq] = turn
    s.turn = seq


def _is_first(s: State, person: str) -> bool:
    """Whether a person speaks for the first time; never for somebody of whom a public log does not say who it is."""
    return bool(person) and person not in s.ever_spoken


def _undefer(s: State, group: str) -> None:
    one_line = s.now is not None and not s.now.fair  # without the fair rule
    for hand in s.queue():
        if one_line or s.hand_group(hand) == group:
            s.hands.edit(hand.seq).deferred = False


def _limit(s: State, kind: str) -> int:
    if kind == "point_of_order":
        return s.settings.order_limit_s
    if kind == "right_of_reply":
        return s.settings.reply_limit_s
    return s.now.turn_limit_s if s.now else 0


@effect(ev.SpeakerGivenFloor)
def _(s: State, e: ev.SpeakerGivenFloor, seq: int, at: int, by: str) -> None:
    stop(s, at)
    answering = bool(e.question)
    limit = s.settings.answer_limit_s if answering or s.now is None else s.now.turn_limit_s
    s.turns[seq] = Turn(
        seq, at, "speaker", seat=e.seat, question=e.question, segment=s.segment, limit_s=limit, since=at
    )
    s.turn = seq
    if answering:
        question = s.questions.edit(e.question)
        question.fate, question.put_at = "on_floor", question.put_at or at
        s.order.note(question.seq)


@effect(ev.TurnEnded)
def _(s: State, e: ev.TurnEnded, seq: int, at: int, by: str) -> None:
    _end(s, at)


@effect(ev.NotResponding)
def _(s: State, e: ev.NotResponding, seq: int, at: int, by: str) -> None:
    turn = s.turns.edit(e.turn)
    turn.fate, turn.since, turn.spent = "not_responding", None, 0
    without_turn(s, turn.seq)
    s.turn = 0
    hand = s.hands.edit(turn.hand)
    hand.misses += 1
    hand.deferred = True
    if hand.misses > 1:
        hand.place = seq
    line_up(s, hand, at)
    _resume(s, at)


@effect(ev.PointOfOrderRuled)
def _(s: State, e: ev.PointOfOrderRuled, seq: int, at: int, by: str) -> None:
    s.turns.edit(e.turn).upheld = e.upheld


def _interrupt(s: State, at: int) -> None:
    """Stop the clock of the running turn, which continues after the point of order."""
    if not s.turn:
        return
    turn = s.turns.edit(s.turn)
    if turn.kind == "point_of_order":
        _end(s, at, resume=False)
        return
    turn.spent, turn.since, turn.fate = turn.used(at), None, "interrupted"
    s.interrupted, s.turn = turn.seq, 0


def _resume(s: State, at: int) -> None:
    if s.interrupted:
        turn = s.turns.edit(s.interrupted)
        turn.since, turn.fate = None if s.measures.paused_at else at, "running"
        s.turn, s.interrupted = turn.seq, 0


def _end(s: State, at: int, resume: bool = True) -> None:
    """End the running turn: charge its time to its group, and continue an interrupted turn."""
    if not s.turn:
        return
    _charge(s, s.turns.edit(s.turn), at)
    s.turn = 0
    if resume:
        _resume(s, at)


def _charge(s: State, turn: Turn, at: int) -> None:
    """Mark a turn, which may be changed, as ended and charge its time to its group."""
    turn.spent, turn.since, turn.fate = turn.used(at), None, "ended"
    if turn.person:
        s.ever_spoken.add(turn.person)
    if turn.kind == "turn":
        s.spoken.add(turn.person)
        s.counters[turn.group] = s.counters.get(turn.group, 0) + max(turn.spent, MIN_CHARGE_MS)


def stop(s: State, at: int) -> None:
    """End all turns, including an interrupted one."""
    _end(s, at)
    _end(s, at)


def take_floor_from(s: State, ends: Callable[[Turn], bool], at: int) -> None:
    """End the turns for which `ends` is true, the interrupted one too. The turn that another one's point of order
    interrupted goes on."""
    if s.interrupted and ends(s.turns[s.interrupted]):
        _charge(s, s.turns.edit(s.interrupted), at)
        s.interrupted = 0
    if s.turn and ends(s.turns[s.turn]):
        _end(s, at)


def drop_hands(s: State) -> None:
    """Remove all hands; waiting ones are marked as not reached."""
    for seq in s.waiting:
        s.hands.edit(seq).fate = "not_reached"
    s.waiting.clear()
