"""The classes of the state: hands, turns, statements, voices, and the state itself. Durations are in milliseconds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from acquis import events as ev
from acquis.attributes import Attributes
from acquis.state.acts import Act, TakenBack, floor_taken, is_act
from acquis.state.after import Commitment, Confirmed, Drafted, Report
from acquis.state.agreement import Message, Objection, ProposedAmendment
from acquis.state.asked import Question
from acquis.state.inputs import Inputs, WrittenContribution
from acquis.state.measures import Measures
from acquis.state.question_order import QuestionOrder
from acquis.state.rows import SharedRows
from acquis.state.spoken import SpeechLine
from acquis.state.voters import FirstMoment, Totals, Voice

MIN_CHARGE_MS = 20_000
"""Minimum time that is charged to the group for a turn, however short the turn is."""

STEP = 5
"""A tally that everybody sees changes when this many people have voted or changed their votes since it last did."""

NONE, AGREE, DISAGREE, PASS = range(4)
CODES = {"agree": AGREE, "disagree": DISAGREE, "pass": PASS}

TurnKind = Literal["turn", "point_of_order", "right_of_reply", "speaker"]


Effect = Callable[["State", Any, int, int, str], None]
EFFECTS: dict[type[Any], Effect] = {}
"""Event class -> its effect; the other modules of this package register their effects here."""


def effect(of: type[Any]) -> Callable[[Effect], Effect]:
    """A decorator that registers a function (state, event, seq, at, by) as the effect of an event class."""

    def keep(function: Effect) -> Effect:
        EFFECTS[of] = function
        return function

    return keep


class Hand(msgspec.Struct, gc=False):
    """A request to speak. `place` is its number in the order of its group: the number of its entry, or a later one if
    it was moved to the end. `fate` is its status."""

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
    segment: int = -1
    """The segment for which the person registered before the session; -1: none."""
    fate: Literal["registered", "waiting", "called", "lowered", "not_reached"] = "waiting"
    lowered_at: int = 0
    lowered_by_moderator: bool = False

    @property
    def is_lowered(self) -> bool:
        """Whether it was lowered, by the person or by a moderator."""
        return self.fate == "lowered"

    @property
    def is_registered(self) -> bool:
        """Whether the person registered before the session and has not been called yet."""
        return self.fate == "registered"


class Turn(msgspec.Struct, gc=False):
    """A turn of a speaker. `spent` is the time used before the last interruption, `since` the time when the clock was
    last started (None: it is stopped)."""

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
    """The comment of the speaker on the note."""
    comment_entry: int = 0

    @property
    def was_taken(self) -> bool:
        """Whether the speaker responded when called."""
        return self.fate != "not_responding"

    @property
    def awaits_ruling(self) -> bool:
        """Whether it is a point of order on which the moderators have not ruled."""
        return self.kind == "point_of_order" and self.upheld is None and self.was_taken

    def used(self, at: int) -> int:
        """Floor time used up to `at`, in milliseconds."""
        return self.spent + (at - self.since if self.since is not None else 0)


class Handover(msgspec.Struct, frozen=True, gc=False):
    """From the time `at` on the turn has the floor; 0: nobody has it."""

    at: int
    turn: int


class Statement(msgspec.Struct, gc=False):
    """A statement to vote on; `fate` is its status."""

    seq: int
    at: int
    person: str
    text: str
    seeded: bool
    fate: Literal["proposed", "open", "closed", "held_back", "withdrawn"] = "proposed"
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether votes on it are accepted (fate `open`)."""
        return self.fate == "open"

    @property
    def is_held_back(self) -> bool:
        """Whether a moderator held it back, so that only the team can read it."""
        return self.fate == "held_back"


