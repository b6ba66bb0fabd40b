"""Statements as dots between "nearly all on one side" and "as many agree as disagree" (a beeswarm plot), as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from acquis.charts.svg import GAP, MARGIN, WIDE, WIDTH, clean, framed, paragraph

RADII = ((60, 7), (200, 5), (100_000, 3))
"""Most dots -> half the size of a dot in pixels."""
COLUMN = WIDE / 2 - 12
"""The width in pixels of the words at one end."""


@dataclass(frozen=True)
class Dot:
    """A statement: how evenly people are on both sides (0: all on one, 1: as many agree as disagree), whether more
    agree than disagree, and the statement in words, which is shown when one points at the dot."""

    divided: float
    agrees: bool
    said: str


def evenness(agree: int, disagree: int) -> float:
    """How evenly people are on both sides, 0 to 1; passes do not count. Raises ZeroDivisionError without votes."""
    return 1 - abs(agree - disagree) / (agree + disagree)


def beeswarm_svg(
    dots: Sequence[Dot],
    *,
    title: str,
    description: str,
    ends: tuple[str, str],
    key: tuple[str, str],
    rtl: bool = False,
    alone: bool = False,
) -> str:
    """The dots without overlap, each at its place on the axis. ends: the words at "one side" and at "both sides"; key:
    the words for a circle (more agree) and a diamond (more disagree). rtl: the axis begins at the right. alone: for a
    file, with size, style sheet and words; a page sets the words itself, in letters of its own size."""
    radius = next(size for most, size in RADII if len(dots) <= most)
    placed = _placed(sorted(dots, key=lambda dot: (dot.divided, dot.said)), radius)
    half = max((abs(y) for _, y, _ in placed), default=0) + radius + 4
    middle = MARGIN + half
    parts = [f'<path class="om-axis" d="M{MARGIN} {middle}H{WIDTH - MARGIN}"/>']
    for x, y, dot in placed:
        across = WIDTH - x if rtl else x
        kind = "agree" if dot.agrees else "disagree"
        shape = _shape(across, middle + y, radius, dot.agrees)
        parts.append(f'<path class="om-{kind} om-dot" d="{shape}"><title>{clean(dot.said)}</title></path>')
    words, bottom = _words(middle + half + GAP // 2, ends, key, rtl) if alone else ([], middle + half)
    return framed("".join(parts + words), bottom, title, description, alone)


def _placed(dots: Sequence[Dot], radius: int) -> list[tuple[float, int, Dot]]:
    """The x and, from the axis, the y of each dot, from left to right: as near to the axis as those to its left
    allow."""
    placed: list[tuple[float, int, Dot]] = []
    apart, first, begin = 2 * radius + 1, MARGIN + radius, 0
    for dot in dots:
        x = first + dot.divided * (WIDE - 2 * radius)
        while begin < len(placed) and x - placed[begin][0] >= apart:
            begin += 1
        near = [(x - other, y) for other, y, _ in placed[begin:]]
        level = 0
        while any(left * left + (level - y) ** 2 < apart * apart for left, y in near):
            level = -level if level > 0 else 1 - level
        placed.append((x, level, dot))
    return placed


def _shape(x: float, y: float, radius: int, agrees: bool) -> str:
    """A circle, or a diamond within it."""
    if agrees:
        return f"M{x - radius:.1f} {y}a{radius} {radius} 0 1 0 {2 * radius} 0a{radius} {radius} 0 1 0-{2 * radius} 0"
    return f"M{x:.1f} {y - radius}l{radius} {radius}l-{radius} {radius}l-{radius}-{radius}z"


def _words(y: int, ends: tuple[str, str], key: tuple[str, str], rtl: bool) -> tuple[list[str], int]:
    """The words at both ends side by side, then the key, and the y below them."""
    sides = (WIDTH - MARGIN - COLUMN, MARGIN) if rtl else (MARGIN, WIDTH - MARGIN - COLUMN)
    parts: list[str] = []
    bottom = y
    for text, left in zip(ends, sides):
        lines, end = paragraph(text, y, rtl, left=left, wide=COLUMN)
        parts, bottom = parts + lines, max(bottom, end)
    bottom += GAP
    for text, agrees in zip(key, (True, False)):
        x = WIDTH - MARGIN - 7 if rtl else MARGIN + 7
        parts.append(f'<path class="om-{"agree" if agrees else "disagree"}" d="{_shape(x, bottom + 8, 7, agrees)}"/>')
        left = MARGIN if rtl else MARGIN + 24
        lines, bottom = paragraph(text, bottom, rtl, left=left, wide=WIDE - 24)
        parts += lines
    return parts, bottom + MARGIN
