"""The parts of a transcript: turns, and lines that were not understood. Every line of the input is in one of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import ClassVar, Literal

import msgspec

from acquis.i18n import N_
from acquis.i18n.refusals import Failure

Form = Literal[
    "igf", "webvtt", "srt", "sbv", "ttml", "markdown", "html", "irc", "tei", "json", "columns", "stamped",
    "alternating", "records",
]  # fmt: skip
Why = Literal[
    "preamble", "notice", "time", "header", "note", "bad_timing", "heading", "markup", "identifier", "repeated",
    "procedure", "label", "unattributed", "private", "not_understood",
]  # fmt: skip
REASONS: dict[str, str] = {
    "preamble": N_("before the first speaker"),
    "notice": N_("a notice"),
    "time": N_("a time"),
    "header": N_("the beginning of the file"),
    "note": N_("a note of the format"),
    "bad_timing": N_("its times are not valid"),
    "heading": N_("a heading"),
    "markup": N_("markup"),
    "identifier": N_("an identifier"),
    "repeated": N_("repeated, read once"),
    "procedure": N_("a note on the procedure"),
    "label": N_("a label that is not a name"),
    "unattributed": N_("without a speaker"),
    "private": N_("a private message"),
    "not_understood": N_("not understood"),
}
"""Why a line is in no turn -> the reason, as a message."""
Doubt = Literal["", "one_word", "after_a_break"]
CONFIDENCE: dict[Doubt, float] = {"": 0.0, "one_word": 0.6, "after_a_break": 0.4}
"""Why the speaker of a turn is offered and not stated -> confidence: a single word stands before a colon; a paragraph
without a name follows that of a speaker. The values are our own ranking, not probabilities."""
_NOISES = "applause|laughter|off microphone|no audio|music|buzzing|silence|cheering|video plays|speaking"
_SOUND = re.compile(rf"\[[^\[\]\n]{{2,80}}\]|\((?:[^()\n]{{0,40}}\b)?(?i:{_NOISES})[^()\n]{{0,40}}\)")

_BRACKETS = re.compile(r"\[[^\[\]]+\]")


class Spoken(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A turn of the transcript. `speaker` is as written, empty if it is not given; lines of the input are counted from
    1; times are in milliseconds from the start of the recording. `sounds` are notes of the captioner ("[APPLAUSE]"),
    which also stay in the text. `language` is that of the turn if the transcript notes it (a code of ISO 639-1).
    `offered` is a likely speaker where the transcript leaves doubt, and `doubt` the reason; `speaker` is then empty.
    `times` are those of the pieces of a turn that joins several: the number of characters other than blanks before the
    piece, its start and its end."""

    speaker: str
    text: str
    first_line: int
    last_line: int
    starts_ms: int | None = None
    ends_ms: int | None = None
    sounds: tuple[str, ...] = ()
    language: str = ""
    offered: str = ""
    doubt: Doubt = ""
    times: tuple[tuple[int, int, int], ...] = ()

    @property
    def confidence(self) -> float:
        """How likely the offered speaker is, from 0 to 1; 0 if nobody is offered."""
        return CONFIDENCE[self.doubt]


def joined(run: list[Spoken]) -> Spoken:
    """Turns of one speaker that follow each other as one, which keeps their times."""
    first, last = run[0], run[-1]
    if first is last:
        return first
    times, before = [], 0
    for turn in run:
        if turn.starts_ms is not None and turn.ends_ms is not None:
            times.append((before, turn.starts_ms, turn.ends_ms))
        before += len(turn.text) - turn.text.count(" ")
    ends = max((turn.ends_ms for turn in run if turn.ends_ms is not None), default=None)
    return Spoken(
        first.speaker,
        " ".join(turn.text for turn in run if turn.text),
        first.first_line,
        last.last_line,
        starts_ms=first.starts_ms,
        ends_ms=ends,
        sounds=tuple(sound for turn in run for sound in turn.sounds),
        language=first.language,
        times=tuple(times),
    )


class Left(msgspec.Struct, frozen=True, gc=False):
    """A line, or a part of one, that is in no turn, with the reason."""

    line: int
    text: str
    why: Why


class Transcript(msgspec.Struct, frozen=True):
    """The turns of a transcript in order, and the lines that are in no turn. encoding: of the file (a name of Python,
    or docx), empty for a text; certain: false if it was guessed from the letters; sign: how the form was recognized,
    as a message, empty if somebody named the form."""

    form: Form
    turns: tuple[Spoken, ...]
    unparsed: tuple[Left, ...]
    language: str = ""
    encoding: str = ""
    certain: bool = True
    sign: str = ""

    def require_words(self) -> None:
        """Check that anything was understood. Raises CaptionsError: nothing_understood, if no turn has a word."""
        if not any(turn.text for turn in self.turns):
            raise CaptionsError("nothing_understood")


def with_offers(transcript: Transcript, names: Collection[str]) -> Transcript:
    """The transcript with the offered speakers that somebody confirmed (`names`) as its speakers. A name before a
    colon, which was among the words because of the doubt, is then the name only."""
    turns = tuple(_confirmed(turn) if turn.offered in names else turn for turn in transcript.turns)
    return msgspec.structs.replace(transcript, turns=turns)


def _confirmed(turn: Spoken) -> Spoken:
    label, colon, rest = turn.text.replace("：", ":", 1).partition(":")
    bare = bool(colon) and label.strip() == turn.offered and not turn.times and bool(rest.strip())
    text = rest.strip() if bare else turn.text
    return msgspec.structs.replace(turn, speaker=turn.offered, text=text, offered="", doubt="")


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
    offered: str = "",
    doubt: Doubt = "",
) -> Spoken:
    """A turn with normalized blanks and the sounds that its text contains; lines from 1, times in milliseconds."""
    said = " ".join(text.split())
    sounds = tuple(_SOUND.findall(said)) if "[" in said or "(" in said else ()
    name = " ".join(speaker.split())
    return Spoken(
        name[1:-1] if _BRACKETS.fullmatch(name) else name,
        said,
        first_line=first,
        last_line=last,
        starts_ms=starts,
        ends_ms=ends,
        sounds=sounds,
        language=language,
        offered=" ".join(offered.split()) if offered else "",
        doubt=doubt if offered else "",
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
