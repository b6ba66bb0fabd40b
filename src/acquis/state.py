"""What the events of one session add up to.

Effects only, and an effect never refuses: what is in the log has happened. Decisions are in the commands. The state of
a session is `fold(...)` of its log, whatever shows or counts anything is a function of it.

Durations are milliseconds. `at` of an entry comes from a clock that never runs backwards (the web's), so differences
are safe to take.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

import msgspec

from acquis import events as ev

MIN_CHARGE_MS = 20_000
"""The least a turn is charged to its group: taking the floor costs something, however short the turn."""

NONE, AGREE, DISAGREE, PASS = range(4)
CODES = {"agree": AGREE, "disagree": DISAGREE, "pass": PASS}

TurnKind = Literal["turn", "point_of_order", "right_of_reply", "speaker"]
QuestionFate = Literal[
    "waiting",  # for a moderator
    "approved",
    "merged",
    "on_floor",
    "answered_live",
    "answered_in_writing",
    "not_reached",
    "held_back",
    "withdrawn",
]
OPEN_FATES = frozenset({"waiting", "approved", "on_floor"})


class Hand(msgspec.Struct, gc=False):
    """A hand that went up. `place` is its number in the order of its group: its entry number, or a later one after it
    was moved to the end. `fate` tells what became of it."""

    seq: int
    at: int
    person: str
    kind: ev.HandKind
    lane: ev.Lane
    stakeholder: str
    region: str
    about: str
    entered: bool
    place: int
    deferred: bool = False
    misses: int = 0
    fate: Literal["waiting", "called", "lowered", "not_reached"] = "waiting"


class Turn(msgspec.Struct, gc=False):
    """Somebody had the floor. `spent` is what was used before the last interruption, `since` when the clock was last
    set running (None: it stands)."""

    seq: int
    at: int
    kind: TurnKind
    person: str = ""
    seat: int = 0
    hand: int = 0
    question: int = 0
    group: str = ""
    lane: ev.Lane = ""
    stakeholder: str = ""
    region: str = ""
    segment: int = 0
    limit_s: int = 0
    override: str = ""
    first: bool = False
    spent: int = 0
    since: int | None = None
    fate: Literal["running", "interrupted", "ended", "not_responding"] = "running"
    upheld: bool | None = None
    note: str = ""
    note_entry: int = 0

    def used(self, at: int) -> int:
        """Milliseconds of floor time up to `at`."""
        return self.spent + (at - self.since if self.since is not None else 0)


class Question(msgspec.Struct, gc=False):
    """A question and its fate. `supporters` holds numbers of voices; `into` is the question it was merged into."""

    seq: int
    at: int
    person: str
    text: str
    to: int
    lane: ev.Lane
    stakeholder: str
    region: str
    fate: QuestionFate = "waiting"
    public: bool = False
    """Whether everybody may read it: a moderator let it through, or nothing is moderated."""
    reason: str = ""
    into: int = 0
    supporters: set[int] = msgspec.field(default_factory=set)
    answer: str = ""
    answer_entry: int = 0


class Statement(msgspec.Struct, gc=False):
    """A claim to vote on."""

    seq: int
    at: int
    person: str
    text: str
    seeded: bool
    fate: Literal["proposed", "open", "closed", "held_back"] = "proposed"
    reason: str = ""


class Voice(msgspec.Struct, gc=False):
    """Somebody who can vote and support, known by number (its place in `State.voices`) and random id."""

    id: str
    lane: ev.Lane
    stakeholder: str
    region: str


class Report(msgspec.Struct, gc=False):
    """A published version of the report (numbered from 1) and the entry that published it."""

    seq: int
    at: int
    version: int
    body: ev.ReportPublished


class State(msgspec.Struct):
    """One session, as of entry `seq`."""

    seq: int = 0
    at: int = 0
    programme: ev.ProgrammePublished | None = None
    settings: ev.Settings = ev.Settings()
    opened_at: int = 0
    closed_at: int = 0
    segment: int = -1
    segment_at: int = 0
    segment_times: list[int] = msgspec.field(default_factory=list)
    """When each started segment began, in the order they were held."""
    groups: tuple[str, ...] = ()
    counters: dict[str, int] = msgspec.field(default_factory=dict)
    level: int = 0
    list_open: bool = True
    hands: dict[int, Hand] = msgspec.field(default_factory=dict)
    waiting: list[int] = msgspec.field(default_factory=list)
    turns: dict[int, Turn] = msgspec.field(default_factory=dict)
    turn: int = 0
    """The turn that has the floor; 0: nobody."""
    interrupted: int = 0
    """The turn that goes on when the point of order is over."""
    spoken: set[str] = msgspec.field(default_factory=set)
    """Persons who have spoken in this segment."""
    ever_spoken: set[str] = msgspec.field(default_factory=set)
    questions: dict[int, Question] = msgspec.field(default_factory=dict)
    statements: dict[int, Statement] = msgspec.field(default_factory=dict)
    voices: list[Voice] = msgspec.field(default_factory=list)
    voice_numbers: dict[str, int] = msgspec.field(default_factory=dict)
    votes: dict[int, bytearray] = msgspec.field(default_factory=dict)
    """Per statement one byte for each voice: NONE, AGREE, DISAGREE or PASS. Tallies are counted, never kept."""
    reports: list[Report] = msgspec.field(default_factory=list)
    erased: dict[int, str] = msgspec.field(default_factory=dict)
    """Entries whose texts were erased, with the digest of what was left."""

    def apply(self, seq: int, at: int, by: str, event: ev.Event) -> None:
        """Take one entry in. Never refuses."""
        EFFECTS[type(event)](self, event, seq, at, by)
        self.seq, self.at = seq, at

    @property
    def phase(self) -> Literal["draft", "published", "open", "closed"]:
        """Where the session stands in its life."""
        if self.closed_at:
            return "closed"
        if self.opened_at:
            return "open"
        return "published" if self.programme else "draft"

    @property
    def now(self) -> ev.Segment | None:
        """The segment that is running."""
        return self.programme.segments[self.segment] if self.programme and self.segment >= 0 else None

    def group_of(self, lane: str, stakeholder: str, region: str) -> str:
        """The group the fair rule counts somebody in, `other` if it is not one of the segment's groups."""
        named = {"lane": lane, "stakeholder": stakeholder, "region": region}[self.settings.balance]
        return named if named in self.groups else ev.OTHER

    def hand_group(self, hand: Hand) -> str:
        """The group of a hand."""
        return self.group_of(hand.lane, hand.stakeholder, hand.region)

    def waiting_groups(self) -> set[str]:
        """The groups with a hand up in the queue."""
        return {self.hand_group(hand) for hand in self.queue()}

    def queue(self) -> list[Hand]:
        """The waiting hands that the fair rule orders, by place."""
        hands = [self.hands[seq] for seq in self.waiting]
        return sorted((h for h in hands if h.kind == "turn"), key=lambda h: h.place)


