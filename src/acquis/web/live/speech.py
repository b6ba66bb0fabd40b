"""Captions on live screens: the newest lines, and the last two for the stage."""

from __future__ import annotations

import functools
from itertools import islice
from typing import Any

from acquis.i18n import N_, say
from acquis.state import SpeechLine, State
from acquis.state.reading import likely_speaker, speaker_of
from acquis.web.http.rendering import environment
from acquis.web.live.view import View

LINES_SHOWN, STAGE_LINES = 30, 2
STAYS_MS = 10_000
"""How long a line stays on the room screen. The screen removes it by itself, according to the time of the line."""
_LIKELY, _UNKNOWN = N_("Unknown speaker, perhaps {name}"), N_("Unknown speaker")


def captions(view: View) -> dict[str, str]:
    """The newest caption lines, each a region (`l12`), and the unfinished one."""
    part = spoken(view)
    newest = _newest(view.state, LINES_SHOWN + 1)
    fresh = newest if len(newest) <= LINES_SHOWN else newest[1:]
    rows = {f"l{line.seq}": part.line(line, _before(newest, line)) for line in fresh}
    return {**rows, "partial": part.partial()}


def _newest(state: State, most: int) -> list[SpeechLine]:
    return list(islice(reversed(state.speech.values()), most))[::-1]


def _before(lines: list[SpeechLine], line: SpeechLine) -> SpeechLine | None:
    at = lines.index(line)
    return lines[at - 1] if at else None


def spoken(view: View) -> Any:
    """The macros of `live/speech.html` for a view."""
    template = environment(view.lang).get_template("live/speech.html")
    label = functools.partial(label_of, view)
    return template.make_module({"view": view, "s": view.state, "label_of": label, "stays_ms": STAYS_MS})


def speaker_for(view: View, line: SpeechLine) -> str:
    """The speaker of a line, as live screens show the name."""
    return speaker_of(view.state, line, view.names, view.lang)


def likely_for(view: View, line: SpeechLine) -> str:
    """The name of the likely speaker of a line whose speaker is unknown, as live screens show it."""
    return likely_speaker(view.state, line, view.names, view.lang)


def label_of(view: View, line: SpeechLine | None) -> str:
    """The label of a line: the name of the speaker, the likely name marked as uncertain, or that the speaker is
    unknown."""
    if line is None:
        return say(view.lang, _UNKNOWN)
    if who := speaker_for(view, line):
        return who
    likely = likely_for(view, line)
    return say(view.lang, _LIKELY, name=likely) if likely else say(view.lang, _UNKNOWN)


def has_captions(state: State) -> bool:
    """Whether the session is open and has at least one line of speech."""
    return state.is_open and bool(state.speech)


def stage_captions(view: View) -> str:
    """The last two caption lines, for the stage."""
    return spoken(view).stage(_newest(view.state, STAGE_LINES))  # type: ignore[no-any-return]  # markup
