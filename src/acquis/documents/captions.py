"""The captions as files: WebVTT and CSV."""

from __future__ import annotations

from acquis.captions.align import lines_by_turn
from acquis.captions.webvtt import webvtt
from acquis.documents.rows import written
from acquis.i18n.dates import iso
from acquis.state import State
from acquis.state.reading import likely_speaker, speaker_of


def captions_vtt(state: State) -> bytes:
    """Every line that was not erased, as WebVTT; empty without captions."""
    if not state.speech:
        return b""
    lines = state.speech.values()
    return webvtt(state, lines, lambda line: speaker_of(state, line), lambda line: likely_speaker(state, line)).encode()


def captions_csv(state: State) -> bytes:
    """Every line as CSV: entry, time of recording (UTC), turn (0: unknown), speaker, likely speaker where the speaker
    is not known, language, text; empty without captions."""
    if not state.speech:
        return b""
    turns = {line.seq: turn for turn, lines in lines_by_turn(state).items() for line in lines}
    rows = (
        (
            line.seq,
            iso(line.at),
            turns[line.seq],
            speaker_of(state, line),
            likely_speaker(state, line),
            line.language,
            line.text,
        )
        for line in state.speech.values()
    )
    return written(("entry", "recorded", "turn", "speaker", "likely_speaker", "language", "text"), rows)
