"""Reads what programs that recognize speech write as data: JSON of Whisper, WhisperX and whisper.cpp and of podcasts,
and tables with the columns start, end and text (TSV and CSV of Whisper)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from acquis.captions.reader import TranscriptReader
from acquis.captions.recognizers import nested_segments, other_fields
from acquis.captions.turns import CaptionsError, Left, Spoken, Transcript, joined, spoken, transcript
from acquis.i18n import N_
from acquis.text.folding import folded
from acquis.text.speaker_names import head

_LISTS = (
    "segments",
    "utterances",
    "transcription",
    "transcript",
    "paragraphs",
    "captions",
    "results",
    "monologues",
    "entries",
)
_TEXTS = ("text", "body", "transcript", "content", "sentence")
_SPEAKERS = ("speaker", "speakerName", "speaker_name", "name", "speaker_label", "speakerDisplayName")
_STARTS = ("start", "startTime", "start_time", "from", "startOffset")
_ENDS = ("end", "endTime", "end_time", "to", "endOffset")
_GAP_MS = 30_000
_DEEPEST = 6
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3})\d{0,4})?")
_JSON = re.compile(r"\[?\s*\{\s*(?:\"|\})")
_COLUMNS: dict[str, tuple[str, ...]] = {
    "start": ("start", "begin", "time", "timestamp", "start time", "time in", "timecode"),
    "end": ("end", "stop", "end time", "time out"),
    "speaker": ("speaker", "speaker name", "name", "who", "participant", "delegation"),
    "text": ("text", "words", "statement", "said", "transcript", "caption", "content", "utterance", "sentence"),
}
"""Field -> the titles of its column, folded."""


def read_json(text: str, lines: list[str]) -> Transcript:
    """The turns of a JSON text; the number of a line is that of the segment. Texts elsewhere are listed, but those that
    repeat the segments letter for letter. Raises CaptionsError: bad_json (reason)."""
    try:
        data = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise CaptionsError("bad_json", reason=str(error)) from None
    segments = nested_segments(data) or _segments(data)
    thousandths = _in_thousandths(segments)
    pieces: list[Spoken] = []
    for number, segment in enumerate(segments, 1):
        said = _first(segment, _TEXTS)
        name = _speaker(segment)
        if not name and (named := head(said, marked=False, mixed=True)):
            name, said = named
        starts, ends = (_time(segment, keys, thousandths) for keys in (_STARTS, _ENDS))
        for who, part in _by_words(segment, name, said):
            pieces.append(spoken(who, part, number, number, starts, ends))
    left = list(_others(other_fields(data), segments))
    language = _language(data)
    return transcript("json", [], _joined(pieces), left, "markup", language)


def _segments(data: Any, depth: int = 0) -> list[dict[str, Any]]:
    """The first list of objects with texts; the empty list if there is none."""
    if isinstance(data, list):
        segments = [item for item in data if isinstance(item, dict) and _first(item, _TEXTS)]
        return segments if 2 * len(segments) >= max(len(data), 1) else []
    if isinstance(data, dict) and depth < _DEEPEST:
        keys = [*(key for key in _LISTS if key in data), *(key for key in data if key not in _LISTS and key != "words")]
        for key in keys:
            if isinstance(data[key], dict | list) and (segments := _segments(data[key], depth + 1)):
                return segments
    return []


def _first(segment: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next((value for key in keys if isinstance(value := segment.get(key), str) and value.strip()), "")


def _speaker(segment: dict[str, Any]) -> str:
    for key in _SPEAKERS:
        value = segment.get(key)
        if isinstance(value, dict):
            value = value.get("name") or value.get("label") or value.get("id")
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value) if isinstance(value, str) else f"Speaker {value}"
    return ""


def _by_words(segment: dict[str, Any], name: str, said: str) -> list[tuple[str, str]]:
    """The speakers of a segment with their words, where the file says of each word who spoke it (WhisperX); otherwise
    the speaker of the segment with all of it."""
    words = segment.get("words")
    if not isinstance(words, list) or not words or not all(isinstance(word, dict) for word in words):
        return [(name, said)]
    if len({_speaker(word) for word in words} - {"", name}) == 0:
        return [(name, said)]
    parts: list[tuple[str, list[str]]] = []
    for word in words:
        who, text = _speaker(word) or (parts[-1][0] if parts else name), _first(word, ("punctuated_word", "word"))
        if parts and parts[-1][0] == who:
            parts[-1][1].append(text)
        else:
            parts.append((who, [text]))
    whole = "".join(text for _, texts in parts for text in texts)
    return [(who, " ".join(texts)) for who, texts in parts] if _letters(whole) == _letters(said) else [("", said)]


def _value(segment: dict[str, Any], keys: tuple[str, ...]) -> Any:
    for place in (segment, segment.get("offsets"), segment.get("timestamps")):
        if isinstance(place, dict):
            for key in keys:
                if (value := place.get(key)) is not None:
                    return value
    return None


def _in_thousandths(segments: list[dict[str, Any]]) -> bool:
    """Whether times are in milliseconds: all are whole numbers, and the first segments last more than 100 on average or
    have times in `offsets`."""
    if any("offsets" in segment for segment in segments[:1]):
        return True
    pairs = [(_value(segment, _STARTS), _value(segment, _ENDS)) for segment in segments]
    if not pairs or not all(type(time) is int for pair in pairs for time in pair):
        return False
    return bool(sum(end - start for start, end in pairs) > 100 * len(pairs))


def _time(segment: dict[str, Any], keys: tuple[str, ...], thousandths: bool) -> int | None:
    value = _value(segment, keys)
    if isinstance(value, str):
        return _ms(value, thousandths)
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 10**9:
        return round(value if thousandths else 1000 * value)
    return None


def _ms(text: str, thousandths: bool) -> int | None:
    if clock := _CLOCK.fullmatch(text.strip()):
        hours, minutes, seconds, part = clock.groups()
        whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
        return 1000 * whole + int((part or "0").ljust(3, "0"))
    if re.fullmatch(r"\d{1,10}(?:\.\d{1,9})?", text.strip()):
        return round(float(text) * (1 if thousandths else 1000))
    return None


def _letters(text: str) -> str:
    """The letters and digits of a text, to tell whether another text repeats it."""
    return "".join(letter for letter in folded(text) if letter.isalnum())


def _others(data: Any, segments: list[dict[str, Any]]) -> Iterator[Left]:
    """The texts outside of the segments' own fields, each with the number of the segment before. Words and whole texts
    that repeat the segments letter for letter are left out."""
    numbers = {id(segment): number for number, segment in enumerate(segments, 1)}
    letters = [_letters(_first(segment, _TEXTS)) for segment in segments]
    whole = "".join(letters)
    stack: list[tuple[Any, int]] = [(data, 0)]
    last = 1
    while stack:
        item, own = stack.pop()
        if isinstance(item, dict):
            own = numbers.get(id(item), own)
            last = max(last, own)
            used = _used(item) if id(item) in numbers else _NOT_USED
            stack += [(value, own) for key, value in reversed(item.items()) if key not in used]
        elif isinstance(item, list) and (words := _words(item)):
            if _letters(words) not in (letters[own - 1] if own else whole, whole):
                yield Left(last, words, "markup")
        elif isinstance(item, list):
            stack += [(value, own) for value in reversed(item)]
        elif isinstance(item, str) and item.strip() and not (len(item) * 2 > len(whole) and _letters(item) == whole):
            yield Left(last, item, "markup")


def _words(items: list[Any]) -> str:
    """A list of words with times as one text; empty if it is no such list."""
    if not all(isinstance(item, dict) and isinstance(item.get("word"), str) for item in items):
        return ""
    return " ".join(item.get("punctuated_word") or item["word"] for item in items)


_NOT_USED = frozenset(("language",))


def _used(segment: dict[str, Any]) -> frozenset[str]:
    """The fields of a segment that enter its turn."""
    text = next((key for key in _TEXTS if isinstance(segment.get(key), str) and segment[key].strip()), "")
    speaker = next((key for key in _SPEAKERS if segment.get(key) not in (None, "")), "")
    return frozenset((text, speaker, *_STARTS, *_ENDS, "timestamps", "offsets", "tokens", "id"))


def _language(data: Any) -> str:
    for place in (data, data.get("result") if isinstance(data, dict) else None):
        if isinstance(place, dict) and isinstance(value := place.get("language"), str) and len(value) < 12:
            return value
    return ""


def _joined(pieces: list[Spoken]) -> list[Spoken]:
    """The turns: pieces of one named speaker that follow each other closely are one."""
    turns: list[list[Spoken]] = []
    for piece in pieces:
        before = turns[-1][-1] if turns else None
        close = before and (piece.starts_ms or 0) - (before.ends_ms or 0) < _GAP_MS
        if before and close and piece.speaker and piece.speaker == before.speaker:
            turns[-1].append(piece)
        else:
            turns.append([piece])
    return [joined(run) for run in turns]


def _columns(line: str) -> tuple[str, list[str]]:
    """The sign between the columns of a head, and the names of the columns, each once; no names if the line is no such
    head."""
    sign = "\t" if "\t" in line else ";" if ";" in line else ","
    titles = [" ".join(folded(name.strip().strip('"')).replace("_", " ").split()) for name in line.split(sign)]
    names = list(titles)
    for field, known in _COLUMNS.items():
        place = next((titles.index(title) for title in known if title in titles), None)
        if place is not None:
            names[place] = field
    is_head = "text" in names and ("start" in names or "speaker" in names)
    return sign, names if is_head and len(set(names)) == len(names) else []


def read_columns(lines: list[str]) -> Transcript:
    """The turns of a table; columns other than start, end, speaker and text are listed."""
    head_at = next((n for n, line in enumerate(lines) if line.strip()), 0)
    sign, names = _columns(lines[head_at])
    if not names:
        return transcript("columns", lines, [], [], "not_understood")
    left = [Left(head_at + 1, lines[head_at], "header")]
    pieces: list[Spoken] = []
    fields = _LIMITED.get(sign, csv.QUOTE_MINIMAL)
    reader = csv.reader((f"{line}\n" for line in lines[head_at + 1 :]), delimiter=sign, quoting=fields)  # type: ignore[arg-type]  # a constant of csv
    before = head_at + 1
    rows = [(row, reader.line_num + head_at + 1) for row in reader]
    times = [row[n].strip() for row, _ in rows if len(row) == len(names) for n in _numbers(names)]
    numbers = all(time.isdecimal() for time in times if time)
    for row, last in rows:
        first, before = before + 1, last
        if len(row) < len(names):
            left += [Left(n, lines[n - 1], "not_understood") for n in range(first, last + 1) if lines[n - 1].strip()]
            continue
        row = [*row[: len(names) - 1], sign.join(row[len(names) - 1 :])]
        cells = dict(zip(names, row))
        name, said = cells.get("speaker", "").strip(), cells["text"]
        if not name and (named := head(said, marked=False, mixed=True)):
            name, said = named
        starts, ends = (_ms(cells.get(key, ""), numbers) for key in ("start", "end"))
        pieces.append(spoken(name, said, first, last, starts, ends))
        left += [Left(first, value, "markup") for key, value in cells.items() if key not in _COLUMNS and value.strip()]
    return transcript("columns", lines, _joined(pieces), left, "not_understood")


_LIMITED = {"\t": csv.QUOTE_NONE}
"""Whisper writes TSV without quotes."""


def _numbers(names: list[str]) -> list[int]:
    return [names.index(name) for name in ("start", "end") if name in names]


def _is_columns(begin: str) -> bool:
    return _columns(begin.split("\n", 1)[0])[1] != []


JSON = TranscriptReader(
    form="json",
    accepts="JSON",
    sign=N_("The text is JSON."),
    example='{"segments": [{"start": 0.0, "end": 2.5, "text": "Hello.", "speaker": "Ama Example"}]}',
    kept="speakers, also of each word, starts and ends, the language; the line of a turn is the number of its segment",
    doubtful="a segment without a speaker is of somebody unknown; other texts of the file are listed, but not those "
    "that repeat the segments letter for letter",
    recognises=lambda begin: _JSON.match(begin) is not None,
    read=read_json,
)
COLUMNS = TranscriptReader(
    form="columns",
    accepts=N_("tables with a column text and one with times or speakers (TSV, CSV)"),
    sign=N_("The first line names a column with texts and one with times or speakers."),
    example="start\tend\ttext\n0\t2500\tHello.",
    kept="a column with speakers; starts and ends, in milliseconds if all are whole numbers, otherwise in seconds",
    doubtful="a row without a speaker is of somebody unknown; other columns are listed",
    recognises=_is_columns,
    read=lambda text, lines: read_columns(lines),
)
