"""The nouns of a session as they stand: hands, turns, questions, statements, voices, reports, commitments; and the
state that holds them all.

Durations are milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from acquis import events as ev
from acquis.attributes import Attributes

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


Effect = Callable[["State", Any, int, int, str], None]
EFFECTS: dict[type[ev.Event], Effect] = {}
"""What each event does to the state; the files beside this one enter theirs."""


def effect(of: type[ev.Event]) -> Callable[[Effect], Effect]:
    """Enter a function (state, event, seq, at, by) as what an event does."""

    def keep(function: Effect) -> Effect:
        EFFECTS[of] = function
        return function

    return keep


class Hand(msgspec.Struct, gc=False):
    """A hand that went up. `place` is its number in the order of its group: its entry number, or a later one after it
    was moved to the end. `fate` tells what became of it."""

    seq: int
    at: int
    person: str
    kind: ev.HandKind
    attributes: Attributes
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
    attributes: Attributes = Attributes()
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
    comment: str = ""
    """What whoever had the turn says to the note."""
    comment_entry: int = 0

    def used(self, at: int) -> int:
        """Milliseconds of floor time up to `at`."""
        return self.spent + (at - self.since if self.since is not None else 0)


class SpeechLine(msgspec.Struct, gc=False):
    """A line of what was said. `speaker` as the captions have it; `wording` is the entry that corrected it last, 0 if
    none did. Times of a transcript in ms from the start of the recording, -1: not known."""

    seq: int
    at: int
    text: str
    speaker: str = ""
    seat: int = 0
    turn: int = 0
    language: str = ""
    starts_ms: int = -1
    ends_ms: int = -1
    wording: int = 0


class Question(msgspec.Struct, gc=False):
    """A question and its fate. `supporters` holds numbers of voices; `into` is the question it was merged into."""

    seq: int
    at: int
    person: str
    text: str
    to: int
    attributes: Attributes
    fate: QuestionFate = "waiting"
    public: bool = False
    """Whether everybody may read it: a moderator let it through, or nothing is moderated."""
    reason: str = ""
    into: int = 0
    supporters: set[int] = msgspec.field(default_factory=set)
    answer: str = ""
    answer_entry: int = 0
    put_at: int = 0
    """When it was on the floor for the first time (ms since 1970); 0: never."""


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
    attributes: Attributes


class Drafted(msgspec.Struct, gc=False):
    """A sentence of the draft. `id` is the entry that began it ("812"), or of one that was published before it was
    drafted, the entry of the report and its number ("900-2"); `entry` is that of its newest wording, `by` whose."""

    id: str
    part: str
    text: str
    cites: tuple[int, ...] = ()
    about: tuple[str, ...] = ()
    entry: int = 0
    by: str = ""

    def sentence(self) -> ev.Sentence:
        """The same as the report has it."""
        return ev.Sentence(self.text, self.cites, self.about)


class Confirmed(msgspec.Struct, gc=False):
    """The closing summary as the chair confirmed it, and the entry that says so."""

    seq: int
    at: int
    consensus: tuple[str, ...]
    concern: tuple[str, ...]


class Report(msgspec.Struct, gc=False):
    """A published version of the report (numbered from 1) and the entry that published it."""

    seq: int
    at: int
    version: int
    body: ev.ReportPublished


class Step(msgspec.Struct, gc=False):
    """One change of a commitment: the entry, when, by whom, and what it says."""

    seq: int
    at: int
    by: str
    body: ev.CommitmentMade | ev.CommitmentAmended | ev.CommitmentProgressed


class Commitment(msgspec.Struct, gc=False):
    """What was called for: as it reads now, where it stands, and every step since it was made."""

    seq: int
    at: int
    what: str
    who: str
    actor: str
    due: str
    due_words: str
    process: str
    items: tuple[str, ...]
    report: int
    call: int
    source: str = ""
    """The sentence of the report that it comes from."""
    status: ev.CommitmentStatus = "open"
    steps: list[Step] = msgspec.field(default_factory=list)


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
    speech: dict[int, SpeechLine] = msgspec.field(default_factory=dict)
    transcripts: dict[int, ev.TranscriptImported] = msgspec.field(default_factory=dict)
    questions: dict[int, Question] = msgspec.field(default_factory=dict)
    statements: dict[int, Statement] = msgspec.field(default_factory=dict)
    voices: list[Voice] = msgspec.field(default_factory=list)
    voice_numbers: dict[str, int] = msgspec.field(default_factory=dict)
    votes: dict[int, bytearray] = msgspec.field(default_factory=dict)
    """Per statement one byte for each voice: NONE, AGREE, DISAGREE or PASS. Tallies are counted, never kept."""
    draft: dict[str, list[Drafted]] = msgspec.field(default_factory=dict)
    """Part -> the sentences of the draft in their order."""
    confirmed: Confirmed | None = None
    reports: list[Report] = msgspec.field(default_factory=list)
    about: dict[int, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Question or statement -> the items of the reference it is about, as confirmed."""
    commitments: dict[int, Commitment] = msgspec.field(default_factory=dict)
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

    def hand_group(self, hand: Hand) -> str:
        """The group the fair rule counts a hand in, `other` if it is not one of the segment's groups."""
        named: str = getattr(hand.attributes, self.settings.balance)
        return named if named in self.groups else ev.OTHER

    def waiting_groups(self) -> set[str]:
        """The groups with a hand up in the queue."""
        return {self.hand_group(hand) for hand in self.queue()}

    def queue(self) -> list[Hand]:
        """The waiting hands that the fair rule orders, by place."""
        hands = [self.hands[seq] for seq in self.waiting]
        return sorted((h for h in hands if h.kind == "turn"), key=lambda h: h.place)
