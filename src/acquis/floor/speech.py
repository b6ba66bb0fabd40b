"""Commands for captions: lines from a captioner or a transcript, corrections, and matches of names with speakers."""

from __future__ import annotations

from itertools import islice
from typing import Annotated, ClassVar

from acquis import events as ev
from acquis.captions.align import lines_by_turn
from acquis.captions.match import Known, match_speakers
from acquis.command import CAPTIONER, ONCE_OPENED, PEOPLE, WRITERS, Actor, Command, Of, Refused, SeatNumber, Text, Word
from acquis.floor.attribution import StatedTimes, turn_of_line
from acquis.floor.turns import had
from acquis.state import SpeechLine, State, Turn

LINE_LIMIT = 1000
NAME_LIMIT = 120
LINES_LIMIT = 50_000
UNPARSED_LIMIT = 1_000_000
FORM_LIMIT, DIGEST_LIMIT = 20, 64
_LOOK_BACK = 500
LANGUAGE = r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"


class CaptionSpeech(Command, frozen=True, gc=False):
    """Put a line of what is said on the record. `speaker` is the name as the captions have it, `of_seat` the speaker of
    the programme (numbered from 1) if that is known; times are of a transcript, in ms from the start of the recording.
    `said_at` is when a live line was said, and `captioned_at` when it was written down, in ms since 1970, if a
    captioning program states it; `transcript` says that it is a line of a transcript, which may have no times.
    """

    roles: ClassVar = WRITERS | {CAPTIONER}
    phases: ClassVar = ONCE_OPENED
    refusals: ClassVar = ("too_many_lines",)
    text: Annotated[str, Text(LINE_LIMIT)]
    speaker: Annotated[str, Text(NAME_LIMIT, empty=True)] = ""
    of_seat: Annotated[int, SeatNumber(optional=True)] = 0
    language: Annotated[str, Word(LANGUAGE, 35, "bad_language", "language", empty=True)] = ""
    starts_ms: int = -1
    ends_ms: int = -1
    said_at: int = 0
    captioned_at: int = 0
    transcript: bool = False

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if len(state.speech) >= LINES_LIMIT:
            raise Refused("too_many_lines", limit=LINES_LIMIT)
        live = not self.transcript and state.is_open and self.starts_ms < 0
        seat = self.of_seat or (_seat(state, self.speaker) if live and self.speaker else 0)
        times = StatedTimes(self.said_at, self.captioned_at)
        turn, likely = turn_of_line(state, at, times, seat, self.speaker) if live else (0, 0)
        return ev.SpeechCaptioned(
            self.text,
            self.speaker,
            seat=seat,
            turn=turn,
            likely=likely,
            live=live,
            language=self.language,
            starts_ms=max(self.starts_ms, -1),
            ends_ms=max(self.ends_ms, -1),
        )


def _seat(state: State, speaker: str) -> int:
    """The seat of a name: as in an earlier line, or the only match on the panel; 0 if there is none."""
    for line in islice(reversed(state.speech.values()), _LOOK_BACK):
        if line.speaker == speaker:
            return line.seat
    match = match_speakers([speaker], panel(state))[0]
    return int(match.id or 0)


def panel(state: State) -> list[Known]:
    """The speakers of the programme for matching names; the id is the number of the seat."""
    seats = state.seats
    return [Known(str(number), seat.name) for number, seat in enumerate(seats, 1)]


class CorrectSpeech(Command, frozen=True, gc=False):
    """Correct a line of what was said; the old wording stays in the log. Whoever had the floor may correct their own
    words until the report is published."""

    roles: ClassVar = WRITERS | {CAPTIONER} | PEOPLE
    refusals: ClassVar = ("not_yours", "published_already")
    line: Annotated[int, Of("speech")]
    text: Annotated[str, Text(LINE_LIMIT)]

    def rule(self, state: State, by: Actor, at: int, line: SpeechLine) -> ev.Event | None:
        if not by.roles & (WRITERS | {CAPTIONER}):
            if line.seq not in own_lines(state, by):
                raise Refused("not_yours")
            if state.reports:
                raise Refused("published_already")
        return None if self.text == line.text else ev.SpeechCorrected(self.line, self.text)


def own_lines(state: State, by: Actor) -> set[int]:
    """The lines that a person said: those of the person's seat, or of the person's turns."""
    own = {line.seq for line in state.speech.values() if by.seat and line.seat == by.seat}
    for number, lines in lines_by_turn(state).items():
        turn = state.turns.get(number)
        if turn is not None and had(turn, by):
            own.update(line.seq for line in lines if line.seat in (0, by.seat))
    return own


class MatchSpeaker(Command, frozen=True, gc=False):
    """Say whom the name in a line means: a speaker of the programme, numbered from 1, or 0 for nobody of the panel. It
    counts for every line with that name."""

    roles: ClassVar = WRITERS | {CAPTIONER}
    line: Annotated[int, Of("speech")]
    seat: Annotated[int, SeatNumber(optional=True)]

    def rule(self, state: State, by: Actor, at: int, line: SpeechLine) -> ev.Event | None:
        named = [other for other in state.speech.values() if other.speaker == line.speaker] if line.speaker else [line]
        changed = tuple(each.seq for each in named if each.seat != self.seat)
        return ev.SpeakerMatched(changed, self.seat) if changed else None


class PlaceSpeech(Command, frozen=True, gc=False):
    """State in which turn a line was said, for example in the one that is offered as likely."""

    roles: ClassVar = WRITERS | {CAPTIONER}
    refusals: ClassVar = ("nothing_said_in_turn",)
    line: Annotated[int, Of("speech")]
    turn: Annotated[int, Of("turns")]

    def rule(self, state: State, by: Actor, at: int, line: SpeechLine, turn: Turn) -> ev.Event | None:
        if not turn.was_taken:
            raise Refused("nothing_said_in_turn")
        return None if line.turn == turn.seq else ev.SpeechPlaced(self.line, self.turn)


class ImportTranscript(Command, frozen=True, gc=False):
    """Close the import of a transcript whose lines are on the record: its form, the SHA-256 of the file, how many lines
    it gave, and what was not understood."""

    roles: ClassVar = WRITERS
    phases: ClassVar = ONCE_OPENED
    form: Annotated[str, Text(FORM_LIMIT, empty=True)]
    digest: Annotated[str, Text(DIGEST_LIMIT, empty=True)]
    lines: int
    unparsed: Annotated[str, Text(UNPARSED_LIMIT, empty=True)] = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        known = any(transcript.digest == self.digest for transcript in state.transcripts.values())
        return None if known else ev.TranscriptImported(self.form, self.digest, self.lines, self.unparsed)


COMMANDS = (CaptionSpeech, CorrectSpeech, MatchSpeaker, PlaceSpeech, ImportTranscript)
