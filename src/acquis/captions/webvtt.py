"""Writes the captions of a session as WebVTT (W3C, https://www.w3.org/TR/webvtt1/): one cue for each line, with the
name of the speaker."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from acquis.state import SpeechLine, State

PER_CHARACTER_MS, SHORTEST_MS, LONGEST_MS = 70, 1_000, 12_000
"""A line that was captioned live is stamped when it ends; its duration is estimated from its length."""


def webvtt(
    state: State,
    lines: Iterable[SpeechLine],
    name: Callable[[SpeechLine], str],
    likely: Callable[[SpeechLine], str] = lambda line: "",
) -> str:
    """The cues of these lines. name: the display name of the speaker of a line, or an empty text; likely: that of the
    likely speaker, which a note before the cue states, because a voice would be a fact.

    Times are relative to the opening of the session, or, for a transcript, to the start of its recording. Lines of a
    transcript without times follow each other at reading speed."""
    parts = ["WEBVTT"]
    clock = 0
    for line in lines:
        if not line.text:
            continue
        begin, end = _times(state, line, clock)
        clock = end
        who = _safe(name(line)).replace("\n", " ").replace(">", "")
        voice = f"<v {who}>" if who else ""
        if not who and (perhaps := _safe(likely(line))):
            parts.append(f"NOTE Cue {line.seq}: unknown speaker, perhaps {perhaps}")
        parts.append(f"{line.seq}\n{_stamp(begin)} --> {_stamp(end)}\n{voice}{_safe(line.text)}")
    return "\n\n".join(parts) + "\n"


def _times(state: State, line: SpeechLine, clock: int) -> tuple[int, int]:
    takes = min(max(PER_CHARACTER_MS * len(line.text), SHORTEST_MS), LONGEST_MS)
    if line.starts_ms >= 0:
        end = line.ends_ms if line.ends_ms > line.starts_ms else line.starts_ms + takes
        return line.starts_ms, end
    if line.live:
        end = max(line.at - state.opened_at, SHORTEST_MS)
        return max(end - takes, min(clock, end - 1), 0), end
    return clock, clock + takes


def _safe(text: str) -> str:
    """The text escaped and in one line, because an empty line would end the cue."""
    line = " ".join(text.split())
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _stamp(ms: int) -> str:
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
