"""The coverage of an assessment as SVG: items by nothing, measure, measure with evidence. The states differ in shape,
and a screen reader gets a description."""

from __future__ import annotations

from collections.abc import Sequence

from acquis.assessment.coverage import STATES, TITLES, WORDS, Covered, State, by_part, counted
from acquis.charts.svg import LINE, MARGIN, WIDE, WIDTH, clean, framed, wrapped
from acquis.i18n import N_, say

COLUMN, RADIUS, GAP = 56, 11, 12
"""Pixels: the width of the column of a state, half the width of a mark, and the distance between two rows."""
_WORDS_WIDE = WIDE - len(STATES) * COLUMN
_STYLE = "stroke:var(--om-ink,#1d2126);stroke-width:2"


def picture(rows: Sequence[Covered], language: str = "en", *, alone: bool = False) -> str:
    """The picture of the rows, part by part: the title of an item with its state in words, and a mark in the column of
    its state (circle, square, square with a tick). alone: for a separate file, with its styles."""
    parts: list[str] = []
    y = _legend(parts, language)
    for part, covered in by_part(rows).items():
        y = _lines(parts, [say(language, TITLES[part])], y + GAP, "om-word om-name")
        for row in covered:
            y = _row(parts, row, y + GAP, language)
    title = say(language, N_("Coverage"))
    return framed("".join(parts), y + GAP, title, _aloud(rows, language), alone)


def _aloud(rows: Sequence[Covered], language: str) -> str:
    """The text alternative: the numbers of each part."""
    return " ".join(
        f"{say(language, TITLES[part])}. {counted(covered, language)}" for part, covered in by_part(rows).items()
    )


def _legend(parts: list[str], language: str) -> int:
    y = MARGIN
    for state in STATES:
        parts.append(_mark(state, MARGIN + RADIUS, y + LINE // 2))
        word = clean(say(language, WORDS[state]))
        parts.append(f'<text class="om-word" x="{MARGIN + 3 * RADIUS}" y="{y + 17}">{word}</text>')
        y += LINE + GAP // 2
    return y


def _lines(parts: list[str], lines: Sequence[str], y: int, kind: str) -> int:
    """Append lines of text from y downwards. Returns the y of the next line."""
    for line in lines:
        parts.append(f'<text class="{kind}" x="{MARGIN}" y="{y + 17}">{clean(line)}</text>')
        y += LINE
    return y


def _row(parts: list[str], row: Covered, y: int, language: str) -> int:
    below = _lines(parts, wrapped(row.title, _WORDS_WIDE), y, "om-word")
    said = f"{row.item} · {say(language, WORDS[row.state])}"
    below = _lines(parts, wrapped(said, _WORDS_WIDE), below, "om-word om-none")
    middle = (y + below) // 2
    for column, state in enumerate(STATES):
        x = WIDTH - MARGIN - (len(STATES) - column) * COLUMN + COLUMN // 2
        parts.append(_mark(state, x, middle) if state == row.state else _dot(x, middle))
    parts.append(f'<path class="om-axis" stroke-opacity=".4" d="M{MARGIN} {below + GAP // 2}H{WIDTH - MARGIN}"/>')
    return below


def _dot(x: int, y: int) -> str:
    return f'<circle class="om-none" fill-opacity=".5" cx="{x}" cy="{y}" r="2"/>'


def _mark(state: State, x: int, y: int) -> str:
    """A circle for nothing, a square for a measure, a full square with a tick for one with evidence."""
    r = RADIUS
    if state == "nothing":
        return f'<circle data-state="{state}" cx="{x}" cy="{y}" r="{r - 2}" style="fill:none;{_STYLE}"/>'
    full = "var(--om-ink,#1d2126)" if state == "evidence" else "none"
    side = f'x="{x - r}" y="{y - r}" width="{2 * r}" height="{2 * r}"'
    box = f'<rect data-state="{state}" {side} style="fill:{full};{_STYLE}"/>'
    tick = f'<path d="M{x - 6} {y}l4 5l8-10" style="fill:none;stroke:var(--om-paper,#fff);stroke-width:3"/>'
    return box + tick if state == "evidence" else box
