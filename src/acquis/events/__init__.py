"""Every event a session can record: this package is the file format.

The name of an event is in the past tense and never changes; a new field always has a default, so that all existing logs
remain readable. An object that an event creates (a hand, a turn, a question, a statement) is identified by the number
of its entry in the log. Events contain no times; these are in the entries.

`by` of an entry is a random id: of a *person* for actions on the floor, of a *voice* for votes and support. The link
between the two is stored in the roster only. It is empty for a question that was asked anonymously.
"""

from __future__ import annotations

import functools
from typing import Any, Union

import msgspec

from acquis.attributes import ATTRIBUTES, Gender, Lane
from acquis.events.amending import (
    ResultsShown,
    SceneChosen,
    SegmentTimeChanged,
    SegmentTitleCorrected,
    SpeakerAdded,
    SpeakerCorrected,
    SpeakerWithdrawn,
    TitleCorrected,
    TurnTimeChanged,
)
from acquis.events.base import (
    DESK,
    EVERYBODY,
    EVERYONE,
    ONCE_APPROVED,
    OTHER,
    REGIONS,
    TEAM,
    UNDO_S,
    UNLESS_HELD_BACK,
    Balance,
    BodyAnswer,
    Choice,
    CommitmentStatus,
    Event,
    HandKind,
    HeldBackReason,
    Intake,
    MessageOutcome,
    MessagePart,
    OverrideReason,
    PersonReason,
    Refreshes,
    Scene,
    SeenBy,
    SegmentKind,
    TeamRole,
)
from acquis.events.calls import BodyAsked, CallAnswered, CallsJoined, CallsParted
from acquis.events.commitments import CommitmentAmended, CommitmentMade, CommitmentProgressed
from acquis.events.confirming import SummaryConfirmed
from acquis.events.contributions import (
    ContributionApproved,
    ContributionHeldBack,
    ContributionsInvited,
    ContributionWithdrawn,
    ContributionWritten,
)
from acquis.events.drafting import SentenceDrafted, SentenceDropped, SentenceMoved
from acquis.events.erasure import TextErased
from acquis.events.fates import FatesStated, StatedKind
from acquis.events.faults import ClockCorrected, EntriesLost, clock_corrected
from acquis.events.keys import KeyAnnounced, WitnessNamed
from acquis.events.masking import TextMasked
from acquis.events.meetings import MeetingReportImported, PollResultEntered
from acquis.events.messages import (
    AmendmentProposed,
    AmendmentSettled,
    AmendmentWithdrawn,
    MessageProposed,
    MessagePut,
    MessageReworded,
    ObjectionMade,
    ObjectionWithdrawn,
    OutcomeStated,
    ProcedureChosen,
    SilenceBegun,
)
from acquis.events.moderation import (
    IntakeClosed,
    IntakeOpened,
    ParticipantRenamed,
    ParticipantSilenced,
    ParticipantUnsilenced,
    SessionPaused,
    SessionResumed,
    TextHeldBack,
    TextLetThrough,
    VotesRestored,
    VotesStruck,
)
from acquis.events.people import DeviceEnded, ParticipantJoined
from acquis.events.programme import ProgrammePublished, Seat, Segment, SessionCancelled, Settings
from acquis.events.publishing import Origin, ReportPublished, Section, Sentence
from acquis.events.questions import (
    AnswerWritten,
    QuestionAnswered,
    QuestionApproved,
    QuestionAsked,
    QuestionAssigned,
    QuestionHeldBack,
    QuestionMerged,
    QuestionPut,
    QuestionReopened,
    QuestionSplit,
    QuestionSupported,
    QuestionWithdrawn,
    SupportWithdrawn,
)
from acquis.events.queue import (
    FloorGiven,
    HandDeferred,
    HandEntered,
    HandLowered,
    HandRaised,
    HandRestored,
    NotResponding,
    PointOfOrderRuled,
    SpeakerGivenFloor,
    TurnEnded,
)
from acquis.events.references import ReferencesConfirmed
from acquis.events.registration import RegistrationWithdrawn, SpeakerRegistered, SpeakersListPublished
from acquis.events.segments import ListClosed, ListOpened, SegmentStarted, SessionClosed, SessionOpened, SettingsChanged
from acquis.events.speech import SpeakerMatched, SpeechCaptioned, SpeechCorrected, SpeechPlaced, TranscriptImported
from acquis.events.statements import (
    StatementClosed,
    StatementHeldBack,
    StatementOpened,
    StatementProposed,
    StatementSeeded,
    StatementWithdrawn,
    VoteCast,
    VoteWithdrawn,
)
from acquis.events.team import AccessRevoked, TeamMemberReplaced
from acquis.events.totals import BallotsPublished, MovedFigure, PeopleCount, SupportCount, TotalsPublished
from acquis.events.turns import TurnCommented, TurnNoted
from acquis.events.undoing import ActTakenBack
from acquis.figures import Figure, GroupSlate, OpinionFigure, SlateFigure, UnputFigure

