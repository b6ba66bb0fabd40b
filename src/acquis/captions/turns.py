"""What a transcript is made of: turns, and lines that were not understood. No line of the input is ever dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal

import msgspec

Form = Literal["igf", "webvtt", "srt", "markdown", "html", "tei"]
Why = Literal["preamble", "notice", "time", "header", "note", "bad_timing", "heading", "markup", "not_understood"]
_NOISES = "applause|laughter|off microphone|no audio|music|buzzing|silence|cheering|video plays|speaking"
_SOUND = re.compile(rf"\[[^\[\]\n]{{2,80}}\]|\((?:[^()\n]{{0,40}}\b)?(?i:{_NOISES})[^()\n]{{0,40}}\)")


class Spoken(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A turn as it stands in the transcript. `speaker` as written, empty where it is not said; lines of the input from
    1; times in milliseconds from the start of the recording. `sounds` are notes of the captioner ("[APPLAUSE]"), which
    stay in the text too."""

    speaker: str
    text: str
    first_line: int
    last_line: int
    starts_ms: int | None = None
    ends_ms: int | None = None
    sounds: tuple[str, ...] = ()


class Left(msgspec.Struct, frozen=True, gc=False):
    """A line, or the part of one, that is in no turn, and why."""

    line: int
    text: str
    why: Why


class Transcript(msgspec.Struct, frozen=True):
    """The turns of a transcript in their order, and what is in none."""

    form: Form
    turns: tuple[Spoken, ...]
    unparsed: tuple[Left, ...]
    language: str = ""


class CaptionsError(Exception):
    """What cannot be read as a transcript at all: a code (empty, not_text, too_large, bad_xml) and facts."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def spoken(
    speaker: str, text: str, first: int, last: int, starts: int | None = None, ends: int | None = None
) -> Spoken:
    """A turn, its sounds found in its text."""
    said = " ".join(text.split())
    sounds = tuple(_SOUND.findall(said)) if "[" in said or "(" in said else ()
    return Spoken(" ".join(speaker.split()), said, first, last, starts, ends, sounds)


def transcript(
    form: Form, lines: list[str], turns: Iterable[Spoken], left: Iterable[Left], otherwise: Why, language: str = ""
) -> Transcript:
    """The whole: every line that is not empty, in no turn and not left yet is left, with `otherwise` as reason."""
    found, kept = tuple(turns), list(left)
    seen = bytearray(len(lines) + 2)
    for turn in found:
        seen[turn.first_line : turn.last_line + 1] = b"\1" * (turn.last_line + 1 - turn.first_line)
    for one in kept:
        seen[one.line] = 1
    kept += [Left(n, text, otherwise) for n, text in enumerate(lines, 1) if text.strip() and not seen[n]]
    return Transcript(form, found, tuple(sorted(kept, key=lambda one: one.line)), language)


def to_json(found: Transcript) -> bytes:
    """A transcript as JSON, indented."""
    return msgspec.json.format(msgspec.json.encode(found))
