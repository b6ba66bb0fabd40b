"""What was said: lines of captions, their corrections, whom their names mean, transcripts."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import Event


class SpeechCaptioned(Event, frozen=True, gc=False, omit_defaults=True):
    """A line of what was said, from a captioner or out of a transcript. Partial lines are never recorded."""

    texts: ClassVar[tuple[str, ...]] = ("text", "speaker")
    text: str
    speaker: str = ""
    """As the captions have it; empty where they do not say."""
    seat: int = 0
    """The speaker of the programme, numbered from 1, who that is; 0: nobody of the panel, or not known."""
    turn: int = 0
    """The turn it was said in, where that was seen live; 0: not known."""
    language: str = ""
    """A language tag (BCP 47), empty where nobody said."""
    starts_ms: int = -1
    """Of a transcript: from the start of the recording; -1: not known."""
    ends_ms: int = -1


class SpeechCorrected(Event, frozen=True, gc=False, omit_defaults=True):
    """A line was corrected; the old wording stays in the log."""

    texts: ClassVar[tuple[str, ...]] = ("text",)
    line: int
    text: str


class SpeakerMatched(Event, frozen=True, gc=False, omit_defaults=True):
    """Somebody said whom a name in the captions means: the speaker of the programme, numbered from 1, in all of these
    lines; 0: nobody of the panel."""

    lines: tuple[int, ...]
    seat: int


class TranscriptImported(Event, frozen=True, gc=False, omit_defaults=True):
    """A transcript entered the record: the lines before this entry. What of it was not understood is kept here, one
    line each with its number and the reason."""

    texts: ClassVar[tuple[str, ...]] = ("unparsed",)
    form: str
    digest: str
    """SHA-256 (hex) of the file."""
    lines: int
    unparsed: str = ""