def fold(entries: Iterable[tuple[int, int, str, bytes]], state: State | None = None) -> State:
    """The state after the given (seq, at, by, body) rows, starting from `state` (changed in place) or from nothing."""
    state = state if state is not None else State()
    decode = ev.from_body
    for seq, at, by, body in entries:
        event = decode(body)
        EFFECTS[type(event)](state, event, seq, at, by)
        state.seq, state.at = seq, at
    return state


Effect = Callable[[State, Any, int, int, str], None]
EFFECTS: dict[type[ev.Event], Effect] = {}


def _effect(of: type[ev.Event]) -> Callable[[Effect], Effect]:
    def keep(function: Effect) -> Effect:
        EFFECTS[of] = function
        return function

    return keep


# --- before -----------------------------------------------------------------------------------------------------


@_effect(ev.ProgrammePublished)
def _(s: State, e: ev.ProgrammePublished, seq: int, at: int, by: str) -> None:
    s.programme = e
    s.settings = e.settings


# --- the session and its people ---------------------------------------------------------------------------------


@_effect(ev.SessionOpened)
def _(s: State, e: ev.SessionOpened, seq: int, at: int, by: str) -> None:
    s.opened_at = at


@_effect(ev.SegmentStarted)
def _(s: State, e: ev.SegmentStarted, seq: int, at: int, by: str) -> None:
    _stop(s, at)
    s.segment, s.segment_at = e.segment, at
    s.segment_times.append(at)
    s.groups, s.counters, s.level, s.spoken = e.groups, dict.fromkeys(e.groups, 0), 0, set()
    s.list_open = True
    if not e.carry:
        _drop_hands(s)


