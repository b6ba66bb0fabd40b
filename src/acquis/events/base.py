"""The base class of events, and types that events share."""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

Choice = Literal["agree", "disagree", "pass"]
Balance = Literal["lane", "stakeholder", "region"]
MessagePart = Literal["takeaways", "calls_to_action"]
MessageOutcome = Literal["adopted", "adopted_with_reservations", "fallen"]
Scene = Literal["questions", "message", "vote", "results", "map", "summary", "clock", "after"]
HandKind = Literal["turn", "point_of_order", "right_of_reply"]
SegmentKind = Literal["opening", "panel", "questions", "closing", "other"]
HeldBackReason = Literal["off_topic", "duplicate", "abusive", "personal_data", "not_a_question", "other"]
PersonReason = Literal["abusive", "impersonation", "flooding", "voted_twice", "personal_data", "other"]
Intake = Literal["questions", "statements", "joining"]
TeamRole = Literal["organizer", "onsite_moderator", "online_moderator", "rapporteur", "captioner"]
CommitmentStatus = Literal["open", "accepted", "declined", "in_progress", "done", "dropped"]
BodyAnswer = Literal["accepted", "amended", "declined", "replied"]
OverrideReason = Literal["relevance", "reply_to_last", "not_heard_yet", "accessibility", "time_of_speaker", "other"]

SeenBy = Literal["everyone", "everyone, once approved", "everyone, unless held back", "whoever writes the report"]
EVERYONE: SeenBy = "everyone"
ONCE_APPROVED: SeenBy = "everyone, once approved"
UNLESS_HELD_BACK: SeenBy = "everyone, unless held back"
DESK: SeenBy = "whoever writes the report"

Refreshes = Literal["regions", "team", "everybody"]
REGIONS: Refreshes = "regions"
TEAM: Refreshes = "team"
EVERYBODY: Refreshes = "everybody"

OTHER = "other"
"""The group of people whose group is unknown or not in the list."""

UNDO_S, UNDO_OPENING_S = 10, 60
"""For how many seconds an act that conducts a session, and the opening, can be taken back."""


class Event(
    msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=False, tag_field="event", tag=True
):
    """The base class of all events. Subclasses are one level deep."""

    seen_by: ClassVar[SeenBy] = EVERYONE
    """Who may see its texts. `publication.public` applies it to every entry that is published."""
    texts: ClassVar[tuple[str, ...]] = ()
    """The fields that contain free text of a person; an erasure blanks them."""
    identifies: ClassVar[tuple[str, ...]] = ()
    """Other fields that say who it was, or contain names: under the Chatham House Rule the public log leaves them out.
    These fields and `texts` have defaults, so that an entry can be read without them."""
    secret: ClassVar[tuple[str, ...]] = ()
    """Fields that the public log never shows, although it shows the rest: the voice whose votes it is about."""
    persons: ClassVar[tuple[str, ...]] = ()
    """Fields that contain the id of a person. They are secret where the author of an entry is. They have defaults."""
    seals: ClassVar[bool] = False
    """Whether the public log shows nothing of it: what a voice does."""
    refreshes: ClassVar[Refreshes] = EVERYBODY
    """Which open pages are fetched again after it: none, because the regions of the live screens contain all that it
    changes; those of the team and other slow pages; or every one."""
    undo_s: ClassVar[int] = 0
    """For how many seconds it can be taken back (`ActTakenBack`); 0: it cannot. Events with another value are the acts
    that conduct a session. What people do with their own hands is not one, although it is the same event."""
