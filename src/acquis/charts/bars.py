"""Bars as SVG: the votes of each group on a statement, and the comparison of two shares of the same whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from acquis.charts.svg import BAR, GAP, MARGIN, WIDE, framed, paragraph, stripes

THIN = BAR // 2 + 3
"""Height in pixels of each of two compared bars."""


@dataclass(frozen=True)
class Bar:
    """The votes of a group on a statement: shares (0 to 1), the 90 % interval of the share that agrees, and the number
    of voters."""

    group: str
    agree: float
    passes: float
    disagree: float
    low: float
    high: float
    voters: int
    said: str
    """The bar in words."""


def bars_svg(bars: Sequence[Bar], *, title: str, description: str, rtl: bool = False, alone: bool = False) -> str:
    """One bar for each group: agree, pass, disagree (hatched), and a whisker for the interval.

    The words of a bar are above it, in as many lines as needed; a group without votes has words only. rtl: bars and
    words begin at the right. alone: with size and style sheet, for a file."""
    parts: list[str] = []
    y = MARGIN
    for bar in bars:
        lines, y = paragraph(bar.said, y, rtl)
        parts += lines
        if bar.voters:
            parts += _bar(bar, y, rtl)
            y += BAR
        y += GAP
    return framed("".join(parts), max(y, 60), title, description, alone)


def _bar(bar: Bar, y: int, rtl: bool) -> list[str]:
    parts: list[str] = []
    at = 0.0
    for kind, share in (("agree", bar.agree), ("pass", bar.passes), ("disagree", bar.disagree)):
        if share > 0:
            x = MARGIN + WIDE * ((1 - at - share) if rtl else at)
            parts.append(f'<rect class="om-{kind}" x="{x:.1f}" y="{y}" width="{WIDE * share:.1f}" height="{BAR}"/>')
            if kind == "disagree":
                parts.append(stripes(x, y, WIDE * share, BAR, 10))
        at += share
    low, high = (MARGIN + WIDE * ((1 - end) if rtl else end) for end in (bar.low, bar.high))
    foot = y + BAR + 4
    return [
        *parts,
        # The colour of passes is pale, so the bar has a border.
        f'<path class="om-axis" fill="none" d="M{MARGIN} {y}h{WIDE}v{BAR}h-{WIDE}z"/>',
        f'<path class="om-whisker" d="M{low:.1f} {foot}H{high:.1f}m0-3v6M{low:.1f} {foot - 3}v6"/>',
    ]


def two_bars(upper: float, lower: float, y: int, rtl: bool) -> list[str]:
    """Two shares (0 to 1) of the same whole as bars that differ in pattern and colour, together `2 * THIN` pixels
    high."""
    parts = []
    for kind, share, top in (("om-share", upper, y), ("om-none", lower, y + THIN)):
        wide = WIDE * share
        x = MARGIN + (WIDE - wide if rtl else 0)
        parts.append(f'<rect class="{kind}" x="{x:.1f}" y="{top}" width="{wide:.1f}" height="{THIN - 2}"/>')
        if kind == "om-none":
            parts.append(stripes(x, top, wide, THIN - 2, 8))
    # The common border shows the whole of both bars.
    parts.append(f'<path class="om-axis" fill="none" d="M{MARGIN} {y - 1}h{WIDE}v{2 * THIN}h-{WIDE}z"/>')
    return parts