@_effect(ev.SettingsChanged)
def _(s: State, e: ev.SettingsChanged, seq: int, at: int, by: str) -> None:
    s.settings = msgspec.structs.replace(s.settings, moderated=e.moderated, anonymous=e.anonymous)


@_effect(ev.ListClosed)
def _(s: State, e: ev.ListClosed, seq: int, at: int, by: str) -> None:
    s.list_open = False


@_effect(ev.ListOpened)
def _(s: State, e: ev.ListOpened, seq: int, at: int, by: str) -> None:
    s.list_open = True


@_effect(ev.ParticipantJoined)
def _(s: State, e: ev.ParticipantJoined, seq: int, at: int, by: str) -> None:
    voice = Voice(by, e.lane, e.stakeholder, e.region)
    if (number := s.voice_numbers.get(by)) is not None:
        s.voices[number] = voice
        return
    s.voice_numbers[by] = len(s.voices)
    s.voices.append(voice)
    for votes in s.votes.values():
        votes.append(NONE)


@_effect(ev.SessionClosed)
def _(s: State, e: ev.SessionClosed, seq: int, at: int, by: str) -> None:
    _stop(s, at)
    _drop_hands(s)
    s.closed_at = at
    for question in s.questions.values():
        if question.fate in OPEN_FATES:
            question.fate = "not_reached"
    for statement in s.statements.values():
        if statement.fate == "open":
            statement.fate = "closed"


def _drop_hands(s: State) -> None:
    for seq in s.waiting:
        s.hands[seq].fate = "not_reached"
    s.waiting.clear()


# --- the queue --------------------------------------------------------------------------------------------------


@_effect(ev.HandRaised)
def _(s: State, e: ev.HandRaised, seq: int, at: int, by: str) -> None:
    _raise(s, Hand(seq, at, by, e.kind, e.lane, e.stakeholder, e.region, e.about, False, seq))


@_effect(ev.HandEntered)
def _(s: State, e: ev.HandEntered, seq: int, at: int, by: str) -> None:
    _raise(s, Hand(seq, at, e.person, e.kind, e.lane, e.stakeholder, e.region, e.about, True, seq))


def _raise(s: State, hand: Hand) -> None:
    """Put a hand on the list. A group that joins does so level with the others: silence is not saved up."""
    if hand.kind == "turn":
        group, waiting = s.hand_group(hand), s.waiting_groups()
        if group not in waiting:
            level = min((s.counters.get(g, 0) for g in waiting), default=s.level)
            s.counters[group] = max(s.counters.get(group, 0), level)
    s.hands[hand.seq] = hand
    s.waiting.append(hand.seq)


@_effect(ev.HandLowered)
def _(s: State, e: ev.HandLowered, seq: int, at: int, by: str) -> None:
    s.hands[e.hand].fate = "lowered"
    s.waiting.remove(e.hand)


@_effect(ev.HandDeferred)
def _(s: State, e: ev.HandDeferred, seq: int, at: int, by: str) -> None:
    s.hands[e.hand].deferred = True


@_effect(ev.FloorGiven)
def _(s: State, e: ev.FloorGiven, seq: int, at: int, by: str) -> None:
    hand = s.hands[e.hand]
    if hand.kind == "point_of_order":
        _interrupt(s, at)
    else:
        _stop(s, at)
    hand.fate = "called"
    s.waiting.remove(hand.seq)
    group = s.hand_group(hand)
    if hand.kind == "turn":
        s.level = s.counters.get(group, 0)
        _undefer(s, group)
    turn = Turn(seq, at, hand.kind, person=hand.person, hand=hand.seq, group=group, segment=s.segment, since=at)
    turn.lane, turn.stakeholder, turn.region = hand.lane, hand.stakeholder, hand.region
    turn.limit_s, turn.override, turn.first = _limit(s, hand.kind), e.override, hand.person not in s.ever_spoken
    s.turns[seq] = turn
    s.turn = seq


def _undefer(s: State, group: str) -> None:
    one_line = s.now is not None and not s.now.fair  # without the fair rule
    for hand in s.queue():
        if one_line or s.hand_group(hand) == group:
            hand.deferred = False


