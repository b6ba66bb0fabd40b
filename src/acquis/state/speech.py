"""Effects of captions: lines, corrections, matches of names with speakers, and imported transcripts."""

from __future__ import annotations

import msgspec

from acquis import events as ev
from acquis.state.model import State, effect
from acquis.state.spoken import SpeechLine


@effect(ev.SpeechCaptioned)
def _(s: State, e: ev.SpeechCaptioned, seq: int, at: int, by: str) -> None:
    s.speech[seq] = SpeechLine(
        seq,
        at,
        text=e.text,
        speaker=e.speaker,
        seat=e.seat,
        turn=e.turn,
        likely=e.likely,
        live=e.live or e.turn > 0,
        language=e.language,
        starts_ms=e.starts_ms,
        ends_ms=e.ends_ms,
    )


@effect(ev.SpeechCorrected)
def _(s: State, e: ev.SpeechCorrected, seq: int, at: int, by: str) -> None:
    line = s.speech.edit(e.line)
    line.text, line.wording = e.text, seq


@effect(ev.SpeakerMatched)
def _(s: State, e: ev.SpeakerMatched, seq: int, at: int, by: str) -> None:
    for line in e.lines:
        s.speech.edit(line).seat = e.seat


@effect(ev.SpeechPlaced)
def _(s: State, e: ev.SpeechPlaced, seq: int, at: int, by: str) -> None:
    line = s.speech.edit(e.line)
    line.turn, line.likely = e.turn, 0


@effect(ev.TranscriptImported)
def _(s: State, e: ev.TranscriptImported, seq: int, at: int, by: str) -> None:
    s.transcripts[seq] = e


def without_turn(s: State, turn: int) -> None:
    """Take the lines out of a turn whose speaker did not respond: somebody else said them."""
    for seq in [line.seq for line in s.speech.values() if turn in (line.turn, line.likely)]:
        line = s.speech.edit(seq)
        line.turn = 0 if line.turn == turn else line.turn
        line.likely = 0 if line.likely == turn else line.likely


def unsay(s: State, entry: int) -> None:
    """Remove the text of an erased entry from the state. A corrected line keeps its later wording until that is erased
    too."""
    if entry in s.speech:
        line = s.speech.edit(entry)
        line.speaker = ""
        if not line.wording:
            line.text = ""
    for line in s.speech.values():
        if line.wording == entry:
            s.speech.edit(line.seq).text = ""
    if entry in s.transcripts:
        s.transcripts[entry] = msgspec.structs.replace(s.transcripts[entry], unparsed="")
