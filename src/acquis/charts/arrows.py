"""Arrows as SVG: a share before and after, one arrow for each statement, on a scale from 0 to 100 %."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from acquis.charts.svg import GAP, LINE, MARGIN, WIDE, framed, paragraph, words

_DOT, _HEAD, _ROOM, _BAND = 6, 9, 24, 16
"""Pixels: the radius of the point before, the length of the arrow head, the height of an arrow and of the band of its
range."""


@dataclass(frozen=True)
class Arrow:
    """A share before and after (0 to 1), the range in which it may be after (0 to 1), whether it changed by more than
    chance, what it is about, and its figures in words."""

    first: float
    last: float
    low: float
    high: float
    firm: bool
    name: str
    said: str


def arrows_svg(
    arrows: Sequence[Arrow], ends: tuple[str, str], key: str, *, title: str, description: str, rtl: bool = False
) -> str:
    """One row for each arrow: its words, a scale, a ring where it was, and an arrow to where it is now, on a band that
    shows the range of the change. A change that may be chance is dashed and has no head. ends: the words at both ends
    of the scale; key: of its signs. rtl: 0 is at the right."""
    parts: list[str] = []
    y = MARGIN
    for arrow in arrows:
        name, y = paragraph(arrow.name, y, rtl, kind="om-word om-name")
        said, y = paragraph(arrow.said, y, rtl)
        parts += [*name, *said, _row(arrow, y + _ROOM // 2, rtl)]
        y += _ROOM + GAP
    left, right = reversed(ends) if rtl else ends
    parts += [words(left, y), words(right, y, True)]
    signs, y = paragraph(key, y + LINE + GAP, rtl)
    return framed("".join([*parts, *signs]), y + 4, title, description, alone=True)


def _row(arrow: Arrow, y: int, rtl: bool) -> str:
    shares = (arrow.first, arrow.last, arrow.low, arrow.high)
    first, last, *ends = (MARGIN + _DOT + (WIDE - 2 * _DOT) * (1 - s if rtl else s) for s in shares)
    middle = MARGIN + WIDE / 2
    scale = f'<path class="om-axis" d="M{MARGIN} {y}H{MARGIN + WIDE}M{middle:g} {y - 8}v16"/>'
    left, right = sorted(ends)
    scale += f'<rect class="om-pass" x="{left:.1f}" y="{y - _BAND // 2}" width="{right - left:.1f}" height="{_BAND}"/>'
    ring = f'<circle class="om-me" cx="{first:.1f}" cy="{y}" r="{_DOT}"/>'
    side = 1 if last > first else -1
    if not arrow.firm or abs(last - first) < _DOT + _HEAD:
        dash = "" if arrow.firm else ' stroke-dasharray="4 4"'
        line = f'<path class="om-whisker"{dash} d="M{first:.1f} {y}H{last:.1f}"/>'
        return f'{scale}{line}{ring}<circle class="om-share" cx="{last:.1f}" cy="{y}" r="4"/>'
    line = f'<path class="om-whisker" stroke-width="4" d="M{first + side * _DOT:.1f} {y}H{last - side * _HEAD:.1f}"/>'
    head = f'<path class="om-share" d="M{last:.1f} {y}l{-side * _HEAD} -7v14z"/>'
    return scale + line + ring + head