def _limit(s: State, kind: str) -> int:
    if kind == "point_of_order":
        return s.settings.order_limit_s
    if kind == "right_of_reply":
        return s.settings.reply_limit_s
    return s.now.turn_limit_s if s.now else 0


@_effect(ev.SpeakerGivenFloor)
def _(s: State, e: ev.SpeakerGivenFloor, seq: int, at: int, by: str) -> None:
    _stop(s, at)
    answering = bool(e.question)
    limit = s.settings.answer_limit_s if answering or s.now is None else s.now.turn_limit_s
    s.turns[seq] = Turn(
        seq, at, "speaker", seat=e.seat, question=e.question, segment=s.segment, limit_s=limit, since=at
    )
    s.turn = seq
    if answering:
        s.questions[e.question].fate = "on_floor"


@_effect(ev.TurnEnded)
def _(s: State, e: ev.TurnEnded, seq: int, at: int, by: str) -> None:
    _end(s, at)


@_effect(ev.NotResponding)
def _(s: State, e: ev.NotResponding, seq: int, at: int, by: str) -> None:
    turn = s.turns[e.turn]
    turn.fate, turn.since, turn.spent = "not_responding", None, 0
    s.turn = 0
    hand = s.hands[turn.hand]
    hand.misses += 1
    hand.fate, hand.deferred = "waiting", True
    if hand.misses > 1:
        hand.place = seq
    s.waiting.append(hand.seq)
    _resume(s, at)


@_effect(ev.PointOfOrderRuled)
def _(s: State, e: ev.PointOfOrderRuled, seq: int, at: int, by: str) -> None:
    s.turns[e.turn].upheld = e.upheld


@_effect(ev.TurnNoted)
def _(s: State, e: ev.TurnNoted, seq: int, at: int, by: str) -> None:
    s.turns[e.turn].note, s.turns[e.turn].note_entry = e.text, seq


def _interrupt(s: State, at: int) -> None:
    """Stop the clock of the running turn, which goes on after the point of order."""
    if not s.turn:
        return
    turn = s.turns[s.turn]
    if turn.kind == "point_of_order":
        _end(s, at, resume=False)
        return
    turn.spent, turn.since, turn.fate = turn.used(at), None, "interrupted"
    s.interrupted, s.turn = turn.seq, 0


def _resume(s: State, at: int) -> None:
    if s.interrupted:
        turn = s.turns[s.interrupted]
        turn.since, turn.fate = at, "running"
        s.turn, s.interrupted = turn.seq, 0


def _end(s: State, at: int, resume: bool = True) -> None:
    """The running turn is over: its time is charged to its group, and an interrupted turn goes on."""
    if not s.turn:
        return
    turn = s.turns[s.turn]
    turn.spent, turn.since, turn.fate = turn.used(at), None, "ended"
    s.turn = 0
    if turn.person:
        s.ever_spoken.add(turn.person)
    if turn.kind == "turn":
        s.spoken.add(turn.person)
        s.counters[turn.group] = s.counters.get(turn.group, 0) + max(turn.spent, MIN_CHARGE_MS)
    if resume:
        _resume(s, at)


def _stop(s: State, at: int) -> None:
    """Every turn is over, the interrupted one too."""
    _end(s, at)
    _end(s, at)


# --- questions --------------------------------------------------------------------------------------------------


@_effect(ev.QuestionAsked)
def _(s: State, e: ev.QuestionAsked, seq: int, at: int, by: str) -> None:
    public = not s.settings.moderated
    fate: QuestionFate = "approved" if public else "waiting"
    s.questions[seq] = Question(seq, at, by, e.text, e.to, e.lane, e.stakeholder, e.region, fate, public)


@_effect(ev.QuestionApproved)
def _(s: State, e: ev.QuestionApproved, seq: int, at: int, by: str) -> None:
    question = s.questions[e.question]
    question.fate, question.reason, question.public = "approved", "", True


@_effect(ev.QuestionHeldBack)
def _(s: State, e: ev.QuestionHeldBack, seq: int, at: int, by: str) -> None:
    question = s.questions[e.question]
    question.fate, question.reason, question.public = "held_back", e.reason, False


