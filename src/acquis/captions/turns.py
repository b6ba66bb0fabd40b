"""The parts of a transcript: turns, and lines that were not understood. Every line of the input is in one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar, Literal

import msgspec

from acquis.i18n.refusals import Failure

Form = Literal["igf", "webvtt", "srt", "sbv", "markdown", "html", "tei", "stamped", "alternating"]
Why = Literal[
    "preamble", "notice", "time", "header", "note", "bad_timing", "heading", "markup", "identifier", "repeated",
    "procedure", "not_understood",
]  # fmt: skip
_NOISES = "applause|laughter|off microphone|no audio|music|buzzing|silence|cheering|video plays|speaking"
_SOUND = re.compile(rf"\[[^\[\]\n]{{2,80}}\]|\((?:[^()\n]{{0,40}}\b)?(?i:{_NOISES})[^()\n]{{0,40}}\)")


class Spoken(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A turn of the transcript. `speaker` is as written, empty if it is not given; lines of the input are counted from
    1; times are in milliseconds from the start of the recording. `sounds` are notes of the captioner ("[APPLAUSE]"),
    which also stay in the text. `language` is that of the turn if the transcript notes it (a code of ISO 639-1)."""

    speaker: str
    text: str
    first_line: int
    last_line: int
    starts_ms: int | None = None
    ends_ms: int | None = None
    sounds: tuple[str, ...] = ()
    language: str = ""


class Left(msgspec.Struct, frozen=True, gc=False):
    """A line, or a part of one, that is in no turn, with the reason."""

    line: int
    text: str
    why: Why


class Transcript(msgspec.Struct, frozen=True):
    """The turns of a transcript in order, and the lines that are in no turn. encoding: of the file (a name of Python),
    empty for a text; certain: false if it was guessed from the letters."""

    form: Form
    turns: tuple[Spoken, ...]
    unparsed: tuple[Left, ...]
    language: str = ""
    encoding: str = ""
    certain: bool = True

    def require_words(self) -> None:
        """Check that anything was understood. Raises CaptionsError: nothing_understood, if no turn has a word."""
        if not any(turn.text for turn in self.turns):
            raise CaptionsError("nothing_understood")


class CaptionsError(Failure):
    """A text cannot be read as a transcript: a code (empty, not_text, bad_encoding, unknown_encoding, too_large,
    bad_xml, nothing_understood) and facts."""

    about: ClassVar[str] = "captions"


def spoken(
    speaker: str,
    text: str,
    first: int,
    last: int,
    starts: int | None = None,
    ends: int | None = None,
    language: str = "",
) -> Spoken:
    """A turn with normalized blanks and the sounds that its text contains; lines from 1, times in milliseconds."""
    said = " ".join(text.split())
    sounds = tuple(_SOUND.findall(said)) if "[" in said or "(" in said else ()
    return Spoken(
        " ".join(speaker.split()),
        said,
        first_line=first,
        last_line=last,
        starts_ms=starts,
        ends_ms=ends,
        sounds=sounds,
        language=language,
    )


def transcript(
    form: Form,
    lines: list[str],
    turns: Iterable[Spoken],
    left: Iterable[Left],
    otherwise: Why,
    language: str = "",
    structure: Iterable[int] = (),
) -> Transcript:
    """A transcript of these turns. Every other non-empty line that is not in `left` is added to `unparsed` with the
    reason `otherwise`. structure: the numbers of lines without words, such as times and counters."""
    listed, unparsed = tuple(turns), list(left)
    covered = bytearray(len(lines) + 2)
    for number in structure:
        covered[number] = 1
    for turn in listed:
        covered[turn.first_line : turn.last_line + 1] = b"\1" * (turn.last_line + 1 - turn.first_line)
    for item in unparsed:
        covered[item.line] = 1
    unparsed += [Left(n, text, otherwise) for n, text in enumerate(lines, 1) if text.strip() and not covered[n]]
    return Transcript(form, listed, tuple(sorted(unparsed, key=lambda item: item.line)), language)


def to_json(transcript: Transcript) -> bytes:
    """A transcript as JSON in UTF-8, indented for reading, with its turns and the lines in none."""
    return msgspec.json.format(msgspec.json.encode(transcript))
