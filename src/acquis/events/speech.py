"""Events of captions: lines, corrections, matches of names with speakers, and imported transcripts."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import REGIONS, Event, Refreshes


class SpeechCaptioned(Event, frozen=True, gc=False, omit_defaults=True):
    """A line of speech was recorded, from a captioner or a transcript. Partial lines are never recorded."""

    refreshes: ClassVar[Refreshes] = REGIONS
    texts: ClassVar[tuple[str, ...]] = ("text", "speaker")
    identifies: ClassVar[tuple[str, ...]] = ("speaker", "seat")
    text: str = ""
    speaker: str = ""
    """The name in the captions; empty if none is given."""
    seat: int = 0
    """The number of the speaker of the programme, from 1; 0: not on the panel, or unknown."""
    turn: int = 0
    """The turn in which the line was said, for live captions; 0: unknown."""
    likely: int = 0
    """The turn in which the line was likely said, where captions and floor leave doubt; `turn` is then 0."""
    live: bool = False
    """Whether the line was captioned while it was said. Logs of earlier versions do not say so; a line with a turn
    is one."""
    language: str = ""
    """A language tag (BCP 47); empty if unknown."""
    starts_ms: int = -1
    """For transcripts: milliseconds from the start of the recording; -1: unknown."""
    ends_ms: int = -1


class SpeechCorrected(Event, frozen=True, gc=False, omit_defaults=True):
    """A line was corrected; the earlier wording stays in the log."""

    refreshes: ClassVar[Refreshes] = REGIONS
    texts: ClassVar[tuple[str, ...]] = ("text",)
    line: int
    text: str = ""


class SpeakerMatched(Event, frozen=True, gc=False, omit_defaults=True):
    """The name in these lines was matched with a speaker of the programme, numbered from 1; 0: not on the panel."""

    refreshes: ClassVar[Refreshes] = REGIONS
    identifies: ClassVar[tuple[str, ...]] = ("seat",)
    lines: tuple[int, ...]
    seat: int = 0


class SpeechPlaced(Event, frozen=True, gc=False, omit_defaults=True):
    """A person stated in which turn a line was said."""

    refreshes: ClassVar[Refreshes] = REGIONS
    line: int
    turn: int


class TranscriptImported(Event, frozen=True, gc=False, omit_defaults=True):
    """A transcript was imported as the lines before this entry. Lines that were not understood are stored here with
    their numbers and the reasons."""

    texts: ClassVar[tuple[str, ...]] = ("unparsed",)
    form: str
    digest: str
    """The SHA-256 (hex) of the file."""
    lines: int
    unparsed: str = ""