@_effect(ev.QuestionWithdrawn)
def _(s: State, e: ev.QuestionWithdrawn, seq: int, at: int, by: str) -> None:
    s.questions[e.question].fate, s.questions[e.question].public = "withdrawn", False


@_effect(ev.QuestionSupported)
def _(s: State, e: ev.QuestionSupported, seq: int, at: int, by: str) -> None:
    s.questions[e.question].supporters.add(s.voice_numbers[by])


@_effect(ev.SupportWithdrawn)
def _(s: State, e: ev.SupportWithdrawn, seq: int, at: int, by: str) -> None:
    s.questions[e.question].supporters.discard(s.voice_numbers[by])


@_effect(ev.QuestionMerged)
def _(s: State, e: ev.QuestionMerged, seq: int, at: int, by: str) -> None:
    gone, kept = s.questions[e.question], s.questions[e.into]
    gone.fate, gone.into = "merged", e.into
    kept.supporters |= gone.supporters
    for question in s.questions.values():
        if question.into == gone.seq:
            question.into = kept.seq


@_effect(ev.QuestionAssigned)
def _(s: State, e: ev.QuestionAssigned, seq: int, at: int, by: str) -> None:
    s.questions[e.question].to = e.seat


@_effect(ev.QuestionPut)
def _(s: State, e: ev.QuestionPut, seq: int, at: int, by: str) -> None:
    s.questions[e.question].fate = "on_floor"


@_effect(ev.QuestionAnswered)
def _(s: State, e: ev.QuestionAnswered, seq: int, at: int, by: str) -> None:
    s.questions[e.question].fate = "answered_live"


@_effect(ev.AnswerWritten)
def _(s: State, e: ev.AnswerWritten, seq: int, at: int, by: str) -> None:
    question = s.questions[e.question]
    question.answer, question.answer_entry = e.text, seq
    if question.fate != "answered_live":
        question.fate = "answered_in_writing"


# --- statements -------------------------------------------------------------------------------------------------


@_effect(ev.StatementProposed)
def _(s: State, e: ev.StatementProposed, seq: int, at: int, by: str) -> None:
    _add(s, Statement(seq, at, by, e.text, False, "proposed" if s.settings.moderated else "open"))


@_effect(ev.StatementSeeded)
def _(s: State, e: ev.StatementSeeded, seq: int, at: int, by: str) -> None:
    _add(s, Statement(seq, at, by, e.text, True, "open"))


def _add(s: State, statement: Statement) -> None:
    s.statements[statement.seq] = statement
    s.votes[statement.seq] = bytearray(len(s.voices))


@_effect(ev.StatementOpened)
def _(s: State, e: ev.StatementOpened, seq: int, at: int, by: str) -> None:
    s.statements[e.statement].fate, s.statements[e.statement].reason = "open", ""


@_effect(ev.StatementHeldBack)
def _(s: State, e: ev.StatementHeldBack, seq: int, at: int, by: str) -> None:
    s.statements[e.statement].fate, s.statements[e.statement].reason = "held_back", e.reason


@_effect(ev.StatementClosed)
def _(s: State, e: ev.StatementClosed, seq: int, at: int, by: str) -> None:
    s.statements[e.statement].fate = "closed"


@_effect(ev.VoteCast)
def _(s: State, e: ev.VoteCast, seq: int, at: int, by: str) -> None:
    s.votes[e.statement][s.voice_numbers[by]] = CODES[e.choice]


# --- after ------------------------------------------------------------------------------------------------------


@_effect(ev.ReportPublished)
def _(s: State, e: ev.ReportPublished, seq: int, at: int, by: str) -> None:
    s.reports.append(Report(seq, at, len(s.reports) + 1, e))


@_effect(ev.TextErased)
def _(s: State, e: ev.TextErased, seq: int, at: int, by: str) -> None:
    s.erased[e.entry] = e.rest
    for blank in (s.questions.get(e.entry), s.statements.get(e.entry)):
        if blank is not None:
            blank.text = ""
    if e.entry in s.hands:
        s.hands[e.entry].about = ""
    for question in s.questions.values():
        if question.answer_entry == e.entry:
            question.answer = ""
    for turn in s.turns.values():
        if turn.note_entry == e.entry:
            turn.note = ""
