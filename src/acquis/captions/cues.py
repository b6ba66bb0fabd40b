"""Reads WebVTT (W3C), SRT and SBV. The speaker is given by a voice (`<v Name>`), by `NAME:`, or by the identifier of
the cue, as Webex writes it. Consecutive cues of one named speaker become one turn. A line that a rolling caption
repeats is said once; every such line is listed as repeated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from acquis.captions.reader import TranscriptReader
from acquis.captions.turns import Form, Left, Spoken, Transcript, Why, joined, spoken, transcript
from acquis.captions.voices import VoiceLabels, VoicePart, labels_of, plain, voice_parts
from acquis.i18n import N_

_STAMP = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,]|:(?=\d{3}\b))(\d{1,7})"
_TIMING = re.compile(rf"^\s*{_STAMP}\s*(?:-->|,)\s*{_STAMP}(?:\s.*)?$")
_CUE = re.compile(r"^[ \t]*(?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,]|:(?=\d{3}\b))\d{1,7}[ \t]*-->", re.MULTILINE)
_SHORT = re.compile(r"^[ \t]*\d{1,2}:\d:\d{1,2}\.\d+[ \t]*-->|^[ \t]*\d{1,2}:\d{1,2}:\d\.\d+[ \t]*-->")
"""Times with single digits, as older transcripts of Teams have them, with the name on a line of its own below."""
_SBV = re.compile(r"^\d{1,2}:\d{2}:\d{2}\.\d{3},\d{1,2}:\d{2}:\d{2}\.\d{3}$", re.MULTILINE)
_IDENTIFIED = re.compile(r"\s*\d+\s+\"(.{0,200})\"\s*(?:\([^()]*\))?\s*")
"""The identifier of a cue with the name of the speaker: `1 "Ama Example" (3001)`."""
_GAP_MS = 30_000
_ROLL_MS, _ECHO_MS = 100, 50
"""A rolling caption repeats a line without a pause of more than `_ROLL_MS`; its echo lasts at most `_ECHO_MS`."""
_LOOK = 2000
_HEAD = 20
_LANGUAGE = re.compile(r"(?i)language:[ \t]*([a-z]{2,3}(?:-[a-z0-9]{2,8})*)[ \t]*")


@dataclass(slots=True)
class Cue:
    """A cue: the number of its first and of its last line, its times in milliseconds, the name in its identifier, and
    its lines, each with its number, as written, and without tags."""

    first: int
    last: int
    starts: int
    ends: int
    name: str
    lines: list[tuple[int, str, str]]


def read_cues(lines: list[str], form: Form) -> Transcript:
    """The turns of a WebVTT, SRT or SBV file; lines that belong to no cue are in `unparsed`."""
    left: list[Left] = []
    cues = list(_cues(lines, form, left))
    if any(_SHORT.match(line) for line in lines[:_LOOK]):
        _name_above(cues)
    language = next((match[1] for line in lines[:_HEAD] if (match := _LANGUAGE.fullmatch(line))), "")
    turns = turns_of(cues, left, voices=any("<v" in line.lower() for line in lines))
    return transcript(form, lines, turns, left, "not_understood", language, structure=_timings(lines))


def last_said(lines: list[str], form: Form) -> list[tuple[str, str]]:
    """The parts of the last cue: each speaker, empty if the cue does not name one, with the text. For captions that are
    read while they are written."""
    cues = list(_cues(lines, form, []))
    if not cues:
        return []
    turns = turns_of(cues, [], voices=any("<v" in line.lower() for line in lines))
    last = cues[-1]
    said = voice_parts([(line, bare) for _, line, bare in last.lines if bare], _labels(cues))
    before = next((turn.speaker for turn in turns if turn.first_line < last.first <= turn.last_line), "")
    texts = [(part.name or last.name, " ".join(part.text.split()), part.anew) for part in said]
    return [
        (name or (before if place == 0 and not anew else ""), text)
        for place, (name, text, anew) in enumerate(texts)
        if text
    ]


def turns_of(cues: list[Cue], left: list[Left], voices: bool) -> list[Spoken]:
    """The turns of cues; lines that a rolling caption repeats are added to `left`. voices: whether the file names
    speakers with tags."""
    if _rolls(cues):
        _once(cues, left)
    labels = _labels(cues)
    turns: list[Spoken] = []
    anew: list[bool] = []
    for cue in cues:
        texts = [(line, bare) for _, line, bare in cue.lines if bare]
        said = " ".join(bare for _, bare in texts)
        for name, text, other, offered in (
            [VoicePart(cue.name, said)] if cue.name and said else voice_parts(texts, labels)
        ):
            turns.append(
                spoken(name, text, cue.first, cue.last, cue.starts, cue.ends, offered=offered, doubt="one_word")
            )
            anew.append(other)
    return _joined(turns, anew, every=voices or _in_every_cue(turns))


def _name_above(cues: list[Cue]) -> None:
    """Takes the first line of each cue as the name of its speaker, if nearly every cue has two lines or more."""
    if 10 * sum(len(cue.lines) > 1 for cue in cues) < 9 * len(cues):
        return
    for cue in cues:
        if len(cue.lines) > 1 and not cue.name:
            cue.name = cue.lines.pop(0)[2]


def _cues(lines: list[str], form: Form, left: list[Left]) -> Iterator[Cue]:
    """The cues of the file; what belongs to none is added to `left`. In SRT and SBV, text after a blank line inside of
    a cue still belongs to it, since nothing there ends a cue but the next one."""
    before: Cue | None = None
    for first, block in _blocks(lines):
        at = 0 if _arrow(block[0]) else 1 if len(block) > 1 and _arrow(block[1]) else len(block)
        if at == len(block):
            if before and form != "webvtt":
                before.lines += [(first + n, line, plain(line)) for n, line in enumerate(block)]
                before.last = first + len(block) - 1
            else:
                left += [Left(first + n, line, _why(block)) for n, line in enumerate(block) if line.strip()]
            continue
        times = _TIMING.match(block[at])
        if times is None:
            left += [Left(first + n, line, "bad_timing") for n, line in enumerate(block) if line.strip()]
            if before:
                yield before
            before = None
            continue
        identified = _IDENTIFIED.fullmatch(block[0]) if at else None
        if at and identified is None and not block[0].strip().isdecimal():
            left.append(Left(first, block[0], "identifier"))
        texts = [(number, line, plain(line)) for number, line in enumerate(block[at + 1 :], first + at + 1)]
        parts = times.groups("0")
        starts, ends = _ms(parts[:4]), _ms(parts[4:])
        if before:
            yield before
        before = Cue(first, first + len(block) - 1, starts, ends, identified[1].strip() if identified else "", texts)
    if before:
        yield before


def _arrow(line: str) -> bool:
    if "-->" in line:
        return True
    return "," in line and line.lstrip()[:1].isdecimal() and _SBV.match(line.strip()) is not None


def _timings(lines: list[str]) -> set[int]:
    """The numbers of the lines with times and of the counters above them."""
    timed = {
        number
        for number, line in enumerate(lines, 1)
        if ("-->" in line or "," in line) and line.lstrip()[:1].isdecimal() and _TIMING.match(line)
    }
    return timed | {n - 1 for n in timed if n > 1 and lines[n - 2].strip().isdecimal()}


def _carried(before: Cue, cue: Cue) -> int:
    """How many of the first lines of a cue are the last lines of the cue before it, carried over without a pause, while
    a further line is added or the whole is the short echo of a rolling caption; 0 if they are said again."""
    if not -_ROLL_MS <= cue.starts - before.ends <= _ROLL_MS or (cue.name and cue.name != before.name):
        return 0
    old, new = ([bare for _, _, bare in of.lines if bare] for of in (before, cue))
    same = next((n for n in range(min(len(old), len(new)), 0, -1) if old[-n:] == new[:n]), 0)
    return same if same and (len(new) > same or cue.ends - cue.starts <= _ECHO_MS) else 0


def _rolls(cues: list[Cue]) -> bool:
    """Whether the captions of a file roll: at least a quarter of its cues carry lines over. In other files the same
    words in the next cue were said again."""
    carried = sum(_carried(before, cue) > 0 for before, cue in pairwise(cues))
    return carried > 0 and 4 * carried >= len(cues) - 1


def _once(cues: list[Cue], left: list[Left]) -> None:
    """Removes the carried lines from the cues and lists them as repeated."""
    counts = [0, *(_carried(before, cue) for before, cue in pairwise(cues))]
    for cue, count in zip(cues, counts):
        kept: list[tuple[int, str, str]] = []
        for number, line, bare in cue.lines:
            if bare and count:
                left.append(Left(number, line, "repeated"))
                count -= 1
            else:
                kept.append((number, line, bare))
        cue.lines = kept


def _labels(cues: list[Cue]) -> VoiceLabels:
    return labels_of((cue.lines[0][2] for cue in cues if cue.lines), _LOOK)


def _in_every_cue(turns: list[Spoken]) -> bool:
    """Whether the file names the speaker of every cue that it knows, so that a cue without a name is somebody unknown:
    at least half of its cues have a name in mixed case, or with a number, as programs write them."""
    named = sum(turn.speaker != "" and (not turn.speaker.isupper() or turn.speaker[-1].isdecimal()) for turn in turns)
    return 2 * named >= len(turns)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Blocks of lines between empty ones, each with the number of its first line. A line of blanks does not end a cue,
    as the standard says; a second line with times begins a new block, with the counter above it."""
    block: list[str] = []
    first, timed = 1, False
    for number, line in enumerate(lines, 1):
        timing = _arrow(line)
        if block and (not line or (timing and timed)):
            counter = block.pop() if timing and timed and block[-1].strip().isdecimal() and len(block) > 2 else ""
            yield first, block
            block, timed, first = ([counter], False, number - 1) if counter else ([], False, number)
        if not line or (not line.strip() and not timed):
            if not timed and block and not line.strip():
                yield first, block
                block = []
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


