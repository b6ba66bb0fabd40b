"""What a reader of transcripts declares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from acquis.captions.turns import Form, Transcript


@dataclass(frozen=True)
class TranscriptReader:
    """One form of transcript.

    `form` is its name, also for `acquis import captions --form`; `accepts` says to people what it reads (a message).
    `recognises` gets the first 20,000 characters without leading blanks. `read` gets the whole text with line ends of
    one kind, and the same as lines; it raises CaptionsError."""

    form: Form
    accepts: str
    recognises: Callable[[str], bool]
    read: Callable[[str, list[str]], Transcript]
