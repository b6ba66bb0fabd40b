"""Captions that are read while they are being written: lines of text, or cues of WebVTT or SRT.

What a line says of its speaker is kept as in a transcript: a name holds until the stream names somebody else, or shows
with a mark (`>>`) that somebody else speaks.
"""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import NamedTuple

from acquis.captions.cues import last_said
from acquis.captions.pushed import parts_of
from acquis.captions.turns import Form
from acquis.text.speaker_names import MARK, head

CUES_KEPT = 100
"""The number of recent cues by which repeated lines and the speakers of cues without a name are recognized."""


class StreamedLine(NamedTuple):
    """A line that is complete: its speaker, empty if the stream does not name one, and its text."""

    speaker: str
    text: str


class CaptionStream:
    """Takes the lines of a stream in their order, and gives captions as soon as they are complete."""

    def __init__(self) -> None:
        self._form: Form | None = None
        self._begun = False
        self._speaker = ""
        self._block: list[str] = []
        self._cues: deque[list[str]] = deque(maxlen=CUES_KEPT)
        self._beginning: list[str] = []

    def take(self, line: str) -> list[StreamedLine]:
        """The captions that are complete with this line (without its line break)."""
        if not self._begun:
            return self._begin(line)
        return self._text(line) if self._form is None else self._cue_line(line)

    def end(self) -> list[StreamedLine]:
        """The captions that are complete at the end of the stream."""
        beginning, self._beginning, self._begun = self._beginning, [], True
        said = [caption for line in beginning for caption in self._text(line)]
        return [*said, *self._cue_line("")] if self._form else said

    def _begin(self, line: str) -> list[StreamedLine]:
        """Detects the form: WebVTT names itself in the first line, and in SRT times follow a number."""
        bare = line.removeprefix("\ufeff")
        if not self._beginning and not bare.strip():
            return []
        if not self._beginning and bare.startswith("WEBVTT"):
            self._form, self._begun = "webvtt", True
            return self._cue_line(bare)
        if not self._beginning and bare.strip().isdecimal():
            self._beginning.append(bare)
            return []
        lines, self._beginning, self._begun = [*self._beginning, bare], [], True
        if "-->" in bare:
            self._form = "srt"
        return [caption for each in lines for caption in self.take(each)]

    def _text(self, line: str) -> list[StreamedLine]:
        mark = MARK.match(line)
        rest = line[mark.end() :] if mark else line
        named = head(rest, marked=mark is not None, mixed=False)
        if mark or named:
            self._speaker = named[0] if named else ""
        return [StreamedLine(self._speaker, part) for part in parts_of(" ".join((named[1] if named else rest).split()))]

    def _cue_line(self, line: str) -> list[StreamedLine]:
        if line.strip():
            self._block.append(line)
            return []
        block, self._block = self._block, []
        if not any("-->" in each for each in islice(block, 2)):
            return []
        self._cues.append(block)
        said = last_said([each for cue in self._cues for each in (*cue, "")], self._form or "webvtt")
        return [StreamedLine(speaker, part) for speaker, text in said for part in parts_of(text)]
