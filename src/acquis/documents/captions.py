"""The captions as files: WebVTT and CSV."""

from __future__ import annotations

from acquis.captions.align import lines_by_turn
from acquis.captions.webvtt import webvtt
from acquis.documents.rows import written
from acquis.i18n.dates import iso
from acquis.state import State
from acquis.state.reading import speaker_of


def captions_vtt(state: State) -> bytes:
    """Every line that was not erased, as WebVTT; empty without captions."""
    if not state.speech:
        return b""
    return webvtt(state, state.speech.values(), lambda line: speaker_of(state, line)).encode()


def captions_csv(state: State) -> bytes:
    """Every line as CSV: entry, time of recording (UTC), turn (0: unknown), speaker, language, text; empty without
    captions."""
    if not state.speech:
        return b""
    turns = {line.seq: turn for turn, lines in lines_by_turn(state).items() for line in lines}
    rows = (
        (line.seq, iso(line.at), turns[line.seq], speaker_of(state, line), line.language, line.text)
        for line in state.speech.values()
    )
    return written(("entry", "recorded", "turn", "speaker", "language", "text"), rows)
