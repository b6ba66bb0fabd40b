"""Converts a transcript into the commands that add its lines to the record of a session."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from operator import itemgetter

import msgspec

from acquis.captions.match import Match, match_speakers
from acquis.captions.turns import Spoken, Transcript
from acquis.floor.speech import LINE_LIMIT, NAME_LIMIT, CaptionSpeech, ImportTranscript, panel
from acquis.state import State

LONG = 400
"""Number of characters after which a turn is split into another line, at the end of a sentence."""
_END = re.compile("(?<=[.!?\u061f])\\s+|(?<=[\u3002\uff01\uff1f])")


class Entering(msgspec.Struct, frozen=True):
    """The result for a transcript. matches: the match of each name; unmatched ones have an empty id. commands: pairs of
    an idempotency key, which is the same for every import of the file, and a command."""

    matches: tuple[Match, ...]
    commands: tuple[tuple[str, CaptionSpeech | ImportTranscript], ...]

    @property
    def unmatched(self) -> list[Match]:
        """The matches of names that fit nobody on the panel, or several people."""
        return [match for match in self.matches if not match.id]


def entering(transcript: Transcript, source: bytes, state: State, given: Mapping[str, int] | None = None) -> Entering:
    """The commands that add a transcript to the record. given: name -> seat, overrides the matching. Raises LookupError
    if a given seat is not in the programme."""
    people = panel(state)
    said = dict(given or {})
    if wrong := [seat for seat in said.values() if not 0 <= seat <= len(people)]:
        raise LookupError(f"the programme has no speaker {wrong[0]}")
    matches = [
        Match(match.name, str(said[match.name] or ""), "exact", 1.0) if match.name in said else match
        for match in match_speakers([turn.speaker for turn in transcript.turns], people)
    ]
    seats = {match.name: int(match.id or 0) for match in matches}
    digest = hashlib.sha256(source).hexdigest()
    lines = [
        line
        for turn in transcript.turns
        for line in _lines(turn, seats.get(turn.speaker, 0), turn.language or transcript.language)
    ]
    unparsed = "\n".join(
        f"{left.line}: {'' if left.why == 'private' else left.text} ({left.why})" for left in transcript.unparsed
    )
    last = ImportTranscript(transcript.form, digest, len(lines), unparsed)
    keyed = [(f"transcript-{digest[:24]}-{n}", line) for n, line in enumerate(lines, 1)]
    return Entering(tuple(matches), (*keyed, (f"transcript-{digest[:24]}-end", last)))


def _lines(turn: Spoken, seat: int, language: str) -> Iterator[CaptionSpeech]:
    """The lines of a turn with the times of what they contain. Where the transcript has only a time for the whole turn,
    it is distributed over the lines in proportion to their length."""
    pieces = list(pieces_of(turn.text))
    whole, before = sum(map(len, pieces)) or 1, 0
    filled = 0
    for piece in pieces:
        length = sum(map(len, piece.split()))
        begin, end = (_at(turn, part / whole) for part in (before, before + len(piece)))
        if turn.times:
            begin, end = _said(turn.times, filled, filled + length)
        yield CaptionSpeech(piece, turn.speaker[:NAME_LIMIT], seat, language, begin, end, transcript=True)
        before += len(piece)
        filled += length


def _said(times: tuple[tuple[int, int, int], ...], begin: int, end: int) -> tuple[int, int]:
    """The start and the end of what stands between two numbers of characters other than blanks."""
    first = max(bisect_right(times, begin, key=itemgetter(0)) - 1, 0)
    last = max(bisect_left(times, end, key=itemgetter(0)) - 1, first)
    return times[first][1], max(times[last][2], times[first][1])


def _at(turn: Spoken, share: float) -> int:
    if turn.starts_ms is None or turn.ends_ms is None:
        return -1 if turn.starts_ms is None or share else turn.starts_ms
    return round(turn.starts_ms + share * (turn.ends_ms - turn.starts_ms))


def pieces_of(text: str) -> Iterator[str]:
    """A text split into whole sentences of about LONG characters together, and never more than the limit of a line."""
    piece = ""
    for sentence in _END.split(text):
        if piece and len(piece) + len(sentence) > LONG:
            yield from _bounded(piece)
            piece = ""
        piece = f"{piece} {sentence}".strip()
    yield from _bounded(piece)


def _bounded(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        cut = len(text)
        if cut - at > LINE_LIMIT:
            cut = text.rfind(" ", at + LINE_LIMIT // 2, at + LINE_LIMIT) + 1 or at + LINE_LIMIT
        if piece := text[at:cut].strip():
            yield piece
        at = cut
