"""Spans of time as rows of bars with an axis in minutes, as SVG."""

from __future__ import annotations

from collections.abc import Iterable

from acquis.charts.svg import BAR, MARGIN, WIDE, WIDTH, clean

_STEPS = (5, 10, 15, 30, 60, 120, 240, 480)


def row(spans: Iterable[tuple[float, float]], y: float, kind: int, rtl: bool) -> str:
    """The spans (start and width in pixels, from time 0) as bars at `y`; kind: index of the colour, from 0."""
    bars = [
        f"M{WIDTH - MARGIN - start - width if rtl else MARGIN + start:.1f} {y}h{width:.1f}v{BAR}h-{width:.1f}z"
        for start, width in spans
    ]
    return (
        f'<path class="om-axis" fill="none" d="M{MARGIN} {y + BAR}h{WIDE}"/>'
        f'<path class="om-g{kind % 5}" data-n="{len(bars)}" d="{"".join(bars)}"/>'
    )


def steps(length: float) -> list[int]:
    """At most nine minutes to mark on an axis of `length` minutes, in round steps (5, 10, 15, 30, 60, ...)."""
    step = next((step for step in _STEPS if length / step <= 8), 480 * (int(length / 480 / 8) + 1))
    return [number * step for number in range(int(length / step) + 1)]


def ticks(marks: dict[int, str], length: float, y: float, rtl: bool) -> str:
    """The axis below the rows of `length` minutes; marks: minute -> label."""
    parts = [f'<path class="om-axis" fill="none" d="M{MARGIN} {y}h{WIDE}"/>']
    for minute, label in marks.items():
        along = WIDE * minute / max(length, 1e-9)
        x = WIDTH - MARGIN - along if rtl else MARGIN + along
        side = ' text-anchor="middle"' if 60 < x < WIDTH - 60 else ' text-anchor="end"' if x > 60 else ""
        word = f'<text class="om-word" x="{x:.1f}" y="{y + 20:.1f}"{side}>{clean(label)}</text>'
        parts.append(f'<path class="om-axis" d="M{x:.1f} {y - 4}v8"/>{word}')
    return "".join(parts)
