"""Reads WebVTT (W3C) and SRT. Lines that rolling captions repeat are read once. The speaker is given by a voice
(`<v Name>`) or by `NAME:`. Consecutive cues of one named speaker become one turn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from acquis.captions.reader import TranscriptReader
from acquis.captions.turns import Form, Left, Spoken, Transcript, Why, spoken, transcript
from acquis.text.plain_text import unescaped
from acquis.text.speaker_names import MARK, head

_STAMP = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMING = re.compile(rf"^\s*{_STAMP}\s*-->\s*{_STAMP}(?:\s.*)?$")
_CUE = re.compile(r"^[ \t]*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]*-->", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]*)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*+>|<\d[\d:.]*+>", re.IGNORECASE)
_SPLIT = re.compile(r"(?=<v[ \t.])", re.IGNORECASE)
_GAP_MS = 30_000
_LOOK = 2000


def read_cues(lines: list[str], form: Form) -> Transcript:
    """The turns of a WebVTT or SRT file; lines that belong to no cue are in `unparsed`."""
    turns: list[Spoken] = []
    left: list[Left] = []
    last: frozenset[str] = frozenset()
    mixed = _named(lines)
    for first, block in _blocks(lines):
        at = 0 if "-->" in block[0] else 1
        if at == len(block) or "-->" not in block[at]:
            left += [Left(first + n, line, _why(block)) for n, line in enumerate(block)]
            continue
        times = _TIMING.match(block[at])
        if times is None:
            left += [Left(first + n, line, "bad_timing") for n, line in enumerate(block)]
            continue
        texts = [(line, _plain(line)) for line in block[at + 1 :]]
        fresh = [(line, bare) for line, bare in texts if bare not in last]
        last = frozenset(bare for _, bare in texts)
        end = first + len(block) - 1
        starts, ends = _ms(times.groups()[:4]), _ms(times.groups()[4:])
        said = list(_voices(fresh, mixed)) or [("", "")]
        turns += [spoken(name, text, first, end, starts, ends) for name, text in said]
    return transcript(form, lines, _joined(turns), left, "not_understood")


def _named(lines: list[str]) -> bool:
    """Whether names in mixed case precede the text ("Ama Example: Hello"), as meeting software writes them: at least a
    quarter of the first cues begin in this way."""
    texts = [after for line, after in pairwise(lines[:_LOOK]) if "-->" in line]
    return 4 * sum(head(text, marked=False, mixed=True) is not None for text in texts) >= max(len(texts), 1)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Blocks of non-empty lines, each with the number of its first line; a second timing line also begins a new
    block."""
    block: list[str] = []
    first, timed = 1, False
    for number, line in enumerate(lines, 1):
        timing = "-->" in line
        blank = not line.strip()
        if block and (blank or (timing and timed)):
            yield first, block
            block, timed = [], False
        if blank:
            continue
        if not block:
            first = number
        block.append(line)
        timed = timed or timing
    if block:
        yield first, block


def _why(block: list[str]) -> Why:
    begin = block[0].lstrip("\ufeff").strip()
    if begin.startswith("WEBVTT"):
        return "header"
    return "note" if re.match(r"(NOTE|STYLE|REGION)\b", begin) else "not_understood"


def _ms(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, fraction = parts
    thousandths = int((fraction or "").ljust(3, "0"))
    return ((int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)) * 1000 + thousandths


def _plain(line: str) -> str:
    bare = _TAG.sub("", line) if "<" in line else line
    return " ".join((unescaped(bare) if "&" in bare else bare).split())


def _pieces(line: str, bare: str) -> Iterator[tuple[re.Match[str] | None, str]]:
    """The line split at voice tags: the match of the tag (or None) and the text without tags."""
    if "<v" not in (after := line.lower().lstrip()):
        yield None, bare
        return
    if "<v" not in after[1:]:
        yield _VOICE.match(line.lstrip()), bare
        return
    for piece in _SPLIT.split(line):
        yield _VOICE.match(piece.lstrip()), _plain(piece)


def _voices(lines: list[tuple[str, str]], mixed: bool) -> Iterator[tuple[str, str]]:
    """The speakers of a cue with their texts; the name is empty if none is given. lines: pairs of the line and the same
    line without tags. mixed: whether names without a mark may be in mixed case."""
    name, parts = "", list[str]()
    for line, bare in lines:
        for voice, text in _pieces(line, bare):
            mark = MARK.match(text) if text.startswith((">", "»")) else None
            named = head(text[mark.end() :] if mark else text, marked=mark is not None, mixed=mixed)
            if voice or named or mark:
                if parts:
                    yield name, " ".join(parts)
                name, parts = (unescaped(voice[1]).strip() if voice else named[0] if named else ""), []
                text = named[1] if named else text[mark.end() :] if mark else text
            if text:
                parts.append(text)
    if parts or name:
        yield name, " ".join(parts)


def _joined(turns: list[Spoken]) -> list[Spoken]:
    """The turns, with consecutive cues of one named speaker merged unless there is a long gap between them."""
    runs: list[list[Spoken]] = []
    for turn in turns:
        before = runs[-1][-1] if runs else None
        who = runs[-1][0].speaker if runs else ""
        close = before is not None and (turn.starts_ms or 0) - (before.ends_ms or 0) < _GAP_MS
        if close and who and turn.speaker in ("", who):
            runs[-1].append(turn)
        else:
            runs.append([turn])
    return [_merged(run) for run in runs]


def _merged(run: list[Spoken]) -> Spoken:
    first, last = run[0], run[-1]
    if first is last:
        return first
    text = " ".join(turn.text for turn in run if turn.text)
    return spoken(first.speaker, text, first.first_line, last.last_line, first.starts_ms, last.ends_ms)


WEBVTT = TranscriptReader(
    "webvtt", "WebVTT", lambda begin: begin.startswith("WEBVTT"), lambda text, lines: read_cues(lines, "webvtt")
)
SRT = TranscriptReader(
    "srt", "SRT", lambda begin: _CUE.search(begin) is not None, lambda text, lines: read_cues(lines, "srt")
)
