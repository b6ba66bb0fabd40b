"""The declaration of a reader of transcripts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from acquis.captions.turns import Form, Transcript


@dataclass(frozen=True)
class TranscriptReader:
    """A reader of one form of transcript.

    `form` is its name, also for `acquis import captions --form`; `accepts` is a message that names the format.
    `recognises` is called with the first 20,000 characters without leading blanks. `read` is called with the whole
    text, with line ends normalized, and with its lines; it raises CaptionsError."""

    form: Form
    accepts: str
    recognises: Callable[[str], bool]
    read: Callable[[str, list[str]], Transcript]