ALL: tuple[type[Event], ...] = (
    ProgrammePublished,
    SessionCancelled,
    SpeakerRegistered,
    RegistrationWithdrawn,
    SpeakersListPublished,
    SessionOpened,
    SegmentStarted,
    SettingsChanged,
    ListClosed,
    ListOpened,
    SessionClosed,
    ParticipantJoined,
    DeviceEnded,
    HandRaised,
    HandEntered,
    HandLowered,
    HandRestored,
    HandDeferred,
    FloorGiven,
    SpeakerGivenFloor,
    TurnEnded,
    NotResponding,
    PointOfOrderRuled,
    TurnNoted,
    TurnCommented,
    SpeechCaptioned,
    SpeechCorrected,
    SpeakerMatched,
    SpeechPlaced,
    TranscriptImported,
    PollResultEntered,
    MeetingReportImported,
    QuestionAsked,
    QuestionApproved,
    QuestionHeldBack,
    QuestionWithdrawn,
    QuestionSupported,
    SupportWithdrawn,
    QuestionMerged,
    QuestionSplit,
    QuestionAssigned,
    QuestionPut,
    QuestionAnswered,
    QuestionReopened,
    AnswerWritten,
    ContributionsInvited,
    ContributionWritten,
    ContributionApproved,
    ContributionHeldBack,
    ContributionWithdrawn,
    StatementProposed,
    StatementSeeded,
    StatementOpened,
    StatementHeldBack,
    StatementClosed,
    StatementWithdrawn,
    VoteCast,
    VoteWithdrawn,
    ReferencesConfirmed,
    SentenceDrafted,
    SentenceMoved,
    SentenceDropped,
    SummaryConfirmed,
    FatesStated,
    BallotsPublished,
    TotalsPublished,
    ReportPublished,
    CommitmentMade,
    CommitmentAmended,
    CommitmentProgressed,
    BodyAsked,
    CallAnswered,
    CallsJoined,
    CallsParted,
    ProcedureChosen,
    MessageProposed,
    MessagePut,
    MessageReworded,
    ObjectionMade,
    ObjectionWithdrawn,
    AmendmentProposed,
    AmendmentWithdrawn,
    AmendmentSettled,
    OutcomeStated,
    SilenceBegun,
    TextHeldBack,
    TextLetThrough,
    IntakeClosed,
    IntakeOpened,
    SessionPaused,
    SessionResumed,
    ParticipantSilenced,
    ParticipantUnsilenced,
    VotesStruck,
    VotesRestored,
    ParticipantRenamed,
    TextErased,
    TextMasked,
    ActTakenBack,
    SpeakerAdded,
    SpeakerWithdrawn,
    SpeakerCorrected,
    SegmentTimeChanged,
    TurnTimeChanged,
    SceneChosen,
    ResultsShown,
    TitleCorrected,
    SegmentTitleCorrected,
    TeamMemberReplaced,
    AccessRevoked,
    KeyAnnounced,
    WitnessNamed,
    EntriesLost,
    ClockCorrected,
)
"""All events in the order of a session; a test compares the list with the classes."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(type=Union[ALL]).decode  # noqa: UP007  # made at run time, from however many there are


def to_body(event: Event) -> bytes:
    """The body of an entry: compact JSON in UTF-8 with the tag first and without default values."""
    return _encode(event)


def from_body(body: bytes) -> Event:
    """The event of a body. Unknown fields (of a newer version) are ignored. Raises msgspec.ValidationError if the event
    is unknown."""
    event: Event = _decode(body)
    return event


def is_newer(error: Exception) -> bool:
    """Whether an error of `from_body` says that the event is unknown: a newer version of the program wrote it."""
    return isinstance(error, msgspec.ValidationError) and str(error).endswith("`$.event`")


_APART = (0,)
"""The cut that makes the author a part of its own (`record.Draft`)."""


def to_parts(event: Event, hides_author: bool = False) -> tuple[bytes, tuple[int, ...]]:
    """The body of an entry, and the positions of the commas that divide it into the parts of the event (`members`).
    `hides_author`: the author is a part, too, and the public log shows neither this one nor whom the event is about."""
    hides_author = hides_author and not event.seals
    kinds = members(type(event), hides_author)
    if not kinds:
        return to_body(event), _APART if hides_author else ()
    of: dict[str, Any] = msgspec.to_builtins(event)
    apart = [{name: of.pop(name) for name in kind if name in of} for kind in kinds]
    # Always there, because nothing else shows that a part which is missing is not another one.
    apart[1] = {name: apart[1].get(name, "") for name in kinds[1]}
    if hides_author:  # whether somebody stated groups is secret, too
        apart[0] = {name: getattr(event, name) for name in kinds[0]}
    body, cuts = _encode(of), list(_APART if hides_author else ())
    for part in filter(None, apart):
        cuts.append(len(body) - 1)
        body = body[:-1] + b"," + _encode(part)[1:]
    return body, tuple(cuts)


@functools.cache
def members(of: type[Event], hides_author: bool = False) -> tuple[tuple[str, ...], ...]:
    """The fields of a class of events that are in each of its parts behind the first: the groups that people stated and
    that are public, what is never public (other groups, `secret`, and `persons` if the author is hidden), `identifies`,
    and `texts`. A field is in one of them only, and `identifies` comes first. Empty for events that have one part."""
    if of.seals:
        return ()
    stated = [attribute for attribute in ATTRIBUTES if attribute.name in of.__struct_fields__]
    kinds = (
        tuple(a.name for a in stated if a.public and a.name not in of.identifies),
        (
            *(a.name for a in stated if not a.public and a.name not in of.identifies),
            *of.secret,
            *(of.persons if hides_author else ()),
        ),
        of.identifies,
        tuple(text for text in of.texts if text not in of.identifies),
    )
    return kinds if any(kinds) else ()


def redacted(event: Event) -> Event:
    """A copy of the event with its texts blanked."""
    return msgspec.structs.replace(event, **dict.fromkeys(event.texts, ""))