def _ms(parts: tuple[str, ...]) -> int:
    hours, minutes, seconds, fraction = parts
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int((fraction + "00")[:3])


def _joined(turns: list[Spoken], anew: list[bool], every: bool) -> list[Spoken]:
    """The turns, with consecutive cues of one named speaker merged unless there is a long gap between them. A cue
    without a name goes on with the speaker before it, unless `every` cue has the name of its speaker if that is known,
    or the cue shows that somebody else begins."""
    runs: list[list[Spoken]] = []
    for turn, other in zip(turns, anew, strict=True):
        before = runs[-1][-1] if runs else None
        who = runs[-1][0].speaker if runs else ""
        close = before is not None and (turn.starts_ms or 0) - (before.ends_ms or 0) < _GAP_MS
        if close and who and turn.speaker in ((who,) if every or other else ("", who)):
            runs[-1].append(turn)
        else:
            runs.append([turn])
    return [joined(run) for run in runs]


_KEPT = "names in voice tags, before the text, inside of a line, or in identifiers; languages; starts and ends"
_DOUBTFUL = (
    "a cue without a name between named ones is somebody unknown; words before a colon or in brackets that may be a "
    "name are offered; music is nobody's; repeated lines of rolling captions are read once and listed"
)
WEBVTT = TranscriptReader(
    form="webvtt",
    accepts="WebVTT",
    sign=N_("The first line is WEBVTT."),
    example="WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ama Example>Hello.",
    kept=_KEPT,
    doubtful=_DOUBTFUL,
    recognises=lambda begin: begin.startswith("WEBVTT"),
    read=lambda text, lines: read_cues(lines, "webvtt"),
)
SRT = TranscriptReader(
    form="srt",
    accepts="SRT",
    sign=N_("Lines have two times with an arrow between them."),
    example="1\n00:00:01,000 --> 00:00:02,000\nAMA EXAMPLE: Hello.",
    kept=_KEPT + "; names on a line of their own in older transcripts of Teams",
    doubtful=_DOUBTFUL,
    recognises=lambda begin: _CUE.search(begin) is not None,
    read=lambda text, lines: read_cues(lines, "srt"),
)
SBV = TranscriptReader(
    form="sbv",
    accepts="SBV",
    sign=N_("Lines have two times with a comma between them."),
    example="0:00:01.000,0:00:02.000\nAma Example: Hello.",
    kept=_KEPT,
    doubtful=_DOUBTFUL,
    recognises=lambda begin: _SBV.search(begin) is not None,
    read=lambda text, lines: read_cues(lines, "sbv"),
)
