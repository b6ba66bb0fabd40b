"""A line of what was said, as captions and transcripts give it."""

from __future__ import annotations

import msgspec


class SpeechLine(msgspec.Struct, gc=False):
    """A line of speech. `speaker` is the name in the captions; `wording` is the entry of the latest correction, or 0.
    `live`: it was captioned while it was said; `likely`: the turn that is offered where the turn is in doubt, or 0.
    Times are in ms from the start of the recording of a transcript, -1: unknown."""

    seq: int
    at: int
    text: str
    speaker: str = ""
    seat: int = 0
    turn: int = 0
    likely: int = 0
    live: bool = False
    language: str = ""
    starts_ms: int = -1
    ends_ms: int = -1
    wording: int = 0
