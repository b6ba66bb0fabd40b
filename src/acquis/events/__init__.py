"""Every event a session can record: this package is the file format.

An event is past tense, frozen and tagged with a name that is never renamed; a new field always has a default, so
that every log ever written can still be read. The thing an event brings into being (a hand, a turn, a question, a
statement) is known by the number of its entry in the log. Times are not in the events: the entry carries them.

`by` of an entry is a random id: of a *person* where somebody acts on the floor, of a *voice* where somebody votes or
supports (the link between the two stays in the roster), and empty where a question was asked without a name.
"""

from __future__ import annotations

from typing import Union

import msgspec

from acquis.attributes import Gender, Lane
from acquis.events.base import (
    DESK,
    EVERYONE,
    ONCE_APPROVED,
    OTHER,
    Balance,
    Choice,
    CommitmentStatus,
    Event,
    HandKind,
    HeldBackReason,
    OverrideReason,
    SeenBy,
    SegmentKind,
)
from acquis.events.commitments import CommitmentAmended, CommitmentMade, CommitmentProgressed
from acquis.events.confirming import SummaryConfirmed
from acquis.events.drafting import SentenceDrafted, SentenceDropped, SentenceMoved
from acquis.events.erasure import TextErased
from acquis.events.people import ParticipantJoined
from acquis.events.programme import ProgrammePublished, Seat, Segment, Settings
from acquis.events.publishing import Figure, OpinionFigure, ReportPublished, Section, Sentence
from acquis.events.questions import (
    AnswerWritten,
    QuestionAnswered,
    QuestionApproved,
    QuestionAsked,
    QuestionAssigned,
    QuestionHeldBack,
    QuestionMerged,
    QuestionPut,
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
    NotResponding,
    PointOfOrderRuled,
    SpeakerGivenFloor,
    TurnEnded,
)
from acquis.events.references import ReferencesConfirmed
from acquis.events.segments import ListClosed, ListOpened, SegmentStarted, SessionClosed, SessionOpened, SettingsChanged
from acquis.events.speech import SpeakerMatched, SpeechCaptioned, SpeechCorrected, TranscriptImported
from acquis.events.statements import (
    StatementClosed,
    StatementHeldBack,
    StatementOpened,
    StatementProposed,
    StatementSeeded,
    VoteCast,
)
from acquis.events.turns import TurnCommented, TurnNoted

__all__ = [
    "ALL",
    "AnswerWritten",
    "Balance",
    "Choice",
    "CommitmentAmended",
    "CommitmentMade",
    "CommitmentProgressed",
    "CommitmentStatus",
    "DESK",
    "EVERYONE",
    "Event",
    "Figure",
    "FloorGiven",
    "Gender",
    "HandDeferred",
    "HandEntered",
    "HandKind",
    "HandLowered",
    "HandRaised",
    "HeldBackReason",
    "Lane",
    "ListClosed",
    "ListOpened",
    "NotResponding",
    "ONCE_APPROVED",
    "OTHER",
    "OpinionFigure",
    "OverrideReason",
    "ParticipantJoined",
    "PointOfOrderRuled",
    "ProgrammePublished",
    "QuestionAnswered",
    "QuestionApproved",
    "QuestionAsked",
    "QuestionAssigned",
    "QuestionHeldBack",
    "QuestionMerged",
    "QuestionPut",
    "QuestionSupported",
    "QuestionWithdrawn",
    "ReferencesConfirmed",
    "ReportPublished",
    "Seat",
    "Section",
    "SeenBy",
    "Segment",
    "SegmentKind",
    "SegmentStarted",
    "Sentence",
    "SentenceDrafted",
    "SentenceDropped",
    "SentenceMoved",
    "SessionClosed",
    "SessionOpened",
    "Settings",
    "SettingsChanged",
    "SpeakerGivenFloor",
    "SpeakerMatched",
    "SpeechCaptioned",
    "SpeechCorrected",
    "StatementClosed",
    "StatementHeldBack",
    "StatementOpened",
    "StatementProposed",
    "StatementSeeded",
    "SummaryConfirmed",
    "SupportWithdrawn",
    "TextErased",
    "TranscriptImported",
    "TurnCommented",
    "TurnEnded",
    "TurnNoted",
    "VoteCast",
    "from_body",
    "redacted",
    "to_body",
]

ALL: tuple[type[Event], ...] = (
    ProgrammePublished,
    SessionOpened,
    SegmentStarted,
    SettingsChanged,
    ListClosed,
    ListOpened,
    SessionClosed,
    ParticipantJoined,
    HandRaised,
    HandEntered,
    HandLowered,
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
    TranscriptImported,
    QuestionAsked,
    QuestionApproved,
    QuestionHeldBack,
    QuestionWithdrawn,
    QuestionSupported,
    SupportWithdrawn,
    QuestionMerged,
    QuestionAssigned,
    QuestionPut,
    QuestionAnswered,
    AnswerWritten,
    StatementProposed,
    StatementSeeded,
    StatementOpened,
    StatementHeldBack,
    StatementClosed,
    VoteCast,
    ReferencesConfirmed,
    SentenceDrafted,
    SentenceMoved,
    SentenceDropped,
    SummaryConfirmed,
    ReportPublished,
    CommitmentMade,
    CommitmentAmended,
    CommitmentProgressed,
    TextErased,
)
"""Every event, in the order of a session's life; a test holds the list against the classes."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(type=Union[ALL]).decode  # noqa: UP007  # made at run time, from however many there are


def to_body(event: Event) -> bytes:
    """The bytes that are kept: compact JSON, UTF-8, tag first, defaults left out."""
    return _encode(event)


def from_body(body: bytes) -> Event:
    """An event from its kept bytes; unknown fields (of a newer version) are ignored, an unknown event is an error
    (`msgspec.ValidationError`)."""
    event: Event = _decode(body)
    return event


def redacted(event: Event) -> Event:
    """The same event with its texts blanked."""
    return msgspec.structs.replace(event, **dict.fromkeys(event.texts, ""))