class State(msgspec.Struct):
    """The state of a session after entry `seq`."""

    seq: int = 0
    at: int = 0
    programme: ev.ProgrammePublished = ev.ProgrammePublished("", ())
    """The published programme; an empty one before that."""
    published_at: int = 0
    cancelled_at: int = 0
    settings: ev.Settings = ev.Settings()
    opened_at: int = 0
    closed_at: int = 0
    segment: int = -1
    segment_at: int = 0
    added_min: int = 0
    """Minutes that were added to the segments after the opening."""
    scene: ev.Scene = "questions"
    """What was last to be shown on the stage, and the entry that said so; 0: none. `reading.scene_of` says what it
    shows."""
    scene_entry: int = 0
    scene_part: int = 0
    """The part of a message that the stage shows, from 1; 0: the first."""
    put_to_vote: int = 0
    """The statement that moderators last opened for voting; 0: none."""
    results_shown: bool = False
    """Whether people see the results of what they voted on before the end of the session."""
    segment_times: list[int] = msgspec.field(default_factory=list)
    """The times when segments began, in order."""
    groups: tuple[str, ...] = ()
    counters: dict[str, int] = msgspec.field(default_factory=dict)
    level: int = 0
    list_open: bool = True
    hands: SharedRows[int, Hand] = msgspec.field(default_factory=SharedRows)
    waiting: list[int] = msgspec.field(default_factory=list)
    speakers: dict[int, ev.SpeakersListPublished] = msgspec.field(default_factory=dict)
    """Segment -> the published order of those who registered for it."""
    turns: SharedRows[int, Turn] = msgspec.field(default_factory=SharedRows)
    turn: int = 0
    """The turn that has the floor; 0: none."""
    interrupted: int = 0
    """The turn that continues after the point of order; 0: none."""
    handovers: list[Handover] = msgspec.field(default_factory=list)
    """Who had the floor when, in order."""
    spoken: set[str] = msgspec.field(default_factory=set)
    """Ids of the persons who have spoken in this segment."""
    ever_spoken: set[str] = msgspec.field(default_factory=set)
    speech: SharedRows[int, SpeechLine] = msgspec.field(default_factory=SharedRows)
    transcripts: dict[int, ev.TranscriptImported] = msgspec.field(default_factory=dict)
    meeting_reports: dict[int, ev.MeetingReportImported] = msgspec.field(default_factory=dict)
    poll_results: dict[int, ev.PollResultEntered] = msgspec.field(default_factory=dict)
    """Results of polls that were held in a meeting program."""
    questions: SharedRows[int, Question] = msgspec.field(default_factory=SharedRows)
    contributions: SharedRows[int, WrittenContribution] = msgspec.field(default_factory=SharedRows)
    inputs: Inputs = msgspec.field(default_factory=Inputs)
    order: QuestionOrder = msgspec.field(default_factory=QuestionOrder)
    asked_by: dict[str, tuple[int, ...]] = msgspec.field(default_factory=dict)
    """Person -> the questions that the person asked, in their order."""
    statements: SharedRows[int, Statement] = msgspec.field(default_factory=SharedRows)
    voices: list[Voice] = msgspec.field(default_factory=list)
    voice_numbers: dict[str, int] = msgspec.field(default_factory=dict)
    votes: dict[int, bytearray] = msgspec.field(default_factory=dict)
    """Statement -> one byte for each voice: NONE, AGREE, DISAGREE or PASS. Tallies are computed and not stored."""
    sealed: int = 0
    """The number of entries that the public log never shows: joining, votes and support."""
    ballots: ev.BallotsPublished | None = None
    """The published ballots; None before that, and where the session publishes totals only."""
    totals: Totals | None = None
    """The published totals. From then on all that is shown of people, votes and support is counted from these and from
    the ballots, as everybody can."""
    changed: dict[int, list[int]] = msgspec.field(default_factory=dict)
    """Statement -> the voices that voted or changed their vote since everybody saw its tally change; a voice may be in
    it more than once."""
    shown: dict[int, bytes] = msgspec.field(default_factory=dict)
    """Statement -> its votes (as in `votes`) when `STEP` voices had changed: before the close everybody sees these, so
    that nobody can tell from two tallies how a person voted."""
    moments: dict[int, FirstMoment] = msgspec.field(default_factory=dict)
    """Statement -> its votes when voting on it was closed, or the next segment began, for the first time
    after `STEP` voices had voted on it."""
    draft: dict[str, list[Drafted]] = msgspec.field(default_factory=dict)
    """Part -> the sentences of the draft in order."""
    confirmed: Confirmed | None = None
    reports: list[Report] = msgspec.field(default_factory=list)
    keys: list[str] = msgspec.field(default_factory=list)
    """The verifier keys that the server announced, the present one last."""
    key_signatures: list[str] = msgspec.field(default_factory=list)
    """For each of them the signature of the former one, or empty."""
    witnesses: list[str] = msgspec.field(default_factory=list)
    """The verifier keys of the witnesses that the organizer named."""
    about: dict[int, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Question or statement -> the confirmed items of the reference that it is about."""
    commitments: SharedRows[int, Commitment] = msgspec.field(default_factory=SharedRows)
    procedure: ev.ProcedureChosen | None = None
    procedure_entry: int = 0
    procedure_at: int = 0
    messages: SharedRows[int, Message] = msgspec.field(default_factory=SharedRows)
    objections: SharedRows[int, Objection] = msgspec.field(default_factory=SharedRows)
    amendments: SharedRows[int, ProposedAmendment] = msgspec.field(default_factory=SharedRows)
    before_room: tuple[int, int] = (0, 0)
    """The message before the room, and the amendment to it; 0: none."""
    erased: dict[int, str] = msgspec.field(default_factory=dict)
    """Entry whose texts were erased -> the digest of its remaining body."""
    erasures: dict[int, str] = msgspec.field(default_factory=dict)
    """Entry whose texts were erased -> the reason."""
    ahead: int = 0
    """By how much the stamps of entries are ahead of their times since the clock was corrected, in milliseconds."""
    corrections: dict[int, ev.ClockCorrected] = msgspec.field(default_factory=dict)
    lost: dict[int, int] = msgspec.field(default_factory=dict)
    """Entry that records a loss -> the last number that had been given before."""
    measures: Measures = msgspec.field(default_factory=Measures)
    refreshed: int = 0
    """The last entry after which every open page is fetched again."""
    team_refreshed: int = 0
    """The last entry after which the pages of the team are fetched again."""
    act: Act | None = None
    """The latest act that conducted the session; what was taken back is not one."""
    taken_back: dict[int, TakenBack] = msgspec.field(default_factory=dict)
    """Entry of an act that was taken back -> what is known of that."""

    def apply(self, seq: int, at: int, by: str, event: ev.Event | TakenBack) -> None:
        """Apply one entry, with its stamp, in place. Never fails for an entry of a valid log. An `ActTakenBack` changes
        nothing here: the state without an act is computed from the log (`fold`)."""
        before, ran, stamp, at = (self.turn, self.interrupted), self._running(), at, at - self.ahead
        EFFECTS[type(event)](self, event, seq, at, by)
        if self.turn != before[0]:
            self.handovers.append(Handover(at, self.turn))
        if event.undo_s and isinstance(event, ev.Event) and is_act(event, by, self.owner):
            fates = {turn: self.turns[turn].fate for turn in before if turn}
            self.act = Act(seq, at, by, event, *floor_taken(fates, ran, self._running()))
        self.seq, self.at = seq, stamp - self.ahead
        if event.refreshes != ev.REGIONS:
            self.team_refreshed = seq
            if event.refreshes == ev.EVERYBODY:
                self.refreshed = seq

    def _running(self) -> int:
        """The turn whose time runs; 0: none."""
        return self.turn if self.turn and self.turns[self.turn].since is not None else 0

    def owner(self, hand: int) -> str:
        """The person whose hand it is; empty if there is no such hand."""
        return self.hands[hand].person if hand in self.hands else ""

    @property
    def phase(self) -> Literal["draft", "published", "open", "closed"]:
        """How far the session is: no programme, published, opened or closed. A pause is no phase."""
        if self.closed_at:
            return "closed"
        if self.opened_at:
            return "open"
        return "published" if self.published_at else "draft"

    @property
    def is_draft(self) -> bool:
        """Whether no programme was published yet (phase `draft`)."""
        return self.phase == "draft"

    @property
    def before_opening(self) -> bool:
        """Whether the session has not been opened, with or without a published programme."""
        return self.phase in ("draft", "published")

    @property
    def is_open(self) -> bool:
        """Whether the session was opened and not closed; a paused one is open."""
        return self.phase == "open"

    @property
    def is_paused(self) -> bool:
        """Whether a moderator paused the session; see `Measures.paused_at` for the time."""
        return bool(self.measures.paused_at)

    @property
    def is_over(self) -> bool:
        """Whether the session was closed (phase `closed`)."""
        return self.phase == "closed"

    @property
    def seats(self) -> tuple[ev.Seat, ...]:
        """The speakers of the programme; empty before it is published."""
        return self.programme.seats

    @property
    def segments(self) -> tuple[ev.Segment, ...]:
        """The segments of the programme; empty before it is published."""
        return self.programme.segments

    @property
    def now(self) -> ev.Segment | None:
        """The running segment; None if there is none."""
        segments = self.programme.segments  # empty where the public log leaves them out
        return segments[self.segment] if 0 <= self.segment < len(segments) else None

    def hand_group(self, hand: Hand) -> str:
        """The group of a hand for the fair rule; `other` if it is not one of the groups of the segment."""
        named: str = getattr(hand.attributes, self.settings.balance)
        return named if named in self.groups else ev.OTHER

    def waiting_groups(self) -> set[str]:
        """The groups that have waiting hands in the queue."""
        return {self.hand_group(hand) for hand in self.queue()}

    def admits(self, hand: Hand) -> bool:
        """Whether the running segment lets the person take the floor from the list."""
        return self.now is None or hand.segment == self.segment or self.now.admits(hand.attributes.stakeholder)

    def queue(self, admitted: bool = True) -> list[Hand]:
        """The waiting hands to which the fair rule applies, by place; or those that it leaves out, because the running
        segment does not admit them."""
        hands = (self.hands[seq] for seq in self.waiting)
        return sorted((h for h in hands if h.kind == "turn" and self.admits(h) is admitted), key=lambda h: h.place)
